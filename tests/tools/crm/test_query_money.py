"""Amounts: currencies told apart, converted with cited rates, never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.tools.crm.few_rows import Store
from tests.tools.crm.test_query_reference import book
from tools.crm import models
from tools.crm.errors import QueryNamesUnknownField
from tools.crm.query import Dimension, MeasureRef, Query

MIXED = [{"status": "won", "amount": Decimal(100), "currency": "EUR"}, {"status": "won", "amount": Decimal(70), "currency": "CNY"}]
WON = Query(entity="opportunity", measures=(MeasureRef(measure="won_value"), MeasureRef(measure="average_won_value")))


def test_mixed_currencies_without_rates_are_told_apart(store: Store) -> None:
    store.put(models.Opportunity, *MIXED)
    result = store.ask(WON)
    assert [(row.cells["currency"].value, row.cells["m0"].value, row.cells["m0"].unit) for row in result.rows] == [("CNY", "70", "CNY"), ("EUR", "100", "EUR")]
    assert result.mixed_currencies == ("CNY", "EUR")


def test_mixed_currencies_are_converted_with_cited_rates(store: Store) -> None:
    store.put(models.Opportunity, *MIXED)
    result = store.ask(WON, book({("EUR", "USD"): Decimal("1.25"), ("CNY", "USD"): Decimal("0.14")}, "USD"))
    cells = result.rows[0].cells
    assert (cells["m0"].value, cells["m0"].unit, cells["m1"].value, result.converted_to) == ("134.8", "USD", "67.4", "USD")
    assert {cell.sources[0].record for cell in result.support if cell.sources} == {"R0", "R1"}


def test_rate_known_the_other_way_round_is_turned(store: Store) -> None:
    store.put(models.Opportunity, *MIXED)
    result = store.ask(WON, book({("EUR", "CNY"): Decimal("8")}, "EUR"))
    assert (result.rows[0].cells["m0"].value, result.converted_to) == ("108.75", "EUR")


def test_currency_of_records_without_an_amount_does_not_matter(store: Store) -> None:
    store.put(models.Opportunity, MIXED[0], {"status": "won", "currency": "CNY"}, {"status": "won", "currency": None})
    result = store.ask(WON)
    assert (result.rows[0].cells["m0"].value, result.rows[0].cells["m0"].unit, result.mixed_currencies) == ("100", "EUR", ())


def test_amount_without_a_currency_is_never_given_one(store: Store) -> None:
    store.put(models.Opportunity, *MIXED, {"status": "won", "amount": Decimal(5)})
    result = store.ask(WON, book({("EUR", "CNY"): Decimal(8)}))
    assert [(row.cells["currency"].value, row.cells["m0"].unit, row.cells["m0"].value) for row in result.rows] == [
        ("CNY", "CNY", "70"),
        ("EUR", "EUR", "100"),
        (None, None, "5"),
    ]


def test_extremes_over_several_currencies_are_told_apart_even_with_rates(store: Store) -> None:
    store.put(models.Opportunity, *MIXED)
    result = store.ask(Query(entity="opportunity", measures=(MeasureRef(fold="max", path="amount"),)), book({("EUR", "CNY"): Decimal(8)}))
    assert result.mixed_currencies == ("CNY", "EUR")


def test_share_of_split_amounts_is_within_one_currency(store: Store) -> None:
    store.put(models.Opportunity, *({**MIXED[0], "region": region} for region in "AAAB"), {**MIXED[1], "region": "A"})
    result = store.ask(Query(entity="opportunity", measures=(MeasureRef(measure="won_value", share=True),), dimensions=(Dimension(path="region"),)))
    shares = [(row.cells["region"].value, row.cells["currency"].value, row.cells["m0_share"].value) for row in result.rows]
    assert shares == [("A", "CNY", "1"), ("A", "EUR", "0.75"), ("B", "EUR", "0.25")]


def test_amounts_of_what_is_referred_to_carry_its_currency(store: Store) -> None:
    store.put(models.Account, {"id": 1, "name": "A", "revenue": Decimal(9), "currency": "JPY"})
    store.put(models.Opportunity, {"account_id": 1, "currency": "USD", "amount": Decimal(1)})
    assert store.ask(Query(entity="opportunity", measures=(MeasureRef(fold="sum", path="account.revenue"),))).rows[0].cells["m0"].unit == "JPY"
    both = (MeasureRef(fold="sum", path="account.revenue"), MeasureRef(measure="deal_value"))
    with pytest.raises(QueryNamesUnknownField):
        store.ask(Query(entity="opportunity", measures=both))
