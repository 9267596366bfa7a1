"""The chat in the terminal: one conversation after another, until the person leaves."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Protocol

from rich.console import Console
from rich.status import Status

from agent.answer import Answer, Finished, StepStarted, TurnEvent
from integrations.terminal.answering import offered, render_answer
from integrations.terminal.screen import inert, plain, progress_console
from prompts.words import say
from tools.access.principal import Principal
from tools.store.errors import PlumbError
from tools.trace.citation import CitationTrace

PROMPT = "› "
COMMANDS = {
    "/new": "new", "/新建": "new", "/新会话": "new",
    "/trace": "trace", "/依据": "trace",
    "/help": "help", "/帮助": "help", "/?": "help",
    "/quit": "quit", "/exit": "quit", "/退出": "quit",
}  # fmt: skip


class CopilotPort(Protocol):
    """The copilot as the loop sees it."""

    def stream(self, question: str, principal: Principal, thread_id: str | None = None) -> Iterator[TurnEvent]:
        """One turn as events. Closing the iterator stops the turn."""

    def trace(self, trace_id: str, principal: Principal) -> CitationTrace:
        """A recorded trace, masked to what the principal may read."""

    def starters(self, principal: Principal, language: str) -> tuple[str, ...]:
        """Questions that the store can answer."""


def chat_loop(copilot: CopilotPort, principal: Principal, console: Console, language: str = "en", read: Callable[[str], str] = input) -> None:
    """Talk until /quit or Ctrl-D. ``language`` is that of the loop's own words; ``read`` shows a prompt and gives a line."""
    _Chat(copilot, principal, console, language).run(read)


class _Chat:
    def __init__(self, copilot: CopilotPort, principal: Principal, console: Console, language: str) -> None:
        self.copilot, self.principal, self.console, self.language = copilot, principal, console, language
        self.thread: str | None = None
        self.last: Answer | None = None

    def run(self, read: Callable[[str], str]) -> None:
        self._say("terminal_welcome")
        starters = self.copilot.starters(self.principal, self.language)
        if starters:
            self._say("terminal_try")
        for starter in starters:
            self.console.print(inert(f"  {starter}", "dim"))
        while True:
            try:
                line = plain(read(PROMPT)).strip()
            except KeyboardInterrupt:
                self.console.print()
                self._say("terminal_interrupted")
                continue
            except EOFError:
                self.console.print()
                break
            if not self._obey(line):
                break
        self._say("terminal_bye")

    def _obey(self, line: str) -> bool:
        """Do what the line says; False to leave."""
        if not line:
            return True
        if not line.startswith("/"):
            self._ask(self._picked(line))
            return True
        command = COMMANDS.get(line.lower())
        if command == "new":
            self.thread = self.last = None
            self._say("terminal_new")
        elif command == "trace":
            self._trace()
        elif command == "help":
            self._say("terminal_help")
        elif command is None:
            self._say("terminal_unknown_command", name=line.split()[0])
        return command != "quit"

    def _picked(self, line: str) -> str:
        """The offered question that a bare number names, else the line itself."""
        choices = offered(self.last) if self.last else ()
        return choices[int(line) - 1] if line.isdecimal() and 1 <= int(line) <= len(choices) else line

    def _ask(self, question: str) -> None:
        events = self.copilot.stream(question, self.principal, self.thread)
        try:
            answer = self._wait(events)
        except KeyboardInterrupt:
            if isinstance(events, Generator):
                events.close()
            self.console.print()
            self._say("terminal_stopped")
        except PlumbError as error:
            self._say(error.key, **error.data)
        except Exception:
            self._say(PlumbError.key)
        else:
            if answer is not None:
                self.last, self.thread = answer, answer.thread_id or self.thread
                self.console.print()
                render_answer(answer, self.console)
                self.console.print()

    def _wait(self, events: Iterator[TurnEvent]) -> Answer | None:
        """The answer, with the running step named on standard error meanwhile."""
        with Status("", console=progress_console(), spinner="dots") as status:
            for event in events:
                if isinstance(event, StepStarted):
                    status.update(inert(event.text))
                elif isinstance(event, Finished):
                    return event.answer
        return None

    def _trace(self) -> None:
        if self.last is None or not self.last.trace_id:
            self._say("terminal_no_trace")
            return
        from integrations.terminal.tracing import render_trace

        try:
            render_trace(self.copilot.trace(self.last.trace_id, self.principal), self.console, self.language)
        except PlumbError as error:
            self._say(error.key, **error.data)

    def _say(self, key: str, **values: object) -> None:
        self.console.print(inert(say(key, self.language, **values)))
