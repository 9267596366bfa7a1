"""Runs the whole question evaluation: every set, the ablations, the figures and the report."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from evals.asked.asking import Asked, ask_set, data_of
from evals.asked.expecting import Expected
from evals.asked.judging import judge
from evals.asked.metrics import Judged, figures, is_sealed
from evals.asked.raw import Raw
from evals.asked.reporting import write_report
from evals.asked.sets import FRESH, SETS, load_set
from evals.asked.switching import WHOLE, Switches, can_do_without_ranker
from evals.figures import Figure

REPORT = Path("build/eval-report.md")
WORKERS = 2
ABLATIONS = {
    "without vectors": Switches(without_vectors=True),
    "without the dictionary": Switches(without_dictionary=True),
    "without own vocabulary": Switches(without_own_vocabulary=True),
}
if can_do_without_ranker():
    ABLATIONS["without ranker"] = Switches(without_ranker=True)
ABLATED_ON = ("maven_own", "demo_own", *FRESH, "aside")
"""The sets that are asked again without each part: half an hour for all others is more than they would add."""
ABLATED = ("crm_accuracy", "crm_accuracy_zh", "crm_accuracy_unseen", "crm_accuracy_aside", "wrong_when_answered", "followup_accuracy")


def evaluate_asked(report: Path = REPORT, sets: Iterable[str] = SETS, *, ablate: bool = True, every: int = 1) -> dict[str, Figure]:
    """Ask every set and write the report. Sets whose export is absent have no trials, and a line on standard error says so.

    ``every`` takes a sample: of each set one case in so many.
    """
    began = time.perf_counter()
    names = list(sets)
    cases = judged(names, every=every)
    metrics = figures(cases)
    series = {}
    if ablate:
        asked = [name for name in names if name in ABLATED_ON]
        whole = figures([case for case in cases if case.questions.name in asked])
        variants = {"whole": whole, **{variant: figures(judged(asked, switches)) for variant, switches in ABLATIONS.items()}}
        series["Ablations"] = {variant: {name: each[name] for name in ABLATED} for variant, each in variants.items()}
    write_report(report, cases, metrics, series, time.perf_counter() - began)
    return metrics


def judged(names: Iterable[str], switches: Switches = WHOLE, every: int = 1) -> list[Judged]:
    """Every case of the sets, or one in so many, asked and judged, as many sets at a time as there are workers."""
    sets = [questions for name in names if (questions := load_set(name)) is not None]
    found = []
    with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
        for questions, replies in zip(sets, pool.map(partial(_replies, switches=switches, every=every), [questions.name for questions in sets]), strict=True):
            if not replies and questions.cases:
                print(f"{questions.name}: the export {data_of(questions)} is not there; its {len(questions.cases)} cases were not asked", file=sys.stderr)
            for case, (reply, guess) in zip(questions.cases[::every], replies, strict=False):
                asked = replace(reply, case=case)
                found.append(Judged(questions, asked, judge(asked), guess and replace(guess, case=case)))
    return found


def _replies(name: str, switches: Switches, every: int) -> list[tuple[Asked, Asked | None]]:
    """What came for each case of a set; where the confidence is measured, also what the best reading would have brought that was refused.

    Without the truths: these are code, which another process can't be handed.
    """
    questions = load_set(name)
    assert questions is not None  # noqa: S101 - the asking process has found it
    replies = list(ask_set(questions, questions.cases[::every], switches))
    refused = [reply.case for reply in replies if reply.answer.abstained] if is_sealed(questions) else []
    guesses = {guess.case.id: guess for guess in ask_set(questions, refused, replace(switches, without_refusal=True))}
    return [(_told(reply), _told(guesses[reply.case.id]) if reply.case.id in guesses else None) for reply in replies]


def _told(asked: Asked) -> Asked:
    return replace(asked, case=replace(asked.case, truth=_elsewhere, before=()))


def _elsewhere(_: Raw) -> Expected:
    raise AssertionError("the truth stayed in the process that asked for the replies")
