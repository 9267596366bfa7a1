"""Opens a citation: the value, how it was computed, and the very records that counted."""

from __future__ import annotations

import json
import re

from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.records import RecordLine, record_lines
from tools.crm.semantic import Measure, SemanticModel, Words
from tools.store.errors import PlumbError
from tools.trace.cells import Cell, EvidenceBlock, Frozen
from tools.trace.citation import CitationTrace

PAGE = 50
SUMS = frozenset({"add"})
_MEASURED = re.compile(r"(?P<call>[^.]+)\.[^.]+\.m(?P<index>\d+)")


class CellEvidence(Frozen):
    """What the citation drawer shows. ``total`` counts all records behind the value, ``records`` is a page of them, from ``offset`` on.

    ``name`` and ``definition`` are those of the measure, where the cell belongs to one.
    """

    cell: Cell
    formula: str | None
    name: Words | None = None
    definition: Words | None = None
    operands: tuple[Cell, ...] = ()
    table: str | None = None
    total: int = 0
    offset: int = 0
    columns: tuple[str, ...] = ()
    records: tuple[RecordLine, ...] = ()


class CellUnknown(PlumbError):
    """The trace has no such cell."""

    key = "trace_cell_unknown"


def open_evidence(
    session: Session, trace: CitationTrace, address: str, model: SemanticModel, principal: Principal, scope: RowScope, offset: int = 0
) -> CellEvidence:
    """Evidence of one cell as the principal may see it, in the language of the answer. Raises CellUnknown."""
    cells = {cell.address: cell.opened() for cell in trace.cells}
    if address not in cells:
        raise CellUnknown(cell=address)
    cell = cells[address]
    blocks = {block.id: block.opened() for block in trace.blocks if block.content.opening is not None}
    operands = tuple(cells[name] for name in (cell.derivation.operands if cell.derivation else ()) if name in cells)
    block, ids = _counted(cell, cells, blocks)
    if block is None:
        wanted: list[tuple[str, str | None, str]] = [(source.table, source.system, source.record) for source in cell.sources]
    else:
        wanted = [(block.table, None, str(record)) for record in ids]
    lines = record_lines(session, model, principal, scope, wanted[offset : offset + PAGE], trace.language)
    measure = _measure(trace, address, model)
    return CellEvidence(
        cell=cell,
        formula=cell.derivation.formula if cell.derivation else None,
        name=measure.words if measure else None,
        definition=measure.define if measure else None,
        operands=operands,
        table=wanted[0][0] if wanted else None,
        total=len(wanted),
        offset=offset,
        **lines,
    )


def _measure(trace: CitationTrace, address: str, model: SemanticModel) -> Measure | None:
    """The measure that a cell such as ``q1.r2.m0`` holds, as the recorded plan names it."""
    place = _MEASURED.match(address)
    query = next((each.content.opening for each in trace.queries if place and each.call == place["call"]), None)
    measures = query.value.plan.get("measures") if query else None
    if place is None or not isinstance(measures, list) or int(place["index"]) >= len(measures):
        return None
    named = measures[int(place["index"])]
    return model.measures.get(str(named.get("measure"))) if isinstance(named, dict) else None


def _counted(cell: Cell, cells: dict[str, Cell], blocks: dict[str, EvidenceBlock]) -> tuple[EvidenceBlock | None, list[int]]:
    """The block that a cell was folded from, and the ids of the rows that took part; of a quotient, those of its last operand, of a sum, the most."""
    derivation = cell.derivation
    if derivation is None or not derivation.operands:
        return None, []
    if derivation.formula in SUMS:
        return max((_counted(cells[each], cells, blocks) for each in derivation.operands if each in cells), key=lambda found: len(found[1]))
    first = derivation.operands[-1]
    if first in cells:
        return _counted(cells[first], cells, blocks)
    block = blocks.get(first.split(".")[0])
    if block is None:
        return None, []
    names = [column.name for column in block.columns]
    where = [(names.index(each.column), each.equals) for each in derivation.where]
    operand = names.index(first.split(".")[1]) if "." in first else None
    rows = (row for row in json.loads(block.rows_json) if all(row[i] == equals for i, equals in where))
    return block, [row[0] for row in rows if operand is None or row[operand] is not None]
