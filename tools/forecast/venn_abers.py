"""Venn-Abers predictors: two probabilities for one score, one of which is perfectly calibrated. Knows scores and outcomes only."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Block = tuple[float, float]
"""Sum and number of the outcomes that share one value."""


def venn_abers(scores: Floats, outcomes: Floats, asked: Floats, weights: Floats | None = None) -> tuple[Floats, Floats]:
    """``(p0, p1)`` of every score in ``asked``, given scores and outcomes (0 or 1) that the scoring rule was not fitted to.

    Inductive Venn-Abers prediction (Vovk and Petej, "Venn-Abers predictors", UAI 2014): p0 and p1 are what isotonic regression gives at the score when
    it is added with outcome 0 and 1. The regressions of all scores below and above are pooled once; adding the score only merges blocks around it.
    Without any outcome p0 is 0 and p1 is 1. ``weights`` let several scores of one deal count for one, as the added one does.
    """
    import numpy as np

    order = np.argsort(scores, kind="stable")
    keys, starts = np.unique(scores[order], return_index=True)
    heavy = np.ones(len(order)) if weights is None else weights[order]
    sums = np.add.reduceat(heavy * outcomes[order], starts) if len(keys) else np.empty(0)
    sizes = np.add.reduceat(heavy, starts) if len(keys) else np.empty(0)
    groups = [(float(s), float(n)) for s, n in zip(sums, sizes, strict=True)]
    known = keys.tolist()
    wanted, back = np.unique(asked, return_inverse=True)
    places = [(bisect_left(known, each), each) for each in wanted.tolist()]
    below = _pooled_up_to(groups, {at for at, _ in places})
    above = _pooled_from(groups, {at + (at < len(known) and known[at] == each) for at, each in places})
    found = np.empty((len(places), 2))
    for row, (at, each) in enumerate(places):
        same = at < len(known) and known[at] == each
        own = groups[at] if same else (0.0, 0.0)
        for outcome in (0, 1):
            found[row, outcome] = _value(below[at], (own[0] + outcome, own[1] + 1), above[at + same])
    return found[back, 0], found[back, 1]


def merged(p0: Floats, p1: Floats) -> Floats:
    """One probability from both, the one with the least regret under log loss: p1 / (1 - p0 + p1) (Vovk and Petej 2014, section 5)."""
    return p1 / (1 - p0 + p1)


def _pooled_up_to(groups: Sequence[Block], places: set[int]) -> dict[int, tuple[Block, ...]]:
    """Isotonic blocks of the groups before each place, by pooling adjacent violators."""
    held: list[Block] = []
    found = {}
    for at in range(len(groups) + 1):
        if at in places:
            found[at] = tuple(held)
        if at < len(groups):
            block = groups[at]
            while held and held[-1][0] * block[1] >= block[0] * held[-1][1]:
                last = held.pop()
                block = (last[0] + block[0], last[1] + block[1])
            held.append(block)
    return found


def _pooled_from(groups: Sequence[Block], places: set[int]) -> dict[int, tuple[Block, ...]]:
    """Likewise of the groups from each place on, nearest first."""
    turned = [(size - total, size) for total, size in reversed(groups)]
    pooled = _pooled_up_to(turned, {len(groups) - at for at in places})
    return {len(groups) - at: tuple((size - total, size) for total, size in reversed(blocks)) for at, blocks in pooled.items()}


def _value(below: Sequence[Block], own: Block, above: Sequence[Block]) -> float:
    """The mean of the block that ``own`` ends in."""
    total, size = own
    low, high = len(below), 0
    while True:
        if low and below[low - 1][0] * size >= total * below[low - 1][1]:
            low -= 1
            total, size = total + below[low][0], size + below[low][1]
        elif high < len(above) and above[high][0] * size <= total * above[high][1]:
            total, size = total + above[high][0], size + above[high][1]
            high += 1
        else:
            return total / size
