"""How likely a plan is right, by the doubts about it. Weights come from ``certainty.json``."""

from __future__ import annotations

import json
from functools import cache
from math import exp
from pathlib import Path

from agent.parsing.ranking.features import Features
from tools.trace.cells import Frozen

CERTAINTY = Path(__file__).parent / "certainty.json"


class Certainty(Frozen):
    """What calibration learned from questions to real exports: a weight for each figure of doubt. Figures that it doesn't know count nothing.

    ``answer_from``: the least confidence of an answer; below, the parser says that it did not understand.
    ``answer_without_from``: the least confidence of an answer that leaves a word out; above 1 none does.
    """

    version: int
    settings: str
    weights: dict[str, float]
    answer_from: float
    answer_without_from: float = 2.0

    def chance(self, figures: Features) -> float:
        """The stated chance that a plan with these doubts is right, in [0, 1]."""
        return 1.0 / (1.0 + exp(-sum(self.weights.get(name, 0.0) * value for name, value in figures.items())))


def certain() -> Certainty:
    """Has no doubts that keep it from answering; only its order means something."""
    return Certainty(version=0, settings="", weights={"cost": -1.0, "no fit": -1.0}, answer_from=0.0)


@cache
def trained_certainty() -> Certainty:
    """The weights that are shipped."""
    return Certainty.model_validate(json.loads(CERTAINTY.read_text("utf-8")))
