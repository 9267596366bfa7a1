"""Turns a column of cell texts into stored values: each distinct text is read once, however many rows hold it.

Stored values are what both databases take as they are: text, whole numbers, booleans, dates and times as ISO text in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from decimal import ROUND_HALF_EVEN, Decimal

from sqlalchemy import Integer, String, Table

from tools.crm.importing import values
from tools.crm.importing.cleaning import clean
from tools.crm.importing.mapping import DateOrder
from tools.crm.semantic import FieldType
from tools.store.types import SCALE, ScaledDecimal

Stored = str | int | bool | None
STORED_TIME = "%Y-%m-%d %H:%M:%S.%f"
WHOLE_MAX, LONG_MAX = 2**31, 2**63
TEXTS = frozenset({FieldType.NAME, FieldType.TEXT, FieldType.STAGE, FieldType.REF})


@dataclass(frozen=True, slots=True)
class CellReading:
    """How a column is to be read. ``places`` is None where whole numbers are stored, else the decimal places kept.

    ``custom`` values go into JSON: times keep their offset there, and every number has four places.
    """

    type: FieldType
    zone: tzinfo
    places: int | None = None
    date_order: DateOrder | None = None
    factor: int = 1
    header: str = ""
    custom: bool = False


@dataclass(slots=True)
class Converted:
    """The values, parallel to the texts, and what there is to say about distinct texts."""

    values: list[Stored]
    refused: dict[str, str] = field(default_factory=dict)
    repaired: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)


def reading_of(kind: FieldType, table: Table, column: str) -> tuple[FieldType, int | None]:
    """The type and decimal places by which a column of the model is stored."""
    stored = table.c[column].type
    if isinstance(stored, ScaledDecimal):
        return kind, stored.places
    if isinstance(stored, Integer) and not kind.is_numeric and kind is not FieldType.YEAR:
        return FieldType.COUNT, None
    return (FieldType.TEXT, None) if isinstance(stored, String) and kind not in TEXTS else (kind, None)


def convert(texts: Sequence[str], how: CellReading) -> Converted:
    """Read a column."""
    found = Converted([])
    distinct = set(texts)
    reader = _reader(distinct, how, found)
    read = {text: reader(text) for text in distinct}
    found.values = [read[text] for text in texts]
    return found


def _reader(distinct: set[str], how: CellReading, found: Converted) -> Callable[[str], Stored]:
    if how.type in TEXTS:
        return lambda text: _text(text, found)
    if how.type is FieldType.FLAG:
        return lambda text: _flag(text, found)
    if how.type is FieldType.DATE:
        return lambda text: _date(text, how, found)
    if how.type is FieldType.DATETIME:
        return lambda text: _datetime(text, how, found)
    return _number_reader(distinct, how, found)


def _text(text: str, found: Converted) -> str | None:
    cleaned, repair = clean(text)
    if repair is not None:
        found.repaired[text] = (repair, cleaned)
    return cleaned or None


def _flag(text: str, found: Converted) -> bool | None:
    word, _ = clean(text)
    flag = values.parse_flag(word)
    if flag is None and not values.is_blank(word):
        found.repaired[text] = ("flag_not_understood", None)
    return flag


def _date(text: str, how: CellReading, found: Converted) -> str | None:
    day = values.parse_date(text, how.date_order)
    if day is None:
        _refuse_date(text, found)
        return None
    return day.isoformat()


def _datetime(text: str, how: CellReading, found: Converted) -> str | None:
    at = values.parse_datetime(text, how.date_order, how.zone)
    if at is None:
        _refuse_date(text, found)
        return None
    return at.isoformat() if how.custom else at.strftime(STORED_TIME).rjust(26, "0")


def _refuse_date(text: str, found: Converted) -> None:
    """A date that would be one if its column told whether the day or the month stands first is no impossible one."""
    readable = values.parse_date(text, "mdy") or values.parse_date(text, "dmy")
    _refuse(text, "date_order_open" if readable else "date_impossible", found)


def _refuse(text: str, reason: str, found: Converted) -> None:
    """Refuse what can't be read, unless it is a mark for nothing."""
    word, _ = clean(text)
    if not values.is_blank(word):
        found.refused[text] = reason


def _number_reader(distinct: set[str], how: CellReading, found: Converted) -> Callable[[str], Stored]:
    mark = values.decimal_mark(distinct)
    places = SCALE if how.custom else how.places or 0
    limit = LONG_MAX if how.custom or how.places is not None else WHOLE_MAX

    def store(text: str, value: Decimal | None, factor: int = 1) -> int | None:
        if value is None:
            _refuse(text, "number_impossible", found)
            return None
        scaled = (value * factor).scaleb(places)
        whole = scaled.to_integral_value(ROUND_HALF_EVEN)
        if abs(whole) >= limit:
            found.refused[text] = "number_out_of_range"
            return None
        if whole != scaled:
            found.repaired[text] = ("number_rounded", format(whole.scaleb(-places), "f"))
        return int(whole)

    if how.type is FieldType.RATE:
        hundredths = values.rates_are_whole(distinct, how.header)
        return lambda text: store(text, values.parse_rate(text, whole=hundredths, mark=mark))
    if how.type is FieldType.DURATION_MINUTES:
        return lambda text: store(text, values.parse_minutes(text))
    if how.type is FieldType.YEAR:
        return lambda text: store(text, None if (year := values.parse_year(text)) is None else Decimal(year))

    def number(text: str) -> int | None:
        parsed = values.parse_decimal(text, mark)
        if parsed is None:
            return store(text, None)
        if parsed.unit:
            found.units[text] = parsed.unit
        if how.type is FieldType.COUNT and parsed.value != parsed.value.to_integral_value():
            return store(text, None)
        return store(text, parsed.value, how.factor)

    return number
