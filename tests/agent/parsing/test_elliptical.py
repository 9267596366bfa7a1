"""Follow-ups without a subject of their own keep what the last question was about; those with one don't."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from agent.parsing import Vocabulary
from tests.agent.parsing.conftest import Reader
from tests.agent.parsing.elliptical import ELLIPTICAL
from tests.agent.parsing.test_threads import Talk, typed
from tools.crm.semantic import SemanticModel


@pytest.mark.parametrize(("start", "turns"), ELLIPTICAL, ids=[start for start, _ in ELLIPTICAL])
def test_elliptical_question_keeps_what_it_does_not_name(
    store: Session, model: SemanticModel, vocabulary: Vocabulary, start: str, turns: tuple[tuple[str, str], ...]
) -> None:
    talk = Talk(store, model, vocabulary)
    talk.ask(start)
    assert [(question, typed(talk.ask(question))) for question, _ in turns] == list(turns)


@pytest.mark.parametrize("question", ["Which product was won most often?", "How many accounts are there in Kenya?", "win rate by product", "2025年赢了几单？"])
def test_question_with_its_own_subject_takes_nothing(read: Reader, question: str) -> None:
    assert read.plan(question, read.plan("won value by region in Q1 2025")).queries == read.plan(question).queries
