"""Keeps the vector index in step with the texts of the records: reads only what is new or changed, and can be killed at any point."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, func, inspect, select
from sqlalchemy.orm import Session, sessionmaker

from tools.crm import text_store
from tools.crm.passages import Names, digest, gist, is_telling, passages
from tools.crm.ports import Embedder, Progress, VectorIndex
from tools.crm.semantic import Entity, Field, SemanticModel, load_model
from tools.crm.text_store import NOTHING, PASSAGES, Texts
from tools.trace.cells import Frozen

BATCH = 2000
MANY = 500
NAMED = ("account", "contact", "member", "product", "team")
"""Entities of the model whose titles are proper names."""


class IndexReport(Frozen):
    """What one run of the indexer did. ``texts`` counts fields of records, ``embedded`` gists that had not been met before."""

    texts: int
    passages: int
    embedded: int
    removed: int
    held: int
    seconds: float

    @property
    def texts_per_second(self) -> float:
        """Speed of the run, 0 when there was nothing to do."""
        return self.texts / self.seconds if self.seconds and self.texts else 0.0


def collection_of(entity: Entity, field: Field) -> str:
    """The collection of a field's gists. Each field has its own: what similarity by chance looks like differs between titles and notes."""
    return f"texts-{entity.key}.{field.key}"


class TextIndexer:
    """Indexes what the text fields of a store say.

    Passages with the same gist share one vector, whatever record they stand in; a table in our store says which those
    are. A batch puts its vectors in the index before its rows are committed, and rows are dropped before vectors are: a
    run that is cut off leaves at worst vectors that nothing refers to, and the next one goes on from there.
    """

    def __init__(self, sessions: sessionmaker[Session], embedder: Embedder, index: VectorIndex) -> None:
        """``sessions`` opens the store; every batch is a transaction of its own."""
        self.sessions, self.embedder, self.index = sessions, embedder, index

    def run(self, progress: Progress | None = None, stopped: Callable[[], bool] = lambda: False) -> IndexReport:
        """Bring the index in step with the store. ``stopped`` is asked between batches."""
        began = time.perf_counter()
        self._totals = {"texts": 0, "passages": 0, "embedded": 0, "removed": 0}
        self._progress, self._stopped = progress, stopped
        with self.sessions() as session:
            text_store.make_table(session)
            session.commit()
            model = load_model(session)
            self._names = store_names(session, model)
            chosen = self._choose(session, model)
            self._open = sum(
                session.scalar(select(func.count()).select_from(holders.root).where(text_store.outstanding(holders, field))) or 0
                for holders, fields in chosen
                for field in fields
            )
            for holders, fields in chosen:
                for field in fields:
                    self._field(session, holders, field)
            held = text_store.text_count(session)
        return IndexReport(**self._totals, held=held, seconds=round(time.perf_counter() - began, 3))

    def _choose(self, session: Session, model: SemanticModel) -> list[tuple[Texts, tuple[Field, ...]]]:
        """The entities with their prose, after dropping what is stale and what the index has lost."""
        chosen = []
        for entity in model.entities.values():
            holders = Texts(entity)
            fields = text_store.prose_fields(session, holders)
            self._totals["removed"] += text_store.forget_stale(session, holders, fields)
            for field in fields:
                self._forget_lost(session, entity, field)
            session.commit()
            chosen.append((holders, fields))
        return chosen

    def _forget_lost(self, session: Session, entity: Entity, field: Field) -> None:
        """Drop rows whose vector is not in the index (a folder that was deleted, another server), to be read again."""
        collection = collection_of(entity, field)
        wanted = text_store.digest_count(session, entity, field)
        if not wanted or self.index.count(collection) == wanted:
            return
        lost = sorted(text_store.digests(session, entity, field) - self.index.ids(collection))
        for start in range(0, len(lost), MANY):
            # whole texts, since a text with some of its passages would count as indexed
            broken = select(PASSAGES.c.record_id).where(text_store.of_field(entity, field), PASSAGES.c.digest.in_(lost[start : start + MANY]))
            records = session.scalars(broken.distinct()).all()
            for first in range(0, len(records), MANY):
                session.execute(delete(PASSAGES).where(text_store.of_field(entity, field), PASSAGES.c.record_id.in_(records[first : first + MANY])))

    def _field(self, session: Session, holders: Texts, field: Field) -> None:
        collection = collection_of(holders.entity, field)
        known = text_store.digests(session, holders.entity, field)
        root, last = holders.root, 0
        while not self._stopped():
            statement = select(root.c.id, root.c.version, holders.text(field)).where(text_store.outstanding(holders, field), root.c.id > last)
            rows = session.execute(statement.order_by(root.c.id).limit(BATCH)).all()
            session.rollback()  # no read transaction stays open while vectors are made
            if not rows:
                break
            last = rows[-1][0]
            self._batch(session, holders.entity, field, rows, collection, known)
        if self._totals["removed"] and not self._stopped():
            self._sweep(session, holders.entity, field)

    def _batch(self, session: Session, entity: Entity, field: Field, rows: Any, collection: str, known: set[str]) -> None:  # noqa: ANN401 - rows of a statement built at run time
        fresh: dict[str, str] = {}
        kept: list[dict[str, Any]] = []
        for record, version, text in rows:
            for part, passage in enumerate(passages(text) or ("",)):
                said = gist(passage, self._names)
                mark = digest(said) if is_telling(said) else NOTHING
                if mark != NOTHING and mark not in known:
                    fresh[mark] = said
                kept.append({"entity": entity.key, "field": field.key, "record_id": record, "part": part, "version": version, "digest": mark})
        if fresh:
            self.index.add(collection, list(fresh), self.embedder.embed(list(fresh.values())))
            known |= fresh.keys()
        text_store.keep(session, kept)
        session.commit()
        self._totals["texts"] += len(rows)
        self._totals["passages"] += len(kept)
        self._totals["embedded"] += len(fresh)
        if self._progress is not None:
            self._progress("index_texts", self._totals["texts"], self._open)

    def _sweep(self, session: Session, entity: Entity, field: Field) -> None:
        """Drop vectors that no record refers to any more."""
        collection = collection_of(entity, field)
        if self.index.count(collection) != text_store.digest_count(session, entity, field):
            self.index.delete(collection, sorted(self.index.ids(collection) - text_store.digests(session, entity, field)))


def is_current(session: Session, holders: Texts, field: Field, index: VectorIndex) -> bool:
    """Whether every text of a field is indexed as it stands: only then may an answer rest on the index."""
    if not inspect(session.connection()).has_table(PASSAGES.name):
        return False
    if session.scalar(select(holders.root.c.id).where(text_store.outstanding(holders, field)).limit(1)) is not None:
        return False
    wanted = text_store.digest_count(session, holders.entity, field)
    return 0 < wanted <= index.count(collection_of(holders.entity, field))


def store_names(session: Session, model: SemanticModel) -> Names:
    """All proper names of the store."""
    found: set[str] = set()
    for key in NAMED:
        entity = model.entities[key]
        holders = Texts(entity)
        found.update(session.scalars(select(holders.root.c[str(entity.title)]).select_from(holders.root)))
    return Names(name for name in found if name)
