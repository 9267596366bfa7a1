"""A name of records that a person may not see is understood no better than one that nobody has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.parsing import ParseContext, parse
from agent.visibility import Visibility
from tests.agent.parsing.conftest import TODAY, model, store, vocabulary  # noqa: F401 - fixtures
from tools.access.principal import Principal, Role
from tools.sandbox.row_scope import PolicyScope
from tools.store.classification import Classification

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from agent.parsing import Parse, Vocabulary
    from tools.crm.semantic import SemanticModel

REP = Principal(role=Role.REP, member_id=2, name="林晓", region="South", report_ids=(), clearance=Classification.PERSONAL)


def ask(question: str, principal: Principal, session: Session, semantic: SemanticModel, words: Vocabulary) -> Parse:
    readable = Visibility(session, principal, PolicyScope(), semantic)
    return parse(question, semantic, words, ParseContext(today=TODAY, readable=readable))


@pytest.mark.parametrize("spelling", ["Hidden Harbour", "Hiden Harbour", "Hidden Harbor"])
def test_hidden_account_is_as_unknown_as_an_invented_one(
    spelling: str,
    store: Session,  # noqa: F811
    model: SemanticModel,  # noqa: F811
) -> None:
    from agent.parsing import build_vocabulary
    from tests.agent.parsing.conftest import sourced
    from tools.crm.models import Account

    store.add(Account(name="Hidden Harbour", owner_id=1, **sourced("hidden")))
    store.flush()
    try:
        words = build_vocabulary(store, model)
        seen = ask(f"Who owns {spelling}?", Principal.local_owner(), store, model, words)
        hidden = ask(f"Who owns {spelling}?", REP, store, model, words)
        invented = ask("Who owns Quizzical Zebra?", REP, store, model, words)
    finally:
        store.rollback()
    assert seen.plan is not None
    assert (hidden.plan, hidden.clarify, hidden.reason) == (None, (), invented.reason)


def test_own_account_is_understood(store: Session, model: SemanticModel, vocabulary: Vocabulary) -> None:  # noqa: F811
    assert ask("Who owns 恒星科技?", REP, store, model, vocabulary).plan is not None
