"""Gives each column its place so that the sum of scores is greatest and no place is taken twice (the assignment problem)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

INFINITY = float("inf")


def assign(scores: Sequence[Mapping[str, float]], floor: float) -> dict[int, str]:
    """The best place of each row by its scores; rows whose scores all lie below ``floor`` get none.

    Solved exactly by the Hungarian method in its shortest-path form (Jonker and Volgenant, 1987), O(n²m).
    """
    rows = [at for at, places in enumerate(scores) if any(score >= floor for score in places.values())]
    places = sorted({place for at in rows for place, score in scores[at].items() if score >= floor})
    if not rows:
        return {}
    # A place of its own for every row, worth nothing, lets a row stay without a place.
    width = len(places) + len(rows)
    costs = [[floor - score if (score := scores[at].get(place, 0.0)) >= floor else 1.0 for place in places] + [0.001] * len(rows) for at in rows]
    return {rows[row]: places[column] for column, row in _matching(costs, width).items() if column < len(places) and costs[row][column] < 0.001}


def _matching(costs: list[list[float]], width: int) -> dict[int, int]:
    """Column to row of the cheapest matching that covers all rows; needs at least as many columns as rows."""
    count = len(costs)
    row_price, column_price = [0.0] * (count + 1), [0.0] * (width + 1)
    owner, back = [0] * (width + 1), [0] * (width + 1)
    for row in range(1, count + 1):
        owner[0], column = row, 0
        best, seen = [INFINITY] * (width + 1), [False] * (width + 1)
        while owner[column]:
            seen[column] = True
            step, following = INFINITY, 0
            current = owner[column]
            for other in range(1, width + 1):
                if seen[other]:
                    continue
                reduced = costs[current - 1][other - 1] - row_price[current] - column_price[other]
                if reduced < best[other]:
                    best[other], back[other] = reduced, column
                if best[other] < step:
                    step, following = best[other], other
            for other in range(width + 1):
                if seen[other]:
                    row_price[owner[other]] += step
                    column_price[other] -= step
                else:
                    best[other] -= step
            column = following
        while column:
            owner[column] = owner[back[column]]
            column = back[column]
    return {column - 1: owner[column] - 1 for column in range(1, width + 1) if owner[column]}
