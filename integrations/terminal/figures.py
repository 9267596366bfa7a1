"""Values of a table as text: nothing is shortened to millions or 万, so that columns can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from agent.answer import Language, Scalar
from agent.composing.formatting import FLAGS, MINUS, SYMBOLS, format_date
from prompts.words import say
from tools.trace.cells import CellType

NUMERIC = {CellType.MONEY, CellType.COUNT, CellType.NUMBER, CellType.RATE, CellType.DURATION}
PLACES = {CellType.MONEY: 2, CellType.COUNT: 0, CellType.NUMBER: 4, CellType.DURATION: 1}
LARGE = Decimal(10_000)
EMPTY = "–"


def places_for(values: Sequence[Scalar], kind: CellType) -> int:
    """Decimals that a column needs so that its figures line up. Large sums go without cents."""
    numbers = [_decimal(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    needed = [-int(exponent) for number in numbers if isinstance(exponent := _rounded(number, PLACES.get(kind, 0)).normalize().as_tuple().exponent, int)]
    places = max([0, *needed])
    if kind is not CellType.MONEY or places == 0:
        return places
    return 0 if any(abs(number) >= LARGE for number in numbers) else 2


def figure(value: Scalar, kind: CellType, unit: str | None, language: Language, places: int) -> str:
    """One value as text, a dash where there is none."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return FLAGS[str(value).lower()][language]
    if isinstance(value, str):
        return _words(value, kind, language)
    number = _decimal(value)
    sign, size = MINUS if number < 0 else "", abs(number)
    if kind is CellType.RATE:
        return f"{sign}{_rounded(size * 100, 1):,.1f} %"
    if kind is CellType.NUMBER and size == size.to_integral_value() and 1000 <= size <= 9999:
        return f"{sign}{size:.0f}"
    text = f"{sign}{_rounded(size, places):,.{places}f}"
    if kind is CellType.DURATION:
        return say("terminal_day", language) if number == 1 else say("terminal_days", language, n=text)
    return _with_unit(text, sign, unit) if kind is CellType.MONEY and unit else text


def _with_unit(text: str, sign: str, unit: str) -> str:
    symbol = SYMBOLS.get(unit)
    return f"{sign}{symbol}{text.removeprefix(sign)}" if symbol else f"{text} {unit}"


def _words(value: str, kind: CellType, language: Language) -> str:
    if kind not in {CellType.DATE, CellType.DATETIME}:
        return value
    day = format_date(date.fromisoformat(value[:10]), language)
    return f"{day} {value[11:16]}".rstrip() if kind is CellType.DATETIME else day


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
