"""Writes a mapping as YAML for people to edit, and reads it back against the tables that it speaks of."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from collections.abc import Sequence
from pathlib import Path

import yaml
from pydantic import ValidationError
from rapidfuzz import fuzz, process

from tools.crm.importing.mapping import CUSTOM, RECORD_ID, SKIP, ColumnMap, DateOrder, Mapping, Status, TableMap
from tools.crm.importing.proposing.profiling import Profile, profile
from tools.crm.importing.reading.errors import MappingFileMalformed, MappingNamesMissingColumn, MappingNamesMissingFile, MappingNamesUnknownField
from tools.crm.importing.source import SourceTable
from tools.crm.semantic import FieldType, Words
from tools.crm.semantic.model import base_model
from tools.crm.semantic.own_tables import REFERENCES
from tools.trace.cells import Frozen

CUSTOM_TABLE_PLACES = frozenset(place for name in REFERENCES for place in (name, f"{name}#id"))
HEADING = """\
# Where each column of the export goes. "to" is a field of the entity, a reference by name (account) or by id (account#id),
# "id" (the record's own id), "custom" (kept as a field of its own) or "skip". A column that is not listed is kept as custom.
# A custom column of type "ref" names records of another table: "refers" is their entity, or "custom:" and the label of a table of its own;
# "by" is the header over the same values there, where these are neither the ids nor the names of the records. For none of it, say "type: text".
# "fills" is the field that a custom column stands in for where a row holds nothing for it, as an expected close date does.
# "statuses" at the top level says what your stages mean where they are read wrongly: {Gewonnen: won, On ice: open, Storno: lost}.
"""


class _ColumnEntry(Frozen):
    column: str
    number: int | None = None
    to: str
    type: FieldType | None = None
    refers: str | None = None
    by: str | None = None
    fills: str | None = None
    date_order: DateOrder | None = None
    order_assumed: bool = False
    factor: int = 1
    unit: str | None = None
    certainty: float = 1.0
    because: str = ""


class _TableEntry(Frozen):
    file: str
    sheet: str | None = None
    entity: str
    label: str = ""
    key: tuple[str, ...] = ()
    certainty: float = 1.0
    columns: tuple[_ColumnEntry, ...]


class _MappingEntry(Frozen):
    system: str
    statuses: dict[str, Status] = {}
    tables: tuple[_TableEntry, ...]


def save_mapping(mapping: Mapping, path: Path) -> None:
    """Write a mapping. Columns are named by their headers, and by their number from 1 as well where two headers are the same."""
    entries = [_table_entry(table).model_dump(mode="json", exclude_defaults=True) for table in mapping.tables]
    statuses = {"statuses": mapping.statuses} if mapping.statuses else {}
    text = yaml.safe_dump({"system": mapping.system, **statuses, "tables": entries}, allow_unicode=True, sort_keys=False, width=200)
    path.write_text(HEADING + text, "utf-8")


def load_mapping(path: Path, tables: Sequence[SourceTable]) -> Mapping:
    """Read a mapping for these tables; files that it does not name are not imported.

    Raises MappingFileMalformed, MappingNamesMissingFile, MappingNamesMissingColumn and MappingNamesUnknownField.
    """
    try:
        entry = _MappingEntry.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise MappingFileMalformed(str(path), type(error).__name__) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise MappingFileMalformed(str(path), f"line {mark.line + 1}" if mark else "YAML") from error
    except ValidationError as error:
        raise MappingFileMalformed(str(path), ".".join(map(str, error.errors()[0]["loc"])) or "YAML") from error
    return Mapping(system=entry.system, statuses=entry.statuses, tables=tuple(_table_map(table, _source(table, tables)) for table in entry.tables))


def _table_entry(table: TableMap) -> _TableEntry:
    headers = [column.header for column in table.columns]
    columns = tuple(
        _ColumnEntry(
            column=column.header,
            number=column.position + 1 if headers.count(column.header) > 1 else None,
            to=column.to,
            type=column.type,
            refers=column.refers,
            by=column.by,
            fills=column.fills,
            date_order=column.date_order,
            order_assumed=column.order_assumed,
            factor=column.factor,
            unit=column.unit,
            certainty=column.certainty,
            because=column.because,
        )
        for column in table.columns
    )
    return _TableEntry(file=table.file, sheet=table.sheet, entity=table.entity, label=table.label, key=table.key, certainty=table.certainty, columns=columns)


def _source(entry: _TableEntry, tables: Sequence[SourceTable]) -> SourceTable:
    for table in tables:
        if table.file == entry.file and (entry.sheet is None or table.sheet == entry.sheet):
            return table
    raise MappingNamesMissingFile(f"{entry.file} [{entry.sheet}]" if entry.sheet else entry.file)


def _table_map(entry: _TableEntry, table: SourceTable) -> TableMap:
    if entry.entity != CUSTOM and entry.entity not in base_model().entities:
        raise _unknown(entry.file, entry.entity, {CUSTOM: (), **{key: _words(entity.words) for key, entity in base_model().entities.items()}})
    profiles = profile(table)
    columns: dict[int, ColumnMap] = {}
    for column in entry.columns:
        _check_place(entry, column.to)
        if column.fills is not None:
            _check_place(entry, column.fills)
        if column.refers is not None:
            _check_referred(entry, column.refers)
        position = _position(column, table, columns)
        columns[position] = ColumnMap(
            position=position,
            header=table.headers[position],
            to=column.to,
            type=column.type or (profiles[position].type if column.to == CUSTOM else None),
            refers=column.refers if column.to == CUSTOM else None,
            by=column.by if column.to == CUSTOM else None,
            fills=column.fills,
            date_order=column.date_order,
            order_assumed=column.order_assumed,
            factor=column.factor,
            unit=column.unit,
            certainty=column.certainty,
            because=column.because,
        )
    for position, header in enumerate(table.headers):
        if position not in columns:
            columns[position] = _unlisted(position, header, profiles[position])
    for key in entry.key:
        if not any(column.to.removesuffix("#id") == key for column in columns.values()):
            raise _unknown(entry.file, key, {column.to.removesuffix("#id"): () for column in columns.values()})
    return TableMap(
        file=table.file,
        sheet=table.sheet,
        entity=entry.entity,
        label=entry.label,
        key=entry.key,
        columns=tuple(columns[position] for position in sorted(columns)),
        certainty=entry.certainty,
    )


def _unlisted(position: int, header: str, found: Profile) -> ColumnMap:
    return ColumnMap(position=position, header=header, to=CUSTOM, type=found.type, because="the mapping does not list it")


def _position(column: _ColumnEntry, table: SourceTable, taken: dict[int, ColumnMap]) -> int:
    if column.number is not None and 0 < column.number <= len(table.headers) and table.headers[column.number - 1] == column.column:
        return column.number - 1
    for position, header in enumerate(table.headers):
        if header == column.column and position not in taken:
            return position
    raise MappingNamesMissingColumn(table.file, column.column)


def _check_place(entry: _TableEntry, place: str) -> None:
    """Raise MappingNamesUnknownField where an entity has no such field, or a field that is no reference is named by id."""
    known = places_of(entry.entity)
    if place not in known:
        raise _unknown(entry.file, place, known)


def _check_referred(entry: _TableEntry, refers: str) -> None:
    """Raise MappingNamesUnknownField for what is no kind of record; the own tables are those of the store too, by their labels."""
    entities = base_model().entities
    if refers not in entities and not refers.startswith(f"{CUSTOM}:"):
        raise _unknown(entry.file, refers, {key: _words(entity.words) for key, entity in entities.items()})


def places_of(entity: str) -> dict[str, tuple[str, ...]]:
    """Where a column of an entity, or of a ``custom`` table, may go, with the words for each place."""
    places: dict[str, tuple[str, ...]] = {RECORD_ID: (), CUSTOM: (), SKIP: ()}
    if entity == CUSTOM:
        return {**dict.fromkeys(sorted(CUSTOM_TABLE_PLACES), ()), **places}
    fields: dict[str, tuple[str, ...]] = {}
    for key, field in base_model().entities[entity].fields.items():
        fields[key] = _words(field.words)
        if field.type is FieldType.REF:
            fields[f"{key}#id"] = ()
    return fields | places


def _words(words: Words) -> tuple[str, ...]:
    return (*words.en, *words.zh)


def _unknown(file: str, name: str, known: Mapped[str, tuple[str, ...]]) -> MappingNamesUnknownField:
    """The error, with the place whose key or words come nearest to what the mapping names."""
    spoken = {word: key for key, words in known.items() for word in (*words, key)}
    match = process.extractOne(name.casefold().replace("_", " "), spoken.keys(), scorer=fuzz.ratio)
    return MappingNamesUnknownField(file, name, spoken[match[0]] if match else CUSTOM, tuple(known))
