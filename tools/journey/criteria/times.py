"""Reads how often and when, in both languages: counts, lengths of time, windows of days. Knows nothing of acts."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, cast

from tools.journey.criteria.schemas import Count, Span, Unit, Window

LONGEST, MOST = 3_660, 1_000
"""Units of a length of time, and how often; beyond them a number means something else."""
TimeKind = Literal["count", "window", "within", "lasting"]


@dataclass(frozen=True, slots=True)
class Timed:
    """A stretch of text that says how often or when. ``lasting``: for (more than) so long nothing of it has happened.

    ``bare``: a number alone, which counts occasions only beside a word for one ("three demos"), and things otherwise ("20 licences").
    """

    start: int
    end: int
    kind: TimeKind
    value: Count | Window | Span
    bare: bool = False


_DIGITS = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "〇": 0}
_ENGLISH = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "a": 1,
    "an": 1,
    "couple": 2,
    "hundred": 100,
}
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name
}
_ENN = r"(?:\d{1,4}|(?:a |the )?(?:" + "|".join(sorted((re.escape(word) for word in _ENGLISH if len(word) > 2), key=len, reverse=True)) + r"))"
_ZHN = r"(?:\d{1,4}|[零一二两三四五六七八九十百]{1,4})"
_ENU = r"(?:working days?|business days?|workdays?|days?|weeks?|months?|quarters?|years?)"
_ZHU = r"(?:个工作日|工作日|天|日|周|个星期|星期|个月|月|个季度|季度|年)"
_MON = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_ISO = r"\d{4}-\d{1,2}-\d{1,2}"
_EDAY = rf"(?:{_ISO}|\d{{1,2}} {_MON}(?: \d{{4}})?|{_MON} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?)"
_ZDAY = rf"(?:{_ISO}|(?:\d{{4}}年|今年|去年)?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[日号])"
_OF_YEAR = r"(?: (?:of )?(?:\d{4}|last year|this year))?"
_EPERIOD = (
    rf"(?:q[1-4]{_OF_YEAR}|{_MON}{_OF_YEAR}|(?:19|20)\d{{2}}|h[12](?: \d{{4}})?|the (?:first|second) half(?: of (?:the year|\d{{4}}))?|christmas|new year)"
)
_ZMONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月"
_HOLIDAYS = {
    "元旦": (1, 1),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "618": (6, 18),
    "国庆节": (10, 1),
    "国庆": (10, 1),
    "双十一": (11, 11),
    "双11": (11, 11),
    "双十二": (12, 12),
    "圣诞节": (12, 25),
    "圣诞": (12, 25),
    "new year's day": (1, 1),
    "new year": (1, 1),
    "christmas": (12, 25),
}
"""Days of the year that people name; the moving ones are not among them."""
_ZPERIOD = (
    rf"(?:(?:(?:19|20)\d{{2}}年|今年|去年)?(?:第?[一二三四1-4]季度|q[1-4]|{_ZMONTH}|[上下]半年)(?:份)?|(?:19|20)\d{{2}}年"
    r"|(?:今年|去年)?(?:" + "|".join(word for word in _HOLIDAYS if not word.isascii() or word.isdecimal()) + r")(?!套餐|促销|活动))"
)

EN_LENGTH, ZH_LENGTH = rf"{_ENN} {_ENU}", rf"{_ZHN}{_ZHU}"
"""How a length of time is written, for those who look for one."""


def number(text: str) -> int | None:
    """A whole number as written in either language."""
    text = text.strip().casefold().removeprefix("the ").removeprefix("a ") if len(text.strip()) > 2 else text.strip().casefold()
    if text.isdecimal():
        return int(text)
    if text in ("", "half"):
        return None
    if text in _ENGLISH:
        return _ENGLISH[text]
    total, digit = 0, 0
    for letter in text:
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        elif letter in "十百":
            total += (digit or 1) * (10 if letter == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit if text else None


def unit(text: str) -> Unit:
    """The unit that a word names."""
    text = text.strip().casefold()
    if "工作日" in text or text.startswith(("work", "business")):
        return "workday"
    for words, name in ((("day", "天", "日"), "day"), (("week", "周", "星期"), "week"), (("month", "月"), "month"), (("quarter", "季"), "quarter")):
        if any(word in text for word in words):
            return cast("Unit", name)
    return "year"


_LED = re.compile(r"(?:in|on|during|over) (?:the )?(?=last|this|past|previous|\d|[a-z]+ \d)")


def find_times(text: str, today: date) -> Iterator[Timed]:
    """All readings at all places, longest first at each; ``text`` is folded and in lower case."""
    for pattern, make in _patterns():
        for match in pattern.finditer(text):
            try:
                made = make(match, today)
            except OverflowError:  # beyond the calendar
                continue
            if made is not None:
                kind, value = made
                if (led := _LED.match(match[0])) is not None:  # "came in last month"
                    yield Timed(match.start() + led.end(), match.end(), kind, value)
                yield Timed(match.start(), match.end(), kind, value, match.groupdict().get("bare") is not None and not match.groupdict().get("how"))


def _half(match: re.Match[str], today: date) -> tuple[TimeKind, Span | Window] | None:
    """半年, half a year; 半个月, a fortnight: six months, fifteen and fourteen days."""
    span = Span(n=6, unit="month") if "year" in match[0] or "年" in match[0] else Span(n=15 if "半" in match[0] else 14, unit="day")
    if match["last"] or "last" in match[0] or "past" in match[0]:
        return "window", Window(last=span)
    return "within", span


Make = Callable[["re.Match[str]", date], "tuple[TimeKind, Count | Window | Span] | None"]


def _span(match: re.Match[str]) -> Span | None:
    said = match["n"] or match.groupdict().get("m")
    n = number(said) if said else 1
    return Span(n=n, unit=unit(match["u"])) if n and n <= LONGEST else None


def _kind_of_span(kind: TimeKind) -> Make:
    def make(match: re.Match[str], today: date) -> tuple[TimeKind, Span] | None:
        span = _span(match)
        return (kind, span) if span is not None else None

    return make


def _last(match: re.Match[str], today: date) -> tuple[TimeKind, Window] | None:
    span = _span(match)
    return ("window", Window(last=span)) if span is not None else None


def _ago(match: re.Match[str], today: date) -> tuple[TimeKind, Window] | None:
    span = _span(match)
    return ("window", Window(before=span)) if span is not None else None


def _calendar(match: re.Match[str], today: date) -> tuple[TimeKind, Window] | None:
    which, word = match["which"].strip(), unit(match["u"])
    shift = 0 if which in ("this", "the current", "current", "本", "这个", "这", "今", "当") else -1
    return ("window", Window(grain=word, shift=shift)) if word != "workday" else None


def _this_half(match: re.Match[str], today: date) -> tuple[TimeKind, Window]:
    start = date(today.year, 1 if today.month <= 6 else 7, 1)
    return "window", Window(start=start, end=_month_end(start.replace(month=start.month + 5)))


def _day_word(match: re.Match[str], today: date) -> tuple[TimeKind, Window]:
    shift = {"today": 0, "今天": 0, "今日": 0, "yesterday": -1, "昨天": -1, "昨日": -1}[match[0]]
    return "window", Window(grain="day", shift=shift)


def _bounds(first: str, last: str) -> Make:
    def make(match: re.Match[str], today: date) -> tuple[TimeKind, Window] | None:
        low = match[first] if first in match.re.groupindex else None
        high = match[last] if last in match.re.groupindex else None
        start = _days(low, today) if low else None
        end = _days(high, today) if high else None
        if (low and start is None) or (high and end is None):
            return None
        return "window", Window(start=start[0] if start else None, end=end[1] if end else None)

    return make


def _after(match: re.Match[str], today: date) -> tuple[TimeKind, Window] | None:
    days = _days(match["d"], today)
    return ("window", Window(start=days[1] + timedelta(days=1))) if days else None


def _before(match: re.Match[str], today: date) -> tuple[TimeKind, Window] | None:
    days = _days(match["d"], today)
    return ("window", Window(end=days[0] - timedelta(days=1))) if days else None


def _days(text: str, today: date) -> tuple[date, date] | None:
    """First and last day of what a text names; a year that is not said is that of the last such day not after today."""
    text = text.strip().casefold()
    year = re.search(r"(?:19|20)\d{2}", text)
    known = int(year[0]) if year else today.year if "今年" in text or "this year" in text else today.year - 1 if "去年" in text or "last year" in text else None
    rest = text.replace(year[0], "", 1) if year else text
    holiday = next((day for word, day in _HOLIDAYS.items() if word in rest), None)
    half = re.search(r"([上下])半年|\bh([12])\b|\b(first|second) half", rest)
    try:
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return day, day
        if holiday is not None:
            day = date(known or today.year, *holiday)
            day = day if known or day <= today else day.replace(year=today.year - 1)
            return day, day + timedelta(days=6 if "国庆" in text else 0)
        if half is not None:
            second = half[1] == "下" or half[2] == "2" or half[3] == "second"
            start = date(known or today.year, 7 if second else 1, 1)
            start = start if known or start <= today else start.replace(year=today.year - 1)
            return start, _month_end(start.replace(month=start.month + 5))
        month = next((number_ for name, number_ in _MONTHS.items() if re.search(rf"\b{name}\b", rest)), None)
        if match := re.search(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?", rest):
            month, day_number = number(match[1]), number(match[2]) if match[2] else None
        else:
            found = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", rest) if month else None
            day_number = int(found[1]) if found else None
        if month and day_number:
            day = date(known or today.year, month, day_number)
            day = day if known or day <= today else day.replace(year=today.year - 1)
            return day, day
        if month:
            start = date(known or today.year, month, 1)
            start = start if known or start <= today else start.replace(year=today.year - 1)
            return start, _month_end(start)
        if match := re.search(r"q([1-4])|第?([一二三四1-4])季度", rest):
            quarter = number(match[1] or match[2]) or 1
            start = date(known or today.year, 3 * quarter - 2, 1)
            start = start if known or start <= today else start.replace(year=today.year - 1)
            return start, _month_end(start.replace(month=start.month + 2))
        if known:
            return date(known, 1, 1), date(known, 12, 31)
    except ValueError:
        return None
    return None


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


_LEAST = {"at least", "no fewer than", "no less than", "至少", "不少于", "不低于"}
_MOST = {"at most", "no more than", "not more than", "最多", "至多", "不超过", "不多于"}
_EXACT = {"exactly", "only", "just", "precisely", "恰好", "正好", "仅", "只", "仅仅", "只有"}
_MORE = {"more than", "over", "超过", "多于"}
_FEWER = {"fewer than", "less than", "少于", "不到", "不足"}


def _count(match: re.Match[str], today: date) -> tuple[TimeKind, Count] | None:
    how = (match["how"] or "").strip()
    n = number(match["n"])
    if n is None or n >= MOST:
        return None
    up = (match.groupdict().get("up") or "").strip()
    if how in _MOST or up in ("以内", "以下"):
        return "count", Count(least=0, most=n)
    if how in _EXACT:
        return "count", Count(least=n, most=n)
    if how in _MORE:
        return "count", Count(least=n + 1)
    if how in _FEWER:
        return ("count", Count(least=0, most=n - 1)) if n else None
    return "count", Count(least=n)


def _times_word(match: re.Match[str], today: date) -> tuple[TimeKind, Count] | None:
    how, n = (match["how"] or "").strip(), {"once": 1, "twice": 2, "thrice": 3}[match["n"]]
    if how in _EXACT:
        return "count", Count(least=n, most=n)
    if how in _MOST:
        return "count", Count(least=0, most=n)
    return "count", Count(least=n + 1 if how in _MORE else n)


def _more_than(match: re.Match[str], today: date) -> tuple[TimeKind, Count] | None:
    n = number(match["n"])
    return ("count", Count(least=n + 1)) if n is not None and n < MOST else None


def _minimum(match: re.Match[str], today: date) -> tuple[TimeKind, Count] | None:
    n = number(match["n"] or match["m"])
    return ("count", Count(least=n)) if n is not None and 0 < n < MOST else None


def _several(match: re.Match[str], today: date) -> tuple[TimeKind, Count]:
    return "count", Count(least=2)


def _patterns() -> tuple[tuple[re.Pattern[str], Make], ...]:
    return _COMPILED


_HOW = (
    r"(?P<how>at least |no fewer than |no less than |at most |no more than |not more than |"
    r"exactly |only |just |precisely |more than |over |fewer than |less than )?"
)
_ZHOW = r"(?P<how>至少|不少于|不低于|最多|至多|不超过|不多于|恰好|正好|仅仅|仅|只有|只|超过|多于|少于|不到|不足)?有?(?:过|了)?"
_RAW: tuple[tuple[str, Make], ...] = (
    # lengths that count back from today
    (rf"\b(?:(?:with)?in|over|during|for|throughout) the (?:last|past|previous) (?:(?P<n>{_ENN}) )?(?P<u>{_ENU})\b", _last),
    (rf"\b(?:last|past|previous) (?P<n>{_ENN}) (?P<u>{_ENU})\b", _last),
    (rf"(?:在)?(?:(?:最近|过去|近)(?:的|这)?(?P<n>{_ZHN})?|这(?P<m>{_ZHN}))(?P<u>{_ZHU})(?:之内|以内|以来|内|里|中)?", _last),
    (rf"\b(?:more than|over|at least) (?P<n>{_ENN}|an?) (?P<u>{_ENU}) ago\b", _ago),
    (rf"\b(?:some |about |around )?(?P<n>{_ENN}) (?P<u>{_ENU}) ago\b", _ago),
    (rf"(?:大约|约|大概)?(?P<n>{_ZHN})(?:多)?(?P<u>{_ZHU})前(?!的|后)", _ago),
    (rf"(?:早于|超过|至少)?(?P<n>{_ZHN})(?P<u>{_ZHU})以前", _ago),
    (rf"(?:超过|早于)(?P<n>{_ZHN})(?P<u>{_ZHU})(?:之前|前)", _ago),
    (r"\b(?P<last>in|over|within|during) (?:the )?(?:last|past) (?:half a year|half year|fortnight)\b", _half),
    (r"\bwithin (?P<last>)(?:half a year|half year|a fortnight)\b", _half),
    (r"(?:在)?(?P<last>最近|过去|近)?(?:半年|半个月)(?:之内|以内|内|里)?", _half),
    # lengths
    (rf"\b(?:within|inside|in less than|in under) (?P<n>{_ENN}|an?|the) (?P<u>{_ENU})\b", _kind_of_span("within")),
    (rf"(?:在)?(?P<n>{_ZHN})(?P<u>{_ZHU})(?:之内|以内|内|里)", _kind_of_span("within")),
    (rf"\bfor (?:more than |over |at least |the last |the past )?(?P<n>{_ENN}|an?) (?P<u>{_ENU})\b", _kind_of_span("lasting")),
    (rf"\b(?:after|more than|over) (?P<n>{_ENN}|an?) (?P<u>{_ENU})\b(?! (?:ago|of|after))", _kind_of_span("lasting")),
    (rf"(?:已|已经)?(?:超过|连续|逾|满|长达)(?P<n>{_ZHN})(?P<u>{_ZHU})(?:后|以上)?(?!内|之内|以内|前|之前|里)", _kind_of_span("lasting")),
    (rf"(?![一二三四]季度)(?P<n>{_ZHN})(?:多)?(?P<u>{_ZHU})(?:后|以后|之后|以上|多|过去|过去了|了)?"
        r"(?=[，,]?(?:[^，。；0-9]{0,6})?(?:仍|还没|还未|没|未|无|都没|都未|不见|不曾|不再|也没|也未|依旧|依然|却没|一直没|始终没|迟迟))",
        _kind_of_span("lasting")),
    (rf"\b(?P<n>{_ENN}|an?) (?P<u>{_ENU}) (?:or more |and more )?(?:later|on|have passed|have gone by|has passed|has gone by)\b", _kind_of_span("lasting")),
    (rf"\b(?:for )?(?P<n>{_ENN}|an?) (?P<u>{_ENU}) (?:or more|and counting|plus)\b", _kind_of_span("lasting")),
    (rf"\b(?P<n>{_ENN}) (?P<u>{_ENU}) (?=after )", _kind_of_span("within")),
    (rf"\bin (?P<n>{_ENN}) (?P<u>{_ENU})\b(?! (?:of|from|time))", _kind_of_span("within")),
    (rf"\b(?:in|during|over) the (?P<n>{_ENN}) (?P<u>{_ENU}) (?=after|following|since)", _kind_of_span("within")),
    # calendar periods and days
    (r"\b(?:in |during |within |over )?(?P<which>this|the current|current|last|previous) (?P<u>week|month|quarter|year)\b", _calendar),
    (r"(?:在)?(?P<which>本|这个|这|上个|上一|上|去|今|当)(?P<u>周|星期|月度|月份|月|季度|年度|年)(?:内|里|中|以来)?", _calendar),
    (r"\b(?:today|yesterday)\b|今天|今日|昨天|昨日", _day_word),
    (rf"\bbetween (?P<a>{_EDAY}|{_EPERIOD}) and (?P<b>{_EDAY}|{_EPERIOD})\b", _bounds("a", "b")),
    (rf"\b(?:in|during) (?P<a>{_EPERIOD}) (?:or|and) (?P<b>{_EPERIOD})\b", _bounds("a", "b")),
    (rf"(?:在)?(?P<a>{_ZPERIOD})(?:或者|或|和|、)(?P<b>{_ZPERIOD})(?:里|间|期间)?", _bounds("a", "b")),
    (rf"\bfrom (?P<a>{_EDAY}|{_EPERIOD}) to (?P<b>{_EDAY}|{_EPERIOD})\b", _bounds("a", "b")),
    (rf"(?:在)?(?P<a>{_ZDAY}|{_ZPERIOD})(?:至|到|和)(?P<b>{_ZDAY}|{_ZPERIOD})(?:之间|期间)?", _bounds("a", "b")),
    (rf"\b(?:since|from) (?P<a>{_EDAY}|{_EPERIOD})(?: on| onwards)?\b", _bounds("a", "b")),
    (rf"\b(?:after|later than) (?P<d>{_EDAY}|{_EPERIOD})\b", _after),
    (rf"\b(?:before|earlier than|prior to) (?P<d>{_EDAY}|{_EPERIOD})\b", _before),
    (rf"\b(?:by|until|up to|no later than) (?P<b>{_EDAY}|{_EPERIOD})\b", _bounds("a", "b")),
    (rf"(?:自|从|打)?(?P<a>{_ZDAY}|{_ZPERIOD})(?:以来|起|开始|至今|到现在|到今天|到目前)", _bounds("a", "b")),
    (rf"\bsince (?:the (?:start|beginning) of |early )?(?P<a>{_EDAY}|{_EPERIOD})(?: began| started)?\b", _bounds("a", "b")),
    (r"\b(?:in |during |within |over )?(?:this|the current) half[- ]year\b|(?:在)?(?:本|这个|今年这)半年(?:内|里|度)?", _this_half),
    (rf"(?:在)?(?P<d>{_ZDAY}|{_ZPERIOD})(?:之后|以后|后)", _after),
    (rf"(?:在)?(?P<d>{_ZDAY}|{_ZPERIOD})(?:之前|以前|前)", _before),
    (rf"(?:截至|到)(?P<b>{_ZDAY}|{_ZPERIOD})(?:为止)?", _bounds("a", "b")),
    (rf"\b(?:on|in|during) (?P<a>(?P<b>{_EDAY}|{_EPERIOD}))\b", _bounds("a", "b")),
    (rf"(?:在|于)?(?P<a>(?P<b>{_ZDAY}|{_ZPERIOD}))(?:内|里|间|期间|当天)?", _bounds("a", "b")),
    # how often
    (rf"\b{_HOW}(?P<n>once|twice|thrice)\b", _times_word),
    (rf"\b{_HOW}(?P<n>{_ENN})\+? (?:separate |different |more )?times\b(?: or more)?", _count),
    (rf"\b(?P<how>at least |no fewer than |no less than |at most |no more than |not more than |exactly |"
        rf"only |just |more than |fewer than |less than )(?P<n>{_ENN})\b(?! {_ENU})", _count),
    (rf"\b(?P<how>)(?P<bare>(?P<n>(?!a\b|an\b){_ENN}))(?: or more)?\b(?! {_ENU}| (?:times|ago)\b|[-.%])", _count),
    (rf"{_ZHOW}(?P<n>{_ZHN})(?:次|回|遍|场|轮|起)(?P<up>以上|及以上|以内|以下|或以上|或更多|或更多次)?(?!月|季度|星期|工作日|小时)", _count),
    (rf"{_ZHOW}(?P<bare>(?P<n>{_ZHN})(?:封|份|张|笔|通|例|件|个|条|项))(?P<up>以上|及以上|以内|以下|或以上|或更多)?(?!月|季度|星期|工作日|小时)", _count),
    (rf"不止(?P<how>)(?P<n>{_ZHN})(?:次|回|遍|场|轮|起|封|份|张|笔|通)", _more_than),
    (rf"\bmore than (?P<n>{_ENN}) (?:separate |different )?(?:times|occasions)\b", _more_than),
    (rf"\b(?P<n>{_ENN}) times (?:or more|minimum|at least|at a minimum)\b|\b(?:a minimum of|minimum) (?P<m>{_ENN}) times\b", _minimum),
    (rf"\b(?P<n>{_ENN})(?P<m>)? or more (?:times|occasions)\b", _minimum),
    (rf"\bon (?P<how>at least |more than |exactly |only )?(?P<n>{_ENN}) (?:separate |different )?occasions\b", _count),
    (r"\b(?:several times|multiple times|repeatedly|again and again|several|multiple|again|a second time|many times|"
        r"repeated|time and again|more than once|time after time|a couple of times|a few times)\b", _several),
    (r"多次|反复|再次|屡次|数次|几次|又一次|好几次|好几回|三番五次|一再|一而再|接二连三|第二次|好多次|两三次", _several),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), make) for pattern, make in _RAW)


def add_span(day: date, span: Span, sign: int = 1) -> date:
    """The day so much later (or with ``sign`` -1 earlier). The last day of a shorter month stands for a day that it lacks."""
    match span.unit:
        case "day":
            return day + timedelta(days=sign * span.n)
        case "week":
            return day + timedelta(weeks=sign * span.n)
        case "workday":
            left = span.n
            while left:
                day += timedelta(days=sign)
                left -= day.weekday() < 5
            return day
    months = sign * span.n * {"month": 1, "quarter": 3, "year": 12}[span.unit]
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def bounds(window: Window, today: date) -> tuple[date, date]:
    """First and last day of a window, as seen today."""
    if window.last is not None:
        return add_span(today, window.last, -1), today
    if window.before is not None:
        return date.min, add_span(today, window.before, -1)
    if window.grain is None:
        return window.start or date.min, window.end or date.max
    if window.grain == "day":
        day = today + timedelta(days=window.shift)
        return day, day
    if window.grain == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=window.shift)
        return monday, monday + timedelta(days=6)
    size = {"month": 1, "quarter": 3, "year": 12}[window.grain]
    first = (
        add_span(date(today.year, (today.month - 1) // size * size + 1, 1), Span(n=abs(window.shift) * size, unit="month"), -1)
        if window.shift
        else date(today.year, (today.month - 1) // size * size + 1, 1)
    )
    return first, add_span(first, Span(n=size, unit="month")) - timedelta(days=1)
