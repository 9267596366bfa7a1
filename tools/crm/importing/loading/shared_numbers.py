"""Takes the account and the owner of rows that name neither from the lines of another file that bear the same number: instalments, of lines of orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tools.crm.importing.loading.batches import MISSING, Batch, Value
from tools.crm.importing.loading.customs import CustomFields
from tools.crm.importing.proposing.profiling import TELLING_ID
from tools.crm.importing.values import parse_date

TAKEN = ("account", "owner")
NEARLY_ALL = 0.95
FEWEST = 5
"""Fewer numbers in common are chance."""


class Lending(NamedTuple):
    """By which column how many rows got their account."""

    header: str
    rows: int


@dataclass(slots=True)
class SharedNumbers:
    """The numbers that come again in lines of one file and are another's: whatever all lines of a number say alike holds of the number.

    Only whom the lines belong to is taken. Their products and days differ from line to line, and are theirs.
    """

    batches: Mapping[str, Batch]
    fields: CustomFields

    def fill(self, batch: Batch) -> Lending | None:
        """Give rows that name no account that of the lines with their number, and their owner. Batches are filled after all are linked."""
        if "account" not in batch.entity.fields or not len(batch) or _held(batch, "account"):
            return None
        numbers = {key for custom in batch.customs for key, value in custom.items() if _is_number(value)}
        for key in sorted(key for key in numbers if (batch.entity.key, key) not in self.fields.targets):
            for lines, other in self._lines(batch, key):
                texts = [custom.get(key) for custom in batch.customs]
                if (accounts := _told(texts, lines, other, "account")) is not None:
                    self._take(batch, texts, lines, other, accounts)
                    return Lending(self.fields.label(batch.entity.key, key), sum(isinstance(each, int) for each in accounts))
        return None

    def _take(self, batch: Batch, texts: Sequence[object], lines: Batch, other: str, accounts: list[Value]) -> None:
        batch.columns["account_id"] = accounts
        owners = None if _held(batch, "owner") else _told(texts, lines, other, "owner")
        if owners is not None:
            batch.columns["owner_id"] = owners
        batch.incomplete |= any(MISSING in batch.columns.get(f"{name}_id", ()) for name in TAKEN)

    def _lines(self, batch: Batch, key: str) -> Iterator[tuple[Batch, str]]:
        """The other tables with an account and an own column of the same header, with the key of that column."""
        header = self.fields.label(batch.entity.key, key)
        for lines in self.batches.values():
            if lines is batch or not _held(lines, "account"):
                continue
            for other in self.fields.labelled(lines.entity.key, header):
                yield lines, other


def _is_number(value: object) -> bool:
    """Whether it looks like what records are numbered by, and is no day and no word."""
    return isinstance(value, str) and TELLING_ID.match(value) is not None and parse_date(value, "dmy") is None


def _held(batch: Batch, name: str) -> bool:
    return any(isinstance(value, int) for value in batch.columns.get(f"{name}_id", ()))


def _told(texts: Sequence[object], lines: Batch, other: str, name: str) -> list[Value] | None:
    """What the lines of each number say, None where they say different things or too few of the numbers are theirs."""
    said: dict[str, Counter[int]] = {}
    for custom, value in zip(lines.customs, lines.columns.get(f"{name}_id", ()), strict=False):
        number = custom.get(other)
        if isinstance(number, str) and isinstance(value, int):
            said.setdefault(number, Counter())[value] += 1
    numbers = {text for text in texts if isinstance(text, str)}
    known = numbers & said.keys()
    if len(known) < max(FEWEST, NEARLY_ALL * len(numbers)) or any(len(said[number]) > 1 for number in known):
        return None
    return [next(iter(said[text])) if isinstance(text, str) and text in said else None for text in texts]
