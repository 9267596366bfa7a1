"""Searches the texts of records by meaning and by letter. What the index finds is only a guess: SQL decides what a reader gets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.matching_meaning import MeaningMatcher
from tools.crm.matching_words import texts_with_all, texts_with_any
from tools.crm.passages import passages, pattern_of, terms
from tools.crm.ports import Embedder, FoundRecords, VectorIndex
from tools.crm.semantic import Entity, Field, SemanticModel
from tools.crm.text_store import PASSAGES, Condition, Texts, of_field, present, prose_fields
from tools.store.classification import Classification
from tools.store.errors import PlumbError
from tools.trace.cells import Frozen, SourceRef

MOST_RECORDS = 20_000
RANK_OFFSET = 60
SQL_VALUES = 900


class TextsTooMany(PlumbError):
    """More records match than can be counted exactly. Data: ``text``, ``limit``."""

    key: ClassVar[str] = "search_too_many"


class SearchTextEmpty(PlumbError):
    """There is no word to look for."""

    key: ClassVar[str] = "search_text_empty"


class NoTexts(PlumbError):
    """An entity holds no texts that the reader may read, so “none of them is about it” can't be said either. Data: ``en``, ``zh``."""

    key: ClassVar[str] = "search_no_texts"


class TextHit(Frozen):
    """One text that was found.

    ``similarity`` is the cosine of its best passage to what was looked for, None where only its letters match; ``literal``
    says whether they do. ``score`` adds 1 / (60 + rank) over both rankings (reciprocal rank fusion, Cormack et al. 2009).
    The snippet is text of a record: to be shown, never to be followed.
    """

    entity: str
    record_id: int
    field: str
    snippet: str
    similarity: float | None
    literal: bool
    score: float
    classification: Classification
    source: SourceRef


@dataclass(frozen=True, slots=True)
class _View:
    """The texts of one entity as one reader may see them."""

    texts: Texts
    fields: tuple[Field, ...]
    readable: Condition


class Searcher:
    """Implements the search that queries and tools use. Without an embedder and an index it goes by letters alone.

    The index serves an entity only while it holds all of its texts as they stand; until then letters decide, so that a
    half-built index never leads to a wrong count.
    """

    def __init__(self, embedder: Embedder | None = None, index: VectorIndex | None = None) -> None:
        """Nothing is loaded until a search needs it. Keep one for the process: it remembers what chance looks like per store version."""
        self._meaning = MeaningMatcher(embedder, index) if embedder is not None and index is not None else None

    def about(self, session: Session, model: SemanticModel, principal: Principal, scope: RowScope, entity: str, text: str) -> FoundRecords:
        """The records of an entity that the principal may see and whose texts are about ``text``; precision goes before recall.

        A record counts when one of its passages stands out in meaning (:mod:`tools.crm.aboutness`) or holds all the words.
        Raises TextsTooMany, SearchTextEmpty, NoTexts.
        """
        view = _view(session, model, principal, scope, entity)
        wanted = terms(text)
        if not wanted:
            raise SearchTextEmpty
        if not view.fields:
            words = view.texts.entity.words
            raise NoTexts(en=words.label("en"), zh=words.label("zh"))
        records: set[int] = set()
        for field in view.fields:
            records.update(record for record, _ in texts_with_all(session, view.texts, field, view.readable, wanted, MOST_RECORDS + 1))
            records.update(row["record_id"] for row in _holders(session, view, field, self._near(session, model, view, field, text)))
        if len(records) > MOST_RECORDS:
            raise TextsTooMany(text=text, limit=MOST_RECORDS)
        return FoundRecords(records=tuple(sorted(records)), fields=tuple(field.key for field in view.fields))

    def search(
        self, session: Session, model: SemanticModel, principal: Principal, scope: RowScope, text: str, entities: Sequence[str], k: int = 10
    ) -> tuple[TextHit, ...]:
        """The ``k`` best texts of some entities for a principal, best first. Raises SearchTextEmpty."""
        wanted = terms(text)
        if not wanted:
            raise SearchTextEmpty
        hits: list[TextHit] = []
        for entity in entities:
            hits += self._search(session, model, _view(session, model, principal, scope, entity), text, wanted, k)
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.entity, hit.record_id, hit.field))[:k])

    def _near(self, session: Session, model: SemanticModel, view: _View, field: Field, text: str) -> dict[str, float]:
        return {} if self._meaning is None else self._meaning.match(session, model, view.texts, field, text)

    def _search(self, session: Session, model: SemanticModel, view: _View, text: str, wanted: tuple[str, ...], k: int) -> list[TextHit]:
        best: dict[tuple[int, str], tuple[float, int]] = {}
        for field in view.fields:
            near = self._near(session, model, view, field, text)
            for row in _holders(session, view, field, near):
                place = (row["record_id"], field.key)
                best[place] = max(best.get(place, (-1.0, 0)), (near[row["digest"]], row["part"]))
        by_meaning = sorted(best, key=lambda place: (-best[place][0], place))
        by_letter = [
            place for place, _ in sorted(texts_with_any(session, view.texts, view.fields, view.readable, wanted), key=lambda each: (-each[1], each[0]))
        ]
        score: dict[tuple[int, str], float] = {}
        for ranking in (by_meaning, by_letter):
            for rank, place in enumerate(ranking, 1):
                score[place] = score.get(place, 0.0) + 1 / (RANK_OFFSET + rank)
        chosen = sorted(score, key=lambda place: (-score[place], place))[:k]
        literal = set(by_letter)
        shown = _shown(session, view, chosen)
        return [
            TextHit(
                entity=view.texts.entity.key,
                record_id=record,
                field=key,
                snippet=_snippet(shown[record, key][0], best.get((record, key), (0.0, None))[1], wanted),
                similarity=round(best[record, key][0], 4) if (record, key) in best else None,
                literal=(record, key) in literal,
                score=round(score[record, key], 6),
                classification=next(field.classification for field in view.fields if field.key == key),
                source=shown[record, key][1],
            )
            for record, key in chosen
            if (record, key) in shown
        ]


def search_texts(
    session: Session,
    model: SemanticModel,
    principal: Principal,
    scope: RowScope,
    embedder: Embedder | None,
    index: VectorIndex | None,
    text: str,
    entities: Sequence[str],
    k: int = 10,
) -> tuple[TextHit, ...]:
    """One search, see :meth:`Searcher.search`."""
    return Searcher(embedder, index).search(session, model, principal, scope, text, entities, k)


def _view(session: Session, model: SemanticModel, principal: Principal, scope: RowScope, key: str) -> _View:
    entity: Entity = model.entities[key]
    texts = Texts(entity)
    limit = scope.limit(principal, key, texts.root)
    readable = present(texts) if limit is None else present(texts) & limit
    return _View(texts, prose_fields(session, texts, principal.clearance), readable)


def _holders(session: Session, view: _View, field: Field, near: Iterable[str]) -> Iterable[RowMapping]:
    """The passages with these gists in records as they stand now, within what the reader may see."""
    root, digests = view.texts.root, list(near)
    for start in range(0, len(digests), SQL_VALUES):
        statement = (
            select(PASSAGES.c.record_id, PASSAGES.c.part, PASSAGES.c.digest)
            .join(root, (root.c.id == PASSAGES.c.record_id) & (root.c.version == PASSAGES.c.version))
            .where(of_field(view.texts.entity, field), PASSAGES.c.digest.in_(digests[start : start + SQL_VALUES]), view.readable)
        )
        yield from session.execute(statement).mappings()


def _shown(session: Session, view: _View, places: list[tuple[int, str]]) -> dict[tuple[int, str], tuple[str, SourceRef]]:
    """Text and source of each place, read once more within what the reader may see."""
    root, found = view.texts.root, {}
    for field in view.fields:
        records = [record for record, key in places if key == field.key]
        if records:
            meta = [root.c[name] for name in ("id", "source_system", "source_id", "version_hash", "as_of")]
            statement = select(*meta, view.texts.text(field).label("text")).where(root.c.id.in_(records), view.readable)
            for row in session.execute(statement):
                source = SourceRef(
                    system=row.source_system, table=view.texts.entity.table, record=row.source_id, field=field.key, version=row.version_hash, as_of=row.as_of
                )
                found[row.id, field.key] = (row.text or "", source)
    return found


def _snippet(text: str, part: int | None, wanted: tuple[str, ...]) -> str:
    """The passage that was found by meaning, else the one with most of the words."""
    cut = passages(text)
    if part is not None and part < len(cut):
        return cut[part]
    return max(cut, key=lambda passage: sum(bool(pattern_of(term).search(passage)) for term in wanted), default=text)
