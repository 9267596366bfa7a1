"""Finds out whether words of an answer really show the value of the cell they are bound to, in either language."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from tools.trace.cells import CellType

_NUMBER = re.compile(
    r"(?<![\d.])(?P<whole>\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+)(?P<part>\.\d+)?"
    r"(?:[\s\u00a0\u202f]*(?P<scale>个百分点|百分点|[%％]|万亿|百万|亿|万|千|(?:thousand|million|billion|pp|bn|k|m|b)(?![a-z])))?",
    re.IGNORECASE,
)
_SCALES = {
    "%": Decimal("0.01"), "％": Decimal("0.01"), "pp": Decimal("0.01"), "百分点": Decimal("0.01"), "个百分点": Decimal("0.01"),
    "k": Decimal(10**3), "thousand": Decimal(10**3), "千": Decimal(10**3), "万": Decimal(10**4), "m": Decimal(10**6),
    "million": Decimal(10**6), "百万": Decimal(10**6), "亿": Decimal(10**8), "b": Decimal(10**9), "bn": Decimal(10**9),
    "billion": Decimal(10**9), "万亿": Decimal(10**12),
}  # fmt: skip
_POINT = Decimal("0.01")
_MARKUP = re.compile(r"\[\d+\]|[*`¹²³⁰⁴-⁹]+")
_SPACE = re.compile(r"\s+")
_QUANTITIES = frozenset({CellType.MONEY, CellType.COUNT, CellType.NUMBER, CellType.RATE})


def plain_words(text: str) -> str:
    """Text without emphasis, citation marks and needless space."""
    return _SPACE.sub(" ", _MARKUP.sub("", text)).strip()


def shows(text: str, value: str | None, kind: CellType) -> bool | None:
    """Whether ``text`` shows ``value``: a quantity at the precision in which it is written, a name letter by letter.

    None where that cannot be told: dates, durations, stages and free text may be worded, nothing and zero as well, and
    so may a number in a text without digits. The sign may be worded too ("fell by 12 %").
    """
    if value is None:
        return None
    if kind is CellType.NAME:
        return plain_words(value).casefold() in plain_words(text).casefold()
    if kind not in _QUANTITIES:
        return None
    try:
        number = abs(Decimal(value))
    except InvalidOperation:
        return False
    found = [_agrees(match, number, kind) for match in _NUMBER.finditer(plain_words(text))]
    if any(found):
        return True
    return None if number == 0 or not found else False


def _agrees(match: re.Match[str], number: Decimal, kind: CellType) -> bool:
    part, scale = match["part"] or "", (match["scale"] or "").lower()
    unit = _SCALES.get(scale, Decimal(1))
    shown = Decimal(re.sub(r"\D", "", match["whole"]) + part)
    exact = kind is CellType.COUNT and not scale and not part
    tolerance = Decimal(0) if exact else unit * Decimal(1).scaleb(-max(len(part) - 1, 0)) / 2
    if kind is CellType.RATE and not scale and abs(number - shown * _POINT) <= tolerance * _POINT:
        return True  # the ends of an interval are written without the sign: 61.4 % (59.3 to 63.5)
    return any(abs(number - shown * each) <= (tolerance if each == unit else Decimal(0)) for each in (unit, Decimal(1)))
