"""What an engine found for one message, ready to be drafted, verified and recorded like any other answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from agent.composing.draft import Draft
from tools.crm.query import Plan
from tools.trace.cells import Cell, EvidenceBlock, Suggestion


@dataclass(slots=True)
class Outcome:
    """Cells with their evidence, and ``tell``, which writes sentences with slots into a draft.

    ``about`` is the plan by which later questions of the talk know whom it was about, ``effect`` what is written once the turn is recorded.
    """

    tell: Callable[[Draft], None]
    found: dict[str, Cell] = field(default_factory=dict)
    blocks: tuple[EvidenceBlock, ...] = ()
    as_of: datetime | None = None
    suggestions: tuple[Suggestion, ...] = ()
    proposals: tuple[str, ...] = ()
    about: Plan | None = None
    effect: Callable[[], None] | None = None

    def cells(self) -> dict[str, Cell]:
        """All cells by address."""
        return self.found
