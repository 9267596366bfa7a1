"""Answers in two steps name the groups that were chosen, with the values that decided; overviews say most first."""

from __future__ import annotations

from datetime import date

import pytest

from tests.agent.composing.company import answer, draft_of, store, text
from tools.crm.query import Against, Among, Assumption, Dimension, MeasureRef, Order, Plan, Query, Window
from tools.trace.cells import CellType

WON = MeasureRef(measure="won_count")
FIRST = Query(entity="opportunity", measures=(WON,), dimensions=(Dimension(path="owner"),), order=(Order(measure=0),), limit=2)


def plan(query: Query, **more: object) -> Plan:
    return Plan(queries=(query,), **more)  # type: ignore[arg-type]


def rate_of(inner: Query) -> Plan:
    return plan(Query(entity="opportunity", measures=(MeasureRef(measure="win_rate"),), where=Among(path="owner", query=inner)))


def test_answer_comes_first_and_the_chosen_groups_after_it() -> None:
    said = text(rate_of(FIRST), "en")

    first, second = said.split(". ", 1)
    assert first.startswith("The win rate of the 2 sales reps with the most won deals is ")
    assert second.startswith("The 2 sales reps with the most won deals are ")
    assert text(rate_of(FIRST), "zh").startswith("赢单数最多的 2 名销售的赢单率为")


def test_claims_hold_the_answer_then_each_group_with_its_value() -> None:
    cells = [claim.cell for claim in answer(rate_of(FIRST), "en").claims]

    assert cells[0] == "q1.r1.m0"
    assert [cell for cell in cells if cell.startswith("q1s1")] == ["q1s1.r1.owner", "q1s1.r1.m0", "q1s1.r2.owner", "q1s1.r2.m0"]


def test_places_and_the_whole_of_the_counted_rows_go_into_the_proof() -> None:
    cells = draft_of(rate_of(FIRST), "en").cells

    assert [cells[f"q1s1.r{place}.m0_rank"].value for place in (1, 2)] == ["1", "2"]
    assert cells["q1.outside.1"].value == "0"
    assert {"q1.within.rows", "q1.within.o0_1", "q1.within.o0_2"} <= cells.keys()


def test_groups_that_share_the_last_place_are_said_to() -> None:
    tied = Query(entity="account", select=("name", "sector"), order=(Order(path="sector"),), limit=1)

    said = text(plan(Query(entity="opportunity", measures=(WON,), where=Among(path="account", query=tied))), "en")

    assert "share the place of the account with the highest sector, and all of them count." in said


def test_group_named_in_the_answer_is_not_asserted_again() -> None:
    grouped = Query(
        entity="opportunity",
        measures=(MeasureRef(measure="win_rate"),),
        dimensions=(Dimension(path="owner"),),
        order=(Order(measure=0),),
        where=Among(path="owner", query=FIRST),
    )

    cells = [claim.cell for claim in answer(plan(grouped, focus="breakdown"), "en").claims]

    assert not {"q1s1.r1.owner", "q1s1.r2.owner"} & set(cells)


def test_comparison_with_the_average_gives_the_average() -> None:
    mean = Query(entity="account", measures=(MeasureRef(fold="avg", path="employees"),))
    counted = plan(Query(entity="account", measures=(MeasureRef(measure="account_count"),), where=Against(path="employees", query=mean)))

    assert text(counted, "en") == "There are 3 accounts with employees above the average number of employees. The average number of employees is 5,262.3."
    assert "平均" in text(counted, "zh")


def test_several_questions_are_answered_in_order_and_the_unanswered_named() -> None:
    both = Plan(
        queries=(Query(entity="opportunity", measures=(WON,)), Query(entity="account", measures=(MeasureRef(measure="account_count"),))),
        foci=("figure", "figure"),
        left_out=(Assumption(en="“moons” has no answer.", zh="“月亮”没有作答。"),),
    )

    said = text(both, "en")

    assert said.index("won") < said.index("accounts")
    assert draft_of(both, "en").notes == ["“moons” has no answer."]
    assert draft_of(both, "zh").notes == ["“月亮”没有作答。"]


def event(measure: str, path: str, start: date) -> Query:
    window = Window(start=start, path=path, words_en="since 1 Jan 2025", words_zh="2025年1月1日以来")
    worth = {"won_count": "won_value", "lost_count": "lost_value"}.get(measure)
    refs = (MeasureRef(measure=measure), *((MeasureRef(measure=worth),) if worth else ()))
    return Query(entity="opportunity", measures=refs, window=window)


def test_changes_say_the_biggest_first_and_what_did_not_happen_last() -> None:
    since = date(2025, 1, 1)
    changes = Plan(
        queries=(event("deal_count", "opened_on", since), event("lost_count", "close_on", since), event("won_count", "close_on", since)),
        focus="changes",
    )

    said = text(changes, "en").split(". ")

    assert "won since 1 Jan 2025, worth" in said[0]
    assert "lost, worth" in said[1]
    assert "opened" in said[2]
    nothing = Plan(queries=(event("won_count", "close_on", date(2030, 1, 1)),), focus="changes")
    assert text(nothing, "en").startswith("Nothing is recorded")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_holdings_cite_each_number_and_stand_in_a_table(language: str) -> None:
    held = Plan(
        queries=(
            Query(entity="interaction", measures=(MeasureRef(measure="interaction_count"), MeasureRef(fold="max", path="occurred_at"))),
            Query(entity="opportunity", measures=(MeasureRef(measure="deal_count"), MeasureRef(fold="max", path="opened_on"))),
        ),
        focus="holdings",
    )

    draft = draft_of(held, language, session=store())  # type: ignore[arg-type]
    claims = answer(held, language).claims  # type: ignore[arg-type]

    assert [claim.value for claim in claims if claim.type is CellType.COUNT] == [90, 24]
    (table,) = draft.tables
    assert [row[1] for row in table.rows] == [90, 24]


def test_askable_kinds_and_questions_are_named() -> None:
    askable = Plan(queries=(Query(entity="opportunity", measures=(MeasureRef(measure="deal_count"),)),), focus="askable")

    assert text(askable, "en") == "You can ask about 90 deals."
