"""One person's taught words laid over the shared vocabulary, which stays as it is."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from agent.parsing.language.lexicon import cues, stopwords
from agent.parsing.language.text import has_han, term_key
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import Entity
from tools.definitions.relative import resolved
from tools.definitions.schemas import Definition

SHORTEST_BARE = 2
ALWAYS_ASKED = ("surnames", "states")
"""What every question asks of a vocabulary's values, whatever words were taught."""


def with_definitions(vocabulary: Vocabulary, definitions: Iterable[Definition], today: date) -> Vocabulary:
    """The vocabulary with these words, the nearest first; their days are those of ``today``. Shipped words never replace one of the store's."""
    own: dict[str, list[Term]] = {}
    known: dict[str, Definition] = {}
    for definition in definitions:
        known[definition.id] = definition.model_copy(update={"meaning": resolved(definition.meaning, today), "general": definition.meaning})
        for name in (definition.name, *definition.names):
            key = term_key(name)
            if key in own or (definition.level == "shipped" and _is_taken(key, vocabulary)):
                continue
            own[key] = _terms(definition)
            bare = _bare(name, vocabulary.model.entities[definition.meaning.entity])
            if bare and bare not in own and not _is_taken(bare, vocabulary):
                own[bare] = [Term("defined", definition.meaning.entity, definition.id, 0)]
    if not own:
        return vocabulary
    for name in ALWAYS_ASKED:
        getattr(vocabulary, name)  # found once, and not again for everybody's words
    laid = copy.copy(vocabulary)
    laid.__dict__.pop("term_keys", None)  # found anew: the words are others
    laid.terms = defaultdict(list, {**vocabulary.terms, **own})
    laid.longest = max(vocabulary.longest, *map(len, own))
    laid.defined = known
    return laid


def is_reserved(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a word can't be given a meaning: a kind of record, a value of the store or a word that questions are made of."""
    key = term_key(name)
    held = any(source == "exact" for _, source in vocabulary.values.get(key, ()))
    return held or key in cues() or key in stopwords() or any(term.what in {"entity", "kind"} for term in vocabulary.terms.get(key, ()))


def _is_taken(key: str, vocabulary: Vocabulary) -> bool:
    return not key or key in vocabulary.terms or key in vocabulary.values or key in cues() or key in stopwords()


def _terms(definition: Definition) -> list[Term]:
    meaning = definition.meaning
    if meaning.measure is not None and meaning.measure.measure is not None:
        first = Term("measure", meaning.entity, meaning.measure.measure, 0)
    else:
        first = Term("entity", meaning.entity, meaning.entity, 3)
    return [first, Term("defined", meaning.entity, definition.id, 0)]


def _bare(name: str, entity: Entity) -> str:
    """As "stalled" of "stalled deals": the word without the kind of record that it ends with."""
    key = term_key(name)
    for word in sorted((*entity.words.en, *entity.words.zh), key=len, reverse=True):
        kind = term_key(word)
        if key.endswith(kind) and has_han(word) == has_han(name) and len(key) - len(kind) >= SHORTEST_BARE:
            return key[: -len(kind)]
    return ""
