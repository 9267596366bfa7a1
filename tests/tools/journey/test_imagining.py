"""What a person imagines is read as evidence that comes, stays out or had not been, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from tools.journey.imagining import Scenario, read_scenario
from tools.journey.reading_weights import shipped_weights
from tools.journey.recognising import Recogniser

TODAY = date(2026, 11, 20)
RECOGNISER = Recogniser(shipped_weights())


def read(text: str) -> Scenario | None:
    return read_scenario(text, RECOGNISER, TODAY)


@pytest.mark.parametrize(
    ("text", "evidence", "until"),
    [
        ("what if the POC slips two weeks?", "trial_verified", date(2026, 12, 4)),
        ("如果POC推迟两周会怎样", "trial_verified", date(2026, 12, 4)),
        ("what if the pilot is delayed by a month", "trial_verified", date(2026, 12, 20)),
        ("试点要是往后拖半个月呢", "trial_verified", date(2026, 12, 5)),
        ("if nothing happens for the next six weeks, what then", None, date(2027, 1, 1)),
        ("三周没有任何动静会怎样", None, date(2026, 12, 11)),
        ("what if we just sit tight", None, date(2026, 12, 20)),
    ],
)
def test_delay_is_read_with_its_length(text: str, evidence: str | None, until: date) -> None:
    scenario = read(text)
    assert scenario is not None
    assert (scenario.how, scenario.evidence, scenario.until) == ("stays_out", evidence, until)


@pytest.mark.parametrize(
    ("text", "evidence"), [("say we get a visit in next week", "face_to_face"), ("如果他们明天来投诉", "complaint"), ("如果安排一次当面拜访", "face_to_face")]
)
def test_what_is_to_come_is_read(text: str, evidence: str) -> None:
    scenario = read(text)
    assert scenario is not None
    assert (scenario.how, scenario.evidence) == ("comes", evidence)


@pytest.mark.parametrize("text", ["pretend the complaint hadn't been raised", "把那次投诉当没发生过", "假如没有那次投诉"])
def test_what_is_to_be_imagined_away_is_read(text: str) -> None:
    scenario = read(text)
    assert scenario is not None
    assert (scenario.how, scenario.evidence) == ("had_not_been", "complaint")


@pytest.mark.parametrize("text", ["what if the moon were blue", "如果天上下钱"])
def test_what_moves_no_stage_is_not_guessed(text: str) -> None:
    assert read(text) is None
