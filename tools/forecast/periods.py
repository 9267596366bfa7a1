"""What a period brings, in all and by region, team or owner, with an interval that was checked against past periods."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tools.forecast.backtesting import Interval, Past, stretched
from tools.forecast.looking import Look, look, segments_of
from tools.forecast.schemas import Bracket, ExpectedDeal, PastPeriod, PeriodForecast
from tools.forecast.service import exact, records
from tools.forecast.simulating import Outlook, Period
from tools.forecast.stage_weights import stage_weighted
from tools.forecast.study import Study
from tools.trace.cells import Confidence
from tools.trace.intervals import wilson

SHOWN = 20
CENT, LEVEL = Decimal("0.01"), Decimal("0.90")


def forecast_period(study: Study, start: date, end: date, by: str | None = None) -> PeriodForecast:
    """The value won from ``start`` to ``end`` with a 90 % interval, and by ``by`` (region, team, owner, product …) where that is asked for.

    The interval holds whether open deals are won, when they are decided, what deals not created yet add, and how win rates wander; it is stretched by how far
    past values lay from what was forecast then. Raises PeriodUpsideDown, PeriodIsOver, PeriodIsTooFar, NoAmountsWon, SideUnknown and NoOpeningDays.
    """
    seen, history = look(study, start, end, by), study.history
    period, outlook, pasts, factor, booked = seen.period, seen.outlook, seen.pasts, seen.factor, seen.booked()
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
        total=confidence(seen.interval(), study.decided),
        stage_weighted=None if weighted is None else exact(weighted, CENT),
        coverage=wilson(sum(each.held for each in held), len(held)),
        widening=exact(factor, CENT),
        error=_mean([abs(past.point - past.actual) for past in pasts]),
        stage_weighted_error=_stage_error(study, period, pasts),
        past=tuple(held),
        brackets=_brackets(study, seen),
        deals=_expected(study, outlook),
        booked_records=records("opportunities", history.ids[before]),
        left_out=history.left_out,
    )


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


def _brackets(study: Study, seen: Look) -> tuple[Bracket, ...]:
    """Every side that has deals, the largest first."""
    import numpy as np

    side, found = seen.side, []
    if side is None:
        return ()
    for place in np.unique(segments_of(side)).tolist():
        level = side.levels[place] if place < len(side.levels) else None
        name = None if level is None else study.history.labels.get(level, level)
        found.append(Bracket(name=name, booked=exact(seen.booked(place), CENT), total=confidence(seen.interval(place), study.decided)))
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
