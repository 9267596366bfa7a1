"""Where the columns of exports are proposed to go."""

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evals.mapping import DATASET, score_systems, systems
from prompts.words import say
from tools.crm.demo import write_demo
from tools.crm.importing.mapping import Mapping, TableMap
from tools.crm.importing.mapping_file import load_mapping, save_mapping
from tools.crm.importing.proposing import propose_mapping
from tools.crm.importing.proposing.assignment import assign
from tools.crm.importing.reading import read_folder
from tools.crm.importing.reading.errors import MappingFileMalformed, MappingNamesMissingColumn, MappingNamesMissingFile, MappingNamesUnknownField
from tools.crm.importing.source import SourceTable
from tools.crm.ports import Vectors
from tools.crm.semantic import FieldType
from tools.crm.semantic.model import base_model
from tools.store.errors import PlumbError

MAVEN = Path(__file__).parents[5] / "shared" / "data" / "maven-crm"


def propose(folder: Path) -> Mapping:
    return propose_mapping(read_folder(folder).tables, base_model(), "test")


def table_of(mapping: Mapping, file: str, sheet: str | None = None) -> TableMap:
    return next(table for table in mapping.tables if table.file == file and (sheet is None or table.sheet == sheet))


def places(table: TableMap) -> dict[str, str]:
    return {column.header: column.to for column in table.columns}


def fill(sheet: Worksheet, *lines: str) -> None:
    for line in lines:
        sheet.append(line.split("|"))


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> None:
    (folder / name).write_bytes(text.encode(encoding))


@pytest.mark.skipif(not MAVEN.exists(), reason="the public data set is not beside this checkout")
def test_public_sales_data_goes_where_it_belongs() -> None:
    mapping = propose(MAVEN)

    assert places(table_of(mapping, "accounts.csv")) == {
        "account": "name",
        "sector": "sector",
        "year_established": "founded_year",
        "revenue": "revenue",
        "employees": "employees",
        "office_location": "country",
        "subsidiary_of": "parent",
    }
    assert table_of(mapping, "accounts.csv").key == ("name",)
    assert places(table_of(mapping, "products.csv")) == {"product": "name", "series": "family", "sales_price": "list_price"}
    assert table_of(mapping, "sales_teams.csv").entity == "member"
    assert places(table_of(mapping, "sales_teams.csv")) == {"sales_agent": "name", "manager": "manager", "regional_office": "region"}
    pipeline = table_of(mapping, "sales_pipeline.csv")
    assert pipeline.entity == "opportunity"
    assert places(pipeline) == {
        "opportunity_id": "id",
        "sales_agent": "owner",
        "product": "product",
        "account": "account",
        "deal_stage": "stage",
        "engage_date": "opened_on",
        "close_date": "close_on",
        "close_value": "amount",
    }
    assert {column.date_order for column in pipeline.columns if column.to.endswith("_on")} == {"mdy"}
    assert table_of(mapping, "data_dictionary.csv").entity == "custom"


def test_every_column_of_the_demo_company_goes_to_a_field(tmp_path: Path) -> None:
    write_demo(tmp_path, "small")

    mapping = propose(tmp_path)

    # Files are named for the tables of the model, and headers are its labels.
    tables = {entity.table: entity.key for entity in base_model().entities.values()}
    assert {table.file: table.entity for table in mapping.tables} == {table.file: tables[Path(table.file).stem] for table in mapping.tables}
    assert [(table.file, column.header) for table in mapping.tables for column in table.columns if column.to == "custom"] == []
    accounts = places(table_of(mapping, "accounts.csv"))
    assert (accounts["Account ID"], accounts["Owner ID"], accounts["Parent account ID"], accounts["Created"]) == ("id", "owner#id", "parent#id", "created_on")


def test_chinese_spreadsheets_with_odd_names_are_understood(tmp_path: Path) -> None:
    write(
        tmp_path,
        "客户档案（2024版）.csv",
        "客户全称*,所属行业,客户级别,归属销售,成立年份,备注\n"
        + "".join(f"{name}有限公司,制造业,A,{rep},2001,老客户\n" for name, rep in (("恒远", "王伟"), ("卓越", "李娜"), ("华晨", "王伟"), ("金桥", "陈静"))),
        "gb18030",
    )
    write(
        tmp_path,
        "跟进中的单子.csv",
        "商机编号,商机标题,哪家客户,谁在跟,销售阶段,金额（万元）,预计签单日期,赢率（%）\n"
        + "".join(
            f"SJ-{row:03},{name}二期,{name}有限公司,{rep},方案报价,{row * 12}.5,2024年{row}月15日,{row * 10}\n"
            for row, (name, rep) in enumerate((("恒远", "王伟"), ("卓越", "李娜"), ("华晨", "陈静"), ("金桥", "王伟")), start=1)
        ),
        "gb18030",
    )
    write(tmp_path, "销售人员.csv", "姓名,手机号,直属上级\n王伟,13900000001,陈静\n李娜,13900000002,陈静\n陈静,13900000003,\n", "gb18030")

    mapping = propose(tmp_path)

    customers, deals = table_of(mapping, "客户档案（2024版）.csv"), table_of(mapping, "跟进中的单子.csv")
    assert customers.entity == "account"
    assert places(customers) == {
        "客户全称*": "name",
        "所属行业": "sector",
        "客户级别": "tier",
        "归属销售": "owner",
        "成立年份": "founded_year",
        "备注": "description",
    }
    assert deals.entity == "opportunity"
    assert list(places(deals).values()) == ["id", "name", "account", "owner", "stage", "amount", "close_on", "probability"]
    amount = next(column for column in deals.columns if column.to == "amount")
    assert (amount.factor, amount.unit) == (10_000, "CNY")
    assert table_of(mapping, "销售人员.csv").entity == "member"
    assert "names" in next(column.because for column in deals.columns if column.header == "哪家客户")


def test_german_spreadsheet_writes_days_first(tmp_path: Path) -> None:
    write(
        tmp_path,
        "deals_q1.csv",
        "Deal ID;Deal Name;Account;Stage;Amount (EUR);Close Date;Created\n"
        + "".join(f"D{row};Projekt {row};Kunde {row % 3};Offen;1.234,{row}0;{row:02}.03.2025;01.{row:02}.2025\n" for row in range(1, 10)),
        "cp1252",
    )
    write(
        tmp_path,
        "deals_q2.csv",
        "Deal ID;Deal Name;Account;Stage;Amount (EUR);Close Date;Created\nD20;Projekt 20;Kunde 1;Offen;900,00;24.06.2025;02.05.2025\n",
        "cp1252",
    )

    mapping = propose(tmp_path)

    assert [table.entity for table in mapping.tables] == ["opportunity", "opportunity"]
    for table in mapping.tables:
        assert list(places(table).values()) == ["id", "name", "account", "stage", "amount", "close_on", "opened_on"]
        assert [column.date_order for column in table.columns][-2:] == ["dmy", "dmy"]
        assert table.columns[4].unit == "EUR"


def test_workbook_with_several_sheets_is_told_apart_sheet_by_sheet(tmp_path: Path) -> None:
    book = Workbook()
    clients = book.active
    clients.title = "Clients"
    fill(
        clients,
        "Client list 2025",
        "",
        "Client No|Client|Town|Account manager",
        "K1|Norrvik Foods|Lund|Ada Berg",
        "K2|Tarnwood Energy|Leeds|Bo Costa",
        "K3|Pellgate Ltd|Lyon|Ada Berg",
    )
    fill(
        book.create_sheet("Contacts"),
        "First name|Surname|Client|E-mail",
        "Ann|Hart|Norrvik Foods|ann@norrvik.example",
        "Jo|Lund|Pellgate Ltd|jo@pellgate.example",
        "Al|Dorn|Tarnwood Energy|al@tarnwood.example",
    )
    fill(book.create_sheet("Canteen"), "Dish|Weekday|Spicy", "Soup|Mon|no", "Curry|Tue|yes", "Stew|Wed|no")
    book.save(tmp_path / "everything.xlsx")

    mapping = propose(tmp_path)

    assert [(table.sheet, table.entity) for table in mapping.tables] == [("Clients", "account"), ("Contacts", "contact"), ("Canteen", "custom")]
    assert places(mapping.tables[0]) == {"Client No": "id", "Client": "name", "Town": "city", "Account manager": "owner"}
    assert places(mapping.tables[1]) == {"First name": "name", "Surname": "name", "Client": "account", "E-mail": "email"}
    assert mapping.tables[2].label == "Canteen"
    assert [column.type for column in mapping.tables[2].columns] == [FieldType.TEXT, FieldType.TEXT, FieldType.FLAG]


def test_file_with_headers_only_is_proposed_by_its_words(tmp_path: Path) -> None:
    write(tmp_path, "deals.csv", "Deal ID,Deal Name,Deal Stage,Close Date\n")

    assert list(places(propose(tmp_path).tables[0]).values()) == ["id", "name", "stage", "close_on"]


def test_address_column_with_an_unknown_header_shows_itself_unless_rows_share_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        "contacts.csv",
        "Contact name,Job title,Department,Wohin schreiben,Whose\n" + "".join(f"P{n},Buyer,IT,p{n}@firm.example,rep{n % 2}@us.example\n" for n in range(9)),
    )

    assert list(places(propose(tmp_path).tables[0]).values()) == ["name", "title", "department", "email", "custom"]


def test_reference_by_id_and_by_name_side_by_side_are_both_kept(tmp_path: Path) -> None:
    write(tmp_path, "accounts.csv", "Account ID,Account Name\n" + "".join(f"A-{n:03},Firm {n}\n" for n in range(9)))
    write(
        tmp_path, "deals.csv", "Deal ID,Deal Name,Account ID,Account Name,Amount\n" + "".join(f"D-{n:03},Deal {n},A-{n:03},Firm {n},{n}00\n" for n in range(9))
    )

    assert list(places(table_of(propose(tmp_path), "deals.csv")).values()) == ["id", "name", "account#id", "account", "amount"]


def test_column_whose_values_name_other_records_is_a_reference_however_it_is_called(tmp_path: Path) -> None:
    write(tmp_path, "companies.csv", "Company name,Industry\n" + "".join(f"Firm {n},Energy\n" for n in range(9)))
    write(tmp_path, "deals.csv", "Deal Name,Deal Stage,Amount,Zqx\n" + "".join(f"Deal {n},Won,{n}00,Firm {n % 5}\n" for n in range(9)))

    found = next(column for column in table_of(propose(tmp_path), "deals.csv").columns if column.header == "Zqx")

    assert found.to == "account"
    assert "100%" in found.because


@pytest.mark.parametrize(
    ("own", "other", "order", "said"),
    [
        ("3/14/2025", "1/2/2025", "mdy", "of the column"),
        ("14/3/2025", "1/2/2025", "dmy", "of the column"),
        ("3/4/2025", "25/2/2025", "dmy", "of the file's other columns"),
        ("3/4/2025", "1/2/2025", "mdy", "assumed"),
        ("2025-03-04", "2025-01-02", "ymd", ""),
    ],
)
def test_order_of_day_and_month_is_decided_by_what_the_dates_show(tmp_path: Path, own: str, other: str, order: str, said: str) -> None:
    write(tmp_path, "deals.csv", "Deal Name,Deal Stage,Close Date,Create Date\n" + f"a,Won,{own},{other}\n" * 3)

    found = next(column for column in propose(tmp_path).tables[0].columns if column.to == "close_on")

    assert found.date_order == order
    assert said in found.because


def test_record_without_id_is_known_by_the_fields_that_tell_it_apart(tmp_path: Path) -> None:
    write(tmp_path, "contacts.csv", "Contact name,Account,Phone\nAnn,X,0301234567\nAnn,Y,0301234568\nBo,X,0301234569\n")
    write(tmp_path, "companies.csv", "Company name,Industry\nX,Energy\nY,Energy\n")

    mapping = propose(tmp_path)

    assert table_of(mapping, "contacts.csv").key == ("name", "account")
    assert table_of(mapping, "companies.csv").key == ("name",)


def test_header_no_word_of_the_model_meets_is_placed_by_meaning_where_it_is_clear(tmp_path: Path) -> None:
    class Near:
        """Puts one header beside one label, everything else apart."""

        def embed(self, texts: Sequence[str]) -> Vectors:
            vectors = np.zeros((len(texts), len(texts) + 1), dtype=np.float32)
            for row, text in enumerate(texts):
                vectors[row, 0 if text in ("why we were beaten", "loss reason") else row + 1] = 1.0
            return vectors

    write(tmp_path, "deals.csv", "Deal Name,Deal Stage,Amount,Why we were beaten\n" + "".join(f"Deal {n},Lost,{n}00,Price\n" for n in range(9)))
    tables = read_folder(tmp_path).tables

    with_meaning = propose_mapping(tables, base_model(), "test", Near())
    without = propose_mapping(tables, base_model(), "test")

    assert places(with_meaning.tables[0])["Why we were beaten"] == "lost_reason"
    assert places(without.tables[0])["Why we were beaten"] == "custom"


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 20).map(lambda n: n / 20)), max_size=4))
def test_columns_share_out_the_places_so_that_the_sum_is_greatest(scores: list[dict[str, float]]) -> None:
    chosen = assign(scores, 0.5)

    def worth(places: Sequence[str | None]) -> float:
        return sum(row[place] - 0.499 for row, place in zip(scores, places, strict=True) if place is not None and row.get(place, 0.0) >= 0.5)

    best = max(worth(order[: len(scores)]) for order in permutations([*"abcd", None, None, None, None], max(len(scores), 1)))
    assert len(set(chosen.values())) == len(chosen)
    assert all(scores[row][place] >= 0.5 for row, place in chosen.items())
    assert worth([chosen.get(row) for row in range(len(scores))]) == pytest.approx(best)


def test_published_headers_of_five_systems_go_where_they_belong() -> None:
    scored = score_systems(systems(DATASET))

    assert scored.n >= 700
    assert scored.right / scored.n >= 0.95, scored.misses


def test_mapping_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, "deals.csv", "Deal Name,Amount (USD),Note,Note\nA,5,x,y\nB,6,z,w\n")
    tables = read_folder(tmp_path).tables
    mapping = propose_mapping(tables, base_model(), "crm")

    save_mapping(mapping, tmp_path / "mapping.yaml")

    assert load_mapping(tmp_path / "mapping.yaml", tables) == mapping


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("system: [", MappingFileMalformed),
        ("system: x\ntables: 3\n", MappingFileMalformed),
        ("system: x\nwhat: 3\ntables: []\n", MappingFileMalformed),
        ("system: x\ntables: [{file: none.csv, entity: account, columns: []}]\n", MappingNamesMissingFile),
        ("system: x\ntables: [{file: deals.csv, entity: opportunity, columns: [{column: Nope, to: name}]}]\n", MappingNamesMissingColumn),
        ("system: x\ntables: [{file: deals.csv, entity: opportunity, columns: [{column: Amount, to: amuont}]}]\n", MappingNamesUnknownField),
        ("system: x\ntables: [{file: deals.csv, entity: opportunity, columns: [{column: Amount, to: amount#id}]}]\n", MappingNamesUnknownField),
        ("system: x\ntables: [{file: deals.csv, entity: deals, columns: []}]\n", MappingNamesUnknownField),
        ("system: x\ntables: [{file: deals.csv, entity: opportunity, key: [name], columns: []}]\n", MappingNamesUnknownField),
        (
            "system: x\ntables: [{file: deals.csv, entity: opportunity, columns: [{column: Amount, to: custom, type: ref, refers: contrcat}]}]\n",
            MappingNamesUnknownField,
        ),
    ],
)
def test_mapping_file_that_does_not_fit_is_refused_with_one_clear_sentence(tmp_path: Path, text: str, error: type[PlumbError]) -> None:
    write(tmp_path, "deals.csv", "Deal Name,Amount\nA,5\n")
    write(tmp_path, "mapping.yaml", text)

    with pytest.raises(error) as raised:
        load_mapping(tmp_path / "mapping.yaml", read_folder(tmp_path / "deals.csv").tables)

    assert "Nothing was imported" in say(raised.value.key, "en", **raised.value.data)
    assert "未导入" in say(raised.value.key, "zh", **raised.value.data)


@pytest.mark.parametrize(
    ("entity", "place", "nearest"),
    [("opportunity", "amuont", "amount"), ("opportunity", "Deal Value", "amount"), ("deals", "name", "opportunity"), ("account", "所属行业", "sector")],
)
def test_name_that_the_model_lacks_is_answered_with_the_nearest_and_all(tmp_path: Path, entity: str, place: str, nearest: str) -> None:
    write(tmp_path, "deals.csv", "Deal Name,Amount\nA,5\n")
    columns = f"[{{column: Amount, to: {place}}}]"
    write(tmp_path, "mapping.yaml", f"system: x\ntables: [{{file: deals.csv, entity: {entity}, columns: {columns}}}]\n")

    with pytest.raises(MappingNamesUnknownField) as raised:
        load_mapping(tmp_path / "mapping.yaml", read_folder(tmp_path / "deals.csv").tables)

    assert raised.value.data["nearest"] == nearest
    assert nearest in str(raised.value.data["known"]).split(", ")


def test_column_that_a_mapping_does_not_list_is_kept(tmp_path: Path) -> None:
    write(tmp_path, "deals.csv", "Deal Name,Amount\nA,5\n")
    write(tmp_path, "mapping.yaml", "system: x\ntables: [{file: deals.csv, entity: opportunity, columns: [{column: Deal Name, to: name}]}]\n")

    mapping = load_mapping(tmp_path / "mapping.yaml", read_folder(tmp_path / "deals.csv").tables)

    assert places(mapping.tables[0]) == {"Deal Name": "name", "Amount": "custom"}


def test_order_of_dates_that_none_shows_is_marked_as_assumed() -> None:
    table = SourceTable("deals.csv", None, ("Deal name", "Close date"), [["A", "3/4/2026"], ["B", "5/6/2026"]], [2, 3])
    (mapped,) = propose_mapping([table], base_model(), "crm").tables
    (close,) = [column for column in mapped.columns if column.header == "Close date"]
    assert (close.date_order, close.order_assumed) == ("mdy", True)


@pytest.mark.parametrize("header", ["Signal ID,Account ID,Kind,Headline,Observed At", "信号编号,客户编号,类型,标题,时间"])
def test_few_rows_of_which_one_is_repeated_still_tell_their_record_id(tmp_path: Path, header: str) -> None:
    (tmp_path / "accounts.csv").write_text("Account ID,Account Name\nA1,Acme\nA2,Borealis\n", "utf-8")
    rows = ["S1,A1,tender,Acme tenders,2026-11-10 09:00", "S2,A2,tender,Borealis tenders,2026-11-11 09:00", "S3,A1,award,Acme wins,2026-11-12 09:00"]
    (tmp_path / "signals.csv").write_text("\n".join([header, rows[0], *rows]) + "\n", "utf-8")

    mapping = propose(tmp_path)

    assert places(table_of(mapping, "signals.csv"))[header.split(",")[0]] == "id"
