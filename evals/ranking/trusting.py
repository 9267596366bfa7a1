"""From the doubts about a plan to the chance that it is right, learned from questions to real exports, and the least chance at which to answer."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from math import exp

import numpy as np

from agent.parsing.ranking.certainty import Certainty
from agent.parsing.ranking.features import Features
from evals.ranking.calibration import Calibration, measure
from evals.ranking.collecting import Outcome
from evals.ranking.fitting import fit_chances
from tools.trace.cells import Frozen

KIND = "asks for "
NEVER = 2.0
HARDLY_HELD = 10.0  # a figure ten times as large is held back a hundred times less by the prior
STEPS = tuple(round(0.05 * step, 2) for step in range(1, 19))


class Care(Frozen):
    """What calibration depends on besides the code and the questions.

    ``strength`` is the precision of the normal prior of each weight, for figures brought to a deviation of 1; figures seen in fewer than ``seldom``
    questions are left out. ``familiar`` are the exports that the parser was tuned on most: they teach what to doubt, with the weight ``share``, but not
    how often a reading is right on an export that it has not seen. ``dearest``: so many right answers may be lost for a wrong one that is not given.
    """

    strength: float = 5.0
    seldom: int = 15
    familiar: tuple[str, ...] = ("maven", "demo")
    share: float = 0.5
    dearest: float = 1.0

    @property
    def digest(self) -> str:
        """Tells whether weights come from these settings."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]


class Point(Frozen):
    """What a least confidence brings: answers that stay, those of them that are wrong, and right answers that are lost."""

    least: float
    answered: int
    wrong: int
    lost: int


class Trusted(Frozen):
    """All that is reported: how good the chances are on exports that the weights were not fitted on, by export and together."""

    by_data: dict[str, Calibration]
    whole: Calibration
    constant: Calibration
    curve: tuple[Point, ...]
    curve_without: tuple[Point, ...]


def calibrated(developed: Sequence[Outcome], kept: Sequence[Outcome], care: Care) -> Certainty:
    """The weights that the development questions teach, and the least confidence by all exports, each by weights that were fitted without it.

    Of questions that are read with so little confidence an export has a dozen: a bound from one of them is a chance of these.
    """
    weights = fit(developed, care)
    held = [*stated(developed, care), *stated_by(weights, kept)]
    least, without = least_confidence(curve(held), care), least_without(curve_without(held), care)
    return Certainty(version=1, settings=care.digest, weights=weights, answer_from=least, answer_without_from=without)


def fit(outcomes: Sequence[Outcome], care: Care) -> dict[str, float]:
    """Weights of the figures of doubt, none of which may make a plan more trusted; only what a plan asks for may speak for it.

    Familiarity has a constant of its own, which is left out afterwards.
    """
    names = _names(outcomes, care)
    while True:
        weights = _fit(outcomes, names, care)
        doubted = [name for name in names if weights[name] <= 0 or name.startswith(KIND)]
        if len(doubted) == len(names):
            return {name: round(value, 6) for name, value in weights.items()}
        names = tuple(doubted)


def _fit(outcomes: Sequence[Outcome], names: tuple[str, ...], care: Care) -> dict[str, float]:
    figures = np.array([[each.figures.get(name, 0.0) for name in names] for each in outcomes])
    means, spreads = figures.mean(axis=0), figures.std(axis=0)
    spreads[spreads == 0] = 1.0
    familiar = np.array([float(each.data in care.familiar) for each in outcomes])
    table = np.column_stack([np.ones(len(outcomes)), (figures - means) / spreads, familiar * HARDLY_HELD])
    counts = np.where(familiar > 0, care.share, 1.0)
    found = fit_chances(table, np.array([float(each.right) for each in outcomes]), care.strength, counts)
    slopes = found[1:-1] / spreads
    return {"constant": float(found[0] - slopes @ means), **{name: float(slope) for name, slope in zip(names, slopes, strict=True)}}


def _names(outcomes: Sequence[Outcome], care: Care) -> tuple[str, ...]:
    seen = Counter(name for each in outcomes for name in each.figures)
    return tuple(sorted(name for name, count in seen.items() if count >= care.seldom and name != "constant"))


def stated(outcomes: Sequence[Outcome], care: Care) -> list[tuple[float, Outcome]]:
    """Each outcome with the chance by weights that were fitted without its export; none where there is no other export."""
    found = []
    exports = dict.fromkeys(each.data for each in outcomes)
    for data in exports if len(exports) > 1 else ():
        weights = fit([each for each in outcomes if each.data != data], care)
        found += stated_by(weights, [each for each in outcomes if each.data == data])
    return found


def stated_by(weights: dict[str, float], outcomes: Sequence[Outcome]) -> list[tuple[float, Outcome]]:
    """Each outcome with its chance."""
    return [(_chance(each.figures, weights), each) for each in outcomes]


def _chance(figures: Features, weights: dict[str, float]) -> float:
    return 1.0 / (1.0 + exp(-sum(weights.get(name, 0.0) * value for name, value in figures.items())))


def curve(held: Sequence[tuple[float, Outcome]]) -> tuple[Point, ...]:
    """What each least confidence brings, on what is answered outright."""
    return _points([(chance, each.right) for chance, each in held if each.answers])


def curve_without(held: Sequence[tuple[float, Outcome]]) -> tuple[Point, ...]:
    """What each least confidence brings, on what is refused for a single word."""
    return _points([(chance, each.right) for chance, each in held if each.leaves_one_out])


def _points(asked: Sequence[tuple[float, bool]]) -> tuple[Point, ...]:
    return tuple(
        Point(
            least=least,
            answered=sum(chance >= least for chance, _ in asked),
            wrong=sum(chance >= least and not right for chance, right in asked),
            lost=sum(chance < least and right for chance, right in asked),
        )
        for least in (0.0, *STEPS)
    )


def least_confidence(points: Sequence[Point], care: Care) -> float:
    """Where the wrong answers that are not given outweigh the right ones that are lost most; nought where they nowhere do.

    Of bounds that are within one standard error of the best, the lowest (the rule of Breiman et al., 1984), so that a few answers don't move it;
    of those that bring the same as that one the highest, since nothing is known of answers that were never seen so doubtful.
    """
    gains = [(points[0].wrong - each.wrong) * care.dearest - each.lost for each in points]
    best = max(range(len(points)), key=lambda at: (gains[at], -at))
    found = next(each for each, gain in zip(points, gains, strict=True) if gains[best] - gain <= _standard_error(each, points[best], care))
    return max(each.least for each in points if (each.answered, each.wrong) == (found.answered, found.wrong))


def _standard_error(one: Point, best: Point, care: Care) -> float:
    """Of the difference between the gains of two bounds, by the answers that one gives and the other does not."""
    return float((care.dearest**2 * abs(one.wrong - best.wrong) + abs(best.lost - one.lost)) ** 0.5)


def least_without(points: Sequence[Point], care: Care) -> float:
    """Where the right answers that are given, and were refused, outweigh the wrong ones most; above 1 where they nowhere do."""
    gains = [each.answered - each.wrong - each.wrong * care.dearest for each in points]
    best = max(range(len(points)), key=lambda at: (gains[at], at))
    return points[best].least if gains[best] > 0 else NEVER


def judged_fit(developed: Sequence[Outcome], kept: Sequence[Outcome], care: Care) -> Trusted:
    """How well the chances hold on each export when they were fitted on the others, and what each bound brings on the exports that were kept."""
    unread = stated_by(fit(developed, care), kept)
    held = [*stated(developed, care), *unread]
    alone = [(chance, each.right) for chance, each in held]
    data = dict.fromkeys(each.data for _, each in held)
    share = sum(right for _, right in alone) / max(1, len(alone))
    return Trusted(
        by_data={name: measure([(chance, each.right) for chance, each in held if each.data == name]) for name in data},
        whole=measure(alone),
        constant=measure([(share, right) for _, right in alone]),
        curve=curve(unread),
        curve_without=curve_without(unread),
    )
