"""Two people of one name: figures, rankings and lists are of one of them, never of both as if they were one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from agent.answer import Answer
from agent.copilot import Copilot, CopilotParts
from tools.access.principal import Principal
from tools.crm.models import Account, ImportRun, Interaction, Member, Opportunity
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import Base
from tools.store.engine import open_engine, open_sessions
from tools.trace.signing import InstallationKey

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OWNER = Principal.local_owner()
WON = {1: 3, 2: 2, 3: 4}
"""Deals won by member id; the first two members bear one name."""


def sourced(key: str) -> dict[str, object]:
    return {"source_system": "crm", "source_id": key, "version": 1, "version_hash": key, "as_of": NOW, "custom": {}}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Engine]:
    """Sam Roe (R-101) of Oslo and Sam Roe (R-102) of Turin, and Kim Day (R-103) of Oslo."""
    engine = open_engine(f"sqlite:///{tmp_path / 'store.db'}")
    Base.metadata.create_all(engine)
    people = {1: ("Sam Roe", "Oslo"), 2: ("Sam Roe", "Turin"), 3: ("Kim Day", "Oslo")}
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all(Member(id=key, name=name, region=region, **sourced(f"R-10{key}")) for key, (name, region) in people.items())
        session.flush()
        session.add(Account(id=1, name="Granite Foods", owner_id=1, **sourced("A-101")))
        session.flush()
        number = 0
        for owner, won in WON.items():
            for status in ("won",) * won + ("lost",) * owner:
                number += 1
                deal = {"name": f"Deal {number}", "status": status, "stage": status, "amount": Decimal(100 * owner), "close_on": date(2026, 1, 10)}
                session.add(Opportunity(id=number, account_id=1, owner_id=owner, **deal, **sourced(f"D-{number:03}")))
            for at in range(owner):
                talk = {"kind": "visit", "occurred_at": datetime(2026, 2, 1 + at, 9, tzinfo=UTC), "subject": "plan"}
                session.add(Interaction(id=10 * owner + at, account_id=1, owner_id=owner, **talk, **sourced(f"T-{owner}{at}")))
        session.commit()
    yield engine
    engine.dispose()


@pytest.fixture
def copilot(store: Engine, tmp_path: Path) -> Copilot:
    return Copilot(CopilotParts(open_sessions(store), PolicyScope(), InstallationKey.open(tmp_path), lambda: date(2026, 3, 1)))


def first_number(answer: Answer) -> object:
    return next(claim.value for claim in answer.claims if isinstance(claim.value, int | float))


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("How many deals has Sam Roe won?", [3, 2]),
        ("Sam Roe 赢了几单？", [3, 2]),
        ("What is the won value of Sam Roe?", [300, 400]),
        ("What is Sam Roe's win rate?", [0.75, 0.5]),
        ("How many visits did Sam Roe make in 2026?", [1, 2]),
        ("List the deals that Sam Roe lost", [1, 2]),
    ],
)
def test_name_that_two_people_bear_is_asked_back_and_each_choice_is_about_one(copilot: Copilot, question: str, values: list[float]) -> None:
    answer = copilot.ask(question, OWNER)
    taken = [copilot.ask(choice.ask, OWNER, answer.thread_id) for choice in answer.clarify]
    assert not answer.claims
    assert [first_number(each) for each in taken] == values
    assert ["R-101" in choice.text and "Oslo" in choice.text for choice in answer.clarify] == [True, False]
    assert ["R-102" in choice.text and "Turin" in choice.text for choice in answer.clarify] == [False, True]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How many deals has Sam Roe in Turin won?", 2),
        ("How many deals has Turin's Sam Roe won?", 2),
        ("How many deals has Sam Roe (R-101) won?", 3),
        ("How many deals has R-102 won?", 2),
        ("How many deals has Sam Roe of the Oslo region won?", 3),
        ("Turin 的 Sam Roe 赢了几单？", 2),
        ("Sam Roe（R-101）赢了几单？", 3),
    ],
)
def test_words_beside_the_name_that_leave_one_person_are_answered_for_that_one(copilot: Copilot, question: str, value: int) -> None:
    answer = copilot.ask(question, OWNER)
    assert not answer.clarify
    assert first_number(answer) == value


@pytest.mark.parametrize(("reply", "value"), [("the second", 2), ("the one in Turin", 2), ("R-101", 3), ("Oslo 的那个", 3)])
def test_choice_is_taken_by_place_or_by_what_sets_it_apart_and_stays_for_the_next_question(copilot: Copilot, reply: str, value: int) -> None:
    asked = copilot.ask("How many deals has Sam Roe won?", OWNER)
    taken = copilot.ask(reply, OWNER, asked.thread_id)
    later = copilot.ask("how many did they lose?", OWNER, asked.thread_id)
    assert first_number(taken) == value
    assert first_number(later) == {3: 1, 2: 2}[value]


def test_comparison_with_such_a_name_is_asked_back_before_three_people_are_compared(copilot: Copilot) -> None:
    answer = copilot.ask("Who won more deals, Sam Roe or Kim Day?", OWNER)
    taken = [copilot.ask(choice.ask, OWNER, answer.thread_id) for choice in answer.clarify]
    assert not answer.claims
    assert [len(each.tables[0].rows) for each in taken] == [2, 2]
    assert [{row[-1] for row in each.tables[0].rows} for each in taken] == [{3, 4}, {2, 4}]


def test_ranking_tells_both_people_apart_in_text_and_table(copilot: Copilot) -> None:
    answer = copilot.ask("deals won per rep", OWNER)
    rows = answer.tables[0].rows
    assert {row[:2]: row[-1] for row in rows} == {("Sam Roe", "R-101"): 3, ("Sam Roe", "R-102"): 2, ("Kim Day", "R-103"): 4}
    assert "Sam Roe" not in answer.answer or "(R-10" in answer.answer


def test_person_on_top_is_the_one_that_a_pronoun_means(copilot: Copilot) -> None:
    ranked = copilot.ask("Who lost the fewest deals?", OWNER)
    later = copilot.ask("how many deals did he win?", OWNER, ranked.thread_id)
    assert "(R-101)" in ranked.answer
    assert first_number(later) == 3


def test_count_of_people_counts_both(copilot: Copilot) -> None:
    assert first_number(copilot.ask("How many reps do we have?", OWNER)) == 3
    assert first_number(copilot.ask("How many different reps won deals in 2026?", OWNER)) == 3


class Planning(BaseChatModel):
    """A live model that writes one plan, whatever it is asked."""

    @property
    def _llm_type(self) -> str:
        return "planning"

    def bind_tools(self, tools: Sequence[Any], **_: object) -> Runnable[LanguageModelInput, AIMessage]:
        del tools
        return self

    def _generate(self, messages: list[BaseMessage], *_: object, **__: object) -> ChatResult:
        del messages
        args = {
            "entity": "opportunity",
            "measures": ["won_count"],
            "filters": [{"field": "owner", "values": ["v1"]}],
            "unknown_words": [{"word": "frobnicated", "means": "won_count"}],
        }
        call = {"name": "query_records", "args": args, "id": "c1"}
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content="", tool_calls=[call]))])


def test_plan_of_a_live_model_with_such_a_name_is_asked_back(store: Engine, tmp_path: Path) -> None:
    parts = CopilotParts(open_sessions(store), PolicyScope(), InstallationKey.open(tmp_path), lambda: date(2026, 3, 1), live=Planning)
    answer = Copilot(parts).ask("How many deals has Sam Roe frobnicated?", OWNER)
    assert answer.mode == "live"
    assert not answer.claims
    assert ["R-101" in answer.clarify[0].text, "R-102" in answer.clarify[1].text] == [True, True]
