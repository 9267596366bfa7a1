"""What becomes of single rows and cells: typed, repaired, merged, refused; nothing is lost and nothing is guessed."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.exports import MONDAY, load, table, to
from tools.crm.importing.errors import MappingUnfit, NothingToImport
from tools.crm.importing.mapping import ColumnMap
from tools.crm.importing.service import import_issues
from tools.crm.models import Account, Contact, Contract, CustomRow, ImportRun, Interaction, Opportunity, Product
from tools.crm.service import store_version


def deals(*rows: tuple[str, ...]) -> tuple:
    source = table("deals.csv", "ID,Name,Stage,Amount,Close date", *rows)
    return source, to(source, "opportunity", "id", "name", "stage", "amount", "close_on")


def test_typed_cells_are_stored_exactly(engine: Engine) -> None:
    first = ("k1", "合同一", "¥1,234.5678", "2026年1月31日", "是")
    source = table("contracts.csv", "ID,Name,Amount,Signed,Renews", first, ("k2", "Contract 2", "(3,000)", "31 Jan 2026", "no"))

    load(engine, (source, to(source, "contract", "id", "name", "amount", "signed_on", "auto_renew")))

    with Session(engine) as session:
        rows = session.execute(
            select(Contract.name, Contract.amount, Contract.currency, Contract.signed_on, Contract.auto_renew).order_by(Contract.source_id)
        ).all()
    assert rows == [
        ("合同一", Decimal("1234.5678"), "CNY", date(2026, 1, 31), True),
        ("Contract 2", Decimal(-3000), None, date(2026, 1, 31), False),
    ]


def test_times_without_zone_are_read_in_the_given_one_and_stored_in_utc(engine: Engine) -> None:
    source = table("calls.csv", "ID,When", ("1", "2026-02-01 09:30"), ("2", "2026-02-01T09:30:00+08:00"))

    load(engine, (source, to(source, "interaction", "id", "occurred_at")))

    with Session(engine) as session:
        times = session.scalars(select(Interaction.occurred_at).order_by(Interaction.source_id)).all()
    assert times == [datetime(2026, 2, 1, 9, 30, tzinfo=UTC), datetime(2026, 2, 1, 1, 30, tzinfo=UTC)]


def test_blank_cells_are_null(engine: Engine) -> None:
    report = load(engine, deals(("d1", " ", "", "", " ")))

    with Session(engine) as session:
        row = session.execute(select(Opportunity.name, Opportunity.stage, Opportunity.amount, Opportunity.close_on, Opportunity.status)).one()
    assert row == (None, None, None, None, None)
    assert report.issues == ()


@pytest.mark.parametrize(
    ("row", "reason", "column"),
    [
        (("d1", "A", "Won", "12", "2026-02-30"), "date_impossible", "Close date"),
        (("d1", "A", "Won", "12", "3/4/2026"), "date_order_open", "Close date"),
        (("d1", "A", "Won", "twelve", ""), "number_impossible", "Amount"),
        (("d1", "A", "Won", "999999999999999999", ""), "number_out_of_range", "Amount"),
        (("", "A", "Won", "12", ""), "id_missing", "ID"),
        (("d1", "A", "Won", "12"), "too_few_cells", None),
        (("d1", "A", "Won", "12", "", "more"), "too_many_cells", None),
    ],
)
def test_row_with_something_impossible_is_refused_whole_and_the_rest_goes_in(engine: Engine, row: tuple[str, ...], reason: str, column: str | None) -> None:
    report = load(engine, deals(("d0", "Good", "Won", "1", "2026-01-01"), row))

    with Session(engine) as session:
        stored = session.scalars(select(Opportunity.source_id)).all()
        (issue,) = import_issues(session, report.import_id)
    assert stored == ["d0"]
    assert (issue.outcome, issue.reason, issue.column, issue.file, issue.line, issue.row) == ("refused", reason, column, "deals.csv", 3, row)
    assert (report.tables[0].read, report.tables[0].new, report.tables[0].refused) == (2, 1, 1)


def test_missing_required_name_is_refused(engine: Engine) -> None:
    source = table("accounts.csv", "ID,Name", ("a1", "  "), ("a2", "Birch"))

    report = load(engine, (source, to(source, "account", "id", "name")))

    assert [(group.reason, group.column, group.count) for group in report.issues] == [("required_missing", "Name", 1)]
    assert report.total("new") == 1


def test_two_faults_of_a_row_are_both_told(engine: Engine) -> None:
    report = load(engine, deals(("d1", "A", "Won", "much", "someday")))

    assert {group.column for group in report.issues} == {"Amount", "Close date"}
    assert report.total("refused") == 1


def test_trimming_and_control_characters_are_reported_as_repairs(engine: Engine) -> None:
    report = load(engine, deals(("d1", " Alder ", "Won", " 12 ", ""), ("d2", "Bir\x00ch\u202e", "Won", "", "")))

    with Session(engine) as session:
        names = session.scalars(select(Opportunity.name).order_by(Opportunity.source_id)).all()
        repairs = [(issue.reason, issue.before, issue.after) for issue in import_issues(session, report.import_id)]
    assert names == ["Alder", "Birch"]
    assert repairs == [("spaces_trimmed", " Alder ", "Alder"), ("control_characters_removed", "Bir\\u0000ch\u202e", "Birch")]


def test_unknown_flag_is_repaired_to_nothing(engine: Engine) -> None:
    source = table("products.csv", "ID,Name,Active", ("p1", "Lamp", "perhaps"), ("p2", "Desk", "yes"))

    report = load(engine, (source, to(source, "product", "id", "name", "active")))

    with Session(engine) as session:
        assert session.scalars(select(Product.active).order_by(Product.source_id)).all() == [None, True]
    assert [(group.outcome, group.examples[0].before, group.examples[0].after) for group in report.issues] == [("repaired", "perhaps", None)]


def test_same_id_in_two_quarterly_files_merges_and_the_later_file_wins(engine: Engine) -> None:
    first = table("2026-q1.csv", "ID,Name,Stage", ("d1", "Alder", "Proposal"), ("d2", "Birch", "Won"))
    second = table("2026-q2.csv", "ID,Name,Stage,Amount", ("d1", "Alder", "Won", "5"), ("d2", "Birch", "Won", ""))

    report = load(
        engine, (first, to(first, "opportunity", "id", "name", "stage")), (second, to(second, "opportunity", "id", "name", "stage", "amount"))
    )  # fmt: skip

    with Session(engine) as session:
        rows = session.execute(select(Opportunity.source_id, Opportunity.stage, Opportunity.amount).order_by(Opportunity.source_id)).all()
        issues = import_issues(session, report.import_id)
    assert rows == [("d1", "Won", Decimal(5)), ("d2", "Won", None)]
    assert [(each.reason, each.file, each.line, each.after) for each in issues] == [
        ("duplicate_differs", "2026-q1.csv", 2, "2026-q2.csv:2"),
        ("duplicate_identical", "2026-q1.csv", 3, "2026-q2.csv:3"),
    ]
    assert "stage: Proposal → Won" in (issues[0].before or "")
    assert (report.tables[0].read, report.tables[0].merged, report.tables[0].new) == (4, 2, 2)


def test_files_with_different_columns_of_one_record_complete_each_other(engine: Engine) -> None:
    names = table("names.csv", "ID,Name", ("a1", "Alder"))
    sizes = table("sizes.csv", "ID,Name,Employees", ("a1", "Alder", "12"))
    sectors = table("sectors.csv", "ID,Name,Sector", ("a1", "Alder", "Energy"))

    load(
        engine,
        (sizes, to(sizes, "account", "id", "name", "employees")),
        (names, to(names, "account", "id", "name")),
        (sectors, to(sectors, "account", "id", "name", "sector")),
    )

    with Session(engine) as session:
        assert session.execute(select(Account.employees, Account.sector)).all() == [(12, "Energy")]


def test_rows_without_id_or_key_are_kept_apart_by_content_and_occurrence(engine: Engine) -> None:
    source = table("notes.csv", "When,Note", ("2026-01-01", "Called"), ("2026-01-01", "Called"), ("2026-01-02", "Called"))
    mapped = to(source, "interaction", "occurred_at", "body")

    load(engine, (source, mapped))
    again = load(engine, (source, mapped))

    with Session(engine) as session:
        assert len(session.scalars(select(Interaction.id)).all()) == 3
    assert again.total("unchanged") == 3


def test_key_fields_identify_a_record_whatever_its_case_and_width(engine: Engine) -> None:
    first = table("accounts.csv", "Name,Sector", ("Ａcme  Ltd", "Energy"))
    second = table("accounts.csv", "Name,Sector", ("acme ltd", "Retail"))

    load(engine, (first, to(first, "account", "name", "sector", key=("name",))))
    report = load(engine, (second, to(second, "account", "name", "sector", key=("name",))))

    assert (report.total("changed"), report.total("new"), report.total("gone")) == (1, 0, 0)


def test_several_columns_of_one_field_are_joined(engine: Engine) -> None:
    source = table("people.csv", "ID,First,Last", ("c1", "Ada", "Byron"), ("c2", "诸葛", "亮"))

    load(engine, (source, to(source, "contact", "id", "name", "name")))

    with Session(engine) as session:
        assert session.scalars(select(Contact.name).order_by(Contact.source_id)).all() == ["Ada Byron", "诸葛亮"]


def test_currency_comes_from_column_mapping_or_cell_and_is_never_guessed(engine: Engine) -> None:
    def load_one(name: str, header: str, cells: tuple[str, ...], *targets: str | ColumnMap) -> list[str | None]:
        source = table(f"{name}.csv", f"ID,{header}", (name, *cells))
        load(engine, (source, to(source, "opportunity", "id", *targets)), system=name)
        with Session(engine) as session:
            return list(session.scalars(select(Opportunity.currency).where(Opportunity.source_system == name)))

    named = ColumnMap(position=1, header="Amount", to="amount", unit="EUR")

    assert load_one("column", "Amount,Currency", ("5", "人民币"), "amount", "currency") == ["CNY"]
    assert load_one("mapping", "Amount", ("5",), named) == ["EUR"]
    assert load_one("cell", "Amount", ("£5",), "amount") == ["GBP"]
    assert load_one("none", "Amount", ("5",), "amount") == [None]


def test_bare_symbol_is_taken_for_the_usual_currency_and_said_once(engine: Engine) -> None:
    report = load(engine, deals(("d1", "A", "Won", "$5", ""), ("d2", "B", "Won", "$6", "")))

    assert [(each.key, each.data) for each in report.assumptions] == [("bare_symbol", {"symbol": "$", "currency": "USD"})]


def test_bare_yen_sign_beside_kana_is_the_yen(engine: Engine) -> None:
    load(engine, deals(("d1", "サーバー", "Won", "¥5", "")))

    with Session(engine) as session:
        assert session.scalars(select(Opportunity.currency)).all() == ["JPY"]


def test_cell_that_contradicts_its_currency_column_is_refused(engine: Engine) -> None:
    source = table("deals.csv", "ID,Amount,Currency", ("d1", "€5", "USD"))

    report = load(engine, (source, to(source, "opportunity", "id", "amount", "currency")))

    assert [(group.outcome, group.reason) for group in report.issues] == [("refused", "currency_conflict")]


def test_kinds_and_tiers_are_read_by_their_synonyms_and_others_kept(engine: Engine) -> None:
    calls = table("calls.csv", "ID,Type", ("1", "Phone call"), ("2", "拜访"), ("3", "Webinar"))
    accounts = table("accounts.csv", "ID,Name,Tier", ("a1", "A", "战略客户"), ("a2", "B", "Long-tail"), ("a3", "C", "Gold"))

    report = load(engine, (calls, to(calls, "interaction", "id", "kind")), (accounts, to(accounts, "account", "id", "name", "tier")))

    with Session(engine) as session:
        kinds = session.scalars(select(Interaction.kind).order_by(Interaction.source_id)).all()
        tiers = session.scalars(select(Account.tier).order_by(Account.source_id)).all()
    assert kinds == ["call", "visit", "Webinar"]
    assert tiers == ["strategic", "long_tail", "Gold"]
    assert {(each.text, each.read_as) for each in report.readings} == {
        ("Phone call", "call"), ("拜访", "visit"), ("战略客户", "strategic"), ("Long-tail", "long_tail"),
    }  # fmt: skip


def test_status_column_decides_and_leaves_to_the_stage_what_it_does_not_say(engine: Engine) -> None:
    source = table("deals.csv", "ID,Status,Stage", ("d1", "Won", "Proposal"), ("d2", "Closed", "Closed Lost"), ("d3", "", "赢单"), ("d4", "进行中", "赢单"))

    load(engine, (source, to(source, "opportunity", "id", "status", "stage")))

    with Session(engine) as session:
        assert session.scalars(select(Opportunity.status).order_by(Opportunity.source_id)).all() == ["won", "lost", "won", "open"]


def test_every_cell_of_a_made_up_file_is_found_in_the_store_again(engine: Engine) -> None:
    rows = [tuple(f"{letter}{number}" for letter in "abcdefg") for number in range(50)]
    rows += [rows[3], ("x", "too", "short")]
    source = table("odd things.csv", "A,B,C,D,E,F,G", *rows)

    report = load(engine, (source, to(source, "custom", "id", *["custom"] * 6)))

    with Session(engine) as session:
        stored = [(row.source_id, *row.custom.values()) for row in session.scalars(select(CustomRow))]
        reported = [issue.row for issue in import_issues(session, report.import_id) if issue.row]
    cells = set(itertools.chain.from_iterable([*stored, *reported]))
    assert cells == set(itertools.chain.from_iterable(rows))
    assert report.tables[0].read == 52


def test_text_that_looks_like_an_order_stays_text(engine: Engine) -> None:
    hostile = "'; DROP TABLE accounts; -- {{q1.r1.amount}} {0} %s <script>ignore all previous instructions</script>"
    source = table("accounts.csv", ("ID", "Name", hostile), ("a'1", hostile, hostile))

    load(engine, (source, to(source, "account", "id", "name", "custom")))

    with Session(engine) as session:
        assert session.execute(select(Account.source_id, Account.name)).all() == [("a'1", hostile)]
        assert list(session.scalars(select(Account.custom)).one().values()) == [hostile]


def test_import_becomes_the_newest_version_of_the_store(engine: Engine) -> None:
    report = load(engine, deals(("d1", "A", "Won", "1", "")))

    with Session(engine) as session:
        assert store_version(session) == (report.import_id, MONDAY)
        run = session.get(ImportRun, report.import_id)
    assert run is not None
    assert run.totals["tables"][0]["new"] == 1
    assert run.mapping["tables"][0]["file"] == "deals.csv"


def test_mapping_to_what_is_not_there_stops_and_leaves_no_trace(engine: Engine) -> None:
    source = table("deals.csv", "ID", ("d1",))

    with pytest.raises(MappingUnfit):
        load(engine, (source, to(source, "opportunity", "colour")))
    with pytest.raises(NothingToImport):
        load(engine)

    with Session(engine) as session:
        assert session.scalars(select(ImportRun)).all() == []
