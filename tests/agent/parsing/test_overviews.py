"""Overviews: what can be asked, what changed, what is held; and nothing else is taken for one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.agent.parsing.conftest import TODAY, Reader
from tools.crm.query import Compare


@pytest.mark.parametrize("question", ["What can I ask?", "我能问什么？", "what can you do", "help"])
def test_what_can_be_asked_counts_the_kinds_that_are_there(read: Reader, question: str) -> None:
    plan = read.plan(question)

    assert plan.focus == "askable"
    assert {query.entity for query in plan.queries} == {"opportunity", "member", "account", "product", "interaction", "ticket"}


@pytest.mark.parametrize(
    ("question", "start"),
    [("What changed since 1 Feb 2026?", date(2026, 2, 1)), ("2026年2月1日以来有什么变化？", date(2026, 2, 1)), ("What's new?", TODAY - timedelta(days=6))],
)
def test_changes_are_asked_of_every_kind_that_has_a_day(read: Reader, question: str, start: date) -> None:
    plan = read.plan(question)

    events = {(query.entity, query.window.path if query.window else None, query.measures[0].measure) for query in plan.queries}

    assert plan.focus == "changes"
    assert ("opportunity", "close_on", "won_count") in events
    assert ("opportunity", "close_on", "lost_count") in events
    assert ("opportunity", "opened_on", "deal_count") in events
    assert ("ticket", "opened_at", "ticket_count") in events
    assert {query.window.start for query in plan.queries if query.window} == {start}


def test_changes_without_a_period_say_which_is_taken(read: Reader) -> None:
    assert any("last 7 days" in each.en for each in read.plan("what's new?").assumptions)


@pytest.mark.parametrize("question", ["which data do you have about Granite Optics?", "关于Granite Optics有哪些数据？", "what do we know about Granite Optics"])
def test_what_is_held_about_a_record_counts_what_belongs_to_it_and_shows_it(read: Reader, question: str) -> None:
    plan = read.plan(question)

    *counts, itself = plan.queries

    assert {query.entity for query in counts} == {"opportunity", "interaction", "ticket"}
    assert all(query.where == Compare(path="account", values=("Granite Optics",)) for query in counts)
    assert (itself.entity, itself.measures, plan.focus_of(len(counts))) == ("account", (), "lookup")


@pytest.mark.parametrize("question", ["What data do you have?", "有哪些数据？"])
def test_what_is_held_at_all_gives_each_kind_with_its_days(read: Reader, question: str) -> None:
    plan = read.plan(question)

    deals = next(query for query in plan.queries if query.entity == "opportunity")

    assert plan.focus == "holdings"
    assert [(ref.fold, ref.path) for ref in deals.measures[1:]] == [("min", "opened_on"), ("max", "opened_on")]  # a deal may close in the future


@pytest.mark.parametrize(
    "question",
    [
        "What happened to the moon?",
        "What changed in the win rate?",
        "How many deals did we win?",
        "what data do you have about unicorns?",
        "which deals are new?",
    ],
)
def test_question_with_anything_else_in_it_is_no_overview(read: Reader, question: str) -> None:
    plan = read(question).plan

    assert plan is None or plan.focus not in {"askable", "changes", "holdings"}
