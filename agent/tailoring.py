"""Writes the talk track that a change at a customer calls for: what changed, and the most urgent line of coaching, as the rep may see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from agent.composing.formatting import format_cell
from prompts.words import say
from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.coaching.saying import words
from tools.coaching.schemas import NothingToSay
from tools.coaching.schemas import TalkTrack as CoachedTrack
from tools.coaching.service import talk_track
from tools.crm.ports import Embedder
from tools.crm.semantic import SemanticModel
from tools.crm.service import member_principal
from tools.journey.reconstruction.policy import shipped_policy
from tools.journey.reconstruction.schemas import Change, TalkTrack
from tools.trace.cells import Cell, Suggestion


class CoachedTracks:
    """Tailors talk tracks by coaching."""

    def __init__(self, model: Callable[[Session], SemanticModel], embedder: Embedder | None = None) -> None:
        """``model`` gives what the store's tables mean."""
        self.model, self.embedder = model, embedder

    def tailored(
        self, session: Session, principal: Principal, scope: RowScope, change: Change, recipient_id: int, language: Literal["zh", "en"], now: datetime
    ) -> TalkTrack | None:
        """What changed and what to say next; where coaching has no line, the change alone with what the customer gets from an answer to it."""
        rep = member_principal(session, recipient_id)
        found = talk_track(session, self.model(session), rep, scope, change.account_id, now.date(), language, format_cell, self.embedder, most=1)
        said = change.said.label(language)
        kind = "alert" if change.kind == "signal" else "change"
        if isinstance(found, NothingToSay):
            text = say("reconstruction_alert_bare", language, said=said) if kind == "alert" else said
            value = shipped_policy().answers[change.direction].customer_value.label(language)
            suggestion = Suggestion(statement=said, score=change.score, contributions=change.contributions, confidence=change.ratio, customer_value=value)
            return TalkTrack(text=text, language=language, suggestion=suggestion)
        return TalkTrack(
            text=say(f"reconstruction_{kind}", language, said=said, track=words(found.lines[0], language, format_cell)),
            language=language,
            suggestion=found.suggestion,
        )


def _cells(track: CoachedTrack) -> tuple[Cell, ...]:
    """Every cell that the first line rests on, each once."""
    line = track.lines[0]
    found = {cell.address: cell for cell in (track.account, *line.slots.values(), *line.support)}
    return tuple(found.values())
