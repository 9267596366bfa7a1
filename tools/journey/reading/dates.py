"""Days that a text names, counted from the day of its record. A day that is not definite (next month, soon) only says before or after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {name: at for at, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
WEEKDAYS = {name: at for at, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
HAN_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "两": 2, "日": 7, "天": 7, "末": 6, "几": 0, "半": 0}
NAMED = {"今天": 0, "今日": 0, "今早": 0, "今晚": 0, "今儿": 0, "今晨": 0, "当天": 0, "昨天": -1, "昨日": -1, "昨晚": -1, "昨儿": -1, "昨": -1, "前天": -2, "前日": -2, "大前天": -3, "明天": 1, "明日": 1, "明早": 1, "明儿": 1, "后天": 2, "后日": 2, "大后天": 3}  # fmt: skip
SPOKEN = {"today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "yesterday": -1, "last night": -1, "tomorrow": 1, "tmrw": 1, "tmr": 1, "day after tomorrow": 2, "day before yesterday": -2}  # fmt: skip
COUNTS = {name: at for at, name in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])} | {"a": 1, "an": 1, "few": 0, "couple of": 0}
MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
WEEKDAY = "(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday|s)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"

DATE = re.compile(
    rf"""
    (?P<iso>(?<!\d)(?P<y>20\d\d)[-/.年](?P<m>\d\d?)[-/.月](?P<d>\d\d?)[日号]?(?!\d))
  | (?P<md>(?<!\d)(?P<m2>1[0-2]|0?[1-9])月(?P<d2>3[01]|[12]\d|0?[1-9])(?:[日号])?(?!\d))
  | (?P<hanmonth>(?P<which>上个?|下个?|这个?|本)月(?P<d3>3[01]|[12]\d|0?[1-9])[日号])
  | (?P<dayonly>(?<![\d第.-])(?P<d4>3[01]|[12]\d|0?[1-9])[号日](?![线楼机院仓车门店库厂馆桥罐炉塔楼栋床泵井床区桌]))
  | (?P<named>大前天|大后天|今天|今日|今早|今晚|今儿|今晨|昨天|昨日|昨晚|昨儿|前天|前日|明天|明日|明早|明儿|后天|后日)(?:上午|下午|早上|晚上|中午|一早|傍晚|凌晨)?
  | (?P<week>(?P<side>上上|下下|上|下|这|本)?个?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天末])(?:上午|下午|早上|晚上|中午|之前|前|晚)?(?!期))
  | (?P<agohan>(?P<n>\d+|[一二两三四五六七八九十几半])个?(?P<unit>天|周|星期|礼拜|月|年|小时)(?:之|以)?(?P<way>前|后|内))
  | (?P<vaguehan>(?:上|下|这|本)个?(?:周|星期|礼拜|月|季度|半年)(?:初|末|底|中旬|初旬)?|(?:去年|明年|今年|年底|年初|年前|年后|月底|月初|月中|季度末|季末|节后|节前|春节前|春节后|年内|周内|月内|本季度|(?:1[0-2]|[1-9])月(?:初|底|中旬|上旬|下旬|份|中)?|q[1-4]|[一二三四]季度|前几天|前两天|前阵子|这两天|这几天|过几天|过两天|最近|近日|近期|日前|上次|上回|之前|早上|上午|下午|中午|晚上|凌晨|傍晚|早晨|一早|刚才|当晚|国庆后|国庆前|元旦后|元旦前|五一后|五一前|中秋后|中秋前|暑假|寒假))
  | (?P<dm>(?<![\w.])(?:on\s+)?(?:the\s+)?(?P<d5>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<mon>{MONTH})\b\.?(?:,?\s+(?P<y5>20\d\d))?)
  | (?P<mdy>\b(?:on\s+)?(?P<mon2>{MONTH})\.?\s+(?:the\s+)?(?P<d6>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<y6>20\d\d))?)
  | (?P<ordinal>\b(?:on|by|till|until|from)?\s*the\s+(?P<d7>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b(?!\s+[a-z]))
  | (?P<spoken>\b(?:today|tonight|this\s+(?:morning|afternoon|evening)|yesterday|last\s+night|tomorrow|tmrw|tmr|day\s+after\s+tomorrow|day\s+before\s+yesterday)\b(?:\s+(?:morning|afternoon|evening|night))?)
  | (?P<weekday>\b(?:on\s+|by\s+|this\s+past\s+)?(?P<rel>(?:last|next|this|coming|this\s+coming)\s+)?(?P<day>{WEEKDAY})\b(?!-)(?:\s+(?P<tail>last\s+week|next\s+week|week))?(?:\s+(?:morning|afternoon|evening|night))?)
  | (?P<ago>\b(?:in\s+)?(?P<n2>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|(?:a\s+)?few|(?:a\s+)?couple\s+of)\s+(?P<unit2>day|week|month|year|hour|hr|min|minute)s?\s*(?P<way2>ago|later|from\s+now|time)\b)
  | (?P<within>\b(?:in|within)\s+(?P<n3>\d+|an?|one|two|three|four|five|six|ten|(?:a\s+)?few|(?:a\s+)?couple\s+of)\s+(?:working\s+|business\s+)?(?P<unit3>day|week|month|year|hour|min|minute)s?\b)
  | (?P<vague>\b(?:last|next|this|later\s+this|early\s+next|end\s+of|early|late|mid|by\s+end\s+of|by\s+the\s+end\s+of|start\s+of|beginning\s+of)\s+(?:the\s+|this\s+|next\s+)?(?:week|month|quarter|year|spring|summer|autumn|fall|winter|term|q[1-4]|{MONTH})\b(?!\s+\d)|\b(?:in|by|since|before|after|until|till)\s+{MONTH}\b(?!\s+\d)|\b(?:eow|eod|eom|eoy|q[1-4]|year-end|month-end|end\s+of\s+day|h[12])\b)
    """,
    re.VERBOSE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it is named. ``kind`` and ``at`` say how it is counted; ``way`` is 1 for after the record's day, -1 for before, 0 where that depends."""

    kind: str
    at: tuple[int, ...] = ()
    way: int = 0


def _count(word: str) -> int:
    word = " ".join(word.split())
    if word.isdigit():
        return int(word)
    word = word.removeprefix("a ") if word.startswith(("a few", "a couple")) else word
    return HAN_DIGITS.get(word, COUNTS.get(word, 0))


def read_day(match: re.Match[str]) -> Day:
    """What a match of :data:`DATE` names."""
    part = match.groupdict()
    if part["iso"]:
        return Day("full", (int(part["y"]), int(part["m"]), int(part["d"])))
    if part["md"]:
        return Day("month", (int(part["m2"]), int(part["d2"])))
    if part["hanmonth"]:
        way = {"上": -1, "下": 1}.get(part["which"][0], 0)
        return Day("relmonth", (way, int(part["d3"])), way)
    for key in ("d4", "d7"):
        if part[key]:
            return Day("dayonly", (int(part[key]),))
    if part["named"]:
        shift = NAMED[part["named"]]
        return Day("shift", (shift,), (shift > 0) - (shift < 0))
    if part["week"]:
        weekday, side = HAN_DIGITS[part["wd"]] - 1, part["side"] or ""
        if part["wd"] == "末":
            weekday = 5
        weeks = {"上上": -2, "上": -1, "下": 1, "下下": 2, "这": 0, "本": 0}.get(side)
        return Day("weekday", (weekday,)) if weeks is None else Day("weeks", (weeks, weekday), (weeks > 0) - (weeks < 0))
    if part["agohan"]:
        n, way = _count(part["n"]), -1 if part["way"] == "前" else 1
        return _counted(n, {"天": 1, "周": 7, "星": 7, "礼": 7}.get(part["unit"][0], 0), way)
    for day, month, year in (("d5", "mon", "y5"), ("d6", "mon2", "y6")):
        if part[day]:
            number = MONTHS[part[month][:3]]
            return Day("full", (int(part[year]), number, int(part[day]))) if part[year] else Day("month", (number, int(part[day])))
    if part["spoken"]:
        said = next(word for word in sorted(SPOKEN, key=len, reverse=True) if " ".join(part["spoken"].split()).startswith(word))
        return Day("shift", (SPOKEN[said],), (SPOKEN[said] > 0) - (SPOKEN[said] < 0))
    if part["weekday"]:
        weekday, rel, tail = WEEKDAYS[part["day"][:3]], (part["rel"] or "").split(), part["tail"] or ""
        if "last" in rel or tail.startswith("last"):
            return Day("last", (weekday,), -1)
        if "next" in rel or tail.startswith("next"):
            return Day("weeks", (1, weekday), 1)
        return Day("next", (weekday,), 1) if "coming" in rel else Day("weekday", (weekday,))
    if part["ago"]:
        return _counted(_count(part["n2"]), {"day": 1, "week": 7}.get(part["unit2"], 0), -1 if part["way2"] == "ago" else 1)
    if part["within"]:
        return Day("vague", (), 1)
    return Day("vague", (), _vague_way(match.group()))


def _counted(n: int, unit: int, way: int) -> Day:
    return Day("shift", (n * unit * way,), way) if n and unit else Day("vague", (), way)


def _vague_way(word: str) -> int:
    if word.startswith(
        ("上个", "上周", "上月", "上季", "上半", "上星", "上礼", "去年", "前几", "前两", "前阵", "上次", "上回", "日前", "之前", "刚才", "last", "since")
    ):
        return -1
    if word.startswith(("下个", "下周", "下月", "下季", "下星", "下礼", "明年", "年底", "月底", "季末", "季度末", "节后", "年后", "过几", "过两", "年内", "周内", "月内", "next", "eow", "eod", "eom", "eoy", "by ", "before", "until", "later", "early next", "end of", "年前", "节前")):  # fmt: skip
        return 1
    return 0


def on_day(day: Day, today: date, ahead: bool) -> date | None:
    """The date of a named day; None where none is definite. ``ahead``: what happens then is still to come."""
    try:
        return _on_day(day, today, ahead)
    except ValueError:  # 30 February
        return None


def _on_day(day: Day, today: date, ahead: bool) -> date | None:
    at = day.at
    match day.kind:
        case "full":
            return date(*at)
        case "month":
            return min((date(today.year + shift, *at) for shift in (-1, 0, 1) if _exists(today.year + shift, *at)), key=lambda each: abs(each - today))
        case "relmonth":
            return _in_month(today, at[0], at[1])
        case "dayonly":
            here = _in_month(today, 0, at[0])
            if here < today and ahead:
                return _in_month(today, 1, at[0])
            return _in_month(today, -1, at[0]) if here > today and not ahead else here
        case "shift":
            return today + timedelta(days=at[0])
        case "weeks":
            return today - timedelta(days=today.weekday()) + timedelta(weeks=at[0], days=at[1])
        case "weekday":
            forward = (at[0] - today.weekday()) % 7
            return today + timedelta(days=forward if ahead or forward == 0 else forward - 7)
        case "last":
            return today - timedelta(days=(today.weekday() - at[0]) % 7 or 7)
        case "next":
            return today + timedelta(days=(at[0] - today.weekday()) % 7 or 7)
    return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _in_month(today: date, shift: int, day: int) -> date:
    months = today.year * 12 + today.month - 1 + shift
    return date(months // 12, months % 12 + 1, day)
