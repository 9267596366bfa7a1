"""The confidence: what it learns from questions that were right and wrong, where it stops answering, and that it comes out the same again."""

from __future__ import annotations

from itertools import product

import pytest

from agent.parsing.ranking.certainty import Certainty, trained_certainty
from evals.asked.sets import CALIBRATING, FRESH, load_set
from evals.ranking.collecting import DEVELOPED_ON, Outcome, outcomes_of
from evals.ranking.trusting import Care, Point, calibrated, curve, curve_without, fit, judged_fit, least_confidence, least_without

FAMILIAR = Care(familiar=("known",))
REDUCED = 40
GUESSED = {"constant": 1.0, "guessed": 1.0}


def outcomes() -> list[Outcome]:
    """Four exports; plain questions are mostly right, guessed ones mostly wrong, and of a known export nearly all are right."""
    found = []
    for data, guessed, place in product(("known", "one", "other", "third"), (0.0, 1.0), range(40)):
        wrong = 2 if data == "known" else 24 if guessed else 6
        figures = {"constant": 1.0, "guessed": guessed, "noise": float(place % 3)}
        found.append(Outcome(questions=f"{data}_own", cluster=f"{data}{place}", figures=figures, right=place >= wrong, answers=True))
    return found


def asked(*, right: bool, leaves: bool = False) -> Outcome:
    """A question that is answered outright, or one that is refused for a single word."""
    return Outcome(questions="kept_own", cluster="", figures={}, right=right, answers=not leaves, leaves_one_out=leaves)


def test_what_goes_with_wrong_answers_lowers_the_chance() -> None:
    weights = fit(outcomes(), FAMILIAR)

    assert weights["guessed"] < -0.5
    assert abs(weights.get("noise", 0.0)) < abs(weights["guessed"])


def test_no_doubt_makes_a_plan_more_trusted_but_what_it_asks_for_may() -> None:
    held = [
        each.model_copy(update={"figures": {**each.figures, **({"lucky": 1.0, "asks for share": 1.0} if each.right and place % 2 else {})}})
        for place, each in enumerate(outcomes())
    ]
    weights = fit(held, FAMILIAR)

    assert "lucky" not in weights
    assert weights["asks for share"] > 0
    assert max(value for name, value in weights.items() if name not in {"constant", "asks for share"}) <= 0


def test_exports_it_was_tuned_on_do_not_make_it_surer_of_others() -> None:
    held = outcomes()
    plain, mixed = fit([each for each in held if each.data != "known"], FAMILIAR), fit(held, FAMILIAR)
    taken_at_face_value = fit(held, Care(familiar=(), share=1.0))

    def chance(weights: dict[str, float]) -> float:
        return Certainty(version=1, settings="", weights=weights, answer_from=0.0).chance({"constant": 1.0})

    assert chance(mixed) == pytest.approx(chance(plain), abs=0.06)
    assert chance(taken_at_face_value) > chance(mixed) + 0.02


def test_chances_come_true_on_exports_that_were_left_out_and_tell_right_from_wrong() -> None:
    held = [each for each in outcomes() if each.data != "known"]
    found = judged_fit(held, [], FAMILIAR)

    assert found.whole.error < 0.08
    assert found.whole.ranking > found.constant.ranking == 0.5


@pytest.mark.parametrize(("dearest", "least"), [(0.5, 0.0), (2.0, 0.4), (20.0, 0.8)])
def test_the_dearer_a_wrong_answer_the_more_right_ones_are_given_up_for_it(dearest: float, least: float) -> None:
    points = [
        Point(least=0.0, answered=100, wrong=20, lost=0),
        Point(least=0.4, answered=85, wrong=10, lost=6),
        Point(least=0.8, answered=40, wrong=2, lost=42),
    ]

    assert least_confidence(points, Care(dearest=dearest)) == least


def test_of_bounds_that_bring_the_same_the_highest_is_taken() -> None:
    points = [Point(least=least, answered=answered, wrong=4, lost=60 - answered) for least, answered in ((0.0, 60), (0.2, 60), (0.4, 60), (0.6, 30))]

    assert least_confidence(points, Care()) == 0.4


def test_curve_counts_what_a_least_confidence_brings_and_costs_apart_for_readings_that_leave_a_word_out() -> None:
    held = [(0.2, asked(right=True)), (0.4, asked(right=False)), (0.6, asked(right=True)), (0.6, asked(right=True, leaves=True)), (0.9, asked(right=True))]

    at_half = {point.least: point for point in curve(held)}[0.5]
    without = {point.least: point for point in curve_without(held)}[0.5]

    assert (at_half.answered, at_half.wrong, at_half.lost) == (2, 0, 1)
    assert (without.answered, without.wrong, without.lost) == (1, 0, 0)


@pytest.mark.parametrize(("dearest", "least"), [(1.0, 0.4), (4.0, 0.8), (40.0, 2.0)])
def test_a_word_is_left_out_from_where_right_answers_outweigh_wrong_ones_most_and_never_where_they_do_not(dearest: float, least: float) -> None:
    points = [
        Point(least=0.0, answered=60, wrong=30, lost=0),
        Point(least=0.4, answered=40, wrong=10, lost=0),
        Point(least=0.8, answered=12, wrong=1, lost=18),
    ]

    assert least_without(points, Care(dearest=dearest)) == least


def test_rare_figures_are_left_out() -> None:
    held = [*outcomes(), Outcome(questions="one_own", cluster="x", figures={"constant": 1.0, "once": 1.0}, right=False, answers=True)]

    assert "once" not in fit(held, FAMILIAR)


def test_confidence_is_developed_on_no_set_that_measures_it() -> None:
    assert not [name for name in DEVELOPED_ON if "fresh" in name or "aside" in name or name in CALIBRATING]


def test_sets_kept_for_calibration_measure_nothing() -> None:
    kept = [load_set(name) for name in CALIBRATING]

    assert all(found is not None and found.written_by == "fresh" for found in kept)
    assert not [name for name in CALIBRATING if name in FRESH or name == "aside"]


@pytest.mark.parametrize("right", [True, False])
def test_bound_comes_from_all_exports_each_by_a_confidence_fitted_without_it(right: bool) -> None:
    known = [each.model_copy(update={"leaves_one_out": not each.answers}) for each in outcomes()]
    kept = [Outcome(questions="kept_own", cluster=str(at), figures=GUESSED, right=right, answers=at % 2 == 0, leaves_one_out=at % 2 == 1) for at in range(400)]
    found = calibrated(known, kept, FAMILIAR)

    assert (found.chance(GUESSED) >= found.answer_from, found.chance(GUESSED) >= found.answer_without_from) == (right, right)
    assert found.weights == fit(known, FAMILIAR)


def test_shipped_confidence_comes_from_the_settings_of_the_code() -> None:
    assert trained_certainty().settings == Care().digest


@pytest.mark.slow
@pytest.mark.xdist_group("training")
def test_calibrating_again_on_the_same_questions_gives_the_same_weights() -> None:
    care = Care(seldom=5)
    first, again = (calibrated(outcomes_of("pumps_own", REDUCED), outcomes_of("med_own", REDUCED), care) for _ in range(2))

    assert first.weights == pytest.approx(again.weights, abs=1e-6)
    assert first.answer_from == again.answer_from
    assert len(first.weights) > 10
