"""Several questions in one message: split where each part reads, and only there."""

from __future__ import annotations

from datetime import date

import pytest

from tests.agent.parsing.conftest import Reader
from tools.crm.query import Compare, Plan


def measures(plan: Plan) -> list[str | None]:
    return [ref.measure for query in plan.queries for ref in query.measures]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("How many deals did we win in 2025, and what's our win rate?", ["won_count", "win_rate"]),
        ("2025年赢了多少单，赢单率是多少？", ["won_count", "win_rate"]),
        ("1. How many open deals are there? 2. What is the win rate?", ["open_count", "win_rate"]),
        ("①赢单数 ②赢单率", ["won_count", "win_rate"]),
        ("2025年赢了几单，合计多少？", ["won_count", "won_value"]),
        ("How many deals did we win?\nWhat is the win rate?", ["won_count", "win_rate"]),
        ("Tell me the win rate; how many accounts are there", ["win_rate", "account_count"]),
        ("deals created in 2025, and how many of them were won?", ["deal_count", "won_count"]),
        ("in 2025: opportunities won and opportunities lost", ["won_count", "lost_count"]),
        ("How many deals were created in 2025 and how many of those were won?", ["deal_count", "won_count"]),
    ],
)
def test_parts_that_read_by_themselves_are_answered_in_order(read: Reader, message: str, expected: list[str]) -> None:
    plan = read.plan(message)

    assert measures(plan) == expected
    assert len(plan.queries) == len(expected)
    assert plan.left_out == ()


def test_each_part_keeps_what_its_sentence_must_assert(read: Reader) -> None:
    plan = read.plan("Who won the most deals? How many accounts are there?")

    assert plan.foci == ("top", "figure")
    assert plan.part(1).focus == "figure"


@pytest.mark.parametrize("message", ["How many deals did we win in 2025, and what's our win rate?", "2025年赢了多少单？赢单率是多少？"])
def test_period_of_the_part_before_is_carried_on(read: Reader, message: str) -> None:
    plan = read.plan(message)

    assert [query.window.start if query.window else None for query in plan.queries] == [date(2025, 1, 1), date(2025, 1, 1)]


@pytest.mark.parametrize(
    "message",
    [
        "How many deals were opened, won and lost in June 2025?",
        "June 2025: deals opened, deals won, deals lost?",
        "new deals, won deals and lost deals in June 2025",
        "2025年6月新建商机、赢单、输单各多少",
    ],
)
def test_events_in_one_list_are_counted_by_a_day_each(read: Reader, message: str) -> None:
    plan = read.plan(message)

    assert measures(plan) == ["deal_count", "won_count", "lost_count"]
    assert all(query.window is not None and query.window.start == date(2025, 6, 1) for query in plan.queries)
    assert [query.window and query.window.path for query in plan.queries] == ["opened_on", None, None]


def test_period_at_the_end_of_a_sentence_counts_for_all_of_it(read: Reader) -> None:
    plan = read.plan("How many did we win and how many did we lose in June 2025?")

    assert measures(plan) == ["won_count", "lost_count"]
    assert all(query.window is not None and query.window.start == date(2025, 6, 1) for query in plan.queries)


def test_elliptical_part_is_about_the_records_of_the_part_before(read: Reader) -> None:
    plan = read.plan("赢了多少单？最大的是哪个？")

    second = plan.queries[1]

    assert second.entity == "opportunity"
    assert second.where == Compare(path="status", values=("won",))
    assert second.order[0].path == "amount"


def test_person_named_in_one_part_is_meant_in_the_next(read: Reader) -> None:
    plan = read.plan("How many deals did Ada Brook win? And what is her win rate?")

    assert measures(plan) == ["won_count", "win_rate"]
    assert plan.queries[0].where == plan.queries[1].where


def test_part_without_an_answer_is_named_while_the_others_are_answered(read: Reader) -> None:
    plan = read.plan("How many deals did we win? How many moons does Jupiter have? What is the win rate?")

    (left,) = plan.left_out

    assert measures(plan) == ["won_count", "win_rate"]
    assert "moons" in left.en
    assert "moons" in left.zh


@pytest.mark.parametrize(
    "message",
    ["How many deals did Ada Brook and Ben Stone win?", "Granite Foods, Ltd. deals", "win rate by product and region", "Compare North and South by won deals"],
)
def test_message_that_is_one_question_stays_one(read: Reader, message: str) -> None:
    parsed = read(message)

    assert parsed.plan is None or len(parsed.plan.queries) == 1


def test_message_without_any_answer_is_refused_as_one(read: Reader) -> None:
    parsed = read("How many moons does Jupiter have? How many rings?")

    assert parsed.plan is None
