"""Measures how well typed events are read out of notes, mails and tickets."""

from evals.journey_texts.scoring import evaluate_journey_texts

__all__ = ["evaluate_journey_texts"]
