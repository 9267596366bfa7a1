"""Finds the currency of each row's amounts: from a currency column, the mapping, or the symbol in the cell. Never guessed where none is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.crm.importing.cleaning import clean
from tools.crm.importing.values import is_blank, parse_currency

_BARE = {"$": re.compile(r"(?<![A-Za-z])[$＄]"), "¥": re.compile(r"(?<![A-Za-z])[¥￥]")}
_KANA = re.compile(r"[\u3040-\u30ff]")
ROWS_LOOKED_AT = 500


@dataclass(slots=True)
class Amounts:
    """One money column: its texts, the currencies that cells name, and the one that the mapping names."""

    texts: Sequence[str]
    units: dict[str, str]
    unit: str | None


@dataclass(slots=True)
class Currencies:
    """The currency of each row, the rows whose sources contradict each other, and what was taken for bare symbols."""

    values: list[str | None]
    conflicts: set[int] = field(default_factory=set)
    assumed: dict[str, str] = field(default_factory=dict)


def read_currencies(count: int, named: Sequence[str] | None, amounts: Sequence[Amounts], japanese: bool) -> Currencies | None:
    """Currencies of ``count`` rows; None where nothing names any. A column of currencies decides, then the cell, then the mapping."""
    assumed = _assume(amounts, japanese)
    if named is None and not any(each.units or each.unit for each in amounts):
        return None
    codes = [None] * count if named is None else _codes(named)
    found = Currencies(list(codes), assumed=assumed)
    for each in amounts:
        if not each.units and each.unit is None:
            continue
        for index, text in enumerate(each.texts):
            unit = each.units.get(text) or (each.unit if not is_blank(text) else None)
            if unit is None:
                continue
            held = found.values[index]
            if held is None:
                found.values[index] = unit
            elif held != unit and text in each.units and not _is_bare(text):
                found.conflicts.add(index)
    return found


def speaks_japanese(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """True where kana stands in a table: its ¥ is the yen."""
    return any(_KANA.search(text) for text in headers) or any(_KANA.search(cell) for row in rows[:ROWS_LOOKED_AT] for cell in row)


def _codes(named: Sequence[str]) -> list[str | None]:
    read = {text: None if is_blank(clean(text)[0]) else parse_currency(text) or clean(text)[0] for text in set(named)}
    return [read[text] for text in named]


def _is_bare(text: str) -> bool:
    return any(pattern.search(text) for pattern in _BARE.values())


def _assume(amounts: Sequence[Amounts], japanese: bool) -> dict[str, str]:
    """Decide once what a bare symbol stands for, and write it into the units of its texts."""
    taken = {"$": "USD", "¥": "JPY" if japanese else "CNY"}
    assumed: dict[str, str] = {}
    for each in amounts:
        for text in each.units:
            for symbol, pattern in _BARE.items():
                if pattern.search(text):
                    each.units[text] = taken[symbol]
                    assumed[symbol] = taken[symbol]
    return assumed
