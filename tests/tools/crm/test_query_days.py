"""Time in queries: borders of days in every zone, weeks, quarters, windows, durations."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.tools.crm.few_rows import COUNT, Store, column
from tools.crm import models
from tools.crm.query import Compare, Dimension, MeasureRef, Order, Query, Window

BORDER = [
    datetime(2024, 3, 31, 15, 59, 59, tzinfo=UTC),
    datetime(2024, 3, 31, 16, tzinfo=UTC),
    datetime(2024, 4, 1, 0, tzinfo=UTC),
    datetime(2024, 4, 1, 16, tzinfo=UTC),
]


@pytest.mark.parametrize(("zone", "n"), [("UTC", "2"), ("Asia/Shanghai", "2"), ("America/New_York", "1")])
def test_window_over_points_in_time_counts_local_days(store: Store, zone: str, n: str) -> None:
    """1 April runs from 16:00 UTC of the day before in Shanghai, and from 04:00 UTC in New York's summer time."""
    store.put(models.Interaction, *({"occurred_at": at} for at in BORDER))
    window = Window(start=date(2024, 4, 1), end=date(2024, 4, 1))
    assert column(store.ask(Query(entity="interaction", measures=COUNT, window=window), zone=zone), "m0") == [n]
    listed = store.ask(Query(entity="interaction", select=("occurred_at",), window=window), zone=zone)
    assert str(len(listed.rows)) == n
    by_day = store.ask(Query(entity="interaction", measures=COUNT, dimensions=(Dimension(path="occurred_at", grain="day"),)), zone=zone)
    assert dict(zip(column(by_day, "occurred_at_day"), column(by_day, "m0"), strict=True))["2024-04-01"] == n
    equal = store.ask(Query(entity="interaction", measures=COUNT, where=Compare(path="occurred_at", values=("2024-04-01",))), zone=zone)
    assert column(equal, "m0") == [n]


def test_window_over_dates_includes_both_ends_in_every_zone(store: Store) -> None:
    store.put(models.Opportunity, *({"status": "won", "close_on": date(2024, month, day)} for month, day in ((3, 31), (4, 1), (6, 30), (7, 1))))
    quarter = Window(start=date(2024, 4, 1), end=date(2024, 6, 30))
    for zone in ("UTC", "Asia/Shanghai", "America/New_York"):
        assert column(store.ask(Query(entity="opportunity", measures=(MeasureRef(measure="won_count"),), window=quarter), zone=zone), "m0") == ["2"]


@pytest.mark.parametrize(
    ("day", "week"),
    [("2024-12-30", "2024-12-30"), ("2025-01-05", "2024-12-30"), ("2025-01-06", "2025-01-06"), ("2021-01-03", "2020-12-28"), ("2024-02-29", "2024-02-26")],
)
def test_week_is_named_by_its_monday(store: Store, day: str, week: str) -> None:
    store.put(models.Opportunity, {"opened_on": date.fromisoformat(day)})
    grouped = store.ask(Query(entity="opportunity", measures=COUNT, dimensions=(Dimension(path="opened_on", grain="week"),)))
    assert column(grouped, "opened_on_week") == [week]
    assert date.fromisoformat(week).isoweekday() == 1


def test_quarters_and_years_follow_the_calendar(store: Store) -> None:
    store.put(models.Opportunity, *({"opened_on": date(2024, month, 28)} for month in range(1, 13)), {"opened_on": date(2025, 1, 1)}, {"opened_on": None})
    quarters = store.ask(Query(entity="opportunity", measures=COUNT, dimensions=(Dimension(path="opened_on", grain="quarter"),)))
    assert column(quarters, "opened_on_quarter") == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1", None]
    assert column(quarters, "m0") == ["3", "3", "3", "3", "1", "1"]
    years = store.ask(Query(entity="opportunity", measures=COUNT, dimensions=(Dimension(path="opened_on", grain="year"),), order=(Order(path="opened_on"),)))
    assert column(years, "opened_on_year") == ["2025", "2024", None]


def test_measure_counts_by_its_own_day_unless_the_window_names_another(store: Store) -> None:
    store.put(models.Opportunity, {"status": "won", "opened_on": date(2023, 5, 1), "close_on": date(2024, 5, 1)})
    year = Window(start=date(2023, 1, 1), end=date(2023, 12, 31))
    assert column(store.ask(Query(entity="opportunity", measures=(MeasureRef(measure="won_count"),), window=year)), "m0") == ["0"]
    opened = year.model_copy(update={"path": "opened_on"})
    assert column(store.ask(Query(entity="opportunity", measures=(MeasureRef(measure="won_count"),), window=opened)), "m0") == ["1"]


def test_comparison_with_the_period_before_gives_difference_and_growth(store: Store) -> None:
    rows = [{"status": "won", "amount": Decimal(amount), "close_on": date(2024, month, 1)} for amount, month in ((100, 1), (50, 1), (200, 4), (40, 5), (9, 9))]
    store.put(models.Opportunity, *rows, {"status": "lost", "close_on": date(2024, 4, 2)})
    measures = (MeasureRef(measure="won_value"), MeasureRef(measure="win_rate"))
    now, before = Window(start=date(2024, 4, 1), end=date(2024, 6, 30)), Window(start=date(2024, 1, 1), end=date(2024, 3, 31))
    cells = store.ask(Query(entity="opportunity", measures=measures, window=now, compare=before)).rows[0].cells
    assert [cells[f"m0{end}"].value for end in ("", "_before", "_delta", "_growth")] == ["240", "150", "90", "0.6"]
    assert [cells[f"m1{end}"].value for end in ("", "_before", "_delta")] == ["0.666667", "1", "-0.333333"]
    assert "m1_growth" not in cells


def test_durations_are_exact_to_the_second(store: Store) -> None:
    opened = datetime(2024, 1, 1, tzinfo=UTC)
    store.put(models.Ticket, {"opened_at": opened, "closed_at": datetime(2024, 1, 1, 0, 1, 48, tzinfo=UTC)})
    assert column(store.ask(Query(entity="ticket", measures=(MeasureRef(measure="ticket_resolution"),))), "m0") == ["0.00125"]
    store.put(models.Ticket, {"opened_at": opened, "closed_at": None}, {"opened_at": opened, "closed_at": datetime(2024, 1, 4, 12, tzinfo=UTC)})
    assert column(store.ask(Query(entity="ticket", measures=(MeasureRef(measure="ticket_resolution"),))), "m0") == ["1.750625"]
