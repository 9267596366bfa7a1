"""A changed rhythm is told with its weeks and proven; a steady one is told to be steady; weighing anew is shown and never applied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from agent.copilot import Copilot, CopilotParts
from integrations.embeddings.sentences import SentenceEncoder
from tests.agent.requests.test_standings import OWNER, proven
from tools.access.principal import CLEARANCE, Principal, Role
from tools.crm.models import Account, ImportRun, Interaction, Member
from tools.journey.models import JourneyEvent
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_engine, open_sessions
from tools.trace.signing import InstallationKey

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def copilot(tmp_path_factory: pytest.TempPathFactory, sqlite_template: bytes) -> Iterator[Copilot]:
    """Twelve customers that are in touch three times a week; the first of them stopped nine weeks ago."""
    folder: Path = tmp_path_factory.mktemp("rhythms")
    (folder / "store.db").write_bytes(sqlite_template)
    engine = open_engine(f"sqlite:///{folder / 'store.db'}")
    about = {"source_system": "crm", "version": 1, "version_hash": "1", "as_of": NOW, "custom": {}}
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all(Member(id=each, name=name, source_id=f"m{each}", **about) for each, name in ((1, "Ann Wu"), (2, "Bo Lin")))
        session.flush()
        names = ["Harbour Foundry", "华辰精密", *(f"Company {letter}" for letter in "ABCDEFGHIJ")]
        session.add_all(Account(id=each, name=name, owner_id=1, source_id=f"a{each}", **about) for each, name in enumerate(names, 1))
        session.flush()
        number = 0
        for account in range(1, len(names) + 1):
            for days in range(3 + account % 3, 500, 2 + account % 2):
                if account == 1 and days < 63:
                    continue
                number += 1
                session.add(
                    Interaction(
                        id=number, account_id=account, owner_id=1, kind="call", direction="outbound", subject="Technical questions", source_id=f"i{number}",
                        occurred_at=NOW - timedelta(days=days, hours=number % 5), **about,
                    )
                )  # fmt: skip
        session.commit()
    parts = CopilotParts(open_sessions(engine), PolicyScope(), InstallationKey.open(folder), lambda: TODAY, embedder=SentenceEncoder())
    yield Copilot(parts)
    engine.dispose()


@pytest.mark.parametrize("question", ["Did the rhythm of Harbour Foundry change suddenly?", "Harbour Foundry 的互动节奏最近有没有突然变化？"])
def test_changed_rhythm_is_told_with_its_weeks_and_proven(copilot: Copilot, question: str) -> None:
    answer = copilot.ask(question, OWNER)
    assert not answer.abstained
    assert len(answer.tables[0].rows) >= 2
    assert all(row[1] == 0 for row in answer.tables[0].rows)
    assert [chart.kind for chart in answer.charts] == ["course"]
    assert "0.1" in answer.answer
    assert proven(copilot, answer)


def test_steady_rhythm_is_told_to_be_steady(copilot: Copilot) -> None:
    answer = copilot.ask("Did the rhythm of Company A change suddenly?", OWNER)
    assert "No sudden change" in answer.answer
    assert not answer.tables


def test_rhythms_of_all_name_the_one_that_changed(copilot: Copilot) -> None:
    answer = copilot.ask("Which customers suddenly changed their rhythm?", OWNER)
    assert "Harbour Foundry" in answer.answer


def test_rhythm_of_a_customer_out_of_reach_is_not_told(copilot: Copilot) -> None:
    other = Principal(role=Role.REP, member_id=2, name="Bo Lin", clearance=CLEARANCE[Role.REP])
    answer = copilot.ask("Which customers suddenly changed their rhythm?", other)
    assert "Harbour" not in answer.answer


def test_reweighting_is_shown_and_nothing_is_applied(copilot: Copilot) -> None:
    def counts() -> list[float]:
        with copilot.parts.sessions() as session:
            return sorted(session.scalars(select(JourneyEvent.counts)))

    copilot.ask("Where does Harbour Foundry stand?", OWNER)
    before = counts()
    answer = copilot.ask("Reweight the history of Harbour Foundry", OWNER)
    assert not answer.abstained
    assert answer.charts
    assert answer.claims
    assert proven(copilot, answer)
    assert counts() == before


def test_reweighting_without_a_change_is_not_called_for(copilot: Copilot) -> None:
    answer = copilot.ask("Reweight the history of Company A", OWNER)
    assert "Nothing calls for" in answer.answer
