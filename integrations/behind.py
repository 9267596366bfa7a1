"""Keeps something in step with the store while the program serves, in a thread of its own. Knows not what."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Hashable

import structlog
from pydantic import BaseModel
from sqlalchemy import Engine

from tools.crm.service import store_version
from tools.store.engine import open_sessions

LOOK_EVERY_S = 20.0


class Behind(ABC):
    """Works once when started and again after every import. A failure is logged and tried again; questions are answered meanwhile."""

    name: str
    done: str
    """What the log says when the work was done."""
    failed: str

    def __init__(self, engine: Engine, look_every_s: float = LOOK_EVERY_S) -> None:
        """``look_every_s`` is how often the store is looked at, in seconds."""
        self.sessions, self.look_every_s = open_sessions(engine), look_every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)

    @abstractmethod
    def work(self) -> BaseModel:
        """Do it, and report."""

    def state(self) -> Hashable:
        """What the work hangs on: it is done again where this is another. The version of the store, unless a kind of work says more."""
        with self.sessions() as session:
            return store_version(session)[0]

    def stopped(self) -> bool:
        """Whether the program ends: asked between batches."""
        return self._stop.is_set()

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End after the batch that is under way."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def _run(self) -> None:
        log = structlog.get_logger(self.name)
        seen: Hashable = None
        while not self.stopped():
            try:
                state = self.state()
                if state != seen:
                    report = self.work()
                    seen = state
                    log.info(self.done, **report.model_dump())
            except Exception as error:  # a thread has nobody above it to tell
                log.warning(self.failed, error=type(error).__name__)
            self._stop.wait(self.look_every_s)
