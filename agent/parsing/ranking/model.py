"""Puts the readings of a question in order by a log-linear model. Weights come from ``weights.json``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from agent.answer import Language
from agent.parsing.ranking.certainty import Certainty, certain, trained_certainty
from agent.parsing.ranking.features import Asked, Features, features
from agent.parsing.reading.drafting import Reading
from tools.crm.query import Query
from tools.trace.cells import Frozen

WEIGHTS = Path(__file__).parent / "weights.json"
SHORTLIST = 12
AHEAD_OF_NONE = 99.0


class Decisions(Frozen):
    """Where the parser asks back. ``ask_within``: how near (in log-odds) another meaning must be to be asked about."""

    ask_within: float


class Weights(Frozen):
    """What training learned. ``settings`` is the digest of what it was trained with."""

    version: int
    settings: str
    ranking: dict[str, float]
    decisions: Decisions


@dataclass(frozen=True, slots=True)
class Ranked:
    """A reading with its score, and its share of the belief among all readings of the question."""

    reading: Reading
    query: Query
    score: float
    share: float

    def ahead_of(self, others: Sequence[Ranked]) -> float:
        """By how much (in log-odds) this reading is before the best of others; AHEAD_OF_NONE where there is none."""
        return min((self.score - other.score for other in others), default=AHEAD_OF_NONE)


class Ranker:
    """Ranks readings with learned weights, and tells how likely a plan is right."""

    def __init__(self, weights: Weights, certainty: Certainty, *, guesses: bool = False) -> None:
        """``weights`` as training wrote them, ``certainty`` as calibration did.

        ``guesses``: the best reading is given whatever it leaves unexplained; only to fit and to measure the confidence.
        """
        self.weights, self.certainty, self.guesses = weights, certainty, guesses

    def without_guessing(self) -> Ranker:
        """The same, but a reading that leaves words unexplained is refused."""
        return Ranker(self.weights, self.certainty)

    def leaving_out(self) -> Ranker:
        """The same, but a reading may leave words unexplained where it is trusted enough without them."""
        certainty = self.certainty.model_copy(update={"answer_from": self.certainty.answer_without_from})
        return Ranker(self.weights, certainty, guesses=True)

    def rank(self, found: Sequence[Reading], language: Language) -> list[Ranked]:
        """The most promising readings, each query once, best first. ``found`` is in the order of the hand-set score."""
        if not found:
            return []
        asked = Asked(found[0].signals, language)
        short = shortlist(found)
        return believed([(reading, query, self.score(features(reading, asked))) for query, reading in short.items()])

    def score(self, of: Features) -> float:
        """The linear score of a reading."""
        weights = self.weights.ranking
        return sum(weights.get(name, 0.0) * value for name, value in of.items())


def believed(scored: Sequence[tuple[Reading, Query, float]]) -> list[Ranked]:
    """Scores as shares of one (softmax), best first; equal ones stay in their order."""
    order = sorted(scored, key=lambda each: -each[2])  # stable
    best = order[0][2] if order else 0.0
    whole = sum(exp(score - best) for _, _, score in order)
    return [Ranked(reading, query, score, exp(score - best) / whole) for reading, query, score in order]


def shortlist(found: Sequence[Reading]) -> dict[Query, Reading]:
    """The first few different queries by the hand-set score, each with its best reading."""
    short: dict[Query, Reading] = {}
    for reading in found:
        if len(short) == SHORTLIST:
            break
        short.setdefault(reading.query(), reading)
    return short


def hand_set_ranker() -> Ranker:
    """Keeps the order of the hand-set score and doubts nothing: what the learned weights are measured against."""
    return Ranker(Weights(version=0, settings="", ranking={"fit": 1.0, "cost": -1.0}, decisions=Decisions(ask_within=0.12)), certain())


@cache
def trained_ranker() -> Ranker:
    """The ranker with the weights that are shipped."""
    return Ranker(Weights.model_validate(json.loads(WEIGHTS.read_text("utf-8"))), trained_certainty())
