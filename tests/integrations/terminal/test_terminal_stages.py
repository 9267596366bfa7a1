from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import app


@pytest.fixture
def stages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("PLUMB_DATA_DIR", str(tmp_path / "data"))

    def run(*words: str, ends: int = 0) -> Any:
        outcome = CliRunner().invoke(app.cli, ["stages", *words, "--json"], env={"LC_ALL": "en"})
        assert outcome.exit_code == ends, outcome.output
        return json.loads(outcome.stdout)

    return run


@pytest.fixture
def file(stages: Any, tmp_path: Path) -> Path:
    path = tmp_path / "stages.yaml"
    path.write_text(stages("show")["file"], "utf-8")
    return path


def changed(file: Path, old: str, new: str) -> Path:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


def test_changed_file_is_a_proposal_that_moves_nothing_before_it_is_applied(stages: Any, file: Path) -> None:
    proposed = stages("propose", str(changed(file, "half_life_days: 180", "half_life_days: 90")), "--why", "evaluations go stale sooner")

    assert proposed["state"] == "proposed"
    assert proposed["changes"] == [{"place": "stages.technical_evaluation.half_life_days", "before": "180", "after": "90"}]
    assert stages("show")["version"] == 0
    assert stages("apply", str(proposed["version"]))["state"] == "in_force"
    assert stages("show")["version"] == proposed["version"]


def test_version_in_force_is_shown_as_a_file_that_may_be_proposed_again(stages: Any, file: Path) -> None:
    first = stages("propose", str(changed(file, "base: -1.4,", "base: -1.2,")), "--why", "warmer market")["version"]
    stages("apply", str(first))
    file.write_text(stages("show")["file"], "utf-8")

    assert "error" in stages("propose", str(file), "--why", "nothing", ends=2)
    assert stages("propose", str(changed(file, "base: -1.2", "base: -1.3")), "--why", "a little")["based_on"] == first


def test_going_back_is_a_proposal_too_and_the_history_keeps_all(stages: Any, file: Path) -> None:
    stages("apply", str(stages("propose", str(changed(file, "base: -1.4,", "base: -1.2,")), "--why", "warmer market")["version"]))

    back = stages("undo", "0", "--why", "it was not warmer")
    stages("apply", str(back["version"]))

    assert stages("apply", "1")["state"] == "earlier"
    assert [each["state"] for each in stages("history")["versions"]] == ["earlier", "in_force"]
    assert [each["why"] for each in stages("history")["versions"]] == ["warmer market", "it was not warmer"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("base: -1.4,", "base: 400,"), ("half_life_days: 180", "half_life_days: soon"), ("stages:", "stages: [", )],
    ids=["absurd", "no number", "no yaml"],
)  # fmt: skip
def test_file_that_cant_be_meant_is_refused_with_one_sentence_and_changes_nothing(stages: Any, file: Path, old: str, new: str) -> None:
    refused = stages("propose", str(changed(file, old, new)), "--why", "oops", ends=2)

    assert refused["error"].endswith(".")
    assert stages("history") == {"in_force": 0, "versions": []}
