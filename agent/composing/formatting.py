"""Numbers, dates and money as a reader of Chinese or English expects them. The full value stays in the cell."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from agent.answer import Language
from prompts.words import MONTHS, said_day
from tools.trace.cells import Cell, CellType, Confidence

MINUS = "\N{MINUS SIGN}"
SYMBOLS = {"USD": "$", "CNY": "¥", "RMB": "¥", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$", "INR": "₹", "KRW": "₩"}
ZH_UNITS = {
    "USD": "美元",
    "CNY": "元",
    "RMB": "元",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
    "HKD": "港元",
    "INR": "卢比",
    "KRW": "韩元",
    "TWD": "新台币",
    "SGD": "新加坡元",
    "AUD": "澳元",
}
ASTRONOMIC = Decimal("1e15")  # from here on, billions say less than the figures themselves
MISSING = {"en": "not recorded", "zh": "未填写"}
FLAGS = {"true": {"en": "yes", "zh": "是"}, "false": {"en": "no", "zh": "否"}}


def format_cell(cell: Cell, language: Language, signed: bool = False) -> str:
    """The value of a cell as words. ``signed`` shows a plus as well."""
    if cell.value is None:
        return MISSING[language]
    match cell.type:
        case CellType.MONEY:
            return format_money(Decimal(cell.value), cell.unit, language, signed)
        case CellType.COUNT:
            return _grouped(Decimal(cell.value), 0, signed)
        case CellType.NUMBER:
            return format_number(Decimal(cell.value), signed, derived=_is_computed(cell))
        case CellType.RATE:
            words = format_rate(Decimal(cell.value), signed)
            return words.replace(".0 %", " %") if cell.derivation is not None and cell.derivation.formula == "constant" else words
        case CellType.DURATION:
            return format_days(Decimal(cell.value), language)
        case CellType.DATE:
            return format_date(date.fromisoformat(cell.value[:10]), language)
        case CellType.DATETIME:
            clock = cell.value[11:16].replace("00:00", "")  # midnight stands for a day without a time
            return f"{format_date(date.fromisoformat(cell.value[:10]), language)} {clock}".rstrip()
        case CellType.FLAG:
            return FLAGS[cell.value][language]
    return cell.value


def format_money(value: Decimal, currency: str | None, language: Language, signed: bool = False) -> str:
    """3,570,000 USD -> ``$3.57 M`` or ``357 万美元``; without a currency no sign is guessed."""
    size, sign = abs(value), _sign(value, signed)
    if language == "zh":
        unit = "" if currency is None else ZH_UNITS.get(currency, f" {currency}")
        if size >= Decimal("1e12"):
            return f"{sign}{_significant(size / Decimal('1e12'))} 万亿{unit}"
        if size >= Decimal("1e8"):
            return f"{sign}{_significant(size / Decimal('1e8'))} 亿{unit}"
        if size >= Decimal("1e4"):
            return f"{sign}{_significant(size / Decimal('1e4'))} 万{unit}"
        return f"{sign}{_plain(size)}{' ' + unit.strip() if unit else ''}"
    symbol = "" if currency is None else SYMBOLS.get(currency, "")
    tail = "" if symbol or currency is None else f" {currency}"
    for bound, word in ((Decimal("1e9"), "B"), (Decimal("1e6"), "M")):
        if bound <= size < ASTRONOMIC:
            return f"{sign}{symbol}{_significant(size / bound)} {word}{tail}"
    return f"{sign}{symbol}{_plain(size)}{tail}"


def format_rough(size: Decimal, currency: str | None, language: Language) -> str:
    """An amount beside others in millions, as exact as these: 832,562.53 EUR -> ``€833 K``."""
    if language == "zh" or not Decimal(1000) <= size < Decimal("1e6"):
        return format_money(size, currency, language)
    words = format_money(Decimal(0), currency, language)
    return words.replace("0", f"{_plain(size / 1000, 0 if size >= 100_000 else 1)} K", 1)


def format_number(value: Decimal, signed: bool = False, derived: bool = False) -> str:
    """Up to four decimals, thousands separated; a year keeps its form. A computed one is no year, and gets two decimals at most."""
    if derived:
        return _sign(value, signed) + _plain(abs(value), 1 if abs(value) >= 100 else 2)
    if value == value.to_integral_value() and 1000 <= value <= 9999:
        return str(int(value))
    return _sign(value, signed) + _plain(abs(value), 4)


def format_rate(value: Decimal, signed: bool = False) -> str:
    """0.6319 -> ``63.2 %``."""
    return f"{_sign(value, signed)}{(abs(value) * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)} %"


SHARES = frozenset({"wilson", "venn-abers"})
"""Methods whose interval is one of a share."""


def said_confidence(confidence: Confidence, language: Language) -> str:
    """An interval with its number of precedents: ``76.0 % (62.6 to 85.7), n = 50``."""
    if confidence.method in SHARES and 0 <= confidence.low <= confidence.high <= 1:
        point, low, high = format_rate(confidence.point), format_bound(confidence.low), format_bound(confidence.high)
    else:
        point, low, high = (format_number(each.quantize(Decimal("0.01"))) for each in (confidence.point, confidence.low, confidence.high))
    return f"{point}（{low} 至 {high}），n = {confidence.n}" if language == "zh" else f"{point} ({low} to {high}), n = {confidence.n}"


def format_bound(value: Decimal) -> str:
    """An end of the interval of a rate, its sign left to the rate: 0.6093 -> ``60.9``."""
    return format_rate(value).removesuffix(" %")


def format_points(value: Decimal, language: Language) -> str:
    """The size of a difference of two rates: 0.0091 -> ``0.9 pp`` or ``0.9 个百分点``."""
    return f"{format_bound(abs(value))} {'个百分点' if language == 'zh' else 'pp'}"


def format_days(value: Decimal, language: Language) -> str:
    """Days with one decimal; under a day, hours; under an hour, minutes."""
    size, sign = abs(value), _sign(value, False)
    for per_day, en, zh in ((Decimal(1), "days", "天"), (Decimal(24), "hours", "小时"), (Decimal(1440), "minutes", "分钟")):
        if size * per_day >= 1 or per_day == 1440 or size == 0:
            amount = _plain((size * per_day).quantize(Decimal("0.1"), ROUND_HALF_UP), 1)
            return f"{sign}{amount} {zh}" if language == "zh" else f"{sign}{amount} {en[:-1] if amount == '1' else en}"
    raise AssertionError("minutes take every remaining size")


def format_date(day: date, language: Language) -> str:
    """``3 Mar 2026`` or ``2026年3月3日``."""
    return said_day(day, language)


def format_period(key: str, language: Language) -> str:
    """The label of a group by time: ``2017``, ``2017-Q3``, ``2017-08`` or a day."""
    zh = language == "zh"
    year, _, rest = key.partition("-")
    if not rest:
        return f"{year}年" if zh else year
    if rest.startswith("Q"):
        return f"{year}年第{'一二三四'[int(rest[1]) - 1]}季度" if zh else f"Q{rest[1]} {year}"
    if len(rest) == 2:
        return f"{year}年{int(rest)}月" if zh else f"{MONTHS[int(rest) - 1]} {year}"
    return format_date(date.fromisoformat(key), language)


def _is_computed(cell: Cell) -> bool:
    return cell.derivation is not None and cell.derivation.formula not in {"constant", "group_key", "min", "max", "median"}


def _sign(value: Decimal, signed: bool) -> str:
    return MINUS if value < 0 else "+" if signed and value > 0 else ""


def _grouped(value: Decimal, places: int, signed: bool) -> str:
    return f"{_sign(value, signed)}{abs(value):,.{places}f}"


def _plain(size: Decimal, most: int = 2) -> str:
    """Thousands separated, no more decimals than the value holds."""
    text = f"{size.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _significant(size: Decimal) -> str:
    """Two decimals below a hundred, one above: 3.57, 35.68, 356.8, 1,234.5."""
    return _plain(size, 2 if size < 100 else 1)
