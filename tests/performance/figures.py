"""The figures of a benchmark: their targets, their intervals, and the file that holds them."""

from __future__ import annotations

import json
import statistics
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

RESAMPLES = 2_000
SEED = 7


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure should be: at most or at least ``bound``; None where none is set."""

    unit: str
    bound: float | None = None
    at_most: bool = True

    def reached(self, value: float) -> bool | None:
        """Whether ``value`` reaches it; None without a bound."""
        if self.bound is None:
            return None
        return value <= self.bound if self.at_most else value >= self.bound

    def __str__(self) -> str:
        """The target as a table shows it."""
        return "" if self.bound is None else f"{'≤' if self.at_most else '≥'} {self.bound:,.10g}"


TARGETS = {
    "ask_warm_p50_ms": Target("ms", 60),
    "ask_warm_p95_ms": Target("ms", 150),
    "ask_over_bare_graph": Target("×", 12),
    "parse_p50_ms": Target("ms"),
    "parse_p95_ms": Target("ms"),
    "parse_growth": Target("×", 2),
    "ask_cold_s": Target("s", 5),
    "import_rows_per_s": Target("rows/s", 20_000, at_most=False),
    "index_texts_per_s": Target("texts/s"),
    "stage_rule_eval_ms": Target("ms", 300),
    "rhythm_detect_us": Target("µs"),
    "rss_mb": Target("MB"),
    "journey_batch_1m_events_s": Target("s", 8),
    "journey_event_update_us": Target("µs"),
    "journey_update_ratio": Target("×", 1.5),
    "authz_p50_ms": Target("ms"),
    "authz_p99_ms": Target("ms", 5),
    "authz_pg_p50_ms": Target("ms"),
    "authz_pg_p99_ms": Target("ms", 5),
    "authz_over_cedar": Target("×"),
    "authz_per_s": Target("decisions/s"),
    "filtered_list_overhead": Target("×", 1.5),
}
"""Every figure of the file, in its order."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % interval and the number of measurements; a single measurement has no interval."""

    value: float
    interval: tuple[float, float] | None
    n: int


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie, interpolated."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def figure(values: Sequence[float], statistic: Callable[[Sequence[float]], float] = statistics.median) -> Figure:
    """A statistic with its percentile bootstrap interval (Efron and Tibshirani 1993)."""
    if len(values) < 2:
        return Figure(statistic(values), None, len(values))
    rng = Random(SEED)
    drawn = sorted(statistic(rng.choices(values, k=len(values))) for _ in range(RESAMPLES))
    return Figure(statistic(values), (percentile(drawn, 0.025), percentile(drawn, 0.975)), len(values))


def ratio(above: Sequence[float], below: Sequence[float]) -> Figure:
    """The ratio of two medians, measured in pairs and resampled in pairs."""
    rng = Random(SEED)
    pairs = list(zip(above, below, strict=True))

    def of(sample: Sequence[tuple[float, float]]) -> float:
        return statistics.median(a for a, _ in sample) / statistics.median(b for _, b in sample)

    drawn = sorted(of(rng.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    return Figure(of(pairs), (percentile(drawn, 0.025), percentile(drawn, 0.975)), len(pairs))


def write(figures: dict[str, Figure], path: Path) -> None:
    """Write the file: exactly the figures of :data:`TARGETS`."""
    if set(figures) != set(TARGETS):
        raise ValueError(f"figures differ from those expected: {sorted(set(figures) ^ set(TARGETS))}")
    content = {
        "metrics": {name: round(figures[name].value, 3) for name in TARGETS},
        "intervals": {name: [round(end, 3) for end in figures[name].interval or ()] or None for name in TARGETS},
        "n": {name: figures[name].n for name in TARGETS},
        "commit": commit(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")


def commit() -> str:
    """The commit that was measured; empty outside a repository."""
    found = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False, cwd=Path(__file__).parent)
    return found.stdout.strip()


def check_shape(path: Path) -> None:
    """Raise AssertionError where the file is not as promised."""
    content = json.loads(path.read_text("utf-8"))
    assert list(content) == ["metrics", "intervals", "n", "commit"], content.keys()
    for part in ("metrics", "intervals", "n"):
        assert list(content[part]) == list(TARGETS), (part, content[part])
    assert all(value > 0 for value in content["metrics"].values()), content["metrics"]
    assert all(isinstance(count, int) and count > 0 for count in content["n"].values()), content["n"]
    for name, ends in content["intervals"].items():
        assert ends is None or (len(ends) == 2 and ends[0] <= content["metrics"][name] <= ends[1]), (name, ends)
