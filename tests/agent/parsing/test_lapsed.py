"""Questions for those with whom something happened in one period, and not in another."""

from __future__ import annotations

import pytest

from tests.agent.parsing.conftest import Reader
from tools.crm.query import And, Between, Compare, Exists, Filter


def parts_of(where: Filter | None) -> tuple[Filter, ...]:
    return where.parts if isinstance(where, And) else () if where is None else (where,)


@pytest.mark.parametrize(
    "question",
    [
        "Which customers won a deal in 2025 but none in 2026?",
        "customers that bought in 2025 but not in 2026",
        "Which accounts had a won deal in 2025 but nothing so far in 2026?",
        "accounts without a won deal in 2026 that won one in 2025",
        "2025年有成交、2026年没有成交的客户有哪些？",
        "2026年没下单但2025年下过单的客户",
        "2025年成交过、2026年一单都没成交的客户有哪些",
    ],
)
def test_what_happened_in_one_period_and_not_in_the_other_are_two_conditions(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.window) == ("account", None)
    found = {}
    for part in parts_of(query.where):
        assert isinstance(part, Exists)
        won, day = parts_of(part.where)
        assert isinstance(won, Compare)
        assert isinstance(day, Between)
        found[part.absent] = (part.entity, won.values, day.path, str(day.low)[:4])
    assert found == {False: ("opportunity", ("won",), "close_on", "2025"), True: ("opportunity", ("won",), "close_on", "2026")}


@pytest.mark.parametrize("question", ["accounts with visits in 2025 and no tickets in 2026", "2025年有拜访、2026年没有工单的客户"])
def test_what_is_missing_may_be_of_another_kind(read: Reader, question: str) -> None:
    found = {part.absent: part.entity for part in parts_of(read.plan(question).queries[0].where) if isinstance(part, Exists)}

    assert found == {False: "interaction", True: "ticket"}


def test_a_period_in_which_the_records_themselves_began_is_no_other_happening(read: Reader) -> None:
    found = [part for part in parts_of(read.plan("accounts created in 2025 without a visit in 2026").queries[0].where) if isinstance(part, Exists)]

    assert [part.absent for part in found] == [True]
