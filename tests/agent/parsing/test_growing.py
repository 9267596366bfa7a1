"""Questions for who grew or fell most, and for growth by group: the figure against an earlier period, ordered by how far it rose. Names are made up."""

from __future__ import annotations

from datetime import date

import pytest

from agent.parsing.linking.growth_words import as_changes
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Term, Value
from tests.agent.parsing.conftest import TODAY, Reader
from tools.crm.query import Order
from tools.store.classification import Classification

SO_FAR, A_YEAR_BEFORE = (date(2026, 1, 1), TODAY), (date(2025, 1, 1), date(2025, 3, 1))
Y2025, Y2024 = (date(2025, 1, 1), date(2025, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31))
Q4, Q3, Q2 = (date(2025, 10, 1), date(2025, 12, 31)), (date(2025, 7, 1), date(2025, 9, 30)), (date(2025, 4, 1), date(2025, 6, 30))


@pytest.mark.parametrize(
    ("question", "measure", "path", "by", "descending"),
    [
        ("哪个产品增长最快", "won_value", "product", "growth", True),
        ("2025年哪个区域的赢单数增长最多", "won_count", "region", "change", True),
        ("赢单率下降最多的区域", "win_rate", "region", "change", False),
        ("赢单金额增长最慢的产品", "won_value", "product", "growth", False),
        ("赢单率增长最快的产品", "win_rate", "product", "change", True),
        ("which product grew the most in 2025", "won_value", "product", "change", True),
        ("which product has the biggest drop in win rate", "win_rate", "product", "change", False),
        ("which product has the smallest increase in won deals", "won_count", "product", "change", False),
        ("which product's won value fell the least compared to last year", "won_value", "product", "change", True),
    ],
)
def test_who_grew_or_fell_most_is_ranked_by_the_change_since_the_year_before(
    read: Reader, question: str, measure: str, path: str, by: str, descending: bool
) -> None:
    plan = read.plan(question)
    query = plan.queries[0]

    assert (query.measures[0].measure, query.dimensions[0].path.split(".")[-1]) == (measure, path)
    assert query.order == (Order.model_validate({"measure": 0, "by": by, "descending": descending}),)
    assert query.window is not None
    assert query.compare is not None
    assert ((query.window.start, query.window.end), (query.compare.start, query.compare.end)) == (
        (Y2025, Y2024) if "2025" in question else (SO_FAR, A_YEAR_BEFORE)
    )
    assert (plan.focus, query.limit) == ("top", 5)


@pytest.mark.parametrize("question", ["2025年第四季度赢单金额环比下降最多的产品", "which product had the biggest drop in won value in Q4 2025 vs last quarter"])
def test_change_is_held_against_the_unit_before_where_that_is_said(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.window is not None
    assert query.compare is not None
    assert ((query.window.start, query.window.end), (query.compare.start, query.compare.end)) == (Q4, Q3)
    assert query.order == (Order(measure=0, by="change", descending=False),)


@pytest.mark.parametrize("question", ["各产品赢单额增长率", "各产品增长情况", "各产品同比增长", "won value growth by product"])
def test_growth_of_every_group_is_the_figure_against_the_year_before(read: Reader, question: str) -> None:
    plan = read.plan(question)
    query = plan.queries[0]

    assert (query.measures[0].measure, query.dimensions[0].path, query.limit) == ("won_value", "product", None)
    assert query.order == (Order(measure=0, by="growth"),)
    assert query.compare is not None


def test_growth_of_one_figure_is_told_as_growth(read: Reader) -> None:
    plan = read.plan("2025年赢单金额的增长率")

    assert (plan.focus, plan.queries[0].dimensions, plan.queries[0].order) == ("growth", (), ())
    assert plan.queries[0].compare is not None


def test_growth_that_no_figure_tells_is_refused(read: Reader) -> None:
    assert read("客户增长名单").plan is None


def test_falling_on_a_day_or_under_a_bound_is_no_change(read: Reader) -> None:
    assert read.plan("which products fall under 5000").queries[0].compare is None


TIER = Value("growth", "account", "tier", 3, title=False, classification=Classification.INTERNAL)
GROWTH = Item(1, 2, "growth", cues=("change", "growth_rate"), values=(TIER,))


@pytest.mark.parametrize(
    ("before", "behind", "is_category"),
    [
        (Item(0, 1, "revenue", terms=(Term("measure", "opportunity", "won_value", 0),)), Item(2, 3, "by", cues=("group",)), False),
        (Item(0, 1, "deals of"), Item(2, 3, "accounts", terms=(Term("entity", "account", "account", 0),)), True),
        (Item(0, 1, "list", cues=("list",)), Item(2, 3, "in"), True),
    ],
)
def test_growth_behind_a_figure_or_before_groups_is_no_category(before: Item, behind: Item, is_category: bool) -> None:
    assert bool(as_changes((before, GROWTH, behind))[1].values) is is_category


@pytest.mark.parametrize(
    ("fragment", "descending", "limit"),
    [("最慢的呢？", False, 5), ("and the slowest?", False, 5), ("and the fastest?", True, 5), ("and the least?", False, 5), ("only the top 2", True, 2)],
)
def test_ranking_by_growth_that_is_turned_stays_one_by_growth(read: Reader, fragment: str, descending: bool, limit: int) -> None:
    query = read.plan(fragment, read.plan("哪个产品增长最快")).queries[0]

    assert query.order == (Order(measure=0, by="growth", descending=descending),)
    assert query.limit == limit
    assert query.compare is not None


@pytest.mark.parametrize(("fragment", "measure"), [("what about won deals?", "won_count"), ("win rate?", "win_rate")])
def test_other_figure_is_ranked_by_its_growth(read: Reader, fragment: str, measure: str) -> None:
    query = read.plan(fragment, read.plan("which product grew the most")).queries[0]

    assert query.measures[0].measure == measure
    assert [order.by for order in query.order] == ["change"]


@pytest.mark.parametrize(
    ("first", "fragment", "window", "compare"),
    [
        ("哪个产品增长最快", "那去年呢？", Y2025, Y2024),
        ("which product grew the most", "and in 2025?", Y2025, Y2024),
        ("which product grew the most in Q4 2025 vs last quarter", "and in Q3 2025?", Q3, Q2),
    ],
)
def test_growth_in_another_period_is_held_against_as_far_before(
    read: Reader, first: str, fragment: str, window: tuple[date, date], compare: tuple[date, date]
) -> None:
    query = read.plan(fragment, read.plan(first)).queries[0]

    assert query.window is not None
    assert query.compare is not None
    assert ((query.window.start, query.window.end), (query.compare.start, query.compare.end)) == (window, compare)
    assert query.order[0].by != "figure"


@pytest.mark.parametrize("fragment", ["按区域呢？", "by region?"])
def test_other_groups_are_ranked_by_growth_too(read: Reader, fragment: str) -> None:
    query = read.plan(fragment, read.plan("赢单金额下降最多的产品")).queries[0]

    assert query.dimensions[0].path.split(".")[-1] == "region"
    assert query.order == (Order(measure=0, by="change", descending=False),)


def test_note_on_the_period_goes_with_the_period(read: Reader) -> None:
    first = read.plan("哪个产品增长最快")

    assert any("今年以来" in note.zh for note in first.assumptions)
    assert not any("今年以来" in note.zh for note in read.plan("那去年呢？", first).assumptions)
