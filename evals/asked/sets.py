"""Finds the sets of questions that are there, and what they are called.

Half of what a fresh eye wrote was opened for development, chosen by a digest of the question's name; it counts as seen. The other half
stays unread, so that it goes on measuring. A whole export with questions of a fresh eye is kept for calibration: unread as well, it shows whether
the confidence holds where the parser was never developed, and is in no figure of the evaluation.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

from evals.asked.expecting import Case, QuestionSet

FRESH = ("maven_fresh", "maven_fresh_talk", "demo_fresh", "demo_fresh_service", "demo_fresh_talk")
OPENED = {"maven_opened": ("maven_fresh", "maven_fresh_talk"), "demo_opened": ("demo_fresh", "demo_fresh_service", "demo_fresh_talk")}
OWN = (
    "maven_own",
    "maven_more",
    "demo_own",
    "demo_more",
    "pumps_own",
    "med_own",
    "freight_own",
    "edu_own",
    "build_own",
    "cloud_own",
    "lift_own",
    "spice_own",
    "risk_own",
    "hotel_own",
    "signs_own",
    "farm_own",
    "tyres_own",
    "boxes_own",
    "water_own",
)
CALIBRATING = ("labs_own",)
SETS = (*OWN, *OPENED, *FRESH, "aside")


def load_set(name: str) -> QuestionSet | None:
    """The questions of the module called ``name``, or of an opened half; None where they are not there."""
    if name in OPENED:
        parts = [found for part in OPENED[name] if (found := _module(part)) is not None]
        cases = [case for part in parts for case in part.cases if is_opened(case)]
        return replace(parts[0], name=name, written_by="own", cases=cases) if parts else None
    found = _module(name)
    if found is not None and name in FRESH:
        return replace(found, cases=[case for case in found.cases if not is_opened(case)])
    return found


def is_opened(case: Case) -> bool:
    """Whether a question of a fresh eye belongs to the half that was opened; all phrasings and turns of one truth go together."""
    stem = case.id.rpartition(".")[0]
    name = case.id if stem.endswith(".unanswerable") else stem
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 0


def _module(name: str) -> QuestionSet | None:
    if find_spec(f"evals.asked.{name}") is None:
        return None
    found = import_module(f"evals.asked.{name}").QUESTIONS
    assert isinstance(found, QuestionSet)  # noqa: S101 - what every such module holds
    return found
