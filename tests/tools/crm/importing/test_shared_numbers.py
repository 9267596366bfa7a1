"""Plans of instalments are payments; what names no account belongs to whom all lines with its number belong to, on both kinds of store. Names are made up."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.exports import table
from tests.tools.crm.importing.test_own_references import bring
from tools.crm.importing.proposing import propose_mapping
from tools.crm.models import Account, CustomRow, Member, Payment
from tools.crm.semantic import load_model
from tools.crm.semantic.model import base_model

FIRMS = table("客户表.csv", "客户编号,客户名称,所在省", *((f"K{at:03d}", f"窑村{at}号陶瓷有限公司", "江西") for at in range(8)))
STAFF = table(
    "人员表.csv", "工号,姓名,岗位,入职日期", *((f"Y{at:02d}", name, "业务员", "2020-03-01") for at, name in enumerate(("汪海", "刘怡", "章峰", "程敏")))
)
LINES = table(
    "发货单明细.csv",
    "发货单号,行,发货日,客户编号,业务员工号,箱数",
    *((f"FH-{at // 2:04d}", str(at % 2 + 1), "2025-03-08", f"K{at // 2 % 8:03d}", f"Y{at // 2 % 4:02d}", str(at + 3)) for at in range(24)),
)
CHECKS = table("破损登记.csv", "发货单号,破损箱数,说明", *((f"FH-{at:04d}", str(at % 3), f"角部破损{at}处") for at in range(12)))
SCHEDULE = table(
    "账期表.csv",
    "发货单号,款项,应收(元),到期日,实收(元),最近到账日",
    *((f"FH-{at:04d}", part, "900", "2025-04-20", *(("900", "2025-04-25") if at % 3 else ("", ""))) for at in range(12) for part in ("定金", "尾款")),
)


def whose(engine: Engine, kind: type[CustomRow] | type[Payment]) -> set[tuple[str | None, str | None]]:
    with Session(engine) as session:
        statement = select(Account.source_id, Member.source_id).select_from(kind).outerjoin(Account, kind.account_id == Account.id)
        return {(row[0], row[1]) for row in session.execute(statement.outerjoin(Member, kind.owner_id == Member.id))}


def test_what_was_due_and_what_came_of_it_with_their_days_are_payments() -> None:
    (mapped,) = propose_mapping([SCHEDULE], base_model(), "north").tables

    assert mapped.entity == "payment"
    assert {column.header: column.to for column in mapped.columns if column.to in {"amount", "paid_on"}} == {"实收(元)": "amount", "最近到账日": "paid_on"}


@pytest.mark.parametrize("tables", [(CHECKS,), (SCHEDULE,)], ids=["an own table", "payments"])
def test_row_that_names_nobody_has_the_account_and_the_owner_of_all_lines_with_its_number(engine: Engine, tables: tuple) -> None:
    report = bring(engine, FIRMS, STAFF, LINES, *tables)

    kind = Payment if tables == (SCHEDULE,) else CustomRow
    assert whose(engine, kind) == {(f"K{at % 8:03d}", f"Y{at % 4:02d}") for at in range(12)}
    assert [each.data for each in report.assumptions if each.key == "account_from_number"] == [
        {"file": tables[0].file, "column": "发货单号", "count": str(len(tables[0].rows))}
    ]  # fmt: skip


def test_number_whose_lines_are_of_different_accounts_tells_of_none(engine: Engine) -> None:
    rows = [[*row[:3], f"K{at % 8:03d}", *row[4:]] for at, row in enumerate(LINES.rows)]
    mixed = table(LINES.file, LINES.headers, *rows)

    report = bring(engine, FIRMS, STAFF, mixed, SCHEDULE)

    assert whose(engine, Payment) == {(None, None)}
    assert not [each for each in report.assumptions if each.key == "account_from_number"]


def test_lines_may_be_those_of_the_deals_themselves(engine: Engine) -> None:
    orders = table(
        "订单明细.csv",
        "订单号,项次,下单日期,客户编号,业务员工号,品名,订单金额(元),进度",
        *(
            (f"DD-{at // 2:04d}", str(at % 2 + 1), "2025-03-08", f"K{at // 2 % 8:03d}", f"Y{at // 2 % 4:02d}", "瓷砖", str(900 + at), "已发完")
            for at in range(24)
        ),
    )
    trips = table("送货记录.csv", "送货单号,送货日期,订单号,项次,箱数", *((f"SH-{at:04d}", "2025-03-20", f"DD-{at:04d}", "1", "3") for at in range(12)))

    bring(engine, FIRMS, STAFF, orders, trips)

    assert whose(engine, CustomRow) == {(f"K{at % 8:03d}", f"Y{at % 4:02d}") for at in range(12)}


def test_what_is_due_of_a_statement_is_its_amount_and_what_was_received_is_none() -> None:
    rows = [("2025-07", f"K{at:03d}", "1200", "2025-07-08", "2025-08-08", *(("1200", "2025-08-03") if at % 3 else ("", ""))) for at in range(8)]
    source = table("月结对账单.csv", "账单月份,客户编号,应收(元),开票日期,到期日,实收(元),最近收款日", *rows)

    mapped = propose_mapping([FIRMS, source], base_model(), "north").tables[1]

    assert mapped.entity == "invoice"
    assert {column.header: (column.to, column.fills) for column in mapped.columns if "收(元)" in column.header} == {
        "应收(元)": ("amount", None),
        "实收(元)": ("custom", "balance"),
    }


def test_number_of_another_record_is_no_word_for_those_of_a_table(engine: Engine) -> None:
    checks = table(
        "抽检登记.csv",
        "抽检编号,抽检日,订单号,抽检箱数,破损箱数",
        *((f"CJ-{at:04d}", "2025-03-20", f"DD-{at:04d}", str(at + 3), str(at % 2)) for at in range(12)),
    )

    bring(engine, FIRMS, STAFF, checks)

    with Session(engine) as session:
        (called,) = [entity.words.zh for entity in load_model(session).entities.values() if entity.custom_table is not None]
    assert "抽检" in called
    assert "订单" not in called
