"""How often something was done to somebody, as a bound: "at least 3 visits", 拜访不超过2次; who did nothing; and how long records take."""

from __future__ import annotations

import pytest

from agent.parsing.wording.idioms import plainly
from agent.parsing.wording.rewording import reword
from tests.agent.parsing.conftest import Reader
from tools.crm.query import Among, Exists


@pytest.mark.parametrize(
    ("question", "of", "op", "value"),
    [
        ("customers with at least 3 visits", "account", "ge", "3"),
        ("which customers had three or more visits in 2025?", "account", "ge", "3"),
        ("customers with a visit at least 3 times", "account", "ge", "3"),
        ("reps with fewer than 5 calls in 2025", "owner", "lt", "5"),
        ("which customers had two or fewer visits this year?", "account", "le", "2"),
        ("customers with 3+ tickets", "account", "ge", "3"),
    ],
)
def test_so_many_of_a_kind_of_record_are_counted_and_are_no_amount(read: Reader, question: str, of: str, op: str, value: str) -> None:
    (query,) = read.plan(question).queries

    assert query.entity in {"interaction", "ticket"}
    assert ([each.path for each in query.dimensions], [(each.op, each.value) for each in query.having]) == ([of], [(op, value)])


def test_bound_from_above_says_that_those_without_any_are_not_counted(read: Reader) -> None:
    said = [each.en for each in read.plan("customers with fewer than 3 visits").assumptions]

    assert "Those without any are not counted." in said


@pytest.mark.parametrize("question", ["2025年电话3次以上的客户有几家", "how many customers with more than 2 calls in 2025?"])
def test_the_period_of_what_was_counted_does_not_bound_when_they_were_noted(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries
    inner = query.where.query if isinstance(query.where, Among) else query

    assert inner.window is not None
    assert query is inner or query.window is None


@pytest.mark.parametrize(
    ("question", "entity"),
    [
        ("who hasn't visited anyone since 2025?", "member"),
        ("who has not visited any customer since 2025?", "member"),
        ("谁今年一次拜访都没有", "member"),
        ("who has no open deals?", "member"),
        ("who hasn't ordered anything in 2025?", "account"),
    ],
)
def test_who_did_nothing_are_colleagues_and_who_bought_nothing_customers(read: Reader, question: str, entity: str) -> None:
    (query,) = read.plan(question).queries

    assert query.entity == entity
    assert isinstance(query.where, Exists)
    assert query.where.absent


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("tickets reopened twice or more", "tickets reopened at least 2"),
        ("payments overdue by more than 30 days", "payments more than 30 days overdue"),
        ("which rep is furthest from target?", "which rep has the lowest target attainment?"),
        ("谁离年度任务差得最远", "谁年度任务完成率最低"),
        ("deals expected to be decided next month", "deals expected to close next month"),
        ("who hasn't been visited since March?", "which customers hasn't been visited since March?"),
        ("which reps did not call anyone last month", "which reps have no calls last month"),
        ("which reps haven't visited Acme", "which reps haven't visited Acme"),
        ("top 3 customers by order amount, cancelled orders excluded", "top 3 customers by order amount, excluding cancelled orders"),
        ("去年下单金额，已取消的剔除", "去年下单金额，不含已取消的"),
        ("order amount in 2025, cancelled orders not excluded", "order amount in 2025, cancelled orders not excluded"),
        ("how many customers have we never visited, not even once", "how many customers have we never visited"),
        ("deals of 3 or more million", "deals of 3 or more million"),
        ("sell 5 or more", "sell 5 or more"),
    ],
)
def test_everyday_bounds_are_said_plainly(question: str, said: str) -> None:
    assert reword(plainly(question)).strip() == said


@pytest.mark.parametrize("question", ["average ticket time", "average duration of tickets", "how long do tickets take on average"])
def test_the_time_of_records_is_how_long_they_take(read: Reader, question: str) -> None:
    found = read(question)

    asked = {
        ref.measure for plan in [found.plan, *(choice.plan for choice in found.clarify)] if plan is not None for query in plan.queries for ref in query.measures
    }
    assert "ticket_first_response" not in asked


@pytest.mark.parametrize("question", ["biggest deal lost to a rival in 2025", "biggest deal and its owner in 2025", "the largest deal and its product in 2025"])
def test_what_more_is_said_of_the_largest_is_never_dropped(read: Reader, question: str) -> None:
    plan = read(question).plan

    assert [query for query in (plan.queries if plan is not None else ()) if query.window is None] == []
