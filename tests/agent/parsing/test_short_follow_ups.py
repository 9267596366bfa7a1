"""Short follow-ups of everyday talk about a count or a sum: how many and how much of it, the same days a year ago, the largest of them. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.agent.parsing.test_own_orders import FIRMS, GOODS, STAFF
from tests.tools.crm.importing.exports import table
from tools.crm.query import And, Compare, Filter

DEALS = table(
    "项目机会.csv",
    "项目编号,项目名称,立项日期,客户编号,负责人,是否招标,预计金额(元),项目阶段,结案日期,丢单原因",
    *(
        (f"XM{at:03d}", f"{('北厂', '南厂', '西厂')[at % 3]}{at}号窑改造", f"2025-0{at % 9 + 1}-03", f"K{at % 6:03d}", ("汪海", "刘怡")[at % 2],
         ("是", "否")[at // 3 % 2], str(at * 100 + 900),
         *(("已中标", f"2026-0{at % 2 + 1}-20", ""), ("未中标", f"2026-0{at % 2 + 1}-25", "价格"), ("方案设计", "", ""))[at % 3])
        for at in range(36)
    ),
)  # fmt: skip
CONTRACTS = table(
    "合同登记.csv",
    "合同编号,客户编号,签订日期,合同金额(元),结算方式,合同状态",
    *(
        (f"HT{at:03d}", f"K{at % 6:03d}", f"2025-0{at % 9 + 1}-11", str(at * 50 + 700), ("月结", "预付", "季结")[at % 3], ("执行中", "已完结")[at % 2])
        for at in range(24)
    ),
)

LINES = table(
    "发货明细.csv",
    "发货单号,行号,客户编号,发货日期,货款(元),行状态",
    *(
        (f"FH{at // 2:03d}", str(at % 2 + 1), f"K{at % 6:03d}", f"2025-0{at % 9 + 1}-14", str(at * 10 + 90), ("已签收", "已取消")[at % 5 == 4])
        for at in range(30)
    ),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("talk"), FIRMS, STAFF, GOODS, DEALS, CONTRACTS, LINES) as reader:
        yield reader


def limits(where: Filter | None) -> set[str]:
    parts = where.parts if isinstance(where, And) else (where,)
    return {value for part in parts if isinstance(part, Compare) for value in part.values}


@pytest.mark.parametrize("question", ["月结的占几份", "其中月结的占多少份", "这里面月结的占了几份？"])
def test_how_many_of_them_is_a_number_and_no_share(read: Reader, question: str) -> None:
    before = read.plan("现在执行中的合同有几份")

    plan = read.plan(question, before)

    assert plan.focus == "figure"
    assert not any(ref.share for ref in plan.queries[0].measures)
    assert limits(plan.queries[0].where) == {"执行中", "月结"}


def test_what_money_part_of_it_is_is_an_amount_and_no_share(read: Reader) -> None:
    before = read.plan("执行中的合同金额合计多少")

    plan = read.plan("这里面月结的占多少钱", before)

    assert plan.focus == "figure"
    assert limits(plan.queries[0].where) == {"执行中", "月结"}


def test_share_that_is_asked_for_is_told_as_one(read: Reader) -> None:
    assert read.plan("月结的占多少", read.plan("现在执行中的合同有几份")).focus == "share"


@pytest.mark.parametrize("question", ["总金额是多少", "金额合计多少？"])
def test_total_of_what_was_counted_is_of_the_same_records(read: Reader, question: str) -> None:
    before = read.plan("2025年执行中的合同有几份")

    query = read.plan(question, before).queries[0]

    assert query.entity == before.queries[0].entity
    assert query.where == before.queries[0].where
    assert query.window == before.queries[0].window


def test_total_after_records_of_an_own_table_is_of_those(read: Reader) -> None:
    query = read.plan("总金额是多少", read.plan("2025年已签收的发货明细有几条")).queries[0]

    assert query.entity == "custom:发货明细"
    assert [(ref.fold, ref.path) for ref in query.measures] == [("sum", "货款_元")]
    assert limits(query.where) == {"已签收"}


@pytest.mark.parametrize("question", ["那里面走招标的有多少", "那里面打算招标的有几个"])
def test_among_those_is_no_place_and_intending_says_nothing_beside_a_flag(read: Reader, question: str) -> None:
    before = read.plan("今年丢了多少项目")

    query = read.plan(question, before).queries[0]

    assert query.measures == before.queries[0].measures
    assert query.where is not None


def test_verb_that_says_nothing_beside_a_flag_keeps_no_follow_up_from_going_on(read: Reader) -> None:
    before = read.plan("今年丢了多少项目")

    query = read.plan("其中走招标的有几个？", before).queries[0]

    assert query.measures == before.queries[0].measures
    assert query.window == before.queries[0].window
    assert query.where is not None


@pytest.mark.parametrize("question", ["去年同期是多少？", "去年同期有多少"])
def test_same_days_of_the_year_before_are_asked_for_shortly(read: Reader, question: str) -> None:
    before = read.plan("2026年签了多少个项目")

    query = read.plan(question, before).queries[0]

    assert query.measures == before.queries[0].measures
    assert query.window is not None
    assert query.window.start is not None
    assert query.window.start.year == 2025


@pytest.mark.parametrize("question", ["预计金额最大的是哪个？", "金额最大的是哪一个"])
def test_largest_of_those_counted_is_one_of_them(read: Reader, question: str) -> None:
    query = read.plan(question, read.plan("现在方案设计阶段的项目有几个")).queries[0]

    assert (query.limit, query.measures) == (1, ())
    assert limits(query.where) == {"方案设计"}
