"""Days of a meaning are kept as rules that lead from today to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tools.crm.query import Between
from tools.definitions.errors import PeriodCannotBeKept
from tools.definitions.relative import kept, resolved
from tools.definitions.schemas import Meaning

TODAY, LATER = date(2026, 3, 18), date(2027, 11, 5)


def meaning(low: date) -> Meaning:
    return Meaning(entity="opportunity", where=Between(path="close_on", low=low.isoformat()))


@pytest.mark.parametrize(
    "rule",
    [
        lambda day: day - timedelta(days=30),
        lambda day: day.replace(day=1),
        lambda day: date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
        lambda day: date(day.year, 12, 31),
        lambda day: day - timedelta(days=day.weekday()),
        lambda day: date(2024, 5, 6),
    ],
)
def test_day_is_found_again_by_its_rule_on_another_day(rule: Callable[[date], date]) -> None:
    found = kept(lambda day: meaning(rule(day)), TODAY)

    assert resolved(found, LATER) == meaning(rule(LATER))


def test_days_without_a_rule_are_refused() -> None:
    with pytest.raises(PeriodCannotBeKept):
        kept(lambda day: meaning(date(2020, 1, 1) + timedelta(days=day.toordinal() * 37 % 500)), TODAY)
