"""Headers of numbers that a question takes apart: by asking within them, 到场多少农户 of 到场农户, or by saying 一年的维保费 for 年维保费."""

from __future__ import annotations

import re

from agent.parsing.language.lexicon import measure_words
from agent.parsing.language.text import term_key
from agent.parsing.store_words.own_headers import own_labels, without_unit
from agent.parsing.store_words.vocabulary import Vocabulary

HEAD, TAIL = range(4, 1, -1), range(4, 0, -1)
_ASKED = re.compile(r"(?P<aspect>[了过]?)(?P<much>有?多少|几)")
_HAN = re.compile(r"[一-鿿]+")
COUNTS = ("", "数", "量")
YEARLY = "年"
_OF_A_YEAR = re.compile(r"(?<![近过前最半上下同整第\d一二两三四五六七八九十])(?:一|每)年的?(?P<what>[一-鿿]{2,6})")


def with_whole_headers(question: str, vocabulary: Vocabulary) -> str:
    """The question with each such header as one word and what it asks behind it: 到场农户多少."""
    question = _OF_A_YEAR.sub(lambda year: _yearly(year, vocabulary), question)
    made, end = [], 0
    for asked in _ASKED.finditer(question):
        found = _parts(question, asked, vocabulary) if asked.start() >= end else None
        if found is not None:
            start, header, last = found
            made += [question[end : max(start, end)], header, "多少"]
            end = last
    return "".join((*made, question[end:]))


def _yearly(year: re.Match[str], vocabulary: Vocabulary) -> str:
    """The header of what there is of something each year, where a column is called so, and as much behind it as is no part of it."""
    what = year["what"]
    for size in range(len(what), 1, -1):
        if _is_own(YEARLY + what[:size], vocabulary):
            return YEARLY + what
    return year.group()


def _parts(question: str, asked: re.Match[str], vocabulary: Vocabulary) -> tuple[int, str, int] | None:
    """Where the header begins that stands around a word for how many, the header, and where it ends; the longest there is."""
    behind = asked.end()
    places = (behind + 1, behind) if question[behind : behind + 1] in measure_words() else (behind,)
    for size in HEAD:
        start = asked.start() - size
        head = question[max(start, 0) : asked.start()]
        if start < 0 or not _HAN.fullmatch(head):
            continue
        for place in places:
            for more in TAIL:
                tail = question[place : place + more]
                header = next((head + tail + ending for ending in COUNTS if _is_own(head + tail + ending, vocabulary)), None) if _HAN.fullmatch(tail) else None
                if header is not None and len(tail) == more:
                    return start, header, place + more
    return None


def _is_own(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a column of numbers is called just so by the export."""
    for term in vocabulary.terms.get(term_key(word), ()):
        field = vocabulary.model.entities[term.entity].fields.get(term.key) if term.what == "field" and term.filled else None
        if field is not None and field.type.is_numeric and any(without_unit(label) == word for label in own_labels(field)):
            return True
    return False
