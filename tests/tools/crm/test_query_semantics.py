"""What a query means at the edges: empty fields, scripts, folds, ties, references."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.tools.crm.few_rows import COUNT, Store, accounts, column, names
from tests.tools.crm.query_rows import AS_OF
from tools.crm import models
from tools.crm.errors import QueryNamesUnknownField, QueryValueMalformed
from tools.crm.query import Between, Compare, Dimension, Exists, Having, MeasureRef, Not, Order, Query, Unlike, Window

# -- empty fields -----------------------------------------------------------------------------------------------------


def test_empty_field_is_unequal_to_every_value(store: Store) -> None:
    store.put(models.Account, {"name": "A", "sector": "retail"}, {"name": "B", "sector": None}, {"name": "C", "sector": "bank"})
    assert names(store.ask(accounts(Compare(path="sector", op="ne", values=("retail",))))) == ["B", "C"]
    assert names(store.ask(accounts(Not(part=Compare(path="sector", values=("retail",)))))) == ["B", "C"]
    assert names(store.ask(accounts(Not(part=Compare(path="sector", op="contains", values=("e",)))))) == ["B", "C"]


def test_empty_text_counts_as_empty(store: Store) -> None:
    store.put(models.Account, {"name": "A", "sector": ""}, {"name": "B", "sector": None}, {"name": "C", "sector": "x"})
    assert names(store.ask(accounts(Compare(path="sector", op="is_null")))) == ["A", "B"]
    grouped = store.ask(Query(entity="account", measures=COUNT, dimensions=(Dimension(path="sector"),)))
    assert list(zip(column(grouped, "sector"), column(grouped, "m0"), strict=True)) == [("x", "1"), (None, "2")]


def test_several_values_mean_any_of_them(store: Store) -> None:
    store.put(models.Account, {"name": "A", "employees": 1}, {"name": "B", "employees": 5}, {"name": "C", "employees": 9})
    assert names(store.ask(accounts(Compare(path="employees", op="gt", values=("7", "3"))))) == ["B", "C"]
    assert names(store.ask(accounts(Compare(path="employees", op="ne", values=("1", "9"))))) == ["B"]


def test_bound_between_two_whole_numbers_is_not_rounded_across_them(store: Store) -> None:
    store.put(models.Account, {"name": "A", "employees": 1}, {"name": "B", "employees": 2})
    assert names(store.ask(accounts(Compare(path="employees", op="gt", values=("1.5",))))) == ["B"]
    assert names(store.ask(accounts(Compare(path="employees", op="le", values=("1.5",))))) == ["A"]
    assert names(store.ask(accounts(Compare(path="employees", values=("1.5",))))) == []
    assert names(store.ask(accounts(Between(path="employees", low="0.6", high="1.9")))) == ["A"]


@pytest.mark.parametrize("value", ["many", "NaN", "--1", ""])
def test_value_that_is_no_number_is_refused(store: Store, value: str) -> None:
    with pytest.raises(QueryValueMalformed):
        store.ask(accounts(Compare(path="employees", op="gt", values=(value,))))


@pytest.mark.parametrize("value", ["99999999999999999999999", "-99999999999999999999999", "1e99999", "Infinity"])
def test_number_wider_than_any_column_compares_as_such(store: Store, value: str) -> None:
    store.put(models.Account, {"name": "A", "employees": 1})
    assert names(store.ask(accounts(Compare(path="employees", op="lt", values=(value,))))) == ([] if value.startswith("-") else ["A"])


# -- texts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "found"), [("%", ["100%"]), ("_", ["a_b"]), ("\\", ["back\\slash"]), ("/", []), ("0%", ["100%"])])
def test_signs_of_patterns_are_ordinary_letters(store: Store, text: str, found: list[str]) -> None:
    store.put(models.Account, *({"name": name} for name in ("100%", "a_b", "axb", "back\\slash")))
    assert names(store.ask(accounts(Compare(path="name", op="contains", values=(text,))))) == found


def test_contains_knows_no_case_in_any_script(store: Store) -> None:
    store.put(models.Account, *({"name": name} for name in ("ÉCLAIR", "Ünlü", "华为技术", "acme")))
    for text, found in (("éclair", "ÉCLAIR"), ("ÜNL", "Ünlü"), ("华为", "华为技术"), ("ACME", "acme")):
        assert names(store.ask(accounts(Compare(path="name", op="contains", values=(text,))))) == [found]


def test_texts_sort_by_code_point_on_both_databases(store: Store) -> None:
    spelled = ["zeta", "北京", "Émile", "Alpha", "_x", "alpha", "上海", "Zeta", "a b", "a-b", "ab", "😀", "﹏"]
    store.put(models.Account, *({"name": name, "sector": name} for name in spelled))
    assert names(store.ask(accounts(None))) == sorted(spelled)
    grouped = store.ask(Query(entity="account", measures=COUNT, dimensions=(Dimension(path="sector"),)))
    assert column(grouped, "sector") == sorted(spelled)
    assert names(store.ask(accounts(Between(path="name", low="a", high="b")))) == sorted(each for each in spelled if "a" <= each <= "b")


# -- figures ----------------------------------------------------------------------------------------------------------


def test_rate_has_the_score_interval_of_wilson(store: Store) -> None:
    store.put(models.Opportunity, *({"status": "won" if i < 81 else "lost", "close_on": date(2024, 1, 1)} for i in range(263)))
    cells = store.ask(Query(entity="opportunity", measures=(MeasureRef(measure="win_rate"),))).rows[0].cells
    bounds = [f"{Decimal(cells[key].value or 0):.4f}" for key in ("m0_low", "m0_high")]
    assert (cells["m0"].value, bounds) == ("0.307985", ["0.2553", "0.3662"])  # 81 of 263: Newcombe (1998), Statistics in Medicine 17, 857-872, table I


def test_rate_of_nothing_is_unknown(store: Store) -> None:
    store.put(models.Opportunity, {"status": "open"})
    row = store.ask(Query(entity="opportunity", measures=(MeasureRef(measure="win_rate"), MeasureRef(measure="average_won_value")))).rows[0]
    assert row.cells["m0"].value is None
    assert "m0_low" not in row.cells
    assert row.cells["m1"].value is None


def test_shares_of_all_groups_add_up_to_one(store: Store) -> None:
    store.put(models.Opportunity, *({"status": "won", "region": region, "amount": Decimal(amount)} for region, amount in (("A", 5), ("B", 15), (None, 20))))
    query = Query(entity="opportunity", measures=(MeasureRef(measure="won_value", share=True),), dimensions=(Dimension(path="region"),))
    assert column(store.ask(query), "m0_share") == ["0.125", "0.375", "0.5"]
    one = store.ask(query.model_copy(update={"only": ("B",)}))
    assert (column(one, "m0_share"), one.groups) == (["0.375"], 1)


@pytest.mark.parametrize("fold", ["avg", "max", "median", "count_distinct"])
def test_figure_that_does_not_add_up_has_no_share(store: Store, fold: str) -> None:
    store.put(models.Opportunity, {"region": "A", "amount": Decimal(5)}, {"region": "B", "amount": Decimal(5)})
    ref = MeasureRef(fold=fold, path="amount", share=True)  # type: ignore[arg-type]
    assert "m0_share" not in store.ask(Query(entity="opportunity", measures=(ref,), dimensions=(Dimension(path="region"),))).rows[0].cells


@pytest.mark.parametrize(("fold", "value"), [("median", "2.5"), ("count_distinct", "3"), ("count", "4"), ("avg", "3.25"), ("min", "1"), ("max", "8")])
def test_folds_leave_out_what_is_empty(store: Store, fold: str, value: str) -> None:
    store.put(models.Opportunity, *({"quantity": each} for each in (Decimal(1), Decimal(2), Decimal(2), Decimal(8), None)))
    expected = "2" if fold == "median" else value
    assert column(store.ask(Query(entity="opportunity", measures=(MeasureRef(fold=fold, path="quantity"),))), "m0") == [expected]  # type: ignore[arg-type]


def test_dates_can_be_first_or_last_but_not_added(store: Store) -> None:
    store.put(models.Opportunity, {"close_on": date(2024, 2, 29)}, {"close_on": date(2023, 1, 1)}, {})
    assert column(store.ask(Query(entity="opportunity", measures=(MeasureRef(fold="max", path="close_on"),))), "m0") == ["2024-02-29"]
    with pytest.raises(QueryNamesUnknownField):
        store.ask(Query(entity="opportunity", measures=(MeasureRef(fold="avg", path="close_on"),)))


# -- order and ties ---------------------------------------------------------------------------------------------------


def test_limit_through_equal_groups_says_how_many_were_left_out(store: Store) -> None:
    store.put(
        models.Opportunity, *({"region": region, "amount": Decimal(1)} for region in "dacbe"), {"region": "top", "amount": Decimal(9)}, {"amount": Decimal(1)}
    )
    query = Query(
        entity="opportunity", measures=(MeasureRef(measure="deal_value"),), dimensions=(Dimension(path="region"),), order=(Order(measure=0),), limit=3
    )
    result = store.ask(query)
    assert column(result, "region") == ["top", "a", "b"]
    assert (result.groups, result.tied) == (7, 3)
    assert store.ask(query.model_copy(update={"limit": 1})).tied == 0
    assert store.ask(query.model_copy(update={"limit": 6})).tied == 0


def test_limit_through_equal_records_says_how_many_were_left_out(store: Store) -> None:
    store.put(models.Account, *({"name": name, "employees": n} for name, n in (("A", 5), ("B", 5), ("C", 5), ("D", 9), ("E", None))))
    result = store.ask(Query(entity="account", select=("name",), order=(Order(path="employees"),), limit=2))
    assert (names(result), result.groups, result.tied) == (["D", "A"], 5, 2)


def test_groups_without_a_key_come_last_whatever_the_order(store: Store) -> None:
    store.put(models.Opportunity, {"region": "A"}, {}, {}, {})
    for descending in (True, False):
        query = Query(entity="opportunity", measures=COUNT, dimensions=(Dimension(path="region"),), order=(Order(measure=0, descending=descending),))
        assert column(store.ask(query), "region") == ["A", None]


def test_having_limits_groups_and_their_count(store: Store) -> None:
    store.put(models.Opportunity, *({"region": region} for region in "AAABBC"))
    query = Query(entity="opportunity", measures=COUNT, dimensions=(Dimension(path="region"),), having=(Having(value="2"),), order=(Order(measure=0),), limit=1)
    result = store.ask(query)
    assert (column(result, "region"), result.groups) == (["A"], 2)


@pytest.mark.parametrize(
    "change",
    [
        {"having": (Having(measure=4, value="1"),)},
        {"order": (Order(measure=1),)},
        {"order": (Order(path="region"),)},
        {"dimensions": (Dimension(path="name", grain="week"),)},
    ],
)
def test_query_that_names_what_it_does_not_have_is_refused(store: Store, change: dict[str, object]) -> None:
    with pytest.raises(QueryNamesUnknownField):
        store.ask(Query(entity="opportunity", measures=COUNT).model_copy(update=change))


def test_bound_that_is_no_number_is_refused(store: Store) -> None:
    store.put(models.Opportunity, {"region": "A"})
    with pytest.raises(QueryValueMalformed):
        store.ask(Query(entity="opportunity", measures=COUNT, having=(Having(value="lots"),)))


# -- references -------------------------------------------------------------------------------------------------------


def test_manager_without_a_record_filters_and_groups_by_name(store: Store) -> None:
    store.put(
        models.Member,
        {"id": 101, "name": "Boss"},
        {"id": 102, "name": "Rep", "manager_ref": "Rocco"},
        {"id": 103, "name": "Two", "manager_id": 101, "manager_ref": "Boss"},
    )
    store.put(models.Opportunity, {"owner_id": 102}, {"owner_id": 102}, {"owner_id": 103}, {"owner_ref": "Stranger"})
    grouped = store.ask(Query(entity="opportunity", measures=COUNT, dimensions=(Dimension(path="owner.manager"),), order=(Order(measure=0),)))
    assert list(zip(column(grouped, "owner_manager"), column(grouped, "m0"), strict=True)) == [("Rocco", "2"), ("Boss", "1"), (None, "1")]
    for name, n in (("Rocco", "2"), ("Boss", "1"), ("Nobody", "0")):
        assert column(store.ask(Query(entity="opportunity", measures=COUNT, where=Compare(path="owner.manager", values=(name,)))), "m0") == [n]


def test_absence_counts_only_what_is_still_there(store: Store) -> None:
    store.put(models.Account, {"id": 201, "name": "Quiet"}, {"id": 202, "name": "Busy"}, {"id": 203, "name": "Gone only"})
    at = datetime(2024, 5, 1, tzinfo=UTC)
    store.put(models.Interaction, {"account_id": 202, "occurred_at": at}, {"account_id": 203, "occurred_at": at, "gone_at": AS_OF})
    since = Compare(path="occurred_at", op="ge", values=("2024-04-01",))
    assert names(store.ask(accounts(Exists(entity="interaction", via="account", absent=True, where=since)))) == ["Gone only", "Quiet"]


def test_record_that_belongs_to_nobody_is_nobodys(store: Store) -> None:
    store.put(models.Account, {"id": 301, "name": "Quiet"}, {"id": 302, "name": "Busy"})
    store.put(models.Opportunity, {"account_id": 302, "status": "won"}, {"account_id": None, "account_ref": "Stranger", "status": "won"})
    won = Compare(path="status", values=("won",))
    with_one, without = (Exists(entity="opportunity", via="account", absent=absent, where=won) for absent in (False, True))
    assert names(store.ask(accounts(with_one))) == ["Busy"]
    assert names(store.ask(accounts(without))) == ["Quiet"]
    assert names(store.ask(accounts(Not(part=without)))) == ["Busy"]
    assert names(store.ask(accounts(Not(part=with_one)))) == ["Quiet"]


def test_records_are_asked_for_by_what_their_account_has(store: Store) -> None:
    store.put(models.Account, {"id": 401, "name": "Quiet"}, {"id": 402, "name": "Busy"})
    at = datetime(2024, 5, 1, tzinfo=UTC)
    store.put(models.Interaction, {"account_id": 402, "occurred_at": at}, {"account_id": None, "account_ref": "Stranger", "occurred_at": at})
    store.put(models.Opportunity, {"name": "One", "account_id": 401}, {"name": "Two", "account_id": 402}, {"name": "Nobody's"})

    def deals(absent: bool) -> Query:
        where = Exists(entity="interaction", via="account", absent=absent, of="account")
        return Query(entity="opportunity", select=("name",), where=where, order=(Order(path="name"),))

    assert names(store.ask(deals(absent=True))) == ["One"]
    assert names(store.ask(deals(absent=False))) == ["Two"]
    with pytest.raises(QueryNamesUnknownField):
        store.ask(Query(entity="opportunity", measures=COUNT, where=Exists(entity="interaction", via="account", of="owner")))


def test_two_references_lead_to_one_record_or_to_two(store: Store) -> None:
    store.put(models.Member, {"id": 501, "name": "Ann"}, {"id": 502, "name": "Ann"})
    store.put(models.Account, {"id": 503, "name": "Hers", "owner_id": 501}, {"id": 504, "name": "Nobody's"})
    held = (("Same", 503, 501), ("Other", 503, 502), ("Without", 503, None), ("Unowned", 504, 501))
    store.put(models.Opportunity, *({"name": name, "account_id": account, "owner_id": owner} for name, account, owner in held))

    def deals(same: bool) -> Query:
        return Query(entity="opportunity", select=("name",), where=Unlike(path="owner", other="account.owner", same=same))

    assert names(store.ask(deals(same=False))) == ["Other"]
    assert names(store.ask(deals(same=True))) == ["Same"]
    with pytest.raises(QueryNamesUnknownField):
        store.ask(Query(entity="opportunity", measures=COUNT, where=Unlike(path="owner", other="account")))


def test_rows_of_one_period_need_no_flag(store: Store) -> None:
    store.put(models.Interaction, *({"occurred_at": datetime(2024, month, 1, tzinfo=UTC)} for month in (4, 5, 5, 7)))
    window = Window(start=date(2024, 5, 1), end=date(2024, 6, 30))
    found = store.ask(Query(entity="interaction", measures=COUNT, window=window))
    assert column(found, "m0") == ["2"]
    assert [each.name for each in found.blocks[0].columns] == ["record", "version"]
    both = store.ask(Query(entity="interaction", measures=COUNT, window=window, compare=Window(start=date(2024, 4, 1), end=date(2024, 4, 30))))
    assert (column(both, "m0"), column(both, "m0_before")) == (["2"], ["1"])
    assert [each.name for each in both.blocks[0].columns] == ["record", "version", "f0", "f1"]


def test_records_per_group_are_divided_by_the_groups_that_have_any(store: Store) -> None:
    store.put(models.Account, *({"name": name, "sector": sector} for name, sector in (("A", "bank"), ("B", "bank"), ("C", "food"), ("D", None))))
    found = store.ask(Query(entity="account", measures=(MeasureRef(fold="count", per="sector"),)))
    assert column(found, "m0") == ["2"]


def test_weighted_value_is_each_open_deals_amount_times_its_own_probability(store: Store) -> None:
    rows = (("A", "100", "0.5", "open"), ("B", "80", "0.25", "open"), ("C", "70", None, "open"), ("D", None, "0.9", "open"), ("E", "500", "1", "won"))
    deals = [
        {"name": name, "amount": Decimal(amount) if amount else None, "probability": Decimal(chance) if chance else None, "status": status}
        for name, amount, chance, status in rows
    ]
    store.put(models.Opportunity, *deals)

    found = store.ask(Query(entity="opportunity", measures=(MeasureRef(measure="weighted_value"),)))

    assert [Decimal(value or "0") for value in column(found, "m0")] == [Decimal(70)]
