"""Makes a change at an account out of a rhythm alert, keeping what it rests on."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tools.journey.reconstruction.schemas import Change
from tools.journey.rhythm.schemas import RhythmAlert
from tools.journey.rhythm.telling import tell
from tools.journey.weights import Named
from tools.trace.cells import Contribution


def change_of(alert: RhythmAlert) -> Change:
    """The change that an alert tells; each cited week contributes what came more or less than was to be expected."""
    return Change(
        account_id=alert.account_id,
        kind="rhythm",
        direction=alert.direction,
        since=alert.changed,
        noticed=alert.noticed + timedelta(days=6),
        said=Named(zh=tell(alert, "zh"), en=tell(alert, "en")),
        ratio=alert.ratio,
        contributions=tuple(
            Contribution(evidence=f"{alert.series}:{week.monday.isoformat()}", weight=Decimal(1), effect=week.count - week.expected) for week in alert.weeks
        ),
        records=(alert.records,),
    )


def sure_factor(change: Change) -> Decimal:
    """How many times the rate changed at least: the end of the interval that is nearer to 1, as a number of at least 1; 1 where the interval holds it."""
    low, high = change.ratio.low, change.ratio.high
    if change.direction == "up":
        return max(low, Decimal(1))
    return 1 / high if 0 < high < 1 else Decimal(1) if high >= 1 else Decimal(1000)
