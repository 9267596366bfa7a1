"""Proves a judgement cell by cell: the counts from the accounts behind them, and of each account the day and the words of the record that decides."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from tools.journey.criteria.judging import Judgement, Match, NearMiss
from tools.journey.criteria.occurrences import RecordRef
from tools.store.base import Base
from tools.store.classification import Classification
from tools.trace.cells import BlockColumn, Cell, CellType, Derivation, EvidenceBlock, SourceRef

FIELDS = {
    "interactions": "body", "tickets": "subject", "requests": "subject", "contracts": "signed_on", "payments": "paid_on", "opportunities": "status",
    "stage_history": "entered_on", "milestones": "done_on", "verified_events": "verified_on",
}  # fmt: skip
"""The field that tells, of each table: what a citation points at."""
_LONGEST = 160


@dataclass(slots=True)
class AccountProof:
    """The addresses of an account's cells; ``day`` is None where it rests on nothing having happened, or almost holds."""

    account: str
    name: str
    day: str | None
    what: str


@dataclass(slots=True)
class JudgementProof:
    """What was found, with everything that it follows from. ``matches`` and ``near`` hold as many accounts as are shown."""

    matched: str
    missed: str
    matches: list[AccountProof] = field(default_factory=list)
    near: list[AccountProof] = field(default_factory=list)
    found: dict[str, Cell] = field(default_factory=dict)
    blocks: list[EvidenceBlock] = field(default_factory=list)
    as_of: datetime | None = None


def prove_judgement(session: Session, judgement: Judgement, most: int, absent: str, call: str = "r1") -> JudgementProof:
    """The proof, with the first ``most`` of each kind of account; ``absent`` is said where nothing happened and that is the point."""
    return _Prover(session, call, absent).prove(judgement, most)


class _Prover:
    def __init__(self, session: Session, call: str, absent: str) -> None:
        self.session, self.call, self.absent = session, call, absent
        self.cells: dict[str, Cell] = {}

    def prove(self, judgement: Judgement, most: int) -> JudgementProof:
        sides: tuple[tuple[str, Sequence[Match | NearMiss]], ...] = (("matches", judgement.matches), ("near", judgement.near_misses))
        blocks = [self._block(name, found) for name, found in sides]
        counts = [
            self._cell(f"{block.id.removeprefix(f'{self.call}_')}.n", str(block.n), CellType.COUNT, Derivation(formula="count", operands=(block.id,)))
            for block in blocks
        ]
        matches, near = judgement.matches[:most], judgement.near_misses[:most]
        accounts = self._sources("accounts", [*(each.account_id for each in matches), *(each.account_id for each in near)])
        cited = self._cited([match.records[-1] for match in matches if match.records])
        proof = JudgementProof(counts[0], counts[1], blocks=blocks, found=self.cells)
        for number, match in enumerate(matches, 1):
            proof.matches.append(self._match(f"m{number}", match, accounts[match.account_id], cited))
        for number, miss in enumerate(near, 1):
            row = f"n{number}"
            name = self._cell(f"{row}.account", miss.account, CellType.NAME, sources=(accounts[miss.account_id],))
            why = self._cell(f"{row}.why", miss.why, CellType.TEXT, Derivation(formula="constant"))
            proof.near.append(AccountProof(miss.account, name, None, why))
        proof.as_of = max((source.as_of for cell in self.cells.values() for source in cell.sources), default=None)
        return proof

    def _match(self, row: str, match: Match, account: SourceRef, cited: dict[tuple[str, str, str], SourceRef]) -> AccountProof:
        name = self._cell(f"{row}.account", match.account, CellType.NAME, sources=(account,))
        if not match.records:
            return AccountProof(match.account, name, None, self._cell(f"{row}.what", self.absent, CellType.TEXT, Derivation(formula="constant")))
        record = match.records[-1]
        source = cited.get(_key(record))
        sources = (source,) if source is not None else ()
        stated = None if sources else Derivation(formula="constant")
        day = self._cell(f"{row}.day", record.day.isoformat(), CellType.DATE, stated, sources)
        words = " ".join(record.words.split())
        words = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
        return AccountProof(match.account, name, day, self._cell(f"{row}.what", words, CellType.TEXT, stated, sources))

    def _block(self, name: str, found: Sequence[Match | NearMiss]) -> EvidenceBlock:
        rows = [[each.account_id, 1] for each in found]
        columns = (BlockColumn(name="record", type=CellType.TEXT), BlockColumn(name="version", type=CellType.COUNT))
        return EvidenceBlock(
            id=f"{self.call}_{name}", table="accounts", columns=columns, rows_json=json.dumps(rows, separators=(",", ":")), n=len(rows),
            classification=Classification.INTERNAL,
        )  # fmt: skip

    def _sources(self, table: str, ids: Sequence[int]) -> dict[int, SourceRef]:
        held: Any = Base.metadata.tables[table]
        query = select(held.c.id, held.c.source_system, held.c.source_id, held.c.version_hash, held.c.as_of).where(held.c.id.in_(ids))
        return {row.id: _reference(table, "name", row) for row in self.session.execute(query)}

    def _cited(self, records: Iterable[RecordRef]) -> dict[tuple[str, str, str], SourceRef]:
        found: dict[tuple[str, str, str], SourceRef] = {}
        by_table: dict[str, set[tuple[str, str]]] = {}
        for record in records:
            by_table.setdefault(record.table, set()).add((record.system, record.id))
        for table, wanted in by_table.items():
            held: Any = Base.metadata.tables[table]
            query = select(held.c.source_system, held.c.source_id, held.c.version_hash, held.c.as_of)
            for row in self.session.execute(query.where(tuple_(held.c.source_system, held.c.source_id).in_(sorted(wanted)))):
                found[table, row.source_system, row.source_id] = _reference(table, FIELDS.get(table, "name"), row)
        return found

    def _cell(self, name: str, value: str, kind: CellType, derivation: Derivation | None = None, sources: tuple[SourceRef, ...] = ()) -> str:
        address = f"{self.call}.{name}"
        self.cells[address] = Cell(address=address, value=value, type=kind, derivation=derivation, sources=sources)
        return address


def _key(record: RecordRef) -> tuple[str, str, str]:
    return record.table, record.system, record.id


def _reference(table: str, told_by: str, row: Any) -> SourceRef:  # noqa: ANN401 - a row of any table of records
    return SourceRef(system=row.source_system, table=table, record=row.source_id, field=told_by, version=row.version_hash, as_of=row.as_of)
