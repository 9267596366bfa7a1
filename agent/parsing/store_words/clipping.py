"""Shortened words: kinds of record by a clipped one ("subs" for subscriptions), headers by their first letters ("CSM" for Customer Success Manager)."""

from __future__ import annotations

import re

from agent.parsing.language.text import Token
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Term, Vocabulary

SHORTEST, SHORTEST_SINGULAR, LEAST_INITIALS = 3, 4, 3
MOST_KEPT = 0.5  # "parts" are no partners, "customs" no customers


def clipped_kind(token: Token, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """What the word is the beginning of, where one kind of record alone is called so; of three letters only in the plural."""
    if token.kind != "latin" or len(token.stem) < (SHORTEST if token.stem != token.norm else SHORTEST_SINGULAR):
        return ()
    found = {
        entity.key
        for entity in vocabulary.model.entities.values()
        if vocabulary.rows(entity.key) and any(_begins(token.stem, word) for word in entity.words.en)
    }
    return tuple(Term("entity", key, key, 3) for key in found) if len(found) == 1 else ()


def _begins(stem: str, word: str) -> bool:
    return word.isalpha() and word.casefold().startswith(stem) and len(stem) <= MOST_KEPT * len(word)


def initialled(word: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The fields whose own header of several words begins with these letters, in capitals; none where two headers of different words do."""
    if not (word.isascii() and word.isalpha() and word.isupper() and len(word) >= LEAST_INITIALS):
        return ()
    found: dict[str, list[Term]] = {}
    for entity in vocabulary.model.entities.values():
        for spec in entity.fields.values():
            for label in (spec.words.en if entity.custom_table else own_labels(spec)) if vocabulary.content(entity.key, spec.key).count else ():
                words = re.findall(r"[A-Za-z]+", label)
                if len(words) == len(word) and "".join(each[0] for each in words).upper() == word:
                    found.setdefault(label.casefold(), []).append(Term("field", entity.key, spec.key, 3))
    return tuple(next(iter(found.values()))) if len(found) == 1 else ()
