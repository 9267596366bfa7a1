"""Two columns of one record against each other: bounds with a factor, one sum over or less another, and the share of records that fulfil a comparison."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.tools.crm.few_rows import COUNT, Store, column
from tools.crm import models
from tools.crm.errors import QueryNamesUnknownField, QueryValueMalformed
from tools.crm.query import Beside, Dimension, Lasted, MeasureRef, Not, Order, Query
from tools.trace.cells import CellType


def budgets(store: Store, *pairs: tuple[str | None, str | None], currency: str | None = "EUR", period: str = "Q1") -> None:
    rows = [{"amount": a and Decimal(a), "spent": s and Decimal(s), "currency": currency, "period": period} for a, s in pairs]
    store.put(models.Budget, *rows)


@pytest.mark.parametrize(
    ("op", "factor", "n"),
    [("gt", "1", "1"), ("ge", "1", "2"), ("lt", "1", "2"), ("le", "1", "3"), ("lt", "0.5", "0"), ("le", "0.5", "1"), ("gt", "1.25", "0"), ("ge", "1.25", "1")],
)
def test_amount_is_held_against_a_part_of_another(store: Store, op: Any, factor: str, n: str) -> None:
    budgets(store, ("100", "50"), ("100", "99.99"), ("100", "100"), ("100", "125"), ("100", None), (None, "5"))
    where = Beside(path="spent", other="amount", op=op, factor=factor)
    assert column(store.ask(Query(entity="budget", measures=COUNT, where=where)), "m0") == [n]


def test_record_without_one_of_the_two_fulfils_neither_side_but_the_denial(store: Store) -> None:
    budgets(store, ("100", None))
    above = Beside(path="spent", other="amount")
    assert column(store.ask(Query(entity="budget", measures=COUNT, where=above)), "m0") == ["0"]
    assert column(store.ask(Query(entity="budget", measures=COUNT, where=Not(part=above))), "m0") == ["1"]


def test_ratio_and_difference_are_of_records_that_hold_both_and_cite_both_sums(store: Store) -> None:
    budgets(store, ("100", "50"), ("300", "150"), ("900", None), (None, "700"))
    measures = (MeasureRef(fold="sum", path="spent", over="amount"), MeasureRef(fold="sum", path="amount", less="spent"))
    found = store.ask(Query(entity="budget", measures=measures))
    ratio, difference = (found.rows[0].cells[key] for key in ("m0", "m1"))
    assert (ratio.value, ratio.type, ratio.unit) == ("0.5", CellType.RATE, None)
    assert (difference.value, difference.type, difference.unit) == ("200", CellType.MONEY, "EUR")
    cells = {address: cell.value for address, cell in found.cells().items()}
    assert [cells[address] for address in ratio.derivation.operands] == ["200", "400"]  # type: ignore[union-attr]
    assert [cells[address] for address in difference.derivation.operands] == ["400", "200"]  # type: ignore[union-attr]


def test_ratio_of_what_is_owed_counts_records_of_which_nothing_was_paid(store: Store) -> None:
    budgets(store, ("100", "50"), ("100", None), (None, "700"))
    assert column(store.ask(Query(entity="budget", measures=(MeasureRef(fold="sum", path="spent", over="amount", owed=True),))), "m0") == ["0.25"]


def test_ratio_of_nothing_is_no_figure(store: Store) -> None:
    budgets(store, ("0", "5"))
    assert column(store.ask(Query(entity="budget", measures=(MeasureRef(fold="sum", path="spent", over="amount"),))), "m0") == [None]


def test_ratio_by_group_is_that_of_each_group_and_ranks_them(store: Store) -> None:
    budgets(store, ("100", "90"), period="Q1")
    budgets(store, ("100", "20"), ("100", "40"), period="Q2")
    query = Query(
        entity="budget", measures=(MeasureRef(fold="sum", path="spent", over="amount"),), dimensions=(Dimension(path="period"),), order=(Order(measure=0),)
    )
    found = store.ask(query)
    assert list(zip(column(found, "period"), column(found, "m0"), strict=True)) == [("Q1", "0.9"), ("Q2", "0.3")]


@pytest.mark.parametrize(("op", "share", "n"), [("gt", "0.333333", "3"), ("le", "0.666667", "3")])
def test_share_of_a_comparison_leaves_out_records_that_it_cannot_tell_of(store: Store, op: Any, share: str, n: str) -> None:
    budgets(store, ("100", "50"), ("100", "100"), ("100", "101"), ("100", None))
    found = store.ask(Query(entity="budget", measures=(MeasureRef(fold="count", part=Beside(path="spent", other="amount", op=op)),)))
    cell = found.rows[0].cells["m0"]
    cells = {address: each.value for address, each in found.cells().items()}
    assert (cell.value, cells[cell.derivation.operands[1]]) == (share, n)  # type: ignore[union-attr]
    assert {"m0_low", "m0_high"} <= set(found.rows[0].cells)


def test_share_of_days_in_order_counts_those_with_both_days(store: Store) -> None:
    days = (("2026-01-05", "2026-01-04"), ("2026-01-05", "2026-01-05"), ("2026-01-05", "2026-01-06"), ("2026-01-05", None))
    store.put(models.Budget, *({"start_on": date.fromisoformat(a), "end_on": b and date.fromisoformat(b)} for a, b in days))
    on_time = Lasted(path="end_on", since="start_on", op="le", days="0")
    assert column(store.ask(Query(entity="budget", measures=(MeasureRef(fold="count", part=on_time),))), "m0") == ["0.666667"]


@pytest.mark.parametrize(
    "ref",
    [
        MeasureRef(fold="avg", path="spent", over="amount"),
        MeasureRef(fold="sum", path="spent", over="amount", less="amount"),
        MeasureRef(fold="sum", path="spent", over="start_on"),
        MeasureRef(fold="sum", path="spent", part=Beside(path="spent", other="amount")),
    ],
)
def test_figure_of_two_fields_that_makes_no_sense_is_refused(store: Store, ref: MeasureRef) -> None:
    with pytest.raises(QueryNamesUnknownField):
        store.ask(Query(entity="budget", measures=(ref,)))


@pytest.mark.parametrize("factor", ["0", "-1", "much", "1001", "0.0001"])
def test_factor_that_no_part_of_an_amount_is_said_by_is_refused(store: Store, factor: str) -> None:
    with pytest.raises(QueryValueMalformed):
        store.ask(Query(entity="budget", measures=COUNT, where=Beside(path="spent", other="amount", factor=factor)))
