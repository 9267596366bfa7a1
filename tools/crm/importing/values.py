"""Reads single cells: money and numbers, rates, flags, durations, currencies, dates. Pure functions; None means: not understood, never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

from tools.crm.importing.values_time import has_time, parse_date, parse_datetime, year_last_numbers

__all__ = [
    "ParsedDecimal", "decimal_mark", "has_time", "is_blank", "parse_count", "parse_currency", "parse_date", "parse_datetime", "parse_decimal",
    "parse_flag", "parse_minutes", "parse_rate", "parse_year", "rates_are_whole", "year_last_numbers",
]  # fmt: skip

DecimalMark = Literal[".", ","]
BLANKS = frozenset(
    {
        "", "-", "--", "---", "—", "——", "–", "/", "\\", "n/a", "na", "#n/a", "null", "none",
        "nil", "nan", "(blank)", "(none)", "无", "空", "未填写", "暂无", "(空)",
    }
)  # fmt: skip
CURRENCY_CODES = frozenset(
    re.findall(
        r"[A-Z]{3}",
        """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF
    DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW
    KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN
    PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES
    VND VUV WST XAF XCD XOF XPF YER ZAR ZMW
""",
    )
)
# A bare $ or ¥ is written in several countries; what it most often stands for is taken.
CURRENCY_WORDS = {
    "$": "USD", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD",
    "R$": "BRL", "MX$": "MXN", "¥": "CNY", "￥": "CNY", "CN¥": "CNY", "RMB": "CNY", "RMB¥": "CNY", "JP¥": "JPY", "€": "EUR",
    "£": "GBP", "₹": "INR", "₩": "KRW", "₽": "RUB", "₫": "VND", "฿": "THB", "₺": "TRY", "₴": "UAH", "₪": "ILS",
    "元": "CNY", "块": "CNY", "人民币": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "円": "JPY",
    "港币": "HKD", "港元": "HKD", "新台币": "TWD", "新加坡元": "SGD", "EURO": "EUR", "EUROS": "EUR", "DOLLAR": "USD", "DOLLARS": "USD", "US DOLLAR": "USD",
    "US DOLLARS": "USD", "CHINESE YUAN": "CNY", "YUAN": "CNY", "POUND": "GBP", "POUNDS": "GBP", "YEN": "JPY",
}  # fmt: skip
SCALES = {
    "千": 3, "k": 3, "thousand": 3, "万": 4, "百万": 6, "m": 6, "mm": 6, "mn": 6, "mio": 6, "million": 6, "千万": 7, "亿": 8, "b": 9, "bn": 9, "billion": 9,
}  # fmt: skip
TRUE_WORDS = frozenset(
    {
        "true", "yes", "y", "t", "1", "on", "x", "✓", "√", "是", "有", "对", "真", "active",
        "enabled", "启用", "已启用", "在职", "正常", "上架", "已上架",
    }
)  # fmt: skip
FALSE_WORDS = frozenset(
    {
        "false", "no", "n", "f", "0", "off", "否", "无", "没有", "错", "假", "inactive", "disabled", "停用",
        "已停用", "离职", "禁用", "下架", "已下架",
    }
)  # fmt: skip
PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]\d{1,2})?$", re.ASCII)
SYMBOL = r"[^\d\s.,()'’+\-−%]+(?:\s[^\d\s.,()'’+\-−%]+)?"
MONEY = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-−+])?\s*(?P<before>{SYMBOL})?\s*(?P<sign2>[-−+])?\s*(?P<number>\d[\d.,'’\s]*|\.\d+)\s*"
    rf"(?P<scale>百万|千万|千|万|亿|(?:[kKmMbB]|mm|mn|mio|bn|million|billion|thousand)(?![A-Za-z]))?\s*(?P<after>{SYMBOL})?\s*(?P<percent>%)?\s*(?P<close>\))?(?P<trail>-)?$",
    re.IGNORECASE,
)
GROUPED = re.compile(r"\d{1,3}(?:([,.])\d{3})(?:\1\d{3})*$")
LONG_DURATION = re.compile(
    r"(?:(?P<hours>\d+(?:\.\d+)?)\s*(?:h|hr|hrs|hours?|小时|时))?\s*(?:(?P<minutes>\d+(?:\.\d+)?)\s*(?:m|min|mins|minutes?|分钟|分))?"
    r"\s*(?:(?P<seconds>\d+(?:\.\d+)?)\s*(?:s|sec|secs|seconds?|秒))?$",
    re.IGNORECASE,
)
COLON_DURATION = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?$")
YEAR = re.compile(r"(1[5-9]\d\d|20\d\d)(?:\.0+)?\s*年?$")
HUNDRED = Decimal(100)


class ParsedDecimal(NamedTuple):
    """A number with what its cell said beside it: the ISO currency, and whether a percent sign (which ``value`` has taken in: 5 % is 0.05)."""

    value: Decimal
    unit: str | None = None
    percent: bool = False


def is_blank(text: str) -> bool:
    """True for an empty cell and for the marks that people put where there is nothing."""
    return not text or text.strip().lower() in BLANKS


def parse_decimal(text: str, mark: DecimalMark = ".") -> ParsedDecimal | None:
    """A number or an amount: ¥1,234.50, (3,000), 1.2亿, 5 000,00 €, USD 1.5M, 12%.

    ``mark`` is the decimal mark of the column, for texts that could be read both ways (1,234 and 1.234); texts that
    can be read one way only are read that way. See :func:`decimal_mark`.
    """
    if mark == "." and PLAIN.match(text):
        return ParsedDecimal(Decimal(text))
    text = text.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    match = MONEY.match(text)
    if match is None or (match["open"] is None) != (match["close"] is None):
        return None
    number = _plain_number(match["number"].rstrip(), mark)
    unit = _unit(match["before"], match["after"])
    if number is None or unit is UNKNOWN_UNIT:
        return None
    value = Decimal(number)
    if match["scale"]:
        value = value.scaleb(SCALES[match["scale"].lower()])
    negative = [match["open"], match["sign"] in ("-", "−"), match["sign2"] in ("-", "−"), match["trail"]]
    if sum(map(bool, negative)) > 1:
        return None
    value = -value if any(negative) else value
    return ParsedDecimal(value / HUNDRED if match["percent"] else value, unit, match["percent"] is not None)


def decimal_mark(values: Iterable[str]) -> DecimalMark:
    """The decimal mark of a column: a comma where more values can only be read with one (1.234,50 or 12,5) than with a point."""
    votes = 0
    for value in values:
        match = MONEY.match(value.strip())
        if match is None:
            continue
        number = match["number"].strip()
        comma, point = number.rfind(","), number.rfind(".")
        if comma >= 0 and point >= 0:
            votes += 1 if comma > point else -1
        elif comma >= 0 and not GROUPED.match(number):
            votes += 1
        elif (point >= 0 and (not GROUPED.match(number) or number.startswith("0."))) or number.count(".") > 1 or number.count(",") > 1:
            votes += 1 if number.count(".") > 1 else -1
    return "," if votes > 0 else "."


def parse_count(text: str, mark: DecimalMark = ".") -> int | None:
    """A whole number; 12.0 and 1,200 are understood, 12.5 is not."""
    parsed = parse_decimal(text, mark)
    return int(parsed.value) if parsed and not parsed.percent and parsed.value == parsed.value.to_integral_value() else None


def parse_rate(text: str, *, whole: bool | None = None, mark: DecimalMark = ".") -> Decimal | None:
    """A rate as a fraction: 65%, 0.65 and, where the column counts in hundredths, 65.

    ``whole`` says whether values without a percent sign are hundredths (:func:`rates_are_whole`); unset, only values
    above 1 are.
    """
    parsed = parse_decimal(text, mark)
    if parsed is None or parsed.unit:
        return None
    if parsed.percent or not (whole or (whole is None and parsed.value > 1)):
        return parsed.value
    return parsed.value / HUNDRED


def rates_are_whole(values: Iterable[str], header: str = "") -> bool:
    """True where a column of rates without percent signs counts in hundredths: its header says so, or a value lies above 1."""
    if "%" in header or "％" in header:
        return all("%" not in value for value in values)
    return any(parsed.value > 1 for parsed in map(parse_decimal, values) if parsed and not parsed.percent)


def parse_flag(text: str) -> bool | None:
    """Yes or no, in either language."""
    word = text.strip().lower()
    return True if word in TRUE_WORDS else False if word in FALSE_WORDS else None


def parse_currency(text: str) -> str | None:
    """The ISO 4217 code that a text names: a code, a symbol, a name, or ``USD - US Dollar``."""
    word = text.strip().upper()
    if word in CURRENCY_CODES:
        return word
    if word in CURRENCY_WORDS:
        return CURRENCY_WORDS[word]
    for part in re.split(r"[\s\-–—()（）:：/]+", word):
        if part in CURRENCY_CODES:
            return part
        if part in CURRENCY_WORDS:
            return CURRENCY_WORDS[part]
    return None


def parse_minutes(text: str) -> Decimal | None:
    """A duration in minutes: 12, 12.5, 0:30:00 (hours first), 5:30 (minutes and seconds), 1 h 20 min, 45分钟."""
    text = text.strip()
    if PLAIN.match(text):
        return Decimal(text) if text[0] != "-" else None
    if match := COLON_DURATION.match(text):
        first, second = int(match[1]), int(match[2])
        if match[3] is None:
            return Decimal(first) + Decimal(second) / 60
        return Decimal(first * 60 + second) + Decimal(int(match[3])) / 60
    match = LONG_DURATION.match(text)
    if match is None or not text:
        return None
    return Decimal(match["hours"] or 0) * 60 + Decimal(match["minutes"] or 0) + Decimal(match["seconds"] or 0) / 60


def parse_year(text: str) -> int | None:
    """A year between 1500 and 2099, or the year of a date."""
    if match := YEAR.match(text.strip()):
        return int(match[1])
    day = parse_date(text)
    return day.year if day else None


UNKNOWN_UNIT = "?"


def _unit(before: str | None, after: str | None) -> str | None:
    """The one currency that stands before or after a number; UNKNOWN_UNIT where something else does."""
    units = []
    for word in (before, after):
        if word:
            known = word.strip().upper()
            code = known if known in CURRENCY_CODES else CURRENCY_WORDS.get(known)
            if code is None:
                return UNKNOWN_UNIT
            units.append(code)
    if len(set(units)) > 1 and not {"¥", "$"} & {before, after}:
        return UNKNOWN_UNIT
    return units[-1] if units else None


def _plain_number(text: str, mark: DecimalMark) -> str | None:
    """Digits with a point from digits with any separators; None where the separators make no sense."""
    text = re.sub(r"(?<=\d)[\s'’](?=\d{3}(?!\d))", "", text)
    if re.search(r"[\s'’]", text):
        return None
    comma, point = text.rfind(","), text.rfind(".")
    if comma < 0 and point < 0:
        return text
    if comma >= 0 and point >= 0:
        decimal = "," if comma > point else "."
    else:
        separator = "," if comma >= 0 else "."
        thousands = GROUPED.match(text) and not text.startswith("0")
        decimal = mark if thousands and text.count(separator) == 1 else ("." if separator == "," else ",") if thousands else separator
    group = "," if decimal == "." else "."
    whole, _, fraction = text.partition(decimal)
    # Indian grouping (12,34,567) ends in three digits too, so only the last group is held to a length.
    if decimal in fraction or group in fraction or (group in whole and not re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{2,3}})*\{group}\d{{3}}|\d{{1,3}}", whole)):
        return None
    return f"{whole.replace(group, '') or '0'}.{fraction}" if fraction else whole.replace(group, "")
