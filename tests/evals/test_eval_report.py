"""What the evaluation reports."""

import json
from pathlib import Path

import pytest

import evals.__main__ as runner
from evals.figures import share
from evals.mapping import DATASET, systems


def test_share_has_the_wilson_interval() -> None:
    figure = share(95, 100)

    assert figure.metric == 0.95
    assert figure.interval == pytest.approx((0.8882, 0.9785), abs=1e-4)


def test_share_of_no_trials_says_nothing() -> None:
    assert share(0, 0).interval == (0.0, 1.0)


def test_report_holds_a_figure_interval_and_number_for_every_metric(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "REPORT", tmp_path / "build" / "eval.json")
    monkeypatch.setattr(runner, "evaluate_renamed", lambda: {"renamed_accuracy_drop": share(1, 100)})
    for name in ("requests", "journey_texts", "journey_rules"):
        monkeypatch.setattr(runner, f"evaluate_{name}", lambda name=name: {f"{name}_accuracy": share(9, 10)})
    monkeypatch.setattr(runner, "evaluate_journey", lambda: {"attribution_error": share(0, 1)})
    monkeypatch.setattr(runner, "evaluate_rhythm", lambda: {"rhythm_delay_over_oracle": share(1, 100)})
    monkeypatch.setattr(runner, "evaluate_asked", lambda **_: {"crm_accuracy": share(9, 10)})
    monkeypatch.setattr(runner, "evaluate_forecast", lambda: {"planted_found": share(4, 4)})

    runner.main()

    report = json.loads((tmp_path / "build" / "eval.json").read_text("utf-8"))
    assert set(report) == {"metrics", "intervals", "n", "commit"}
    assert set(report["metrics"]) == set(report["intervals"]) == set(report["n"]) >= {"mapping_accuracy", "mapping_accuracy_aside", "crm_accuracy"}
    assert report["metrics"]["mapping_accuracy"] >= 0.95
    assert report["metrics"]["mapping_accuracy_aside"] >= 0.85


def test_systems_set_aside_are_not_among_those_that_were_built_on() -> None:
    built = {spec.system for spec in systems(DATASET)}
    aside = {spec.system for spec in systems(DATASET / "aside")}

    assert (len(built), len(aside)) == (5, 2)
    assert not built & aside
