"""Amounts in the currency that a question names: converted by cited rates, else only what is recorded in it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from prompts.words import say
from tests.tools.crm.few_rows import COUNT, Store, column
from tests.tools.crm.test_query_reference import book
from tools.crm import models
from tools.crm.asked_currency import restricted_to
from tools.crm.errors import CurrencyUnknown
from tools.crm.query import Compare, MeasureRef, Query

RATES = book({("EUR", "USD"): Decimal("1.25"), ("CNY", "USD"): Decimal("0.2")}, "EUR")
TOTAL = (MeasureRef(fold="sum", path="amount"),)


def deals(store: Store, *amounts: tuple[int, str | None]) -> None:
    store.put(models.Opportunity, *({"status": "won", "amount": Decimal(amount), "currency": currency} for amount, currency in amounts))


def test_amounts_in_several_currencies_are_given_in_the_one_asked_for(store: Store) -> None:
    deals(store, (100, "EUR"), (50, "CNY"), (5, "USD"))
    result = store.ask(Query(entity="opportunity", measures=TOTAL, currency="USD"), RATES)
    cell = result.rows[0].cells["m0"]
    assert (cell.value, cell.unit, result.converted_to) == ("140", "USD", "USD")
    assert {each.sources[0].record for each in result.support if each.sources} == {"R0", "R1"}


def test_amounts_in_one_other_currency_are_converted_too(store: Store) -> None:
    deals(store, (100, "EUR"))
    cell = store.ask(Query(entity="opportunity", measures=TOTAL, currency="USD"), RATES).rows[0].cells["m0"]
    assert (cell.value, cell.unit) == ("125", "USD")


@pytest.mark.parametrize("measure", [MeasureRef(fold="sum", path="amount"), MeasureRef(fold="max", path="amount")])
def test_without_a_rate_only_the_records_in_that_currency_count_and_the_result_says_so(store: Store, measure: MeasureRef) -> None:
    deals(store, (100, "EUR"), (50, "CNY"), (9, None))
    asked = Query(entity="opportunity", measures=(measure,), currency="CNY")
    result = store.ask(asked)
    assert (column(result, "m0"), result.rows[0].cells["m0"].unit) == (["50"], "CNY")
    assert restricted_to(asked, result.query) == "CNY"


def test_currency_of_no_record_and_no_rate_is_refused_by_name(store: Store) -> None:
    deals(store, (100, "EUR"), (50, "CNY"))
    with pytest.raises(CurrencyUnknown) as refused:
        store.ask(Query(entity="opportunity", measures=TOTAL, currency="GBP"), RATES)
    assert "GBP" in say(refused.value.key, "en", **refused.value.data)


def test_bound_in_a_currency_is_held_against_converted_amounts(store: Store) -> None:
    deals(store, (100, "EUR"), (120, "USD"), (600, "CNY"), (630, "CNY"))
    over = Compare(path="amount", op="gt", values=("124",), currency="USD")
    asked = Query(entity="opportunity", select=("amount",), where=over)
    result = store.ask(asked, RATES)
    assert sorted(column(result, "amount"), key=str) == ["100", "630"]
    assert restricted_to(asked, result.query) is None


def test_bound_in_a_currency_without_rates_counts_only_records_in_it(store: Store) -> None:
    deals(store, (100, "EUR"), (200, "CNY"), (50, "CNY"))
    asked = Query(entity="opportunity", measures=COUNT, where=Compare(path="amount", op="gt", values=("60",), currency="CNY"))
    result = store.ask(asked)
    assert column(result, "m0") == ["1"]
    assert restricted_to(asked, result.query) == "CNY"


def test_what_a_planner_wrote_as_worth_is_overwritten(store: Store) -> None:
    deals(store, (100, "EUR"), (1, "CNY"))
    forged = Compare(path="amount", op="gt", values=("90",), currency="EUR", worth=(("CNY", "0"),))
    assert column(store.ask(Query(entity="opportunity", measures=COUNT, where=forged)), "m0") == ["1"]
