"""What a period brings, in all and by region, team or owner, with an interval that was checked against past periods."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tools.forecast.backtesting import Interval, Past, backtest, simulated, stretched, widening
from tools.forecast.errors import NoAmountsWon, PeriodIsOver, PeriodIsTooFar, PeriodUpsideDown, SideUnknown, TooFewDecided
from tools.forecast.history import UNKNOWN, Coded
from tools.forecast.schemas import Bracket, ExpectedDeal, PastPeriod, PeriodForecast
from tools.forecast.service import exact, records
from tools.forecast.simulating import FEWEST_WON, WEEK, Grounds, Outlook, Period, known_on, simulate
from tools.forecast.stage_weights import stage_weighted
from tools.forecast.study import Study
from tools.trace.cells import Confidence
from tools.trace.intervals import wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

DRAWS, SHOWN = 1000, 20
CENT, LEVEL = Decimal("0.01"), Decimal("0.90")


def forecast_period(study: Study, start: date, end: date, by: str | None = None) -> PeriodForecast:
    """The value won from ``start`` to ``end`` with a 90 % interval, and by ``by`` (region, team, owner, product …) where that is asked for.

    The interval holds whether open deals are won, when they are decided, what deals not created yet add, and how win rates wander; it is stretched by how far
    past values lay from what was forecast then. Raises PeriodUpsideDown, PeriodIsOver, PeriodIsTooFar, NoAmountsWon, SideUnknown and NoOpeningDays.
    """
    period, grounds = look_at(study, start, end)
    history, side = study.history, side_of(study, by)
    outlook = simulate(history, grounds, period, segments_of(side), DRAWS, study.rng(2), study.chances)
    pasts, factor = checked(study, period)
    booked = float(outlook.booked.sum())
    total = stretched(simulated(outlook), factor, booked)
    weighted = stage_weighted(study, period)
    held = [_past(past, factor) for past in pasts]
    before = (history.closed >= period.start) & (history.closed <= period.day) & history.won
    return PeriodForecast(
        start=start,
        end=end,
        as_of=study.today,
        unit=history.unit,
        basis="base_rate" if study.chances is None else "score",
        booked=exact(booked, CENT),
        from_open=exact(float(outlook.open.sum(axis=1).mean()), CENT),
        from_new=exact(float(outlook.created.sum(axis=1).mean()), CENT),
        total=confidence(total, study.decided),
        stage_weighted=None if weighted is None else exact(weighted, CENT),
        coverage=wilson(sum(each.held for each in held), len(held)),
        widening=exact(factor, CENT),
        error=_mean([abs(past.point - past.actual) for past in pasts]),
        stage_weighted_error=_stage_error(study, period, pasts),
        past=tuple(held),
        brackets=_brackets(study, outlook, side, factor) if by else (),
        deals=_expected(study, outlook),
        booked_records=records("opportunities", history.ids[before]),
        left_out=history.left_out,
    )


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


def side_of(study: Study, by: str | None) -> Coded:
    """What tells deals apart; one side for all where nothing is asked. Raises SideUnknown."""
    import numpy as np

    if by is None:
        return Coded(np.full(len(study.history.ids), UNKNOWN, np.int64), ())
    found = study.history.sides.get(by)
    if found is None or not found.levels:
        raise SideUnknown(by=by, known=", ".join(sorted(name for name, each in study.history.sides.items() if each.levels)))
    return found


def segments_of(side: Coded) -> Ints:
    """The places of deals among the levels of a side, those that name none last."""
    import numpy as np

    return np.where(side.codes == UNKNOWN, len(side.levels), side.codes)


def checked(study: Study, period: Period) -> tuple[tuple[Past, ...], float]:
    """Looks at past periods of the same kind, and by how much they ask to stretch the interval."""
    pasts = backtest(study.history, period, study.rng(3), seasonal=study.seasonal)
    return pasts, widening(pasts, period.end - period.day)


def confidence(interval: Interval, n: int) -> Confidence:
    """A 90 % interval of money; ``n`` decided deals stand behind it."""
    low, point, high = (exact(each, CENT) for each in (interval.low, interval.point, interval.high))
    return Confidence(level=LEVEL, low=min(low, point), point=point, high=max(high, point), method="bootstrap", n=n)


def _past(past: Past, factor: float) -> PastPeriod:
    wide = stretched(Interval(past.low, past.point, past.high), factor, 0.0)
    return PastPeriod(
        as_of=date.fromordinal(past.day),
        low=exact(wide.low, CENT),
        point=exact(wide.point, CENT),
        high=exact(wide.high, CENT),
        actual=exact(past.actual, CENT),
        held=wide.low <= past.actual <= wide.high,
    )


def _mean(values: list[float]) -> Decimal | None:
    return exact(sum(values) / len(values), CENT) if values else None


def _stage_error(study: Study, period: Period, pasts: tuple[Past, ...]) -> Decimal | None:
    """How far the stage-weighted sums of those days lay off, on the mean."""
    sums = [(stage_weighted(study, period.earlier(period.day - past.day)), past.actual) for past in pasts]
    return _mean([abs(told - actual) for told, actual in sums if told is not None])


def _brackets(study: Study, outlook: Outlook, side: Coded, factor: float) -> tuple[Bracket, ...]:
    """Every side that has deals, the largest first."""
    import numpy as np

    found = []
    for place in np.unique(segments_of(side)).tolist():
        level = side.levels[place] if place < len(side.levels) else None
        booked = float(outlook.booked[place])
        interval = stretched(simulated(outlook, place), factor, booked)
        name = None if level is None else study.history.labels.get(level, level)
        found.append(Bracket(name=name, booked=exact(booked, CENT), total=confidence(interval, study.decided)))
    return tuple(sorted(found, key=lambda each: (-each.total.point, each.name or "")))


def _expected(study: Study, outlook: Outlook) -> tuple[ExpectedDeal, ...]:
    """The open deals that bring most."""
    import numpy as np

    history = study.history
    found = []
    for at in np.argsort(-outlook.expected, kind="stable")[:SHOWN].tolist():
        deal = int(outlook.underway[at])
        amount = float(history.amount[deal])
        found.append(
            ExpectedDeal(
                deal=int(history.ids[deal]),
                name=history.names[deal],
                amount=None if amount != amount else exact(amount, CENT),
                expected=exact(float(outlook.expected[at]), CENT),
            )
        )
    return tuple(found)
