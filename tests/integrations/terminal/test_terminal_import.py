"""The import as somebody at a terminal sees it: a mapping to agree to, a report to read, rows to correct."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from integrations.settings import Settings
from integrations.terminal.importing import ImportNotConfirmed, default_system, run_import
from prompts.words import _catalogue
from tools.crm.importing.report import ImportReport
from tools.crm.models import ImportRun, Opportunity
from tools.store.engine import open_engine

ACCOUNTS = "Account ID,Account name\na1,Blue Harbor\na2,宁波凌拓\n"
DEALS = (
    "Opportunity ID,Opportunity name,Account name,Stage,Amount,Close date\n"
    "d1,Alder,Blue Harbor,Proposal,100,2026-03-20\n"
    "d2,Birch,blueharbor,Closed won,200,2026-02-20\n"
    "d3,Cedar,,Closed lost,much,2026-02-21\n"
)


@pytest.fixture
def store(tmp_path: Path, sqlite_template: bytes) -> Engine:
    path = tmp_path / "plumbline.db"
    path.write_bytes(sqlite_template)
    return open_engine(f"sqlite:///{path}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "northwind-2026-03-02"
    made.mkdir()
    (made / "accounts.csv").write_text(ACCOUNTS, "utf-8")
    (made / "opportunities.csv").write_text(DEALS, "utf-8")
    return made


def run(store: Engine, folder: Path, language: str = "en", *, answer: str | None = None, quiet: bool = False, **options: object) -> ImportReport | None:
    settings = Settings(data_dir=folder.parent / "data")
    taken = {"map_file": None, "propose_map": None, "yes": answer is None, "system": None} | options
    return run_import(store, settings, folder, quiet=quiet, language=language, ask=lambda _: answer or "", now=datetime(2026, 3, 2, tzinfo=UTC), **taken)  # type: ignore[arg-type]


def test_proposal_says_which_column_refers_to_what(store: Engine, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"C-{at:03d},d{1 + at % 3},100,2026-01-0{1 + at % 9}\n" for at in range(9))
    (folder / "contracts.csv").write_text("Contract number,Opportunity ID,Amount,Signed on\n" + rows, "utf-8")
    calls = "".join(f"T-{at:03d},a1,C-{at % 9:03d},2026-02-01,open\n" for at in range(20))
    (folder / "tickets.csv").write_text("Ticket number,Account ID,Order file,Opened at,Status\n" + calls, "utf-8")

    run(store, folder, answer="n")

    line = next(line for line in capsys.readouterr().out.splitlines() if "refers to" in line)
    assert "(refers to: contract)" in line


def test_report_gives_totals_then_reasons_then_where_every_line_is(store: Engine, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = run(store, folder)

    shown = " ".join(capsys.readouterr().out.split())
    assert report is not None
    assert report.system == "northwind"
    assert "5 rows read, 4 in the store, 1 refused" in shown
    assert "“much” in “Amount” is no number" in shown
    assert "blueharbor → Blue Harbor · opportunities.csv, line 3" in shown
    assert "Closed won → won (1)" in shown
    assert re.search(r"Every line: \S+issues\.csv", shown)


def test_report_speaks_chinese(store: Engine, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(store, folder, "zh")

    shown = capsys.readouterr().out
    assert "读取 5 行，入库 4 行，未导入 1 行" in shown
    assert "“Amount” 中的 “much” 不是数字" in shown


def test_mapping_is_shown_and_imported_after_a_yes(store: Engine, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = run(store, folder, answer="y")

    shown = capsys.readouterr().out
    assert "opportunities.csv → deal" in shown
    assert "Opportunity name" in shown
    assert report is not None


def test_no_imports_nothing(store: Engine, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = run(store, folder, answer="n")

    assert report is None
    assert "Nothing was imported." in capsys.readouterr().err
    with Session(store) as session:
        assert session.scalars(select(ImportRun)).all() == []


def test_nobody_to_ask_stops(store: Engine, folder: Path) -> None:
    with pytest.raises(ImportNotConfirmed):
        run(store, folder, answer="y", quiet=True)


def test_quiet_prints_nothing(store: Engine, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = run(store, folder, quiet=True)

    printed = capsys.readouterr()
    assert report is not None
    assert (printed.out, printed.err) == ("", "")


def test_proposed_mapping_is_written_edited_and_used(store: Engine, folder: Path, tmp_path: Path) -> None:
    written = tmp_path / "mapping.yaml"

    assert run(store, folder, propose_map=written) is None
    written.write_text(written.read_text("utf-8").replace("to: stage", "to: next_step"), "utf-8")
    run(store, folder, map_file=written, answer="n")

    with Session(store) as session:
        assert session.execute(select(Opportunity.stage, Opportunity.next_step).where(Opportunity.source_id == "d1")).all() == [(None, "Proposal")]


def test_edited_mapping_holds_for_the_next_export_of_the_system(store: Engine, folder: Path, tmp_path: Path) -> None:
    written = tmp_path / "mapping.yaml"
    run(store, folder, propose_map=written)
    written.write_text(written.read_text("utf-8").replace("to: stage", "to: next_step"), "utf-8")
    run(store, folder, map_file=written)

    report = run(store, folder.rename(folder.with_name("northwind-2026-03-09")))

    assert report is not None
    assert (report.total("changed"), report.total("unchanged")) == (0, 4)


def test_next_week_says_what_moved(store: Engine, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(store, folder)
    moved = DEALS.replace("Proposal,100", "Closed won,120").replace("d2,Birch,blueharbor", "d7,Elm,Blue Harbor")
    (folder / "opportunities.csv").write_text(moved, "utf-8")
    capsys.readouterr()

    run(store, folder)

    shown = " ".join(capsys.readouterr().out.split())
    assert "1 deal changed stage" in shown
    assert "1 deal gone" in shown
    assert "1 new deal" in shown


def test_refused_rows_are_corrected_in_their_file_and_imported_again(store: Engine, folder: Path, tmp_path: Path) -> None:
    first = run(store, folder)
    assert first is not None
    (refused,) = (tmp_path / "data" / "imports" / "1" / "refused").iterdir()
    refused.write_text(refused.read_text("utf-8-sig").replace(",much,", ",300,"), "utf-8-sig")

    report = run(store, refused.parent, answer="n")

    assert report is not None
    assert (report.system, report.partial, report.settled, report.total("gone"), report.total("new")) == ("northwind", True, 1, 0, 1)
    with Session(store) as session:
        assert session.scalars(select(Opportunity.amount).where(Opportunity.source_id == "d3")).all() == [300]


def test_report_file_holds_every_line_and_no_formula(store: Engine, folder: Path, tmp_path: Path) -> None:
    (folder / "accounts.csv").write_text(ACCOUNTS + "a3, =cmd()\n", "utf-8")

    run(store, folder)

    with (tmp_path / "data" / "imports" / "1" / "issues.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["file"], row["line"]) for row in rows} >= {("opportunities.csv", "3"), ("opportunities.csv", "4"), ("accounts.csv", "4")}
    assert not [cell for row in rows for cell in row.values() if cell.startswith("=")]


def test_text_in_cells_moves_no_cursor(store: Engine, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "opportunities.csv").write_text(DEALS.replace("blueharbor", "\x1b[31mNobody[bold]"), "utf-8")

    run(store, folder)

    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "Nobody[bold]" in shown


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("northwind", "northwind"), ("northwind-2026-03-02", "northwind"), ("northwind_20260302", "northwind"), ("导出2026年3月2日", "导出"),
        ("2026-03-02", "2026-03-02"),
    ],
)  # fmt: skip
def test_system_is_the_folder_without_its_day(tmp_path: Path, name: str, system: str) -> None:
    (tmp_path / name).mkdir()

    assert default_system(tmp_path / name) == system


def test_every_text_of_the_import_is_there_in_both_languages() -> None:
    texts = {key: text for key, text in _catalogue().items() if key.startswith("import_")}

    assert texts
    assert [key for key, text in texts.items() if set(text) != {"en", "zh"}] == []


def test_kind_that_was_refused_whole_comes_first(store: Engine, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "opportunities.csv").write_text(DEALS.replace("-20\n", "-20,more\n").replace("-21\n", "-21,more\n"), "utf-8")

    run(store, folder)

    first, second, *_ = capsys.readouterr().out.splitlines()
    assert "3 refused" in first
    assert "None of the 3 deals in opportunities.csv could be taken" in second


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "No table of deals in this export; the 2 deals of the last import"), ("zh", "上次导入（2026-03-02）的 2 条商机")]
)
def test_records_of_a_missing_file_are_told_to_stay(store: Engine, folder: Path, capsys: pytest.CaptureFixture[str], language: str, sentence: str) -> None:
    run(store, folder, quiet=True)
    (folder / "opportunities.csv").unlink()

    run(store, folder, language)

    assert sentence in " ".join(capsys.readouterr().out.split())


def test_many_missing_records_are_gone_only_when_accepted(store: Engine, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = DEALS.splitlines()[0]
    rows = [f"d{number},Deal {number},Blue Harbor,Proposal,100,2026-03-20" for number in range(1, 31)]
    (folder / "opportunities.csv").write_text("\n".join([head, *rows]), "utf-8")
    run(store, folder, quiet=True)
    (folder / "opportunities.csv").write_text("\n".join([head, *rows[:5]]), "utf-8")

    kept = run(store, folder)
    told = " ".join(capsys.readouterr().out.split())
    accepted = run(store, folder, accept_gone=True)

    assert kept is not None
    assert accepted is not None
    assert "25 deals of the last import (2026-03-02) are missing from this export" in told
    assert "--accept-gone" in told
    assert (kept.total("gone"), accepted.total("gone")) == (0, 25)


def test_deals_without_a_stage_are_told_before_the_totals(store: Engine, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "opportunities.csv").write_text("Opportunity ID,Opportunity name,Amount\nd1,Alder,100\n", "utf-8")

    run(store, folder)

    shown = " ".join(capsys.readouterr().out.split())
    assert shown.index("so none counts as any of them") < shown.index("Records")
