"""How often the intervals of stages' weights hold the true weight, on synthetic histories: over all, by count of evidence, and with a file that is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from evals.figures import Z95, Figure, share
from evals.journey.histories import NOW, Array, Histories, Ints, draw_histories
from tools.journey.intensities import LEVEL, intensities
from tools.journey.reading_weights import shipped_weights
from tools.journey.summing import AccountSums, fold_events, table_at
from tools.journey.weights import JourneyWeights

SEED = 20_261_120
HISTORIES = 3_000
FILES, OF_EACH = 30, 100
COUNTS = ((1, 3), (4, 10), (11, 30), (31, 10_000))


def evaluate_coverage() -> dict[str, Figure]:
    """``weight_interval_coverage_90`` over histories by the shipped file and by drawn ones, by count of evidence, misspecified, and the mean widths."""
    rng = np.random.default_rng(SEED)
    found = [_tried(weights, n, rng, wrong=False) for weights, n in _files(rng)]
    held, width, moving = (np.concatenate(parts) for parts in zip(*found, strict=True))
    figures = {"weight_interval_coverage_90": _share(held)}
    for low, high in COUNTS:
        chosen = (moving >= low) & (moving <= high)
        name = f"{low}_to_{high}_events" if high < COUNTS[-1][1] else f"{low}_events_and_more"
        figures[f"weight_interval_coverage_90_{name}"] = _share(held[chosen])
    figures["weight_interval_mean_width"] = _mean(width)
    found = [_tried(weights, n, rng, wrong=True) for weights, n in _files(rng)]
    held, width, _ = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return figures | {"weight_interval_coverage_misspecified": _share(held), "weight_interval_mean_width_misspecified": _mean(width)}


def estimate(weights: JourneyWeights, histories: Histories) -> tuple[Array, Array, Array]:
    """The weights that the engine gives the histories, and the ends of their intervals; shapes ``(histories, stages)``."""
    sums: dict[int, AccountSums] = defaultdict(dict)
    folded = fold_events(
        histories.account.tolist(), histories.evidence, histories.origin, histories.at.tolist(), histories.counts.tolist(), weights, {}
    )
    for account, cell, each in folded:
        sums[account][cell] = each
    found = intensities(weights, table_at([sums[account] for account in range(len(histories.stage))], NOW))
    return found.weights(), *found.interval(LEVEL)


def _tried(weights: JourneyWeights, n: int, rng: np.random.Generator, *, wrong: bool) -> tuple[NDArrayBool, Array, Ints]:
    histories = draw_histories(weights, n, rng, wrong=wrong)
    _, low, high = estimate(weights, histories)
    rows = np.arange(n)
    low, high = low[rows, histories.stage], high[rows, histories.stage]
    return (low <= histories.truth) & (histories.truth <= high), high - low, histories.moving


def _files(rng: np.random.Generator) -> Iterator[tuple[JourneyWeights, int]]:
    """The shipped file, and others of the same build with other numbers, as other companies would write them."""
    shipped = shipped_weights()
    yield shipped, HISTORIES
    for _ in range(FILES):
        raw = shipped.model_dump()
        for stage in raw["stages"].values():
            stage |= {"base": rng.uniform(-3.0, -0.5), "half_life_days": int(rng.integers(14, 365))}
        for evidence in raw["evidence"].values():
            for weight in evidence["stages"].values():
                scale = float(rng.lognormal(0.0, 0.5))
                weight |= {"weight": weight["weight"] * scale, "uncertainty": abs(weight["weight"]) * scale * rng.uniform(0.15, 0.35), "half_life_days": None}
        yield JourneyWeights.model_validate(raw), OF_EACH


NDArrayBool = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def _share(held: NDArrayBool) -> Figure:
    return share(int(held.sum()), len(held))


def _mean(values: Array) -> Figure:
    half = Z95 * float(values.std(ddof=1)) / len(values) ** 0.5
    return Figure(metric=float(values.mean()), interval=(float(values.mean()) - half, float(values.mean()) + half), n=len(values))
