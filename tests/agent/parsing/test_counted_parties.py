"""Whether those whose records they are, or the records, are counted: 有未结商机的战略客户有几家, "how many key accounts have open deals", 代理商有几家."""

from __future__ import annotations

import pytest

from tests.agent.parsing.conftest import Reader
from tests.agent.parsing.test_own_orders import kilns
from tools.crm.query import Exists

__all__ = ["kilns"]


@pytest.mark.parametrize("question", ["有未结商机的代理商客户有几家", "how many 代理商 customers have open deals", "有未结商机的代理商有几家"])
def test_customers_of_a_sort_are_counted_and_not_their_deals(kilns: Reader, question: str) -> None:
    query = kilns.plan(question).queries[0]

    assert (query.entity, [ref.measure for ref in query.measures]) == ("account", ["account_count"])
    assert {part.kind for part in getattr(query.where, "parts", ())} == {"exists", "compare"}
    assert [part.entity for part in getattr(query.where, "parts", ()) if isinstance(part, Exists)] == ["opportunity"]


@pytest.mark.parametrize("question", ["代理商有几个未结商机", "代理商客户的商机有几个", "how many open deals do 代理商 customers have"])
def test_deals_that_are_asked_for_stay_deals(kilns: Reader, question: str) -> None:
    assert kilns.plan(question).queries[0].entity == "opportunity"


@pytest.mark.parametrize("question", ["代理商有几家", "代理商客户有多少家"])
def test_the_counter_of_firms_counts_firms(kilns: Reader, question: str) -> None:
    query = kilns.plan(question).queries[0]

    assert (query.entity, [ref.measure for ref in query.measures]) == ("account", ["account_count"])


def test_the_end_of_a_word_for_a_sort_of_customers_stands_for_it(kilns: Reader) -> None:
    query = kilns.plan("营厂有几家").queries[0]

    assert getattr(query.where, "values", ()) == ("自营厂",)


@pytest.mark.parametrize(("question", "entity"), [("2024年成交了几家", "opportunity"), ("2025年下单的有多少家", "custom:窑炉订单明细")])
def test_the_counter_of_firms_beside_what_happened_counts_those_it_happened_with(kilns: Reader, question: str, entity: str) -> None:
    query = kilns.plan(question).queries[0]

    assert (query.entity, [(ref.fold, ref.path) for ref in query.measures]) == (entity, [("count_distinct", "account")])


def test_the_counter_of_firms_counts_them_by_their_sorts(kilns: Reader) -> None:
    query = kilns.plan("代理商、自营厂各有多少家").queries[0]

    assert (query.entity, [ref.measure for ref in query.measures]) == ("account", ["account_count"])
