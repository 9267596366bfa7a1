"""The chat loop, with a person who types lines and presses keys."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from agent.answer import Language, StepStarted, TurnEvent
from integrations.terminal.chatting import chat_loop
from prompts.words import say
from tests.integrations.web.fake_copilot import ASKS_BACK, BROKEN, CHINESE, FAMOUS, REFUSED, FakeCopilot
from tools.access.principal import Principal

CTRL_C, CTRL_D = KeyboardInterrupt(), EOFError()


@pytest.fixture
def copilot(tmp_path: Path) -> FakeCopilot:
    return FakeCopilot(tmp_path)


def talk(copilot: FakeCopilot, *typed: str | BaseException, language: Language = "en") -> str:
    lines = iter((*typed, CTRL_D))

    def read(_: str) -> str:
        line = next(lines)
        if isinstance(line, BaseException):
            raise line
        return line

    screen = Console(file=io.StringIO(), width=100, highlight=False)
    chat_loop(copilot, Principal.local_owner(), screen, language, read)
    return screen.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_questions_belong_to_one_conversation_until_a_new_one_is_asked_for(copilot: FakeCopilot) -> None:
    talk(copilot, FAMOUS, CHINESE, "/new", FAMOUS)
    threads = [thread for _, thread in copilot.asked]
    assert threads == [None, "t1", None]


def test_number_picks_a_choice_then_a_next_step(copilot: FakeCopilot) -> None:
    talk(copilot, ASKS_BACK, "1", "2", "7")
    assert [question for question, _ in copilot.asked] == [ASKS_BACK, FAMOUS, "Which reps won most in West?", "7"]


@pytest.mark.parametrize(
    ("new", "trace", "help_", "leave", "language"), [("/new", "/trace", "/help", "/quit", "en"), ("/新建", "/依据", "/帮助", "/退出", "zh")]
)
def test_commands_work_in_both_languages(copilot: FakeCopilot, new: str, trace: str, help_: str, leave: str, language: Language) -> None:
    text = talk(copilot, help_, trace, FAMOUS, trace, new, leave, "never read", language=language)
    for key in ("terminal_help", "terminal_no_trace", "terminal_new", "terminal_bye"):
        assert say(key, language) in text
    assert copilot.recorded.id in text
    assert len(copilot.asked) == 1


def test_unknown_command_is_not_taken_for_a_question(copilot: FakeCopilot) -> None:
    assert "There is no command /nwe." in talk(copilot, "/nwe please")
    assert copilot.asked == []


def test_ctrl_c_stops_the_turn_and_the_chat_goes_on(copilot: FakeCopilot) -> None:
    closed: list[bool] = []
    answered = copilot.stream

    def interrupted(question: str, principal: Principal, thread_id: str | None = None) -> Iterator[TurnEvent]:
        if question != "long":
            yield from answered(question, principal, thread_id)
            return
        try:
            yield StepStarted(name="act", text="reading…")
            raise KeyboardInterrupt
        finally:
            closed.append(True)

    copilot.stream = interrupted  # type: ignore[method-assign]
    text = talk(copilot, "long", FAMOUS)
    assert closed == [True]
    assert text.index("Stopped before there was an answer.") < text.index("West has the highest")


def test_ctrl_c_at_the_prompt_says_how_to_leave_and_ctrl_d_leaves(copilot: FakeCopilot) -> None:
    text = talk(copilot, CTRL_C)
    assert text.index("Ctrl-D or /quit leaves.") < text.index("Goodbye.")


@pytest.mark.parametrize(("question", "sentence"), [(BROKEN, "error_unexpected"), (REFUSED, "thread_of_another")])
def test_failing_turn_is_a_sentence_and_the_chat_goes_on(copilot: FakeCopilot, question: str, sentence: str) -> None:
    text = talk(copilot, question, FAMOUS)
    assert say(sentence, "en") in text
    assert "hunter2" not in text
    assert "West has the highest" in text


def test_empty_lines_are_passed_over(copilot: FakeCopilot) -> None:
    talk(copilot, "", "   ")
    assert copilot.asked == []
