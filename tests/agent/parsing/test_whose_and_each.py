"""Whose something is, what each of some has, the period before another one, and words of time: read as they are meant, or not answered."""

from __future__ import annotations

import pytest

from agent.parsing.language.dates import find_periods
from tests.agent.parsing.conftest import TODAY, Reader
from tools.crm.query import And, Compare, Dimension


@pytest.mark.parametrize("question", ["谁的客户最多", "who has the most customers"])
def test_people_are_told_apart_by_what_is_theirs(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.measures[0].measure, query.dimensions) == ("account_count", (Dimension(path="owner"),))


@pytest.mark.parametrize("question", ["谁的在谈商机金额最大", "谁手里的商机金额最大"])
def test_who_has_most_by_an_amount_that_is_named_is_a_ranking_of_people(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.dimensions == (Dimension(path="owner"),)


@pytest.mark.parametrize("question", ["南区有几个销售，各自赢了多少单", "How many reps are in South, and how many deals did each of them win?"])
def test_each_of_those_that_were_counted_is_told_of_under_their_conditions(read: Reader, question: str) -> None:
    query = read.plan(question).queries[1]

    assert (query.measures[0].measure, query.dimensions) == ("won_count", (Dimension(path="owner"),))
    assert query.where == Compare(path="owner.region", values=("South",))


@pytest.mark.parametrize("question", ["2025年10月的赢单金额比前一个月多多少", "won value in October 2025 against the previous month"])
def test_the_one_before_goes_back_from_the_period_that_is_named(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.compare is not None
    assert query.compare.start is not None
    assert query.compare.start.isoformat() == "2025-09-01"


def test_the_first_half_of_a_year_is_no_length_of_time(read: Reader) -> None:
    query = read.plan("2025年下半年比上半年多赢了几单").queries[0]

    assert query.where is None
    assert query.compare is not None


def test_which_month_at_the_end_asks_for_months(read: Reader) -> None:
    query = read.plan("Lift Pro 卖得最好的是哪个月").queries[0]

    assert query.dimensions[0].grain == "month"


@pytest.mark.parametrize("question", ["which rep has the longest deals", "Which deals run longest?"])
def test_the_longest_is_not_what_is_worth_most(read: Reader, question: str) -> None:
    plan = read(question).plan

    assert plan is None or not any(order.path == "amount" for order in plan.queries[0].order)


def test_who_took_longest_is_told_by_time(read: Reader) -> None:
    assert read.plan("who took longest on average to close a won deal").queries[0].measures[0].measure == "sales_cycle"


@pytest.mark.parametrize("question", ["哪些单子早该成交了还没成", "deals that should have closed by now"])
def test_what_should_have_closed_is_open_and_its_day_is_over(read: Reader, question: str) -> None:
    query = read(question).plan

    if query is not None:  # no open deal of this store has a day on which it was to close
        parts = query.queries[0].where.parts if isinstance(query.queries[0].where, And) else (query.queries[0].where,)
        assert any(isinstance(part, Compare) and part.path == "close_on" and part.op == "lt" for part in parts)


def test_a_part_of_the_last_figure_is_a_share_of_it(read: Reader) -> None:
    before = read.plan("South 赢了多少单")

    query = read.plan("其中 Lift Pro 占多少", before).queries[0]

    assert (query.measures[0].measure, query.only, query.dimensions) == ("won_count", ("Lift Pro",), (Dimension(path="product"),))
    assert query.where == before.queries[0].where


@pytest.mark.parametrize("question", ["其中最大的一单是谁的", "what was the biggest deal?"])
def test_the_largest_after_a_figure_is_one_of_those_that_it_counted(read: Reader, question: str) -> None:
    query = read.plan(question, read.plan("How many deals did South win?")).queries[0]

    assert query.limit == 1
    assert isinstance(query.where, And)


@pytest.mark.parametrize("question", ["有多少员工", "how many employees does it have?"])
def test_a_number_of_the_record_that_was_shown_is_looked_up(read: Reader, question: str) -> None:
    plan = read.plan(question, read.plan("the customer in China with the most employees"))

    assert (plan.focus, plan.queries[0].select) == ("lookup", ("name", "employees"))


@pytest.mark.parametrize("question", ["what's the open pipeline worth today?", "今天未结商机值多少钱"])
def test_what_is_open_today_is_what_is_open_now(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].window is None


def test_what_was_opened_today_is_of_that_day(read: Reader) -> None:
    assert read("how many deals were opened today").reason == "period_without_data"


@pytest.mark.parametrize("question", ["三个月内到期的合同有几份", "两周内就要到期的合同有哪些"])
def test_what_runs_out_within_some_time_is_ahead(question: str) -> None:
    (found,) = find_periods(question, TODAY)

    assert found.period.start == TODAY


def test_the_oldest_is_of_the_greatest_age(read: Reader) -> None:
    assert read.plan("how old is the oldest open deal?").queries[0].measures[0].fold == "max"


def test_a_period_that_is_left_out_is_no_part_of_the_other(read: Reader) -> None:
    window = read.plan("how many deals were created since 2024, excluding 2024?").queries[0].window

    assert window is not None
    assert window.start is not None
    assert window.start.isoformat() == "2025-01-01"


@pytest.mark.parametrize("question", ["谁的单子最大", "whose deal is the largest", "哪个销售赢的单子最大", "which rep closed the largest deal"])
def test_whose_record_is_the_largest_is_told_of_that_record(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.measures, query.limit) == ((), 1)
    assert query.select[-2:] == ("owner", "amount")
    assert query.order[0].path == "amount"


@pytest.mark.parametrize("question", ["customers with more than one product", "买过不止一种产品的客户", "哪些客户买过2种以上产品"])
def test_how_many_sorts_somebody_has_is_held_against_a_bound(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.measures[0].fold, query.measures[0].path) == ("count_distinct", "product")
    assert query.dimensions == (Dimension(path="account"),)
    assert query.where == Compare(path="status", values=("won",))
    assert query.having[0].op in {"gt", "ge"}


def test_a_figure_per_head_is_one_per_person(read: Reader) -> None:
    measure = read.plan("won value per head").queries[0].measures[0]

    assert (measure.measure, measure.per) == ("won_value", "owner")


@pytest.mark.parametrize("question", ["年底到期的合同", "年底要到期的合同有几份", "contracts that expire by the end of the year"])
def test_what_runs_out_at_the_end_of_the_year_does_so_up_to_it(question: str) -> None:
    period = find_periods(question, TODAY)[0].period

    assert (period.start, period.end and (period.end.month, period.end.day)) == (None, (12, 31))


@pytest.mark.parametrize(
    ("question", "measure", "per"),
    [
        ("客户平均每家赢单金额多少", "won_value", "account"),
        ("销售平均每人赢了多少单", "won_count", "owner"),
        ("平均每家客户成交多少钱", "won_value", "account"),
    ],
)
def test_a_word_for_each_behind_what_it_is_each_of_takes_the_mean_over_these(read: Reader, question: str, measure: str, per: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.measures[0].measure, query.measures[0].per, query.dimensions) == (measure, per, ())


@pytest.mark.parametrize("question", ["North 2025年比2024年涨了还是跌了", "North 2025年是涨是跌，跟2024年比"])
def test_what_only_moves_is_what_was_sold(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.measures[0].measure, query.compare is not None) == ("won_value", True)


@pytest.mark.parametrize("question", ["won deals last 8 qtrs", "won deals in the last 8 qtrs"])
def test_a_unit_of_time_said_short_is_that_unit(read: Reader, question: str) -> None:
    assert read.plan(question).queries == read.plan("won deals in the last 8 quarters").queries
