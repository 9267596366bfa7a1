"""Numbers by which records are called, such as SH230406, ZB25-120 or ht2024-0050: each is one word, whatever its pieces may mean."""

from __future__ import annotations

import re

from agent.parsing.language.lexicon import cues, currencies, stopwords
from agent.parsing.language.text import Token

LEAST_DIGITS = 3
_CODE = re.compile(r"(?<![A-Za-z0-9_])(?P<letters>[A-Za-z]{1,8})[-_/#]?\d[A-Za-z0-9]*(?:[-_/]\d[A-Za-z0-9]*)*(?![A-Za-z0-9_])")
_YEAR = re.compile(r"[A-Za-z]+[-_/]?(?:19|20)\d\d")


def code_spans(question: str, tokens: tuple[Token, ...]) -> tuple[tuple[int, int], ...]:
    """The tokens that a number of a record is made of; a year behind letters, an amount and a word written together with a number are none."""
    spans = []
    for match in _CODE.finditer(question):
        letters = match["letters"].casefold()
        if sum(letter.isdigit() for letter in match.group()) < LEAST_DIGITS or _YEAR.fullmatch(match.group()):
            continue
        if len(letters) > 1 and (letters in currencies() or letters in cues() or letters in stopwords()):
            continue  # USD2000, over100
        inside = [at for at, token in enumerate(tokens) if match.start() <= token.start < match.end()]
        if len(inside) > 1:
            spans.append((inside[0], inside[-1] + 1))
    return tuple(spans)


def cuts_code(spans: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    """Whether words end or begin in the middle of such a number."""
    return any(first < edge < last for first, last in spans for edge in (start, end))
