"""Exports that keep what was planned beside what came of it, shorten their headers, and bring lists of their codes."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.test_unusual_headers import kind_of, load, places, propose, write
from tools.crm.importing.code_lists import read_code_lists
from tools.crm.importing.reading import read_folder
from tools.crm.models import Opportunity
from tools.crm.semantic.abbreviations import spoken_names

DEALS = (
    'D-01,Alder pumps,C-1,WON,"9,000","8,500",2025-02-01,2025-03-04,DIR,Y',
    'D-02,Birch pumps,C-2,LST,"7,000",,2025-02-11,2025-02-20,DIR,N',
    'D-03,Cedar pumps,C-3,NEG,"6,000",,2025-06-01,,PTN,N',
    'D-04,Dogwood pumps,C-1,QTD,"5,000",,2025-06-11,,PTN,N',
    'D-05,Elder pumps,C-2,HLD,"4,000",,2025-06-21,,PTN,N',
    'D-06,Fir pumps,C-3,WON,"3,000","3,300",2025-03-01,2025-03-09,DIR,N',
)
CODES = (
    "deal_sts,WON,Won", "deal_sts,LST,Lost", "deal_sts,NEG,In negotiation", "deal_sts,QTD,Quoted", "deal_sts,HLD,On hold",
    "route,DIR,Direct sales", "route,PTN,Through partners",
)  # fmt: skip


@pytest.fixture
def shortened(tmp_path: Path) -> Path:
    """Headers as a home-grown system has them."""
    write(tmp_path, "customers.csv", "cust_no,Cust Name,cntry", "C-1,Aldra,GB", "C-2,Borcan,NL", "C-3,Celwick,DE")
    (tmp_path / "deals.csv").write_text(
        "\n".join(("DealRef,Deal Title,cust_no,deal_sts,rev_est,rev_actual,dt_exp_close,dt_closed,route,KeyAcct", *DEALS)) + "\n"
    )
    write(tmp_path, "codes.csv", "code_type,code,Descr", *CODES)
    return tmp_path


def test_shortened_headers_are_read_in_full(shortened: Path) -> None:
    found = places(propose(shortened), "deals.csv")

    assert found["cust_no"] == "account#id"
    assert found["deal_sts"] == "stage"
    assert places(propose(shortened), "customers.csv")["cntry"] == "country"


def test_what_came_of_a_deal_goes_before_what_was_planned(shortened: Path) -> None:
    table = next(table for table in propose(shortened).tables if table.file == "deals.csv")
    columns = {column.header: column for column in table.columns}

    assert (columns["rev_actual"].to, columns["dt_closed"].to) == ("amount", "close_on")
    assert (columns["rev_est"].to, columns["rev_est"].fills) == ("custom", "amount")
    assert (columns["dt_exp_close"].to, columns["dt_exp_close"].fills) == ("custom", "close_on")


def test_open_deals_count_by_their_plan_and_both_columns_stay(engine: Engine, shortened: Path) -> None:
    load(engine, shortened)

    with Session(engine) as session:
        deals = {deal.source_id: deal for deal in session.scalars(select(Opportunity))}
    assert [str(deals[key].amount) for key in ("D-01", "D-03", "D-06")] == ["8500", "6000", "3300"]
    assert str(deals["D-03"].close_on) == "2025-06-01"
    assert deals["D-01"].custom["rev_est"] == 9000 * 10_000


def test_codes_of_stages_are_understood_by_the_list_that_the_export_brings(engine: Engine, shortened: Path) -> None:
    report = load(engine, shortened)

    with Session(engine) as session:
        states = {deal.source_id: (deal.stage, deal.status) for deal in session.scalars(select(Opportunity))}
    assert states["D-02"] == ("LST", "lost")
    assert states["D-05"] == ("HLD", "open")
    assert any((each.text, each.read_as) == ("Through partners", "PTN") for each in report.readings)


def test_a_list_of_codes_is_no_list_of_products(shortened: Path) -> None:
    assert kind_of(propose(shortened), "codes.csv") == "custom"


def test_a_table_of_texts_is_no_list_of_codes(tmp_path: Path) -> None:
    write(tmp_path, "deals.csv", "DealRef,Deal Title,stage", "D-01,Alder,Open", "D-02,Birch,Won")
    write(tmp_path, "notes.csv", "topic,who,text", "stage,Ann,Open", "stage,Ben,Won", "price,Ann,High", "price,Cem,Low")

    assert read_code_lists(read_folder(tmp_path).tables) == {}


@pytest.mark.parametrize(
    ("label", "name"),
    [("dt_closed", "closed date"), ("lost_rsn", "lost reason"), ("amt_paid", "paid amount"), ("KeyAcct", "key account"), ("prob_pct", "probability percent")],
)
def test_shortened_label_is_also_called_by_its_words(label: str, name: str) -> None:
    assert name in spoken_names(label)


def test_customers_and_products_are_found_by_what_refers_to_their_numbers(tmp_path: Path) -> None:
    write(tmp_path, "医院档案.csv", "医院编号,医院名称,省份,片区,责任人", *(f"YY{at:03d},{at}号医院,江苏,苏南,王{at}" for at in range(12)))
    write(tmp_path, "型号目录.csv", "型号编码,品名,产品线,标准价(万元)", *(f"SB-{at:02d},{at}型彩超,影像,{100 + at}" for at in range(8)))
    states = ("线索核实", "参数论证", "科室认可", "已成交", "已流失")
    deals = (f"SJ{at:03d},项目{at},YY{at % 12:03d},SB-{at % 8:02d},{states[at % 5]},{at if at % 5 == 3 else ''},{at + 5}" for at in range(40))
    write(tmp_path, "商机台账.csv", "商机号,商机名称,医院编号,型号编码,商机状态,成交价(万元),我方报价(万元)", *deals)
    write(tmp_path, "拜访纪要.csv", "拜访号,拜访时间,医院编号,方式", *(f"BF{at:03d},2025-0{at % 9 + 1}-03,YY{at % 12:03d},电话" for at in range(30)))

    mapping = propose(tmp_path)

    assert (kind_of(mapping, "医院档案.csv"), kind_of(mapping, "型号目录.csv")) == ("account", "product")
    assert places(mapping, "商机台账.csv")["医院编号"] == "account#id"
    assert places(mapping, "商机台账.csv")["商机状态"] == "stage"
    assert places(mapping, "医院档案.csv")["片区"] == "region"


def test_a_length_in_metres_is_no_amount_in_millions(tmp_path: Path) -> None:
    write(tmp_path, "试验.csv", "试验编号,扬程(m)", *(f"SY{at},{at * 10}.5" for at in range(12)))

    table = propose(tmp_path).tables[0]

    assert table.columns[1].factor == 1


def test_codes_of_kinds_are_noted_with_the_word_of_the_model_that_they_come_to(engine: Engine, shortened: Path) -> None:
    write(shortened, "contact_log.csv", "log_no,cust_no,Chan,dt_contact,Mins", "1,C-1,VST,2025-03-01,60", "2,C-2,PH,2025-03-02,10", "3,C-3,VST,2025-03-03,45")
    write(shortened, "codes.csv", "code_type,code,Descr", *CODES, "Chan,VST,Visit", "Chan,PH,Phone call")

    report = load(engine, shortened)

    assert {(each.text, each.read_as) for each in report.readings if each.how == "code"} == {("VST", "visit"), ("PH", "call")}
