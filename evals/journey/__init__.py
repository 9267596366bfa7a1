"""Measures the weights of stages: whether contributions add up to them, and whether their intervals hold the truth as often as they say."""

from __future__ import annotations

from evals.figures import Figure
from evals.journey.attribution import evaluate_attribution
from evals.journey.coverage import evaluate_coverage


def evaluate_journey() -> dict[str, Figure]:
    """``attribution_error`` and the ``weight_interval_…`` figures."""
    return evaluate_attribution() | evaluate_coverage()
