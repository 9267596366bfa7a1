"""Questions that an answer leads on to are read once, and for each person by what that person may see."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path

import pytest

from agent.copilot import Copilot, CopilotParts
from tests.integrations.llm.company import TODAY, open_company
from tools.access.principal import CLEARANCE, Principal, Role
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_sessions
from tools.trace.signing import InstallationKey

OWNER = Principal.local_owner()
DIRECTOR = Principal(role=Role.DIRECTOR, member_id=1, name="Ann", clearance=CLEARANCE[Role.DIRECTOR])
QUESTION = "How many open deals are there?"


@pytest.fixture
def copilot(tmp_path: Path) -> Iterator[Copilot]:
    engine = open_company(tmp_path / "plumbline.db")
    yield Copilot(CopilotParts(open_sessions(engine), PolicyScope(), InstallationKey.open(tmp_path), lambda: TODAY))
    engine.dispose()


def remembered(copilot: Copilot) -> set[Hashable]:
    with copilot.parts.sessions() as session:
        return set(copilot.catalogs.current(session).understood)


def test_offered_questions_are_the_same_when_remembered(copilot: Copilot) -> None:
    first = copilot.ask(QUESTION, OWNER)
    read = remembered(copilot)
    again = copilot.ask(QUESTION, OWNER)
    assert first.next_steps
    assert again.next_steps == first.next_steps
    assert remembered(copilot) == read


def test_offered_questions_are_read_anew_for_another_person(copilot: Copilot) -> None:
    copilot.ask(QUESTION, OWNER)
    read = remembered(copilot)
    copilot.ask(QUESTION, DIRECTOR)
    assert read < remembered(copilot)
