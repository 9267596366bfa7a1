"""A compiler beside the grammar: what it gives is checked, shown back and saved like a rule of the grammar's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role
from tools.journey.acts import Act
from tools.journey.criteria.errors import CriterionCircular, CriterionContradicts, CriterionNotUnderstood, CriterionNotVisible, RuleUnknown
from tools.journey.criteria.ports import Asked
from tools.journey.criteria.reading import Compiled
from tools.journey.criteria.schemas import AccountIs, All, Happened, Not, Rule, Saved
from tools.journey.criteria.service import compile_for, confirm_rule, propose_rule
from tools.sandbox.row_scope import PolicyScope
from tools.store.classification import Classification
from tools.store.errors import PlumbError

TODAY, NOW = date(2026, 6, 30), datetime(2026, 6, 30, tzinfo=UTC)
OWNER, SCOPE = Principal.local_owner(), PolicyScope()
PUBLIC = Principal(role=Role.REP, member_id=1, name="Ann", clearance=Classification.INTERNAL)
SIGNED = Happened(acts=(Act.SIGN,), objects=("NDA",))
INKED = "the CTO quilled the NDA"


def gives(rule: Rule) -> Callable[[Asked], Compiled]:
    """Another compiler that gives this rule, where it holds."""

    def compile_it(asked: Asked) -> Compiled:
        asked.check(rule)
        return asked.embedded.model_copy(update={"rule": rule, "not_understood": ()})

    return compile_it


def test_without_another_compiler_the_grammar_alone_decides(engine: Engine) -> None:
    with Session(engine) as session:
        assert compile_for(session, OWNER, SCOPE, INKED, TODAY).rule is None
        with pytest.raises(CriterionNotUnderstood):
            propose_rule(session, OWNER, SCOPE, "New", INKED, TODAY, NOW)


def test_rule_of_another_compiler_is_proposed_and_saved(engine: Engine) -> None:
    with Session(engine) as session:
        proposal = propose_rule(session, OWNER, SCOPE, "New", INKED, TODAY, NOW, other=gives(Rule(when=SIGNED)))
        saved = confirm_rule(session, OWNER, proposal.id, NOW)

    assert (saved.version, saved.text, saved.rule) == (1, INKED, Rule(when=SIGNED))
    assert (saved.said_zh, saved.said_en) == (proposal.said_zh, proposal.said_en)


@pytest.mark.parametrize(
    ("rule", "principal", "error"),
    [
        (Rule(when=All(parts=(SIGNED, Not(part=SIGNED)))), OWNER, CriterionContradicts),
        (Rule(when=Saved(name="new")), OWNER, CriterionCircular),
        (Rule(when=Saved(name="Phantom")), OWNER, RuleUnknown),
        (Rule(accounts=(AccountIs(field="women_founded", values=("true",)),), when=SIGNED), PUBLIC, CriterionNotVisible),
        (Rule(when=SIGNED), PUBLIC, CriterionNotVisible),
    ],
)
def test_rule_of_another_compiler_is_refused_for_what_the_grammars_would_be(rule: Rule, principal: Principal, error: type[PlumbError], engine: Engine) -> None:
    with Session(engine) as session, pytest.raises(error):
        compile_for(session, principal, SCOPE, INKED, TODAY, other=gives(rule), name="New")


def test_other_compiler_is_told_what_the_grammar_made_of_it(engine: Engine) -> None:
    heard: list[Asked] = []

    def listen(asked: Asked) -> Compiled:
        heard.append(asked)
        return asked.embedded

    with Session(engine) as session:
        compiled = compile_for(session, OWNER, SCOPE, "the CTO signed the NDA", TODAY, other=listen)

    assert compiled == heard[0].embedded == compile_for_alone(engine, "the CTO signed the NDA")
    assert (heard[0].text, heard[0].today) == ("the CTO signed the NDA", TODAY)


def compile_for_alone(engine: Engine, text: str) -> Compiled:
    with Session(engine) as session:
        return compile_for(session, OWNER, SCOPE, text, TODAY)
