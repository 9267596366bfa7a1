"""The same system's export a week later: what moved becomes a new version, what is gone is marked, what is corrected is settled."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.exports import MONDAY, NEXT_MONDAY, SYSTEM, load, read_csv, table, to
from tools.crm.importing.errors import CorrectionsUnfit, ImportUnknown
from tools.crm.importing.mapping import Mapping
from tools.crm.importing.report import ImportReport
from tools.crm.importing.service import export_refused, import_issues, run_load
from tools.crm.importing.source import SourceTable
from tools.crm.models import Account, ImportIssue, Opportunity, RowChange, StageHistory

HEADERS = "ID,Name,Stage,Amount,Owner"
FIRST = (("d1", "Alder", "Proposal", "100", "Ann"), ("d2", "Birch", "Proposal", "200", "Ann"), ("d3", "Cedar", "Won", "300", "Bob"))


def load_deals(engine: Engine, *rows: tuple[str, ...], **options: object) -> ImportReport:
    people = table("people.csv", "Name", ("Ann",), ("Bob",))
    deals = table("deals.csv", HEADERS, *rows)
    return load(
        engine,
        (people, to(people, "member", "name", key=("name",))),
        (deals, to(deals, "opportunity", "id", "name", "stage", "amount", "owner")),
        **options,  # type: ignore[arg-type]
    )


def deal(engine: Engine, source_id: str) -> Opportunity:
    with Session(engine, expire_on_commit=False) as session:
        return session.scalars(select(Opportunity).where(Opportunity.source_id == source_id)).one()


def test_same_export_twice_changes_nothing(engine: Engine) -> None:
    load_deals(engine, *FIRST)
    before = deal(engine, "d1")

    report = load_deals(engine, *FIRST, now=NEXT_MONDAY)

    after = deal(engine, "d1")
    assert (report.total("new"), report.total("changed"), report.total("gone"), report.total("unchanged"), report.moved) == (0, 0, 0, 5, ())
    assert (after.version, after.version_hash, after.as_of, after.import_id) == (1, before.version_hash, MONDAY, before.import_id)
    with Session(engine) as session:
        assert session.scalars(select(RowChange)).all() == []


def test_next_export_makes_new_versions_of_what_moved_and_says_so(engine: Engine) -> None:
    load_deals(engine, *FIRST)
    before = deal(engine, "d1")

    report = load_deals(engine, ("d1", "Alder", "Won", "150.5", "Bob"), FIRST[1], ("d4", "Dogwood", "Proposal", "", ""), now=NEXT_MONDAY)

    after = deal(engine, "d1")
    assert (after.version, after.as_of, after.import_id, after.status) == (2, NEXT_MONDAY, report.import_id, "won")
    assert after.version_hash != before.version_hash
    with Session(engine) as session:
        changes = session.execute(select(RowChange.field, RowChange.before, RowChange.after, RowChange.version).where(RowChange.record_id == after.id)).all()
    assert set(changes) == {("stage", "Proposal", "Won", 2), ("status", "open", "won", 2), ("amount", "100", "150.5", 2), ("owner", "Ann", "Bob", 2)}
    assert {(move.entity, move.field, move.count) for move in report.moved} == {("opportunity", field, 1) for field in ("stage", "status", "amount", "owner")}
    deals = next(each for each in report.tables if each.entity == "opportunity")
    assert (deals.new, deals.changed, deals.unchanged, deals.gone) == (1, 1, 1, 1)


def test_moved_stage_enters_the_stage_history(engine: Engine) -> None:
    load_deals(engine, *FIRST)

    load_deals(engine, ("d1", "Alder", "Won", "100", "Ann"), *FIRST[1:], now=NEXT_MONDAY)

    with Session(engine) as session:
        (row,) = session.scalars(select(StageHistory)).all()
    assert (row.opportunity_id, row.from_stage, row.stage, row.entered_on) == (deal(engine, "d1").id, "Proposal", "Won", date(2026, 3, 9))


def test_record_that_is_gone_is_marked_and_comes_back(engine: Engine) -> None:
    load_deals(engine, *FIRST)

    load_deals(engine, *FIRST[:2], now=NEXT_MONDAY)
    gone = deal(engine, "d3")
    report = load_deals(engine, *FIRST, now=NEXT_MONDAY)

    assert gone.gone_at == NEXT_MONDAY
    assert deal(engine, "d3").gone_at is None
    assert report.total("returned") == 1
    with Session(engine) as session:
        assert session.execute(select(RowChange.field, RowChange.before, RowChange.after)).all() == [("gone", None, "true"), ("gone", "true", None)]


def test_tables_that_an_export_does_not_hold_and_other_systems_stay(engine: Engine) -> None:
    load_deals(engine, *FIRST)
    people = table("people.csv", "Name", ("Ann",), ("Bob",))

    load(engine, (people, to(people, "member", "name", key=("name",))), now=NEXT_MONDAY)
    load_deals(engine, FIRST[0], system="south", now=NEXT_MONDAY)

    with Session(engine) as session:
        assert session.scalars(select(Opportunity.id).where(Opportunity.gone_at.is_not(None))).all() == []


@pytest.mark.parametrize("rows", [(), (("", "x", "", "", ""),)])
def test_file_without_any_good_row_makes_nothing_gone(engine: Engine, rows: tuple[tuple[str, ...], ...]) -> None:
    load_deals(engine, *FIRST)

    report = load_deals(engine, *rows, now=NEXT_MONDAY)

    assert report.total("gone") == 0


def test_refused_record_is_not_gone(engine: Engine) -> None:
    load_deals(engine, *FIRST)

    report = load_deals(engine, *FIRST[:2], ("d3", "Cedar", "Won", "a lot", "Bob"), now=NEXT_MONDAY)

    assert (report.total("gone"), report.total("refused")) == (0, 1)
    assert deal(engine, "d3").amount == 300


def test_partial_export_makes_nothing_gone(engine: Engine) -> None:
    load_deals(engine, *FIRST)

    report = load_deals(engine, FIRST[0], now=NEXT_MONDAY, partial=True)

    assert (report.total("gone"), report.partial) == (0, True)


def test_column_that_an_export_leaves_out_keeps_what_was_there(engine: Engine) -> None:
    load_deals(engine, *FIRST)
    deals = table("deals.csv", "ID,Name", ("d1", "Alder II"), ("d2", "Birch"), ("d3", "Cedar"))

    report = load(engine, (deals, to(deals, "opportunity", "id", "name")), now=NEXT_MONDAY)

    kept = deal(engine, "d1")
    assert (kept.name, kept.stage, kept.amount, kept.owner_ref) == ("Alder II", "Proposal", 100, "Ann")
    assert (report.total("changed"), report.total("unchanged")) == (1, 2)


def test_custom_field_that_moves_is_in_the_history(engine: Engine) -> None:
    first = table("accounts.csv", "ID,Name,Mood", ("a1", "Alder", "good"))
    second = table("accounts.csv", "ID,Name,Mood", ("a1", "Alder", "bad"))
    load(engine, (first, to(first, "account", "id", "name", "custom")))

    load(engine, (second, to(second, "account", "id", "name", "custom")), now=NEXT_MONDAY)

    with Session(engine) as session:
        assert session.execute(select(RowChange.field, RowChange.before, RowChange.after)).all() == [("custom.mood", "good", "bad")]
        assert session.scalars(select(Account.custom)).all() == [{"mood": "bad"}]


def test_corrected_rows_settle_what_was_refused(engine: Engine, tmp_path: Path) -> None:
    bad = (("d8", "Elm", "Won", "much", "Ann"), ("", "Fir", "Won", "800", "Ann"), ("d9", "Gum", "Won"))
    first = load_deals(engine, *FIRST, *bad)
    with Session(engine) as session:
        (path,) = export_refused(session, first.import_id, tmp_path)
    lines = path.read_text("utf-8-sig").splitlines()
    fixed = [lines[0], lines[1].replace("much", "700"), lines[2].replace(",,Fir", ",d10,Fir"), lines[3] + ",900,Ann"]
    path.write_text("\n".join(fixed), "utf-8-sig")

    report = load_corrections(engine, path)

    assert (report.system, report.partial, report.total("new"), report.total("gone"), report.settled) == (SYSTEM, True, 3, 0, 3)
    assert [deal(engine, each).amount for each in ("d8", "d10", "d9")] == [700, 800, 900]
    with Session(engine) as session:
        assert {issue.settled_by for issue in import_issues(session, first.import_id)} == {report.import_id}
        assert export_refused(session, first.import_id, tmp_path / "rest") == ()


def test_refused_cells_are_no_formulas_and_come_back_as_they_were(engine: Engine, tmp_path: Path) -> None:
    cells = ("=cmd|calc!A1", "+49 30 1", "'=told", "'quoted'", "-")
    bad = [(f"d{number}", cell, "Won", "much", "Ann") for number, cell in enumerate(cells, start=20)]
    first = load_deals(engine, *FIRST, *bad)
    with Session(engine) as session:
        (path,) = export_refused(session, first.import_id, tmp_path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        written = [row[2] for row in csv.reader(file)][1:]
    path.write_text(path.read_text("utf-8-sig").replace(",much,", ",700,"), "utf-8-sig")

    report = load_corrections(engine, path)

    assert written == ["'=cmd|calc!A1", "'+49 30 1", "''=told", "'quoted'", "'-"]
    assert (report.total("refused"), report.settled) == (0, 5)
    assert [deal(engine, f"d{number}").name for number in range(20, 25)] == list(cells)


def test_refused_rows_of_a_sheet_find_back_to_it(engine: Engine, tmp_path: Path) -> None:
    sheet = SourceTable("book.xlsx", "客户 1", ("ID", "Name", "Employees"), [["a1", "Alder", "many"]], [5])
    first = load(engine, (sheet, to(sheet, "account", "id", "name", "employees")))
    with Session(engine) as session:
        (path,) = export_refused(session, first.import_id, tmp_path)
    path.write_text(path.read_text("utf-8-sig").replace(",many", ",12"), "utf-8-sig")

    report = load_corrections(engine, path)

    assert (report.settled, report.total("new")) == (1, 1)


def test_whole_export_that_arrives_corrected_settles_too(engine: Engine) -> None:
    load_deals(engine, *FIRST, ("d8", "Elm", "Won", "much", "Ann"))

    report = load_deals(engine, *FIRST, ("d8", "Elm", "Won", "700", "Ann"), now=NEXT_MONDAY)

    assert report.settled == 1
    with Session(engine) as session:
        assert session.scalars(select(ImportIssue.settled_by)).all() == [report.import_id]


def test_corrections_with_changed_columns_are_turned_down(engine: Engine, tmp_path: Path) -> None:
    first = load_deals(engine, *FIRST, ("d8", "Elm", "Won", "much", "Ann"))
    with Session(engine) as session:
        (path,) = export_refused(session, first.import_id, tmp_path)
    path.write_text(path.read_text("utf-8-sig").replace("Amount", "Sum"), "utf-8-sig")

    with pytest.raises(CorrectionsUnfit):
        load_corrections(engine, path)


def test_refused_rows_of_an_unknown_import_are_not_to_be_had(engine: Engine, tmp_path: Path) -> None:
    with Session(engine) as session, pytest.raises(ImportUnknown):
        export_refused(session, 99, tmp_path)


def load_corrections(engine: Engine, path: Path) -> ImportReport:
    return run_load(engine, [read_csv(path)], Mapping(system="corrections", tables=()), str(path), NEXT_MONDAY, MONDAY.tzinfo)  # type: ignore[arg-type]
