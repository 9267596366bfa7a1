"""Makes a signed CitationTrace out of what a turn produced, and settles how sensitive each part of it is."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from pydantic import JsonValue

from tools.store.classification import Classification
from tools.trace.cells import Cell, CellType, EvidenceBlock, Frozen, Suggestion
from tools.trace.citation import (
    BlockContent,
    CellContent,
    CitationTrace,
    Mode,
    QueryContent,
    Sealed,
    SealedBlock,
    SealedBlockContent,
    SealedCell,
    SealedCellContent,
    SealedQueryContent,
    SealedSpeaker,
    SealedSuggestion,
    SealedText,
    SealedTexts,
    SealedValue,
    Signature,
    Speaker,
    TracedClaim,
    TracedQuery,
    commit_block,
    trace_id,
)
from tools.trace.commitment import commit, fresh_salts
from tools.trace.evidence import split_operand
from tools.trace.signing import InstallationKey

_UNSIGNED = Signature(key_id="0" * 16, value="0" * 128)


class ClaimDraft(Frozen):
    """One asserted value: ``value`` is the canonical text of the bound cell, ``text`` the words of the answer that say it."""

    text: str
    value: str | None
    type: CellType
    unit: str | None
    cell: str


class QueryDraft(Frozen):
    """One call: its plan as JSON, said back in words. ``classification`` is that of the most sensitive field it filters by."""

    call: str
    plan: dict[str, JsonValue]
    said_back: str
    classification: Classification = Classification.INTERNAL


class TraceDraft(Frozen):
    """Everything that an answer rests on, before it is sealed.

    ``text_classification`` is a lower bound for question, answer, assumptions and suggestions; question, answer and assumptions are never sealed
    below any query, and the answer, the words of the claims and the suggestions never below any claimed cell.
    """

    created_at: datetime
    language: Literal["zh", "en"]
    mode: Mode
    today: date
    as_of: datetime | None = None
    semantic_version: str
    weights_version: str = ""
    speaker: Speaker
    speaker_classification: Classification = Classification.PERSONAL
    question: str
    answer: str
    text_classification: Classification = Classification.INTERNAL
    assumptions: tuple[str, ...] = ()
    queries: tuple[QueryDraft, ...] = ()
    claims: tuple[ClaimDraft, ...] = ()
    cells: tuple[Cell, ...] = ()
    blocks: tuple[EvidenceBlock, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


def seal_trace(draft: TraceDraft, key: InstallationKey) -> CitationTrace:
    """The signed trace of a draft. Its values get fresh salts, so two seals of one draft have different ids."""
    levels = effective_classifications(draft.cells, draft.blocks)
    asked = max((draft.text_classification, *(query.classification for query in draft.queries)))
    told = max((asked, *(levels.get(claim.cell, asked) for claim in draft.claims)))
    salts = iter(fresh_salts(4 + len(draft.queries) + 2 * len(draft.claims) + len(draft.cells) + len(draft.blocks) + len(draft.suggestions)))
    unsigned = CitationTrace(
        id="0" * 64,
        created_at=draft.created_at,
        language=draft.language,
        mode=draft.mode,
        today=draft.today,
        as_of=draft.as_of,
        semantic_version=draft.semantic_version,
        weights_version=draft.weights_version,
        principal=_seal(SealedSpeaker, draft.speaker, draft.speaker_classification, next(salts)),
        question=_seal(SealedText, draft.question, asked, next(salts)),
        answer=_seal(SealedText, draft.answer, told, next(salts)),
        assumptions=_seal(SealedTexts, draft.assumptions, asked, next(salts)),
        queries=tuple(_sealed_query(query, max(query.classification, draft.text_classification), next(salts)) for query in draft.queries),
        claims=tuple(
            TracedClaim(
                cell=claim.cell,
                type=claim.type,
                unit=claim.unit,
                text=_seal(SealedText, claim.text, told, next(salts)),
                value=_seal(SealedValue, claim.value, levels.get(claim.cell, told), next(salts)),
            )
            for claim in draft.claims
        ),
        cells=tuple(_sealed_cell(cell, levels[cell.address], next(salts)) for cell in draft.cells),
        blocks=tuple(_sealed_block(block, levels[block.id], next(salts)) for block in draft.blocks),
        suggestions=tuple(_seal(SealedSuggestion, suggestion, told, next(salts)) for suggestion in draft.suggestions),
        signature=_UNSIGNED,
    )
    identity = trace_id(unsigned.model_dump(mode="json"))
    return unsigned.model_copy(update={"id": identity, "signature": Signature(key_id=key.id, value=key.sign(identity))})


def effective_classifications(cells: Sequence[Cell], blocks: Sequence[EvidenceBlock]) -> dict[str, Classification]:
    """Level of every cell and block, such that no withheld value can be worked out from what stays readable.

    A derived cell is at least as sensitive as each of its operands. A cell that is more sensitive than all of them,
    because it was declared so or others rest on it, lifts them to its own level: from them it could be recomputed.
    """
    levels = {block.id: block.classification for block in blocks} | {cell.address: cell.classification for cell in cells}
    derived = [(cell.address, operands) for cell in cells if (operands := operand_names(cell, levels))]
    changed = True
    while changed:
        changed = False
        for address, operands in derived:
            below = max(levels[name] for name in operands)
            if levels[address] < below:
                levels[address], changed = below, True
            elif levels[address] > below:
                levels |= dict.fromkeys(operands, levels[address])
                changed = True
    return levels


def operand_names(cell: Cell, known: Container[str]) -> list[str]:
    """The cells and blocks that a derived cell rests on; a block column counts as its block. Unknown names are left out."""
    found = []
    for operand in cell.derivation.operands if cell.derivation else ():
        if operand in known:
            found.append(operand)
        elif split := split_operand(operand, known):
            found.append(split[0])
    return found


AnySealed = TypeVar("AnySealed", bound=Sealed[Any])


def _seal(kind: type[AnySealed], value: object, level: Classification, salt: str) -> AnySealed:
    return kind.model_validate({"classification": level, "commitment": commit(salt, value), "opening": {"salt": salt, "value": value}})


def _sealed_query(query: QueryDraft, level: Classification, salt: str) -> TracedQuery:
    return TracedQuery(call=query.call, content=_seal(SealedQueryContent, QueryContent(plan=query.plan, said_back=query.said_back), level, salt))


def _sealed_cell(cell: Cell, level: Classification, salt: str) -> SealedCell:
    where = cell.derivation.where if cell.derivation else ()
    content = CellContent(value=cell.value, where=where, sources=cell.sources, label_en=cell.label_en, label_zh=cell.label_zh)
    return SealedCell(
        address=cell.address,
        type=cell.type,
        unit=cell.unit,
        derivation=cell.derivation.model_copy(update={"where": ()}) if cell.derivation else None,
        content=_seal(SealedCellContent, content, level, salt),
    )


def _sealed_block(block: EvidenceBlock, level: Classification, salt: str) -> SealedBlock:
    content = BlockContent(rows_json=block.rows_json, n=block.n, as_of=block.as_of)
    sealed = SealedBlockContent.model_validate(
        {
            "classification": level,
            "commitment": commit_block(salt, block.id, block.table, block.columns, content),
            "opening": {"salt": salt, "value": content},
        }
    )
    return SealedBlock(id=block.id, table=block.table, columns=block.columns, content=sealed)
