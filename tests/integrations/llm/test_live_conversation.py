"""One conversation, twice: through the embedded planner and through a live model behind a real server. The claims are the same."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from agent.answer import Answer
from agent.copilot import Copilot
from tests.integrations.llm.conftest import Live
from tests.integrations.llm.server import Payload, Reply, Says, call
from tools.access.principal import Principal
from tools.crm.service import resolve_member

OWNER = Principal.local_owner()
Step = tuple[str, bool, dict[str, Any] | None]
DEALS = {"entity": "opportunity"}
CONVERSATION: list[Step] = [
    ("How many deals were won?", False, DEALS | {"measures": ["won_count"]}),
    ("and in the South?", True, None),
    ("那 2024 年第二季度呢？", True, None),
    ("What is the win rate in Q2 2024?", False, DEALS | {"measures": ["win_rate"], "period": "p1"}),
    ("Top 3 sales reps by won value", False, DEALS | {"measures": ["won_value"], "group_by": ["owner"], "order_by": "won_value", "limit": 3}),
    ("哪个产品的赢单金额最高？", False, DEALS | {"measures": ["won_value"], "group_by": ["product"], "limit": 1}),
    ("各地区的赢单率", False, DEALS | {"measures": ["win_rate"], "group_by": ["owner.region"]}),
    ("华晨机械赢了多少单？", False, DEALS | {"measures": ["won_count"], "filters": [{"field": "account", "values": ["v1"]}]}),
    ("average deal amount for Pumpmaster", False, DEALS | {"measures": ["avg(amount)"], "filters": [{"field": "product", "values": ["Pumpmaster"]}]}),
    ("list accounts in Kenya", False, None),
    ("accounts without any deals", False, None),
    ("won deals by month in 2024", False, DEALS | {"measures": ["won_count"], "group_by": ["close_on:month"], "period": "p1"}),
    ("How does Q2 2024 compare to Q1 2024 in won value?", False, DEALS | {"measures": ["won_value"], "period": "p1", "compare_with": "p2"}),
    ("Which sales rep has the lowest win rate?", False, DEALS | {"measures": ["win_rate"], "group_by": ["owner"], "ascending": True, "limit": 1}),
]  # fmt: skip


def held(conversation: list[Step], copilot: Copilot) -> list[Answer]:
    answers: list[Answer] = []
    for question, follows, _ in conversation:
        answers.append(copilot.ask(question, OWNER, answers[-1].thread_id if follows else None))
    return answers


def asserted(answer: Answer) -> object:
    claims = [(claim.value, claim.type, claim.unit, claim.cell) for claim in answer.claims]
    return claims, [(table.columns, table.rows, table.cells) for table in answer.tables], answer.abstained


def plans(own: bool) -> Any:
    """Writes its own query where it has one (and is to), takes reading 1 elsewhere; rewords politely."""

    def script(asked: Payload) -> Reply:
        if not asked.get("tools"):
            return Says("\n".join(f"As it happens, {line[:1].lower()}{line[1:]}" for line in asked["messages"][-1]["content"].split("\n")))
        written = next((args for question, _, args in CONVERSATION if question == asked["messages"][1]["content"]), None)
        return call("query_records", **written) if own and written else call("choose_reading", number=1)

    return script


@pytest.mark.parametrize("own", [False, True], ids=["readings", "own_queries"])
def test_conversation_through_a_live_model_claims_what_the_embedded_planner_claims(own: bool, live: Live, embedded: Copilot) -> None:
    copilot, server = live(plans(own), timeout_s=20)

    meant, spoken = held(CONVERSATION, embedded), held(CONVERSATION, copilot)

    assert [answer.mode for answer in spoken] == ["live"] * len(CONVERSATION)
    assert [asserted(answer) for answer in spoken] == [asserted(answer) for answer in meant]
    assert not any(answer.abstained for answer in spoken)
    assert len(server.planning) == len(CONVERSATION)


def test_word_that_the_parser_does_not_know_is_read_by_the_model_and_the_answer_says_so(live: Live, embedded: Copilot) -> None:
    written = DEALS | {"measures": ["won_count"], "period": "p1",
               "unknown_words": [{"word": "logos", "means": "opportunity"}, {"word": "land", "means": "won_count"}]}  # fmt: skip
    copilot, _ = live(lambda asked: call("query_records", **written) if asked.get("tools") else Says(""))

    answer = copilot.ask("how many logos did we land in Q2 2024", OWNER)

    assert answer.mode == "live"
    assert answer.claims[-1].value == embedded.ask("How many deals were won in Q2 2024?", OWNER).claims[-1].value
    assert "“logos” was read as deal" in answer.answer
    assert embedded.ask("how many logos did we land in Q2 2024", OWNER).abstained


def test_name_written_in_another_form_is_repaired_by_what_the_question_was_linked_to(live: Live, embedded: Copilot) -> None:
    written = DEALS | {"measures": ["won_count"], "filters": [{"field": "account", "values": ["Norland Steel Inc"]}]}
    copilot, _ = live(lambda asked: call("query_records", **written) if asked.get("tools") else Says(""))
    question = "How many deals did we win with Norrland Steel?"

    answer = copilot.ask(question, OWNER)

    assert answer.mode == "live"
    assert asserted(answer) == asserted(embedded.ask(question, OWNER))


LIES = {
    "another_number": lambda line: re.sub(r"\{\{[^}]*\}\}", "4711", line),
    "number_beside_the_slot": lambda line: f"{line} That is 4711 more than before.",
    "number_in_words": lambda line: f"{line} Nearly four thousand seven hundred.",
    "negation": lambda line: f"It is not true that {line}",
    "praise": lambda line: f"{line} The highest ever!",
    "slot_that_does_not_exist": lambda line: line + " {{q9.r1.secret}}",
    "slot_twice": lambda line: f"{line} {line}",
    "other_name": lambda line: f"{line} Carla Mendes did best.",
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("question", ["How many deals were won in the South?", "Top 3 sales reps by won value"])
def test_rewording_that_says_more_or_other_than_the_draft_is_not_said(lie: str, question: str, live: Live, embedded: Copilot) -> None:
    def script(asked: Payload) -> Reply:
        if asked.get("tools"):
            return call("choose_reading", number=1)
        return Says("\n".join(LIES[lie](line) for line in asked["messages"][-1]["content"].split("\n")))

    copilot, server = live(script)
    meant = embedded.ask(question, OWNER)

    answer = copilot.ask(question, OWNER)

    assert len(server.requests) == 2
    assert asserted(answer) == asserted(meant)
    assert unbound_numbers(answer) == []
    assert "4711" not in answer.answer
    assert "four thousand" not in answer.answer
    assert answer.answer == meant.answer or lie in {"praise", "other_name"}


def unbound_numbers(answer: Answer) -> list[str]:
    """Numbers of the first part of an answer that no claim asserts and that are no marks."""
    text = re.sub(r"\[\d+\]", "", answer.answer.split("\n\n")[0])
    for claim in sorted(answer.claims, key=lambda each: -len(each.text)):
        text = text.replace(claim.text, "")
    return re.findall(r"\d+", text)


@pytest.mark.parametrize("reply", [Says(""), Says("one line\nand another\nand a third"), Says("x" * 100_000)], ids=["empty", "other_lines", "huge"])
def test_rewording_that_is_of_no_use_leaves_the_draft(reply: Reply, live: Live, embedded: Copilot) -> None:
    copilot, _ = live(lambda asked: call("choose_reading", number=1) if asked.get("tools") else reply)

    answer = copilot.ask("How many deals were won?", OWNER)

    assert answer.answer == embedded.ask("How many deals were won?", OWNER).answer
    assert answer.mode == "live"


def test_model_that_knows_which_reading_is_meant_answers_instead_of_asking_back(live: Live, embedded: Copilot) -> None:
    question = "How many deals did Ada win?"
    offered = embedded.ask(question, OWNER).clarify
    meant = 1 + next(place for place, each in enumerate(offered) if "Ada Quist" in each.text)
    copilot, _ = live(lambda asked: call("choose_reading", number=meant) if asked.get("tools") else Says(""))

    answer = copilot.ask(question, OWNER)

    assert len(offered) == 2
    assert (answer.mode, answer.clarify) == ("live", ())
    assert asserted(answer) == asserted(embedded.ask("How many deals did Ada Quist win?", OWNER))


def test_model_that_finds_readings_equal_asks_back_with_them(live: Live, embedded: Copilot) -> None:
    question = "How many deals did Ada win?"
    copilot, _ = live(lambda _: call("ask_back", numbers=[2, 1]))

    answer = copilot.ask(question, OWNER)

    assert answer.mode == "live"
    assert answer.clarify == embedded.ask(question, OWNER).clarify


@pytest.mark.parametrize("question", ["How many deals were won in 2015?", "What is the website of Kivu Foods?", "hello there"])
def test_question_that_the_data_cannot_answer_never_reaches_the_model(question: str, live: Live, embedded: Copilot) -> None:
    copilot, server = live(lambda _: call("query_records", entity="opportunity", measures=["won_count"], period="p1"))

    answer = copilot.ask(question, OWNER)

    assert server.requests == []
    assert answer.abstained
    assert answer.answer == embedded.ask(question, OWNER).answer


def test_rep_gets_through_a_live_model_what_the_rep_gets_without_one(live: Live, embedded: Copilot, company: Engine) -> None:
    with Session(company) as session:
        rep = resolve_member(session, "Ada Berg")
    copilot, _ = live(plans(own=True), timeout_s=20)

    answer = copilot.ask("How many deals were won?", rep)

    assert answer.mode == "live"
    assert asserted(answer) == asserted(embedded.ask("How many deals were won?", rep))
    assert asserted(answer) != asserted(embedded.ask("How many deals were won?", OWNER))
