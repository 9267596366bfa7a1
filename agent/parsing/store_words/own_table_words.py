"""What an export calls a whole table: all its records, also where it is a shipped word for one kind of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.language.text import has_han, term_key
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import Entity
from tools.crm.semantic.model import base_model

CALLED = 3  # the rank of a word that a table is called by
_TABLE = re.compile(r"(?:(?:记录|登记|流水|明细|台账|清单|日志|打卡|签到|报告)表?|表|\s+(?:log|records?|list|register))$", re.IGNORECASE)


def prefer_own_tables(found: Vocabulary) -> None:
    """Such words, and the others for that kind, with the records themselves: "visits" of a table of 走访."""
    for entity in found.model.entities.values():
        for kind in _kinds_called(found, entity):
            for word in {*entity.kinds[kind].en, *entity.kinds[kind].zh}:
                terms = found.terms[term_key(word)]
                called = min((term.rank for term in terms if term.what == "entity" and term.entity == entity.key), default=CALLED)
                terms[:] = [term for term in terms if term.entity != entity.key or term.what not in {"entity", "kind"}]
                terms.append(Term("entity", entity.key, entity.key, min(called, CALLED)))


def _kinds_called(found: Vocabulary, entity: Entity) -> set[str]:
    """The kinds that the table is called by: as they are, or with other words beside, where no record is of that kind alone."""
    shipped = base_model().entities.get(entity.key)
    if shipped is None or not entity.kinds:
        return set()
    own = {*entity.words.en, *entity.words.zh} - {*shipped.words.en, *shipped.words.zh}
    stored = found.content(entity.key, "kind").values
    plain = {_TABLE.sub("", word) for word in own} - own
    parts = {part for word in (*own, *_dated_by(entity)) for part in _parts(word)} - own
    called = set(_kinds_of(found, entity, own))
    return called | {kind for kind in _kinds_of(found, entity, plain | parts) if kind not in stored}


def _dated_by(entity: Entity) -> tuple[str, ...]:
    """What the export calls the day of the records: 拜访日期, "visit date"."""
    return own_labels(entity.fields[entity.time]) if entity.time else ()


def _parts(name: str) -> Iterator[str]:
    """What a name begins or ends with: 拜访 of 拜访打卡, "visit" of "visit check-ins"."""
    if has_han(name):
        yield from (name[:size] for size in range(2, len(name)))
        yield from (name[-size:] for size in range(2, len(name)))
    else:
        words = re.findall(r"[a-z]+", name.casefold())
        yield from words if len(words) > 1 else ()


def _kinds_of(found: Vocabulary, entity: Entity, words: set[str]) -> Iterator[str]:
    for word in words:
        yield from (term.key for term in found.terms.get(term_key(word), ()) if term.what == "kind" and term.entity == entity.key)
