"""Looks out for changes at customers: after imports, once a day, and when a signal comes in; starts what they ask for and has the reps told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import structlog
from sqlalchemy.orm import Session, sessionmaker

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.service import store_version
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


class WatchingBehind:
    """Looks when started, after every import and every new day. A failure is logged and tried again."""

    def __init__(self, lookout: Lookout, look_every_s: float = LOOK_EVERY_S) -> None:
        """``look_every_s``: seconds after which it is seen whether there is anything new."""
        self.lookout, self.look_every_s = lookout, look_every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watching", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End after the look that is under way."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def _run(self) -> None:
        log = structlog.get_logger("watching")
        done: tuple[int, date] | None = None
        while not self._stop.is_set():
            try:
                with self.lookout.sessions() as session:
                    state = (store_version(session)[0], self.lookout.clock_today())
                if state != done:
                    runs = self.lookout.look()
                    done = state
                    log.info("looked for changes", runs=len(runs))
            except Exception as error:  # a thread has nobody above it to tell
                log.warning("changes not looked for, will try again", error=type(error).__name__)
            self._stop.wait(self.look_every_s)
