"""Columns whose headers no word of the model meets find their place by when they hold something, by what their header ends with, and by other tables."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.test_unusual_headers import kind_of, load, places, propose, write
from tools.crm.importing.mapping import ColumnMap
from tools.crm.models import Invoice, Opportunity

WAYS = ("处理中,故障,金铭", "已关闭,咨询,袁芳")
STAGES = ("赢单", "输单", "洽谈")


def deal(at: int) -> str:
    """Won, lost and open deals in turn; an estimate for all, a price for the won ones, and a day of its own for each end."""
    stage, day = STAGES[at % 3], f"2025-{1 + at % 9:02d}-10"
    won, lost = stage == "赢单", stage == "输单"
    asked = 100 + at
    return ",".join(
        (
            f"X-{at:03d}", f"楼盘{at}", f"K-{at % 4}", stage, f"{asked}", f"{asked - 5}" if won else "", f"{at % 7}",
            day, "2025-12-01", day if won else "", day if lost else "", "价高" if lost else "", ("王强", "李娜")[at % 2],
        )
    )  # fmt: skip


@pytest.fixture
def export(tmp_path: Path) -> Path:
    write(tmp_path, "客户.csv", "客户编码,客户名称,城市", *(f"K-{at},客户{at}号,苏州" for at in range(4)))
    headers = "报价号,楼盘,客户编码,阶段,标价(万元),落定价(万元),运费(元),建立日期,预计落定日,落定日期,丢单日期,丢单归因,业务员"
    write(tmp_path, "报价项目.csv", headers, *(deal(at) for at in range(30)))
    write(
        tmp_path,
        "项目实施.csv",
        "项目号,报价号,客户编码,启动日期,费用(元)",
        *(f"P-10{at:02d},X-{at:03d},K-{at % 4},2025-03-01,{at}00" for at in range(0, 30, 3)),
    )
    rows = (f"R-10{at:02d},K-{at % 4},P{1 + at % 3},2025-03-01 10:00,{WAYS[at % 2]},{at % 5}" for at in range(12))
    write(tmp_path, "服务工单.csv", "请求编号,客户编码,优先级,提交时间,请求状态,请求类别,受理工程师,客户评分", *rows)
    write(
        tmp_path, "开票明细.csv", "发票号,客户编码,开票日,价税合计(元),到账额(元)",
        *(f"F-{at},K-{at % 4},2025-03-01,1000,{('', '400', '1000')[at % 3]}" for at in range(9)),
    )  # fmt: skip
    return tmp_path


def column(export: Path, file: str, header: str) -> ColumnMap:
    table = next(table for table in propose(export).tables if table.file == file)
    return next(each for each in table.columns if each.header == header)


def test_amount_that_only_won_deals_have_is_theirs_and_the_nearest_to_it_is_what_open_ones_count_by(export: Path) -> None:
    assert column(export, "报价项目.csv", "落定价(万元)").to == "amount"
    assert column(export, "报价项目.csv", "标价(万元)").fills == "amount"
    assert column(export, "报价项目.csv", "运费(元)").fills is None


def test_day_of_closing_in_two_columns_is_one(engine: Engine, export: Path) -> None:
    load(engine, export)

    with Session(engine) as session:
        days = {deal.source_id: str(deal.close_on) for deal in session.scalars(select(Opportunity))}
    assert (days["X-000"], days["X-001"], days["X-002"]) == ("2025-01-10", "2025-02-10", "2025-12-01")


def test_table_with_the_ids_of_deals_beside_its_own_tells_more_of_them(export: Path) -> None:
    assert kind_of(propose(export), "项目实施.csv") == "custom"
    assert places(propose(export), "项目实施.csv")["报价号"] == "opportunity#id"


@pytest.mark.parametrize(
    ("file", "header", "place"),
    [
        ("服务工单.csv", "请求状态", "status"),
        ("服务工单.csv", "请求类别", "category"),
        ("服务工单.csv", "受理工程师", "owner"),
        ("报价项目.csv", "丢单归因", "lost_reason"),
        ("报价项目.csv", "建立日期", "opened_on"),
    ],
)
def test_what_a_header_ends_with_tells_its_place(export: Path, file: str, header: str, place: str) -> None:
    assert column(export, file, header).to == place


def test_what_was_received_of_an_invoice_leaves_its_balance(engine: Engine, export: Path) -> None:
    load(engine, export)

    with Session(engine) as session:
        left = {invoice.number: str(invoice.balance) for invoice in session.scalars(select(Invoice))}
    assert (left["F-0"], left["F-1"], left["F-2"]) == ("1000", "600", "0")
