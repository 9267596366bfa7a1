"""The learned ranker of readings: features, a log-linear model over them, and a calibrated confidence in the first."""

from agent.parsing.ranking.certainty import Certainty, trained_certainty
from agent.parsing.ranking.doubts import Decided, Way, doubts, together
from agent.parsing.ranking.left_words import leaves_one_out
from agent.parsing.ranking.model import Ranked, Ranker, Weights, hand_set_ranker, trained_ranker

__all__ = [
    "Certainty",
    "Decided",
    "Ranked",
    "Ranker",
    "Way",
    "Weights",
    "doubts",
    "hand_set_ranker",
    "leaves_one_out",
    "together",
    "trained_certainty",
    "trained_ranker",
]
