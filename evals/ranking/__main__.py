"""``python -m evals.ranking``: trains the ranker, writes its weights, and reports what they bring in ``build/parser-training.md`` and ``.json``."""

from __future__ import annotations

import time
from pathlib import Path

from agent.parsing.ranking.model import WEIGHTS, Weights
from evals.ranking.calibration import decide, fit_confidence
from evals.ranking.experiments import experiment, held_out, trials
from evals.ranking.generating import questions
from evals.ranking.reporting import as_markdown
from evals.ranking.schemas import invented_stores
from evals.ranking.training import Example, Settings, train

REPORT = Path("build/parser-training.md")


def examples_of(settings: Settings) -> list[Example]:
    """The questions that settings ask for, read by the parser as it stands."""
    stores = invented_stores(settings.stores or None)
    return [Example(question) for store in stores for question in questions(store, settings.questions, settings.seed)]


def learned(examples: list[Example], settings: Settings, unseen: dict[str, dict[str, float]] | None = None) -> Weights:
    """The weights that the examples teach: the order from all of them, the confidence from each store as one that was not seen."""
    unseen = held_out(examples, settings) if unseen is None else unseen
    return Weights(
        version=1,
        settings=settings.digest,
        ranking=train(examples, settings),
        sure=fit_confidence(trials(examples, unseen)),
        decisions=decide(settings),
    )


def main() -> None:
    """Train, write, report."""
    began = time.perf_counter()
    settings = Settings()
    examples = examples_of(settings)
    unseen = held_out(examples, settings)
    weights = learned(examples, settings, unseen)
    WEIGHTS.write_text(weights.model_dump_json(indent=1) + "\n", "utf-8")
    found = experiment(examples, unseen, settings)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.with_suffix(".json").write_text(found.model_dump_json(indent=1) + "\n", "utf-8")
    REPORT.write_text(as_markdown(found, weights, settings, time.perf_counter() - began), "utf-8")
    print(REPORT.read_text("utf-8"))


if __name__ == "__main__":
    main()
