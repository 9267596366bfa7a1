"""Trains the ranker: questions of several stores to weights, and its accuracy on stores that it has not seen."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from agent.parsing.ranking.features import Asked, Features, features
from evals.ranking.fitting import Array, choices, fit_choices, likelihood
from evals.ranking.generating import Question
from evals.ranking.schemas import SCHEMAS
from evals.ranking.wording import PHRASES
from tools.trace.cells import Frozen

HAND_SET = ("fit", "cost")
SCALES = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)
SELDOM = 8


class Settings(Frozen):
    """What training depends on besides the code. ``strength`` is the precision of the normal prior around the hand-set score.

    ``wrong`` is what a wrong answer costs and ``asking`` what asking back costs, where a right answer is worth 1.
    """

    questions: int = 500
    seed: int = 11
    strength: float = 1.0
    wrong: float = 1.0
    asking: float = 0.35
    stores: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Tells whether weights come from these settings, these stores and these phrasings."""
        texts = [path.read_text("utf-8") for path in (SCHEMAS, PHRASES)]
        return hashlib.sha256(json.dumps([self.model_dump(mode="json"), *texts]).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Example:
    """One question with the figures of its readings."""

    question: Question

    @cached_property
    def figures(self) -> tuple[Features, ...]:
        """The figures of each reading, worked out once."""
        found = self.question.readings
        if not found:
            return ()
        asked = Asked(found[0].signals, self.question.language)
        return tuple(features(reading, asked) for reading in found)

    @property
    def store(self) -> str:
        """Name of the store that was asked."""
        return self.question.store


def train(examples: Sequence[Example], settings: Settings) -> dict[str, float]:
    """Weights by name: the hand-set score on the scale that fits best, moved by what the examples say."""
    names = _names(examples)
    data = choices([(each.figures, each.question.right) for each in examples], names)
    scale = max(SCALES, key=lambda each: likelihood(data, _hand_set(names, each)))
    weights = fit_choices(data, _hand_set(names, scale), settings.strength)
    return {name: round(float(weight), 9) for name, weight in zip(names, weights, strict=True)}


def _hand_set(names: Sequence[str], scale: float) -> Array:
    centre = np.zeros(len(names))
    centre[names.index("fit")], centre[names.index("cost")] = scale, -scale
    return centre


def _names(examples: Sequence[Example]) -> tuple[str, ...]:
    """Figures in which the readings of enough questions differ."""
    seen: Counter[str] = Counter(HAND_SET * SELDOM)
    for each in examples:
        held = {name for figures in each.figures for name in figures}
        seen.update(name for name in held if len({figures.get(name, 0.0) for figures in each.figures}) > 1)
    return tuple(sorted(name for name, count in seen.items() if count >= SELDOM))


def scores(example: Example, weights: dict[str, float]) -> list[float]:
    """The linear score of each reading."""
    return [sum(weights.get(name, 0.0) * value for name, value in figures.items()) for figures in example.figures]


def first(example: Example, weights: dict[str, float] | None) -> bool:
    """Whether the first reading is right: by the weights, or by the hand-set score."""
    if not example.question.right:
        return False
    if weights is None:
        return example.question.right[0]
    ranked = scores(example, weights)
    return example.question.right[max(range(len(ranked)), key=lambda at: (ranked[at], -at))]
