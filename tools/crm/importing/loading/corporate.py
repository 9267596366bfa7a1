"""Reads a table of rates that names one currency a row: all of them are against the company's own, which one of the rows is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.crm.importing.cleaning import clean
from tools.crm.importing.mapping import CUSTOM, ColumnMap
from tools.crm.importing.proposing.headers import is_chinese, lighten, read_header
from tools.crm.importing.values import parse_currency, parse_decimal, parse_flag

OWN = frozenset(("corporate", "base", "default", "home", "company", "corporate currency", "base currency", "default currency", "home currency"))
OWN_ZH = ("本位币", "本币", "基准币种", "主币种", "默认币种")


def corporate_currency(codes: Sequence[str], rates: Sequence[str], columns: Sequence[ColumnMap], cells: Sequence[Sequence[str]]) -> str | None:
    """The currency that all rates are against: the one that a column marks, else the only one at 1. None where neither tells one."""
    marked = [column for column in columns if column.to == CUSTOM and _marks_own(column.header)]
    for column in marked:
        own = {code for code, text in zip(codes, cells[column.position], strict=True) if parse_flag(clean(text)[0])}
        if len(own) == 1:
            return _code(own.pop())
    at_one = {code for code, rate in zip(codes, rates, strict=True) if (read := parse_decimal(rate)) is not None and read.value == Decimal(1)}
    return _code(at_one.pop()) if len(at_one) == 1 else None


def _marks_own(header: str) -> bool:
    said = read_header(header).spoken
    return any(word in said for word in OWN_ZH) if is_chinese(said) else lighten(said) in OWN


def _code(text: str) -> str | None:
    return parse_currency(clean(text)[0])
