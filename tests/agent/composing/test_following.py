"""Next questions are about the answer just given, and only those that are read as meant."""

from __future__ import annotations

from agent.composing.following import next_questions
from tests.agent.composing.company import ask, by_measure, of, store
from tools.access.principal import Principal
from tools.crm.currency import RateBook
from tools.crm.query import Dimension, Plan
from tools.crm.results import ResultSet
from tools.crm.semantic import SemanticModel, load_model
from tools.crm.tools import CrmCall, query_records
from tools.sandbox.row_scope import PolicyScope

WON = ask("won_count", where=of("owner", "Moses Frase"))
BY_PRODUCT = ask("won_count", where=of("owner", "Moses Frase"), by="product")


def answered(plan: Plan) -> tuple[tuple[ResultSet, ...], SemanticModel]:
    model = load_model(store())
    return query_records(CrmCall(store(), model, Principal.local_owner(), PolicyScope(), RateBook()), plan), model


def test_question_keeps_the_conditions_of_the_answer() -> None:
    results, model = answered(WON)
    found = next_questions(WON, results, model, "en", lambda text: BY_PRODUCT if "product" in text else None)
    assert found == ("Won deals of Moses Frase by product",)
    assert next_questions(WON, results, model, "zh", lambda text: BY_PRODUCT if "产品" in text else None) == ("Moses Frase 的赢单数按产品",)


def test_question_that_is_read_otherwise_is_left_out() -> None:
    results, model = answered(WON)
    other = ask("won_count", by="product")
    assert next_questions(WON, results, model, "en", lambda _: other) == ()


def test_ranking_can_be_turned_around() -> None:
    plan = ask("won_value", focus="top", by=Dimension(path="product"), order=by_measure(), limit=2)
    results, model = answered(plan)
    assert next_questions(plan, results, model, "en", lambda text: plan if "lowest" in text else None) == ("Which product has the lowest won value?",)
