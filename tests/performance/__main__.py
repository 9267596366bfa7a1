"""``python -m tests.performance [--smoke]``: measures the figures, writes build/bench.json and prints them beside their targets."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.performance.figures import TARGETS, Figure, check_shape, figure, percentile, ratio, write
from tests.performance.following import follow
from tests.performance.questions import templates
from tools.crm.demo import write_demo
from tools.crm.demo.world import SizeName

ROOT = Path(__file__).parents[2]
OUT = ROOT / "build" / "bench.json"
MAVEN = ROOT.parent / "shared" / "data" / "maven-crm"
COLD_QUESTION = "Top 5 accounts by won value this year"
screen = Console(stderr=True, highlight=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    size: SizeName
    turns: int
    cold: int
    imports: int
    lines: int | None
    """How many rows of each file are kept; all where it is None."""
    parsed: int
    """How many written questions are only parsed."""
    judged: int
    """How many interactions a stage criterion is judged over."""
    crowd: int
    """How many accounts are put into the store to see what their names cost."""
    followed: int
    """How many accounts' rhythm is followed."""
    events: int
    """How many events the journey replays; a tenth of them belong to one account."""
    updates: int
    """How many events more are counted one by one."""
    manned: int
    """How many members, accounts and certificates are in the store in which calls are decided; a multiple of 5,000."""
    calls: int
    """How many calls are decided one after another, on each database."""
    crowded_s: float
    """For how many seconds many callers decide at once."""
    listed: int
    """Out of how many deals a limited list is read."""
    lists: int
    """How often it is read."""


FULL = Plan(
    size="large", turns=240, cold=5, imports=3, lines=None, parsed=1_000, judged=100_000, crowd=200_000, followed=10_000, events=1_000_000, updates=400,
    manned=1_000_000, calls=4_000, crowded_s=10, listed=100_000, lists=40,
)  # fmt: skip
SMOKE = Plan(
    size="small", turns=6, cold=1, imports=1, lines=500, parsed=20, judged=2_000, crowd=5_000, followed=500, events=5_000, updates=40,
    manned=5_000, calls=60, crowded_s=0.5, listed=2_000, lists=5,
)  # fmt: skip
INDEXED: SizeName = "small"
WEEKS = 52


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.performance", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="small sizes, in less than a minute: checks that everything is measured and written")
    plan = SMOKE if parser.parse_args().smoke else FULL
    with tempfile.TemporaryDirectory(prefix="plumb-bench-") as folder:
        figures = measure(plan, Path(folder))
    write(figures, OUT)
    check_shape(OUT)
    show(figures)


def measure(plan: Plan, folder: Path) -> dict[str, Figure]:
    """Every figure, each in fresh processes."""
    export, data = folder / f"demo-{plan.size}", folder / "data"
    screen.print(f"writing the {plan.size} demo company…")
    _write(export, plan.size, plan.lines)
    speeds = [_import(export, data) for _ in range(plan.imports)]
    if MAVEN.is_dir():
        _import(MAVEN, folder / "maven")
    cold = [_cold(data) for _ in range(plan.cold)]
    screen.print(f"asking {plan.turns} questions of {len(templates())} kinds…")
    warm = _run(data, "tests.performance.asking", str(export), str(plan.turns))
    for milliseconds, question, steps in warm["slowest"]:
        longest = ", ".join(f"{name} {value:.0f}" for name, value in sorted(steps.items(), key=lambda each: -each[1])[1:4])
        screen.print(f"  slow: {milliseconds:,.0f} ms  {question}  ({longest})", markup=False)
    screen.print(f"  {warm['answered']} of {plan.turns} turns gave figures; a bare loop takes {statistics.median(warm['bare_ms']):.1f} ms")
    asked = warm["asked_ms"]
    indexed = _index(plan, folder)
    parsed = _parse(data, export, plan.parsed)
    texts = folder / f"texts-{INDEXED}"
    few = parsed if plan.size == INDEXED else _parse(folder / "indexed", texts, plan.parsed)
    many = _parse(folder / "indexed", texts, plan.parsed, plan.crowd)
    moved = _run(folder / "journey", "tests.performance.journey", str(plan.events), str(plan.updates), str(plan.imports))
    screen.print(f"replayed {plan.events:,} events in {statistics.median(moved['batch_s']):.1f} s, counted {plan.updates} more one by one")
    embedded, served = (_authorise(plan, folder, store) for store in ("sqlite", "postgresql"))
    lists = _run(folder / "lists", "tests.performance.listing", str(plan.listed), str(plan.lists))
    screen.print(f"read {lists['reached']:,} of {plan.listed:,} deals in {statistics.median(lists['limited_ms']):.0f} ms")
    return {
        "ask_warm_p50_ms": figure(asked),
        "ask_warm_p95_ms": figure(asked, lambda values: percentile(values, 0.95)),
        "ask_over_bare_graph": ratio(asked, warm["bare_ms"]),
        "parse_p50_ms": figure(parsed),
        "parse_p95_ms": figure(parsed, lambda values: percentile(values, 0.95)),
        "parse_growth": ratio(many, few),
        "ask_cold_s": figure(cold),
        "import_rows_per_s": figure(speeds),
        "index_texts_per_s": Figure(indexed, None, 1),
        "stage_rule_eval_ms": figure(_run(folder / "criteria", "tests.performance.criteria", str(plan.judged))["judged_ms"]),
        "rhythm_detect_us": figure(follow(plan.followed, WEEKS)),
        "rss_mb": Figure(warm["rss_mb"], None, 1),
        "journey_batch_1m_events_s": figure(moved["batch_s"]),
        "journey_event_update_us": figure(moved["many_us"]),
        "journey_update_ratio": ratio(moved["many_us"], moved["few_us"]),
        "authz_p50_ms": figure(embedded["decided_ms"]),
        "authz_p99_ms": figure(embedded["decided_ms"], lambda values: percentile(values, 0.99)),
        "authz_pg_p50_ms": figure(served["decided_ms"]),
        "authz_pg_p99_ms": figure(served["decided_ms"], lambda values: percentile(values, 0.99)),
        "authz_over_cedar": ratio(embedded["decided_ms"], embedded["bare_ms"]),
        "authz_per_s": figure(served["per_s"], statistics.mean),
        "filtered_list_overhead": ratio(lists["limited_ms"], lists["plain_ms"]),
    }


def show(figures: dict[str, Figure]) -> None:
    """Figure, interval, target and whether it is reached."""
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for column in ("figure", "value", "95 %", "n", "unit", "target", "reached"):
        table.add_column(column, justify="left" if column in ("figure", "unit") else "right", no_wrap=True)
    for name, target in TARGETS.items():
        found = figures[name]
        ends = f"{found.interval[0]:,.1f} to {found.interval[1]:,.1f}" if found.interval else ""
        reached = {True: "yes", False: "no", None: ""}[target.reached(found.value)]
        table.add_row(name, f"{found.value:,.1f}", ends, str(found.n), target.unit, str(target), reached)
    Console().print(table)
    Console().print(f"written to {OUT.relative_to(ROOT)}")


def _import(export: Path, keep: Path) -> float:
    """Rows a second of one import into a fresh data directory, which is kept under ``keep``."""
    shutil.rmtree(keep, ignore_errors=True)
    done = _run(keep, "tests.performance.loading", str(export))
    speed = float(done["rows"] / done["seconds"])
    screen.print(f"imported {export.name}: {done['rows']:,} rows in {done['seconds']:.1f} s ({done['storing_s']:.1f} s storing), {speed:,.0f} rows/s")
    return speed


def _cold(data: Path) -> float:
    """Seconds of a whole ``plumb ask``."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "app", "ask", COLD_QUESTION, "--json"], cwd=ROOT, env=_environment(data), capture_output=True, check=True)
    seconds = time.perf_counter() - began
    screen.print(f"asked in a new process: {seconds:.2f} s")
    return seconds


def _index(plan: Plan, folder: Path) -> float:
    """Texts a second of the first indexing."""
    export, data = folder / f"texts-{INDEXED}", folder / "indexed"
    _write(export, INDEXED, plan.lines)
    _import(export, data)
    done = _run(data, "tests.performance.indexing")
    screen.print(f"indexed {done['texts']:,} texts, {done['embedded']:,} of them embedded, in {done['seconds']:.1f} s")
    return float(done["texts"] / done["seconds"])


def _parse(data: Path, export: Path, most: int, crowd: int = 0) -> list[float]:
    """Milliseconds of each question that is only parsed; ``crowd`` accounts more are in the store from then on."""
    done = _run(data, "tests.performance.parsing", str(export), str(most), str(crowd))
    kept = f"vocabulary made in {done['built_s']:.1f} s, {done['vocabulary_mb']:.0f} MB"
    screen.print(f"parsed {len(done['parse_ms'])} questions with {crowd:,} accounts more: {statistics.median(done['parse_ms']):.1f} ms; {kept}")
    for milliseconds, question in done["slowest"][:2]:
        screen.print(f"  slow: {milliseconds:,.0f} ms  {question}", markup=False)
    return list(done["parse_ms"])


def _authorise(plan: Plan, folder: Path, store: str) -> dict[str, Any]:
    """What deciding calls takes on a database."""
    done = _run(folder / "calls", "tests.performance.authorising", store, str(plan.manned), str(plan.calls), str(plan.crowded_s))
    took = f"{statistics.median(done['decided_ms']):.1f} ms, Cedar alone {statistics.median(done['bare_ms']):.2f} ms"
    screen.print(f"decided {plan.calls:,} calls on {store} among {plan.manned:,} members, filled in {done['filled_s']:.0f} s: {took}")
    return done


def _write(export: Path, size: SizeName, lines: int | None) -> None:
    """Write the demo company, each file cut after so many lines."""
    write_demo(export, size)
    for file in export.glob("*.csv") if lines is not None else ():
        file.write_text("".join(file.read_text("utf-8").splitlines(keepends=True)[:lines]), "utf-8")


def _run(data: Path, module: str, *arguments: str) -> dict[str, Any]:
    """What a module prints as JSON, run in a process of its own on a data directory."""
    done = subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, env=_environment(data), capture_output=True, text=True, check=False)
    if done.returncode:
        screen.print(done.stderr, markup=False)
        raise SystemExit(f"{module} ended with {done.returncode}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _environment(data: Path) -> dict[str, str]:
    """The environment without settings of ours that would change what is measured."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PLUMB_")} | {"PLUMB_DATA_DIR": str(data)}


if __name__ == "__main__":
    main()
