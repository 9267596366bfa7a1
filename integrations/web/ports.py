"""What the web needs of the copilot. Nothing here knows how an answer comes about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from agent.answer import Answer, TurnEvent
from agent.evidence import CellEvidence
from tools.access.principal import Principal
from tools.journey.schemas import ExternalSignal, Taken
from tools.trace.citation import CitationTrace


class ThreadLine(Protocol):
    """A conversation in the list."""

    @property
    def id(self) -> str:
        """What the conversation is opened by."""

    @property
    def title(self) -> str:
        """Its first question."""

    @property
    def updated_at(self) -> datetime:
        """When it was last used."""


class SignalIntake(Protocol):
    """Takes in what was seen outside."""

    def take(self, signal: ExternalSignal) -> Taken:
        """Keep it, count it once, and start what it asks for. Raises SignalUnreadable and SignalReplayed."""


class CopilotPort(Protocol):
    """The copilot as a page sees it. Every call speaks for one principal."""

    def stream(self, question: str, principal: Principal, thread_id: str | None = None) -> Iterator[TurnEvent]:
        """One turn as events. Closing the iterator stops the turn."""

    def threads(self, principal: Principal) -> Sequence[ThreadLine]:
        """The principal's conversations, latest first."""

    def history(self, thread_id: str, principal: Principal) -> Sequence[tuple[str, Answer]]:
        """Questions and answers of one conversation, oldest first; empty when there is no such conversation."""

    def trace(self, trace_id: str, principal: Principal) -> CitationTrace:
        """A recorded trace, masked to what the principal may read."""

    def evidence(self, trace_id: str, cell: str, principal: Principal, offset: int = 0) -> CellEvidence:
        """What stands behind one cell of a trace; its records from ``offset`` on."""

    def starters(self, principal: Principal, language: str) -> tuple[str, ...]:
        """Questions that the store can answer; none while it is empty."""
