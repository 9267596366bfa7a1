"""Amounts: currencies told apart, converted with cited rates, never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.tools.crm.few_rows import Store, column
from tests.tools.crm.test_query_reference import book
from tools.crm import models
from tools.crm.errors import QueryNamesUnknownField
from tools.crm.query import Dimension, MeasureRef, Order, Query
from tools.crm.results import ResultSet
from tools.trace.cells import Cell, CellType, Derivation
from tools.trace.recompute import Finding, recompute

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


def test_currency_of_records_without_an_amount_needs_no_rate(store: Store) -> None:
    store.put(models.Opportunity, {"status": "won", "currency": "EUR"}, MIXED[1], {"status": "won", "amount": Decimal(14), "currency": "USD"})
    result = store.ask(WON, book({("EUR", "USD"): Decimal("1.25"), ("CNY", "USD"): Decimal("0.125")}))
    assert [(row.cells["m0"].value, row.cells["m0"].unit) for row in result.rows] == [("182", "CNY")]


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


LARGEST = Query(entity="opportunity", select=("name", "amount"), order=(Order(path="amount"),), limit=1)


def rank_of_first(result: ResultSet) -> Finding:
    """The finding on the claim that the first record has the largest amount."""
    own = result.rows[0].cells["amount_converted"]
    derivation = Derivation(formula="row_rank", operands=(own.address, "b1.o0"))
    claim = Cell(address="q1.rank", value="1", type=CellType.COUNT, derivation=derivation)
    found = recompute(result.cells() | {claim.address: claim}, {block.id: block for block in result.blocks})
    return next(each for each in found if each.address == claim.address)


def test_records_in_several_currencies_are_ranked_by_what_they_are_worth(store: Store) -> None:
    store.put(models.Opportunity, {"name": "yuan", "amount": Decimal(700), "currency": "CNY"}, {"name": "euro", "amount": Decimal("99.5"), "currency": "EUR"})
    result = store.ask(LARGEST, book({("EUR", "USD"): Decimal("1.25"), ("USD", "CNY"): Decimal("7")}, "USD"))
    cells = result.rows[0].cells
    assert (cells["name"].value, cells["amount"].unit, cells["amount_converted"].value, cells["amount_converted"].unit) == ("euro", "EUR", "124.375", "USD")
    assert (result.converted_to, result.groups, rank_of_first(result).outcome) == ("USD", 2, "ok")


def test_smallest_of_several_currencies_is_the_one_worth_least(store: Store) -> None:
    store.put(
        models.Opportunity,
        {"name": "yuan", "amount": Decimal(70), "currency": "CNY"},
        {"name": "euro", "amount": Decimal(60), "currency": "EUR"},
        {"name": "none"},
    )
    least = LARGEST.model_copy(update={"order": (Order(path="amount", descending=False),)})
    assert column(store.ask(least, book({("EUR", "CNY"): Decimal(8)})), "name") == ["yuan"]


def test_records_in_several_currencies_without_rates_are_ranked_within_each(store: Store) -> None:
    store.put(models.Opportunity, *({"name": f"{each} {i}", "amount": Decimal(i), "currency": each} for each in ("EUR", "CNY", None) for i in (1, 2)))
    result = store.ask(LARGEST)
    assert (column(result, "name"), result.mixed_currencies, result.converted_to) == (["CNY 2", "EUR 2", "None 2"], ("CNY", "EUR"), None)


def test_records_worth_the_same_are_counted_as_tied(store: Store) -> None:
    store.put(models.Opportunity, {"name": "yuan", "amount": Decimal(80), "currency": "CNY"}, {"name": "euro", "amount": Decimal(10), "currency": "EUR"})
    assert store.ask(LARGEST, book({("EUR", "CNY"): Decimal(8)})).tied == 1


def test_records_in_one_currency_are_ranked_as_they_stand(store: Store) -> None:
    store.put(models.Opportunity, {"name": "euro", "amount": Decimal(10), "currency": "EUR"}, {"name": "yuan", "currency": "CNY"})
    result = store.ask(LARGEST, book({("EUR", "CNY"): Decimal(8)}))
    assert (column(result, "name"), result.converted_to, result.mixed_currencies) == (["euro"], None, ())
