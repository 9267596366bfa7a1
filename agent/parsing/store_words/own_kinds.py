"""Shipped words for a kind of record of which a store has none: they mean the export's own kinds that are called so, or nothing here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.language.lexicon import cues, stopwords
from agent.parsing.language.text import has_han, name_key, term_key, tokenise
from agent.parsing.store_words.vocabulary import Term, Value, Vocabulary
from tools.crm.semantic import Entity

SHORTEST, CLOSE = 2, 5
HALVES = 4


def say_own_kinds(found: Vocabulary) -> None:
    """Let the words for kinds lead to what the store holds: 电话 to 电话联络, 登门拜访 to 登门, 上门 to 上门走访.

    A kind that no record is of is no condition. Without an own kind in its stead its words say what is not recorded.
    """
    for entity in found.model.entities.values():
        own = _own_kinds(found, entity)
        if not own:
            continue
        halves = list(_halves(own))
        for kind, words in entity.kinds.items():
            if found.content(entity.key, "kind").values.get(kind):
                continue
            means = [value for value in own if any(_says(value.text, word) for word in (*words.en, *words.zh))]
            for word in dict.fromkeys((*words.en, *words.zh)):
                _lead(found, entity, kind, word, means, _said_by(own, halves))
        for half, value in halves:
            if not (found.values.get(name_key(half)) or any(term.filled for term in found.terms.get(term_key(half), ()))):
                _name(found, entity, half, value)


def _own_kinds(found: Vocabulary, entity: Entity) -> list[Value]:
    """The export's own texts for the kinds of records, as they are stored."""
    if not entity.kinds or "kind" not in entity.fields:
        return []
    texts = found.content(entity.key, "kind").values
    held = (value for text in texts if text not in entity.kinds for value, source in found.values.get(name_key(text), ()) if source == "exact")
    return list(dict.fromkeys(value for value in held if (value.entity, value.field) == (entity.key, "kind")))


def _lead(found: Vocabulary, entity: Entity, kind: str, word: str, means: list[Value], said_by: dict[Value, tuple[str, ...]]) -> None:
    terms = found.terms.get(term_key(word), [])
    whole = any(term.what == "entity" and term.entity == entity.key and term.rank <= CLOSE for term in terms)  # what the table itself is called by
    inside = said_by.items() if has_han(word) else ()
    narrower = [value for value, parts in inside if any(part != word and part in word and len(part) >= SHORTEST for part in parts)]
    said = narrower or ([] if whole else means)
    if said:
        terms[:] = [term for term in terms if term.entity != entity.key or term.what not in {"entity", "kind"}]
    named = [term for term in terms if term.what == "kind" and (term.entity, term.key) == (entity.key, kind)]
    for term in named:
        terms.remove(term)
        terms.append(replace(term, filled=False))
    for value in said:
        for form in _forms(word):
            _name(found, entity, form, value)


def _said_by(own: list[Value], halves: list[tuple[str, Value]]) -> dict[Value, tuple[str, ...]]:
    """Each kind with the words for it: its text and its half."""
    return {value: (value.text, *(half for half, each in halves if each == value)) for value in own}


def _forms(word: str) -> tuple[str, ...]:
    """As in "who visited most", where visits are such a kind."""
    verb = f"{word}ed"
    return (word, verb) if word.isascii() and " " not in word and verb not in cues() and verb not in stopwords() else (word,)


def _name(found: Vocabulary, entity: Entity, word: str, value: Value) -> None:
    """Let a word stand for the records of an own kind."""
    terms = found.terms[term_key(word)]
    named = Term("kind", entity.key, value.text, 1)
    if named not in terms:
        terms.append(named)


def _says(text: str, word: str) -> bool:
    """Whether a text has a word in it: 电话联络, "Video call"."""
    if has_han(word):
        return len(word) >= SHORTEST and word in text
    said = [token.stem for token in tokenise(text)]
    wanted = [token.stem for token in tokenise(word)]
    return any(said[at : at + len(wanted)] == wanted for at in range(len(said)))


def _halves(own: list[Value]) -> Iterator[tuple[str, Value]]:
    """As in 上门 of 上门走访, 来访 of 来访接待: a half of a text of two words, where no other text has it."""
    parts: dict[str, list[Value]] = defaultdict(list)
    for value in own:
        if len(value.text) == HALVES and re.fullmatch(r"[\u4e00-\u9fff]+", value.text):
            for half in (value.text[:2], value.text[2:]):
                parts[half].append(value)
    for half, values in parts.items():
        others = [value for value in own if half in value.text and value not in values]
        if len(values) == 1 and not others and term_key(half) not in cues() and term_key(half) not in stopwords():
            yield half, values[0]
