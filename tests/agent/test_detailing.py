"""A rate or mean of several chosen groups is told of all together, and of each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.answer import Answer
from agent.copilot import Copilot, CopilotParts
from tests.integrations.llm.company import TODAY, open_company
from tools.access.principal import Principal
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_sessions
from tools.trace.signing import InstallationKey

OWNER = Principal.local_owner()


@pytest.fixture
def copilot(tmp_path: Path) -> Iterator[Copilot]:
    engine = open_company(tmp_path / "plumbline.db")
    yield Copilot(CopilotParts(open_sessions(engine), PolicyScope(), InstallationKey.open(tmp_path), lambda: TODAY))
    engine.dispose()


def first_of(answer: Answer, call: str) -> list[object]:
    return [claim.value for claim in answer.claims if claim.cell is not None and claim.cell.startswith(f"{call}.")]


@pytest.mark.parametrize(
    "question", ["What is the average won deal size of the two reps with the highest won value?", "赢单金额最高的两个销售的平均赢单金额是多少？"]
)
def test_mean_of_two_chosen_owners_is_told_together_and_of_each(copilot: Copilot, question: str) -> None:
    answer = copilot.ask(question, OWNER)

    (table,) = answer.tables
    alone = {str(name): first_of(copilot.ask(f"What is the average size of won deals of {name}?", OWNER), "q1")[0] for name, *_ in table.rows}
    assert answer.claims[0].cell == "q1.r1.m0"
    assert len(set(alone.values())) == 2
    assert {str(name): value for name, value, *_ in table.rows} == alone


@pytest.mark.parametrize(
    "question", ["How many deals did the two reps with the most won deals win?", "What is the win rate of the rep with the most won deals?"]
)
def test_sum_and_single_group_need_no_detail(copilot: Copilot, question: str) -> None:
    assert not first_of(copilot.ask(question, OWNER), "q2")


def test_chosen_groups_are_named_once_and_what_each_figure_is_of_is_recorded(copilot: Copilot) -> None:
    answer = copilot.ask("What is the win rate of the two reps with the most won deals?", OWNER)

    assert answer.answer.count("with the most won deals are") == 1
    assert {query.call for query in copilot.trace(answer.trace_id, OWNER).queries} >= {"q1", "q1s1", "q2"}


def test_follow_up_is_about_the_figure_that_was_asked_for(copilot: Copilot) -> None:
    first = copilot.ask("What is the win rate of the two reps with the most won deals?", OWNER)

    then = copilot.ask("and the average deal size?", OWNER, first.thread_id)

    assert then.claims[0].cell == "q1.r1.m0"
