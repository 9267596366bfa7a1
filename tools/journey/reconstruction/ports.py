"""What reconstruction needs from outside: who writes talk tracks and who brings messages to a rep. The composition root gives the real ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Protocol

from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.journey.reconstruction.schemas import Change, Diff, Notice, TalkTrack
from tools.trace.cells import Suggestion


class TalkTracks(Protocol):
    """Writes what a rep could say next."""

    def tailored(
        self, session: Session, principal: Principal, scope: RowScope, change: Change, recipient_id: int, language: Literal["zh", "en"], now: datetime
    ) -> TalkTrack | None:
        """A talk track for a rep about a change at an account; None where there is no customer value that it would serve."""
        ...


class Sealer(Protocol):
    """Seals what a proposal rests on, so that it can be audited as it was."""

    def seal(
        self, session: Session, principal: Principal, scope: RowScope, diff: Diff, suggestion: Suggestion, track: TalkTrack | None,
        language: Literal["zh", "en"], today: date, now: datetime,
    ) -> str:  # fmt: skip
        """The id of the trace that was written, in the caller's transaction."""
        ...


class Notifier(Protocol):
    """Brings a message to a member, by whatever the member uses."""

    def deliver(self, notice: Notice) -> None:
        """Deliver; a ``notice.key`` that was delivered before is not delivered again. Raises whatever went wrong; then it is tried again later."""
        ...
