"""Raw files of an export as plain rows. It knows neither the store nor the semantic model, so that truths are independent of both."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

Row = dict[str, str]
MONTH_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")


@dataclass
class Raw:
    """The folder of an export; ``raw["accounts"]`` are the rows of ``accounts.csv``, as written, blanks around values removed."""

    folder: Path
    _held: dict[str, list[Row]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> list[Row]:
        """Rows of the file called ``name`` with the ending .csv. Raises FileNotFoundError."""
        if name not in self._held:
            with (self.folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
                self._held[name] = [{str(key).strip(): (value or "").strip() for key, value in row.items()} for row in csv.DictReader(file)]
        return self._held[name]

    def by(self, name: str, column: str) -> dict[str, Row]:
        """Rows of a file by the value of one column; the last one where several share it."""
        return {row[column]: row for row in self[name]}


def number(text: str) -> Decimal | None:
    """A number as written, without separators and currency signs; None where there is none."""
    plain = text.replace(",", "").replace("，", "").strip("¥$€£% 元")
    try:
        return Decimal(plain) if plain else None
    except InvalidOperation:
        return None


def day(text: str) -> date | None:
    """The day of a date or a moment as written; None where there is none."""
    head = text.strip().split("T")[0].split(" ")[0]
    for form in MONTH_DAYS:
        try:
            return datetime.strptime(head, form).date()
        except ValueError:
            continue
    return None


def month(text: str) -> str:
    """The month of a day as written, as in ``2017-03``; empty where there is none."""
    found = day(text)
    return f"{found:%Y-%m}" if found else ""


def quarter(text: str) -> str:
    """The calendar quarter of a day as written, as in ``2017-Q1``; empty where there is none."""
    found = day(text)
    return f"{found.year}-Q{(found.month + 2) // 3}" if found else ""


def within(text: str, first: str, last: str) -> bool:
    """Whether a day as written lies from ``first`` to ``last`` (ISO), both included."""
    found = day(text)
    return found is not None and first <= found.isoformat() <= last


def total(rows: Iterable[Row], column: str) -> Decimal:
    """The sum of a column; rows without a number count as nothing."""
    return sum((value for row in rows if (value := number(row[column])) is not None), Decimal(0))


def numbers(rows: Iterable[Row], column: str) -> list[Decimal]:
    """The numbers of a column, without the rows that have none."""
    return [value for row in rows if (value := number(row[column])) is not None]


def groups(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Rows by the value of a column, without those that have none."""
    found: dict[str, list[Row]] = {}
    for row in _with(rows, column):
        found.setdefault(row[column], []).append(row)
    return found


def _with(rows: Iterable[Row], column: str) -> Iterator[Row]:
    return (row for row in rows if row[column])
