"""``python -m evals.requests``: trains which engine a message asks for, writes the weights, and reports how well it does in ``build``."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import numpy as np

from agent.requests.kinds import KINDS, MODEL, KindModel, features_of
from evals.requests.examples import Message, messages
from evals.requests.judging import choose_sure, cross_validated, report
from evals.requests.training import fit
from integrations.embeddings.sentences import SentenceEncoder

PENALTY = 3e-5
PLACES = 4
REPORT = Path("build/request-training.md")


def learned(seen: list[Message]) -> KindModel:
    """The weights that the examples teach, and from which probability they are sure, by cross-validation on those that were written to be hard to tell."""
    written = {each.q for each in messages("dev")}
    inputs = features_of([each.masked for each in seen], SentenceEncoder())
    labels = np.array([KINDS.index(each.kind) for each in seen])
    weights = fit(inputs, labels, len(KINDS), PENALTY)
    digest = sha256(json.dumps([[each.masked, each.kind] for each in seen], ensure_ascii=False).encode()).hexdigest()[:16]
    near = [at for at, each in enumerate(seen) if each.q in written]
    sure = choose_sure(cross_validated(inputs, labels, PENALTY)[near], labels[near])
    return KindModel(version=1, examples=digest, sure=sure, weights=tuple(tuple(round(float(each), PLACES) for each in row) for row in weights))


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
