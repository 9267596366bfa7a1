"""Why one period brought more than another: shares that add up to the difference, each with its interval and records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tools.forecast.decomposing import FACTORS, split_change
from tools.forecast.errors import NothingDecidedThen, PeriodsOverlap, PeriodUpsideDown
from tools.forecast.history import UNKNOWN
from tools.forecast.looking import side_of
from tools.forecast.periods import CENT, SHOWN
from tools.forecast.schemas import Cause, ChangeExplained
from tools.forecast.service import exact, records
from tools.forecast.study import Study
from tools.trace.cells import Confidence


def explain_change(study: Study, before: tuple[date, date], after: tuple[date, date], by: str | None = None) -> ChangeExplained:
    """Why the value won in one period differs from that in another: volume, mix, win rate and deal size, adding up to the difference, 95 % intervals.

    ``by`` tells the mix apart; left out, it is the product, else the region, whichever deals name. Raises SideUnknown, PeriodUpsideDown,
    PeriodsOverlap and NothingDecidedThen.
    """
    import numpy as np

    history = study.history
    chosen = by or next((each for each in ("product", "region", "owner") if each in history.sides and (history.sides[each].codes != UNKNOWN).any()), "owner")
    side = side_of(study, chosen)
    within = []
    for start, end in (before, after):
        if end < start:
            raise PeriodUpsideDown(start=start, end=end)
        rows = (history.closed >= start.toordinal()) & (history.closed <= min(end.toordinal(), study.day))
        if not rows.any():
            raise NothingDecidedThen(start=start, end=end)
        within.append(rows)
    if (within[0] & within[1]).any():
        raise PeriodsOverlap(start=after[0], end=before[1])
    split = split_change(history, within[0], within[1], side, study.rng(4))
    difference = exact(split.after, CENT) - exact(split.before, CENT)
    shares = [exact(float(each), CENT) for each in split.share]
    shares[-1] = difference - sum(shares[:-1], Decimal(0))  # cents lost by rounding
    decided, won = within[0] | within[1], (within[0] | within[1]) & history.won
    most = np.flatnonzero(won)[np.argsort(-np.nan_to_num(history.amount[won]), kind="stable")[:SHOWN]]
    grounds = {"deal_size": records("opportunities", history.ids[most]), "win_rate": records("opportunities", history.ids[decided])}
    causes = [
        Cause(
            factor=factor,
            share=Confidence(
                level=Decimal("0.95"),
                low=min(exact(float(low), CENT), share),
                point=share,
                high=max(exact(float(high), CENT), share),
                method="cluster-bootstrap",
                n=split.clusters,
            ),
            records=grounds.get(factor, grounds["win_rate"]),
        )
        for factor, share, low, high in zip(FACTORS, shares, split.low, split.high, strict=True)
    ]
    return ChangeExplained(
        before_start=before[0],
        before_end=before[1],
        after_start=after[0],
        after_end=after[1],
        unit=history.unit,
        before=exact(split.before, CENT),
        after=exact(split.after, CENT),
        by=chosen,
        causes=tuple(sorted(causes, key=lambda each: -abs(each.share.point))),
    )
