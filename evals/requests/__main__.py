"""``python -m evals.requests``: trains which engine a message asks for, writes the weights, and reports how well it does in ``build``."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from agent.requests.kinds import KINDS, MODEL, KindModel, features_of
from evals.requests.examples import Message, messages
from evals.requests.judging import choose_sure, cross_validated, report
from evals.requests.training import fit
from integrations.embeddings.sentences import SentenceEncoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

PENALTY = 3e-5
PLACES = 4
GATHERED = 0.3
"""How much a question that was gathered counts, beside one that was written to be hard to tell: they are many, and most are plain."""
REPORT = Path("build/request-training.md")


def learned(seen: list[Message]) -> KindModel:
    """The weights that the examples teach, and from which probability they are sure, by cross-validation on those that were written to be hard to tell."""
    inputs, labels, shares = _labelled(seen)
    near = shares == 1.0
    sure = choose_sure(cross_validated(inputs, labels, PENALTY, shares)[near], labels[near])
    weights = fit(inputs, labels, len(KINDS), PENALTY, shares)
    digest = sha256(json.dumps([[each.masked, each.kind] for each in seen], ensure_ascii=False).encode()).hexdigest()[:16]
    return KindModel(version=1, examples=digest, sure=sure, weights=tuple(tuple(round(float(each), PLACES) for each in row) for row in weights))


def _labelled(seen: list[Message]) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """What the regression sees of each message, the number of its kind, and how much it counts."""
    written = {each.q for each in messages("dev")}
    shares = np.array([1.0 if each.q in written else GATHERED for each in seen])
    return features_of([each.masked for each in seen], SentenceEncoder()), np.array([KINDS.index(each.kind) for each in seen]), shares


def examples() -> list[Message]:
    """What it is trained on, mixed, so that each fold holds every kind."""
    return sorted([*messages("dev"), *messages("records")], key=lambda each: sha256(each.q.encode()).hexdigest())


def main() -> None:
    """Train, write, report."""
    model = learned(examples())
    MODEL.write_text(model.model_dump_json() + "\n", "utf-8")
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(report(model, examples(), messages("unseen")), "utf-8")
    print(REPORT.read_text("utf-8"))


if __name__ == "__main__":
    main()
