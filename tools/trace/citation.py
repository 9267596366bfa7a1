"""CitationTrace v1: everything that an answer rests on, in one signed document whose values can be withheld one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import Field, JsonValue, field_validator

from tools.store.classification import Classification
from tools.trace.cells import BlockColumn, Cell, CellType, Condition, Derivation, EvidenceBlock, Frozen, SourceRef, Suggestion
from tools.trace.commitment import HEX_64, canonical_json, commit, commit_rows

SCHEMA_NAME: Literal["plumbline.citation-trace/1"] = "plumbline.citation-trace/1"
MAX_SAFE_INTEGER = 2**53 - 1

Value = TypeVar("Value")
Digest = Annotated[str, Field(pattern=HEX_64)]
Mode = Literal["embedded", "live", "embedded_after_live"]
WholeNumber = Annotated[int, Field(ge=-MAX_SAFE_INTEGER, le=MAX_SAFE_INTEGER)]


class Opening(Frozen, Generic[Value]):
    """What opens a commitment: the salt and the value."""

    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    value: Value


class Sealed(Frozen, Generic[Value]):
    """A value behind its commitment. ``opening`` is None where the reader's clearance is below ``classification``."""

    classification: Classification
    commitment: Digest
    opening: Opening[Value] | None = None

    def holds(self) -> bool:
        """Whether the revealed value is the one committed to; true for a withheld one."""
        return self.opening is None or commit(self.opening.salt, self.opening.value) == self.commitment

    def masked_for(self, clearance: Classification) -> Self:
        """This seal without its opening when it is classified above ``clearance``."""
        return self.model_copy(update={"opening": None}) if self.classification > clearance else self


class Speaker(Frozen):
    """On whose behalf the answer was given."""

    role: str
    member_id: WholeNumber | None = None
    name: str = ""


class QueryContent(Frozen):
    """A plan as JSON (whole numbers and text only) and the plan said back in words."""

    plan: dict[str, JsonValue]
    said_back: str

    @field_validator("plan")
    @classmethod
    def _canonical_as_written(cls, plan: dict[str, JsonValue]) -> dict[str, JsonValue]:
        _refuse_fractions(plan)
        return plan


class CellContent(Frozen):
    """What a cell says, where it was read, and the conditions of its derivation, because they hold values too."""

    value: str | None
    where: tuple[Condition, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    label_en: str = ""
    label_zh: str = ""


class BlockContent(Frozen):
    """The rows of an evidence block."""

    rows_json: str
    n: WholeNumber
    as_of: datetime | None = None


SealedText = Sealed[str]
SealedTexts = Sealed[tuple[str, ...]]
SealedValue = Sealed[str | None]
SealedSpeaker = Sealed[Speaker]
SealedQueryContent = Sealed[QueryContent]
SealedCellContent = Sealed[CellContent]
SealedSuggestion = Sealed[Suggestion]


class SealedBlockContent(Sealed[BlockContent]):
    """The rows of a block behind a commitment that costs no parsing; see ``SealedBlock.holds``."""


class TracedQuery(Frozen):
    """One call of the query engine."""

    call: str
    content: SealedQueryContent


class SealedCell(Frozen):
    """A cell whose place, kind and formula are open and whose value, conditions, labels and sources are sealed.

    The classification is the effective one: never below that of any operand.
    """

    address: str
    type: CellType
    unit: str | None
    derivation: Derivation | None
    content: SealedCellContent

    def opened(self) -> Cell:
        """The plain cell; without value, conditions, labels and sources where they are withheld."""
        content = self.content.opening.value if self.content.opening else CellContent(value=None)
        return Cell(
            address=self.address,
            value=content.value,
            type=self.type,
            unit=self.unit,
            classification=self.content.classification,
            sources=content.sources,
            derivation=self.derivation.model_copy(update={"where": content.where}) if self.derivation else None,
            label_en=content.label_en,
            label_zh=content.label_zh,
        )


class SealedBlock(Frozen):
    """An evidence block whose columns are open and whose rows are sealed."""

    id: str
    table: str
    columns: tuple[BlockColumn, ...]
    content: SealedBlockContent

    def holds(self) -> bool:
        """Whether the revealed rows are the ones committed to; true for withheld ones."""
        opening = self.content.opening
        if opening is None:
            return True
        return commit_block(opening.salt, self.id, self.table, self.columns, opening.value) == self.content.commitment

    def opened(self) -> EvidenceBlock:
        """The plain block; without rows where they are withheld."""
        content = self.content.opening.value if self.content.opening else BlockContent(rows_json="[]", n=0)
        return EvidenceBlock(
            id=self.id,
            table=self.table,
            columns=self.columns,
            rows_json=content.rows_json,
            n=content.n,
            classification=self.content.classification,
            as_of=content.as_of,
        )


class TracedClaim(Frozen):
    """One asserted value, bound to a cell. ``text`` are the words of the answer that assert it."""

    cell: str
    type: CellType
    unit: str | None
    text: SealedText
    value: SealedValue


class Signature(Frozen):
    """Signature of the installation over the id of the trace."""

    key_id: str = Field(pattern=r"^[0-9a-f]{16}$")
    algorithm: Literal["Ed25519"] = "Ed25519"
    value: str = Field(pattern=r"^[0-9a-f]{128}$")


class CitationTrace(Frozen):
    """The proof of one answer.

    ``id`` is the SHA-256 of the canonical JSON of everything except ``id``, ``signature`` and every ``opening``, so a
    masked copy keeps the id and the signature of the original.
    """

    schema_name: Literal["plumbline.citation-trace/1"] = SCHEMA_NAME
    id: Digest
    created_at: datetime
    language: Literal["zh", "en"]
    mode: Mode
    today: date
    as_of: datetime | None
    semantic_version: str
    weights_version: str
    principal: SealedSpeaker
    question: SealedText
    answer: SealedText
    assumptions: SealedTexts
    queries: tuple[TracedQuery, ...]
    claims: tuple[TracedClaim, ...]
    cells: tuple[SealedCell, ...]
    blocks: tuple[SealedBlock, ...]
    suggestions: tuple[SealedSuggestion, ...]
    signature: Signature

    def masked_for(self, clearance: Classification) -> CitationTrace:
        """The same trace, same id, for a reader of that clearance: what is classified above it is withheld."""
        return self.model_copy(
            update={
                "principal": self.principal.masked_for(clearance),
                "question": self.question.masked_for(clearance),
                "answer": self.answer.masked_for(clearance),
                "assumptions": self.assumptions.masked_for(clearance),
                "queries": tuple(_content_masked(query, clearance) for query in self.queries),
                "claims": tuple(
                    claim.model_copy(update={"text": claim.text.masked_for(clearance), "value": claim.value.masked_for(clearance)}) for claim in self.claims
                ),
                "cells": tuple(_content_masked(cell, clearance) for cell in self.cells),
                "blocks": tuple(_content_masked(block, clearance) for block in self.blocks),
                "suggestions": tuple(suggestion.masked_for(clearance) for suggestion in self.suggestions),
            }
        )

    def seals(self) -> Iterator[tuple[str, Sealed[Any], bool]]:
        """Every seal with its name and whether its revealed value, if any, is the one committed to."""
        named: list[tuple[str, Sealed[Any]]] = [
            ("principal", self.principal),
            ("question", self.question),
            ("answer", self.answer),
            ("assumptions", self.assumptions),
            *((query.call, query.content) for query in self.queries),
            *((f"claim {number} text", claim.text) for number, claim in enumerate(self.claims, 1)),
            *((f"claim {number} value", claim.value) for number, claim in enumerate(self.claims, 1)),
            *((cell.address, cell.content) for cell in self.cells),
            *((f"suggestion {number}", suggestion) for number, suggestion in enumerate(self.suggestions, 1)),
        ]
        yield from ((name, seal, seal.holds()) for name, seal in named)
        yield from ((block.id, block.content, block.holds()) for block in self.blocks)


Holder = TypeVar("Holder", TracedQuery, SealedCell, SealedBlock)


def _content_masked(holder: Holder, clearance: Classification) -> Holder:
    return holder.model_copy(update={"content": holder.content.masked_for(clearance)})


def commit_block(salt: str, block_id: str, table: str, columns: tuple[BlockColumn, ...], content: BlockContent) -> str:
    """Commitment of a block's rows together with everything needed to read them."""
    as_of = BlockContent(rows_json="", n=content.n, as_of=content.as_of)
    return commit_rows(salt, content.rows_json, (block_id, table, [column.model_dump(mode="json") for column in columns], as_of))


def trace_id(document: dict[str, Any]) -> str:
    """Id of a trace given as JSON: everything but ``id``, ``signature`` and the openings counts."""
    skeleton = {name: _without_openings(part) for name, part in document.items() if name not in ("id", "signature")}
    return sha256(canonical_json(skeleton)).hexdigest()


def _without_openings(part: object) -> object:
    if isinstance(part, dict):
        return {name: _without_openings(value) for name, value in part.items() if name != "opening"}
    if isinstance(part, list):
        return [_without_openings(value) for value in part]
    return part


def _refuse_fractions(value: JsonValue) -> None:
    if isinstance(value, dict):
        for name, part in value.items():
            if not name.isascii():
                raise ValueError("the names in a plan are ASCII")
            _refuse_fractions(part)
    elif isinstance(value, list):
        for part in value:
            _refuse_fractions(part)
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) > MAX_SAFE_INTEGER):
        raise ValueError("a plan holds no fractions and no numbers above 2**53 - 1; they are written as text")
