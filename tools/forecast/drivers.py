"""Which deals are won more often: group rates found on the earlier deals and confirmed on the later ones, so that looking often finds nothing by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tools.forecast.history import NEVER, UNKNOWN, History
from tools.forecast.knowing import Knowledge
from tools.forecast.rolling import Snapshots, one_a_deal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

EARLIER = 0.5
FEWEST, MOST_LEVELS = 30, 15
LEVEL = 0.05
CALENDAR = "close:quarter_end"
LENGTHY = "life"
BY_DAYS = (CALENDAR, LENGTHY)
WITH_LIFE = ("age", "quiet", "stage:standing", "stage:moves_by_age", "stage:pace")
"""Numbers that mostly tell how long a deal has lasted; :data:`LENGTHY` says that in words."""


@dataclass(frozen=True, slots=True)
class Driver:
    """A group of deals that are won more (or less) often than the rest: of feature ``name`` those of ``level``, or with a number above ``above``.

    The counts are those of the later deals, which the group was not found on: ``won`` of ``n`` in it, ``rest_won`` of ``rest`` outside. ``deals`` are the
    places of those in the group.
    """

    name: str
    level: str | None
    above: float | None
    won: int
    n: int
    rest_won: int
    rest: int
    deals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    level: str | None
    above: float | None
    rows: Ints
    inside: Flags


def find_drivers(history: History, knowledge: Knowledge, shots: Snapshots) -> tuple[Driver, ...]:
    """Groups that hold on both parts of the history, the strongest first.

    Every level of words and every number (its upper third) is looked at on the first half of the decided deals, in order of their end; what is significant
    there by Holm's rule (Scandinavian Journal of Statistics 6 (1979) 65-70) at 5 % is tested again on the rest, at 5 % over all that were found, for the same
    direction. Deals are compared with those that ended in the same month, and errors clustered by account; a group made by its days is compared over all
    months, with the larger of the errors clustered by account and by month.
    """
    import numpy as np

    decided = np.flatnonzero(history.closed < NEVER)
    if len(decided) < 4 * FEWEST:
        return ()
    border = int(np.sort(history.closed[decided])[int(EARLIER * len(decided))])
    test = _Test(history, border)
    found = _significant([(group, *result) for group in _groups(history, knowledge, shots, decided, border) if (result := test.earlier(group)) is not None])
    again = [(group, *result) for group, difference, _ in found if (result := test.later(group)) is not None and result[0] * difference > 0]
    missed = len(found) - len(again)
    kept = sorted(_significant(again, missed), key=lambda each: (-abs(each[1]), each[0].name, each[0].level or ""))
    return tuple(_driver(history, group, border) for group, _, _ in kept)


def _significant(tried: Sequence[tuple[_Group, float, float]], further: int = 0) -> list[tuple[_Group, float, float]]:
    """Those of the groups, each with its difference and p, that hold by Holm's rule, had so many ``further`` ones been tried."""
    ranked = sorted(tried, key=lambda each: each[2])
    for place, (_, _, p) in enumerate(ranked):
        if p > LEVEL / (len(ranked) + further - place):
            return ranked[:place]
    return ranked


def closes_at_quarter_end(days: Ints) -> Flags:
    """Whether days lie in the last month of a calendar quarter."""
    import numpy as np

    held, place = np.unique(days, return_inverse=True)
    return np.array([date.fromordinal(day).month % 3 == 0 for day in held.tolist()], bool)[place]


def _groups(history: History, knowledge: Knowledge, shots: Snapshots, decided: Ints, border: int) -> Iterator[_Group]:
    import numpy as np

    yield _Group(CALENDAR, None, None, decided, closes_at_quarter_end(history.closed[decided]))
    dated = decided[history.opened[decided] >= 0]
    life = history.closed[dated] - history.opened[dated]
    early = history.closed[dated] < border
    if early.any():
        middle = float(np.median(life[early]))
        yield _Group(LENGTHY, None, middle, dated, life > middle)
    start = knowledge.at(dated, history.opened[dated])
    for name, coded in start.words.items():
        if name != "stage":
            yield from _levels(name, coded.codes, coded.levels, dated)
    rows = np.flatnonzero(one_a_deal(shots.known.deals) & history.decided[shots.known.deals])
    deals = shots.known.deals[rows]
    for name, values in shots.known.numbers.items():
        if name in WITH_LIFE:
            continue
        known = ~np.isnan(values[rows])
        told, own = values[rows][known], deals[known]
        first = told[history.closed[own] < border]
        if len(first) >= 2 * FEWEST:
            above = float(np.quantile(first, 2 / 3))
            above = above if (first > above).sum() >= FEWEST else float(np.quantile(first, 1 / 2))
            yield _Group(name, None, above, own, told > above)


def _levels(name: str, codes: Ints, levels: tuple[str, ...], rows: Ints) -> Iterator[_Group]:
    import numpy as np

    known = codes != UNKNOWN
    counts = np.bincount(codes[known], minlength=1)
    most = np.argsort(-counts, kind="stable")[:MOST_LEVELS].tolist()
    if (counts > 0).sum() == 2:
        most = most[1:2]  # the other level says the same
    for level in most:
        if counts[level] >= 2 * FEWEST:
            yield _Group(name, levels[level], None, rows[known], codes[known] == level)


class _Test:
    """Differences of rates on the earlier and the later deals."""

    def __init__(self, history: History, border: int) -> None:
        import numpy as np

        self.history, self.border = history, border
        self.accounts = history.accounts()
        held, place = np.unique(np.where(history.closed < NEVER, history.closed, 0), return_inverse=True)
        self.months = np.array([(day := date.fromordinal(max(each, 1))).year * 12 + day.month for each in held.tolist()], np.int64)[place]

    def earlier(self, group: _Group) -> tuple[float, float] | None:
        return self._difference(group, self.history.closed[group.rows] < self.border)

    def later(self, group: _Group) -> tuple[float, float] | None:
        return self._difference(group, self.history.closed[group.rows] >= self.border)

    def _difference(self, group: _Group, part: Flags) -> tuple[float, float] | None:
        """Difference of the rates inside and outside, and its two-sided p; None where either side has fewer than thirty deals."""
        import numpy as np

        rows, inside = group.rows[part], group.inside[part]
        n, rest = int(inside.sum()), int((~inside).sum())
        if min(n, rest) < FEWEST:
            return None
        won = self.history.won[rows].astype(float)
        months, clusterings = self.months[rows], [self.accounts[rows]]
        if group.name in BY_DAYS:
            clusterings.append(months)
        else:
            _, place = np.unique(months, return_inverse=True)
            won = won - (np.bincount(place, weights=won) / np.bincount(place))[place]
        rate, other = float(won[inside].mean()), float(won[~inside].mean())
        influence = np.where(inside, (won - rate) / n, -(won - other) / rest)
        p = 0.0
        for clusters in clusterings:
            _, place = np.unique(clusters, return_inverse=True)
            sums = np.bincount(place, weights=influence)
            size = len(sums)
            error = float(np.sqrt((sums**2).sum() * size / max(size - 1, 1)))
            p = max(p, two_sided_t((rate - other) / error, size - 2) if error > 0 and size > 2 else 1.0)
        return rate - other, p


def two_sided_t(t: float, freedom: int) -> float:
    """Two-sided p of Student's t, by integrating its density over the angle ``atan(t / sqrt(freedom))``."""
    import numpy as np

    angles = np.linspace(0.0, np.pi / 2, 4001)
    density = np.cos(angles) ** (freedom - 1)
    parts = (density[1:] + density[:-1]) / 2
    reached = np.arctan(abs(t) / np.sqrt(freedom)) / (np.pi / 2) * 4000
    whole = int(reached)
    upto = parts[:whole].sum() + (parts[whole] * (reached - whole) if whole < 4000 else 0.0)
    return float(max(1 - upto / parts.sum(), 0.0))


def _driver(history: History, group: _Group, border: int) -> Driver:
    later = history.closed[group.rows] >= border
    rows, inside = group.rows[later], group.inside[later]
    won = history.won[rows]
    deals = tuple(rows[inside].tolist())
    return Driver(group.name, group.level, group.above, int(won[inside].sum()), len(deals), int(won[~inside].sum()), int((~inside).sum()), deals)
