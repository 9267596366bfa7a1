"""Measures whether stage criteria in plain language find exactly the right accounts."""

from evals.journey_rules.judging import evaluate_journey_rules

__all__ = ["evaluate_journey_rules"]
