"""Where to ask back, and how well stated chances hold."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np

from agent.parsing.ranking.model import Decisions
from evals.ranking.training import Settings
from tools.trace.cells import Frozen

BINS = 10


class Calibration(Frozen):
    """How good stated chances are.

    ``brier``: mean squared error; ``error``: expected calibration error over ten bins (both 0 at best);
    ``ranking``: the chance that a right answer is given a higher one than a wrong answer (area under the ROC curve).
    """

    n: int
    right: float
    brier: float
    error: float
    ranking: float
    bins: tuple[tuple[float, float, int], ...]


def decide(settings: Settings) -> Decisions:
    """The bound that gains most where the shares of belief hold.

    An answer gains p - (1 - p) * wrong, abstaining nothing. Asking back about two readings, one of them right, gains 1 - asking; the first of
    them is right with p = 1 / (1 + exp(-lead)): ask while p - (1 - p) * wrong is less than that.
    """
    least = (1 - settings.asking + settings.wrong) / (1 + settings.wrong)
    return Decisions(ask_within=round(log(least / (1 - least)), 9))


def measure(stated: Sequence[tuple[float, bool]]) -> Calibration:
    """Stated chances against what came true; nought where there are none."""
    n = len(stated)
    bins = []
    for at in range(BINS):
        held = [each for each in stated if min(BINS - 1, int(each[0] * BINS)) == at]
        if held:
            bins.append((sum(p for p, _ in held) / len(held), sum(right for _, right in held) / len(held), len(held)))
    return Calibration(
        n=n,
        right=sum(right for _, right in stated) / max(1, n),
        brier=sum((p - right) ** 2 for p, right in stated) / max(1, n),
        error=sum(count * abs(p - share) for p, share, count in bins) / max(1, n),
        ranking=_area(stated),
        bins=tuple(bins),
    )


def _area(stated: Sequence[tuple[float, bool]]) -> float:
    """Share of pairs of a right and a wrong answer in which the right one has the higher chance; ties count half."""
    wrong = np.sort(np.array([p for p, right in stated if not right]))
    held = np.array([p for p, right in stated if right])
    if not len(wrong) or not len(held):
        return 0.5
    below, upto = np.searchsorted(wrong, held, side="left"), np.searchsorted(wrong, held, side="right")
    return float((below + upto).sum() / 2 / (len(wrong) * len(held)))
