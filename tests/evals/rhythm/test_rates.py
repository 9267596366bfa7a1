"""The stated rate of false alarms holds, also for uneven counts and with holidays, and changes are noticed nearly as early as they can be."""

from __future__ import annotations

import numpy as np
import pytest

from evals.rhythm import measuring
from evals.rhythm.calibrating import draw
from tools.journey.rhythm.thresholds import STATED_RATE


def test_false_alarms_are_not_more_than_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "WATCHED", 450)

    figure = measuring.false_alarms(seed=5)["rhythm_false_alarms_per_year"]

    assert figure.interval[0] <= figure.metric <= figure.interval[1] <= STATED_RATE
    assert figure.metric > STATED_RATE / 4, "a test that hardly ever alarms would be late"


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_change_at_three_a_week_is_noticed_within_half_as_long_again_as_by_who_knows_the_rates(factor: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "CASES", ((3.0, factor),))
    monkeypatch.setattr(measuring, "DELAYED", 500)

    figures = measuring.delays(seed=6)

    assert figures["rhythm_delay_over_oracle"].metric <= 1.5


def test_worst_of_the_cases_is_the_figure_of_the_area(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "CASES", ((8.0, 0.5), (8.0, 2.0)))
    monkeypatch.setattr(measuring, "DELAYED", 120)

    figures = measuring.delays(seed=7)

    ratios = [figure.metric for name, figure in figures.items() if "_from_" in name and not name.endswith("_weeks")]
    assert len(ratios) == 2
    assert figures["rhythm_delay_over_oracle"].metric == max(ratios)


def test_drawn_counts_have_the_dispersion_that_was_asked_for() -> None:
    counts = draw(np.random.default_rng(1), np.full(200_000, 3.0), np.array(2.0))

    assert counts.mean() == pytest.approx(3.0, rel=0.02)
    assert counts.var() / counts.mean() == pytest.approx(2.0, rel=0.03)
