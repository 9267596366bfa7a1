"""Looks out for changes at customers: after imports, once a day, and when a signal comes in; starts what they ask for and has the reps told."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import UTC, date, datetime

import structlog
from pydantic import BaseModel
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from integrations.behind import Behind
from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.journey.keeping_step import keep_in_step
from tools.journey.reconstruction.outbox import deliver_due
from tools.journey.reconstruction.policy import shipped_policy
from tools.journey.reconstruction.ports import Notifier, Sealer, TalkTracks
from tools.journey.reconstruction.schemas import Notice, Run
from tools.journey.reconstruction.service import Language
from tools.journey.reconstruction.watching import watch, watch_signals
from tools.journey.schemas import ExternalSignal, Taken
from tools.journey.service import take_signal

LOOK_EVERY_S = 60.0


class InboxNotifier:
    """Leaves a notice in the member's inbox, which is the outbox itself, and notes that without its text: until the member is reached elsewhere."""

    def deliver(self, notice: Notice) -> None:
        """Note it."""
        structlog.get_logger("notices").info("notice ready", recipient=notice.recipient_id, key=notice.key)


class Lookout:
    """Watches one store. What is found is started for the owner of the installation; reps are told in ``language``."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        scope: RowScope,
        tracks: TalkTracks,
        notifier: Notifier,
        clock_today: Callable[[], date],
        zone: str = "UTC",
        language: Language = "en",
        sealer: Sealer | None = None,
    ) -> None:
        """``tracks`` and ``notifier`` are what reconstruction needs from outside."""
        self.sessions, self.scope, self.tracks, self.notifier = sessions, scope, tracks, notifier
        self.clock_today, self.zone, self.language, self.sealer = clock_today, zone, language, sealer

    def take(self, signal: ExternalSignal) -> Taken:
        """Keep a signal, count it once, start what it asks for, and have the rep told. Raises SignalUnreadable and SignalReplayed."""
        with self.sessions() as session:
            keep_in_step(session, self.now())
            taken = take_signal(session, signal, self.now())
            session.commit()
        watch_signals(
            self.sessions, Principal.local_owner(), self.scope, self.tracks, shipped_policy(), self.clock_today(), self.now(), self.language, self.sealer
        )
        deliver_due(self.sessions, self.notifier, datetime.now(UTC))
        return taken

    def look(self) -> tuple[Run, ...]:
        """Look at the whole store once. The runs that were started."""
        with self.sessions() as session:
            keep_in_step(session, self.now())
            session.commit()
        owner = Principal.local_owner()
        runs = watch(self.sessions, owner, self.scope, self.tracks, shipped_policy(), self.clock_today(), self.now(), self.zone, self.language, self.sealer)
        deliver_due(self.sessions, self.notifier, datetime.now(UTC))
        return runs

    def now(self) -> datetime:
        """The end of the day that is counted from, or the clock's time where that is today."""
        today, now = self.clock_today(), datetime.now(UTC)
        return now if today >= now.date() else datetime(today.year, today.month, today.day, 23, 59, 59, tzinfo=UTC)


class Looked(BaseModel):
    """What a look came to."""

    runs: int


class WatchingBehind(Behind):
    """Looks when started, after every import and every new day."""

    name, done, failed = "watching", "looked for changes", "changes not looked for, will try again"

    def __init__(self, engine: Engine, lookout: Lookout, look_every_s: float = LOOK_EVERY_S) -> None:
        """``look_every_s``: seconds after which it is seen whether there is anything new."""
        super().__init__(engine, look_every_s)
        self.lookout = lookout

    def state(self) -> Hashable:
        """The version of the store, and the day."""
        return super().state(), self.lookout.clock_today()

    def work(self) -> BaseModel:
        """Look at the whole store."""
        return Looked(runs=len(self.lookout.look()))
