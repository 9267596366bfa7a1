"""What English speakers call tables that an export names in Chinese, where the word alone means something else to the model: "projects", "units", "calls"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.parsing.language.lexicon import cues, stopwords
from agent.parsing.language.text import has_han, term_key
from agent.parsing.store_words.own_headers import own_names, without_table_word
from agent.parsing.store_words.own_table_words import prefer_own_tables
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic.thesaurus import concepts, words_of

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item
FAR, OF_HEAD = 7, 8
OF_ASKED = 4  # the rank of the further words by which people ask
DEEDS = {"won", "lost", "signed", "sells"}
MOST_WORDS = 3
_NOUN = re.compile(r"[a-z]+(?:[ -][a-z]+)*")


def name_tables(found: Vocabulary) -> None:
    """Such words as further terms for the records of the table, behind whatever else they mean."""
    prefer_own_tables(found)
    for entity in [each.key for each in found.model.entities.values() if found.rows(each.key)]:
        for word, rank in _called(found, entity):
            terms = found.terms.get(term_key(word))  # what nobody else is called by is looked up when it comes
            of_some = rank == OF_HEAD and any(
                term.what == "kind" and term.entity == entity for term in terms or ()
            )  # sales calls are visits, calls alone are not
            if terms and not of_some and not any(term.what == "entity" and term.entity == entity for term in terms):
                terms.append(Term("entity", entity, entity, rank))


def without_distant(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """As in "units that we sold": words for a table are left out where the question is about the records of a nearer meaning, and of none of the table's."""
    found = []
    for item in items:
        lent = {term.entity for term in item.terms if term.what == "entity" and term.rank >= FAR}
        nearer = {term.entity for term in item.terms if term.filled and term.rank < FAR} - lent
        others = [other for other in items if other is not item] if lent and nearer else []
        kept = [term for term in item.terms if term.entity not in lent]
        is_distant = any(_is_about(other, nearer) for other in others) and not any(
            _entities(other) & lent and not _entities(other) & nearer for other in others
        )
        found.append(replace(item, terms=tuple(kept)) if is_distant and kept else item)
    return tuple(found)


def _is_about(item: Item, entities: set[str]) -> bool:
    named = {term.entity for term in item.terms if term.filled and term.what in {"entity", "measure"} and term.rank < OF_ASKED}
    return bool(named & entities) or ("opportunity" in entities and bool(DEEDS & set(item.cues)))


def _entities(item: Item) -> set[str]:
    return {term.entity for term in item.terms if term.filled} | {value.entity for value in item.values} | {pair.entity for pair in item.pairs}


def _called(found: Vocabulary, entity: str) -> Iterator[tuple[str, int]]:
    names = [name for name in own_names(found.model.entities[entity]) if has_han(name)]
    plain = dict.fromkeys(part for name in names for part in (name, without_table_word(name)) if len(part) > 1)
    for word in dict.fromkeys(word for name in plain for concept in concepts(name) for word in words_of(concept)):
        words = word.split()
        if not _NOUN.fullmatch(word) or len(words) > MOST_WORDS or word.endswith("ed") or _is_silent(word):
            continue
        yield word, FAR
        if len(words) > 1 and not _is_silent(words[-1]):
            yield words[-1], OF_HEAD


def _is_silent(word: str) -> bool:
    return word in stopwords() or term_key(word) in cues()
