"""Compares a trace with the records as they are now, through a reader that the domain brings along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from tools.trace.cells import Cell, EvidenceBlock, Frozen, SourceRef
from tools.trace.citation import CitationTrace
from tools.trace.evidence import BlockValue, DerivationFault, Evidence, Row
from tools.trace.verify import Check, Outcome, withheld_names


class CurrentField(Frozen):
    """What a field of a record holds now, as the canonical text of a cell, and the record's version hash."""

    version: str
    value: str | None


class SourceReader(Protocol):
    """Reads the store as it is now, in bulk. What is gone is left out of the answer."""

    def fields(self, refs: Sequence[SourceRef]) -> Mapping[SourceRef, CurrentField]:
        """Current version and value of each referenced field."""
        ...

    def rows(self, block: EvidenceBlock, records: Sequence[BlockValue]) -> Mapping[BlockValue, Row]:
        """Current rows of those records of ``block.table``, in ``block.columns`` (record and version first).

        A shorter row is allowed: columns at its end that can't be told for a record alone, such as the conditions of
        the query, are then not compared.
        """
        ...


def check_sources(trace: CitationTrace, reader: SourceReader) -> tuple[Check, ...]:
    """Compare everything that the trace read with the store; each mismatch names its record."""
    hidden = withheld_names(trace)
    withheld = [
        Check(kind="source", subject=name, outcome="not_checkable", reason="source_withheld")
        for name in sorted(hidden)
        if not any(cell.address == name and cell.derivation for cell in trace.cells)
    ]
    cells = [cell.opened() for cell in trace.cells if cell.address not in hidden]
    blocks = [block.opened() for block in trace.blocks if block.id not in hidden]
    blocks = [block for block in blocks if block.as_of is not None]  # parameters and draws are no records
    return (*withheld, *_check_fields(cells, reader), *(check for block in blocks for check in _check_rows(block, reader)))


def _check_fields(cells: Sequence[Cell], reader: SourceReader) -> Iterator[Check]:
    refs = tuple({ref: None for cell in cells for ref in cell.sources})
    current = reader.fields(refs) if refs else {}
    for cell in cells:
        for ref in cell.sources:
            held = current.get(ref)
            read_here = len(cell.sources) == 1 and cell.derivation is None
            if held is None:
                yield _check(_name(ref.system, ref.table, ref.record), "failed", "source_gone")
            elif held.version == ref.version and (not read_here or held.value == cell.value):
                yield _check(_name(ref.system, ref.table, ref.record), "ok", "source_ok")
            elif read_here and held.value == cell.value:
                yield _check(_name(ref.system, ref.table, ref.record), "ok", "source_edited")
            else:
                stated, now = (cell.value, held.value) if read_here else (ref.version, held.version)
                yield _check(_name(ref.system, ref.table, ref.record), "failed", "source_changed", field=ref.field, stated=stated or "—", held=now or "—")


def _check_rows(block: EvidenceBlock, reader: SourceReader) -> Iterator[Check]:
    try:
        rows = Evidence(block).rows
    except DerivationFault as fault:
        yield _check(block.id, "failed", fault.reason, about=fault.about)
        return
    current = reader.rows(block, [row[0] for row in rows])
    mismatched = False
    for row in rows:
        name, held = _name("", block.table, str(row[0])), current.get(row[0])
        if held is None:
            mismatched = True
            yield _check(name, "failed", "source_gone")
            continue
        for column, then, now in zip(block.columns[2:], row[2:], held[2:], strict=False):
            if then != now:
                mismatched = True
                yield _check(name, "failed", "source_changed", field=column.name, stated=_text(then), held=_text(now))
    if not mismatched:
        edited = any(row[1] != current[row[0]][1] for row in rows)
        yield _check(block.id, "ok", "source_edited" if edited else "source_ok")


def _check(subject: str, outcome: Outcome, reason: str, **data: str) -> Check:
    return Check(kind="source", subject=subject, outcome=outcome, reason=reason, data=data)


def _name(system: str, table: str, record: str) -> str:
    return " ".join(part for part in (system, table, record) if part)


def _text(value: BlockValue) -> str:
    return "—" if value is None else str(value)
