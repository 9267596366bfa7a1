"""Lengths of time with a bound: more than 90 days, 30 天以上, 2 weeks old. How long, never when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from agent.parsing.lexicon import cues
from agent.parsing.numbers import find_numbers
from agent.parsing.text import Token

Side = Literal["gt", "ge", "lt", "le"]
SIDES: tuple[Side, ...] = ("gt", "ge", "lt", "le")
AGED = "aged"
UNITS = {
    "hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7), "month": Decimal(30), "quarter": Decimal(91), "year": Decimal(365),
    "小时": Decimal(1) / 24, "天": Decimal(1), "日": Decimal(1), "周": Decimal(7), "星期": Decimal(7), "礼拜": Decimal(7), "月": Decimal(30), "季度": Decimal(91),
    "年": Decimal(365),
}  # fmt: skip
WITHIN: dict[str, Side] = {"within": "le", "inside": "le", "之内": "le", "内": "le", "多": "gt"}
MOST_TOKENS = 4
PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Length:
    """A bound on a length of time in days. ``aged`` is set where the words say that it is an age: older than, 2 weeks old.

    ``rounded`` is set where months, quarters or years were taken as so many days.
    """

    op: Side
    days: Decimal
    aged: bool = False
    rounded: bool = False


def find_lengths(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int, Length]]:
    """Lengths with the first token and the one after the last; a bare "90 days" is none."""
    for number in find_numbers(tokens):
        unit = _unit(tokens, number.end)
        if number.percent or number.money or number.value <= 0 or unit is None:
            continue
        end, name = unit
        start, before = _before(tokens, number.start)
        end, after = _behind(tokens, end)
        kinds = {*before, *after}
        side = next((each for each in SIDES if each in kinds), "ge" if AGED in kinds else None)
        if side is not None:
            days = (number.value * UNITS[name]).quantize(PLACES)
            yield start, end, Length(side, days, AGED in kinds, name in {"month", "quarter", "year", "月", "季度", "年"})


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
        if kinds:
            return at + length, kinds
    return at, ()


def _kinds(words: tuple[Token, ...]) -> tuple[str, ...]:
    if any(token.kind == "mark" for token in words):
        return ()
    said = "".join(token.stem for token in words)
    within = WITHIN.get(said)
    return (within,) if within else tuple(kind for kind in cues().get(said, ()) if kind in {*SIDES, AGED})
