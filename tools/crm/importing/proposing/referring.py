"""Finds custom columns that name records of another table of the export: by its ids or numbers, or by what its records are called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tools.crm.importing.mapping import CUSTOM, RECORD_ID, ColumnMap, TableMap
from tools.crm.importing.proposing.headers import read_header
from tools.crm.importing.proposing.profiling import TELLING_ID
from tools.crm.importing.source import SourceTable
from tools.crm.importing.values import is_blank, parse_date
from tools.crm.semantic import FieldType, SemanticModel
from tools.crm.semantic.own_tables import REFERENCES

BY_ID = "#id"
NUMBERS = ("number", "code")
WORDED = frozenset((FieldType.TEXT, FieldType.NAME, FieldType.STAGE))
COUNTED = frozenset((FieldType.COUNT, FieldType.NUMBER))
NEARLY_ALL, UNIQUE, MOST, STRANGE = 0.95, 0.98, 0.9, 0.05
FEWEST_CODES, FEWEST_NAMES, FEWEST_OF_OWN = 3, 3, 5
FEWEST_ROWS = 10
"""A table of fewer rows, called by words, is as likely a list of categories as one of things."""


@dataclass(frozen=True)
class _Column:
    """One column with what stands in it, blanks left out."""

    table: int
    map: ColumnMap
    cells: tuple[str, ...]

    @cached_property
    def values(self) -> frozenset[str]:
        return frozenset(cell for cell in self.cells if cell)

    @cached_property
    def spoken(self) -> str:
        return read_header(self.map.header).spoken

    @cached_property
    def codes(self) -> bool:
        return _share(self.values, TELLING_ID.match) >= MOST and not self.dates

    @cached_property
    def dates(self) -> bool:
        return _share(self.values, lambda value: parse_date(value, "mdy") or parse_date(value, "dmy")) >= MOST

    @cached_property
    def plain_numbers(self) -> bool:
        return _share(self.values, str.isdecimal) >= MOST and not self.codes

    @cached_property
    def unique(self) -> bool:
        held = [cell for cell in self.cells if cell]
        return len(held) >= MOST * len(self.cells) and len(self.values) >= UNIQUE * len(held) > 0


@dataclass(frozen=True)
class _Key:
    """A column by whose values other tables name the records of this one; ``rank`` 0 for ids, 1 for numbers, 2 for names, 3 for other codes."""

    column: _Column
    refers: str
    rank: int

    @cached_property
    def rows(self) -> Mapping[str, int]:
        return {cell: row for row, cell in reversed(list(enumerate(self.column.cells))) if cell}


def find_references(tables: Sequence[SourceTable], maps: Sequence[TableMap], model: SemanticModel, silent: Sequence[bool]) -> list[TableMap]:
    """The maps, with the custom columns that refer to records of exactly one other table called references, and numbers that are another table's.

    A column of which the table has the reference already, under another header, stays as it is, and so does what numbers the table's own
    records. ``silent`` tables (lists of codes) neither refer nor are referred to.
    """
    columns = [[] if quiet else list(_columns(at, table, mapped)) for at, (table, mapped, quiet) in enumerate(zip(tables, maps, silent, strict=True))]
    keys = [key for at, mapped in enumerate(maps) for key in _keys(columns[at], mapped, model)]
    own = {id(column) for held, mapped in zip(columns, maps, strict=True) if (column := _own_id(held, mapped)) is not None}
    return [_with_references(mapped, columns[at], keys, own, model) for at, mapped in enumerate(maps)]


def _with_references(mapped: TableMap, columns: Sequence[_Column], keys: Sequence[_Key], own: set[int], model: SemanticModel) -> TableMap:
    found: dict[int, _Key] = {}
    placed = []
    for column in columns:
        refers = _reference(column.map, mapped, model)
        free = (column.map.to == CUSTOM and id(column) not in own and column.map.fills is None) or _numbers_others(column, mapped)
        key = _meant(column, keys) if free or (refers is not None and _is_strange(column, mapped, refers, keys)) else None
        if key is not None:
            found[column.map.position] = key
        elif refers is not None:
            placed.append((refers, column))
    by_position = {column.map.position: column for column in columns}
    for position in sorted(found, key=lambda at: (found[at].rank, at)):
        key, column = found[position], by_position[position]
        if any(refers == key.refers and _agree(column, other, key, keys) for refers, other in placed):
            del found[position]
        else:
            placed.append((key.refers, column))
    changed = tuple(_referring(each, found.get(each.position)) for each in mapped.columns)
    return mapped.model_copy(update={"columns": changed}) if found else mapped


def _referring(column: ColumnMap, key: _Key | None) -> ColumnMap:
    if key is None:
        return column
    by = key.column.map
    because = f"nearly all of its values stand under “{by.header}” of the records that it refers to"
    update = {"to": CUSTOM, "type": FieldType.REF, "refers": key.refers, "by": by.header if key.rank == 3 else None, "because": because, "factor": 1}
    return column.model_copy(update=update)


def _columns(at: int, table: SourceTable, mapped: TableMap) -> Iterator[_Column]:
    width = len(table.headers)
    rows = [row for row in table.rows if len(row) == width]
    for column in mapped.columns:
        cells = (row[column.position].strip() for row in rows)
        yield _Column(at, column, tuple("" if is_blank(cell) else cell for cell in cells))


def _keys(columns: Sequence[_Column], mapped: TableMap, model: SemanticModel) -> Iterator[_Key]:
    """What the records of one table may be named by."""
    custom = mapped.entity == CUSTOM
    refers = f"{CUSTOM}:{mapped.label or mapped.sheet or mapped.file.rsplit('.', 1)[0]}" if custom else mapped.entity
    title = None if custom else model.entities[mapped.entity].title
    ids = sum(column.map.to == RECORD_ID for column in columns)
    for column in columns:
        if not column.unique or column.dates:
            continue
        to = column.map.to
        if to == RECORD_ID and ids == 1:
            yield _Key(column, refers, 0)
        elif to in NUMBERS:
            yield _Key(column, refers, 1)
        elif to == title:
            yield _Key(column, refers, 2)
        elif to == CUSTOM and column.map.fills is None and (column.codes or (column.map.type in COUNTED and column is columns[0]) or _names(column, custom)):
            yield _Key(column, refers, 3)


def _names(column: _Column, custom: bool) -> bool:
    """Whether a column of an own table names its records in words: its first one, that tells many apart."""
    return custom and column.map.position == 0 and column.map.type in WORDED and len(column.cells) >= FEWEST_ROWS


def _numbers_others(column: _Column, mapped: TableMap) -> bool:
    """As in a 合同号 of complaints that have a 客诉单号: a number that comes again and again is none of the records' own, where another one is."""
    named = any(each.to == RECORD_ID for each in mapped.columns)
    return column.map.to in NUMBERS and column.map.to not in mapped.key and named and column.codes and not column.unique


def _own_id(columns: Sequence[_Column], mapped: TableMap) -> _Column | None:
    """The column that numbers the table's own records: what went to their id or number, else the first that tells each apart."""
    placed = next((column for column in columns if column.map.to in (RECORD_ID, *NUMBERS)), None)
    if placed is not None:
        return placed
    telling = (column for column in columns if column.unique and (column.codes or (column.map.position == 0 and not column.dates)))
    return next(telling, None) if mapped.entity == CUSTOM else None


def _meant(column: _Column, keys: Sequence[_Key]) -> _Key | None:
    """The one table whose records a column names, by their ids rather than by other numbers or names."""
    kind = column.map.type
    if column.map.unit is not None or not (kind is None or kind in WORDED or kind in COUNTED) or column.dates:
        return None
    meant = [key for key in keys if key.column.table != column.table and _covers(key, column)]
    best = min((key.rank for key in meant), default=0)
    nearest = [key for key in meant if key.rank == best]
    if len({key.refers for key in nearest}) > 1:
        nearest = [key for key in nearest if key.column.spoken == column.spoken]
    return nearest[0] if len({key.refers for key in nearest}) == 1 else None


def _covers(key: _Key, column: _Column) -> bool:
    least = FEWEST_CODES if key.column.codes else FEWEST_OF_OWN if key.refers.startswith(CUSTOM) else FEWEST_NAMES
    if len(column.values) < least or len(column.values & key.column.values) < NEARLY_ALL * len(column.values):
        return False
    # few whole numbers are numbers of everything: only the header can say of what
    return not column.plain_numbers or (bool(column.spoken) and column.spoken == key.column.spoken)


def _reference(column: ColumnMap, mapped: TableMap, model: SemanticModel) -> str | None:
    """What a column that went to a reference of the model refers to."""
    name = column.to.removesuffix(BY_ID)
    if mapped.entity == CUSTOM:
        return REFERENCES.get(name)
    field = model.entities[mapped.entity].fields.get(name)
    return field.to if field is not None and field.type is FieldType.REF else None


def _is_strange(column: _Column, mapped: TableMap, refers: str, keys: Sequence[_Key]) -> bool:
    """Whether a column that went to a reference by its header names none of the records of that kind: a 设备编号 where the machines are no products."""
    known = {value for key in keys if key.refers == refers for value in key.column.values}
    return column.map.to.removesuffix(BY_ID) not in mapped.key and len(column.values & known) < STRANGE * len(column.values)


def _agree(column: _Column, other: _Column, key: _Key, keys: Sequence[_Key]) -> bool:
    """Whether two columns of one table name the same record in nearly all rows."""
    rows: dict[str, int] = {}
    for each in keys:
        if each.column.table == key.column.table:
            rows |= each.rows
    pairs = [(rows[one], rows[two]) for one, two in zip(column.cells, other.cells, strict=True) if one in rows and two in rows]
    return bool(pairs) and sum(one == two for one, two in pairs) >= NEARLY_ALL * len(pairs)


def _share(values: frozenset[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(value)) for value in values) / len(values) if values else 0.0
