"""Writes down what training and calibration brought."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.ranking.certainty import Certainty
from agent.parsing.ranking.model import Weights
from evals.figures import Figure
from evals.ranking.calibration import Calibration
from evals.ranking.experiments import Experiments
from evals.ranking.training import Settings
from evals.ranking.trusting import Care, Trusted

STRONGEST = 25


def as_markdown(found: Experiments, weights: Weights, settings: Settings, seconds: float) -> str:
    """The report, for people."""
    return "\n".join(_lines(found, weights, settings, seconds)) + "\n"


def _lines(found: Experiments, weights: Weights, settings: Settings, seconds: float) -> Iterator[str]:
    yield from ("# Training of the ranker", "")
    yield f"{settings.questions} questions to each of {len(found.accuracy) - 1} invented stores, half of them Chinese and half English, seed {settings.seed};"
    yield f"settings {weights.settings}; {len(weights.ranking)} weights; {seconds:.0f} s."
    yield from ("", "## The right reading comes first", "", "Each store is answered by weights that were trained on the others.", "")
    yield "| store | hand-set score | learned | a right reading among the candidates |"
    yield "|---|---|---|---|"
    for each in (*found.accuracy, found.phrasings):
        yield f"| {each.store} | {_percent(each.hand_set)} | {_percent(each.learned)} | {_percent(each.oracle)} |"
    yield from ("", "## Learning curve", "", "| questions | stores | accuracy on a store not seen |", "|---|---|---|")
    for point in found.curve:
        yield f"| {point.questions} | {point.stores} | {point.accuracy:.1%} |"
    yield from ("", f"Asks back within {weights.decisions.ask_within:.2f} in log-odds.")
    yield from ("", "## Strongest weights", "", "| figure | weight |", "|---|---|")
    for name, weight in sorted(weights.ranking.items(), key=lambda each: -abs(each[1]))[:STRONGEST]:
        yield f"| {name} | {weight:+.2f} |"


def trust_as_markdown(found: Trusted, certainty: Certainty, care: Care) -> str:
    """The report on the confidence, for people."""
    return "\n".join(_trust_lines(found, certainty, care)) + "\n"


def _trust_lines(found: Trusted, certainty: Certainty, care: Care) -> Iterator[str]:
    yield from ("# Confidence", "", f"Settings {certainty.settings} (prior {care.strength}); {len(certainty.weights)} weights.")
    yield from ("", "Every best reading, also where it is refused for words that it leaves unexplained; each export by a confidence fitted on the others.", "")
    yield "| | answers | right | Brier score | calibration error | area under ROC |"
    yield "|---|---|---|---|---|---|"
    for name, each in (*found.by_data.items(), ("all", found.whole), ("all, one chance for all", found.constant)):
        yield _row(name, each)
    yield from ("", "| stated | came true | answers |", "|---|---|---|")
    for stated, true, count in found.whole.bins:
        yield f"| {stated:.2f} | {true:.2f} | {count} |"
    yield from ("", "What follows is of the exports that the parser was never developed on.")
    yield from ("", f"Answers from a confidence of {certainty.answer_from:.3f}.", "")
    yield "| least confidence | answers | wrong | wrong when answered | right ones lost |"
    yield "|---|---|---|---|---|"
    for point in found.curve:
        yield f"| {point.least:.3f} | {point.answered} | {point.wrong} | {point.wrong / max(1, point.answered):.1%} | {point.lost} |"
    yield from ("", f"Answers without a word that is left over from a confidence of {certainty.answer_without_from:.3f}.", "")
    yield "| least confidence | answers | wrong | wrong when answered |"
    yield "|---|---|---|---|"
    for point in found.curve_without:
        yield f"| {point.least:.3f} | {point.answered} | {point.wrong} | {point.wrong / max(1, point.answered):.1%} |"
    yield from ("", "| figure of doubt | weight |", "|---|---|")
    for name, weight in sorted(certainty.weights.items(), key=lambda each: -abs(each[1])):
        yield f"| {name} | {weight:+.2f} |"


def _percent(figure: Figure) -> str:
    return f"{figure.metric:.1%} ({figure.interval[0]:.1%} to {figure.interval[1]:.1%})"


def _row(name: str, found: Calibration) -> str:
    return f"| {name} | {found.n} | {found.right:.1%} | {found.brier:.3f} | {found.error:.3f} | {found.ranking:.3f} |"
