"""What a question asks for is told or not understood: amounts, persons, shares within a bound, and function words that say something."""

from __future__ import annotations

import pytest

from agent.parsing.language.text import tokenise
from agent.parsing.linking.silent_words import silent_words
from agent.parsing.wording.rewording import reword
from tests.agent.parsing.conftest import Reader
from tools.crm.query import Between, Compare


class Dictionary:
    """Knows 调查 only."""

    def is_word(self, word: str) -> bool:
        return word == "调查"


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("who do we know at Granite Optics", "contacts"),
        ("2025年赢的单子卖了多少台", "多少台"),
    ],
)
def test_a_question_word_that_no_reading_answers_is_named(read: Reader, question: str, word: str) -> None:
    found = read(question)

    assert found.plan is None
    assert word in found.not_understood


@pytest.mark.parametrize(
    ("question", "part", "where"),
    [
        ("what share of won deals is worth at least 5k?", Compare(path="amount", op="ge", values=("5000",)), Compare(path="status", values=("won",))),
        ("赢单里金额超过5000的占多少", Compare(path="amount", op="gt", values=("5000",)), Compare(path="status", values=("won",))),
        ("金额不少于5000的赢单占比是多少（按单数）", Compare(path="amount", op="ge", values=("5000",)), Compare(path="status", values=("won",))),
        ("what share of deals is between 1 and 3 thousand", Between(path="amount", low="1000", high="3000"), None),
    ],
)
def test_share_within_a_bound_is_of_all_the_other_records(read: Reader, question: str, part: object, where: object) -> None:
    (query,) = read.plan(question).queries

    assert [ref.part for ref in query.measures] == [part]
    assert query.where == where


def test_share_of_those_above_a_bound_that_were_won_asks_for_the_won(read: Reader) -> None:
    found = read("What percentage of deals over 5k did we win?")

    plans = [found.plan] if found.plan is not None else [choice.plan for choice in found.clarify]
    assert all(ref.part is None for plan in plans for ref in plan.queries[0].measures)
    assert all(plan.queries[0].where == Compare(path="amount", op="gt", values=("5000",)) for plan in plans)


def test_length_of_lost_deals_is_not_the_one_of_won_deals(read: Reader) -> None:
    (query,) = read.plan("median days to close a lost deal").queries

    assert [(ref.measure, ref.since, ref.path, ref.fold) for ref in query.measures] == [(None, "opened_on", "close_on", "median")]
    assert query.where == Compare(path="status", values=("lost",))


def test_part_that_leans_on_one_not_understood_is_not_answered_alone(read: Reader) -> None:
    assert read("Ada Brook has flown: how many open deals are still in her name, and worth how much?").plan is None


def test_what_the_first_part_says_counts_for_every_outcome(read: Reader) -> None:
    plan = read.plan("Lift Pro: how many won, how many lost?")

    assert [query.where for query in plan.queries] == [Compare(path="product", values=("Lift Pro",))] * 2


def test_open_the_longest_is_open_since_the_earliest_day(read: Reader) -> None:
    (query,) = read.plan("which open deal has been open the longest").queries

    assert [(order.path, order.descending) for order in query.order] == [("opened_on", False)]


@pytest.mark.parametrize("question", ["卖得最少的两个产品（按赢单数）", "the 2 worst products by won deals"])
def test_figure_behind_by_ranks_the_groups(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert ([ref.measure for ref in query.measures], query.limit, query.where) == (["won_count"], 2, None)


@pytest.mark.parametrize(
    ("text", "loud"),
    [("还在调查的工单", "调查"), ("看看的工单", ""), ("中标额报一下", "")],
)
def test_function_characters_that_make_a_word_are_not_passed_over(text: str, loud: str) -> None:
    tokens = tokenise(text)

    assert "".join(tokens[at].text for at in silent_words(tokens, (), Dictionary())) == loud  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("今年中了多少钱", "今年赢了多少钱"),
        ("没填对手、但最后还是丢了的单", "没填对手、但还是丢了的单"),
        ("revenue of food accounts (company revenue, not our sales)", "revenue of food accounts (company revenue)"),
    ],
)
def test_a_construction_is_said_in_plain_words(text: str, plain: str) -> None:
    assert reword(text) == plain


def test_which_ones_behind_do_any_have_asks_for_those_that_have(read: Reader) -> None:
    (query,) = read.plan("Do any food accounts have open deals? Which ones?").queries

    assert (query.entity, query.select[0], query.measures) == ("account", "name", ())
