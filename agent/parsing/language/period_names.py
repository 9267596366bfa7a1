"""What periods are called in Chinese and English: patterns, and the window of days that each makes. Counts relative ones from a given day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from agent.parsing.language.periods import (
    Period,
    day_period,
    from_today,
    half,
    month,
    quarter,
    relative_unit,
    rolling,
    so_far,
    spanning,
    to_date,
    until_end,
    year,
)

_MONTHS = {
    name: i
    for i, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        1,
    )
    for name in names.split()
}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_HAN_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12, "两": 2, "半": 0}
_EN_NUMBERS = {w: i for i, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1)}
_UNITS = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "月": "month",
    "季度": "quarter",
    "季": "quarter",
    "年": "year",
    "年度": "year",
}

_M = "|".join(sorted(_MONTHS, key=len, reverse=True))
_Y = r"(?P<y>(?:19|20)\d\d)"
_MON = r"(?:月份?|(?=\s*(?:到|至|-|~|—|–)\s*(?:\d{1,2}|十[一二]?|[一二三四五六七八九])\s*月(?!\d)))"
_ABSENT = r"(?=[都仍还]?[没未无])"
_RUNS_OUT = r"(?=[即将会就要都]{0,2}(?:到期|满期|过期|期满|届满|失效))"
_UNTIL_NOW = r"(?:至今|到现在|到目前|到今天|截[至止]到?(?:目前|现在|今天))(?:为止)?"
_HAN_N = r"(?P<n>(?<!\d)\d{1,3}|[一二三四五六七八九十两半]{1,3})\s*个?(?P<u>天|日|周|星期|月|季度|年)"
_N = r"(?P<n>\d{1,3}|[一二三四五六七八九十两]{1,2}|" + "|".join(_EN_NUMBERS) + ")"


LAST_DIGITS, EARLIER_YEARS, HALF_MONTH, SOME = 2, 8, 15, 3
Maker = Callable[[re.Match[str], date], Period | None]


def _int(text: str) -> int:
    return int(text) if text.isdigit() else _EN_NUMBERS.get(text) or _HAN_NUMBERS.get(text, 0)


def _latest_year(candidate: Callable[[int], Period], today: date) -> Period:
    """Of a period named without its year, the latest that has begun."""
    this = candidate(today.year)
    return replace(this if this.start is not None and this.start <= today else candidate(today.year - 1), yearless=True)


def _quarter(m: re.Match[str], today: date) -> Period | None:
    raw = m["q"]
    number = int(raw) if raw.isdigit() else _ORDINALS.get(raw) or _HAN_NUMBERS.get(raw, 0)
    if not 1 <= number <= 4:
        return None
    if m.groupdict().get("y"):
        return quarter(int(m["y"]), number)
    if m.groupdict().get("rel"):
        return quarter(today.year + _REL_YEAR[m["rel"]], number)
    return _latest_year(lambda y: quarter(y, number), today)


_REL_YEAR = {"this year": 0, "last year": -1, "next year": 1, "今年": 0, "去年": -1, "前年": -2, "明年": 1, "本年": 0}
_RELY = r"(?P<rel>this year|last year|next year|今年|去年|前年|明年|本年)"


def _month(m: re.Match[str], today: date) -> Period | None:
    raw = m["m"]
    number = _MONTHS.get(raw) or (int(raw) if raw.isdigit() else _HAN_NUMBERS.get(raw, 0))
    if not 1 <= number <= 12:
        return None
    groups = m.groupdict()
    if groups.get("y"):
        return month(int(m["y"]), number)
    if groups.get("rel"):
        return month(today.year + _REL_YEAR[m["rel"]], number)
    return _latest_year(lambda y: month(y, number), today)


def _months(m: re.Match[str], today: date) -> Period | None:
    """As in "January to May" of no year: the latest that have begun."""
    first, last = _MONTHS[m["m"]], _MONTHS[m["last"]]
    begun_ = _latest_year(lambda y: month(y, first), today)
    whole = spanning(begun_, replace(month(begun_.start.year, last), yearless=True)) if begun_.start is not None and first < last else None
    return whole


def _half(m: re.Match[str], today: date) -> Period | None:
    number = {"1": 1, "2": 2, "first": 1, "second": 2, "上": 1, "下": 2}[m["h"]]
    groups = m.groupdict()
    if groups.get("y"):
        return half(int(m["y"]), number)
    if groups.get("rel"):
        return half(today.year + _REL_YEAR[m["rel"]], number)
    return _latest_year(lambda y: half(y, number), today)


def _day(m: re.Match[str], today: date) -> Period | None:
    raw = m["m"]
    number = _MONTHS.get(raw) or (int(raw) if raw.isdigit() else _HAN_NUMBERS.get(raw, 0))
    try:
        if m.groupdict().get("y"):
            return day_period(date(int(m["y"]), number, int(m["d"])))
        return _latest_year(lambda y: day_period(date(y, number, int(m["d"]))), today)
    except ValueError:
        return None


_OFFSETS = {
    **dict.fromkeys(("this", "current", "本", "这", "这个", "当前", "当"), 0),
    **dict.fromkeys(("last", "previous", "prior", "past", "上", "上个", "上一", "上一个"), -1),
    **dict.fromkeys(("next", "coming", "下", "下个", "下一", "下一个"), 1),
}


def _relative(m: re.Match[str], today: date) -> Period | None:
    which = _OFFSETS[m["w"].strip()]
    return relative_unit(_UNITS[m["u"]], which, today)


def _year_to_date(m: re.Match[str], today: date) -> Period:
    return so_far(int(m["y"] or m["z"]), today)


def _now_until_end(m: re.Match[str], today: date) -> Period:
    return from_today(_until_end(m, today), today)


def _rest_of(m: re.Match[str], today: date) -> Period:
    return from_today(until_end(_UNITS[m["u"]], 0, today), today)


def _until_end(m: re.Match[str], today: date) -> Period:
    offset = next((offset for words, offset in _END_OFFSETS if any(word in m.group() for word in words)), 0)
    return until_end(_UNITS[m["u"]], offset, today)


_END_OFFSETS = ((("last", "去", "上"), -1), (("next", "明", "下"), 1))


def _rolling(m: re.Match[str], today: date) -> Period | None:
    forward, unit = bool(m.groupdict().get("next")), _UNITS[m["u"]]
    if m["n"] == "半":  # 近半个月, 近半年
        halves = {"month": (HALF_MONTH, "day"), "year": (6, "month")}
        return rolling(*halves[unit], today, forward=forward) if unit in halves else None
    count = _int(m["n"] or "two")  # a couple of
    return rolling(count, unit, today, forward=forward) if count else None


def _some(m: re.Match[str], today: date) -> Period:
    """As in "the past few months", 最近几个月: taken for three of them, which the answer says."""
    return rolling(SOME, _UNITS[m["u"]], today)


def _year_or_length(m: re.Match[str], today: date) -> Period | None:
    """As in 24年没谈成的: a year said by its last two digits, which no length of time ends like; 3年没联系 is such a length."""
    number = m["n"]
    short = number.isdigit() and len(number) == LAST_DIGITS and m["u"] == "年" and today.year - 2000 - int(number) in range(-1, EARLIER_YEARS)
    return year(2000 + int(number)) if short else _rolling(m, today)


def _first_of(m: re.Match[str], today: date) -> Period | None:
    """As in 今年前三季度, "the first two quarters of 2025": from the beginning of the year."""
    said = m.groupdict()
    number = int(said["y"]) if said.get("y") else today.year + _REL_YEAR[said["rel"]] if said.get("rel") else today.year
    unit, count = _UNITS[m["u"]], _int(m["n"])
    if not 2 <= count <= (4 if unit == "quarter" else 12):
        return None
    first, last = (make(number, place) for make, place in ((quarter if unit == "quarter" else month, place) for place in (1, count)))
    return spanning(first, last)


def _rules() -> Iterator[tuple[str, Maker]]:
    sep = r"[\s,，]*(?:of\s+|in\s+)?(?:the\s+)?"
    yield r"(?P<y>(?:19|20)\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*[日号]?(?![\d])", _day
    yield rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_M})\b\.?{sep}{_Y}", _day
    yield rf"\b(?P<m>{_M})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_Y}", _day
    yield r"(?P<m>\d{1,2}|十[一二]?|[一二三四五六七八九])月(?P<d>\d{1,2})[日号]", _day
    yield rf"\b(?P<m>{_M})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?!\s*,?\s*(?:19|20)\d\d)", _day
    yield rf"(?<![\d.,])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_M})\b(?!\s*,?\s*(?:19|20)\d\d)", _day
    first = r"[前头](?P<n>[两二三四五六七八九2-9])个?(?P<u>季度|月)(?!份?\d)"
    yield rf"(?:{_Y}\s*年|{_RELY})的?{first}", _first_of
    yield r"(?<![天周月年之以])前(?P<n>[两二三])(?P<u>季度)", _first_of
    lead = rf"\b(?:the\s+)?first\s+(?P<n>{'|'.join(list(_EN_NUMBERS)[1:])}|[2-9])\s+(?P<u>quarter|month)s{sep}"
    yield rf"{lead}{_Y}", _first_of
    yield rf"{lead}{_RELY}", _first_of
    yield rf"(?<![a-z])q(?P<q>[1-4]){sep}(?:fy)?{_Y}(?!\d)", _quarter
    yield rf"{_Y}\s*年?[\s\-/]*(?:的)?q(?P<q>[1-4])(?!\d)(?:季度)?", _quarter
    yield rf"{_Y}\s*年?(?:的)?(?![一二三四1-4]个季)第?(?P<q>[一二三四1-4])个?季度?(?!(?![每各逐])[一-鿿]*月)", _quarter
    yield rf"\b(?P<q>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+quarter{sep}{_Y}", _quarter
    quarter_follows = r"(?:q\s*(?=[1-4])|(?=[一二三四1-4]个?季|[一二三四][、和与到至][一二三四]个?季))"
    yield rf"{_RELY}(?:的)?\s*(?![一二三四1-4]个季)第?{quarter_follows}(?P<q>[一二三四1-4])(?:个?季度?)?(?!\d)(?!(?![每各逐])[一-鿿]?月)", _quarter
    yield rf"\bq(?P<q>[1-4]){sep}{_RELY}", _quarter
    yield rf"\b(?P<q>first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter{sep}{_RELY}", _quarter
    yield r"(?<![a-z])q(?P<q>[1-4])(?!\d)(?:季度)?", _quarter
    yield r"第?(?P<q>[一二三四1-4])季度", _quarter
    yield r"\b(?P<q>first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter\b", _quarter
    yield rf"(?<![a-z])h(?P<h>[12]){sep}{_Y}", _half
    yield rf"{_Y}\s*年?[\s\-]*(?:的)?(?:h(?P<h>[12])(?!\d))", _half
    yield rf"{_Y}\s*年?(?:的)?(?P<h>[上下])半年", _half
    yield rf"{_RELY}(?:的)?(?P<h>[上下])半年", _half
    yield rf"(?<![a-z])h(?P<h>[12]){sep}{_RELY}", _half
    yield rf"{_RELY}(?:'s|的)?\s*h(?P<h>[12])(?!\d)", _half
    yield rf"\b(?P<h>first|second)\s+half{sep}{_Y}", _half
    yield rf"\b(?P<h>first|second)\s+half{sep}{_RELY}", _half
    yield r"(?P<h>[上下])半年", _half
    yield r"(?<![a-z])h(?P<h>[12])(?!\d)", _half
    yield r"\b(?P<h>first|second)\s+half(?:\s+of\s+the\s+year)?\b", _half
    yield rf"\b(?P<m>{_M})\.?{sep}{_Y}(?!\d)", _month
    yield rf"{_Y}\s*[-/]\s*(?P<m>0[1-9]|1[0-2])(?!\d)(?!\s*[-/]\d)", _month
    yield rf"{_Y}\s*年(?:的)?\s*(?P<m>\d{{1,2}}|十[一二]?|[一二三四五六七八九])\s*{_MON}", _month
    yield rf"\b(?P<m>{_M})\.?{sep}{_RELY}", _month
    yield rf"{_RELY}(?:的)?\s*(?P<m>\d{{1,2}}|十[一二]?|[一二三四五六七八九])\s*{_MON}", _month
    yield rf"(?<![\d.个])(?P<m>\d{{1,2}}|十[一二]?|[一二三四五六七八九])\s*{_MON}(?!\d)", _month
    yield rf"\b(?P<m>{_M})\.?\s*(?:to|through|till|until|-|–|—)\s*(?P<last>{_M})\b(?!{sep}(?:{_Y}|{_RELY}))", _months
    yield rf"(?:(?<=\bin )|(?<=\bof )|(?<=\bfrom )|(?<=\bsince )|(?<=\bbetween )|(?<=\buntil )|(?<=\bbefore )|(?<=\bafter ))(?P<m>{_M})\b", _month
    yield rf"\b(?P<m>{_M})\b\.?(?=\s*(?:to|through|till|until|and|&|or|vs\.?|versus|against|,|-|–|—)\s*(?:{_M})\b)", _month
    yield rf"(?:(?<=[a-z] through )|(?<=[a-z]-)|(?<=[a-z]–)|(?<=[a-z] - )|(?<=[a-z] – ))(?P<m>{_M})\b", _month
    yield r"\b(?P<m>january|february|april|june|july|august|september|october|november|december)\b", _month
    yield (
        rf"\b(?:over\s+|in\s+|during\s+|for\s+|within\s+)?(?:the\s+)?(?:last|past|previous|trailing|preceding)\s+(?:{_N}|couple\s+of)\s+(?P<u>day|week|month|quarter|year)s?\b",
        _rolling,
    )
    yield r"\b(?:over\s+|in\s+|during\s+|for\s+|within\s+)?(?:the\s+)?(?:last|past)\s+(?:few|several)\s+(?P<u>day|week|month|quarter)s\b", _some
    yield r"(?:最近|过去|近)的?(?:好?几)个?(?P<u>天|日|周|星期|(?<=个)月|季度)(?:内|里|之内|以内|来)?", _some
    yield r"(?:最近|过去|近|(?<![多少高低大小]的)前)的?" + _HAN_N + r"(?:内|里|之内|以内|来)?", _rolling
    yield (
        r"(?<![\d年月度季])(?<![年月度季\d][，,、])这(?P<n>[2-9两二三四五六七八九十半])(?:个(?=[季月]))?(?P<u>天|周|星期|(?<=个)月|季度|年)(?![度期])"
        r"(?:内|里|之内|以内|来)?",
        _rolling,
    )
    yield (
        rf"\b(?P<next>(?:in|over|during|within)\s+the\s+next|(?:the\s+)?next|(?:the\s+)?coming|within)\s+{_N}\s+(?P<u>day|week|month|quarter|year)s?\b",
        _rolling,
    )
    yield r"(?P<next>未来|接下来|今后|往后)的?" + _HAN_N + r"(?:内|里|之内|以内)?", _rolling
    yield r"(?<![后起])" + _HAN_N + r"(?P<next>之内|以内|内|里)" + _RUNS_OUT, _rolling
    before_end = r"\b(?:by|before|until|till|up to)\s+(?:the\s+)?"
    now = r"\b(?:between|from)\s+(?:now|today)\s+(?:and|until|till|to|through)\s+(?:the\s+)?"
    yield now + r"(?:(?:this|next)\s+)?(?P<u>month|quarter|year)(?:'s)?[\s-]?end\b", _now_until_end
    yield now + r"end\s+of\s+(?:the\s+|this\s+|next\s+)?(?P<u>week|month|quarter|year)\b", _now_until_end
    yield before_end + r"(?:(?:this|next)\s+)?(?P<u>month|quarter|year)(?:'s)?[\s-]?end\b", _until_end
    yield before_end + r"end\s+of\s+(?:the\s+|this\s+|next\s+)?(?P<u>week|month|quarter|year)\b", _until_end
    which_end = r"(?:今年|本年|去年|明年|这个|本|上个|下个|[今去明上下](?=年|月|季))?(?<![\d一二三四五六七八九十])"
    yield r"(?:这个?|本|今)(?P<u>周|月|季度|年)(?:里|内)?(?:剩下|余下|剩余)的?(?:日子|时间|天数|几天|几个月)?(?:里面?|内|中)?", _rest_of
    yield rf"[从自]?(?:现在|今天|即日)起?[到至]{which_end}(?P<u>年|月|季度)[底末](?:之前|以前|前|为止)?", _now_until_end
    yield rf"(?:截至|截止到?|到)?{which_end}(?P<u>年|月|季度)[底末](?:之前|以前|前|为止|{_RUNS_OUT})", _until_end
    yield r"(?P<w>上上|上|这|本|下)(?:个)?(?:周|星期|礼拜)(?P<d>[一二三四五六日天])(?![周年月个家位笔单共起直])", _weekday
    yield rf"\b(?P<w>last|this|next)\s+(?P<d>{'|'.join(_WEEKDAYS_EN)})\b", _weekday_en
    yield r"(?:(?:上上|大上)(?:个|一)?|(?<![之以从目靠提])前个)(?P<u>周|星期|月|季度|季|年)", lambda m, t: relative_unit(_UNITS[m["u"]], -2, t)
    yield r"\b(?:the\s+)?(?P<u>week|month|quarter|year) before last\b", lambda m, t: relative_unit(m["u"], -2, t)
    yield rf"{_Y}\s*年?\s*(?:ytd\b|year[\s-]to[\s-]date\b|年初至今)|\b(?:ytd|year[\s-]to[\s-]date)\s+(?:in\s+)?(?P<z>(?:19|20)\d\d)", _year_to_date
    said_so_far = r"\b(?:(?:this )?year[\s-]to[\s-]date|ytd|so far this year|this year so far)\b"
    from_start = rf"[从自]?(?:今年|本年)?(?:年初|开年)(?:以来|起|{_UNTIL_NOW})"
    yield rf"今年以来|{from_start}|本年至今|[今本]年{_UNTIL_NOW}|{said_so_far}", lambda m, t: to_date("year", t)
    yield r"\b(?P<w>this|current|last|previous|prior|past|next|coming)\s+(?:calendar\s+)?(?P<u>week|month|quarter|year)\b", _relative
    yield r"(?P<w>本|这个|这|当前|当|上一个|上个|上一|上|下一个|下个|下一|下)(?P<u>周|星期|月|季度|季|年度|年)(?!半|第)", _relative
    yield rf"本季度以来|[从自]?(?:本季度|季度?初)(?:以来|起|{_UNTIL_NOW})|\b(?:quarter[\s-]to[\s-]date|qtd)\b", lambda m, t: to_date("quarter", t)
    yield rf"本月以来|[从自]?(?:本月|这个月|月初)(?:以来|{_UNTIL_NOW})|\b(?:month[\s-]to[\s-]date|mtd)\b", lambda m, t: to_date("month", t)
    yield _RELY, lambda m, t: relative_unit("year", _REL_YEAR[m["rel"]], t)
    yield rf"\bfor\s+(?:more\s+than\s+|over\s+|at\s+least\s+)?{_N}\s+(?P<u>day|week|month|quarter|year)s?\b(?:\s+or\s+(?:more|longer)\b)?", _rolling
    yield (
        r"(?:超过|已经?|连续|达到?)" + _HAN_N + r"(?:以上)?" + _ABSENT,
        _rolling,
    )
    yield r"(?!\d+月)" + _HAN_N + _ABSENT, _year_or_length
    yield r"(?!\d+月)" + _HAN_N + r"(?:以上|内|里|之内|以内|多)?" + _ABSENT, _rolling
    yield r"(?<=[没未无].{2})(?:超过|已经?|达到?)" + _HAN_N, _rolling
    yield r"\btoday\b|今天|今日", lambda m, t: day_period(t)
    yield r"\byesterday\b|昨天|昨日", lambda m, t: day_period(t - timedelta(days=1))
    yield r"\btomorrow\b|明天", lambda m, t: day_period(t + timedelta(days=1))
    apart = r"(?<![\d\-/])(?<!\d[.,])"
    yield rf"{apart}{_Y}\s*(?:年度|年全年|全年|年(?!第(?![一二三四五六1-6][大高多长低少好名位])|[一二三四]季|\d))", lambda m, t: year(int(m["y"]))
    yield rf"(?<![\d\-/a-z$¥€£])(?<!\d[.,])(?:fy\s*|(?:calendar\s+|fiscal\s+)?year\s+)?{_Y}(?![\d\-/,.]*\d)(?!\s*年)(?![a-z])", lambda m, t: year(int(m["y"]))


_WEEKDAYS_ZH = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WEEKDAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1}


def _weekday(match: re.Match[str], today: date) -> Period:
    """As in 上周五: that day of the calendar week."""
    monday = today - timedelta(days=today.weekday())
    return day_period(monday + timedelta(weeks=_WEEKS[match["w"]], days=_WEEKDAYS_ZH[match["d"]]))


def _weekday_en(match: re.Match[str], today: date) -> Period:
    """As in "last Friday", the latest before today; "this Friday" is that of this calendar week, "next Friday" that of the next one."""
    day, word = _WEEKDAYS_EN.index(match["d"].casefold()), match["w"].casefold()
    if word == "last":
        return day_period(today - timedelta(days=(today.weekday() - day - 1) % 7 + 1))
    return day_period(today - timedelta(days=today.weekday()) + timedelta(weeks=int(word == "next"), days=day))


@lru_cache(maxsize=1)
def period_names() -> list[tuple[re.Pattern[str], Maker]]:
    """Each pattern with what makes a period of a match, those that say more before those that say less."""
    return [(re.compile(pattern, re.IGNORECASE), maker) for pattern, maker in _rules()]
