"""Which claims of an answer hold against the independent values, and which nothing is known about."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.checking import Checked, check_claims
from evals.asked.expecting import Compared, Figure, Groups, Listed, Unanswerable
from tests.evals.answers import answer, claim, grouped, listed
from tools.trace.cells import CellType

SOLD = {"West": 30, "East": 20, "Central": 10}


def test_labels_and_their_values_are_checked() -> None:
    assert check_claims("?", Groups(SOLD), grouped(SOLD)) == Checked(held=4)


def test_value_of_another_label_fails() -> None:
    assert check_claims("?", Groups({**SOLD, "East": 21}), grouped(SOLD)) == Checked(held=3, failed=1)


def test_difference_and_growth_follow_from_the_two_values() -> None:
    given = answer(
        claim(9),
        claim(2, cell="q1.r1.m0_delta"),
        claim(0.285714, CellType.RATE, "q1.r1.m0_growth"),
        claim(7, cell="q1.r1.m0_before"),
    )

    assert check_claims("?", Compared({"2017-Q2": 7, "2017-Q3": 9}), given) == Checked(held=4)
    assert check_claims("?", Compared({"2017-Q2": 8, "2017-Q3": 9}), given) == Checked(held=1, failed=3)


def test_share_follows_from_the_whole() -> None:
    given = answer(claim("West", CellType.NAME, "q1.r1.region"), claim(30), claim(0.5, CellType.RATE, "q1.r1.m0_share"))

    assert check_claims("?", Groups(SOLD), given) == Checked(held=3)


def test_bounds_of_an_interval_are_not_known() -> None:
    given = answer(claim(0.6, CellType.RATE), claim(0.5, CellType.RATE, "q1.r1.m0_low"), claim(0.7, CellType.RATE, "q1.r1.m0_high"))

    assert check_claims("?", Figure(Decimal("0.6")), given) == Checked(held=1, unchecked=2)


def test_value_that_the_truth_mentions_holds() -> None:
    assert check_claims("?", Figure(10, also={"n": 4}), answer(claim(10), claim(4, cell="q1.r1.m0_n"))) == Checked(held=2)


def test_listed_name_that_does_not_belong_fails() -> None:
    given = listed(["Acme", "Xerxes"], 2)
    given = given.model_copy(update={"claims": (*given.claims, claim("Xerxes", CellType.NAME, "q1.r2.name"))})

    assert check_claims("?", Listed(frozenset({"Acme", "Zoom"})), given) == Checked(held=1, failed=1)


def test_claims_to_a_question_without_an_answer_are_not_known() -> None:
    assert check_claims("?", Unanswerable("weather"), answer(claim(1))) == Checked(unchecked=1)
