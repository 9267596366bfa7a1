"""Moves the weights of key results within their bounds. Knows numbers and words; neither the store nor who approves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from math import log2
from typing import Literal

from tools.journey.reconstruction.policy import Bounds
from tools.journey.weights import Words

SCALES = (Decimal(1), Decimal(100))
Why = Literal["does_not_add_up", "nothing_serves_it", "everything_serves_it", "no_room"]


@dataclass(frozen=True, slots=True)
class KeyResult:
    """One key result of a rep: its weight as stored, and whether it serves what is asked for."""

    weight: Decimal
    serves: bool


def serves(words: Words, *texts: str | None) -> bool:
    """Whether one of the texts holds one of the words; Latin words only whole."""
    text = " ".join(each for each in texts if each).casefold()
    return any(each in text for each in words.zh) or any(re.search(rf"\b{re.escape(each.casefold())}\b", text) for each in words.en)


def points(factor: Decimal, bounds: Bounds) -> int:
    """How many percentage points move: all that may where the rate surely halved or doubled, in proportion to its logarithm below, none where it is unsure."""
    return min(bounds.largest_move, int((Decimal(bounds.largest_move) * Decimal(repr(log2(factor)))).to_integral_value(ROUND_HALF_EVEN)))


def move(key_results: Sequence[KeyResult], wanted: int, bounds: Bounds) -> tuple[Decimal, ...] | Why:
    """New weights of one rep's key results, or why they stay. Their sum stays exactly what it is: 1 or 100.

    Up to ``wanted`` percentage points go, one at a time, from the heaviest key result that doesn't serve to the one that serves and got least so far.
    No key result moves by more than the largest move or falls below the least weight.
    """
    whole = sum((each.weight for each in key_results), Decimal(0))
    if whole not in SCALES or any(each.weight < 0 for each in key_results):
        return "does_not_add_up"
    givers = [place for place, each in enumerate(key_results) if not each.serves]
    takers = [place for place, each in enumerate(key_results) if each.serves]
    if not takers or not givers:
        return "everything_serves_it" if takers else "nothing_serves_it"
    point = whole / 100
    room = {place: min(bounds.largest_move, _floor(key_results[place].weight / point - bounds.least_weight)) for place in givers}
    moved = [0] * len(key_results)
    for _ in range(min(wanted, sum(max(each, 0) for each in room.values()), bounds.largest_move * len(takers))):
        able = [place for place in givers if room[place] + moved[place] > 0]
        giver = max(able, key=lambda place: (key_results[place].weight / point + moved[place], -place))
        taker = min(takers, key=lambda place: (moved[place], place))
        moved[giver] -= 1
        moved[taker] += 1
    if not any(moved):
        return "no_room"
    return tuple(each.weight + change * point for each, change in zip(key_results, moved, strict=True))


def _floor(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_FLOOR))
