"""Runs the evaluations and writes ``build/eval.json``: metrics, their 95 % intervals, the numbers of trials, and the commit.

What was asked and answered stands in ``build/eval-report.md``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from evals.asked.renaming import evaluate_renamed
from evals.asked.running import evaluate_asked
from evals.asked.sets import SETS
from evals.forecast import evaluate_forecast
from evals.journey import evaluate_journey
from evals.journey_rules import evaluate_journey_rules
from evals.journey_texts import evaluate_journey_texts
from evals.mapping import evaluate_mapping
from evals.requests.judging import evaluate_requests
from evals.rhythm.measuring import evaluate_rhythm

REPORT, SAMPLE = Path("build/eval.json"), Path("build/eval-sample.json")


def main(*, ablate: bool = False, every: int = 1, sets: Sequence[str] = ()) -> None:
    """Evaluate everything and write the report. ``ablate`` asks every question again without each part of the understanding, which takes as long each time.

    With ``every`` above 1 only one question about records in so many is asked, of these ``sets`` alone where some are named,
    and the report has a name of its own.
    """
    figures = evaluate_mapping() | evaluate_renamed() | evaluate_asked(sets=sets or SETS, ablate=ablate, every=every) | evaluate_requests()
    figures |= evaluate_journey() | evaluate_journey_texts() | evaluate_journey_rules() | evaluate_rhythm() | evaluate_forecast()
    report = {
        "metrics": {name: figure.metric for name, figure in figures.items()},
        "intervals": {name: list(figure.interval) for name, figure in figures.items()},
        "n": {name: figure.n for name, figure in figures.items()},
        "commit": _commit(),
    }
    path = REPORT if every == 1 else SAMPLE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    print(json.dumps(report))


def _commit() -> str:
    found = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S607 - git as the developer has it
    return found.stdout.strip() or "unknown"


if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    options.add_argument("--ablations", action="store_true", help="ask every question again without each part of the understanding")
    options.add_argument("--every", type=int, default=1, metavar="N", help="ask one question about records in so many, for a first look")
    options.add_argument("--sets", nargs="*", default=(), metavar="SET", help="with --every: ask these sets of questions alone")
    given = options.parse_args()
    main(ablate=given.ablations, every=given.every, sets=given.sets if given.every > 1 else ())
