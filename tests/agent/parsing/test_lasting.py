"""How long things take and how old they are, in both languages: figures and bounds. Names are made up."""

from __future__ import annotations

from datetime import date

import pytest

from agent.parsing.language.lengths import Length, find_lengths
from agent.parsing.language.text import tokenise
from tests.agent.parsing.conftest import TODAY, Reader
from tools.crm.query import And, Compare, Filter, Lasted, MeasureRef, Window

OPEN = Compare(path="status", values=("open",))


def parts(where: Filter | None) -> tuple[Filter, ...]:
    return where.parts if isinstance(where, And) else () if where is None else (where,)


@pytest.mark.parametrize(
    ("words", "op", "days", "aged", "waiting"),
    [
        ("older than 90 days", "gt", "90", True, False),
        ("for more than 2 weeks", "gt", "14", False, False),
        ("at least 3 months", "ge", "90", False, False),
        ("within 48 hours", "le", "2", False, False),
        ("6 weeks old", "ge", "42", True, False),
        ("more than a week", "gt", "7", False, False),
        ("超过90天", "gt", "90", False, False),
        ("三个月以上", "ge", "90", False, False),
        ("挂了30天以上", "ge", "30", True, True),
        ("2天内", "le", "2", False, False),
        ("提前半个月以上", "ge", "15", False, False),
        ("提前半年以上", "ge", "182", False, False),
    ],
)
def test_length_with_a_bound_is_read_in_days(words: str, op: str, days: str, aged: bool, waiting: bool) -> None:
    found = [length for _, _, length in find_lengths(tokenise(words))]
    assert [(each.op, f"{each.days.normalize():f}", each.aged, each.waiting) for each in found] == [(op, days, aged, waiting)]


@pytest.mark.parametrize("words", ["90 days", "the last 30 days", "over 90 deals", "超过90万", "30天", "$90 days", "比去年上半年多", "前半年比后半年多"])
def test_length_without_a_bound_or_without_a_unit_is_none(words: str) -> None:
    found: list[Length] = [length for _, _, length in find_lengths(tokenise(words))]
    assert found == []


@pytest.mark.parametrize(
    ("question", "fold"),
    [
        ("how old are our open deals on average", "avg"),
        ("average age of open deals", "avg"),
        ("median age of open deals", "median"),
        ("未结商机平均在途多少天", "avg"),
        ("未结商机平均挂了多久", "avg"),
    ],
)
def test_age_counts_from_the_day_it_began_to_today(read: Reader, question: str, fold: str) -> None:
    query = read.plan(question).queries[0]
    assert query.measures == (MeasureRef(fold=fold, since="opened_on", upto=TODAY),)  # type: ignore[arg-type]
    assert parts(query.where) == (OPEN,)


@pytest.mark.parametrize(
    ("question", "op", "day"),
    [
        ("open deals older than 90 days", "lt", date(2025, 12, 1)),
        ("deals open for more than 2 weeks", "lt", date(2026, 2, 15)),
        ("创建超过90天仍未关闭的商机", "lt", date(2025, 12, 1)),
        ("挂了30天以上的商机", "le", date(2026, 1, 30)),
        ("open deals younger than 30 days", "gt", date(2026, 1, 30)),
    ],
)
def test_bound_on_an_age_is_a_bound_on_the_day_it_began(read: Reader, question: str, op: str, day: date) -> None:
    query = read.plan(question).queries[0]
    assert Compare(path="opened_on", op=op, values=(day.isoformat(),)) in parts(query.where)  # type: ignore[arg-type]
    assert OPEN in parts(query.where) or query.measures == (MeasureRef(measure="open_count"),)
    assert query.window is None


@pytest.mark.parametrize("question", ["deals that took longer than 60 days to close", "how many won deals took more than 60 days to close"])
def test_bound_on_what_closing_took_is_no_bound_on_the_amount(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]
    assert Lasted(path="close_on", since="opened_on", op="gt", days="60") in parts(query.where)
    assert not any(isinstance(part, Compare) and part.path == "amount" for part in parts(query.where))
    assert Compare(path="status", values=("won",)) in parts(query.where) or query.measures == (MeasureRef(measure="won_count"),)


def test_closed_within_some_days_is_no_period_to_come(read: Reader) -> None:
    query = read.plan("deals closed within 30 days").queries[0]
    assert query.window is None
    assert Lasted(path="close_on", since="opened_on", op="le", days="30") in parts(query.where)


@pytest.mark.parametrize("question", ["average time from creation to close of deals", "从立项到成交平均多少天"])
def test_named_duration_of_the_same_days_is_preferred(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].measures == (MeasureRef(measure="sales_cycle"),)


@pytest.mark.parametrize("question", ["从立项到结案平均多少天", "从创建到关单平均要几天"])
def test_days_until_deals_are_closed_are_those_of_lost_ones_too(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]
    assert query.measures == (MeasureRef(fold="avg", path="close_on", since="opened_on"),)
    assert (query.where, query.dimensions) == (Compare(path="status", values=("won", "lost")), ())


@pytest.mark.parametrize("question", ["deals for more than 90 days", "商机数超过90天"])
def test_length_that_fits_nothing_is_not_read_as_a_period(read: Reader, question: str) -> None:
    assert read(question).plan is None


def test_absence_for_some_days_is_still_a_period(read: Reader) -> None:
    query = read.plan("accounts without visits in the last 90 days").queries[0]
    assert query.window is None or isinstance(query.window, Window)
    assert not any(isinstance(part, Lasted) for part in parts(query.where))


def test_months_are_said_to_be_counted_as_days(read: Reader) -> None:
    assert any("90 days" in each.en for each in read.plan("open deals older than 3 months").assumptions)
