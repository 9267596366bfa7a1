"""Finds the sets of questions that are there, and what they are called."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from evals.asked.expecting import QuestionSet

SETS = ("maven_own", "demo_own", "maven_fresh", "demo_fresh", "aside")


def load_set(name: str) -> QuestionSet | None:
    """The questions of the module called ``name``; None where it is not there."""
    if find_spec(f"evals.asked.{name}") is None:
        return None
    found = import_module(f"evals.asked.{name}").QUESTIONS
    assert isinstance(found, QuestionSet)  # noqa: S101 - what every such module holds
    return found
