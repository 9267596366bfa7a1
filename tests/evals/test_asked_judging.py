"""When an answer counts as right: hand-made answers, right ones and wrong ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from agent.answer import Answer
from evals.asked.asserted import label, same
from evals.asked.expecting import Ambiguous, AnyOf, Compared, Each, Expected, Figure, Groups, Listed, Ranked, Unanswerable, YesNo
from evals.asked.judging import judge_answer
from tests.evals.answers import abstained, answer, asks_back, claim, grouped, listed
from tools.trace.cells import CellType

SOLD = {"West": 30, "East": 20, "Central": 10}


def outcome(expected: Expected, given: Answer, *chosen: Answer, question: str = "?") -> str:
    return judge_answer(question, expected, given, chosen).outcome


# -- values ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "kind", "expected", "holds"),
    [
        (0.639395, CellType.RATE, Decimal("0.63939512"), True),
        (0.6394, CellType.RATE, Decimal("0.639395"), True),
        (0.6395, CellType.RATE, Decimal("0.639395"), False),
        (2360.91, CellType.MONEY, Decimal("2360.90939"), True),
        (2361, CellType.MONEY, Decimal("2360.90939"), False),
        (1_000_001, CellType.COUNT, 1_000_000, False),
        ("2017-12-31", CellType.DATE, date(2017, 12, 31), True),
        ("2017-12-30", CellType.DATE, date(2017, 12, 31), False),
        ("united  states ", CellType.TEXT, "United States", True),
        (None, CellType.MONEY, 0, False),
    ],
)
def test_values_are_the_same_to_their_rounding(found: str | float, kind: CellType, expected: Decimal | date | str, holds: bool) -> None:
    assert same(found, kind, expected) is holds


@pytest.mark.parametrize(
    ("displayed", "iso"),
    [
        ("Q3 2017", "2017-q3"),
        ("2017年第三季度", "2017-q3"),
        ("2017-Q3", "2017-q3"),
        ("Mar 2017", "2017-03"),
        ("2017年3月", "2017-03"),
        ("5 Mar 2017", "2017-03-05"),
        ("2017年3月5日", "2017-03-05"),
        ("2017年", "2017"),
        ("May Street", "maystreet"),
    ],
)
def test_periods_are_the_same_however_they_are_displayed(displayed: str, iso: str) -> None:
    assert label(displayed) == iso


# -- one figure -----------------------------------------------------------------------------------------------------


def test_figure_asserted_first_is_right() -> None:
    assert outcome(Figure(4238), answer(claim(4238), claim(6711))) == "right"


def test_figure_asserted_second_is_wrong() -> None:
    assert outcome(Figure(4238), answer(claim(6711), claim(4238))) == "wrong"


def test_figure_after_the_name_that_the_question_holds_is_right() -> None:
    given = answer(claim("Cancity", CellType.NAME, "q1.r1.name"), claim(38))

    assert outcome(Figure(38), given, question="how many deals did cancity lose") == "right"
    assert outcome(Figure(38), given, question="how many deals were lost") == "wrong"


def test_figure_in_another_currency_is_wrong() -> None:
    assert outcome(Figure(10, unit="USD"), answer(claim(10, CellType.MONEY, unit="EUR"))) == "wrong"
    assert outcome(Figure(10, unit="USD"), answer(claim(10, CellType.MONEY, unit="USD"))) == "right"


def test_figure_where_nothing_is_recorded_is_right_without_a_value() -> None:
    assert outcome(Figure(None), answer(text="No amount is recorded.")) == "right"
    assert outcome(Figure(None), answer(claim(0))) == "wrong"


def test_text_asked_for_is_right_whatever_its_case() -> None:
    assert outcome(Figure("Retail"), answer(claim("retail", CellType.TEXT, "q1.r1.sector"))) == "right"


# -- groups ---------------------------------------------------------------------------------------------------------


def test_best_group_with_its_value_is_right() -> None:
    assert outcome(Ranked(SOLD), grouped(SOLD)) == "right"


def test_another_group_than_the_best_is_wrong() -> None:
    assert outcome(Ranked(SOLD, lowest=True), grouped(SOLD)) == "wrong"


def test_best_group_with_another_value_is_wrong() -> None:
    assert outcome(Ranked({**SOLD, "West": 31}), grouped(SOLD)) == "wrong"


def test_best_group_beside_a_group_with_a_wrong_value_is_wrong() -> None:
    assert outcome(Ranked({**SOLD, "Central": 11}), grouped(SOLD)) == "wrong"


def test_any_of_equal_groups_may_come_first() -> None:
    tied = {"East": 30, "West": 30, "Central": 10}

    assert outcome(Ranked(tied), grouped({"West": 30, "East": 30})) == "right"


def test_second_place_wants_the_second_group_first() -> None:
    second = grouped({"East": 20})

    assert outcome(Ranked(SOLD, place=2), second) == "right"
    assert outcome(Ranked(SOLD, place=2), grouped(SOLD)) == "wrong"


def test_top_two_wants_two_rows() -> None:
    assert outcome(Ranked(SOLD, top=2), grouped({"West": 30, "East": 20}, total=3)) == "right"
    assert outcome(Ranked(SOLD, top=2), grouped(SOLD)) == "wrong"
    assert outcome(Ranked(SOLD, top=2), grouped({"West": 30, "Central": 10}, total=3)) == "wrong"


def test_groups_are_right_in_any_order() -> None:
    assert outcome(Groups(SOLD), grouped({"Central": 10, "West": 30, "East": 20})) == "right"


def test_groups_by_month_are_right_as_displayed() -> None:
    assert outcome(Groups({"2017-03": 5, "2017-04": 6}), grouped({"2017年3月": 5, "2017年4月": 6})) == "right"


def test_missing_group_is_wrong_unless_it_holds_nothing() -> None:
    assert outcome(Groups({**SOLD, "North": 4}), grouped(SOLD)) == "wrong"
    assert outcome(Groups({**SOLD, "North": 0}), grouped(SOLD)) == "right"


def test_group_that_was_not_asked_for_is_wrong_unless_it_has_no_label() -> None:
    assert outcome(Groups(SOLD), grouped({**SOLD, "North": 4})) == "wrong"
    assert outcome(Groups(SOLD), grouped({**SOLD, "no region": 4})) == "right"


def test_groups_by_two_labels_are_right_in_either_order() -> None:
    given = grouped({"West": 30})
    both = given.tables[0].model_copy(
        update={
            "rows": (("Ann", "West", 30),),
            "types": (CellType.NAME, CellType.NAME, CellType.COUNT),
            "cells": (("q1.r1.owner", "q1.r1.region", "q1.r1.m0"),),
        }
    )

    assert outcome(Groups({("West", "Ann"): 30}), given.model_copy(update={"tables": (both,)})) == "right"
    assert outcome(Groups({("West", "Ann"): 31}), given.model_copy(update={"tables": (both,)})) == "wrong"


def test_compared_periods_are_right_by_value() -> None:
    given = answer(claim(9, cell="q1.r1.m0"), claim(7, cell="q1.r1.m0_before"), text="There were 9 in Q3 2017, 2 more than the 7 in Q2 2017.")

    assert outcome(Compared({"2017-Q2": 7, "2017-Q3": 9}), given) == "right"
    assert outcome(Compared({"2017-Q2": 7, "2017-Q3": 10}), given) == "wrong"


def test_compared_periods_with_their_values_exchanged_are_wrong() -> None:
    given = answer(claim(9, cell="q1.r1.m0"), claim(7, cell="q1.r1.m0_before"), text="There were 9 in Q3 2017, 2 more than the 7 in Q2 2017.")

    assert outcome(Compared({"2017-Q2": 9, "2017-Q3": 7}), given) == "wrong"


# -- records --------------------------------------------------------------------------------------------------------


def test_list_with_its_count_and_its_records_is_right() -> None:
    assert outcome(Listed(frozenset({"Acme", "Zoom"})), listed(["Acme", "Zoom"], 2)) == "right"


def test_list_with_another_count_is_wrong() -> None:
    assert outcome(Listed(frozenset({"Acme", "Zoom"})), listed(["Acme", "Zoom"], 3)) == "wrong"


def test_list_with_a_record_that_does_not_belong_is_wrong() -> None:
    assert outcome(Listed(frozenset({"Acme", "Zoom"})), listed(["Acme", "Xerxes"], 2)) == "wrong"


def test_list_in_order_wants_its_first_record_first() -> None:
    expected = Listed(frozenset({"Acme", "Zoom"}), first="Zoom")

    assert outcome(expected, listed(["Zoom", "Acme"], 2)) == "right"
    assert outcome(expected, listed(["Acme", "Zoom"], 2)) == "wrong"


def test_list_may_be_cut_but_not_below_what_was_asked_for() -> None:
    names = frozenset({"Acme", "Zoom", "Yard"})

    assert outcome(Listed(names), listed(["Acme"], 3)) == "right"
    assert outcome(Listed(names, shown=2), listed(["Acme"], 3)) == "wrong"


def test_yes_and_no_are_right_as_counts_and_as_words() -> None:
    assert outcome(YesNo(True), answer(claim(38))) == "right"
    assert outcome(YesNo(False), answer(claim(38))) == "wrong"
    assert outcome(YesNo(False), answer(claim(0))) == "right"
    assert outcome(YesNo(False), answer(text="There are no deals.")) == "right"
    assert outcome(YesNo(False), answer(text="没有。", language="zh")) == "right"
    assert outcome(YesNo(True, count=37), answer(claim(38))) == "wrong"


# -- several expectations, and none ---------------------------------------------------------------------------------


def test_one_of_several_honest_readings_is_right() -> None:
    assert outcome(AnyOf((Figure(1), Figure(2))), answer(claim(2))) == "right"
    assert outcome(AnyOf((Figure(1), Figure(2))), answer(claim(3))) == "wrong"


def test_several_questions_in_one_want_every_part() -> None:
    both = Each((Figure(1), Figure(2)))

    assert outcome(both, answer(claim(1), claim(2, cell="q2.r1.m0"))) == "right"
    assert outcome(both, answer(claim(1))) == "wrong"


def test_question_without_an_answer_is_right_when_refused() -> None:
    assert outcome(Unanswerable("weather"), abstained()) == "right"
    assert outcome(Unanswerable("weather"), answer(claim(1))) == "wrong"
    assert outcome(Unanswerable("weather"), asks_back("a", "b")) == "asked_back"


def test_question_with_an_answer_is_not_wrong_when_refused_or_asked_back() -> None:
    assert outcome(Figure(1), abstained()) == "abstained"
    assert outcome(Figure(1), asks_back("a", "b"), answer(claim(1)), answer(claim(2))) == "asked_back"


def test_asking_back_is_right_when_the_choices_lead_to_every_reading() -> None:
    expected = Ambiguous((Figure(1), Figure(2)))

    assert outcome(expected, asks_back("a", "b"), answer(claim(2)), answer(claim(1))) == "right"
    assert outcome(expected, asks_back("a", "b"), answer(claim(2)), answer(claim(3))) == "wrong"


def test_answering_one_of_two_readings_is_no_mistake_when_it_is_said() -> None:
    expected = Ambiguous((Figure(1), Figure(2)))

    assert outcome(expected, answer(claim(1), text="1 deal.\n\nCounted by close date.")) == "stated"
    assert outcome(expected, answer(claim(1), text="1 deal.")) == "wrong"
    assert outcome(expected, answer(claim(5), text="5 deals.\n\nCounted by close date.")) == "wrong"


def test_answering_every_reading_at_once_is_no_mistake() -> None:
    given = answer(claim("CTO", CellType.TEXT, "q1.r1.title"), claim("CFO", CellType.TEXT, "q1.r2.title"))

    assert outcome(Ambiguous((Figure("CTO"), Figure("CFO"))), given) == "stated"
    assert outcome(Ambiguous((Figure("CTO"), Figure("CEO"))), given) == "wrong"
