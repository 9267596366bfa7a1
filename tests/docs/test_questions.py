"""The list of questions is true: each is answered, in both languages alike, and what is said to be refused is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.answer import Answer
from agent.copilot import Copilot
from app import build_copilot, cli, open_store
from integrations.settings import Settings
from tests.docs.documents import ROOT
from tools.access.principal import Principal

ROW = re.compile(r"^\| (?P<en>[^|]+) \| (?P<zh>[^|]+) \|$", re.MULTILINE)
REFUSED = "## What is not answered"


def questions(text: str) -> list[tuple[str, str]]:
    """The pairs of a section's tables."""
    pairs = [(found["en"].strip(), found["zh"].strip()) for found in ROW.finditer(text)]
    return [pair for pair in pairs if pair != ("English", "中文")]


@pytest.fixture
def copilot(reader_folder: Path) -> Copilot:
    imported = CliRunner().invoke(cli, ["import", "docs/example-crm", "--yes", "--json"])
    assert imported.exit_code == 0, imported.output
    settings = Settings()
    return build_copilot(settings, open_store(settings))


def ask(copilot: Copilot, question: str) -> Answer:
    return copilot.ask(question, Principal.local_owner())


def test_listed_questions_are_answered_alike_in_both_languages(copilot: Copilot) -> None:
    answered, _ = (ROOT / "docs" / "questions.md").read_text("utf-8").split(REFUSED)
    pairs = questions(answered)
    assert len(pairs) > 20
    wrong = []
    for pair in pairs:
        english, chinese = (ask(copilot, question) for question in pair)
        if english.abstained or chinese.abstained or english.clarify or chinese.clarify or _asserted(english) != _asserted(chinese):
            wrong.append((pair, english.answer, chinese.answer))
    assert not wrong


def test_questions_said_to_be_refused_are_refused(copilot: Copilot) -> None:
    _, refused = (ROOT / "docs" / "questions.md").read_text("utf-8").split(REFUSED)
    pairs = questions(refused)
    assert pairs
    assert [question for pair in pairs for question in pair if not ask(copilot, question).abstained] == []


@pytest.mark.parametrize(("first", "second", "words"), [("Win rate in North", "and in East?", "East"), ("North 的赢单率", "East 呢？", "East")])
def test_question_that_goes_on_keeps_what_was_asked(copilot: Copilot, first: str, second: str, words: str) -> None:
    begun = ask(copilot, first)
    after = copilot.ask(second, Principal.local_owner(), begun.thread_id)
    assert not after.abstained
    assert words in after.answer
    assert _asserted(after) == _asserted(ask(copilot, f"Win rate in {words}"))


def _asserted(answer: Answer) -> set[object]:
    return {claim.value for claim in answer.claims}
