"""Lengths of time with a bound: more than 90 days, 30 天以上, 2 weeks old. How long, never when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from agent.parsing.language.lexicon import cues
from agent.parsing.language.numbers import find_numbers
from agent.parsing.language.text import Token

Side = Literal["gt", "ge", "lt", "le"]
SIDES: tuple[Side, ...] = ("gt", "ge", "lt", "le")
AGED, WAITING = "aged", "waiting"
HOUR, DAY, WEEK, MONTH, QUARTER, YEAR = Decimal(1) / 24, Decimal(1), Decimal(7), Decimal(30), Decimal(91), Decimal(365)
UNITS = {
    "hour": HOUR, "day": DAY, "week": WEEK, "month": MONTH, "quarter": QUARTER, "year": YEAR,
    "小时": HOUR, "天": DAY, "日": DAY, "周": WEEK, "星期": WEEK, "礼拜": WEEK, "月": MONTH, "季度": QUARTER, "年": YEAR,
}  # fmt: skip
TIMES = {**UNITS, "minute": HOUR / 60, "min": HOUR / 60, "分钟": HOUR / 60}  # in which columns count, too short for a bound on days
IN_MONTHS = {MONTH: Decimal(1), QUARTER: Decimal(3), YEAR: Decimal(12)}
HALVES = {"上", "下", "前", "后"}
SINGLE = {"a": Decimal(1), "an": Decimal(1), "半": Decimal("0.5")}
WITHIN: dict[str, Side] = {"within": "le", "inside": "le", "之内": "le", "内": "le", "多": "gt"}
MOST_TOKENS = 4
PLACES = Decimal("0.0001")

QUARTERS = set("一二三四")


@dataclass(frozen=True, slots=True)
class Length:
    """A bound on a length of time in days.

    ``aged`` is set where the words say that it is an age: older than, 2 weeks old; ``waiting`` where it is that of something still open: 挂了 30 天.

    ``rounded`` is set where months, quarters or years were taken as so many days. ``amount`` and ``unit`` are what was said.
    """

    op: Side
    days: Decimal
    aged: bool = False
    waiting: bool = False
    rounded: bool = False
    amount: Decimal = Decimal(0)
    unit: str = ""

    def in_unit(self, unit: str) -> Decimal:
        """As so many of another unit; two years are 24 months, and not 730 days by 30."""
        own, other = TIMES[self.unit], TIMES[unit]
        months = IN_MONTHS.get(own), IN_MONTHS.get(other)
        return self.amount * months[0] / months[1] if months[0] and months[1] else (self.amount * own / other).quantize(PLACES)


def find_lengths(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int, Length]]:
    """Lengths with the first token and the one after the last; a bare "90 days" is none."""
    numbers = [(each.start, each.end, each.value) for each in find_numbers(tokens) if not each.percent and not each.money and each.value > 0]
    numbers += [(at, at + 1, SINGLE[token.norm]) for at, token in enumerate(tokens) if token.norm in SINGLE and not _is_half_of_year(tokens, at)]
    for first, last, value in numbers:
        unit = _unit(tokens, last)
        if unit is None or _is_half_of_year(tokens, first) or _is_calendar_quarter(tokens, first, last):
            continue
        end, name = unit
        start, before = _before(tokens, first)
        end, after = _behind(tokens, end)
        kinds = {*before, *after}
        side = next((each for each in SIDES if each in kinds), "ge" if {AGED, WAITING} & kinds else None)
        if side is not None:
            rounded = UNITS[name] >= MONTH
            days = (value * UNITS[name]).quantize(Decimal(1) if rounded else PLACES)
            yield start, end, Length(side, days, bool({AGED, WAITING} & kinds), WAITING in kinds, rounded, value, name)


def _is_half_of_year(tokens: tuple[Token, ...], at: int) -> bool:
    """As in 比去年上半年多: which half, not how long; in 提前半年 and 提前半个月 it is how long."""
    before, behind = "".join(token.text for token in tokens[max(at - 2, 0) : at]), tokens[at + 1].text if at + 1 < len(tokens) else ""
    return tokens[at].text == "半" and behind.startswith("年") and before[-1:] in HALVES and not before.endswith("提前")


def _is_calendar_quarter(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """As in 比二季度多, 第二季度多赢几单: which quarter, not how many; 两个季度 is how long."""
    return tokens[last].text == "季" and (tokens[first].text in QUARTERS or (first > 0 and tokens[first - 1].text == "第"))


def _unit(tokens: tuple[Token, ...], at: int) -> tuple[int, str] | None:
    """The unit behind a number, and where it ends: 天, 个月, months."""
    if at < len(tokens) and tokens[at].text == "个":
        at += 1
    for length in (2, 1):
        word = "".join(token.stem for token in tokens[at : at + length])
        if word in UNITS and at + length <= len(tokens):
            return at + length, word
    return None


def _before(tokens: tuple[Token, ...], at: int) -> tuple[int, tuple[str, ...]]:
    """Where the comparing words in front of a number begin, and what they are."""
    for length in range(min(MOST_TOKENS, at), 0, -1):
        kinds = _kinds(tokens[at - length : at])
        if kinds:
            start = at - length
            return start - 1 if start and tokens[start - 1].stem in {"for", "in"} else start, kinds
    return at, ()


def _behind(tokens: tuple[Token, ...], at: int) -> tuple[int, tuple[str, ...]]:
    for length in range(min(MOST_TOKENS, len(tokens) - at), 0, -1):
        kinds = _kinds(tokens[at : at + length])
        more = length == 1 and tokens[at].text == "多" and at + 1 < len(tokens) and tokens[at + 1].text in {"多", "少"}
        if kinds and not more:  # 比二季度多多少
            return at + length, kinds
    return at, ()


def _kinds(words: tuple[Token, ...]) -> tuple[str, ...]:
    if any(token.kind == "mark" for token in words):
        return ()
    said = "".join(token.stem for token in words)
    within = WITHIN.get(said)
    return (within,) if within else tuple(kind for kind in cues().get(said, ()) if kind in {*SIDES, AGED, WAITING})
