"""``python -m evals.ranking``: trains the ranker and calibrates its confidence, writes their weights, and reports what they bring in ``build``.

``--confidence`` leaves the ranker as it is.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from agent.parsing.ranking.certainty import CERTAINTY
from agent.parsing.ranking.model import WEIGHTS, Weights
from evals.ranking.calibration import decide
from evals.ranking.collecting import collect
from evals.ranking.experiments import experiment, held_out
from evals.ranking.generating import questions
from evals.ranking.reporting import as_markdown, trust_as_markdown
from evals.ranking.schemas import invented_stores
from evals.ranking.training import Example, Settings, train
from evals.ranking.trusting import Care, calibrated, judged_fit

REPORT, TRUST = Path("build/parser-training.md"), Path("build/parser-confidence.md")


def examples_of(settings: Settings) -> list[Example]:
    """The questions that settings ask for, read by the parser as it stands."""
    stores = invented_stores(settings.stores or None)
    return [Example(question) for store in stores for question in questions(store, settings.questions, settings.seed)]


def learned(examples: list[Example], settings: Settings) -> Weights:
    """The weights that the examples teach."""
    return Weights(version=1, settings=settings.digest, ranking=train(examples, settings), decisions=decide(settings))


def train_ranker(settings: Settings) -> None:
    """Train on invented stores, write, report."""
    began = time.perf_counter()
    examples = examples_of(settings)
    weights = learned(examples, settings)
    WEIGHTS.write_text(weights.model_dump_json(indent=1) + "\n", "utf-8")
    found = experiment(examples, held_out(examples, settings), settings)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.with_suffix(".json").write_text(found.model_dump_json(indent=1) + "\n", "utf-8")
    REPORT.write_text(as_markdown(found, weights, settings, time.perf_counter() - began), "utf-8")
    print(REPORT.read_text("utf-8"))


def calibrate(care: Care) -> None:
    """Fit the confidence to the questions, with the ranker as it is written; write and report. Nothing where an export is absent."""
    outcomes = collect()
    if outcomes is None:
        return
    certainty = calibrated(*outcomes, care)
    CERTAINTY.write_text(certainty.model_dump_json(indent=1) + "\n", "utf-8")
    TRUST.write_text(trust_as_markdown(judged_fit(*outcomes, care), certainty, care), "utf-8")
    print(TRUST.read_text("utf-8"))


if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="python -m evals.ranking", description="Train the ranker and calibrate its confidence.")
    options.add_argument("--confidence", action="store_true", help="leave the ranker as it is")
    if not options.parse_args().confidence:
        train_ranker(Settings())
    calibrate(Care())
