"""Draws what a period may bring: which open deals are decided when and how, and what deals that do not exist yet add. Knows no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.forecast.drivers import closes_at_quarter_end
from tools.forecast.durations import Durations, first_end, fit_durations
from tools.forecast.history import History
from tools.forecast.logistic import logit, sigmoid

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Small = NDArray[np.int32]

YEAR, WEEK, BLOCK, QUARTER = 365, 7, 4, 91
FEWEST_WEEKS, FEWEST_WON, DATED = 13, 10, 0.9
AT_ONCE = 2_000_000
"""So many cells of the table of draws by deals are held at a time."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period from ``start`` to ``end`` (day numbers, both included) as seen at the end of ``day``."""

    day: int
    start: int
    end: int

    def earlier(self, days: int) -> Period:
        """The same look, so many days before."""
        return Period(self.day - days, self.start - days, self.end - days)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Draws of the value won in a period, (draws, segments): what is ``booked`` already (segments), from ``open`` deals, and from deals not yet ``created``.

    ``expected`` is what each of the deals ``underway`` brings on average.
    """

    booked: Floats
    open: Floats
    created: Floats
    underway: Ints
    expected: Floats

    @property
    def totals(self) -> Floats:
        """Draws of the whole value, by segment."""
        return self.booked + self.open + self.created


@dataclass(frozen=True, slots=True)
class Drawn:
    """What each of ``draws`` brings, win by win: the draw and whose it is.

    ``deal`` is the place of an open deal among those ``underway``, with its value; ``like`` the past win that a deal not created yet takes after, value and
    all.
    """

    draws: int
    underway: Ints
    open_draw: Small
    deal: Small
    open_value: Floats
    created_draw: Small
    like: Small


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the history tells of the future on a day: durations, recent wins to draw amounts from, weekly counts of new deals, and how win rates wander."""

    durations: Durations
    wins: Ints
    recent: Ints
    weeks: Ints
    rate: float
    wander: float
    quarter_end: tuple[float, float]


def known_on(history: History, day: int, *, seasonal: bool) -> Grounds | None:
    """What is known at the end of ``day``; None where it is too little.

    ``seasonal`` where the last month of a quarter was shown to be won more (or less) often.
    """
    import numpy as np

    since = first_end(history)
    durations = fit_durations(history, day, since)
    recent = np.flatnonzero((history.closed <= day) & (history.closed > day - YEAR))
    wins = recent[history.won[recent] & ~np.isnan(history.amount[recent])]
    begun = max(since, day - YEAR)
    count = (day - begun) // WEEK
    if durations is None or len(wins) < FEWEST_WON or count < FEWEST_WEEKS:
        return None
    age = (day - history.opened[(history.opened > day - count * WEEK) & (history.opened <= day)]) // WEEK
    weeks = np.bincount(age, minlength=count)[:count][::-1]
    return Grounds(durations, wins, recent, weeks, float(history.won[recent].mean()), _wander(history, day, since), _tilts(history, recent, seasonal))


def simulate(history: History, known: Grounds, period: Period, segments: Ints, draws: int, rng: np.random.Generator, chances: Floats | None = None) -> Outlook:
    """Draw the value won in the period by segment; ``segments`` numbers each deal's from 0."""
    return by_segment(history, draw(history, known, period, draws, rng, chances), period, segments)


def by_segment(history: History, drawn: Drawn, period: Period, segments: Ints) -> Outlook:
    """The draws added up by segment: the same draws whatever they are told apart by, so that parts add up to the whole."""
    import numpy as np

    size, draws = int(segments.max()) + 1 if len(segments) else 1, drawn.draws
    before = (history.closed >= period.start) & (history.closed <= period.day) & history.won
    booked = np.bincount(segments[before], weights=np.nan_to_num(history.amount[before]), minlength=size).astype(float)
    opened, created = (
        np.bincount(rows * size + segments[deals], weights=value, minlength=draws * size).astype(float).reshape(draws, size)
        for rows, deals, value in (
            (drawn.open_draw, drawn.underway[drawn.deal], drawn.open_value),
            (drawn.created_draw, drawn.like, history.amount[drawn.like]),
        )
    )
    expected = np.bincount(drawn.deal, weights=drawn.open_value, minlength=len(drawn.underway)) / draws
    return Outlook(booked, opened, created, drawn.underway, expected)


def draw(history: History, known: Grounds, period: Period, draws: int, rng: np.random.Generator, chances: Floats | None = None) -> Drawn:
    """Draw what is won in the period.

    In each draw: the win rate is off by its sampling error and by as much as it wandered from quarter to quarter; open deals are decided after a wait from the
    hazards given their age, and won by the share of that age or by their own ``chances`` (one a deal, nan where there is none); new deals come in as many as in
    blocks of four past weeks drawn at random, with the amount and segment of a past win. An amount that is not recorded is drawn from wins of the same product.
    """
    import numpy as np

    underway = np.flatnonzero(started(history) & (history.opened <= period.day) & (history.closed > period.day))
    error = np.sqrt(1 / max(len(known.recent) * known.rate * (1 - known.rate), 1.0) + known.wander**2)
    shift = rng.normal(0.0, error, draws)
    pace = np.exp(rng.normal(0.0, 1 / np.sqrt(known.durations.n), draws))
    won: list[tuple[Ints, Ints, Floats]] = []
    step = max(1, AT_ONCE // max(len(underway), 1))
    for start in range(0, draws, step):
        rows = slice(start, min(start + step, draws))
        row, deal, value = _open_values(history, known, period, underway, shift[rows], pace[rows], rng, chances)
        won.append((row + start, deal, value))
    row, deal, value = (np.concatenate(each) for each in zip(*won, strict=True))
    return Drawn(draws, underway, row.astype(np.int32), deal.astype(np.int32), value, *_created(history, known, period, shift, pace, rng))


def started(history: History) -> Flags:
    """Which deals are underway or over, rather than noted for later.

    Where what was decided tells when it was opened, an open deal that does not is not yet begun: it will be counted among the new ones when it is.
    """
    dated = history.opened >= 0
    return dated | bool(dated[history.decided].mean() < DATED)


def _open_values(
    history: History, known: Grounds, period: Period, underway: Ints, shift: Floats, pace: Floats, rng: np.random.Generator, chances: Floats | None
) -> tuple[Ints, Ints, Floats]:
    """What open deals bring within the period: draw, place among those underway, and value of each win."""
    import numpy as np

    opened = np.where(history.opened[underway] < 0, period.day, history.opened[underway])
    age = (period.day - opened + 0.5).astype(float)
    waits = rng.exponential(size=(len(shift), len(underway))) / pace[:, None]
    draw, deal = np.nonzero(waits <= known.durations.hazard_between(age, age + period.end - period.day + 1))
    ended = known.durations.decision_age(age[deal], waits[draw, deal])
    when = period.day + np.ceil(np.maximum(ended - age[deal], 1e-6))
    odds = logit(known.durations.won_at(ended)) + _tilt(known, when, period)
    if chances is not None:
        own = chances[underway[deal]]
        odds = np.where(np.isnan(own), odds, logit(np.nan_to_num(own, nan=0.5)))
    won = (when >= period.start) & (when <= period.end) & (rng.random(len(deal)) < sigmoid(odds + shift[draw]))
    draw, deal = draw[won], deal[won]
    return draw, deal, _amounts(history, known, underway[deal], rng)


def _amounts(history: History, known: Grounds, deals: Ints, rng: np.random.Generator) -> Floats:
    """Recorded amounts, or drawn ones: of wins of the same product, or of any."""
    import numpy as np

    amounts = history.amount[deals]
    missing = np.flatnonzero(np.isnan(amounts))
    products = history.groups["product"].codes
    for product in np.unique(products[deals[missing]]).tolist():
        own = missing[products[deals[missing]] == product]
        pool = known.wins[products[known.wins] == product] if product >= 0 else known.wins
        amounts[own] = history.amount[rng.choice(pool if len(pool) >= FEWEST_WON else known.wins, len(own))]
    return amounts


def _created(history: History, known: Grounds, period: Period, shift: Floats, pace: Floats, rng: np.random.Generator) -> tuple[Small, Small]:
    """The deals not created yet that are won within the period: the draw, and the past win that each takes after."""
    import numpy as np

    draws, weeks = len(shift), max(-(-(period.end - period.day) // WEEK), 0)
    if not weeks:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    counts = _arrivals(known.weeks, weeks, draws, rng)
    total = counts.sum()
    draw = np.repeat(np.repeat(np.arange(draws), weeks), counts.ravel())
    week = np.repeat(np.tile(np.arange(weeks), draws), counts.ravel())
    opened = period.day + 1 + week * WEEK + rng.integers(0, WEEK, total)
    ended = known.durations.decision_age(np.zeros(total), rng.exponential(size=total) / pace[draw])
    when = opened + np.floor(ended)
    odds = logit(known.durations.won_at(ended)) + _tilt(known, when, period) + shift[draw]
    counted = (opened <= period.end) & (when >= period.start) & (when <= period.end) & (rng.random(total) < sigmoid(odds))
    like = rng.choice(known.wins, int(counted.sum()))
    return draw[counted].astype(np.int32), like.astype(np.int32)


def _arrivals(past: Ints, weeks: int, draws: int, rng: np.random.Generator) -> Ints:
    """Numbers of new deals in each of the coming weeks: blocks of past weeks, from a past that is itself drawn from blocks.

    The double drawing holds both how the weeks vary and how little a past of so many tells of their mean (Künsch, Annals of Statistics 17 (1989) 1217-1241).
    """
    import numpy as np

    blocks = -(-len(past) // BLOCK)
    firsts = rng.integers(0, max(len(past) - BLOCK, 0) + 1, (draws, blocks))
    chosen = np.take_along_axis(firsts, rng.integers(0, blocks, (draws, -(-weeks // BLOCK))), axis=1)
    places = np.minimum(chosen[:, :, None] + np.arange(BLOCK), len(past) - 1)
    found: Ints = past[places].reshape(draws, -1)[:, :weeks]
    return found


def _tilt(known: Grounds, when: Floats, period: Period) -> Floats:
    """What the month within the quarter adds to the log-odds of winning."""
    import numpy as np

    if known.quarter_end == (0.0, 0.0):
        return np.zeros_like(when)
    days = np.arange(period.day, period.end + 2)
    table = np.where(closes_at_quarter_end(days), *known.quarter_end)
    return table[np.clip(when - period.day, 0, len(days) - 1).astype(np.int64)]


def _tilts(history: History, recent: Ints, seasonal: bool) -> tuple[float, float]:
    import numpy as np

    late = closes_at_quarter_end(history.closed[recent])
    if not seasonal or not late.any() or late.all():
        return 0.0, 0.0
    won = history.won[recent]
    rates = np.array([(won[part].sum() + 1) / (part.sum() + 2) for part in (late, ~late)])
    shifts = logit(rates) - logit(np.array([won.mean()]))
    return float(shifts[0]), float(shifts[1])


def _wander(history: History, day: int, since: int) -> float:
    """By how much the log-odds of winning wander from quarter to quarter, beyond what chance explains (DerSimonian and Laird's moments, 1986)."""
    import numpy as np

    quarters = min((day - since) // QUARTER, 8)
    if quarters < 3:
        return 0.15
    closed = (history.closed <= day) & (history.closed > day - quarters * QUARTER)
    place = (day - history.closed[closed]) // QUARTER
    n = np.bincount(place, minlength=quarters).astype(float)
    wins = np.bincount(place, weights=history.won[closed], minlength=quarters)
    effect = np.log((wins + 0.5) / (n - wins + 0.5))
    weight = 1 / (1 / (wins + 0.5) + 1 / (n - wins + 0.5))
    mean = (weight * effect).sum() / weight.sum()
    spread = (weight * (effect - mean) ** 2).sum() - (quarters - 1)
    return float(np.sqrt(max(spread / (weight.sum() - (weight**2).sum() / weight.sum()), 0.0)))
