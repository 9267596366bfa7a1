"""Says a negation that is part of a word as a word of its own: "unsolved" as "not solved", where the store knows only what is solved."""

from __future__ import annotations

import re

from agent.parsing.language.lexicon import cues, stopwords
from agent.parsing.language.text import name_key, term_key
from agent.parsing.store_words.vocabulary import Vocabulary

_DENIED = re.compile(r"\b(?:un|non-?)(?P<rest>[a-z]{3,}(?:ed|[^aeiou]en|paid|sold|won|met|sent|read))\b", re.IGNORECASE)


def without_prefixes(question: str, vocabulary: Vocabulary) -> str:
    """The question with each such word in two."""

    def known(word: str) -> bool:
        terms = any(term.filled for term in vocabulary.terms.get(term_key(word), ()))
        return terms or word in cues() or word in stopwords() or name_key(word) in vocabulary.values or term_key(word) in vocabulary.label_parts

    def said(match: re.Match[str]) -> str:
        whole, rest = match.group().casefold(), match["rest"].casefold()
        if not known(whole) and {"resolved", "closed"} & set(cues().get(rest, ())):
            return "unresolved"
        return f"not {match['rest']}" if known(rest) and not known(whole) else match.group()

    return _DENIED.sub(said, question)


def is_denied(word: str, other: str) -> bool:
    """Whether a word says the contrary of another that it is spelt like, and so is no misspelling of it: "unresolved", "resolved"."""
    return any(word == prefix + other or other == prefix + word for prefix in ("un", "non", "in", "dis"))
