"""A planner's calls before anything runs: known tools, arguments of their type, names that exist, values that the question names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from agent.answer import Choice
from agent.authorising import NotAuthorised, checked_plan
from agent.briefing import Briefing, brief
from agent.catalog import Catalogs
from agent.covering import check_covered
from agent.grounding import ground
from agent.live_query import LiveQuery, to_plan
from agent.planner import read_question
from agent.turn import Turn
from tests.integrations.llm.company import TODAY, open_company
from tools.access.principal import Principal, Role
from tools.crm.query import Compare, Plan
from tools.sandbox.row_scope import PolicyScope
from tools.store.classification import Classification
from tools.trace.signing import InstallationKey

WON = {"queries": [{"entity": "opportunity", "measures": [{"measure": "won_count"}]}]}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_company(tmp_path_factory.mktemp("company") / "plumbline.db")
    yield engine
    engine.dispose()


@pytest.fixture
def turn(company: Engine, tmp_path: Path) -> Iterator[Turn]:
    with Session(company) as session:
        catalog = Catalogs(lambda: TODAY, "UTC").current(session)
        key = InstallationKey.open(tmp_path)
        yield Turn(session, Principal.local_owner(), PolicyScope(), catalog, key, "t", datetime.now(UTC), TODAY, False, None)


def called(name: str, **args: Any) -> list[dict[str, Any]]:
    return [{"name": name, "args": args, "id": "c1"}]


def planned(question: str, turn: Turn, **written: Any) -> Plan:
    """The plan of a query that a model wrote for a question; raises NotAuthorised."""
    parsed = read_question(question, turn, None)
    briefing: Briefing = brief(question, turn, parsed, None)
    query = LiveQuery.model_validate({"entity": "opportunity"} | written)
    vocabulary = turn.catalog.vocabulary
    plan = ground(to_plan(query, briefing.found, turn.catalog.model), briefing.named, vocabulary, turn.principal.clearance)
    return check_covered(plan, briefing.linked, query.unknown_words, vocabulary, briefing.earlier)


def refused(question: str, turn: Turn, **written: Any) -> str:
    with pytest.raises(NotAuthorised) as caught:
        planned(question, turn, **written)
    return caught.value.kind


def test_query_with_known_names_is_authorised_in_the_questions_language(turn: Turn) -> None:
    turn.language = "zh"

    plan = checked_plan(called("query_records", **WON, language="en"), turn)

    assert plan is not None
    assert plan.language == "zh"


@pytest.mark.parametrize(
    ("calls", "kind"),
    [
        ([], "no_tool"),
        (called("query_records", **WON) * 2, "several_tools"),
        (called("delete_records"), "unknown_tool"),
        (called("query_records", queries=[]), "bad_arguments"),
        (called("query_records", **WON, user_id=3), "bad_arguments"),
        (called("query_records", queries=[{"entity": "salaries", "select": ["name"]}]), "unknown_name"),
        (called("query_records", queries=[{"entity": "account", "measures": [{"measure": "won_count"}]}]), "unknown_name"),
        (called("query_records", queries=[{"entity": "account"}]), "bad_arguments"),
        (called("ask_back", numbers=[1]), "bad_arguments"),
    ],
)
def test_call_that_does_not_fit_is_refused_with_its_kind(calls: list[dict[str, Any]], kind: str, turn: Turn) -> None:
    with pytest.raises(NotAuthorised) as caught:
        checked_plan(calls, turn)

    assert caught.value.kind == kind


def test_what_is_wrong_with_arguments_is_told_without_repeating_them(turn: Turn) -> None:
    with pytest.raises(NotAuthorised) as caught:
        checked_plan(called("query_records", queries="secret words"), turn)

    assert "secret words" not in str(caught.value)
    assert "queries" in str(caught.value)


def test_asking_back_keeps_the_readings_that_were_offered(turn: Turn) -> None:
    turn.readings = (Choice(text="a", ask="a"), Choice(text="b", ask="b"))

    assert checked_plan(called("ask_back", numbers=[1, 2]), turn) is None
    assert len(turn.readings) == 2
    with pytest.raises(NotAuthorised):
        checked_plan(called("ask_back", numbers=[3]), turn)


@pytest.mark.parametrize("value", ["v1", "华晨机械", "华晨机械有限公司", "华晨机械 有限公司"])
def test_value_by_id_or_any_form_of_its_name_becomes_the_stored_spelling(value: str, turn: Turn) -> None:
    plan = planned("华晨机械赢了多少单？", turn, measures=["won_count"], filters=[{"field": "account", "values": [value]}])

    assert plan.queries[0].where == Compare(path="account", values=("华晨机械有限公司",))


def test_value_of_another_field_than_the_one_compared_is_refused(turn: Turn) -> None:
    assert refused("won deals of Kivu Foods", turn, measures=["won_count"], filters=[{"field": "product", "values": ["v1"]}]) == "unknown_name"


def test_field_above_the_clearance_is_as_if_it_were_not_there(turn: Turn) -> None:
    turn.principal = Principal(role=Role.REP, member_id=2, name="Bo Lindqvist", clearance=Classification.INTERNAL)

    assert refused("How many accounts are there?", turn, entity="account", columns=["description"]) == "unknown_name"
    assert refused("How many accounts are there?", turn, entity="account", measures=["sum(revenue)"]) == "unknown_name"


def test_limit_that_nobody_asked_for_is_dropped_and_one_that_was_stays(turn: Turn) -> None:
    written = {"measures": ["won_value"], "group_by": ["owner"]}

    assert planned("won value by sales rep", turn, **written, limit=7).queries[0].limit is None
    assert planned("Top 3 sales reps by won value", turn, **written, limit=3).queries[0].limit == 3


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("How many deals were won in Q2 2024?", {"measures": ["won_count"]}),
        ("deals over 3000", {"columns": ["name", "amount"]}),
        ("average deal amount for Pumpmaster", {"measures": ["sum(amount)"], "filters": [{"field": "product", "values": ["v1"]}]}),
        ("Which sales rep has the lowest win rate?", {"measures": ["win_rate"], "group_by": ["owner"]}),
        ("accounts without any deals", {"entity": "account", "columns": ["name"]}),
        ("How many deals were won?", {"measures": ["won_count"], "without": ["interaction.account"]}),
        ("How many deals were lost?", {"measures": ["won_count"]}),
        ("What share of won value comes from Pumpmaster?", {"measures": ["won_value"], "filters": [{"field": "product", "values": ["v1"]}]}),
    ],
)
def test_query_that_leaves_out_or_turns_round_what_was_said_is_refused(question: str, written: dict[str, Any], turn: Turn) -> None:
    assert refused(question, turn, **written) in {"not_in_question", "unknown_name"}


def test_unknown_word_needs_a_meaning_that_no_other_word_has(turn: Turn) -> None:
    question = "how many deals did we zzap in Q2 2024"
    written = {"measures": ["won_count"], "period": "p1"}

    assert refused(question, turn, **written) == "not_in_question"
    assert refused(question, turn, **written, unknown_words=[{"word": "zzap", "means": "opportunity"}]) == "not_in_question"
    assert refused(question, turn, **written, unknown_words=[{"word": "zzap", "means": "ticket"}]) == "not_in_question"
    plan = planned(question, turn, **written, unknown_words=[{"word": "zzap", "means": "won_count"}])
    assert plan.assumptions[0].en == "“zzap” was read as won deals."
