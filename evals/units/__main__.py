"""``python -m evals.units``: trains which message is about a sales unit, writes the weights, and reports how well it does on messages by another voice."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256

import numpy as np

from agent.requests.kinds import KindModel, features_of
from agent.units.kinds import LIKELY, MODEL, UNIT_KINDS
from evals.requests.judging import choose_sure, cross_validated
from evals.requests.training import fit
from evals.units.examples import Message, messages, others
from integrations.embeddings.sentences import SentenceEncoder

PENALTY, PLACES = 3e-5, 4
MOST_TAKEN = 0.002
"""At most this share of the messages about anything else may be taken for one about a unit."""


def learned(seen: list[Message]) -> KindModel:
    """The weights that the examples teach, and from which probability they are sure, by cross-validation."""
    inputs = features_of([each.masked for each in seen], SentenceEncoder())
    labels = np.array([UNIT_KINDS.index(each.kind) for each in seen])
    shares = np.ones(len(seen))
    sure = choose_sure(cross_validated(inputs, labels, PENALTY, shares, len(UNIT_KINDS)), labels, MOST_TAKEN)
    weights = fit(inputs, labels, len(UNIT_KINDS), PENALTY, shares)
    digest = sha256(json.dumps([[each.masked, each.kind] for each in seen], ensure_ascii=False).encode()).hexdigest()[:16]
    return KindModel(version=1, examples=digest, sure=sure, weights=tuple(tuple(round(float(each), PLACES) for each in row) for row in weights))


def judged(model: KindModel, asked: list[Message]) -> dict[str, float]:
    """Of messages about units how many get their kind where nothing else can be made of them, and of others how many are left alone in any case."""
    chances = model.probabilities(features_of([each.masked for each in asked], SentenceEncoder()))
    least = [LIKELY if each.kind != "other" else model.sure for each in asked]
    found = [UNIT_KINDS[int(row[1:].argmax()) + 1] if 1 - row[0] >= bar else "other" for row, bar in zip(chances, least, strict=True)]
    right = Counter((each.kind != "other", kind == each.kind) for each, kind in zip(asked, found, strict=True))
    return {
        "unit_kind_accuracy": right[True, True] / max(1, right[True, True] + right[True, False]),
        "unit_others_kept": right[False, True] / max(1, right[False, True] + right[False, False]),
    }


def main() -> None:
    """Train, write, report."""
    seen = sorted([*messages("dev"), *others()], key=lambda each: sha256(each.q.encode()).hexdigest())
    model = learned(seen)
    MODEL.write_text(model.model_dump_json() + "\n", "utf-8")
    print(json.dumps({"sure": model.sure, **judged(model, messages("unseen"))}))


if __name__ == "__main__":
    main()
