"""Runs the whole question evaluation: every set, the ablations, the figures and the report."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

from evals.asked.asking import ask_set, data_of
from evals.asked.judging import judge
from evals.asked.metrics import Judged, figures
from evals.asked.reporting import write_report
from evals.asked.sets import SETS, load_set
from evals.asked.switching import WHOLE, Switches, can_do_without_ranker
from evals.figures import Figure

REPORT = Path("build/eval-report.md")
ABLATIONS = {
    "without vectors": Switches(without_vectors=True),
    "without the dictionary": Switches(without_dictionary=True),
    "without own vocabulary": Switches(without_own_vocabulary=True),
}
if can_do_without_ranker():
    ABLATIONS["without ranker"] = Switches(without_ranker=True)
ABLATED = ("crm_accuracy", "crm_accuracy_zh", "crm_accuracy_unseen", "crm_accuracy_aside", "wrong_when_answered", "followup_accuracy")


def evaluate_asked(report: Path = REPORT, sets: Iterable[str] = SETS, *, ablate: bool = True) -> dict[str, Figure]:
    """Ask every set and write the report. Sets whose export is absent have no trials, and a line on standard error says so."""
    began = time.perf_counter()
    names = list(sets)
    cases = judged(names)
    metrics = figures(cases)
    series = {}
    if ablate:
        variants = {"whole": metrics, **{variant: figures(judged(names, switches)) for variant, switches in ABLATIONS.items()}}
        series["Ablations"] = {variant: {name: each[name] for name in ABLATED} for variant, each in variants.items()}
    write_report(report, cases, metrics, series, time.perf_counter() - began)
    return metrics


def judged(names: Iterable[str], switches: Switches = WHOLE) -> list[Judged]:
    """Every case of the sets, asked and judged."""
    found = []
    for name in names:
        questions = load_set(name)
        if questions is None:
            continue
        cases = [Judged(questions, asked, judge(asked)) for asked in ask_set(questions, questions.cases, switches)]
        if not cases and questions.cases:
            print(f"{name}: the export {data_of(questions)} is not there; its {len(questions.cases)} cases were not asked", file=sys.stderr)
        found += cases
    return found
