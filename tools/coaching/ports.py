"""What coaching needs from outside, as small protocols: acts told by texts, and where an account stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.journey.acts import Act, TextEvent
from tools.store.classification import Classification
from tools.trace.cells import Cell, Confidence, Frozen, SourceRef


@dataclass(frozen=True, slots=True)
class Told:
    """One act with the record that tells it: ``text`` is the whole field, of which the act's source names the part."""

    event: TextEvent
    source: SourceRef
    classification: Classification
    text: str
    at: datetime
    account_id: int | None
    opportunity_id: int | None
    contact_id: int | None


class TextActs(Protocol):
    """The acts that texts tell, in reach of a principal."""

    def told(
        self, session: Session, principal: Principal, scope: RowScope, acts: Sequence[Act], account_id: int | None, since: date, most: int
    ) -> Sequence[Told]:
        """Acts of these kinds of one account (all accounts where None) told since a day, newest first, at most ``most``."""
        ...


class StageView(Frozen):
    """One stage of the journey that an account is in. ``key`` is the stage's name in the file, ``named`` what people call it."""

    key: str
    named: dict[str, str]
    weight: Decimal
    before: Decimal
    confidence: Confidence
    sources: tuple[SourceRef, ...]


class Standings(Protocol):
    """Where accounts stand."""

    def stages(self, session: Session, principal: Principal, scope: RowScope, account_id: int, now: datetime) -> Sequence[StageView]:
        """The stages of an account now, with their weight of 30 days before."""
        ...


Shown = Callable[[Cell, str], str]
"""Writes the value of a cell in a language, as all answers do."""

__all__ = ["Shown", "StageView", "Standings", "TextActs", "Told"]
