"""Chooses how a clause is read: among the words for an act, among readings of its words, by what each leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tools.journey.criteria.clause import Clause
from tools.journey.criteria.clause_reading import Reading
from tools.journey.criteria.linking import Item
from tools.journey.criteria.predicates import heads


def read_clause(items: Sequence[Item]) -> Clause | None:
    """The clause in these items; None where there is no word for an act. What it can't use stays unused.

    Each word for an act is tried as the one that the clause says; the reading that leaves least unsaid is taken.
    """
    best = min(
        (_tried(variant, at, likely - 0.5 * number) for number, variant in enumerate(_variants(items)) for at, likely in heads(variant)),
        key=lambda each: each[0],
        default=None,
    )
    if best is None:
        return None
    for item, read in zip(items, best[2], strict=True):
        item.used = read.used
    return best[1]


def _variants(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items as they are, and with the roles as plain words that stand right before a noun: 用户培训 and "the security whitepaper" are things."""
    yield items
    changed = [Item("word", item.text, item.start, item.end) if _begins_a_name(items, at) else item for at, item in enumerate(items)]
    if any(one is not other for one, other in zip(items, changed, strict=True)):
        yield changed


def _begins_a_name(items: Sequence[Item], at: int) -> bool:
    item, before = items[at], items[at - 1] if at else None
    behind = items[at + 1] if at + 1 < len(items) else None
    if (
        not (item.is_("role") and item.kind == "entry")
        or behind is None
        or (before is not None and (before.is_("side", "either") or (before.is_("filler") and item.is_han)))
    ):
        return False
    return behind.is_("deed") if item.is_han and before is None else (behind.kind == "word" or behind.is_("deed")) and before is not None


def _tried(items: Sequence[Item], at: int, likely: float) -> tuple[float, Clause, list[Item]]:
    """What a reading costs that takes one word for the act, with the clause and its items."""
    own = [replace(item) for item in items]
    reading = Reading(own, at)
    clause = reading.read()
    return _cost(own, reading) - LIKELY * likely, clause, own


LIKELY = 0.6
"""How much the look of a word for an act counts against what a reading leaves out."""


def _cost(items: Sequence[Item], reading: Reading) -> float:
    """What a reading leaves out, and what stands in the name of a thing that seldom stands there."""
    left = sum(2.0 for item in items if not item.used and item.kind != "mark")
    for item in reading.chosen:
        if item.kind == "entry":
            left += 2.0 * item.is_("not", "nobody", "pronoun", "light") + 1.0 * (item.is_("deed") and item.form() in ("past", "part", "zh"))
            left += 1.0 * item.is_("role", "side")
    clause = reading.clause
    if clause.side == "us" and any(role not in ("sales", "technical", "project") for group in clause.groups for role in group):
        left += 1.5
    return left + 0.3 * max(0, len(reading.chosen) - 5)
