"""Keeps the index in step with the store while the program serves, in a thread of its own."""

from __future__ import annotations

import threading

import structlog
from sqlalchemy import Engine

from integrations.vectors.searching import InstalledSearch
from tools.crm.service import store_version
from tools.store.engine import open_sessions

LOOK_EVERY_S = 20.0


class IndexingBehind:
    """Indexes once when started and again after every import. A failure is logged and tried again; questions go by letters meanwhile."""

    def __init__(self, engine: Engine, search: InstalledSearch, look_every_s: float = LOOK_EVERY_S) -> None:
        """``search`` is the one that questions use."""
        self.sessions, self.search, self.look_every_s = open_sessions(engine), search, look_every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="indexing", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End after the batch that is under way."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def _run(self) -> None:
        from tools.crm.text_indexing import TextIndexer

        log = structlog.get_logger("indexing")
        done: int | None = None
        while not self._stop.is_set():
            try:
                with self.sessions() as session:
                    version = store_version(session)[0]
                if version != done:
                    _, encoder, index = self.search.parts()
                    report = TextIndexer(self.sessions, encoder, index).run(stopped=self._stop.is_set)
                    done = version
                    log.info("texts indexed", **report.model_dump())
            except Exception as error:  # a thread has nobody above it to tell
                log.warning("texts not indexed, will try again", error=type(error).__name__)
            self._stop.wait(self.look_every_s)
