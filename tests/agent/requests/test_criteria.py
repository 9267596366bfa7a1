"""A criterion asked in conversation is said back, answered with the records that decide, and saved only by a yes of somebody who may."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from agent.copilot import Copilot, CopilotParts
from integrations.embeddings.sentences import SentenceEncoder
from tests.agent.requests.conftest import NOW, TODAY, _from
from tests.agent.requests.test_standings import proven
from tools.access.principal import CLEARANCE, Principal, Role
from tools.crm.models import Account, Contact, ImportRun, Interaction, Member
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_engine, open_sessions
from tools.trace.signing import InstallationKey

OWNER = Principal.local_owner()
REP = Principal(role=Role.REP, member_id=1, name="Ann Wu", clearance=CLEARANCE[Role.REP])
NOTES = ((1, "The CTO signed the POC agreement today."), (2, "The COO signed the POC agreement today."), (3, "收到客户CTO签好的POC同意书扫描件。"))


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory, sqlite_template: bytes) -> Iterator[Copilot]:
    folder: Path = tmp_path_factory.mktemp("criteria")
    (folder / "store.db").write_bytes(sqlite_template)
    engine = open_engine(f"sqlite:///{folder / 'store.db'}")
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(Member(id=1, name="Ann Wu", **_from("m1")))
        session.flush()
        for number, name in ((1, "Harbour Foundry"), (2, "Kestrel Mills"), (3, "华辰精密"), (4, "Arbor Foods")):
            session.add(Account(id=number, name=name, owner_id=1, **_from(f"a{number}")))
        session.flush()
        session.add(Contact(id=1, name="Iris Falk", title="Purchasing director", account_id=1, **_from("c1")))
        for account, body in NOTES:
            session.add(
                Interaction(
                    id=account,
                    account_id=account,
                    owner_id=1,
                    kind="note",
                    subject="Note",
                    body=f"{body} Long talk, all in all.",
                    occurred_at=NOW,
                    **_from(f"i{account}"),
                )
            )
        session.commit()
    parts = CopilotParts(open_sessions(engine), PolicyScope(), InstallationKey.open(folder), lambda: TODAY, embedder=SentenceEncoder())
    yield Copilot(parts)
    engine.dispose()


@pytest.mark.parametrize("question", ["Which customers' CTO has signed the POC agreement?", "哪些客户的CTO已签署POC同意书？"])
def test_customers_that_fulfil_it_are_shown_with_the_record_and_near_misses_with_why(talk: Copilot, question: str) -> None:
    answer = talk.ask(question, OWNER)
    assert not answer.abstained, answer.answer
    assert {row[0] for row in answer.tables[0].rows} == {"Harbour Foundry", "华辰精密"}
    assert [row[0] for row in answer.tables[1].rows] == ["Kestrel Mills"]
    assert "COO" in str(answer.tables[1].rows[0][1])
    assert "POC" in answer.answer.splitlines()[0]
    assert proven(talk, answer)


def test_words_that_have_no_part_in_it_are_named_and_nothing_is_computed(talk: Copilot) -> None:
    answer = talk.ask("which customers' CTO has signed the POC agreement reluctantly?", OWNER)
    assert answer.abstained
    assert not answer.tables


@pytest.mark.parametrize(
    ("saying", "yes", "listing", "undo", "name"),
    [
        ("a customer is in contracting when legal has confirmed the data clause", "yes", "list the rules", 'undo rule "contracting"', "contracting"),
        ("保存规则“签约”：法务已确认数据条款", "确认", "有哪些阶段规则？", "撤销规则“签约”", "签约"),
    ],
)
def test_rule_is_shown_back_saved_by_a_yes_listed_changed_and_undone(talk: Copilot, saying: str, yes: str, listing: str, undo: str, name: str) -> None:
    first = talk.ask(saying, OWNER)
    assert first.proposals
    assert name not in talk.ask(listing, OWNER).answer
    talk.ask(yes, OWNER, first.thread_id)
    assert name in talk.ask(listing, OWNER).answer
    second = talk.ask(saying.replace("legal", "finance").replace("法务", "财务"), OWNER)
    talk.ask(yes, OWNER, second.thread_id)
    assert ("finance" if name == "contracting" else "财务") in talk.ask(listing, OWNER).answer
    answer = talk.ask(undo, OWNER)
    assert ("legal" if name == "contracting" else "法务") in answer.answer


def test_rep_may_ask_but_not_set_a_rule_up(talk: Copilot) -> None:
    answer = talk.ask('save rule "Mine": legal has signed the NDA', REP)
    assert not answer.proposals
    assert "managers" in answer.answer


def test_no_drops_what_was_shown_back(talk: Copilot) -> None:
    first = talk.ask('save rule "Dropped": legal has signed the NDA', OWNER)
    talk.ask("no", OWNER, first.thread_id)
    assert "Dropped" not in talk.ask("list the rules", OWNER).answer


@pytest.mark.parametrize(
    ("saying", "about"),
    [
        ('save rule "Loop": the account meets "Loop"', "itself"),
        ('save rule "Never": the CTO has signed the NDA and the CTO has not signed the NDA', "No account"),
        ("保存规则“矛盾”：CTO已签署保密协议且CTO未签署保密协议", "没有客户"),
    ],
)
def test_circular_or_contradictory_rule_is_refused_in_a_sentence(talk: Copilot, saying: str, about: str) -> None:
    answer = talk.ask(saying, OWNER)
    assert not answer.proposals
    assert about in answer.answer


def test_customers_of_others_are_not_told_of(talk: Copilot) -> None:
    other = Principal(role=Role.REP, member_id=9, name="Bo Lin", clearance=CLEARANCE[Role.REP])
    answer = talk.ask("Which customers' CTO has signed the POC agreement?", other)
    assert all(not table.rows for table in answer.tables)
    assert "Harbour" not in answer.answer
