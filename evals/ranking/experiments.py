"""What training brings on stores that it has not seen: accuracy, and how it grows with questions and stores."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from evals.figures import Figure, share
from evals.ranking.training import Example, Settings, first, train
from tools.trace.cells import Frozen

SHARES = (0.02, 0.05, 0.1, 0.25, 0.5, 1.0)


class Accuracy(Frozen):
    """Shares of questions in which the right reading is first, with and without training, and in which there is one at all."""

    store: str
    hand_set: Figure
    learned: Figure
    oracle: Figure


class Point(Frozen):
    """One point of the learning curve: the mean over the stores that were held out."""

    questions: int
    stores: int
    accuracy: float


class Experiments(Frozen):
    """All that is reported."""

    accuracy: tuple[Accuracy, ...]
    phrasings: Accuracy
    curve: tuple[Point, ...]


def held_out(examples: Sequence[Example], settings: Settings) -> dict[str, dict[str, float]]:
    """For each store the weights that were trained without it."""
    return {store: train([each for each in examples if each.store != store], settings) for store in _stores(examples)}


def experiment(examples: Sequence[Example], weights: dict[str, dict[str, float]], settings: Settings) -> Experiments:
    """Accuracy on held-out stores, and the learning curve."""
    return Experiments(
        accuracy=(*(_accuracy(store, [each for each in examples if each.store == store], weights) for store in weights), _accuracy("all", examples, weights)),
        phrasings=_unseen_phrasings(examples, settings),
        curve=tuple(_curve(examples, weights, settings)),
    )


def _accuracy(name: str, examples: Sequence[Example], weights: dict[str, dict[str, float]]) -> Accuracy:
    return Accuracy(
        store=name,
        hand_set=share(sum(first(each, None) for each in examples), len(examples)),
        learned=share(sum(first(each, weights[each.store]) for each in examples), len(examples)),
        oracle=share(sum(any(each.question.right) for each in examples), len(examples)),
    )


def _unseen_phrasings(examples: Sequence[Example], settings: Settings) -> Accuracy:
    """Every other phrasing of each shape is kept from training, as the store is."""
    weights = {store: train([each for each in examples if each.store != store and each.question.way % 2 == 0], settings) for store in _stores(examples)}
    return _accuracy("phrasings not seen", [each for each in examples if each.question.way % 2], weights)


def _curve(examples: Sequence[Example], weights: dict[str, dict[str, float]], settings: Settings) -> list[Point]:
    """By the number of questions with all stores but one, then by the number of stores with all questions."""
    stores = list(weights)
    points = [Point(questions=0, stores=0, accuracy=_mean(examples, None))]
    for part in SHARES:
        seen = {store: _part([each for each in examples if each.store != store], part, settings) for store in stores}
        fitted = {store: weights[store] if part == 1.0 else train(seen[store], settings) for store in stores}
        points.append(Point(questions=len(seen[stores[0]]), stores=len(stores) - 1, accuracy=_mean(examples, fitted)))
    for count in range(1, len(stores) - 1):
        chosen = {store: [stores[(at + 1 + each) % len(stores)] for each in range(count)] for at, store in enumerate(stores)}
        fitted = {store: train([each for each in examples if each.store in chosen[store]], settings) for store in stores}
        points.append(Point(questions=sum(each.store in chosen[stores[0]] for each in examples), stores=count, accuracy=_mean(examples, fitted)))
    return points


def _part(examples: Sequence[Example], part: float, settings: Settings) -> list[Example]:
    return Random(settings.seed).sample(list(examples), max(1, round(part * len(examples))))  # noqa: S311 - the same part every time


def _mean(examples: Sequence[Example], weights: dict[str, dict[str, float]] | None) -> float:
    return sum(first(each, None if weights is None else weights[each.store]) for each in examples) / len(examples)


def _stores(examples: Sequence[Example]) -> list[str]:
    return list(dict.fromkeys(each.store for each in examples))
