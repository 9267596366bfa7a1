"""How stated confidence is held against what was right."""

from __future__ import annotations

import xml.etree.ElementTree as Xml

import pytest

from evals.asked.calibration import Trial, area_under_curve, calibration_error, diagram, resampled


def trials(*held: tuple[float, bool]) -> list[Trial]:
    return [Trial(stated, right, str(place)) for place, (stated, right) in enumerate(held)]


def test_confidence_that_is_right_as_often_as_it_says_has_no_error() -> None:
    assert calibration_error(trials(*[(0.75, True)] * 3, (0.75, False))) == 0


def test_confidence_that_is_always_wrong_has_the_error_that_it_states() -> None:
    assert calibration_error(trials((0.9, False), (0.9, False))) == pytest.approx(0.9)


def test_area_is_the_share_of_pairs_in_the_right_order() -> None:
    assert area_under_curve(trials((0.9, True), (0.1, False))) == 1
    assert area_under_curve(trials((0.1, True), (0.9, False))) == 0
    assert area_under_curve(trials((0.8, True), (0.6, False), (0.4, True), (0.2, False))) == 0.75
    assert area_under_curve(trials((0.5, True), (0.5, False))) == 0.5
    assert area_under_curve(trials((0.5, True))) == 0.5


def test_interval_is_wider_where_trials_hang_together() -> None:
    apart = [Trial(0.8, place % 2 == 0, str(place)) for place in range(40)]
    together = [Trial(0.8, place < 20, str(place // 10)) for place in range(40)]

    one, other = resampled(apart, calibration_error), resampled(together, calibration_error)

    assert one.metric == other.metric
    assert other.interval[1] - other.interval[0] > one.interval[1] - one.interval[0]


def test_interval_is_the_same_at_each_run() -> None:
    held = trials((0.9, True), (0.4, False), (0.7, True), (0.6, False))

    assert resampled(held, area_under_curve) == resampled(held, area_under_curve)


def test_diagram_has_a_dot_for_each_bin_that_holds_something() -> None:
    drawn = Xml.fromstring(diagram(trials((0.05, False), (0.95, True), (0.96, True))))

    assert len(drawn.findall("{http://www.w3.org/2000/svg}circle")) == 2
