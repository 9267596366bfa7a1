"""A period that may mean when records began or when they ended is asked back about; whatever says which of the two is taken."""

from __future__ import annotations

import pytest

from tests.agent.parsing.conftest import Reader


def days(read: Reader, question: str) -> list[str | None]:
    parsed = read(question)
    return [query.window.path for choice in parsed.clarify for query in choice.plan.queries if query.window is not None]


@pytest.mark.parametrize(
    "question", ["How many deals in February 2025?", "2025年2月有多少个商机？", "how many deals were there in Q1 2025?", "2025年3月有几个商机"]
)
def test_count_of_a_short_period_without_a_verb_offers_both_days(read: Reader, question: str) -> None:
    assert days(read, question) == ["close_on", "opened_on"]


@pytest.mark.parametrize(
    "question",
    [
        "How many deals were created in February 2025?",
        "How many deals were closed in February 2025?",
        "How many deals did we win in February 2025?",
        "2025年2月赢了多少个商机？",
        "how many deals in 2025?",
        "deals per region in February 2025",
        "how many deals are expected to close next month?",
    ],
)
def test_verb_or_state_or_a_long_period_or_groups_leave_nothing_to_choose(read: Reader, question: str) -> None:
    assert days(read, question) == []


def test_choices_name_their_days(read: Reader) -> None:
    parsed = read("How many deals in February 2025?")
    assert ["close date" in parsed.clarify[0].said_back, "created" in parsed.clarify[1].said_back] == [True, True]
