"""Columns of an export that name records of another table are found, kept as they are written, and walked by queries like shipped references."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.exports import MONDAY, NEXT_MONDAY, SYSTEM, custom, load, table, to
from tests.tools.crm.test_query_reference import ask
from tools.access.principal import Principal, Role
from tools.crm.current import StoreReader
from tools.crm.errors import FieldNotReadable
from tools.crm.importing.mapping import ColumnMap, Mapping
from tools.crm.importing.proposing import propose_mapping
from tools.crm.importing.report import ImportReport
from tools.crm.importing.service import run_load
from tools.crm.importing.source import SourceTable
from tools.crm.models import CustomField, Member, RowChange, Ticket
from tools.crm.query import Compare, Dimension, Exists, MeasureRef, Query
from tools.crm.results import ResultSet
from tools.crm.semantic import FieldType, load_model
from tools.crm.semantic.model import base_model
from tools.store.classification import Classification

MANY = range(1, 13)
STAFF = table(
    "花名册.csv", "工号,姓名,职务,入职日期", *((f"YW{at:03d}", name, "业务员", "2020-01-01") for at, name in enumerate(("汪海", "刘怡", "章峰", "程敏"), 1))
)
CUSTOMERS = table(
    "客户名录.csv", "客户代码,客户名称,所在城市,负责人", *((f"JF{at:03d}", f"客户{at}号", "昆明", ("汪海", "刘怡")[at % 2]) for at in MANY)
)  # fmt: skip
DEALS = table(
    "商机台账.csv", "商机编号,商机名称,客户代码,负责人,产品线,阶段,金额,成交日期,技术支持",
    *((f"SJ{at:03d}", f"项目{at}", f"JF{at:03d}", ("汪海", "刘怡")[at % 2], ("幕墙", "门窗", "铝板")[at % 3], "赢单", str(at), "2025-05-01",
       ("章峰", "程敏", "汪海")[at % 3]) for at in MANY),
)  # fmt: skip
CONTRACTS = table(
    "合同清单.csv", "合同号,商机编号,合同金额,签约日期", *((f"HT-{at:04d}", f"SJ{at:03d}", f"{at}000", "2025-06-01") for at in MANY)
)  # fmt: skip
# six complaints about the first contract, three about the third, one each about the fifth to the ninth
COMPLAINED = (1, 1, 1, 1, 1, 1, 3, 3, 3, 5, 6, 7, 8, 9)


def complaints(*more: tuple[str, ...]) -> SourceTable:
    rows = ((f"TS{at:04d}", "2025-10-01", f"JF{of:03d}", f"HT-{of:04d}", "渗漏", str(of % 3)) for at, of in enumerate(COMPLAINED, 1))
    return table("投诉登记.csv", "投诉单号,登记日期,客户代码,合同号,投诉类别,返工次数", *rows, *more)


MACHINES = table(
    "设备台账.csv", "设备编号,机型,安装日期", *((f"EQ-{at:03d}", ("数控锯", "组框机", "注胶机")[at % 3], "2024-02-01") for at in MANY)
)  # fmt: skip
REPAIRS = table("检修流水.csv", "检修单号,设备编号,检修日期,费用(元)", *((f"WX{at:04d}", f"EQ-{1 + at % 9:03d}", "2025-03-01", f"{at}00") for at in range(32)))
EXPORT = (STAFF, CUSTOMERS, DEALS, CONTRACTS, complaints(), MACHINES, REPAIRS)
OWNER = Principal.local_owner()
COUNT = MeasureRef(fold="count")


def propose(*tables: SourceTable) -> Mapping:
    return propose_mapping(tables, base_model(), SYSTEM)


def bring(engine: Engine, *tables: SourceTable, mapping: Mapping | None = None) -> ImportReport:
    return run_load(engine, tables, mapping or propose(*tables), "export", MONDAY, NEXT_MONDAY.tzinfo or MONDAY.tzinfo, partial=len(tables) < len(EXPORT))


def column(mapping: Mapping, file: str, header: str) -> ColumnMap:
    mapped = next(each for each in mapping.tables if each.file == file)
    return next(each for each in mapped.columns if each.header == header)


def put(engine: Engine, query: Query, principal: Principal = OWNER) -> ResultSet:
    with Session(engine) as session:
        model = load_model(session)
    return ask(engine, query, model, principal)


def groups(result: ResultSet, column: str) -> dict[str | None, str | None]:
    return {row.cells[column].value: row.cells["m0"].value for row in result.rows}


def numbers(result: ResultSet, column: str) -> list[str | None]:
    return [row.cells[column].value for row in result.rows]


@pytest.mark.parametrize(
    ("file", "header", "refers", "by"),
    [
        ("投诉登记.csv", "合同号", "contract", None),
        ("商机台账.csv", "技术支持", "member", None),
        ("检修流水.csv", "设备编号", "custom:设备台账", "设备编号"),
    ],
)
def test_column_of_the_ids_or_names_of_another_table_refers_to_it(file: str, header: str, refers: str, by: str | None) -> None:
    found = column(propose(*EXPORT), file, header)

    assert (found.to, found.type, found.refers, found.by) == ("custom", FieldType.REF, refers, by)


def test_number_that_comes_again_beside_an_id_of_the_records_own_is_that_of_the_other_table() -> None:
    rows = ((f"KS2025{at:03d}", "2025/10/1", f"HT-{of:04d}", "渗漏", "二级", "汪海", "2025/10/9") for at, of in enumerate(COMPLAINED, 1))
    said = table("客诉登记.csv", "客诉单号,受理日期,合同号,问题类别,严重等级,责任工程师,结案日期", *rows)

    found = column(propose(STAFF, CUSTOMERS, DEALS, CONTRACTS, said), "客诉登记.csv", "合同号")

    assert (found.to, found.refers) == ("custom", "contract")


def test_column_that_numbers_its_own_table_holds_categories_or_small_numbers_refers_to_nothing() -> None:
    mapping = propose(*EXPORT)

    kept = {each.header for mapped in mapping.tables for each in mapped.columns if each.refers is None and each.to == "custom"}
    assert {"检修单号", "机型", "费用(元)", "返工次数"} <= kept
    assert column(mapping, "设备台账.csv", "设备编号").refers is None


def test_header_of_a_shipped_reference_over_ids_of_an_own_table_refers_to_that() -> None:
    tickets = table(
        "急修工单.csv", "工单编号,报修时间,设备编号,状态", *((f"JX-{at:04d}", "2025-01-01 10:00", f"EQ-{1 + at % 9:03d}", "已关闭") for at in range(30))
    )  # fmt: skip

    alone, beside = (column(propose(*tables), "急修工单.csv", "设备编号") for tables in ((tickets,), (tickets, MACHINES)))

    assert alone.refers is None
    assert (beside.to, beside.refers) == ("custom", "custom:设备台账")


LINES = table("产品线目标.csv", "产品线,目标", ("幕墙", "100"), ("门窗", "200"), ("铝板", "300"))
BATCHES = table("批次表.csv", "批次号,炉号", *((str(at), f"炉{at}") for at in MANY))
CALENDAR = table("日历.csv", "日期,节", *((f"2025-01-{at:02d}", "") for at in MANY))


@pytest.mark.parametrize(
    ("headers", "rows", "more"),
    [
        ("流水号,物料,说明", [(f"Q-{at:04d}", f"HT-{at + 3:04d}", "x") for at in MANY], (CONTRACTS,)),  # three of twelve are no contracts
        ("流水号,产品线,说明", [(f"Q-{at:04d}", ("幕墙", "门窗", "铝板")[at % 3], "x") for at in MANY], (LINES,)),  # a list of categories
        ("流水号,数量,说明", [(f"Q-{at:04d}", str(at), "x") for at in MANY], (BATCHES,)),  # small numbers under another header
        ("流水号,日期,说明", [(f"Q-{at:04d}", f"2025-01-{at:02d}", "x") for at in MANY], (CALENDAR,)),
        ("流水号,合同,说明", [(f"Q-{at:04d}", "HT-0001", "x") for at in MANY], (CONTRACTS,)),  # one and the same
    ],
    ids=["too few", "categories", "small numbers", "days", "one value"],
)  # fmt: skip
def test_near_miss_refers_to_nothing(headers: str, rows: Sequence[tuple[str, ...]], more: Sequence[SourceTable]) -> None:
    mapping = propose(table("流水.csv", headers, *rows), *more)

    assert [each.refers for each in mapping.tables[0].columns] == [None, None, None]


def test_whole_numbers_refer_where_the_header_is_that_of_the_other_tables_id() -> None:
    uses = table("加工流水.csv", "流水号,批次号,件数", *((f"LY-{at:04d}", str(at), str(at)) for at in (*MANY, *MANY)))

    found = propose(uses, BATCHES).tables[0].columns

    assert [each.refers for each in found] == [None, "custom:批次表", None]


def test_name_beside_the_id_of_the_same_record_is_no_second_reference() -> None:
    both = table("交底.csv", "交底单,合同号,合同说明号", *((f"JD-{at:04d}", f"HT-{at:04d}", f"HT-{at:04d}") for at in (*MANY, *MANY)))

    refers = [each.refers or (each.to if each.to != "custom" else None) for each in propose(both, CONTRACTS).tables[0].columns]

    assert refers[2] is None
    assert refers[1] == "contract"


def test_records_are_grouped_over_an_own_column_and_the_shipped_references_behind_it(engine: Engine) -> None:
    bring(engine, *EXPORT)

    lines = put(engine, Query(entity="ticket", measures=(COUNT,), dimensions=(Dimension(path="合同号.opportunity.产品线"),)))
    worth = put(engine, Query(entity="ticket", measures=(COUNT,), where=Compare(path="合同号.amount", op="gt", values=("4000",))))
    helped = put(engine, Query(entity="opportunity", measures=(COUNT,), dimensions=(Dimension(path="技术支持"),)))

    assert groups(lines, "合同号_opportunity_产品线") == {"门窗": "7", "幕墙": "5", "铝板": "2"}
    assert worth.rows[0].cells["m0"].value == "5"
    assert groups(helped, "技术支持") == {"章峰": "4", "程敏": "4", "汪海": "4"}


def test_long_header_over_which_two_paths_lead_is_no_trouble_to_any_database(engine: Engine) -> None:
    header = "本次检修所涉及到的那一台设备在设备台账里登记时所用的设备编号"
    long = table("检修流水.csv", f"检修单号,{header},检修日期,费用(元)", *REPAIRS.rows)
    bring(engine, *EXPORT[:-1], long)

    dimensions = (Dimension(path=f"{header}.机型"), Dimension(path=f"{header}.account"))
    found = put(engine, Query(entity="custom:检修流水", measures=(COUNT,), dimensions=(*dimensions, Dimension(path=f"{header}.owner"))))

    assert groups(found, f"{header}_机型") == {"组框机": "11", "注胶机": "11", "数控锯": "10"}


def test_own_table_refers_to_another_own_table(engine: Engine) -> None:
    bring(engine, *EXPORT)

    models = put(engine, Query(entity="custom:检修流水", measures=(COUNT,), dimensions=(Dimension(path="设备编号.机型"),)))
    listed = put(engine, Query(entity="custom:检修流水", select=("检修单号", "设备编号"), where=Compare(path="设备编号", values=("EQ-002",)), limit=1))

    assert groups(models, "设备编号_机型") == {"组框机": "11", "注胶机": "11", "数控锯": "10"}
    assert listed.n == 4
    assert listed.rows[0].cells["设备编号"].value == "EQ-002"


def test_own_table_is_referred_to_by_whole_numbers(engine: Engine) -> None:
    uses = table("加工流水.csv", "流水号,批次号,件数", *((f"LY-{at:04d}", str(1 + at % 7), str(at)) for at in (*MANY, *MANY)))
    bring(engine, *EXPORT, uses, BATCHES)

    found = put(engine, Query(entity="custom:加工流水", measures=(COUNT,), where=Compare(path="批次号.炉号", values=("炉2",))))

    assert found.rows[0].cells["m0"].value == "4"


@pytest.mark.parametrize(
    ("entity", "path"), [("opportunity", "技术支持"), ("custom:检修流水", "设备编号"), ("custom:加工流水", "批次号"), ("custom:加工流水", "批次号.炉号")]
)
def test_shown_references_stand_in_the_records_that_they_cite(engine: Engine, entity: str, path: str) -> None:
    uses = table("加工流水.csv", "流水号,批次号,件数", *((f"LY-{at:04d}", str(1 + at % 7), str(at)) for at in (*MANY, *MANY)))
    bring(engine, *EXPORT, uses, BATCHES)

    listed = put(engine, Query(entity=entity, select=(path,), limit=50))

    cells = [row.cells[path.replace(".", "_")] for row in listed.rows]
    with Session(engine) as session:
        now = StoreReader(session, load_model(session), {}).fields([cell.sources[0] for cell in cells if cell.value])
    assert [now[cell.sources[0]].value for cell in cells if cell.value] == [cell.value for cell in cells if cell.value]
    assert any(cell.value for cell in cells)


def test_absence_is_told_through_the_inverse_of_an_own_column(engine: Engine) -> None:
    bring(engine, *EXPORT)

    calm = put(engine, Query(entity="contract", select=("number",), where=Exists(entity="ticket", via="合同号", absent=True)))
    idle = put(engine, Query(entity="custom:设备台账", select=("设备编号",), where=Exists(entity="custom:检修流水", via="设备编号", absent=True)))

    assert sorted(map(str, numbers(calm, "number"))) == ["HT-0002", "HT-0004", "HT-0010", "HT-0011", "HT-0012"]
    assert sorted(map(str, numbers(idle, "设备编号"))) == ["EQ-010", "EQ-011", "EQ-012"]


def test_value_that_names_no_record_is_kept_shown_and_reported(engine: Engine) -> None:
    tables = (*EXPORT[:4], complaints(("TS0099", "2025-10-02", "JF001", "HT-9999", "渗漏", "0"), ("TS0100", "2025-10-02", "JF001", "-", "渗漏", "0")))
    mapping = propose(*EXPORT[:4], complaints())

    report = bring(engine, *tables, mapping=mapping)

    listed = put(engine, Query(entity="ticket", select=("number", "合同号"), where=Compare(path="合同号", values=("HT-9999",))))
    by_contract = put(engine, Query(entity="ticket", measures=(COUNT,), dimensions=(Dimension(path="合同号"),)))
    without = put(engine, Query(entity="ticket", select=("number",), where=Compare(path="合同号", op="is_null")))
    cited = listed.rows[0].cells["合同号"].sources[0]
    with Session(engine) as session:
        assert StoreReader(session, load_model(session), {}).fields([cited])[cited].value == "HT-9999"
    unknown = next(each for each in report.issues if each.outcome == "reference_not_found")
    assert [(row.cells["number"].value, row.cells["合同号"].value) for row in listed.rows] == [("TS0099", "HT-9999")]
    assert groups(by_contract, "合同号")["HT-9999"] == "1"
    assert numbers(without, "number") == ["TS0100"]
    assert (unknown.column, unknown.count, unknown.examples[0].before) == ("合同号", 1, "HT-9999")
    assert next(each for each in report.tables if each.entity == "ticket").not_found == 1


def test_text_of_an_earlier_import_becomes_a_reference_and_stays_one(engine: Engine) -> None:
    tickets = complaints()
    plain = to(tickets, "ticket", "number", "opened_at", "account#id", custom(3, "合同号"), "category", custom(5, "返工次数", FieldType.COUNT), key=("number",))
    load(engine, (tickets, plain))
    with Session(engine) as session:
        before = session.scalars(select(CustomField).where(CustomField.label == "合同号")).one()
        assert (before.type, before.unit) == ("text", None)

    bring(engine, *EXPORT)
    load(engine, (complaints(("TS0200", "2025-10-02", "JF001", "HT-0002", "渗漏", "0")), plain), partial=True)

    with Session(engine) as session:
        fields = session.scalars(select(CustomField).where(CustomField.entity == "ticket", CustomField.label == "合同号")).all()
        ticket = session.scalars(select(Ticket).where(Ticket.number == "TS0200")).one()
        changes = session.scalars(select(RowChange.field).where(RowChange.table == "tickets").distinct()).all()
    assert [(each.type, each.unit) for each in fields] == [("ref", "contract")]
    assert ticket.custom["合同号"] == "HT-0002"
    assert isinstance(ticket.custom["合同号#id"], int)
    assert sorted(changes) == ["account", "custom.合同号"], "the text and its record are one field"


def test_record_behind_an_own_column_is_seen_only_by_those_who_may(engine: Engine) -> None:
    bring(engine, *EXPORT)
    with Session(engine) as session:
        rep = session.scalars(select(Member.id).where(Member.name == "汪海")).one()
    seller = Principal(role=Role.REP, member_id=rep, clearance=Classification.PERSONAL)
    query = Query(entity="ticket", measures=(COUNT,), dimensions=(Dimension(path="合同号.opportunity.产品线"),))
    by_deal = Query(entity="opportunity", measures=(COUNT,), where=Exists(entity="contract", via="opportunity", where=Exists(entity="ticket", via="合同号")))

    seen = put(engine, query, seller)
    deals = put(engine, by_deal, seller)

    assert groups(seen, "合同号_opportunity_产品线") == {"幕墙": "1", "铝板": "1"}
    assert deals.rows[0].cells["m0"].value == "2"
    with pytest.raises(FieldNotReadable):
        put(engine, query, Principal(role=Role.DIRECTOR, member_id=rep, clearance=Classification.INTERNAL))
