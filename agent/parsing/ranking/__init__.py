"""The learned ranker of readings: features, a log-linear model over them, and a calibrated confidence in the first."""

from agent.parsing.ranking.model import Ranked, Ranker, Weights, hand_set_ranker, trained_ranker

__all__ = ["Ranked", "Ranker", "Weights", "hand_set_ranker", "trained_ranker"]
