"""Recomputes what a draft is about to say from the evidence itself, and drops the sentences that don't hold."""

from __future__ import annotations

from agent.composing.draft import SLOT, Draft, Sentence
from tools.crm.results import ResultSet
from tools.trace.recompute import recompute


def hold_to_evidence(draft: Draft, results: tuple[ResultSet, ...]) -> Draft:
    """The draft without sentences that name an unbound slot or rest on a cell which the evidence contradicts."""
    blocks = {block.id: block for result in results for block in result.blocks}
    wrong = {finding.address for finding in recompute(draft.cells, blocks) if finding.outcome == "failed"}
    draft.sentences = [sentence for sentence in draft.sentences if _holds(sentence, draft, wrong)]
    draft.tables = [table for table in draft.tables if not wrong.intersection(address for row in table.cells for address in row)]
    return draft


def _holds(sentence: Sentence, draft: Draft, wrong: set[str]) -> bool:
    named = {match["address"] for match in SLOT.finditer(sentence.template)}
    if not named <= draft.cells.keys() or named & wrong:
        return False
    return sentence.direction == "none" or not any(f"{address}_rank" in wrong for address in named)
