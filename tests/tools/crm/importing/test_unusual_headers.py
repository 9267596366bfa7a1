"""Exports whose headers are not those of any published system: other words, other languages, other shapes."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine

from tests.tools.crm.importing.exports import MONDAY, SYSTEM
from tools.crm.importing.mapping import Mapping
from tools.crm.importing.proposing import propose_mapping
from tools.crm.importing.proposing.headers import read_header
from tools.crm.importing.reading import read_folder
from tools.crm.importing.report import ImportReport
from tools.crm.importing.service import run_load
from tools.crm.semantic.model import base_model

CITIES = ("杭州", "苏州", "宁波", "无锡", "广州", "深圳", "佛山", "天津")
FIRMS = ("Aldra", "Borcan", "Celwick", "Dornau", "Elsted", "Farnholt", "Gerwin", "Hasloh")


def write(folder: Path, name: str, header: str, *rows: str, mark: str = ",") -> None:
    (folder / name).write_text("\n".join((header, *rows)).replace(",", mark) + "\n", encoding="utf-8-sig")


def propose(folder: Path) -> Mapping:
    return propose_mapping(read_folder(folder).tables, base_model(), SYSTEM)


def places(mapping: Mapping, file: str) -> dict[str, str]:
    table = next(table for table in mapping.tables if table.file == file)
    return {column.header: column.to for column in table.columns}


def kind_of(mapping: Mapping, file: str) -> str:
    return next(table.entity for table in mapping.tables if table.file == file)


def load(engine: Engine, folder: Path) -> ImportReport:
    read = read_folder(folder)
    return run_load(engine, read.tables, propose_mapping(read.tables, base_model(), SYSTEM), "export", MONDAY, MONDAY.tzinfo)  # type: ignore[arg-type]


def count(report: ImportReport, entity: str) -> tuple[int, int, int]:
    """New, refused and unlinked of one kind."""
    found = next(table for table in report.tables if table.entity == entity)
    return found.new, found.refused, found.not_found


def stores(folder: Path) -> None:
    """A chain's customers are shops, and everything says so."""
    write(folder, "员工.csv", "工号,姓名,岗位", *(f"E{at:03d},王{city[0]},业务员" for at, city in enumerate(CITIES)))
    write(
        folder, "客户资料.csv", "门店编号,门店名称,门店类型,省份,负责业务员,合作状态,首次合作日期",
        *(f"MD{at:03d},{city}中心店,{('直营', '加盟')[at % 2]},浙江,王{city[0]},合作中,2022-0{at + 1}-03" for at, city in enumerate(CITIES)),
    )  # fmt: skip
    write(
        folder, "回款明细.csv", "流水号,合同号,付款单位,到账日期,到账金额,到账方式",
        *(f"LS{at:04d},HT-{at:03d},{city}中心店,2025-03-1{at},{at * 1000 + 500},银行转账" for at, city in enumerate(CITIES)),
    )  # fmt: skip
    write(
        folder, "合同台账.csv", "合同号,甲方,合同总价,签约日期,合同起始日,合同终止日,履约状态",
        *(f"HT-{at:03d},{city}中心店,{at * 9000 + 100},2024-02-1{at},2024-03-01,2026-03-0{at + 1},执行中" for at, city in enumerate(CITIES)),
    )  # fmt: skip
    write(
        folder, "冷柜档案.csv", "冷柜编号,投放地点,投放日期,使用状况",
        *(f"LG{at:04d},{city}中心店,2023-05-0{at + 1},{('良好', '停机')[at % 2]}" for at, city in enumerate(CITIES)),
    )  # fmt: skip


def test_records_with_a_noun_of_their_own_get_their_name_and_what_stands_beside_it(tmp_path: Path) -> None:
    stores(tmp_path)

    assert places(propose(tmp_path), "客户资料.csv") == {
        "门店编号": "id", "门店名称": "name", "门店类型": "kind", "省份": "region", "负责业务员": "owner", "合作状态": "status", "首次合作日期": "created_on",
    }  # fmt: skip


def test_contract_number_over_payments_is_the_contract_they_belong_to(tmp_path: Path) -> None:
    stores(tmp_path)

    mapping = propose(tmp_path)

    assert places(mapping, "回款明细.csv") == {
        "流水号": "number", "合同号": "contract", "付款单位": "account", "到账日期": "paid_on", "到账金额": "amount", "到账方式": "method",
    }  # fmt: skip
    assert places(mapping, "合同台账.csv") == {
        "合同号": "number", "甲方": "account", "合同总价": "amount", "签约日期": "signed_on", "合同起始日": "start_on", "合同终止日": "end_on",
        "履约状态": "status",
    }  # fmt: skip


def test_table_that_only_refers_to_records_stays_an_own_one_and_belongs_to_them(tmp_path: Path) -> None:
    stores(tmp_path)

    mapping = propose(tmp_path)

    assert kind_of(mapping, "冷柜档案.csv") == "custom"
    assert places(mapping, "冷柜档案.csv")["投放地点"] == "account"


def test_export_with_headers_of_its_own_loads_without_loss(tmp_path: Path, engine: Engine) -> None:
    stores(tmp_path)

    report = load(engine, tmp_path)

    assert [count(report, entity) for entity in ("account", "payment", "contract")] == [(8, 0, 0)] * 3


def test_german_export_goes_where_it_belongs(tmp_path: Path) -> None:
    write(
        tmp_path, "Kunden.csv", "Kundennummer,Firmenname,Branche,Ort,Betreuer,Kunde seit",
        *(f"K-{at:04d},{firm} GmbH,Maschinenbau,Ulm,Jana Vogt,0{at + 1}.02.2021" for at, firm in enumerate(FIRMS)), mark=";",
    )  # fmt: skip
    write(
        tmp_path, "Verkaufschancen.csv",
        "Chancennr,Projekt,Kunde,Phase,Auftragswert (EUR),Wahrscheinlichkeit,Angelegt am,Abschlussdatum,Verlustgrund,Verkäufer",
        *(
            f"C-{at:04d},Umbau {firm},{firm} GmbH,{('Gewonnen', 'Verloren', 'Angebot')[at % 3]},{at * 700 + 90},{at * 10}%,"
            f"1{at}.01.2025,2{at}.05.2025,{'Preis' if at % 3 == 1 else ''},Jana Vogt"
            for at, firm in enumerate(FIRMS)
        ),
        mark=";",
    )  # fmt: skip
    write(
        tmp_path, "Zahlungseingänge.csv", "Zahlungsnummer,Zahler,Betrag,Zahlungsdatum,Zahlungsart",
        *(f"Z-{at:04d},{firm} GmbH,{at * 100 + 7},1{at}.06.2025,Überweisung" for at, firm in enumerate(FIRMS)), mark=";",
    )  # fmt: skip

    mapping = propose(tmp_path)

    assert places(mapping, "Kunden.csv") == {
        "Kundennummer": "id", "Firmenname": "name", "Branche": "sector", "Ort": "city", "Betreuer": "owner", "Kunde seit": "created_on",
    }  # fmt: skip
    assert places(mapping, "Verkaufschancen.csv") == {
        "Chancennr": "id", "Projekt": "name", "Kunde": "account", "Phase": "stage", "Auftragswert (EUR)": "amount", "Wahrscheinlichkeit": "probability",
        "Angelegt am": "opened_on", "Abschlussdatum": "close_on", "Verlustgrund": "lost_reason", "Verkäufer": "owner",
    }  # fmt: skip
    assert places(mapping, "Zahlungseingänge.csv") == {
        "Zahlungsnummer": "number", "Zahler": "account", "Betrag": "amount", "Zahlungsdatum": "paid_on", "Zahlungsart": "method",
    }  # fmt: skip


def test_english_workbook_kept_by_hand_goes_where_it_belongs(tmp_path: Path) -> None:
    book = Workbook()
    sheets: dict[str, tuple[Sequence[str], Sequence[Sequence[object]]]] = {
        "Clients": (
            ("Client ID", "Trading name", "Line of business", "Responsible rep", "Client since"),
            [(f"CL{at:03d}", f"{firm} Ltd", "Logistics", "Ivy Stone", f"2022-0{at + 1}-11") for at, firm in enumerate(FIRMS)],
        ),
        "Deals": (
            ("Ref", "Deal title", "Sold to", "Step", "Expected value", "Win chance", "Date entered", "Expected closing", "Why lost", "Handled by"),
            [
                (f"D-{at:03d}", f"Fleet {at}", f"{firm} Ltd", ("Won", "Lost", "Proposal")[at % 3], at * 900 + 50, f"{at}0%",
                 f"2025-01-0{at + 1}", f"2025-07-0{at + 1}", "Price" if at % 3 == 1 else "", "Ivy Stone")
                for at, firm in enumerate(FIRMS)
            ],
        ),
        "Service jobs": (
            ("Job number", "Site", "Fault type", "Level", "Technician", "Reported", "Done", "Customer rating"),
            [(f"J{at:04d}", f"{firm} Ltd", "Leak", "High", "Bo Reed", f"2025-02-0{at + 1}", f"2025-02-1{at + 1}", at % 5 + 1) for at, firm in enumerate(FIRMS)],
        ),
    }  # fmt: skip
    for name, (header, rows) in sheets.items():
        sheet = book.create_sheet(name)
        for row in (header, *rows):
            sheet.append(list(row))
    del book["Sheet"]
    book.save(tmp_path / "sales.xlsx")

    found = {table.sheet: (table.entity, {column.header: column.to for column in table.columns}) for table in propose(tmp_path).tables}

    assert found["Clients"] == (
        "account", {"Client ID": "id", "Trading name": "name", "Line of business": "sector", "Responsible rep": "owner", "Client since": "created_on"},
    )  # fmt: skip
    assert found["Deals"] == (
        "opportunity",
        {
            "Ref": "id", "Deal title": "name", "Sold to": "account", "Step": "stage", "Expected value": "amount", "Win chance": "probability",
            "Date entered": "opened_on", "Expected closing": "close_on", "Why lost": "lost_reason", "Handled by": "owner",
        },
    )  # fmt: skip
    assert found["Service jobs"] == (
        "ticket",
        {
            "Job number": "number", "Site": "account", "Fault type": "category", "Level": "priority", "Technician": "owner", "Reported": "opened_at",
            "Done": "closed_at", "Customer rating": "satisfaction",
        },
    )  # fmt: skip


def test_name_that_no_header_tells_is_what_the_other_tables_refer_to(tmp_path: Path) -> None:
    write(tmp_path, "customers.csv", "customer id,alias,label,industry", *(f"C-{at:03d},a{at}x{at},{firm},Retail" for at, firm in enumerate(FIRMS)))
    write(
        tmp_path, "visits.csv", "visit date,seen,notes,type",
        *(f"2025-04-0{at + 1},{firm},went well,on-site" for at, firm in enumerate(FIRMS)),
    )  # fmt: skip

    mapping = propose(tmp_path)

    assert places(mapping, "customers.csv")["label"] == "name"
    assert places(mapping, "visits.csv")["seen"] == "account"


def test_records_without_any_name_are_called_by_their_id_and_none_is_refused(tmp_path: Path, engine: Engine) -> None:
    write(tmp_path, "customers.csv", "customer id,industry,city", *(f"C-{at:03d},Retail,{('Ulm', 'Bonn')[at % 2]}" for at in range(8)))
    write(tmp_path, "deals.csv", "deal id,deal name,customer id,stage,amount", *(f"D-{at:03d},Order {at},C-{at:03d},Won,{at}00" for at in range(8)))

    mapping, report = propose(tmp_path), load(engine, tmp_path)

    named = next(column for column in mapping.tables[0].columns if column.to == "name")
    assert (named.header, named.because) == ("customer id", "no column names the records, so what tells them apart stands for their name")
    assert (count(report, "account"), count(report, "opportunity")) == ((8, 0, 0), (8, 0, 0))


def test_table_that_cannot_be_the_kind_it_is_called_becomes_an_own_one(tmp_path: Path) -> None:
    write(tmp_path, "customers.csv", "industry,region", *(f"Retail,{('North', 'South')[at % 2]}" for at in range(8)))

    assert kind_of(propose(tmp_path), "customers.csv") == "custom"


@pytest.mark.parametrize(
    ("first", "second", "opened", "closed"),
    [("day a", "day b", "day a", "day b"), ("day b", "day a", "day b", "day a")],
)
def test_days_of_which_nothing_is_known_are_told_by_their_order(tmp_path: Path, first: str, second: str, opened: str, closed: str) -> None:
    rows = (f"T{at:03d},no power,open,2025-01-0{at + 1},{f'2025-02-0{at + 1}' if at % 4 else ''}" for at in range(8))
    write(tmp_path, "tickets.csv", f"ticket number,subject,status,{first},{second}", *rows)

    found = places(propose(tmp_path), "tickets.csv")

    assert (found[opened], found[closed]) == ("opened_at", "closed_at")


def test_days_without_an_order_stay_fields_of_their_own(tmp_path: Path) -> None:
    rows = (f"T{at:03d},no power,open,2025-0{at + 1}-01,2025-0{8 - at}-01" for at in range(8))
    write(tmp_path, "tickets.csv", "ticket number,subject,status,day a,day b", *rows)

    found = places(propose(tmp_path), "tickets.csv")

    assert (found["day a"], found["day b"]) == ("custom", "custom")


def test_only_amount_in_a_currency_is_the_amount_whatever_its_header(tmp_path: Path) -> None:
    write(tmp_path, "商机.csv", "商机编号,商机名称,阶段,盘子（万元）,套数", *(f"S{at:03d},{city}扩建,谈判,{at + 3}.5,{at}" for at, city in enumerate(CITIES)))

    found = propose(tmp_path).tables[0]

    assert [(column.to, column.factor) for column in found.columns if column.header.startswith("盘子")] == [("amount", 10000)]


def test_column_whose_words_tell_won_and_lost_is_the_stage(tmp_path: Path) -> None:
    write(
        tmp_path, "商机.csv", "商机编号,商机名称,进行到哪里,金额",
        *(f"S{at:03d},{city}扩建,{('接洽', '成交', '丢单', '报价')[at % 4]},{at}00" for at, city in enumerate(CITIES)),
    )  # fmt: skip

    assert places(propose(tmp_path), "商机.csv")["进行到哪里"] == "stage"


def test_offers_beside_deals_are_neither_deals_nor_contracts(tmp_path: Path) -> None:
    write(
        tmp_path, "opportunities.csv", "opportunity id,opportunity name,account name,stage,amount",
        *(f"O{at:03d},{firm} job,{firm},Won,{at}00" for at, firm in enumerate(FIRMS)),
    )  # fmt: skip
    write(
        tmp_path, "quotes.csv", "quote number,quote name,opportunity name,account name,status,grand total,expiration date",
        *(f"Q{at:03d},{firm} quote,{firm} job,{firm},Sent,{at}00,2025-02-0{at + 1}" for at, firm in enumerate(FIRMS)),
    )  # fmt: skip
    write(
        tmp_path, "报价单.csv", "报价单号,报价主题,商机名称,客户名称,报价金额,报价日期",
        *(f"B{at:03d},{firm}报价,{firm} job,{firm},{at}00,2025-02-0{at + 1}" for at, firm in enumerate(FIRMS)),
    )  # fmt: skip

    mapping = propose(tmp_path)

    assert (kind_of(mapping, "opportunities.csv"), kind_of(mapping, "quotes.csv"), kind_of(mapping, "报价单.csv")) == ("opportunity", "custom", "custom")


def practices(folder: Path, *files: str) -> None:
    write(
        folder, "practices.csv", "practice name,chairs,software,opening hours,insurer,street,town",
        *(f"{firm},{at + 2},Denta,9 to 5,Mutual,{at + 1} High St,Leeds" for at, firm in enumerate(FIRMS)),
    )  # fmt: skip
    for file in files:
        write(folder, file, "when,practice,what was said,rep", *(f"2025-04-0{at + 1},{firm},keen,Ivy Stone" for at, firm in enumerate(FIRMS)))


def test_table_that_the_others_refer_to_holds_the_accounts_where_none_is_called_so(tmp_path: Path) -> None:
    practices(tmp_path, "calls.csv", "visits.csv")

    mapping = propose(tmp_path)

    found = places(mapping, "practices.csv")
    assert (found["practice name"], found["street"], found["town"], found["chairs"]) == ("name", "address", "city", "custom")
    assert (kind_of(mapping, "practices.csv"), places(mapping, "visits.csv")["practice"]) == ("account", "account")


def test_table_that_nothing_refers_to_is_not_taken_for_accounts(tmp_path: Path) -> None:
    practices(tmp_path)

    assert kind_of(propose(tmp_path), "practices.csv") == "custom"


def test_currency_that_a_header_ends_in_is_the_unit(tmp_path: Path) -> None:
    write(tmp_path, "Artikel.csv", "Artikelnummer;Artikelbezeichnung;Listenpreis in TEUR", *(f"A{at:03d};{firm};{at + 2},5" for at, firm in enumerate(FIRMS)))

    price = propose(tmp_path).tables[0].columns[2]

    assert (price.to, price.unit, price.factor) == ("list_price", "EUR", 1000)


@pytest.mark.parametrize(
    ("header", "unit", "factor"),
    [
        ("Target (USD k)", "USD", 1_000),
        ("Revenue ('000)", None, 1_000),
        ("Value (AUD m)", "AUD", 1_000_000),
        ("ACV ($ millions)", "USD", 1_000_000),
        ("金额（万美元）", "USD", 10_000),
        ("合同额(千元)", "CNY", 1_000),
        ("Price (USD/t)", "USD", 1),
        ("Weight (t)", None, 1),
    ],
)
def test_amount_in_thousands_of_a_currency_is_known_by_its_header(header: str, unit: str | None, factor: int) -> None:
    read = read_header(header)

    assert (read.unit, read.factor) == (unit, factor)


def orders_and_enquiries(folder: Path) -> None:
    """Order lines that are all sold, beside enquiries that were won and lost; customers tell a person of theirs beside the number of whoever serves them."""
    write(folder, "营销人员名单.csv", "工号,姓名,岗位,到岗日", *(f"C{at:02d},李{city[0]},业务员,2020-0{at + 1}-01" for at, city in enumerate(CITIES)))
    firms = list(enumerate(CITIES * 3))
    write(
        folder, "往来单位档案.csv", "往来编码,单位全称,县市,负责人,建档日,业务员工号",
        *(f"J{at:03d},{city}第{at}农机合作社,{city},王{'甲乙丙'[at // 8]}{city[1]},2022/6/{at + 1},C{at % 8:02d}" for at, city in firms),
    )  # fmt: skip
    lines = ((at, line, ("已发车", "待发")[at % 2]) for at in range(20) for line in (1, 2))
    write(
        folder, "整机订单明细.csv", "订单号,行,下单日,往来编码,业务员工号,台数,金额(元),付款方式,行状态",
        *(f"DD{at:04d},{line},2025-0{at % 9 + 1}-02,J{at:03d},C{at % 8:02d},{line},{at * 1500},现款,{state}" for at, line, state in lines),
    )  # fmt: skip
    ends = {"成交": "2025/5/{},", "战败": "2025/5/{},价格高", "洽谈": ","}
    write(
        folder, "购机意向登记.csv", "意向单号,登记日期,往来编码,跟进人,预估总价(万元),当前节点,结案日期,战败原因",
        *(
            f"YX{at:03d},2025/4/{at % 28 + 1},J{at % 24:03d},李{CITIES[at % 8][0]},{at + 5}.4,{state},{ends[state].format(at % 28 + 1)}"
            for at, state in ((at, ("成交", "战败", "洽谈")[at % 3]) for at in range(36))
        ),
    )  # fmt: skip


def test_deals_are_what_was_won_and_lost_and_not_the_orders_that_came_of_it(tmp_path: Path) -> None:
    orders_and_enquiries(tmp_path)

    mapping = propose(tmp_path)

    assert kind_of(mapping, "购机意向登记.csv") == "opportunity"
    assert kind_of(mapping, "整机订单明细.csv") != "opportunity"
    assert places(mapping, "购机意向登记.csv")["当前节点"] == "stage"


def test_person_of_the_customers_is_not_whoever_serves_them(tmp_path: Path) -> None:
    orders_and_enquiries(tmp_path)

    found = places(propose(tmp_path), "往来单位档案.csv")

    assert (found["业务员工号"], found["负责人"]) == ("owner#id", "custom")


def test_orders_that_were_delivered_or_cancelled_are_no_deals_beside_those_that_were_won_and_lost(tmp_path: Path) -> None:
    firms = ((at, city, at % 9 + 1) for at, city in enumerate(CITIES * 3))
    write(
        tmp_path,
        "客户档案.csv",
        "客户编码,客户名称,大区,城市,开户日期",
        *(f"K{at:03d},{city}第{at}商行,华东,{city},2022-06-0{day}" for at, city, day in firms),
    )
    ends = {"成交": "2025-05-{:02d},", "丢单": "2025-05-{:02d},价格高", "洽谈": ","}
    write(
        tmp_path, "商机台账.csv", "商机号,客户编码,商机类型,报价(元),成交价(元),当前进度,建档日期,预计成交日,结案日期,丢单原因",
        *(
            f"SJ{at:03d},K{at % 24:03d},新购,{at + 900},{at + 800 if state == '成交' else ''},{state},2025-04-{at % 28 + 1:02d},2025-06-01,"
            + ends[state].format(at % 28 + 1)
            for at, state in ((at, ("成交", "丢单", "洽谈")[at % 3]) for at in range(36))
        ),
    )  # fmt: skip
    write(
        tmp_path, "销售订单.csv", "订单号,客户编码,下单日期,订单性质,规格,条数,订单金额(元),出库日期,订单状态",
        *(
            f"DD{at:04d},K{at % 24:03d},2025-0{at % 9 + 1}-02,零单,R{at % 5},{at % 7 + 4},{at * 150},2025-0{at % 9 + 1}-05,{state}"
            for at, state in ((at, "已取消" if at % 9 == 4 else "已签收") for at in range(60))
        ),
    )  # fmt: skip

    mapping = propose(tmp_path)

    assert [kind_of(mapping, file) for file in ("商机台账.csv", "销售订单.csv")] == ["opportunity", "custom"]
