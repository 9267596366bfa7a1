"""Readings that use every word and answer another question are refused; denials and limits keep to what they are said of. Names are made up."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import pytest

from agent.parsing.conditions.undone import lasting_still
from agent.parsing.language.text import tokenise
from agent.parsing.linking.items import Item, Linked
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.misfits import misfits
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.signals import Signals, read_signals
from agent.parsing.store_words.vocabulary import Term, Value
from agent.parsing.wording.rewording import reword
from tests.agent.parsing.conftest import TODAY, Reader
from tools.crm.query import Compare, Filter, Lasted, MeasureRef
from tools.store.classification import Classification


@pytest.mark.parametrize(
    "question",
    [
        "哪些客户丢过至少两单、却一单都没赢过",
    ],
)
def test_a_condition_that_would_limit_nothing_is_not_answered(read: Reader, question: str) -> None:
    assert read(question).plan is None


def test_a_condition_on_what_is_lacking_is_read_as_such(read: Reader) -> None:
    plan = read.plan("accounts with at least 2 lost deals and not one win - which?")

    assert plan.said_back_en == "accounts without won deals with at least 2 lost deals"


@pytest.mark.parametrize(
    ("question", "values"),
    [("没有输的单子有几个", ("lost",)), ("how many deals are neither won nor lost", ("won", "lost"))],
)
def test_a_denied_outcome_limits_the_deals_themselves(read: Reader, question: str, values: tuple[str, ...]) -> None:
    where = read.plan(question).queries[0].where

    assert where == Compare(path="status", op="ne", values=values)


def test_a_period_by_another_day_is_no_month_by_month(read: Reader) -> None:
    plan = read("number of won deals this year, by engage date").plan

    assert plan is None or not any(dimension.grain for dimension in plan.queries[0].dimensions)


@pytest.mark.parametrize("question", ["医联体牵头单位有几家", "首单元的合同有几份"])
def test_a_noun_that_begins_with_a_word_for_deals_is_no_first_deal(question: str) -> None:
    assert reword(question) == question


@pytest.mark.parametrize("question", ["谁的合同，金额加起来最多", "whose contracts add up to the most"])
def test_what_adds_up_to_the_most_is_not_the_one_largest_record(read: Reader, question: str) -> None:
    plan = read(question).plan

    assert plan is None or plan.queries[0].measures


@pytest.mark.parametrize(("op", "found"), [("gt", [("lt", 60)]), ("le", [("ge", 60), ("lt", 0)])])
def test_what_has_not_happened_yet_has_lasted_until_today(read: Reader, op: Literal["gt", "le"], found: list[tuple[str, int]]) -> None:
    unpaid = Compare(path="paid_on", op="is_null")
    limits: tuple[Filter, ...] = (Lasted(path="paid_on", since="due_on", op=op, days="60"), unpaid)
    reading = Reading("invoice", Paths(read.vocabulary), read_signals(Linked((), (), (), TODAY)), filters=limits)

    told = [each for each in lasting_still(reading).filters if isinstance(each, Compare) and each != unpaid]

    assert [(each.path, each.op, each.values) for each in told] == [("due_on", op_, ((TODAY - timedelta(days=days)).isoformat(),)) for op_, days in found]
    assert not any(isinstance(each, Lasted) for each in lasting_still(reading).filters)
    assert lasting_still(Reading("invoice", reading.paths, reading.signals, filters=limits[:1])).filters == limits[:1]


@pytest.mark.parametrize("question", ["最新一单的金额是多少", "amount of the latest deal"])
def test_the_newest_record_is_not_the_one_of_the_highest_figure(read: Reader, question: str) -> None:
    plan = read(question).plan

    assert plan is None or (not plan.queries[0].measures and plan.queries[0].order[0].path != "amount")


@pytest.mark.parametrize(
    ("question", "path"),
    [("win rate on deals decided in 2025", None), ("won deals per quarter, by engage date", "opened_on")],
)
def test_a_state_or_day_said_once_more_makes_no_groups(read: Reader, question: str, path: str | None) -> None:
    dimensions = read.plan(question).queries[0].dimensions

    assert [each.path for each in dimensions] == ([path] if path else [])


@pytest.mark.parametrize("question", ["谁负责的单子最多", "谁经手的商机最多"])
def test_whoever_looks_after_the_most_is_a_person_and_not_the_largest_record(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert [each.path for each in query.dimensions] == ["owner"]
    assert query.measures


def test_the_whole_before_a_share_is_no_question_of_its_own(read: Reader) -> None:
    plan = read("Of visits, what share was closed within 7 days?").plan

    assert plan is None or len(plan.queries) == 1


def _linked(*items: Item) -> Signals:
    tokens = tokenise(" ".join(item.text for item in items))
    return read_signals(Linked(tuple(tokens), items, (), TODAY))


def test_what_we_won_against_a_rival_is_not_its_revenue(read: Reader) -> None:
    rival = Value("opportunity", "competitor", "Quarrel", 3, False, Classification.INTERNAL)
    named = Item(0, 1, "Quarrel", values=(rival,))
    where = (Compare(path="competitor", values=("Quarrel",)),)

    def of(text: str) -> list[int]:
        items = named, Item(1, 1 + len(text.split()), text, terms=(Term("measure", "opportunity", "won_value", 2),))
        reading = Reading("opportunity", Paths(read.vocabulary), _linked(*items), measures=(MeasureRef(measure="won_value"),), filters=where)
        return misfits(reading)

    assert of("revenue") == [0]
    assert of("won value") == []


def test_the_numbers_of_payments_in_their_order_are_not_added_up(read: Reader) -> None:
    items = (Item(0, 1, "instalments", terms=(Term("field", "payment", "term", 0),)),)
    reading = Reading("payment", Paths(read.vocabulary), _linked(*items), used=frozenset({0}), measures=(MeasureRef(fold="sum", path="term"),))

    assert misfits(reading) == [0]


def test_of_a_compound_the_last_noun_says_what_is_counted(read: Reader) -> None:
    visits = Item(0, 1, "travel", terms=(Term("entity", "interaction", "interaction", 5),), source="translated")
    deals = Item(1, 2, "deals", terms=(Term("entity", "opportunity", "opportunity", 0),))
    counted = (MeasureRef(measure="interaction_count"),)

    assert misfits(Reading("interaction", Paths(read.vocabulary), _linked(visits, deals), measures=counted)) == [0]
    assert misfits(Reading("opportunity", Paths(read.vocabulary), _linked(visits, deals), measures=(MeasureRef(measure="deal_count"),))) == []


def test_records_of_another_kind_than_the_noun_asked_for_are_not_listed(read: Reader) -> None:
    which = Item(0, 1, "which", cues=("which",))
    accounts = Item(1, 2, "accounts", terms=(Term("entity", "account", "account", 0),))
    door = Item(2, 3, "high", values=(Value("ticket", "priority", "high", 1, False, Classification.INTERNAL),))
    where = (Compare(path="priority", values=("high",)),)

    def listed(entity: str) -> Reading:
        return Reading(
            entity, Paths(read.vocabulary), _linked(which, accounts, door), used=frozenset({0, 1, 2}), select=("source_id",), filters=where, focus="list"
        )

    assert misfits(listed("ticket")) == [1]
    assert misfits(listed("account")) == []


@pytest.mark.parametrize("question", ["which account has the largest deal", "最大一个商机是哪个客户的"])
def test_the_largest_record_is_not_whoever_has_most_of_them(read: Reader, question: str) -> None:
    plan = read(question).plan

    assert plan is None or not any(ref.measure == "deal_count" for ref in plan.queries[0].measures)
