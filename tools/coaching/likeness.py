"""Tells which objections are about the same thing, by sentence vectors where there is an embedder, else by shared words. Knows no store."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.coaching.vocabulary import topic_of
from tools.crm.ports import Embedder

CLOSE = 0.55
SHARED = 0.34
WORD = re.compile(r"[a-z0-9]{3,}|[一-鿿]+")


class Likeness:
    """What one sentence has in common with others."""

    def __init__(self, sentence: str, embedder: Embedder | None = None) -> None:
        """Without an embedder words decide."""
        self.sentence, self.embedder = sentence, embedder

    def among(self, others: Sequence[str]) -> list[bool]:
        """Which of the others are about the same: on the same topic where it has one, else close in meaning."""
        topic = topic_of(self.sentence)
        scores = self.scores(others)
        return [
            topic_of(other) == topic if topic != "other" else score >= (CLOSE if self.embedder else SHARED) for other, score in zip(others, scores, strict=True)
        ]

    def scores(self, others: Sequence[str]) -> list[float]:
        """How close each of the others is, from 0 to 1."""
        if self.embedder is not None and others:
            vectors = self.embedder.embed([self.sentence, *others])
            return [float(score) for score in vectors[1:] @ vectors[0]]
        own = _pieces(self.sentence)
        return [_dice(own, _pieces(other)) for other in others]


def _pieces(text: str) -> frozenset[str]:
    """Latin words, and pairs of neighbouring Han characters."""
    found: set[str] = set()
    for word in WORD.findall(text.casefold()):
        found |= {word} if word[0].isascii() or len(word) == 1 else {word[i : i + 2] for i in range(len(word) - 1)}
    return frozenset(found)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
