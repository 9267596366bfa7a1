"""What speaks for and against the first reading of a question, beside its score: named figures for the confidence."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Protocol

from agent.parsing.drafting import Reading
from agent.parsing.ranking.features import Features

CLOSE = 2.0
WIDEST = 8.0


class Believed(Protocol):
    """A reading with its score and its share of the belief."""

    @property
    def reading(self) -> Reading: ...  # noqa: D102
    @property
    def score(self) -> float: ...  # noqa: D102
    @property
    def share(self) -> float: ...  # noqa: D102


def doubts(ranked: Sequence[Believed]) -> Features:
    """The figures of the decision: how far the first is ahead, its share, rivals close behind, guessed words, what was assumed or left."""
    best = ranked[0]
    reading = best.reading
    items = reading.signals.items
    margin = min(WIDEST, best.score - ranked[1].score) if len(ranked) > 1 else WIDEST
    share = min(max(best.share, 1e-3), 1 - 1e-3)
    left = [items[index] for index in reading.open_items()]
    return {
        "constant": 1.0,
        "margin": margin / WIDEST,
        "log-odds": log(share / (1 - share)),
        "rivals": float(sum(best.score - other.score < CLOSE for other in ranked[1:])),
        "hand-set score": reading.fit - reading.cost,
        "typing errors": float(sum(item.source == "typo" for item in items)),
        "guessed words": float(sum(item.source in {"part", "neighbour"} for item in items)),
        "assumptions": float(len(reading.assumptions)),
        "conditions": float(len(reading.filters)),
        "words left": float(sum(not item.is_only_cue for item in left)),
        "function words left": float(sum(item.is_only_cue for item in left)),
    }
