"""One period as seen today: its draws, the same look on past days, and by how much the interval must be stretched. Kept with the study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

from tools.forecast.backtesting import Interval, Lookback, Past, lookbacks, pasts_of, simulated, stretched, widening
from tools.forecast.errors import NoAmountsWon, PeriodIsOver, PeriodIsTooFar, PeriodUpsideDown, SideUnknown, TooFewDecided
from tools.forecast.history import UNKNOWN, Coded
from tools.forecast.simulating import FEWEST_WON, WEEK, Drawn, Grounds, Outlook, Period, by_segment, draw, known_on
from tools.forecast.study import Study

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

DRAWN = "draws"
DRAWS, MOST_DRAWN = 1000, 4
"""The draws of so many periods, large as they are, are kept with a study."""
Part = Mapping[str, frozenset[str]]
"""Which deals are meant: for each side (owner, region …) the levels one of which they bear. All deals where it is empty."""
EVERYTHING: Part = {}


@dataclass(frozen=True, slots=True)
class Look:
    """Draws of a period by segment; ``inside`` are the deals that are meant, which are segment 0 where nothing tells deals apart (``side`` is None)."""

    period: Period
    inside: Flags
    side: Coded | None
    outlook: Outlook
    pasts: tuple[Past, ...]
    factor: float

    def interval(self, segment: int | None = None) -> Interval:
        """The stretched interval of a segment, or of all that is meant."""
        return stretched(simulated(self.outlook, self._place(segment)), self.factor, self.booked(segment))

    def booked(self, segment: int | None = None) -> float:
        """What is won already."""
        place = self._place(segment)
        return float(self.outlook.booked.sum() if place is None else self.outlook.booked[place])

    def _place(self, segment: int | None) -> int | None:
        return 0 if segment is None and self.side is None else segment


def look(study: Study, start: date, end: date, by: str | None = None, part: Part = EVERYTHING) -> Look:
    """The period from ``start`` to ``end``, told apart ``by`` a side or of one ``part`` of the deals, never both.

    Raises PeriodUpsideDown, PeriodIsOver, PeriodIsTooFar, NoAmountsWon, TooFewDecided, SideUnknown and NoOpeningDays.
    """
    key = ("look", start, end, by, tuple(sorted((name, tuple(sorted(levels))) for name, levels in part.items())))
    found = study.held.get(key)
    if not isinstance(found, Look):
        found = study.held[key] = _look(study, start, end, by, part)
    return found


def _look(study: Study, start: date, end: date, by: str | None, part: Part) -> Look:
    import numpy as np

    period, grounds = look_at(study, start, end)
    side, inside = (None if by is None else side_of(study, by)), part_of(study, part)
    segments = np.where(inside, 0, 1) if side is None else segments_of(side)
    drawn, looks = _draws(study, period, grounds)
    pasts = pasts_of(study.history, looks, inside)
    return Look(period, inside, side, by_segment(study.history, drawn, period, segments), pasts, widening(pasts, period.end - period.day))


def draws_of(study: Study, start: date, end: date) -> tuple[Period, Drawn]:
    """The draws of a period, deal by deal. Raises what :func:`look` raises."""
    period, grounds = look_at(study, start, end)
    return period, _draws(study, period, grounds)[0]


def _draws(study: Study, period: Period, grounds: Grounds) -> tuple[Drawn, tuple[Lookback, ...]]:
    """The draws of a period, today's and those of past days, whatever part of them is asked for."""
    key = (DRAWN, period)
    if key not in study.held:
        for old in [each for each in study.held if isinstance(each, tuple) and each[0] == DRAWN][: 1 - MOST_DRAWN]:
            study.held.pop(old, None)
        began = perf_counter()
        drawn = draw(study.history, grounds, period, DRAWS, study.rng(2), study.chances)
        study.held[key] = (drawn, lookbacks(study.history, period, study.rng(3), seasonal=study.seasonal))
        study.cost += perf_counter() - began
    return study.held[key]  # type: ignore[return-value] # only draws are kept under this name


def look_at(study: Study, start: date, end: date) -> tuple[Period, Grounds]:
    """The period in day numbers, and what is known of the future today. Raises PeriodUpsideDown, PeriodIsOver, PeriodIsTooFar, NoAmountsWon, TooFewDecided."""
    if end < start:
        raise PeriodUpsideDown(start=start, end=end)
    if end <= study.today:
        raise PeriodIsOver(end=end, today=study.today)
    history = study.history
    if not (history.won & (history.amount > 0)).any():
        raise NoAmountsWon()
    _ = study.knowledge  # deals without opening days are refused there
    grounds = known_on(history, study.day, seasonal=study.seasonal)
    if grounds is None:
        raise TooFewDecided(found=study.decided, needed=FEWEST_WON)
    if (end - study.today).days > len(grounds.weeks) * WEEK:
        raise PeriodIsTooFar(end=end, weeks=len(grounds.weeks))
    return Period(study.day, start.toordinal(), end.toordinal()), grounds


def part_of(study: Study, part: Part) -> Flags:
    """Whether each deal is meant. Raises SideUnknown for a side that deals don't bear."""
    import numpy as np

    inside = np.ones(len(study.history.ids), bool)
    for by, levels in part.items():
        side = side_of(study, by)
        wanted = [at for at, level in enumerate(side.levels) if level in levels]
        inside &= np.isin(side.codes, wanted)
    return inside


def side_of(study: Study, by: str) -> Coded:
    """What tells deals apart. Raises SideUnknown."""
    found = study.history.sides.get(by)
    if found is None or not found.levels:
        raise SideUnknown(by=by, known=", ".join(sorted(name for name, each in study.history.sides.items() if each.levels)))
    return found


def segments_of(side: Coded) -> Ints:
    """The places of deals among the levels of a side, those that name none last."""
    import numpy as np

    return np.where(side.codes == UNKNOWN, len(side.levels), side.codes)
