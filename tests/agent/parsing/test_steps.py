"""Questions in two steps: the inner noun phrase becomes a query of its own inside the filter of the outer one."""

from __future__ import annotations

import pytest

from tests.agent.parsing.conftest import Reader
from tools.crm.query import Against, Among, And, Filter, Query


def step(query: Query) -> Among | Against:
    """The one part of a filter that rests on an inner query."""
    parts: tuple[Filter, ...] = query.where.parts if isinstance(query.where, And) else (query.where,) if query.where is not None else ()
    (found,) = (part for part in parts if isinstance(part, Among | Against))
    return found


@pytest.mark.parametrize(
    ("question", "measure", "path", "inner", "limit"),
    [
        ("win rate of the three reps with the most won deals", "win_rate", "owner", "won_count", 3),
        ("赢单最多的三个销售的赢单率", "win_rate", "owner", "won_count", 3),
        ("What is the win rate of the rep who won the most deals?", "win_rate", "owner", "won_count", 1),
        ("商机金额最大的2个客户的赢单率", "win_rate", "account", "deal_value", 2),
        ("number of won deals of the 2 products with the lowest win rate", "won_count", "product", "win_rate", 2),
        ("win rate of the customers with the most deals", "win_rate", "account", "deal_count", 5),
    ],
)
def test_ranked_groups_inside_a_question_become_an_inner_query(read: Reader, question: str, measure: str, path: str, inner: str, limit: int) -> None:
    (query,) = read.plan(question).queries

    found = step(query)

    assert isinstance(found, Among)
    assert [ref.measure for ref in query.measures] == [measure]
    assert query.dimensions == ()
    assert found.path == path
    assert [ref.measure for ref in found.query.measures] == [inner]
    assert found.query.limit == limit


def test_plural_without_a_number_takes_a_few_and_says_so(read: Reader) -> None:
    plan = read.plan("win rate of the customers with the most deals")

    assert any("first 5" in each.en for each in plan.assumptions)


@pytest.mark.parametrize(
    "question",
    ["win rate of each of the two reps with the most won deals", "赢单最多的两个销售的赢单率分别是多少", "win rates of the two reps with the most won deals"],
)
def test_figure_wanted_of_each_group_is_grouped(read: Reader, question: str) -> None:
    plan = read.plan(question)

    assert [each.path for each in plan.queries[0].dimensions] == ["owner"]
    assert plan.focus == "breakdown"
    assert isinstance(step(plan.queries[0]), Among)


def test_two_superlatives_rank_two_things(read: Reader) -> None:
    (query,) = read.plan("which products do the two best reps sell most").queries

    found = step(query)

    assert [each.path for each in query.dimensions] == ["product"]
    assert (found.path, found.query.limit) == ("owner", 2)  # type: ignore[union-attr]


def test_groups_that_pass_a_bound_become_an_inner_query(read: Reader) -> None:
    (query,) = read.plan("win rate of reps with more than 3 deals").queries

    found = step(query)

    assert [(each.op, each.value) for each in found.query.having] == [("gt", "3")]
    assert found.query.limit is None


@pytest.mark.parametrize(
    ("question", "path", "op"),
    [
        ("deals of accounts above the average number of employees", "account.employees", "gt"),
        ("How many deals do accounts with above average employees have?", "account.employees", "gt"),
        ("员工数高于平均值的客户有多少商机？", "account.employees", "gt"),
        ("How many deals are above the average amount?", "amount", "gt"),
        ("金额低于平均的商机有多少？", "amount", "lt"),
    ],
)
def test_comparison_with_the_average_is_one_with_an_inner_figure(read: Reader, question: str, path: str, op: str) -> None:
    (query,) = read.plan(question).queries

    found = step(query)

    assert isinstance(found, Against)
    assert (found.path, found.op) == (path, op)
    assert found.query.dimensions == ()


def test_period_in_the_inner_phrase_counts_for_both_questions(read: Reader) -> None:
    (query,) = read.plan("2025年赢单最多的两个销售的赢单率").queries

    inner = step(query).query

    assert query.window is not None
    assert inner.window is not None
    assert (query.window.start, query.window.end) == (inner.window.start, inner.window.end)


def test_period_outside_the_inner_phrase_counts_for_the_outer_question(read: Reader) -> None:
    (query,) = read.plan("What was the win rate in 2025 of the 2 reps with the highest won value?").queries

    assert query.window is not None
    assert step(query).query.window is None


@pytest.mark.parametrize(
    "question",
    [
        "Which rep won the most deals?",
        "top 2 reps by won value",
        "赢单金额最高的产品是哪个",
        "What are the top 3 products by revenue in the South region?",
        "Which product has the highest win rate?",
    ],
)
def test_question_in_one_step_stays_one(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert not isinstance(query.where, Among | Against)
    assert query.dimensions


def test_phrase_as_the_whole_question_is_ranked(read: Reader) -> None:
    plan = read.plan("Which are the two reps with the most won deals?")

    assert plan.focus == "top"
    assert (plan.queries[0].where, plan.queries[0].limit) == (None, 2)


@pytest.mark.parametrize("question", ["leaderboard, top 3 sales reps, won value", "top 3 sales reps, won value"])
def test_a_figure_behind_a_comma_is_that_by_which_the_first_are_ranked(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert ([ref.measure for ref in query.measures], query.limit) == (["won_value"], 3)
    assert [each.path for each in query.dimensions] == ["owner"]
