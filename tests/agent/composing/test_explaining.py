"""How the last answer came about: the reading, the formula with its operands, the records and their source, and no cause."""

from __future__ import annotations

import pytest

from agent.composing.draft import render
from agent.composing.explaining import explain
from agent.verifying import hold_to_evidence
from tests.agent.parsing.conftest import TODAY, Reader, model, read, store, vocabulary  # noqa: F401 - fixtures of the store
from tools.access.principal import Principal
from tools.crm.currency import load_rates
from tools.crm.tools import CrmCall, query_records
from tools.sandbox.row_scope import PolicyScope


@pytest.mark.parametrize(
    ("question", "language", "said"),
    [
        ("won value", "en", ["was read as won value", "sum over", "deals"]),
        ("win rate", "en", ["divided by", "deals won or lost"]),
        ("赢单率", "zh", ["问题理解为", "除以", "口径"]),
        ("deals by rep", "en", ["3 groups"]),
        ("list accounts in China", "en", ["accounts", "meet these conditions"]),
    ],
)
def test_account_names_reading_formula_and_records(read: Reader, store, question: str, language: str, said: list[str]) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    plan, owner = read.plan(question), Principal.local_owner()
    results = query_records(CrmCall(store, read.model, owner, PolicyScope(), load_rates(store, TODAY, None)), plan)
    draft = explain(plan, results, read.model, "zh" if language == "zh" else "en", owner.clearance, "crm")
    before = len(draft.sentences)
    held = hold_to_evidence(draft, results)
    text = render(held).text
    assert len(held.sentences) == before
    assert all(piece in text for piece in said), text
    assert any("crm" in note for note in held.notes)
    assert any(("cause" in note) or ("原因" in note) for note in held.notes)
