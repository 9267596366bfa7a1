"""Measures the forecast: skill, calibration, coverage, and whether it claims what is not there."""

from evals.forecast.running import evaluate_forecast

__all__ = ["evaluate_forecast"]
