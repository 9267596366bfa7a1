"""Venn-Abers pairs from counts, exactly: what isotonic regression gives at a score when it is added as lost and as won."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tools.trace.arithmetic import quotient

Group = tuple[Decimal, Decimal]
"""How many were won, and how many there were, among scores that share one value."""


def venn_abers_bound(rows: Iterable[tuple[Decimal, Decimal, Decimal]], score: Decimal, outcome: int, places: int) -> Decimal | None:
    """The calibrated chance at ``score`` given (score, won, number) of what is over, with one more of that ``outcome`` (Vovk and Petej, UAI 2014).

    Computed the plain way, by pooling all groups again with the one added: slow beside the forecast's own, and independent of it.
    """
    held: dict[Decimal, Group] = {}
    for each, won, n in (*rows, (score, Decimal(outcome), Decimal(1))):
        known = held.get(each, (Decimal(0), Decimal(0)))
        held[each] = (known[0] + won, known[1] + n)
    blocks: list[tuple[Decimal, Decimal, Decimal]] = []
    for each in sorted(held):
        won, n, upto = *held[each], each
        while blocks and blocks[-1][0] * n >= won * blocks[-1][1]:
            before = blocks.pop()
            won, n = won + before[0], n + before[1]
        blocks.append((won, n, upto))
    won, n, _ = next(block for block in blocks if block[2] >= score)
    return quotient(won, n, places)
