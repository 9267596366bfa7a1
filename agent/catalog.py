"""What is known about the store at one import: semantic model, vocabulary, newest day. Built once, reused until the next import."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock

from sqlalchemy.orm import Session

from agent.parsing import Vocabulary, build_vocabulary
from agent.parsing.linking.neighbours import Neighbours
from agent.parsing.store_words.keeping import VocabularyFile
from tools.crm.ports import Dictionary, Embedder
from tools.crm.query import Plan
from tools.crm.semantic import SemanticModel, load_model
from tools.crm.service import newest_day, store_version
from tools.store.collecting import settle, uncollected

STALE_AFTER = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Catalog:
    """A snapshot of what can be asked about. ``understood`` remembers how questions that we would offer were read, by whom they are offered to."""

    version: int
    model: SemanticModel
    vocabulary: Vocabulary
    newest: date | None
    understood: dict[Hashable, tuple[Plan | None]] = field(default_factory=dict, compare=False, repr=False)

    def today(self, clock_today: date) -> tuple[date, bool]:
        """The day that relative dates count from, and whether that is the data's last day instead of the clock's."""
        if self.newest is not None and clock_today - self.newest > STALE_AFTER:
            return self.newest, True
        return clock_today, False


class Catalogs:
    """Hands out the current catalog; a new import makes a new one."""

    def __init__(
        self,
        clock_today: Callable[[], date],
        time_zone: str,
        embedder: Embedder | None = None,
        kept: VocabularyFile | None = None,
        dictionary: Dictionary | None = None,
    ) -> None:
        """``clock_today`` is the calendar day by the clock or the setting, ``time_zone`` that of the days in answers.

        ``embedder`` and ``dictionary`` find words that the store spells otherwise; without them they are not understood. ``kept`` spares a
        new process from reading the whole store.
        """
        self._clock_today, self._time_zone, self._embedder, self._kept, self._dictionary = clock_today, time_zone, embedder, kept, dictionary
        self._held: Catalog | None = None
        self._lock = Lock()

    def current(self, session: Session) -> Catalog:
        """The catalog of the store as it is now."""
        version, finished_at = store_version(session)
        held = self._held
        if held is not None and held.version == version:
            return held
        with self._lock, uncollected():
            if self._held is None or self._held.version != version:
                model = load_model(session, self._time_zone)
                kept = self._kept
                vocabulary = kept.vocabulary(session, model, version, finished_at) if kept else build_vocabulary(session, model)
                if self._embedder is not None:
                    vocabulary.nearby = Neighbours(vocabulary, self._embedder, self._dictionary)
                replacing = self._held is not None
                held = self._held = Catalog(version, model, vocabulary, newest_day(session, model, self._clock_today()))
                settle(replacing=replacing)
            return self._held
