"""Money said as a mass, the share of each group, work that goes on, whose records they are, and numbers to call. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import And, Compare, MeasureRef

CLIENTS = table(
    "客户表.csv",
    "客户编号,客户名称,所有制,等级",
    *((f"K{at:03d}", f"青禾{name}有限公司", ("国营", "私营")[at % 2], "ABAA"[at]) for at, name in enumerate(["纸业", "木业", "铝业", "陶业"])),
)
PEOPLE = table(
    "联系人.csv",
    "联系人编号,客户编号,姓名,职务,电话",
    *((f"L{at}", f"K{at % 4:03d}", f"林{name}", "采购经理", f"1390000000{at}") for at, name in enumerate(["晓东", "小雨", "一鸣", "佳怡", "思远", "文博"])),
)
CALLS = table(
    "拜访记录.csv",
    "拜访编号,客户编号,拜访日期,方式,纪要",
    *((f"V{at}", f"K{at % 4:03d}", f"2025-0{at % 6 + 1}-11", ("电话", "上门")[at % 2], "谈价格") for at in range(12)),
)
BILLS = table(
    "送货单.csv",
    "送货单号,客户编号,送货日,箱数,货款(元),结清没",
    *((f"SH{at:03d}", f"K{at % 4:03d}", f"2025-0{at % 6 + 1}-05", str(at + 3), str(300 + at), "NY"[at % 2]) for at in range(20)),
)
WORKS = table(
    "打井记录.csv",
    "井号,客户编号,班组,派单日,进场日,验收日,延误归因",
    *(
        (
            f"DJ{at:03d}",
            f"K{at % 4:03d}",
            ("甲班", "乙班")[at % 2],
            f"2025-01-{at + 1:02d}",
            f"2025-02-{at + 1:02d}",
            f"2025-03-{at + 1:02d}" if at < 9 else "",
            why,
        )
        for at, why in enumerate(["缺料", "下雨", "缺料", "", "下雨", "缺料", "", "", "缺料", "", "", ""])
    ),
)
DELIVERIES, WELLS = "custom:送货单", "custom:打井记录"


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("work"), CLIENTS, PEOPLE, CALLS, BILLS, WORKS) as reader:
        yield reader


@pytest.mark.parametrize("question", ["还有多少货款没结清", "没结清的货款有多少", "没结清的货款多少"])
def test_bare_how_much_of_a_word_for_money_asks_for_the_amount(export: Reader, question: str) -> None:
    query = export.plan(question).queries[0]

    assert query.entity == DELIVERIES
    assert [(each.fold, each.path) for each in query.measures] == [("sum", "货款_元")]


def test_classifier_behind_how_much_counts_the_records_of_the_money(export: Reader) -> None:
    assert export.plan("没结清的货款有多少笔").queries[0].measures == (MeasureRef(fold="count"),)


@pytest.mark.parametrize("question", ["国营和私营客户各占多少", "国营私营各占几成"])
def test_how_much_each_group_makes_up_is_its_share(export: Reader, question: str) -> None:
    query = export.plan(question).queries[0]

    assert (query.entity, query.measures[0].share, {*query.only}) == ("account", True, {"国营", "私营"})


def test_groups_whose_shares_are_asked_for_are_those_of_the_records_before(export: Reader) -> None:
    first, second = export.plan("A级客户有几家？国营私营各占多少").queries

    assert first.where is not None
    assert (second.where, second.measures[0].share) == (first.where, True)


@pytest.mark.parametrize("question", ["正在做的打井有几个", "进行中的打井有几个", "甲班在做的打井有几个"])
def test_work_that_goes_on_has_not_been_handed_over(export: Reader, question: str) -> None:
    query = export.plan(question).queries[0]

    parts = query.where.parts if isinstance(query.where, And) else (query.where,)
    assert query.entity == WELLS
    assert Compare(path="验收日", op="is_null") in parts


@pytest.mark.parametrize("question", ["没结清的送货单有几张，都是哪些客户", "没结清的送货单有几张？哪些客户的？"])
def test_which_customers_behind_a_count_are_those_of_the_very_records(export: Reader, question: str) -> None:
    first, second = export.plan(question).queries

    assert (second.entity, second.where) == (first.entity, first.where)
    assert [each.path for each in second.dimensions] == ["account"]


def test_reason_of_records_is_their_own_column_of_causes(export: Reader) -> None:
    assert [each.path for each in export.plan("打井延误最多的原因是什么").queries[0].dimensions] == ["延误归因"]


def test_phone_of_the_people_of_a_customer_is_a_number_and_no_list_of_calls(export: Reader) -> None:
    query = export.plan("青禾纸业有限公司联系人的电话").queries[0]

    assert (query.entity, query.select[:2]) == ("contact", ("name", "phone"))


def test_days_between_two_events_are_those_of_the_headers_called_so(export: Reader) -> None:
    ref = export.plan("从派单到验收平均几天").queries[0].measures[0]

    assert (ref.fold, ref.since, ref.path) == ("avg", "派单日", "验收日")


@pytest.mark.parametrize("question", ["赢单金额超过5000的商机有几个", "成交金额超过5000的单子有多少"])
def test_word_for_a_sum_of_won_deals_bounds_won_deals_alone(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    measure = read.model.measures[query.measures[0].measure or ""]
    parts = query.where.parts if isinstance(query.where, And) else (query.where,)
    assert measure.where.get("status") == ("won",) or Compare(path="status", values=("won",)) in parts


def test_month_before_last_is_called_so(read: Reader) -> None:
    window = read.plan("前个月新建了几张工单").queries[0].window

    assert window is not None
    assert (str(window.start), "上上个月" in window.words_zh, "before last" in window.words_en) == ("2026-01-01", True, True)


def test_invoicing_is_not_understood_where_nothing_is_kept_of_it(export: Reader) -> None:
    """Created deals, which the word could mean as well, would be another figure."""
    found = export("上个月开票多少")

    assert (found.plan, found.not_understood) == (None, ("开票",))
