"""How often the right engine is chosen, and how often one is chosen for a question that records answer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from agent.requests.kinds import KINDS, KindModel, kind_of, trained_kinds
from evals.figures import Figure, share
from evals.requests.examples import Message, messages
from evals.requests.training import fit, softmax
from integrations.embeddings.sentences import SentenceEncoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDS = 5
MOST_TAKEN = 0.02
"""Of the questions that records answer, at most this share may be taken for another kind with certainty."""


def cross_validated(
    inputs: NDArray[np.float64], labels: NDArray[np.int64], penalty: float, shares: NDArray[np.float64], kinds: int = len(KINDS)
) -> NDArray[np.float64]:
    """Probabilities of each example from weights that have not seen it, shape ``(n, kinds)``."""
    found = np.zeros((len(labels), kinds))
    for fold in range(FOLDS):
        held = np.arange(len(labels)) % FOLDS == fold
        found[held] = softmax(inputs[held] @ fit(inputs[~held], labels[~held], kinds, penalty, shares[~held]).T)
    return found


def choose_sure(chances: NDArray[np.float64], labels: NDArray[np.int64], most: float = MOST_TAKEN) -> float:
    """The smallest probability of not being of the first kind (records), in hundredths, that at most the share ``most`` of that kind reaches."""
    engine = 1.0 - chances[labels == 0, 0]
    return next((hundredth / 100 for hundredth in range(50, 100) if (engine >= hundredth / 100).sum() <= most * len(engine)), 1.0)


def evaluate_requests() -> dict[str, Figure]:
    """Right kinds on messages that training never saw, and records' questions that no engine is sure of."""
    unseen = messages("unseen")
    embedder, sure = SentenceEncoder(), trained_kinds().sure
    chosen = [(each, *kind_of(each.masked, embedder)) for each in unseen]
    engines = [each.kind == kind for each, kind, _ in chosen if each.kind != "records"]
    kept = [kind == "records" or chance < sure for each, kind, chance in chosen if each.kind == "records"]
    return {"request_kind_accuracy": share(sum(engines), len(engines)), "request_records_kept": share(sum(kept), len(kept))}


def report(model: KindModel, seen: list[Message], unseen: list[Message]) -> str:
    """Which kinds are taken for which, on the messages that training never saw; those that it saw are counted only."""
    embedder = SentenceEncoder()
    lines = [f"# Which engine a message asks for\n\nTrained on {len(seen)} messages; sure from {model.sure:.2f} on.\n"]
    if unseen:
        confused = Counter((each.kind, kind_of(each.masked, embedder)[0]) for each in unseen)
        lines += ["| asked | taken for | times |", "|---|---|---|"]
        lines += [f"| {kind} | {taken} | {times} |" for (kind, taken), times in sorted(confused.items())]
    return "\n".join(lines) + "\n"
