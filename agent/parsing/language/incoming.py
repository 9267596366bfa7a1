"""A message as it comes in: without control characters, and in which language it is."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from agent.answer import Language
from agent.parsing.language.lexicon import english_function_words
from agent.parsing.language.text import has_han, tokenise

if TYPE_CHECKING:
    from agent.parsing.linking.items import Linked


def clean(question: str) -> str:
    """The question without control characters, each run of blanks as one."""
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+", " ", question)
    return re.sub(r"[^\S\n]+", " ", text).strip()


def spoken_language(question: str, linked: Linked | None) -> Language:
    """The language of the question's function words; names and terms of the data don't count."""
    tokens = linked.tokens if linked is not None else tokenise(question)
    named: set[int] = set()
    if linked is not None:
        for item in linked.items:
            if item.values and not item.cues:
                named |= set(range(item.start, item.end))
    votes: Counter[str] = Counter()
    words = english_function_words()
    for index, token in enumerate(tokens):
        if index in named:
            continue
        if token.kind == "han":
            votes["zh"] += 1
        elif token.kind == "latin" and token.norm in words:
            votes["en"] += 2
    if not votes:
        return "zh" if has_han(question) else "en"
    return "zh" if votes["zh"] >= votes["en"] else "en"
