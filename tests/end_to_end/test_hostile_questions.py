"""Hostile questions to the whole copilot: each ends in an answer, a question back or an abstention, in a second, and changes no record."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

import app
from agent.answer import Answer
from agent.copilot import Copilot
from agent.questions import QuestionEmpty, QuestionTooLong
from integrations.terminal.importing import run_import
from tests.agent.parsing.hostile import HOSTILE, NAMES, RIGHT_TO_LEFT, ZERO_WIDTH
from tests.end_to_end.conftest import DIARY, write_export
from tools.access.principal import Principal

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]

PATIENCE_S = 1.0
"""Of this process, so that what else the machine does is not counted, at the usual pace of a core; one that others slow down takes longer."""
PIECES = [
    *NAMES,
    "how many",
    "deals",
    "won",
    "by region",
    "not",
    "last month",
    "top",
    "多少",
    "赢单",
    "客户",
    "不",
    "上个月",
    "按",
    "and",
    "的",
    ",",
    "?",
    "%",
    "\n",
]
PIECES += [
    "9" * 40,
    "2026-13-45",
    "-",
    "(",
    "“",
    "😀",
    "\ud800",
    ZERO_WIDTH,
    RIGHT_TO_LEFT,
    "';--",
    "{{q1}}",
    "it",
    "她",
    "why",
    "为什么",
    "than",
    "比",
    "10%",
    "一亿",
]


def slowness() -> float:
    """How many times slower than its usual pace this core is right now; at least 1."""
    began = time.process_time()
    sum(number * number for number in range(1_000_000))
    return max(1.0, (time.process_time() - began) / 0.06)


QUESTIONS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), min_size=1, max_size=25).map(" ".join)


@dataclass(frozen=True)
class Asked:
    """A copilot on the small export."""

    copilot: Copilot
    store: Path

    def __call__(self, question: str, thread: str | None = None) -> tuple[Answer | None, float]:
        """The answer and its seconds; None where the question was refused with a sentence before the turn began."""
        began = time.process_time()
        try:
            answer = self.copilot.ask(question, Principal.local_owner(), thread)
        except (QuestionEmpty, QuestionTooLong):
            answer = None
        return answer, time.process_time() - began

    def records(self) -> list[str]:
        """Everything in the store but what questions leave behind."""
        with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as connection:
            return [line for line in connection.iterdump() if not any(f'"{table}"' in line[:60] for table in DIARY)]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    folder = tmp_path_factory.mktemp("hostile")
    chosen = app.settings_for("2026-03-18").model_copy(update={"data_dir": folder / "data", "database_url": None, "llm_model": None})
    engine: Engine = app.open_store(chosen)
    run_import(engine, chosen, write_export(folder / "northwind"), None, None, True, "northwind", quiet=True, language="en")
    warm = Asked(app.build_copilot(chosen, engine), folder / "data" / "plumbline.db")
    for question in ("How many deals did we win?", "赢了多少单？", "deals of zquork", "魑魅的魍魉", "Where does Blue Harbor stand?"):
        warm(question)
    yield warm
    engine.dispose()


@pytest.fixture
def thread(asked: Asked) -> str:
    """A conversation in which something was answered."""
    answer, _ = asked("How many deals did Tom Adeyemi win?")
    assert answer is not None
    return answer.thread_id


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("follows", [False, True], ids=["alone", "in a conversation"])
def test_hostile_question_ends_in_a_second_and_changes_nothing(asked: Asked, thread: str, kind: str, follows: bool) -> None:
    before = asked.records()

    answer, seconds = asked(HOSTILE[kind], thread if follows else None)

    assert seconds < PATIENCE_S * slowness()
    assert asked.records() == before
    if answer is not None:
        _is_sound(answer)


def test_instructions_bring_no_figure_of_theirs(asked: Asked) -> None:
    for kind, figures in {
        "instructions": ["999"],
        "Chinese instructions": ["99%", "99 %"],
        "a role": ["100%", "100 %"],
        "figures of one's own": ["31337"],
    }.items():
        answer, _ = asked(HOSTILE[kind])

        assert answer is not None
        assert not [claim for claim in answer.claims if str(claim.value) in figures], kind


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(question=QUESTIONS)
def test_words_thrown_together_end_soundly(asked: Asked, question: str) -> None:
    answer, seconds = asked(question)

    assert seconds < PATIENCE_S * slowness()
    if answer is not None:
        _is_sound(answer)


def _is_sound(answer: Answer) -> None:
    """There are words to show, one outcome, and nothing that a terminal or a page would act on."""
    assert answer.answer.strip()
    assert not (answer.abstained and answer.claims)
    assert not {"\x00", "\x07", "\x1b", RIGHT_TO_LEFT} & set(answer.answer)
    answer.model_dump_json().encode()
