"""Writes the report of the question evaluation: figures, tables by set, language and kind, failures of the sets that may be looked at, calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import add
from pathlib import Path

from evals.asked.asserted import label
from evals.asked.calibration import Trial, area_under_curve, bins, calibration_error, diagram, resampled
from evals.asked.checking import Checked
from evals.asked.describing import as_lines
from evals.asked.expecting import Unanswerable
from evals.asked.metrics import Judged, readings
from evals.figures import Figure, share

OUTCOMES = ("right", "wrong", "abstained", "asked_back", "stated")
Series = Mapping[str, Mapping[str, Figure]]
"""Figures by the name of a variant, then by the name of a metric: an ablation, or a learning curve."""


def write_report(path: Path, cases: Sequence[Judged], metrics: Mapping[str, Figure], series: Mapping[str, Series], seconds: float) -> None:
    """Write the report, and the reliability diagram beside it."""
    drawing = path.with_name(f"{path.stem}-reliability.svg")
    trials = list(readings(cases))
    sealed = [case for case in cases if case.is_sealed]
    unseen = list(readings(sealed))
    answered = list(readings([case for case in sealed if not case.asked.answer.abstained]))
    path.parent.mkdir(parents=True, exist_ok=True)
    drawing.write_text(diagram(unseen or trials), "utf-8")
    parts = [
        "# Questions and answers\n",
        f"{len(cases)} cases in {seconds:.0f} s. Intervals are 95 %.\n",
        _figures(metrics),
        "## By set\n",
        _outcomes(cases, lambda case: (case.questions.name,)),
        "## By set and language\n",
        _outcomes(cases, lambda case: (f"{case.questions.name}, {case.asked.case.language}",)),
        "## By what is expected\n",
        _outcomes(cases, lambda case: (type(case.asked.expected).__name__,)),
        "## By tag\n",
        _outcomes(cases, lambda case: case.asked.case.tags or ("none",)),
        "## Claims\n",
        _claims(cases),
        *(part for name, each in series.items() for part in (f"## {name}\n", _series(each))),
        "## Confidence\n",
        "Of every best reading of the questions that nobody tuned on, whether it was answered or refused for words that it leaves unexplained.\n",
        f"Of those that were answered or asked back about alone: {_confidence(answered)}.\n",
        f"![Reliability diagram]({drawing.name})\n",
        _bins(unseen or trials),
        "## Failures of the sets that may be looked at\n",
        *(f"```\n{as_lines(case.asked, case.verdict)}\n```\n" for case in cases if not case.is_sealed and not case.verdict.right),
    ]
    path.write_text("\n".join(parts), "utf-8")


def _confidence(trials: Sequence[Trial]) -> str:
    figures = {"calibration error": resampled(trials, calibration_error), "area under the ROC curve": resampled(trials, area_under_curve)}
    return ", ".join(f"{name} {figure.metric:.3f} ({_interval(figure)}, {figure.n} readings)" for name, figure in figures.items())


def _figures(metrics: Mapping[str, Figure]) -> str:
    return _table(("metric", "value", "interval", "n"), ((name, f"{f.metric:.3f}", _interval(f), str(f.n)) for name, f in metrics.items()))


def _outcomes(cases: Sequence[Judged], kinds: Callable[[Judged], tuple[str, ...]]) -> str:
    held: dict[str, Counter[str]] = {}
    for case in cases:
        for kind in kinds(case):
            held.setdefault(kind, Counter())[case.verdict.outcome] += 1
    rows = (
        (kind, str(count.total()), f"{share(count['right'], count.total()).metric:.1%}", *(str(count[outcome]) for outcome in OUTCOMES))
        for kind, count in sorted(held.items())
    )
    return _table(("", "n", "right", *OUTCOMES), rows)


def _claims(cases: Sequence[Judged]) -> str:
    found = reduce(add, (case.checked for case in cases), Checked())
    refused = [case for case in cases if isinstance(case.asked.expected, Unanswerable) and case.asked.answer.abstained]
    named = sum(_names_it(case) for case in refused)
    return (
        f"{found.held + found.failed + found.unchecked} claims: {found.held} hold, {found.failed} don't, "
        f"{found.unchecked} can't be checked against the independent values.\n\n"
        f"Of {len(refused)} right refusals, {named} name the words that the data has no answer for.\n"
    )


def _names_it(case: Judged) -> bool:
    """Whether the words that were not understood and those that the data can't answer for contain each other, or share a word."""
    assert isinstance(case.asked.expected, Unanswerable)  # noqa: S101 - the caller looked
    about = case.asked.expected.about
    return any(label(word) in label(about) or label(about) in label(word) or _share_word(word, about) for word in case.asked.not_understood if word)


def _share_word(one: str, other: str) -> bool:
    return bool(set(one.casefold().split()) & set(other.casefold().split()))


def _series(series: Series) -> str:
    names = list(dict.fromkeys(name for each in series.values() for name in each))
    return _table(("", *names), ((variant, *(_short(each.get(name)) for name in names)) for variant, each in series.items()))


def _bins(trials: Sequence[Trial]) -> str:
    return _table(("stated", "n", "mean stated", "right"), ((f"{b.low:.1f}–{b.high:.1f}", str(b.n), f"{b.stated:.2f}", f"{b.right:.2f}") for b in bins(trials)))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(each)} |" for each in lines) + "\n"


def _interval(figure: Figure) -> str:
    return f"{figure.interval[0]:.3f} to {figure.interval[1]:.3f}"


def _short(figure: Figure | None) -> str:
    return "" if figure is None else f"{figure.metric:.3f} (n = {figure.n})"
