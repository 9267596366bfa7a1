"""From the order of the readings to the chance that the first is right, and where to answer, ask back or abstain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

from agent.parsing.parser import unexplained
from agent.parsing.ranking.doubts import doubts
from agent.parsing.ranking.features import Features
from agent.parsing.ranking.model import Decisions, Ranked, believed
from evals.ranking.fitting import Array, fit_chances
from evals.ranking.training import Example, Settings, scores
from tools.trace.cells import Frozen

BINS = 10
STRENGTH = 1.0


@dataclass(frozen=True)
class Trial:
    """What the parser would have answered to one question: the figures of doubt, and whether it would have been right."""

    store: str
    figures: Features
    right: bool


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


def trial(example: Example, weights: dict[str, float]) -> Trial | None:
    """None where the parser gives no answer whatever the confidence: nothing was read, or words are left that matter."""
    ranked = _ranked(example, weights)
    if not ranked or unexplained(ranked[0].reading):
        return None
    place = example.question.readings.index(ranked[0].reading)
    return Trial(example.store, doubts(ranked), example.question.right[place])


def _ranked(example: Example, weights: dict[str, float]) -> list[Ranked]:
    scored = zip(example.question.readings, scores(example, weights), strict=True)
    return believed([(reading, reading.query(), score) for reading, score in scored])


def fit_confidence(trials: Sequence[Trial]) -> dict[str, float]:
    """Weights of the figures of doubt."""
    names = tuple(trials[0].figures)
    weights = fit_chances(_table(trials, names), np.array([float(each.right) for each in trials]), STRENGTH)
    return {name: round(float(weight), 9) for name, weight in zip(names, weights, strict=True)}


def _table(trials: Sequence[Trial], names: Sequence[str]) -> Array:
    return np.array([[each.figures[name] for name in names] for each in trials])


def chance(trial: Trial, weights: dict[str, float]) -> float:
    """The stated chance that the answer is right."""
    return 1.0 / (1.0 + exp(-sum(weights[name] * value for name, value in trial.figures.items())))


def decide(settings: Settings) -> Decisions:
    """The bounds that gain most where the stated chances hold.

    An answer gains p - (1 - p) * wrong, abstaining nothing: answer from p = wrong / (1 + wrong). Asking back about two readings, one of them right, gains
    1 - asking; the first of them is right with p = 1 / (1 + exp(-lead)): ask while p - (1 - p) * wrong is less than that.
    """
    least = (1 - settings.asking + settings.wrong) / (1 + settings.wrong)
    return Decisions(answer_from=round(settings.wrong / (1 + settings.wrong), 9), ask_within=round(log(least / (1 - least)), 9))


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
