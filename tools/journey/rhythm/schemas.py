"""A changed rhythm as it leaves this room: what changed, since when, by how much, on which weeks and records it rests, and how often such an alert is false."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from tools.journey.rhythm.counting import Counted, Series
from tools.trace.cells import Confidence, EvidenceBlock, Frozen

Direction = Literal["up", "down"]


class CitedWeek(Frozen):
    """One week since the change: what was counted, and what the account's own past lets expect in a week as busy as this one."""

    monday: date
    count: int
    expected: Decimal
    busyness: Decimal
    """1 for an ordinary week; less where holidays fall into it."""


class Past(Frozen):
    """The account's rhythm before the change: from which week, over how many weeks, how many records, and what that makes an ordinary week."""

    since: date
    weeks: int
    count: int
    a_week: Decimal


class RhythmAlert(Frozen):
    """A sudden change of one account's rhythm.

    ``noticed`` is the Monday of the week after which it was noticed, ``changed`` the Monday since which the rhythm is most likely another. ``ratio`` is the
    rate since then over the rate before; its interval takes the change's week as given, so it is a little too narrow. ``excess`` is by how much the
    statistic passed its threshold (log-likelihood units). ``false_alarms_a_year`` is the stated rate: of this series, an account and year, both
    directions together.
    """

    account_id: int
    account: str
    series: Series
    counted: Counted
    direction: Direction
    chart: str
    noticed: date
    changed: date
    past: Past
    weeks: tuple[CitedWeek, ...]
    count: int
    expected: Decimal
    ratio: Confidence
    dispersion: Decimal
    excess: Decimal
    false_alarms_a_year: Decimal
    records: EvidenceBlock
    """The records counted, of the weeks before (``week`` before ``changed``) and since."""


class SeriesCounted(Frozen):
    """What was looked at: which records stand for the series, over which weeks, of how many accounts."""

    series: Series
    counted: Counted
    first: date
    last: date
    accounts: int
    dispersion: Decimal
    """Variance over mean of weekly counts, the mean over accounts; 1 is pure chance."""
    expected_false_alarms: Decimal
    """How many of the alerts of the asked weeks are false on average, at the stated rate, if nothing changed at any account."""


class RhythmReport(Frozen):
    """Alerts, the clearest first, and what they were looked for in. A series that the store has no records for is not in ``series``."""

    alerts: tuple[RhythmAlert, ...]
    series: tuple[SeriesCounted, ...]
