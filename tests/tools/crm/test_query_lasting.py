"""Durations between two fields, ages up to a day, and bounds on how long something took."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.tools.crm.few_rows import COUNT, Store, column
from tools.crm import models
from tools.crm.errors import QueryNamesUnknownField, QueryValueMalformed
from tools.crm.query import Dimension, Lasted, MeasureRef, Not, Query

OPENED = datetime(2026, 3, 1, 12, tzinfo=UTC)


def tickets(store: Store, *hours: int | None) -> None:
    rows = [{"opened_at": OPENED, "closed_at": OPENED + timedelta(hours=each) if each is not None else None} for each in hours]
    store.put(models.Ticket, *rows)


@pytest.mark.parametrize(("fold", "days"), [("avg", "2"), ("median", "2"), ("min", "1"), ("max", "3")])
def test_days_between_two_fields_are_folded_over_records_that_have_both(store: Store, fold: Any, days: str) -> None:
    tickets(store, 24, 72, None)
    query = Query(entity="ticket", measures=(MeasureRef(fold=fold, since="opened_at", path="closed_at"),))
    cell = store.ask(query).rows[0].cells["m0"]
    assert (cell.value, cell.unit) == (days, "day")


def test_age_counts_local_days_up_to_the_day_given(store: Store) -> None:
    store.put(models.Ticket, {"opened_at": datetime(2026, 3, 1, 20, tzinfo=UTC)}, {"opened_at": None})
    query = Query(entity="ticket", measures=(MeasureRef(fold="avg", since="opened_at", upto=date(2026, 3, 11)),))
    assert column(store.ask(query), "m0") == ["10"]
    assert column(store.ask(query, zone="Asia/Shanghai"), "m0") == ["9"]


def test_age_by_group_is_that_of_each_group(store: Store) -> None:
    store.put(models.Opportunity, *({"status": status, "opened_on": date(2026, 1, day)} for status, day in (("open", 1), ("open", 3), ("won", 11))))
    query = Query(entity="opportunity", measures=(MeasureRef(fold="avg", since="opened_on", upto=date(2026, 1, 21)),), dimensions=(Dimension(path="status"),))
    found = store.ask(query)
    assert dict(zip(column(found, "status"), column(found, "m0"), strict=True)) == {"open": "19", "won": "10"}


@pytest.mark.parametrize(("op", "n"), [("gt", "1"), ("ge", "2"), ("lt", "1"), ("le", "2")])
def test_bound_on_what_it_took_counts_whole_seconds(store: Store, op: Any, n: str) -> None:
    tickets(store, 47, 48, 49, None)
    assert column(store.ask(Query(entity="ticket", measures=COUNT, where=Lasted(path="closed_at", since="opened_at", op=op, days="2"))), "m0") == [n]


def test_record_without_an_end_is_neither_longer_nor_shorter_but_is_not_longer(store: Store) -> None:
    tickets(store, None)
    longer = Lasted(path="closed_at", since="opened_at", days="2")
    assert column(store.ask(Query(entity="ticket", measures=COUNT, where=longer)), "m0") == ["0"]
    assert column(store.ask(Query(entity="ticket", measures=COUNT, where=Not(part=longer))), "m0") == ["1"]


@pytest.mark.parametrize(
    "ref",
    [
        MeasureRef(fold="sum", since="opened_at", path="closed_at"),
        MeasureRef(fold="avg", since="opened_at"),
        MeasureRef(fold="avg", since="opened_at", path="subject"),
        MeasureRef(fold="avg", since="opened_at", path="closed_at", upto=date(2026, 1, 1)),
    ],
)
def test_duration_that_makes_no_sense_is_refused(store: Store, ref: MeasureRef) -> None:
    with pytest.raises(QueryNamesUnknownField):
        store.ask(Query(entity="ticket", measures=(ref,)))


def test_bound_that_is_no_number_of_days_is_refused(store: Store) -> None:
    with pytest.raises(QueryValueMalformed):
        store.ask(Query(entity="ticket", measures=COUNT, where=Lasted(path="closed_at", since="opened_at", days="soon")))
