"""Finds passages by meaning in the vector index, and keeps only those that stand out from chance."""

from __future__ import annotations

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tools.crm.aboutness import Background
from tools.crm.models import ImportRun
from tools.crm.passages import Names, gist
from tools.crm.ports import Embedder, VectorIndex
from tools.crm.semantic import Entity, Field, SemanticModel
from tools.crm.text_indexing import collection_of, is_current, store_names
from tools.crm.text_store import NOTHING, PASSAGES, Texts, digest_count, of_field

SAMPLE = 1000
FIRST_LOOK = 500
WIDER = 4


class MeaningMatcher:
    """Gists near to a text, for one store. What it keeps between calls is derived from vectors alone and renewed with the index."""

    def __init__(self, embedder: Embedder, index: VectorIndex) -> None:
        """Loads nothing yet."""
        self.embedder, self.index = embedder, index
        self._backgrounds: dict[str, tuple[int, Background]] = {}
        self._names: tuple[int, Names] | None = None

    def match(self, session: Session, model: SemanticModel, texts: Texts, field: Field, text: str) -> dict[str, float]:
        """Digests of the gists of a field that are about ``text`` with their similarity; empty while the index is behind the store."""
        if not is_current(session, texts, field, self.index):
            return {}
        collection = collection_of(texts.entity, field)
        said = gist(text, self._names_of(session, model)) or text
        question = self.embedder.embed([said])[0]
        background = self._background(session, texts.entity, field)
        look = FIRST_LOOK
        while True:
            near = self.index.query(collection, question, look)
            held = self.index.vectors(collection, [one for one, _ in near])
            known = [(one, similarity) for one, similarity in near if one in held]
            if not known:
                return {}
            scores = background.scores(question, np.stack([held[one] for one, _ in known]))
            passed = scores >= background.cutoff
            if len(near) < look or not passed[-len(passed) // 10 :].any():
                return {one: similarity for (one, similarity), good in zip(known, passed, strict=True) if good}
            look *= WIDER

    def _names_of(self, session: Session, model: SemanticModel) -> Names:
        version = session.scalar(select(func.max(ImportRun.id))) or 0
        if self._names is None or self._names[0] != version:
            self._names = (version, store_names(session, model))
        return self._names[1]

    def _background(self, session: Session, entity: Entity, field: Field) -> Background:
        collection = collection_of(entity, field)
        count = digest_count(session, entity, field)
        kept = self._backgrounds.get(collection)
        if kept is not None and kept[0] == count:
            return kept[1]
        drawn = select(PASSAGES.c.digest).where(of_field(entity, field), PASSAGES.c.digest != NOTHING).distinct().order_by(PASSAGES.c.digest).limit(SAMPLE)
        held = self.index.vectors(collection, session.scalars(drawn).all())
        made = Background(np.stack(list(held.values())), count)
        self._backgrounds[collection] = (count, made)
        return made
