"""Questions that say of customers what happened with them in a period, and readings that nothing ever fits."""

from __future__ import annotations

import pytest

from agent.parsing import ParseContext, parse
from tests.agent.parsing.conftest import TODAY, Reader
from tools.crm.query import And, Between, Exists, Filter


def periods(where: Filter | None) -> list[str]:
    """The paths of the periods within what happened."""
    inner = where.where if isinstance(where, Exists) else None
    return [part.path for part in (inner.parts if isinstance(inner, And) else (inner,)) if isinstance(part, Between)]


@pytest.mark.parametrize(
    "question",
    ["Which accounts had no visits in 2026?", "Which customers have had no tickets in 2026?", "哪些客户2026年没有工单？", "customers with tickets in 2026"],
)
def test_period_beside_what_happened_is_when_it_did(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.window) == ("account", None)
    assert periods(query.where) in (["occurred_at"], ["opened_at"])


def test_question_whose_first_reading_nothing_fits_is_read_as_something_else_or_not_at_all(read: Reader) -> None:
    question = "won deals in China"
    first = read.plan(question).queries

    again = parse(question, read.model, read.vocabulary, ParseContext(today=TODAY, hollow=first))

    assert again.plan is None or again.plan.queries != first


@pytest.mark.parametrize(
    ("question", "start", "end"), [("哪些客户2026年没有工单？", "2026-01-01", "2026-12-31"), ("哪些客户1月没有工单？", "2026-01-01", "2026-01-31")]
)
def test_year_or_month_right_before_what_is_absent_is_no_length_of_time(read: Reader, question: str, start: str, end: str) -> None:
    where = read.plan(question).queries[0].where

    assert isinstance(where, Exists)
    assert isinstance(where.where, Between)
    assert (where.where.low, where.where.high) == (start, end)
