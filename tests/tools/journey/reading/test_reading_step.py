"""What an import's texts tell moves the journey once, and nothing twice."""

from __future__ import annotations

import csv
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session, sessionmaker
from typer.testing import CliRunner

import app
from integrations.reading_behind import ReadingBehind
from tools.crm.models import Account, Interaction
from tools.journey.models import JourneyEvent, JourneySums
from tools.journey.reading.models import TextEventRow
from tools.journey.reading_step import read_in_step
from tools.store.engine import open_sessions

NOW = datetime(2026, 3, 20, tzinfo=UTC)
SIGNED, PROMISED = "Nice lunch with everybody from the plant. Their CTO signed the POC agreement on 10 March.", "Their CTO promised to sign the POC agreement."


def sourced(name: str) -> dict[str, object]:
    return {"source_system": "test", "source_id": name, "version_hash": name, "as_of": datetime(2026, 3, 12, tzinfo=UTC)}


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    made = open_sessions(engine)
    with made() as session:
        session.add_all([Account(id=number, name=f"Norrtek {number}", **sourced(f"a{number}")) for number in (1, 2)])
        session.flush()
        at = datetime(2026, 3, 12, 9, tzinfo=UTC)
        for number, body in ((1, SIGNED), (2, PROMISED)):
            session.add(Interaction(id=number, kind="note", account_id=number, occurred_at=at, body=body, **sourced(f"i{number}")))
        session.commit()
    return made


def told(sessions: sessionmaker[Session]) -> list[tuple[int | None, str, str]]:
    with sessions() as session:
        rows = session.execute(select(JourneyEvent.account_id, JourneyEvent.source_record, JourneyEvent.evidence).where(JourneyEvent.told_by == "act"))
        return sorted((account, record, evidence) for account, record, evidence in rows)


def sums(sessions: sessionmaker[Session]) -> dict[int, str]:
    with sessions() as session:
        return {row.account_id: row.sums for row in session.scalars(select(JourneySums))}


def test_act_that_a_note_tells_as_done_moves_its_account_and_a_promise_moves_none(sessions: sessionmaker[Session]) -> None:
    assert read_in_step(sessions, NOW).texts == 2
    assert {account for account, _, _ in told(sessions)} == {1}


def test_second_run_adds_nothing(sessions: sessionmaker[Session]) -> None:
    read_in_step(sessions, NOW)
    before = told(sessions), sums(sessions)
    assert read_in_step(sessions, NOW).texts == 0
    assert (told(sessions), sums(sessions)) == before


def test_note_that_says_otherwise_now_takes_its_act_back(sessions: sessionmaker[Session]) -> None:
    read_in_step(sessions, NOW)
    with sessions() as session:
        session.execute(update(Interaction).where(Interaction.id == 1).values(body="Their CTO refused to sign the POC agreement.", version=2))
        session.commit()
    read_in_step(sessions, NOW)
    assert told(sessions) == []


def test_what_a_record_tells_by_itself_its_text_does_not_tell_again(sessions: sessionmaker[Session]) -> None:
    read_in_step(sessions, NOW)
    with sessions() as session:
        places = select(JourneyEvent.source_table, JourneyEvent.source_record, JourneyEvent.evidence)
        found = [tuple(row) for row in session.execute(places)]
    assert found
    assert len(found) == len(set(found))


def test_run_that_is_stopped_lets_nothing_count_and_is_gone_on_with(sessions: sessionmaker[Session]) -> None:
    read_in_step(sessions, NOW, stopped=lambda: True)
    assert told(sessions) == []
    read_in_step(sessions, NOW)
    assert told(sessions) != []


def test_thread_behind_the_program_reads_and_ends(sessions: sessionmaker[Session], engine: Engine) -> None:
    behind = ReadingBehind(engine, lambda: NOW, "UTC", look_every_s=0.05)
    behind.start()
    deadline = time.monotonic() + 20
    while not told(sessions) and time.monotonic() < deadline:
        time.sleep(0.05)
    behind.stop()
    assert {account for account, _, _ in told(sessions)} == {1}


def test_after_an_import_the_events_are_there_and_a_second_import_adds_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export = tmp_path / "export"
    export.mkdir()
    (export / "accounts.csv").write_text("Account ID,Account name\na1,Blue Harbor\n", "utf-8")
    with (export / "activities.csv").open("w", newline="", encoding="utf-8") as file:
        written = csv.writer(file)
        written.writerow(["Activity ID", "Account ID", "Activity type", "Activity date", "Notes"])
        written.writerows(
            [f"n{number}", "a1", "Call", f"2026-03-{number + 10}", body] for number, body in enumerate((SIGNED, PROMISED, "我们昨天把报价发给了客户采购。"))
        )
    monkeypatch.setenv("PLUMB_DATA_DIR", str(tmp_path / "data"))
    counts = []
    for _ in range(2):
        outcome = CliRunner().invoke(app.cli, ["import", str(export), "--yes", "--json"])
        assert outcome.exit_code == 0, outcome.output
        with Session(app.open_store(app.settings_for())) as session:
            acts = session.scalar(select(func.count()).select_from(JourneyEvent).where(JourneyEvent.told_by == "act"))
            counts.append((session.scalar(select(func.count()).select_from(TextEventRow)), acts))
    assert counts[0] == counts[1]
    assert min(counts[0]) > 0
