"""A sort of customers that stands where those who are ranked stand, rivals to whom deals went, and the quarter that a target is for. Names are made up."""

from __future__ import annotations

import pytest

from agent.parsing.messages.teaching import read_said
from tests.agent.parsing.conftest import Reader
from tests.agent.parsing.test_own_orders import kilns

__all__ = ["kilns"]


@pytest.mark.parametrize("question", ["年产能最大的代理商是谁", "谁是年产能最大的代理商", "年产能最大的代理商", "which 代理商 has the highest 年产能"])
def test_the_largest_of_a_sort_of_customers_is_the_customer_and_no_figure_or_colleague(kilns: Reader, question: str) -> None:
    query = kilns.plan(question).queries[0]

    assert (query.entity, query.measures) == ("account", ())
    assert [(order.path, order.descending) for order in query.order] == [("年产能_吨", True)]


def test_the_highest_figure_of_a_sort_of_customers_stays_a_figure(kilns: Reader) -> None:
    query = kilns.plan("代理商的最高年产能是多少").queries[0]

    assert [(ref.fold, ref.path) for ref in query.measures] == [("max", "年产能_吨")]


@pytest.mark.parametrize("question", ["Who did we lose most deals to in 2024?", "who have we lost the most deals to"])
def test_whom_deals_were_lost_to_is_a_rival_and_not_who_lost_them(kilns: Reader, question: str) -> None:
    query = kilns.plan(question).queries[0]

    assert [dimension.path for dimension in query.dimensions] == ["competitor"]


@pytest.mark.parametrize(("question", "months"), [("2025年二季度任务台数合计", ["2025", "二季度"]), ("2025全年任务台数", ["2025"])])
def test_a_target_is_for_the_quarter_in_its_columns_and_not_for_the_day_it_was_set(kilns: Reader, question: str, months: list[str]) -> None:
    query = kilns.plan(question).queries[0]

    assert query.window is None
    parts = getattr(query.where, "parts", (query.where,))
    assert [value for part in parts for value in part.values] == months


def test_a_job_that_ends_in_the_word_for_standing_for_something_teaches_nothing() -> None:
    assert read_said("在职的业务代表和客户代表一共几人") == []
