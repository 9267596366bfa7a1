"""Two figures in one question, months named one or the other, the same days or the whole of another year, plans whose day has passed."""

from __future__ import annotations

from datetime import date

import pytest

from agent.parsing import ParseContext, parse
from agent.parsing.store_words.naming import common_nouns
from agent.parsing.store_words.vocabulary import Vocabulary
from tests.agent.parsing.conftest import Reader
from tools.crm.query import Between, Compare


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("won deals and won value per product", ["won_count", "won_value"]),
        ("各产品的赢单数和金额", ["won_count", "won_value"]),
        ("Open deals by stage, count and value", ["open_count", "pipeline_value"]),
        ("won value per product", ["won_value"]),
        ("average deal size of won deals", ["average_won_value"]),
    ],
)
def test_two_figures_are_both_given_where_a_word_joins_them(read: Reader, question: str, measures: list[str]) -> None:
    (query,) = read.plan(question).queries

    assert [each.measure for each in query.measures] == measures


@pytest.mark.parametrize("question", ["2025年上半年赢单数比2024年上半年多还是少？", "2025年上半年的赢单数和2024年上半年比，高了还是低了"])
def test_which_way_a_figure_went_compares_both_periods(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert (query.window and str(query.window.start), query.compare and str(query.compare.start)) == ("2025-01-01", "2024-01-01")


@pytest.mark.parametrize(
    ("question", "now", "then"),
    [
        ("跟上个月比，赢单数多了还是少了", "2025-05-01", "2025-04-01"),
        ("赢单金额比上季度涨了多少", "2025-04-01", "2025-01-01"),
        ("赢单金额跟上季度比变化幅度多大", "2025-04-01", "2025-01-01"),
        ("how much did won value grow compared to last quarter", "2025-04-01", "2025-01-01"),
        ("is won value up or down on last year", "2025-01-01", "2024-01-01"),
        ("赢单数环比", "2025-04-01", "2025-03-01"),
    ],
)
def test_period_that_is_only_compared_with_is_set_against_what_runs_now(read: Reader, question: str, now: str, then: str) -> None:
    plan = parse(question, read.model, read.vocabulary, ParseContext(today=date(2025, 5, 20))).plan

    assert plan is not None
    assert [(str(each.window and each.window.start), str(each.compare and each.compare.start)) for each in plan.queries] == [(now, then)]


@pytest.mark.parametrize("question", ["North 加 South 的赢单金额", "won value of North and South"])
def test_values_added_to_one_another_are_taken_together(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert isinstance(query.where, Compare)
    assert query.where.values == ("North", "South")


@pytest.mark.parametrize("question", ["金额在1万到5万之间（含）的赢单有多少", "金额1万到5万之间（含两端）的赢单数"])
def test_bracket_that_says_the_ends_belong_to_a_range_changes_nothing(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert isinstance(query.where, Between)


def test_bound_said_to_be_inclusive_takes_the_number_itself(read: Reader) -> None:
    (query,) = read.plan("won deals above 10000, inclusive").queries

    assert isinstance(query.where, Compare)
    assert query.where.op == "ge"


@pytest.mark.parametrize("question", ["Which month had more won deals, January or February 2025?", "won deals per month for January and February 2025"])
def test_months_named_one_or_the_other_are_set_against_each_other_or_both_within_the_window(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert query.window is not None
    if query.compare is None:
        assert (str(query.window.start), str(query.window.end)) == ("2025-01-01", "2025-02-28")
    else:
        assert (str(query.window.start), str(query.compare.start), query.dimensions) == ("2025-02-01", "2025-01-01", ())


def test_months_apart_are_no_window_over_what_lies_between(read: Reader) -> None:
    plan = read("won deals per month for January and April 2025").plan

    assert plan is None or all(query.window is None or str(query.window.start) != "2025-01-01" for query in plan.queries)


def test_day_that_was_expected_and_has_passed_is_a_condition(read: Reader) -> None:
    (query,) = read.plan("过了预计签约日还没关的商机有多少").queries

    assert isinstance(query.where, Compare)
    assert (query.where.path, query.where.op, query.where.values) == ("close_on", "lt", ("2026-03-01",))


@pytest.mark.parametrize("question", ["哪类客户的赢单率最高", "which type of customer has the highest win rate"])
def test_which_kind_of_record_asks_for_its_kind(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert [each.path for each in query.dimensions] == ["account.sector"]


def test_number_at_the_end_of_names_is_no_word_for_them(vocabulary: Vocabulary) -> None:
    contents = vocabulary.contents
    held = contents.fields["opportunity", "name"].values
    before = dict(held)
    held.clear()
    held.update({f"Deal {letter} 2025": 1 for letter in "abcdefghij"})
    try:
        assert ("opportunity", "2025") not in set(common_nouns(contents, vocabulary.model))
    finally:
        held.clear()
        held.update(before)


@pytest.mark.parametrize(
    "question", ["今年有几次互动，跟去年同期比呢？", "今年到目前为止的互动次数和去年同期比", "interactions this year to date vs the same period last year"]
)
def test_the_same_days_a_year_ago_are_one_comparison(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert query.window is not None
    assert query.compare is not None
    assert (str(query.window.start), str(query.window.end)) == ("2026-01-01", "2026-03-01")
    assert (str(query.compare.start), str(query.compare.end)) == ("2025-01-01", "2025-03-01")


@pytest.mark.parametrize(
    "question", ["2025年和2024年相比，赢单金额的growth是多少", "What is the growth of won value, 2025 vs 2024?", "2025年赢单金额比去年同期涨了多少"]
)
def test_growth_is_told_as_a_rate(read: Reader, question: str) -> None:
    assert read.plan(question).focus == "growth"
