"""Weekly counts of all accounts of a store over the time that its records cover.

Knows counts by day; neither tables nor the test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.journey.rhythm.counting import DayCount
from tools.journey.rhythm.exposure import WEEK, Busyness, monday_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]

LONGEST = 520
"""Weeks: older records than ten years say nothing of how an account buys now."""
STRAY = 0.002
"""The share of the oldest records that may be typing errors and do not open the history."""
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class History:
    """``counts`` of shape ``(accounts, weeks)`` and the week ``first`` from which each account is followed: the one after its first record.

    What came before its first record is no rhythm, and that record only makes the account one that has a rhythm.
    """

    accounts: tuple[int, ...]
    mondays: tuple[date, ...]
    counts: Counts
    first: Counts

    def place(self) -> Mapping[int, int]:
        """The row of each account."""
        return {account: row for row, account in enumerate(self.accounts)}


def end_of(days: Sequence[date], today: date) -> date:
    """The Monday of the last whole week that records may be expected for, from all days of the store.

    A store whose newest record is older than today was exported then: that nothing is known of the weeks since doesn't mean that nothing happened in them.
    """
    newest = max((day for day in days if day <= today), default=today)
    known = newest + timedelta(days=3 if newest.weekday() >= FRIDAY else 1)
    return monday_of(min(today, known)) - WEEK


def arrange(found: Sequence[DayCount], last: date, mondays: tuple[date, ...] | None = None) -> History:
    """Put counts into weeks up to the one that begins on ``last``; with ``mondays`` into exactly these."""
    import numpy as np

    weeks = mondays or _mondays(found, last)
    accounts = tuple(sorted({each.account_id for each in found}))
    rows = {account: row for row, account in enumerate(accounts)}
    counts = np.zeros((len(accounts), len(weeks)), dtype=np.int64)
    first = np.full(len(accounts), len(weeks), dtype=np.int64)
    for each in found:
        week = (monday_of(each.day) - weeks[0]).days // 7 if weeks else 0
        row = rows[each.account_id]
        if week < len(weeks):
            first[row] = min(first[row], max(week + 1, 0))
        if 0 <= week < len(weeks):
            counts[row, week] += each.count
    return History(accounts, weeks, counts, first)


def exposures(history: History, busyness: Busyness) -> Floats:
    """How busy each week is for everybody."""
    import numpy as np

    return np.array([busyness.of(monday) for monday in history.mondays])


def _mondays(found: Sequence[DayCount], last: date) -> tuple[date, ...]:
    days = sorted(each.day for each in found)
    if not days:
        return ()
    start = max(monday_of(days[int(STRAY * len(days))]), last - (LONGEST - 1) * WEEK)
    return tuple(start + week * WEEK for week in range((last - start).days // 7 + 1)) if start <= last else ()
