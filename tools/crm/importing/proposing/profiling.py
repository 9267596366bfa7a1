"""Says what the columns of a table hold, from a sample of rows spread over it: types, shapes, distinctness."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from tools.crm.importing.source import SourceTable
from tools.crm.importing.values import has_time, is_blank, parse_currency, parse_date, parse_decimal, parse_flag, parse_minutes
from tools.crm.importing.values_time import split_date
from tools.crm.semantic import FieldType

SAMPLE_ROWS = 400
FRACTION = re.compile(r"-?[\d,]*\.0*[1-9]\d*$")
MOST = 0.85
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}$", re.IGNORECASE)
WEB = re.compile(r"(?:https?://|www\.)\S+$|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,12}(?:/\S*)?$", re.IGNORECASE)
PHONE = re.compile(r"\+?[\d\s().\-/*•]{6,22}(?:\s*(?:x|ext\.?|转)\s*\d+)?$")
ID_LIKE = re.compile(r"\{?(?=[^\s]*\d)[A-Za-z0-9_\-.]{3,60}\}?$")
TELLING_ID = re.compile(r"(?=.*[A-Za-z_-])(?=.*\d)[\w{}.-]{4,}$|\d{9,}$")


@dataclass(frozen=True)
class Profile:
    """What one column holds. Shares are of the sampled cells that are not blank."""

    position: int
    rows: int
    sample: tuple[str, ...]
    column: Callable[[], Sequence[str]]
    column_once: Callable[[], Sequence[str]]
    """As ``column``, without rows that the export repeats as they stand."""

    @property
    def is_empty(self) -> bool:
        """True where the sample has no value at all."""
        return not self.sample

    @cached_property
    def filled(self) -> float:
        """Share of sampled rows that hold something."""
        return len(self.sample) / self.rows if self.rows else 0.0

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The different values of the sample."""
        return frozenset(self.sample)

    @cached_property
    def uniqueness(self) -> float:
        """Different values by cells that hold one, over the whole column; 0 where more than one cell in ten is blank."""
        return self._different(self.column())

    @cached_property
    def uniqueness_once(self) -> float:
        """As ``uniqueness``, among rows of which none repeats another one whole."""
        return self.uniqueness if self.uniqueness == 1.0 else self._different(self.column_once())

    def _different(self, cells: Sequence[str]) -> float:
        values = [value for value in cells if value.strip()]
        return len(set(values)) / len(values) if values and self.filled >= 0.9 else 0.0

    def share(self, test: Callable[[str], object]) -> float:
        """Share of values that pass a test; 0 for an empty column."""
        return sum(1 for value in self.sample if test(value)) / len(self.sample) if self.sample else 0.0

    @cached_property
    def numbers(self) -> float:
        """Share of numbers and amounts."""
        return self.share(lambda value: parse_decimal(value) is not None)

    @cached_property
    def whole_numbers(self) -> float:
        """Share of whole numbers."""
        return self.share(lambda value: value.strip().lstrip("-").replace(",", "").isdecimal())

    @cached_property
    def has_fractions(self) -> bool:
        """Whether any cell of the whole column holds a part of one: 0.5 among numbers of kilograms."""
        return any(FRACTION.match(value.strip()) for value in self.column())

    @cached_property
    def dates(self) -> float:
        """Share of dates, with or without a clock time, in any order of day and month."""
        return self.share(lambda value: split_date(value, "mdy") or split_date(value, "dmy"))

    @cached_property
    def times(self) -> float:
        """Share of dates with a clock time other than midnight throughout."""
        return self.share(has_time)

    @cached_property
    def flags(self) -> float:
        """Share of yes and no."""
        return self.share(lambda value: parse_flag(value) is not None)

    @cached_property
    def percents(self) -> float:
        """Share of numbers with a percent sign."""
        return self.share(lambda value: value.rstrip().endswith(("%", "％")))

    @cached_property
    def emails(self) -> float:
        """Share of e-mail addresses."""
        return self.share(EMAIL.match)

    @cached_property
    def webs(self) -> float:
        """Share of web addresses and domains."""
        return self.share(lambda value: WEB.match(value) and "@" not in value)

    @cached_property
    def phones(self) -> float:
        """Share of texts that can be telephone numbers."""
        return self.share(lambda value: PHONE.match(value) and sum(map(str.isdigit, value)) >= 6 and parse_date(value, "mdy") is None)

    @cached_property
    def currencies(self) -> float:
        """Share of names of currencies."""
        return self.share(lambda value: len(value) < 30 and parse_currency(value))

    @cached_property
    def durations(self) -> float:
        """Share of durations."""
        return self.share(lambda value: parse_minutes(value) is not None)

    @cached_property
    def ids(self) -> float:
        """Share of texts without spaces that have a digit, as record ids do."""
        return self.share(ID_LIKE.match)

    @cached_property
    def telling_ids(self) -> float:
        """Share of ids that are hardly anything else: letters and digits mixed, or long numbers."""
        return self.share(TELLING_ID.match)

    @cached_property
    def units(self) -> frozenset[str]:
        """Currencies that stand beside the numbers."""
        return frozenset(parsed.unit for parsed in map(parse_decimal, self.sample) if parsed and parsed.unit)

    @cached_property
    def length(self) -> float:
        """Mean number of characters."""
        return sum(map(len, self.sample)) / len(self.sample) if self.sample else 0.0

    @cached_property
    def type(self) -> FieldType:
        """The type of field that suits the column where nothing is known but what it holds."""
        if self.is_empty:
            return FieldType.TEXT
        if self.flags >= MOST and len(self.distinct) <= 3 and not all(value.isdecimal() for value in self.distinct):
            return FieldType.FLAG
        if self.dates >= MOST:
            return FieldType.DATETIME if self.times >= 0.3 else FieldType.DATE
        if self.numbers >= MOST:
            return self._numeric()
        return FieldType.TEXT

    def _numeric(self) -> FieldType:
        if self.percents >= MOST:
            return FieldType.RATE
        if self.units:
            return FieldType.MONEY
        long_codes = self.share(lambda value: value.isdecimal() and (len(value) > 9 or (len(value) > 1 and value[0] == "0")))
        if long_codes >= 0.1:
            return FieldType.TEXT
        return FieldType.COUNT if self.whole_numbers >= MOST and not self.has_fractions else FieldType.NUMBER


def profile(table: SourceTable) -> tuple[Profile, ...]:
    """Profiles of all columns of a table, in their order."""
    step = max(1, len(table.rows) // SAMPLE_ROWS)
    sampled = table.rows[::step][:SAMPLE_ROWS]
    found = []

    @cache
    def once() -> Sequence[Sequence[str]]:
        return list(dict.fromkeys(map(tuple, table.rows)))

    for position in range(len(table.headers)):
        cells = (row[position].strip() for row in sampled if position < len(row))
        sample = tuple(cell for cell in cells if not is_blank(cell))

        def column(at: int = position) -> Sequence[str]:
            return [row[at] for row in table.rows if at < len(row)]

        def column_once(at: int = position) -> Sequence[str]:
            return [row[at] for row in once() if at < len(row)]

        found.append(Profile(position=position, rows=len(sampled), sample=sample, column=column, column_once=column_once))
    return tuple(found)
