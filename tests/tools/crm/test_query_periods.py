"""Trends: a period in which nothing happened is part of the result, within what the records reach."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.tools.crm.few_rows import Store, column
from tools.crm import models
from tools.crm.periods import period_of, periods_between
from tools.crm.query import Compare, Dimension, Having, MeasureRef, Order, Query, Window

YEAR = Window(start=date(2026, 1, 1), end=date(2026, 12, 31))
PER_MONTH = Query(
    entity="opportunity",
    measures=(MeasureRef(measure="won_count"), MeasureRef(measure="won_value"), MeasureRef(measure="win_rate"), MeasureRef(measure="average_won_value")),
    dimensions=(Dimension(path="close_on", grain="month"),),
    window=YEAR,
)


def deal(month: int, status: str = "won", **more: object) -> dict[str, object]:
    return {"status": status, "close_on": date(2026, month, 9), "amount": Decimal(5), "currency": "EUR"} | more


def test_month_without_a_deal_counts_none_and_has_no_mean(store: Store) -> None:
    store.put(models.Opportunity, deal(1), deal(3))
    result = store.ask(PER_MONTH)
    assert column(result, "close_on_month") == ["2026-01", "2026-02", "2026-03"]
    assert [result.rows[1].cells[key].value for key in ("m0", "m1", "m2", "m3")] == ["0", "0", None, None]
    assert result.rows[1].cells["m1"].unit == "EUR"


def test_months_reach_from_the_window_as_far_as_the_records_do(store: Store) -> None:
    store.put(models.Opportunity, deal(4, region="West"), deal(6, region="East"), deal(9, "open"), deal(2, "lost", region="East"))
    result = store.ask(PER_MONTH.model_copy(update={"where": Compare(path="region", values=("West",))}))
    assert list(zip(column(result, "close_on_month"), column(result, "m0"), strict=True)) == [
        ("2026-02", "0"), ("2026-03", "0"), ("2026-04", "1"), ("2026-05", "0"), ("2026-06", "0"),
    ]  # fmt: skip


def test_month_without_a_deal_has_the_fewest(store: Store) -> None:
    store.put(models.Opportunity, deal(1), deal(3), deal(3))
    result = store.ask(PER_MONTH.model_copy(update={"order": (Order(measure=0, descending=False),), "limit": 1}))
    assert (column(result, "close_on_month"), result.groups) == (["2026-02"], 3)


def test_month_without_a_deal_is_below_a_bound(store: Store) -> None:
    store.put(models.Opportunity, deal(1), deal(3), deal(3))
    result = store.ask(PER_MONTH.model_copy(update={"having": (Having(op="lt", value="2"),)}))
    assert column(result, "close_on_month") == ["2026-01", "2026-02"]


def test_nothing_at_all_stays_nothing(store: Store) -> None:
    store.put(models.Opportunity, deal(1, "open"))
    assert store.ask(PER_MONTH).rows == ()


@pytest.mark.parametrize(
    ("first", "last", "grain", "expected"),
    [
        ("2025-Q4", "2026-Q1", "quarter", ["2025-Q4", "2026-Q1"]),
        ("2025-11", "2026-01", "month", ["2025-11", "2025-12", "2026-01"]),
        ("2025-12-22", "2026-01-05", "week", ["2025-12-22", "2025-12-29", "2026-01-05"]),
        ("2024-02-28", "2024-03-01", "day", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        ("1999", "2001", "year", ["1999", "2000", "2001"]),
        ("soon", "2001", "year", []),
        ("0001-01-01", "2001-01-01", "day", []),
    ],
)
def test_periods_between_two_are_counted_in_their_own_steps(first: str, last: str, grain: str, expected: list[str]) -> None:
    assert periods_between(first, last, grain) == expected  # type: ignore[arg-type]


def test_week_is_called_by_its_monday() -> None:
    assert period_of(date(2026, 1, 1), "week") == "2025-12-29"
