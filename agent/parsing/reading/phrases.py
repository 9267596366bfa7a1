"""Finds where an inner noun phrase may stand in a question: "the three reps with the largest pipeline", 商机金额最大的 5 个客户."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from agent.parsing.language.numbers import find_numbers
from agent.parsing.linking.items import Item, Linked
from agent.parsing.reading.signals import DOWN, UP

MOST_GROUPS = 100
WIDEST = 7
RANKS = UP | DOWN | {"top", "bottom"}
SIDES = {"gt": "gt", "ge": "ge", "lt": "lt", "le": "le", "eq": "eq"}
_ONE_ASKED = re.compile(r"的?[一那这][笔起张份件]")
LEADING_ON = {"with", "by", "who", "that", "which", "whose", "having", "in", "ranked", "sorted", "measured", "going", "judging", "judged", "for"}
BEING = {"is", "are", "was", "were"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """An inner noun phrase: items ``start`` to ``end`` (excluded), the one that names the groups, and how many of these are meant.

    ``criterion`` is whether it says itself by what the groups are ranked or chosen.
    """

    start: int
    end: int
    group: int
    count: int | None
    criterion: bool


def find_phrases(linked: Linked) -> Iterator[Phrase]:
    """Every span that may be such a phrase; of those around one noun the longest first."""
    for at, item in enumerate(linked.items):
        if not any(term.what in {"entity", "field"} for term in item.terms):
            continue
        if linked.tokens[item.start].kind == "han":
            yield from _before(linked, at)
        else:
            yield from _behind(linked, at)


def _behind(linked: Linked, at: int) -> Iterator[Phrase]:
    """English: a rank before the noun, or after it what it is ranked by: "the two best reps", "reps with the most deals"."""
    items = linked.items
    start = at
    while start and (
        is_rank(items[start - 1])
        or count_of(items[start - 1]) is not None
        or {"performing", "mine"} & set(items[start - 1].cues)
        or _spelt_out(linked, start - 1, start) is not None
    ):
        start -= 1
    count = next((number for item in items[start:at] if (number := count_of(item)) is not None), None) or _spelt_out(linked, start, at)
    ranked = any(is_rank(item) for item in items[start:at])
    if _leads_on(linked, at):
        for end in range(min(len(items), at + 1 + WIDEST), at + 1, -1):
            yield Phrase(start, end, at, count, criterion=True)
    if ranked:
        yield Phrase(start, at + 1, at, count, criterion=False)


def _before(linked: Linked, at: int) -> Iterator[Phrase]:
    """Chinese: all of it stands before the noun: 商机金额最大的 5 个客户."""
    items = linked.items
    for start in range(max(0, at - WIDEST), at):
        inside = items[start:at]
        if any(_ONE_ASKED.fullmatch(one.text) and {"which", "lookup"} & set(behind.cues) for one, behind in pairwise(inside)):
            continue  # 金额最大的一笔是哪个客户的: the rank is that of the record, not of whose it is
        count = next((number for item in inside if (number := count_of(item)) is not None), None) or _spelt_out(linked, start, at)
        if any(is_rank(item) or side_of(item) for item in inside):
            criterion = any(item.terms or {"won", "lost", "performing"} & set(item.cues) for item in inside)
            yield Phrase(start, at + 1, at, count, criterion)


def _leads_on(linked: Linked, at: int) -> bool:
    """Whether the words after a noun go on to say which are meant."""
    while at + 1 < len(linked.items) and linked.items[at + 1].period is not None and linked.items[at + 1].start - linked.items[at].end < 2:
        at += 1  # "the best reps of 2026 by deal count"
    end = linked.items[at].end
    words = [token.norm for token in linked.tokens[end : end + 3]]
    following = linked.items[at + 1] if at + 1 < len(linked.items) else None
    compared = following is not None and side_of(following) is not None and {token.norm for token in linked.tokens[end : following.start]} <= BEING
    return bool(words) and (words[0] in LEADING_ON or compared)


def _spelt_out(linked: Linked, start: int, at: int) -> int | None:
    """A number in words that count as filler elsewhere: "the two", 两个."""
    fillers = [item for item in linked.items[start:at] if item.is_only_cue and "filler" in item.cues]
    for number in find_numbers(linked.tokens) if fillers else ():
        if any(item.start <= number.start and number.end <= item.end for item in fillers) and 1 <= number.value <= MOST_GROUPS:
            return int(number.value)
    return None


def is_rank(item: Item) -> bool:
    """Whether words rank: "most", "top", 最低."""
    return bool(RANKS & set(item.cues)) and item.period is None


def side_of(item: Item) -> str | None:
    """On which side of a figure words say that something lies."""
    return next((op for cue, op in SIDES.items() if cue in item.cues), None)


def count_of(item: Item) -> int | None:
    """The plain number of groups that words may say."""
    number = item.number
    plain = number is not None and not (number.percent or number.money or item.period) and number.value == int(number.value)
    return int(number.value) if number is not None and plain and 1 <= number.value <= MOST_GROUPS else None
