"""Training the ranker: the same every time, and better than the hand-set score on stores not seen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agent.parsing.ranking.model import Weights, trained_ranker
from evals.ranking.__main__ import examples_of, learned
from evals.ranking.calibration import decide, measure
from evals.ranking.experiments import held_out
from evals.ranking.training import Example, Settings, first, train

REDUCED = Settings(questions=60, stores=("instruments", "医疗", "logistics"))


def assert_close(one: Weights, other: Weights) -> None:
    assert one.ranking == pytest.approx(other.ranking, abs=1e-6)
    assert one.decisions == other.decisions
    assert one.settings == other.settings


@pytest.fixture(scope="module")
def reduced() -> list[Example]:
    return examples_of(REDUCED)


@pytest.fixture(scope="module")
def full() -> list[Example]:
    return examples_of(Settings())


@pytest.fixture(scope="module")
def unseen(full: list[Example]) -> dict[str, dict[str, float]]:
    return held_out(full, Settings())


def right(examples: Sequence[Example], weights: dict[str, dict[str, float]] | None) -> int:
    return sum(first(each, None if weights is None else weights[each.store]) for each in examples)


def test_questions_come_in_both_languages_and_most_have_a_right_reading(reduced: list[Example]) -> None:
    assert {each.question.language for each in reduced} == {"en", "zh"}
    assert sum(any(each.question.right) for each in reduced) > 0.7 * len(reduced)


def test_training_again_on_the_same_questions_gives_the_same_weights(reduced: list[Example]) -> None:
    assert_close(learned(reduced, REDUCED), learned(examples_of(REDUCED), REDUCED))


def test_other_settings_have_another_digest() -> None:
    assert REDUCED.digest != REDUCED.model_copy(update={"seed": REDUCED.seed + 1}).digest


def test_strong_prior_keeps_the_order_of_the_hand_set_score(reduced: list[Example]) -> None:
    weights = train(reduced, REDUCED.model_copy(update={"strength": 1e9}))
    assert right(reduced, dict.fromkeys(REDUCED.stores, weights)) == pytest.approx(right(reduced, None), abs=1)  # equal scores may change places


def test_wrong_answers_that_cost_more_make_it_ask_back_more_often() -> None:
    assert decide(Settings(wrong=0.5)).ask_within < decide(Settings(wrong=3.0)).ask_within


def test_chances_that_come_true_have_no_error_and_chances_that_never_do_have_all() -> None:
    assert measure([(1.0, True), (0.0, False)]).error == pytest.approx(0.0)
    assert measure([(1.0, False), (1.0, False)]).error == pytest.approx(1.0)
    assert measure([(0.9, True), (0.2, False), (0.4, True)]).ranking == pytest.approx(1.0)


@pytest.mark.slow
@pytest.mark.xdist_group("training")
def test_full_training_gives_the_versioned_weights(full: list[Example]) -> None:
    assert_close(learned(full, Settings()), trained_ranker().weights)


@pytest.mark.slow
@pytest.mark.xdist_group("training")
def test_stores_not_seen_are_read_better_than_by_the_hand_set_score(full: list[Example], unseen: dict[str, dict[str, float]]) -> None:
    assert right(full, unseen) > right(full, None)
