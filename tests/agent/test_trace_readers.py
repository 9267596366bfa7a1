"""A proof is opened by whoever asked, by those above, and by nobody else, who can't even tell that it exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from agent.copilot import Copilot, CopilotParts
from tests.integrations.llm.company import TODAY, open_company
from tools.access.principal import CLEARANCE, Principal, Role
from tools.crm.models import Account, Member, Opportunity
from tools.crm.service import resolve_member
from tools.sandbox.row_scope import PolicyScope
from tools.store.classification import Classification
from tools.store.engine import open_sessions
from tools.threads.models import Run
from tools.threads.service import ThreadBelongsToSomebodyElse, speaker_of
from tools.trace.models import RecordedTrace
from tools.trace.service import TraceIdAmbiguous, TraceUnknown
from tools.trace.signing import InstallationKey

OWNER = Principal.local_owner()
DIRECTOR = Principal(role=Role.DIRECTOR, member_id=99, clearance=Classification.PERSONAL)
NAMED_MANAGER = Principal(role=Role.MANAGER, name="Rocco Neubert", report_ids=(5,), clearance=CLEARANCE[Role.MANAGER])
QUESTION = "How many deals were won?"


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Engine]:
    engine = open_company(tmp_path / "plumbline.db")
    yield engine
    engine.dispose()


@pytest.fixture
def copilot(company: Engine, tmp_path: Path) -> Copilot:
    return Copilot(CopilotParts(open_sessions(company), PolicyScope(), InstallationKey.open(tmp_path), lambda: TODAY))


@pytest.fixture
def member(company: Engine) -> Callable[[str], Principal]:
    def find(name: str) -> Principal:
        with Session(company) as session:
            return resolve_member(session, name)

    return find


def test_asker_opens_the_own_proof_by_its_beginning(copilot: Copilot, member: Callable[[str], Principal]) -> None:
    for asker in (OWNER, DIRECTOR, NAMED_MANAGER, member("Carla Mendes")):
        asked = copilot.ask(QUESTION, asker)
        assert copilot.trace(asked.trace_id[:8], asker).id == asked.trace_id
        assert copilot.evidence(asked.trace_id, asked.claims[0].cell, asker).cell.value == str(asked.claims[0].value)


def test_proof_of_somebody_else_is_as_unknown_as_none(copilot: Copilot, member: Callable[[str], Principal]) -> None:
    carla, bo, ada = member("Carla Mendes"), member("Bo Lindqvist"), member("Ada Quist")
    strangers = {OWNER: (carla, ada, NAMED_MANAGER), DIRECTOR: (carla, ada), ada: (carla, bo), carla: (bo, NAMED_MANAGER), NAMED_MANAGER: (carla, ada)}
    for asker, others in strangers.items():
        asked = copilot.ask(QUESTION, asker)
        for other in others:
            for wanted in (asked.trace_id, asked.trace_id[:8]):
                with pytest.raises(TraceUnknown) as refused:
                    copilot.trace(wanted, other)
                assert refused.value.data == {"id": wanted}
                with pytest.raises(TraceUnknown):
                    copilot.evidence(wanted, "q9.r9.none", other)


def test_proof_of_a_report_is_opened_by_those_above(copilot: Copilot, member: Callable[[str], Principal]) -> None:
    asked = copilot.ask(QUESTION, member("Carla Mendes"))
    for reader in (member("Ada Quist"), DIRECTOR, OWNER):
        assert copilot.trace(asked.trace_id, reader).id == asked.trace_id
        assert copilot.evidence(asked.trace_id, asked.claims[0].cell, reader).cell.value == str(asked.claims[0].value)


def test_four_digits_of_an_id_open_nothing(copilot: Copilot) -> None:
    asked = copilot.ask(QUESTION, OWNER)
    for short in (asked.trace_id[:4], asked.trace_id[:7]):
        with pytest.raises(TraceUnknown):
            copilot.trace(short, OWNER)


def test_beginning_is_ambiguous_only_among_what_the_reader_may_open(copilot: Copilot, company: Engine, member: Callable[[str], Principal]) -> None:
    carla = member("Carla Mendes")
    mine, theirs = (copilot.ask(QUESTION, asker).trace_id for asker in (carla, OWNER))
    twin = mine[:8] + theirs[8:]
    with Session(company) as session:
        session.get_one(RecordedTrace, theirs).id = twin
        session.query(Run).filter_by(trace_id=theirs).update({"trace_id": twin})
        session.commit()
    assert copilot.trace(mine[:8], carla).id == mine
    with pytest.raises(TraceIdAmbiguous):
        copilot.trace(mine[:8], OWNER)


def test_director_cleared_for_less_gets_no_record_of_a_withheld_figure(copilot: Copilot) -> None:
    asked = copilot.ask(QUESTION, OWNER)
    little = Principal(role=Role.DIRECTOR, member_id=99, clearance=Classification.PUBLIC)
    evidence = copilot.evidence(asked.trace_id, asked.claims[0].cell, little)
    assert (evidence.cell.value, evidence.total, evidence.records, evidence.table) == (None, 0, (), None)


def test_records_that_a_manager_has_no_reach_to_are_not_shown_below_a_report_s_figure(
    copilot: Copilot, company: Engine, member: Callable[[str], Principal]
) -> None:
    carla = member("Carla Mendes")
    asked = copilot.ask(QUESTION, carla)
    cell = asked.claims[0].cell
    above = Principal(role=Role.MANAGER, member_id=98, report_ids=(carla.member_id or 0,), clearance=CLEARANCE[Role.MANAGER])
    shown = copilot.evidence(asked.trace_id, cell, above).records
    with Session(company) as session:
        session.query(Opportunity).update({"owner_id": 1})
        session.query(Account).update({"owner_id": 1})
        session.commit()
    assert shown
    assert copilot.evidence(asked.trace_id, cell, above).records == ()


def test_manager_known_only_by_name_is_never_taken_for_the_owner(copilot: Copilot, company: Engine) -> None:
    with Session(company) as session:
        session.add(
            Member(
                id=5 + 1,
                source_system="crm",
                source_id="m6",
                version=1,
                version_hash="m",
                as_of=session.get_one(Member, 1).as_of,
                custom={},
                name="Kim Ro",
                manager_ref="Rocco",
            )
        )
        session.commit()
        manager = resolve_member(session, "Rocco")
    asked = copilot.ask(QUESTION, OWNER)
    assert speaker_of(manager) != speaker_of(OWNER)
    assert copilot.threads(manager) == []
    with pytest.raises(ThreadBelongsToSomebodyElse):
        copilot.history(asked.thread_id, manager)
