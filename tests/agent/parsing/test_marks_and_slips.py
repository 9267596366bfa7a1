"""Words that say less than they seem to: marks of a colour, an end reached at last, slips repaired, how often customers were visited. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.agent.parsing.test_own_orders import STAFF
from tests.tools.crm.importing.exports import table
from tools.crm.query import And, Compare, Filter

FIRMS = table(
    "客户表.csv",
    "客户编号,客户名称,所在大区,风险标记",
    *(
        (f"K{at:03d}", f"{name}陶瓷有限公司", ("华北", "华南")[at % 2], ("红", "黄", "绿")[at % 3])
        for at, name in enumerate(["青禾", "白鹭", "松涛", "云岭", "沧海", "晴川"])
    ),
)
TENDERS = table(
    "投标项目.csv",
    "项目编号,项目名称,立项日期,客户编号,负责人,项目来源,预计金额(元),项目进度,结案日期",
    *(
        (f"XM{at:03d}", f"{at}号窑改造", f"2025-0{at % 9 + 1}-03", f"K{at % 6:03d}", ("汪海", "刘怡")[at % 2], ("公开招标", "老客户推荐")[at // 2 % 2],
         str(at * 100 + 900), ("已供窑", "未成交", "方案中")[at % 3], "" if at % 3 == 2 else f"2026-0{at % 2 + 1}-20")
        for at in range(36)
    ),
)  # fmt: skip
REPAIRS = table(
    "维修工单.csv",
    "工单号,客户编号,报修日期,完成日期,故障类型,维修工程师,工单状态",
    *(
        (f"WX{at:03d}", f"K{at % 6:03d}", f"2025-0{at % 9 + 1}-05", f"2025-0{at % 9 + 1}-15" if at % 4 else "", ("漏气", "断火")[at % 2],
         ("章峰", "程敏")[at % 2], "已关闭" if at % 4 else "处理中")
        for at in range(24)
    ),
)  # fmt: skip
VISITS = table(
    "走访登记.csv",
    "走访编号,客户编号,走访日期,走访人,方式,走访纪要",
    *(
        (f"ZF{at:03d}", f"K{at % 6:03d}", f"2025-0{at % 9 + 1}-07", ("汪海", "刘怡")[at % 2], ("上门走访", "电话回访")[at % 2], f"谈了{at}号窑")
        for at in range(24)
    ),
)

DUES = table(
    "应收台账.csv",
    "单据号,客户编号,应收日期,应收金额(元),实收金额(元),催款人",
    *((f"YS{at:03d}", f"K{at % 6:03d}", f"2025-0{at % 9 + 1}-17", "900", ("900", "300")[at % 2], ("汪海", "刘怡")[at % 2]) for at in range(24)),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("marks"), FIRMS, STAFF, TENDERS, REPAIRS, VISITS, DUES) as reader:
        yield reader


def limits(where: Filter | None) -> set[str]:
    parts = where.parts if isinstance(where, And) else (where,)
    return {value for part in parts if isinstance(part, Compare) for value in part.values}


@pytest.mark.parametrize("question", ["标红的客户有哪些", "标红的客户有几家"])
def test_customers_marked_by_a_colour_are_those_of_that_mark(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == "account"
    assert limits(query.where) == {"红"}


def test_mark_goes_on_with_the_customers_counted_before(read: Reader) -> None:
    query = read.plan("里面标黄的有几家", read.plan("华北有多少家客户")).queries[0]

    assert query.entity == "account"
    assert limits(query.where) == {"华北", "黄"}


@pytest.mark.parametrize("question", ["章峰2025年修完了几张单？", "章峰2025年修好了多少单", "章峰2025年处理完的单子有几张"])
def test_slips_that_were_repaired_are_tickets(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == "ticket"
    assert query.window is not None


@pytest.mark.parametrize("question", ["公开招标来的项目，最后供窑了的有多少个", "最后已供窑的有几个"])
def test_state_reached_in_the_end_is_counted(read: Reader, question: str) -> None:
    plan = read.plan(question)

    assert plan.focus == "figure"
    assert plan.queries[0].limit is None
    assert "已供窑" in limits(plan.queries[0].where)


def test_slips_that_were_won_are_deals(read: Reader) -> None:
    assert read.plan("汪海今年赢了多少单").queries[0].entity == "opportunity"


@pytest.mark.parametrize("question", ["2025年上门走访客户多少次", "2025年上门走访客户几趟"])
def test_how_often_customers_were_visited_counts_visits(read: Reader, question: str) -> None:
    plan = read.plan(question)

    assert plan.focus == "figure"
    assert plan.queries[0].entity == "interaction"
    assert limits(plan.queries[0].where) == {"上门走访"}


@pytest.mark.parametrize("question", ["汪海催的应收有几笔", "汪海负责催的应收台账有几笔"])
def test_who_did_it_by_the_verb_of_the_header_is_one_of_that_column(read: Reader, question: str) -> None:
    where = read.plan(question).queries[0].where

    assert isinstance(where, Compare)
    assert (where.path, where.values) == ("催款人", ("汪海",))
