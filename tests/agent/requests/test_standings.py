"""Where a customer stands is answered from the journey, with every weight proven, and only to whoever may see the customer."""

from __future__ import annotations

import pytest

from agent.answer import Answer
from agent.copilot import Copilot
from tests.agent.requests.conftest import TODAY
from tools.access.principal import CLEARANCE, Principal, Role
from tools.trace.recompute import recompute

OWNER = Principal.local_owner()


def proven(copilot: Copilot, answer: Answer) -> bool:
    trace = copilot.trace(answer.trace_id, OWNER)
    findings = recompute({cell.address: cell.opened() for cell in trace.cells}, {block.id: block.opened() for block in trace.blocks})
    return bool(findings) and all(finding.outcome == "ok" for finding in findings)


@pytest.mark.parametrize("question", ["Where does Harbour Foundry stand?", "Harbour Foundry 现在走到哪个阶段了，各阶段强度多少？"])
def test_standing_names_the_heaviest_stage_with_its_interval_and_is_proven(copilot: Copilot, question: str) -> None:
    answer = copilot.ask(question, OWNER)
    weight, low, high = (claim.value for claim in answer.claims[1:4]) if answer.claims[0].type == "name" else (claim.value for claim in answer.claims[:3])
    assert not answer.abstained
    assert answer.tables[0].rows
    assert isinstance(weight, float)
    assert 0 < weight < 1
    assert proven(copilot, answer)
    del low, high


def test_why_cites_the_records_that_move_the_stage(copilot: Copilot) -> None:
    answer = copilot.ask("Why is technical evaluation of Harbour Foundry that high?", OWNER)
    assert "echnical evaluation" in answer.answer
    assert any("interactions" in source.text for source in answer.sources)
    assert proven(copilot, answer)


def test_moves_tell_what_rose_since_a_day(copilot: Copilot) -> None:
    answer = copilot.ask("What moved in the stages of Harbour Foundry in the last 30 days?", OWNER)
    assert "ompetitive awareness" in answer.answer
    assert proven(copilot, answer)


def test_follow_up_is_about_the_customer_of_the_talk(copilot: Copilot) -> None:
    first = copilot.ask("Where does Harbour Foundry stand?", OWNER)
    again = copilot.ask("and what should I say to them next?", OWNER, first.thread_id)
    assert not again.abstained
    assert "Harbour Foundry" in again.answer


@pytest.mark.parametrize(("question", "why"), [("Where does Harbour Foundry stand?", "why?"), ("Harbour Foundry 现在处于什么阶段？", "为什么？")])
def test_bare_why_behind_a_standing_tells_what_moved_the_stage(copilot: Copilot, question: str, why: str) -> None:
    first = copilot.ask(question, OWNER)
    again = copilot.ask(why, OWNER, first.thread_id)
    assert any("interactions" in source.text for source in again.sources)
    assert first.claims[1].text in {claim.text for claim in again.claims}  # the same weight, now with what it is made of
    assert proven(copilot, again)


def test_bare_why_behind_records_tells_how_their_figure_came_about(copilot: Copilot) -> None:
    first = copilot.ask("How many interactions with Harbour Foundry are there?", OWNER)
    again = copilot.ask("why?", OWNER, first.thread_id)
    assert [claim.value for claim in again.claims][:1] == [8]


def test_customer_out_of_reach_is_not_told_of(copilot: Copilot) -> None:
    other = Principal(role=Role.REP, member_id=2, name="Bo Lin", clearance=CLEARANCE[Role.REP])
    answer = copilot.ask("Where does Harbour Foundry stand?", other)
    assert not answer.claims
    assert not answer.tables


def test_question_about_records_stays_one(copilot: Copilot) -> None:
    answer = copilot.ask("How many interactions with Harbour Foundry are there?", OWNER)
    assert [claim.value for claim in answer.claims][:1] == [8]
    assert TODAY.isoformat() not in answer.answer


@pytest.mark.parametrize("question", ["What if the POC at Harbour Foundry slips two weeks?", "如果 Harbour Foundry 的 POC 推迟两周会怎样？"])
def test_what_if_compares_with_the_event_in_time_is_proven_and_stores_nothing(copilot: Copilot, question: str) -> None:
    before = copilot.ask("Where does Harbour Foundry stand?", OWNER)
    answer = copilot.ask(question, OWNER)
    after = copilot.ask("Where does Harbour Foundry stand?", OWNER)
    assert not answer.abstained
    assert answer.charts
    assert {"2026年3月15日", "15 Mar 2026"} & {word for word in ("2026年3月15日", "15 Mar 2026") if word in answer.answer}
    assert proven(copilot, answer)
    assert before.tables == after.tables


def test_what_if_without_what_never_was_is_said(copilot: Copilot) -> None:
    answer = copilot.ask("Pretend the complaint at Harbour Foundry hadn't been raised, where would they stand?", OWNER)
    assert answer.abstained or not answer.claims
    assert "omplaint" in answer.answer


def test_standing_and_moves_are_drawn(copilot: Copilot) -> None:
    standing = copilot.ask("Where does Harbour Foundry stand?", OWNER)
    moves = copilot.ask("What moved in the stages of Harbour Foundry in the last 30 days?", OWNER)
    assert [chart.kind for chart in standing.charts] == ["intervals"]
    assert [chart.kind for chart in moves.charts] == ["moves"]
    assert all(chart.alt for chart in (*standing.charts, *moves.charts))


@pytest.mark.parametrize("question", ["北方精密现在走到哪个阶段了，各阶段强度多少？", "Where does Ironside Foundry stand?"])
def test_customer_that_nobody_has_is_not_taken_for_one_whose_name_ends_alike(copilot: Copilot, question: str) -> None:
    answer = copilot.ask(question, OWNER)
    assert answer.abstained
    assert "华辰" not in answer.answer
    assert "Harbour" not in answer.answer


def test_suspended_member_is_told_so_and_shown_nothing(copilot: Copilot) -> None:
    suspended = Principal(role=Role.REP, member_id=1, name="Ann Wu", suspended=True, clearance=CLEARANCE[Role.REP])
    for question in ("Where does Harbour Foundry stand?", "How many interactions are there?", "why was I refused?"):
        answer = copilot.ask(question, suspended)
        assert answer.answer == "Who is suspended uses no tool. Have a director lift the suspension."
        assert answer.claims == ()
