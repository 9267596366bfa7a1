"""What an answer asserts, in a form that can be held against independent values: claims with the row, the column and the labels that they stand in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

from agent.answer import Answer, Claim, Scalar, Table
from evals.asked.expecting import Label, Worth
from prompts.words import say
from tools.trace.cells import CellType

RELATIVE = Decimal("1e-5")
ROUNDED = {
    CellType.RATE: Decimal("5.1e-7"),
    CellType.MONEY: Decimal("0.00501"),
    CellType.DURATION: Decimal("0.0000501"),
    CellType.NUMBER: Decimal("0.0000501"),
}
"""Half of the last place that the engines round a computed value of a type to; counts are exact."""
NUMERIC = frozenset((CellType.MONEY, CellType.COUNT, CellType.NUMBER, CellType.RATE, CellType.DURATION))
DATED = frozenset((CellType.DATE, CellType.DATETIME))
_MEASURE = re.compile(r"m\d+")
_MONTHS = {name: place for place, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True)
class Place:
    """Where a value stands: ``q1.r2.m0_low`` is call q1, row r2, column m0_low."""

    call: str
    row: str
    column: str

    @property
    def measure(self) -> str | None:
        """The measure that the column belongs to: ``m0`` of ``m0_low``; None for labels and fields."""
        found = _MEASURE.match(self.column)
        return found.group() if found else None

    @property
    def part(self) -> str:
        """What of the measure it is: empty for its value, else ``low``, ``delta``, ``n`` and so on."""
        return self.column.partition("_")[2] if self.measure else ""


def place_of(cell: str) -> Place:
    """The parts of an address."""
    call, row, column = [*cell.split(".", 2), "", ""][:3]
    return Place(call, row, column)


@dataclass
class Row:
    """One row of an answer: its labels and fields by column, and its measures by column, from the table and from the claims."""

    call: str
    row: str
    fields: dict[str, Scalar] = field(default_factory=dict)
    measures: dict[str, Scalar] = field(default_factory=dict)
    types: dict[str, CellType] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[Scalar, ...]:
        """Values that are no measures."""
        return tuple(self.fields.values())


def rows_of(answer: Answer) -> list[Row]:
    """Rows in the order in which they are shown: those of tables first, then those that only claims mention."""
    found: dict[tuple[str, str], Row] = {}
    for table in answer.tables:
        for values, cells in zip(table.rows, table.cells, strict=False):
            for value, cell, kind in zip(values, cells, table.types, strict=False):
                _put(found, cell, value, kind)
    for claim in answer.claims:
        _put(found, claim.cell, claim.value, claim.type)
    return [row for row in found.values() if row.row.startswith("r") and row.row[1:].isdigit()]


def shown(table: Table) -> list[Row]:
    """The rows of one table."""
    found: dict[tuple[str, str], Row] = {}
    for values, cells in zip(table.rows, table.cells, strict=False):
        for value, cell, kind in zip(values, cells, table.types, strict=False):
            _put(found, cell, value, kind)
    return list(found.values())


def _put(found: dict[tuple[str, str], Row], cell: str, value: Scalar, kind: CellType) -> None:
    place = place_of(cell)
    row = found.setdefault((place.call, place.row), Row(place.call, place.row))
    (row.measures if place.measure else row.fields)[place.column] = value
    row.types[place.column] = kind


def is_value(claim: Claim) -> bool:
    """Whether a claim asserts a number or a day (a label of a period is a text)."""
    return claim.type in NUMERIC | DATED


def same(found: Scalar, kind: CellType, expected: Worth | date | str | None) -> bool:
    """Whether a value is the expected one: numbers to 1e-5 of their size or to the last rounded place, days exactly, texts but for case and blanks."""
    if expected is None or found is None:
        return found is None and expected is None
    if isinstance(expected, str):
        return label(str(found)) == label(expected)
    if isinstance(expected, date):
        return str(found)[:10] == expected.isoformat()[:10]
    if isinstance(found, bool) or not isinstance(found, int | float):
        return False
    value, right = Decimal(str(found)), Decimal(str(expected))
    if kind is CellType.COUNT:
        return value == right
    return abs(value - right) <= max(abs(right) * RELATIVE, ROUNDED.get(kind, Decimal(0)))


def size(value: Worth | date) -> Decimal:
    """What values are ranked by: numbers, and days by their order."""
    return Decimal(value.toordinal()) if isinstance(value, date) else Decimal(str(value))


_APART = re.compile(r"(\D+?) ?\(([A-Z]{1,4}\d+)\)")


@cache
def label(text: str) -> str:
    """A name without case, blanks and typographic differences; a period, however it is displayed, as ``2017``, ``2017-q3``, ``2017-03`` or ``2017-03-05``."""
    plain = re.sub(r"\s+", " ", text.casefold().strip()).replace("’", "'")
    return _period(plain) or re.sub(r"\s", "", plain)


def _period(text: str) -> str | None:
    for form, order in _FORMS:
        found = form.fullmatch(text)
        if found:
            return order(found.groupdict())
    return None


def _day(found: Mapping[str, str]) -> str:
    return f"{_month(found)}-{int(found['d']):02}"


def _month(found: Mapping[str, str]) -> str:
    month = found["m"]
    return f"{found['y']}-{_MONTHS.get(month[:3]) or int(month):02}"


def _quarter(found: Mapping[str, str]) -> str:
    return f"{found['y']}-q{_QUARTERS.get(found['q']) or found['q']}"


_NAMED = r"(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_FORMS = tuple(
    (re.compile(form), order)
    for form, order in (
        (r"(?P<y>\d{4}) ?年", lambda found: str(found["y"])),
        (r"(?P<y>\d{4})[ -]?q(?P<q>[1-4])", _quarter),
        (r"q(?P<q>[1-4])[ -]?(?P<y>\d{4})", _quarter),
        (r"(?P<y>\d{4}) ?年 ?(?:第 ?|q)?(?P<q>[一二三四1-4])(?: ?季度?)?", _quarter),
        (r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})", _month),
        (r"(?P<y>\d{4}) ?年 ?(?P<m>\d{1,2}) ?月", _month),
        (_NAMED + r" (?P<y>\d{4})", _month),
        (r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})", _day),
        (r"(?P<y>\d{4}) ?年 ?(?P<m>\d{1,2}) ?月 ?(?P<d>\d{1,2}) ?日", _day),
        (r"(?P<d>\d{1,2}) " + _NAMED + r" (?P<y>\d{4})", _day),
    )
)


def labels(of: Label) -> frozenset[str]:
    """The normalised parts of a label; a name that several people bear is told apart by a number behind it, "James Porter(E107)"."""
    apart = _APART.fullmatch(of) if isinstance(of, str) else None
    return frozenset(label(str(part)) for part in (apart.groups() if apart else (of,) if isinstance(of, str) else of))


def nameless(text: str, language: str) -> bool:
    """Whether a label stands for the records that have none: "no region"."""
    before, _, after = say("none_group", language, field="\0").partition("\0")
    return text.startswith(before) and text.endswith(after)
