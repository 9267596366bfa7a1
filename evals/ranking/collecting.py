"""Asks the development questions of evals/asked and keeps, for each that is answered, the doubts about its plan and whether it was right."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from agent.parsing.ranking.certainty import CERTAINTY
from agent.parsing.ranking.features import Features
from agent.parsing.ranking.left_words import leaves_one_out
from evals.asked.asking import ask_set, data_of
from evals.asked.expecting import QuestionSet
from evals.asked.judging import judge
from evals.asked.metrics import Judged, cluster, read_right
from evals.asked.sets import CALIBRATING, SETS, load_set
from evals.asked.stores import export
from evals.asked.switching import Switches
from tools.trace.cells import Frozen

DEVELOPED_ON = tuple(name for name in SETS if "fresh" not in name and name != "aside")
KEPT = Path("build/parser-confidence")
READS_BY = ("agent", "prompts", "tools/crm", "evals/asked")
WORKERS = 2


class Outcome(Frozen):
    """One question of which there is a reading: the doubts, whether the first reading was right, and what it shares its truth with.

    ``answers``: whether it is answered outright where its confidence is high enough; a reading that leaves words unexplained never is.
    ``leaves_one_out``: whether it would be answered without a single word that is left over, could that be trusted.
    """

    questions: str
    cluster: str
    figures: Features
    right: bool
    answers: bool
    leaves_one_out: bool = False

    @property
    def data(self) -> str:
        """The export that was asked."""
        return self.questions.split("_")[0]


class Outcomes(NamedTuple):
    """Those of the development sets, and those of exports that the parser was never developed on."""

    developed: list[Outcome]
    kept: list[Outcome]


class Collected(Frozen):
    """The outcomes of one set, and the digest of the code and the questions that they come from."""

    made_by: str
    outcomes: tuple[Outcome, ...]


def collect() -> Outcomes | None:
    """The outcomes of all development sets and of those kept for calibration; None where an export is absent."""
    names = (*DEVELOPED_ON, *CALIBRATING)
    absent = sorted({data for name in names if (found := load_set(name)) and export(data := data_of(found)) is None})
    if absent:
        print(f"the confidence is left as it is: no export of {', '.join(absent)}", file=sys.stderr)
        return None
    with ProcessPoolExecutor(WORKERS, get_context("spawn"), max_tasks_per_child=1) as pool:  # spawned: this process may hold the ranker of before
        held = dict(zip(names, pool.map(kept_outcomes_of, names), strict=True))
    return Outcomes([each for name in DEVELOPED_ON for each in held[name]], [each for name in CALIBRATING for each in held[name]])


def kept_outcomes_of(name: str) -> list[Outcome]:
    """The outcomes of one set, from the file where nothing has changed since."""
    kept, made_by = KEPT / f"{name}.json", _digest()
    if kept.is_file():
        found = json.loads(kept.read_text("utf-8"))
        if found["made_by"] == made_by:
            return list(Collected.model_validate(found).outcomes)
    outcomes = outcomes_of(name)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(Collected(made_by=made_by, outcomes=tuple(outcomes)).model_dump_json(), "utf-8")
    return outcomes


def outcomes_of(name: str, most: int | None = None) -> list[Outcome]:
    """The outcomes of one set (of its first ``most`` cases), answered however little the parser trusts its reading."""
    questions = load_set(name)
    return list(_outcomes(questions, most)) if questions is not None else []


def _outcomes(questions: QuestionSet, most: int | None) -> Iterator[Outcome]:
    for asked in ask_set(questions, questions.cases[:most], Switches(without_refusal=True)):
        case = Judged(questions, asked, judge(asked))
        right = read_right(asked)
        if right is not None and case.asked.doubts:
            yield Outcome(
                questions=questions.name,
                cluster=cluster(case),
                figures=dict(case.asked.doubts),
                right=right,
                answers=case.is_answered and "refused" not in asked.doubts,
                leaves_one_out=case.is_answered and leaves_one_out(asked.doubts),
            )


def _digest() -> str:
    found = hashlib.sha256()
    for folder in READS_BY:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in {".py", ".yaml", ".json", ".csv"} and path.name != CERTAINTY.name:
                found.update(path.as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:16]
