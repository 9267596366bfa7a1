"""Recomputes what a draft is about to say from the evidence itself, and drops the sentences that don't hold."""

from __future__ import annotations

from collections.abc import Sequence

from agent.composing.draft import SLOT, Draft, Sentence
from tools.trace.cells import Cell
from tools.trace.proof import Proof
from tools.trace.recompute import recompute


def hold_to_evidence(draft: Draft, results: Sequence[Proof]) -> Draft:
    """The draft without sentences that name an unbound slot or rest on a cell which the evidence contradicts.

    Cells that nothing said rests on are let go: of a thousand groups an answer shows fifty.
    """
    draft.cells = _said(draft, results)
    blocks = {block.id: block for result in results for block in result.blocks}
    wrong = {finding.address for finding in recompute(draft.cells, blocks) if finding.outcome == "failed"}
    draft.sentences = [sentence for sentence in draft.sentences if _holds(sentence, draft, wrong)]
    draft.tables = [table for table in draft.tables if not wrong.intersection(address for row in table.cells for address in row)]
    return draft


def _said(draft: Draft, results: Sequence[Proof]) -> dict[str, Cell]:
    """The cells of sentences and tables, those that were bound for them, and what all these follow from."""
    brought = {address for result in results for address in result.cells()}
    todo = [address for address in draft.cells if address not in brought]
    todo += [match["address"] for sentence in draft.sentences for match in SLOT.finditer(sentence.template)]
    todo += [address for table in draft.tables for row in table.cells for address in row]
    needed: set[str] = set()
    while todo:
        address = todo.pop()
        cell = draft.cells.get(address)
        if cell is not None and address not in needed:
            needed.add(address)
            todo += cell.derivation.operands if cell.derivation else ()
    return {address: cell for address, cell in draft.cells.items() if address in needed}


def _holds(sentence: Sentence, draft: Draft, wrong: set[str]) -> bool:
    named = {match["address"] for match in SLOT.finditer(sentence.template)}
    if not named <= draft.cells.keys() or named & wrong:
        return False
    return sentence.direction == "none" or not any(f"{address}_rank" in wrong for address in named)
