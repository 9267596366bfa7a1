"""Several records of one name: the copilot asks which one is meant, and the choice leads to that one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from agent.copilot import Copilot, CopilotParts
from tools.access.principal import CLEARANCE, Principal, Role
from tools.crm.models import Account, Contact, ImportRun, Member
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import Base
from tools.store.engine import open_engine, open_sessions
from tools.trace.signing import InstallationKey

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OWNER = Principal.local_owner()


def sourced(key: str) -> dict[str, object]:
    return {"source_system": "crm", "source_id": key, "version": 1, "version_hash": key, "as_of": NOW, "custom": {}}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Engine]:
    """Two contacts called Ida Moss at two accounts of two reps; two called Ole Berg at one; two called Una Reed with the same title."""
    engine = open_engine(f"sqlite:///{tmp_path / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all([Member(id=1, name="Mei Lin", **sourced("m1")), Member(id=2, name="Tom Ash", **sourced("m2"))])
        session.flush()
        session.add_all([Account(id=1, name="Granite Foods", owner_id=1, **sourced("a1")), Account(id=2, name="Alder Works", owner_id=2, **sourced("a2"))])
        session.flush()
        moss = [("Ida Moss", 1, "CTO"), ("Ida Moss", 2, "Buyer")]
        people = [*moss, ("Ole Berg", 1, "Clerk"), ("Ole Berg", 1, "Driver"), ("Una Reed", 1, "Dean"), ("Una Reed", 2, "Dean")]
        for number, (name, account, title) in enumerate(people, start=1):
            session.add(Contact(id=number, name=name, account_id=account, title=title, **sourced(f"c{number}")))
        session.commit()
    yield engine
    engine.dispose()


@pytest.fixture
def copilot(store: Engine, tmp_path: Path) -> Copilot:
    return Copilot(CopilotParts(open_sessions(store), PolicyScope(), InstallationKey.open(tmp_path), lambda: date(2026, 3, 1)))


@pytest.mark.parametrize("question", ["What is the title of Ida Moss?", "Ida Moss 是什么职务？"])
def test_field_of_a_name_that_two_bear_is_asked_back_and_each_choice_leads_to_one(copilot: Copilot, question: str) -> None:
    answer = copilot.ask(question, OWNER)
    taken = [copilot.ask(choice.ask, OWNER, answer.thread_id) for choice in answer.clarify]
    assert not answer.claims
    assert [len(each.tables[0].rows) if each.tables else 1 for each in taken] == [1, 1]
    assert {title for title in ("CTO", "Buyer") for each in taken if title in each.answer} == {"CTO", "Buyer"}
    assert not any("CTO" in each.answer and "Buyer" in each.answer for each in taken)
    assert {name for name in ("Granite Foods", "Alder Works") for choice in answer.clarify if name in choice.text} == {"Granite Foods", "Alder Works"}


def test_field_that_all_of_the_name_share_is_told_at_once(copilot: Copilot) -> None:
    answer = copilot.ask("What is the title of Una Reed?", OWNER)
    assert not answer.clarify
    assert "Dean" in answer.answer


def test_records_that_nothing_tells_apart_are_all_shown(copilot: Copilot) -> None:
    answer = copilot.ask("What is the title of Ole Berg?", OWNER)
    assert not answer.clarify
    assert "Clerk" in answer.answer
    assert "Driver" in answer.answer


def test_rep_is_not_asked_about_a_record_that_only_others_see(copilot: Copilot) -> None:
    rep = Principal(role=Role.REP, member_id=1, name="Mei Lin", clearance=CLEARANCE[Role.REP])
    answer = copilot.ask("What is the title of Ida Moss?", rep)
    assert not answer.clarify
    assert "CTO" in answer.answer
    assert "Alder Works" not in answer.answer
