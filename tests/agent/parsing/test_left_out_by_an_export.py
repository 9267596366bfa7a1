"""Questions about what an export keeps in another place: contracts as won deals, payments beside invoices, states without a day. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import Between, Compare, Query

MILESTONES = ("启动", "部署中", "已验收", "已上线", "已验收", "已验收")
CLIENTS = table("客户表.csv", "客户编号,客户名称", *((f"K{at:03d}", f"青禾{name}有限公司") for at, name in enumerate(["纸业", "木业", "铝业", "陶业"])))
DEALS = table(
    "商机表.csv",
    "商机编号,商机名称,客户编号,商机阶段,合同额(元),建立日期,赢单日期",
    *(
        (
            *(f"SJ{at:03d}", f"青禾第{at}期", f"K{at % 4:03d}", "赢单" if at % 2 else "输单", str(9000 + at) if at % 2 else ""),
            *(f"2025-{at % 6 + 1:02d}-03", f"2025-{at % 6 + 4:02d}-11" if at % 2 else ""),
        )
        for at in range(40)
    ),
)
BILLS = table(
    "开票明细.csv",
    "发票号,客户编号,开票日,价税合计(元),应付款日,到账日,到账额(元)",
    *(
        (
            f"FP{at:03d}",
            f"K{at % 4:03d}",
            f"2025-0{at % 6 + 1}-05",
            str(100 + at),
            f"2025-0{at % 6 + 2}-05",
            *((f"2025-0{at % 6 + 3}-05", "90") if at % 3 else ("", "")),
        )
        for at in range(30)
    ),
)
TICKETS = table(
    "服务工单.csv",
    "工单编号,客户编号,优先级,提交时间,工单状态",
    *((f"GD{at:03d}", f"K{at % 4:03d}", f"P{at % 3}", f"2025-0{at % 6 + 1}-05 10:00", ("已关闭", "处理中", "已关闭", "挂起")[at % 4]) for at in range(24)),
)
PROJECTS = table(
    "部署单.csv",
    "项目号,客户编号,当前里程碑,启动日,计划上线,实际上线,验收日,床位数,空闲床位",
    *(
        (
            *(f"XM{at:03d}", f"K{at % 4:03d}", MILESTONES[at % 6], f"2025-0{at % 6 + 1}-05", f"2025-0{at % 6 + 2}-05"),
            *((f"2025-0{at % 6 + 2}-1{at % 5}", f"2025-0{at % 6 + 3}-20") if at % 6 > 1 else ("", "")),
            *(str(20 + at), str(10 + at)),
        )
        for at in range(24)
    ),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("left_out"), CLIENTS, DEALS, BILLS, TICKETS, PROJECTS) as reader:
        yield reader


def only(read: Reader, question: str) -> Query:
    (query,) = read.plan(question).queries
    return query


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("赢单的平均合同额是多少", "average_won_value"),
        ("2025年签了多少钱的合同", "won_value"),
        ("how many contracts did we sign in 2025", "won_count"),
        ("median contract value of won deals", "median_won_value"),
    ],
)
def test_contracts_kept_nowhere_are_the_won_deals_whose_amounts_are_called_so(read: Reader, question: str, measure: str) -> None:
    assert [each.measure for each in only(read, question).measures] == [measure]


@pytest.mark.parametrize("question", ["2025年5月到账多少钱", "2025年5月收到多少钱", "how much were we paid in May 2025"])
def test_what_came_in_is_told_by_the_column_beside_the_invoice_on_its_own_day(read: Reader, question: str) -> None:
    query = only(read, question)

    assert query.window is not None
    assert (query.entity, query.measures[0].path, query.window.path) == ("invoice", "到账额_元", "到账日")


@pytest.mark.parametrize("question", ["哪几家客户欠款最多", "开票减到账最多的客户", "top 5 customers by receivables"])
def test_what_is_owed_counts_also_invoices_of_which_nothing_was_paid(read: Reader, question: str) -> None:
    assert [each.measure for each in only(read, question).measures] == ["receivable_balance"]


@pytest.mark.parametrize(("question", "op"), [("没关闭的工单有几张", "ne"), ("how many open tickets are there", "ne"), ("已关闭的工单有几张", "eq")])
def test_records_without_a_day_of_closing_are_open_by_their_state(read: Reader, question: str, op: str) -> None:
    where = only(read, question).where

    assert isinstance(where, Compare)
    assert (where.path, where.op, where.values) == ("status", op, ("已关闭",))


@pytest.mark.parametrize("question", ["2025年上半年签的单子里2025年建的有多少", "how many deals won in H1 2025 were created in 2025"])
def test_two_periods_go_each_to_the_day_of_its_own_word(read: Reader, question: str) -> None:
    query = only(read, question)

    assert query.window is not None
    assert isinstance(query.where, Between)
    assert (query.where.path, query.where.low, str(query.window.end)) == ("opened_on", "2025-01-01", "2025-06-30")


def test_state_that_was_passed_through_in_a_period_is_told_by_its_day(read: Reader) -> None:
    query = only(read, "2025年3月启动的部署单有几个")

    assert query.window is not None
    assert (query.entity, query.where, query.window.path) == ("custom:部署单", None, "启动日")


@pytest.mark.parametrize(("question", "since", "path"), [("上线到验收平均隔多久", "实际上线", "验收日"), ("计划上线到验收平均隔多久", "计划上线", "验收日")])
def test_event_that_was_planned_as_well_is_meant_as_it_happened(read: Reader, question: str, since: str, path: str) -> None:
    (ref,) = only(read, question).measures

    assert (ref.since, ref.path) == (since, path)


@pytest.mark.parametrize("question", ["晚上线的部署单有几个", "晚上线的部署单平均晚了几天"])
def test_late_is_said_right_before_an_event_of_the_export_as_well(read: Reader, question: str) -> None:
    where = only(read, question).where

    assert where is not None
    assert (where.path, where.since, where.op) == ("实际上线", "计划上线", "gt")  # type: ignore[union-attr]


def test_what_a_column_counts_is_called_by_its_header_without_the_word_for_number(read: Reader) -> None:
    assert [each.path for each in only(read, "部署单的床位一共多少个").measures] == ["床位数"]
