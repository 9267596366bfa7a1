"""Settles what a column's place leaves open: the order of day and month, units, types of custom fields, and the key of a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from tools.crm.importing.mapping import DateOrder
from tools.crm.importing.proposing.contents import fold
from tools.crm.importing.proposing.headers import is_chinese
from tools.crm.importing.proposing.places import Column
from tools.crm.importing.source import SourceTable
from tools.crm.importing.values import parse_decimal, year_last_numbers
from tools.crm.semantic import Entity, FieldType

UNIQUE = 0.98
KEY_FIELDS = 3
PARTIES = frozenset(("account", "product", "member", "team", "contact"))
# What happens can happen twice alike: two visits of one person to one customer on one day are two.
EVENTS = frozenset(("interaction", "ticket", "payment", "invoice"))
PARTY_UNIQUE = 0.8
MANY_DUPLICATES = 0.5


def date_votes(column: Column) -> tuple[int, int]:
    """How many dates of a column can only be month first, and how many only day first."""
    month_first = day_first = 0
    for value in column.profile.sample:
        numbers = year_last_numbers(value)
        if numbers is None:
            continue
        month_first += numbers[1] > 12 >= numbers[0]
        day_first += numbers[0] > 12 >= numbers[1]
    return month_first, day_first


def date_order(column: Column, table: Sequence[Column], folder: tuple[int, int], notes: Mapping[str, str]) -> tuple[DateOrder, str, bool]:
    """The order of day and month in a column of dates, why, and whether it is only assumed; years that come first leave nothing open."""
    if not any(year_last_numbers(value) for value in column.profile.sample):
        return "ymd", "", False
    own = date_votes(column)
    rest = tuple(map(sum, zip(*map(date_votes, table), strict=True)))
    for votes, where in ((own, "of the column"), ((rest[0], rest[1]), "of the file's other columns"), (folder, "of the other files")):
        if votes[0] != votes[1]:
            order: DateOrder = "mdy" if votes[0] > votes[1] else "dmy"
            return order, f"{'month' if order == 'mdy' else 'day'} first, as dates {where} show", False
    if notes.get("delimiter") == ";" or any("." in value for value in column.profile.sample[:5]):
        return "dmy", "day first, taken from the way the file is written; no date shows it", True
    return "mdy", "month first is assumed; no date shows it", True


def unit_of(column: Column) -> str | None:
    """The currency that the header or all cells name."""
    if column.header.unit:
        return column.header.unit
    units = column.profile.units
    return next(iter(units)) if len(units) == 1 and column.profile.share(_names_unit) >= 0.9 else None


def _names_unit(value: str) -> bool:
    parsed = parse_decimal(value)
    return parsed is not None and parsed.unit is not None


def custom_type(column: Column) -> FieldType:
    """The type of a field of its own, by what the column holds and the unit that its header names."""
    kind = column.profile.type
    if kind in (FieldType.COUNT, FieldType.NUMBER):
        if column.header.unit or column.header.factor != 1:
            return FieldType.MONEY
        if column.header.percent:
            return FieldType.RATE
    if kind is FieldType.COUNT and any(
        word in column.header.spoken for word in ("amount", "revenue", "price", "value", "total", "cost", "金额", "预算", "价格")
    ):
        return FieldType.MONEY
    return kind


def record_key(table: SourceTable, places: Mapping[int, str], entity: Entity) -> tuple[str, ...]:
    """The fewest fields that tell the records apart where no column holds their id; empty where nothing short of the whole row does."""
    where: dict[str, list[int]] = {}
    for position, place in sorted(places.items()):
        where.setdefault(place.removesuffix("#id"), []).append(position)
    for field in ("number", "code", "email", "name"):
        if field in where and not (field == "email" and entity.key == "account") and not (field in ("email", "name") and entity.key in EVENTS):
            share = _distinct(table, where[field])
            if share >= (PARTY_UNIQUE if entity.key in PARTIES and field == "name" else UNIQUE):
                return (field,)
    if entity.key in EVENTS:
        return ()
    candidates = [field for field in entity.fields if field in where and _identifies(entity, field)]
    if len(candidates) <= KEY_FIELDS and candidates and _distinct(table, [at for field in candidates for at in where[field]]) >= UNIQUE:
        return tuple(candidates)
    for size in range(2, KEY_FIELDS + 1):
        for chosen in combinations(candidates, size):
            if _distinct(table, [at for field in chosen for at in where[field]]) >= UNIQUE:
                return chosen
    return ("name",) if entity.key in PARTIES and "name" in where and _distinct(table, where["name"]) >= MANY_DUPLICATES else ()


def _identifies(entity: Entity, field: str) -> bool:
    kind = entity.fields[field].type
    return kind in (FieldType.NAME, FieldType.REF) or field in (
        "title",
        "subject",
        "period",
        "start_on",
        "valid_from",
        "base",
        "quote",
        "metric",
        "objective",
        "key_result",
        "occurred_at",
    )


def _distinct(table: SourceTable, positions: Sequence[int]) -> float:
    rows = [tuple(fold(row[at]) if at < len(row) else "" for at in positions) for row in table.rows]
    rows = [row for row in rows if any(row)]
    return len(set(rows)) / len(table.rows) if table.rows else 1.0


def label_of(table: SourceTable) -> str:
    """What people call a table: its sheet, or its file without ending."""
    stem = table.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if table.sheet and not table.sheet.lower().startswith("sheet"):
        return table.sheet if is_chinese(table.sheet) or len(table.sheet) > 3 else f"{stem} {table.sheet}"
    return stem
