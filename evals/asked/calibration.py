"""How well a stated confidence tells right readings from wrong ones: expected calibration error, area under the ROC curve, and the diagram."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from evals.figures import Figure

BINS = 10
RESAMPLES = 1000


@dataclass(frozen=True)
class Trial:
    """A stated probability, what came true, and the cluster of trials that depend on each other (the phrasings of one question)."""

    stated: float
    right: bool
    cluster: str


@dataclass(frozen=True)
class Bin:
    """Trials whose stated probability lies in the same tenth."""

    low: float
    high: float
    n: int
    stated: float
    right: float


def bins(trials: Sequence[Trial]) -> list[Bin]:
    """Ten bins of equal width, without those that are empty. The means of what was stated and of what came true stand in each."""
    held: dict[int, list[Trial]] = {}
    for trial in trials:
        held.setdefault(min(int(trial.stated * BINS), BINS - 1), []).append(trial)
    return [
        Bin(at / BINS, (at + 1) / BINS, len(each), sum(t.stated for t in each) / len(each), sum(t.right for t in each) / len(each))
        for at, each in sorted(held.items())
    ]


def calibration_error(trials: Sequence[Trial]) -> float:
    """Expected calibration error over ten bins of equal width (Naeini, Cooper and Hauskrecht, 2015), from 0 to 1; 0 without trials."""
    return sum(each.n * abs(each.stated - each.right) for each in bins(trials)) / len(trials) if trials else 0.0


def area_under_curve(trials: Sequence[Trial]) -> float:
    """The chance that a right trial was stated more probable than a wrong one, ties counting half (Mann-Whitney); 0.5 where one kind is missing."""
    ranked = sorted(trials, key=lambda trial: trial.stated)
    right = sum(trial.right for trial in ranked)
    wrong = len(ranked) - right
    if not right or not wrong:
        return 0.5
    ranks, start = 0.0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end].stated == ranked[start].stated:
            end += 1
        ranks += sum(trial.right for trial in ranked[start:end]) * (start + end + 1) / 2
        start = end
    return (ranks - right * (right + 1) / 2) / (right * wrong)


def resampled(trials: Sequence[Trial], statistic: Callable[[Sequence[Trial]], float], seed: int = 7) -> Figure:
    """A statistic with its 95 % percentile interval, by a bootstrap that draws whole clusters (Davison and Hinkley, 1997, 3.8)."""
    clusters: dict[str, list[Trial]] = {}
    for trial in trials:
        clusters.setdefault(trial.cluster, []).append(trial)
    if not clusters:
        return Figure(metric=0.0, interval=(0.0, 1.0), n=0)
    rng, held = Random(seed), list(clusters.values())  # noqa: S311 - not a secret
    drawn = sorted(statistic([trial for cluster in rng.choices(held, k=len(held)) for trial in cluster]) for _ in range(RESAMPLES))
    low, high = drawn[int(0.025 * RESAMPLES)], drawn[int(0.975 * RESAMPLES) - 1]
    return Figure(metric=statistic(trials), interval=(low, high), n=len(trials))


SIDE, MARGIN = 320, 44


def diagram(trials: Sequence[Trial]) -> str:
    """A reliability diagram as SVG: a dot for each bin, its area as the number of trials, and the line on which a calibrated statement lies."""
    whole = SIDE + 2 * MARGIN
    most = max((each.n for each in bins(trials)), default=1)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" width="{whole}" height="{whole}" font-family="sans-serif" font-size="12">',
        f'<rect width="{whole}" height="{whole}" fill="white"/>',
    ]
    for step in range(0, BINS + 1, 2):
        share = step / BINS
        lines += [
            f'<line x1="{_x(share):.1f}" y1="{_y(0):.1f}" x2="{_x(share):.1f}" y2="{_y(1):.1f}" stroke="#e5e7eb"/>',
            f'<line x1="{_x(0):.1f}" y1="{_y(share):.1f}" x2="{_x(1):.1f}" y2="{_y(share):.1f}" stroke="#e5e7eb"/>',
            f'<text x="{_x(share):.1f}" y="{_y(0) + 16:.1f}" text-anchor="middle" fill="#4b5563">{share:.1f}</text>',
            f'<text x="{_x(0) - 8:.1f}" y="{_y(share) + 4:.1f}" text-anchor="end" fill="#4b5563">{share:.1f}</text>',
        ]
    lines.append(f'<line x1="{_x(0):.1f}" y1="{_y(0):.1f}" x2="{_x(1):.1f}" y2="{_y(1):.1f}" stroke="#9ca3af" stroke-dasharray="4 4"/>')
    for each in bins(trials):
        radius = 4 + 12 * (each.n / most) ** 0.5
        title = f"<title>{each.n} readings: stated {each.stated:.2f}, right {each.right:.2f}</title>"
        lines.append(f'<circle cx="{_x(each.stated):.1f}" cy="{_y(each.right):.1f}" r="{radius:.1f}" fill="#2563eb" fill-opacity="0.6">{title}</circle>')
    lines += [
        f'<text x="{whole / 2:.0f}" y="{whole - 8}" text-anchor="middle">stated confidence</text>',
        f'<text x="14" y="{whole / 2:.0f}" text-anchor="middle" transform="rotate(-90 14 {whole / 2:.0f})">share that was right</text>',
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _x(share: float) -> float:
    return MARGIN + share * SIDE


def _y(share: float) -> float:
    return MARGIN + (1 - share) * SIDE
