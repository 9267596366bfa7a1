"""A conversation goes on after a question that got no answer: what was answered before it is still what a follow-up is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from agent.copilot import Copilot, CopilotParts
from tools.access.principal import Principal
from tools.crm.models import Account, ImportRun
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import Base
from tools.store.engine import open_engine, open_sessions
from tools.trace.signing import InstallationKey

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OWNER = Principal.local_owner()


@pytest.fixture
def copilot(tmp_path: Path) -> Iterator[Copilot]:
    """Three accounts, two of them in China."""
    engine = open_engine(f"sqlite:///{tmp_path / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.flush()
        for number, country in enumerate(("China", "China", "Kenya"), start=1):
            sourced = {"source_system": "crm", "source_id": f"a{number}", "version": 1, "version_hash": "v", "as_of": NOW, "custom": {}}
            session.add(Account(id=number, name=f"Firm {number}", country=country, **sourced))
        session.commit()
    yield Copilot(CopilotParts(open_sessions(engine), PolicyScope(), InstallationKey.open(tmp_path), lambda: date(2026, 3, 1)))
    engine.dispose()


def test_follow_up_after_a_refusal_is_about_the_last_answer(copilot: Copilot) -> None:
    first = copilot.ask("How many accounts are in China?", OWNER)
    refused = copilot.ask("What is their shoe size?", OWNER, first.thread_id)
    again = copilot.ask("and in Kenya?", OWNER, first.thread_id)
    assert refused.abstained
    assert [claim.value for claim in again.claims][:1] == [1]


@pytest.mark.parametrize(
    "follow_up", ["and in Kenya?", "what about Kenya?", "那Kenya呢？", "only those in Kenya", "list them", "by country please", "合计金额？"]
)
def test_follow_up_of_a_question_without_an_answer_gets_none_either(copilot: Copilot, follow_up: str) -> None:
    refused = copilot.ask("How many shoes do the accounts in China have?", OWNER)
    again = copilot.ask(follow_up, OWNER, refused.thread_id)
    assert refused.abstained
    assert again.abstained
    assert copilot.ask("and in China?", OWNER, refused.thread_id).abstained


def test_whole_question_after_a_refusal_is_answered_by_itself(copilot: Copilot) -> None:
    refused = copilot.ask("How many shoes do the accounts in China have?", OWNER)
    again = copilot.ask("ok, how many accounts are in China?", OWNER, refused.thread_id)
    assert [claim.value for claim in again.claims][:1] == [2]
    assert [claim.value for claim in copilot.ask("and in Kenya?", OWNER, refused.thread_id).claims][:1] == [1]
