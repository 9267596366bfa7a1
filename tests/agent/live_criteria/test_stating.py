"""What a live model states in its flat form becomes the rule that the grammar would give, and all that sentences can say can be stated."""

from __future__ import annotations

from decimal import Decimal

import pytest

from agent.live_criteria.form import StateRule
from tests.agent.live_criteria.conftest import Ask, Call, rule
from tools.journey.acts import Act, Status
from tools.journey.criteria.schemas import AccountIs, All, Any, Count, DealWorth, Happened, Move, Not, Related, Rule, Saved, Span, Who, Window

CTO = Who(side="customer", roles=("cto",))
SIGNED = {"acts": ["sign"], "side": "customer", "roles": ["cto"], "objects": ["POC agreement"]}


def stated(ask: Ask, text: str, call: Call) -> Rule:
    outcome = ask(text, call)
    assert outcome.mode == "live", outcome.refusal
    assert outcome.compiled.rule is not None
    return outcome.compiled.rule


@pytest.mark.parametrize("words", ["quilled", "scrawled their name under"])
def test_word_that_the_grammar_does_not_know_is_read_by_the_model(words: str, ask: Ask) -> None:
    text = f"the customer's CTO has {words} the POC agreement"

    outcome = ask(text, rule(SIGNED, **{words: "sign"}))

    assert outcome.embedded.rule is None
    assert outcome.mode == "live"
    assert outcome.compiled.rule == Rule(when=Happened(acts=(Act.SIGN,), who=CTO, objects=("POC agreement",)))
    assert (outcome.compiled.text, outcome.compiled.not_understood) == (text, ())


@pytest.mark.parametrize(
    ("text", "things"), [("Which customers' CTO has quilled the POC agreement?", "POC agreement"), ("哪些客户的CTO画押了POC同意书？", "POC同意书")]
)
def test_question_around_a_criterion_is_no_part_of_it(text: str, things: str, ask: Ask) -> None:
    words = {"quilled": "sign"} if "quilled" in text else {"画押": "sign"}

    outcome = ask(text, rule(SIGNED | {"objects": [things]}, **words))

    assert outcome.compiled.text == text
    assert outcome.compiled.rule == Rule(when=Happened(acts=(Act.SIGN,), who=CTO, objects=(things,)))


def test_question_raised_twice_and_not_answered_in_time_is_stated_by_the_ids_of_its_times(ask: Ask) -> None:
    text = "legal quilled the data residency question twice within a month and nobody scrawled back within five days"
    asked = {"acts": ["ask", "object"], "side": "customer", "roles": ["legal"], "objects": ["data residency question"], "count": "t1", "within": "t2"}
    joint = {"number": 3, "how": "after", "of": [1, 2], "within": "t3", "denied": True, "same": True}

    found = stated(ask, text, rule(asked, {"acts": ["answer"]}, joints=[joint], quilled=["ask", "object"], scrawled_back="answer"))

    legal = Who(side="customer", roles=("legal",))
    anchor = Happened(acts=(Act.ASK, Act.OBJECT), who=legal, objects=("data residency question",), count=Count(least=2), within=Span(n=1, unit="month"))
    assert found.when == Related(anchor=anchor, then=Happened(acts=(Act.ANSWER,)), within=Span(n=5, unit="day"), negated=True, same=True)


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("the customer's CTO has signed the POC agreement", rule(SIGNED)),
        ("客户CTO已签署POC同意书", rule({"acts": ["sign"], "side": "customer", "roles": ["cto"], "objects": ["POC同意书"]})),
        (
            "法务一个月内两次提出数据驻留问题且五天内无人答复",
            rule(
                {"acts": ["ask", "object"], "side": "customer", "roles": ["legal"], "objects": ["数据驻留问题"], "count": "t2", "within": "t1"},
                {"acts": ["answer"], "within": "t3"},
                joints=[{"number": 3, "how": "after", "of": [1, 2], "denied": True, "same": True}],
            ),
        ),
        (
            "没有拜访客户超过30天",
            rule(
                {"acts": ["meet"], "record": "visit", "side": "us", "whom_side": "customer", "window": "t1"},
                joints=[{"number": 2, "how": "not", "of": [1]}],
            ),
        ),
        ("CTO或CIO已批准预算", rule({"acts": ["approve"], "side": "customer", "roles": ["cto", "cio"], "objects": ["预算"]})),
        ("the CTO promised to sign the NDA", rule({"acts": ["sign"], "status": "promised", "side": "customer", "roles": ["cto"], "objects": ["NDA"]})),
        (
            "签约前至少两次拜访",
            rule(
                {"acts": ["sign"], "side": "customer"},
                {"acts": ["meet"], "record": "visit", "count": "t1"},
                joints=[{"number": 3, "how": "before", "of": [1, 2]}],
            ),
        ),
        (
            "the contract was signed, then still nobody has paid within 30 days",
            rule(
                {"acts": ["sign"], "side": "customer", "objects": ["contract"]},
                {"acts": ["pay"]},
                joints=[{"number": 3, "how": "after", "of": [1, 2], "within": "t1", "denied": True, "still": True}],
            ),
        ),
        (
            "the account meets “POC” and has an open deal worth more than 500k",
            rule({"saved": "POC"}, {"worth": "w1"}, joints=[{"number": 3, "how": "all", "of": [1, 2]}]),
        ),
        (
            "strategic accounts in North where legal has approved the NDA",
            rule(
                {"acts": ["approve"], "side": "customer", "roles": ["legal"], "objects": ["NDA"]},
                accounts=[{"values": ["v1"]}, {"values": ["v2"]}],
            ),
        ),
        (
            "at least one of finance and legal signed the NDA",
            rule({"acts": ["sign"], "side": "customer", "roles": ["finance", "legal"], "objects": ["NDA"]}),
        ),
        (
            "legal promised to sign the NDA but never delivered on it",
            rule(
                {"acts": ["sign"], "status": "promised", "side": "customer", "roles": ["legal"], "objects": ["NDA"]},
                {"acts": ["sign"], "side": "customer", "roles": ["legal"], "objects": ["NDA"]},
                joints=[{"number": 3, "how": "not", "of": [2]}, {"number": 4, "how": "all", "of": [1, 3]}],
            ),
        ),
        ("we received the deposit", rule({"acts": ["pay"], "side": "customer", "whom_side": "us", "objects": ["deposit"]})),
        ("the customer received the quote", rule({"acts": ["send"], "side": "us", "whom_side": "customer", "objects": ["quote"]})),
        ("the customer put the project on hold", rule({"acts": ["stop"], "side": "customer", "objects": ["project"]})),
        (
            "legal has signed off on the NDA",
            rule({"acts": ["sign", "approve", "accept"], "side": "customer", "roles": ["legal"], "objects": ["NDA"]}),
        ),
        (
            "legal signed the NDA, or finance signed the contract",
            rule(
                {"acts": ["sign"], "side": "customer", "roles": ["legal"], "objects": ["NDA"]},
                {"acts": ["sign"], "side": "customer", "roles": ["finance"], "objects": ["contract"]},
                joints=[{"number": 3, "how": "any", "of": [1, 2]}],
            ),
        ),
    ],
)
def test_form_of_a_sentence_is_the_same_rule_as_the_grammars(text: str, call: Call, ask: Ask) -> None:
    outcome = ask(text, call)

    assert outcome.embedded.rule is not None
    assert outcome.mode == "live", outcome.refusal
    assert outcome.compiled.rule == outcome.embedded.rule


def test_persons_windows_worths_and_further_joints_can_be_stated(ask: Ask) -> None:
    text = "strategic accounts in 华东 where Dana Lee put pen to paper on the NDA before 3 March 2026 and there is an open deal worth more than 500k"
    signed = {"acts": ["sign"], "persons": ["dana lee"], "objects": ["nda"], "window": "t1"}

    found = stated(
        ask,
        text,
        rule(
            signed,
            {"worth": "w1"},
            joints=[{"number": 3, "how": "all", "of": [1, 2]}],
            accounts=[{"values": ["v1"]}, {"values": ["v2"]}],
        ),
    )

    happened = Happened(acts=(Act.SIGN,), who=Who(persons=("Dana Lee",)), objects=("NDA",), window=Window(end="2026-03-02"))
    assert found.when == All(parts=(happened, DealWorth(least=Decimal("500000.01"), status="open")))
    assert found.accounts == (AccountIs(field="region", values=("华东",)), AccountIs(field="tier", values=("strategic",)))


def test_promise_of_a_thing_is_stated_by_the_act_that_another_word_says(ask: Ask) -> None:
    pledged = {"acts": ["order"], "status": "promised", "side": "customer", "objects": ["licences"]}

    found = stated(ask, "the customer pledged an order of licences", rule(pledged))

    assert found.when == Happened(acts=(Act.ORDER,), status=Status.PROMISED, who=Who(side="customer"), objects=("licences",))


def test_joints_may_join_joints(ask: Ask) -> None:
    text = "the CTO has quilled the NDA or the CFO has quilled the contract, and the deal was won"
    nda, contract = ({"acts": ["sign"], "roles": [role], "objects": [thing]} for role, thing in (("cto", "NDA"), ("cfo", "contract")))
    joints = [{"number": 4, "how": "any", "of": [1, 2]}, {"number": 5, "how": "all", "of": [4, 3]}]

    found = stated(ask, text, rule(nda, contract, {"acts": ["win"], "record": "deal"}, joints=joints, quilled="sign"))

    assert isinstance(found.when, All)
    assert isinstance(found.when.parts[0], Any)
    assert found.when.parts[1] == Happened(acts=(Move.WIN,), record="deal")


def test_refusal_that_a_word_stands_for_is_no_signature(ask: Ask) -> None:
    found = stated(
        ask, "the CTO quilled at signing the NDA", rule({"acts": ["sign"], "status": "refused", "roles": ["cto"], "objects": ["NDA"]}, quilled_at="refused")
    )

    assert isinstance(found.when, Happened)
    assert found.when.status is Status.REFUSED


def test_denial_and_saved_rule_are_stated(ask: Ask) -> None:
    found = stated(ask, 'the account meets "poc" but the CTO has not quilled the NDA', rule(
        {"saved": "poc"}, {"acts": ["sign"], "roles": ["cto"], "objects": ["NDA"]},
        joints=[{"number": 3, "how": "not", "of": [2]}, {"number": 4, "how": "all", "of": [1, 3]}], quilled="sign",
    ))  # fmt: skip

    assert found.when == All(parts=(Saved(name="poc"), Not(part=Happened(acts=(Act.SIGN,), who=Who(roles=("cto",)), objects=("NDA",)))))


def test_schema_that_the_model_is_sent_is_flat(ask: Ask) -> None:
    outcome = ask("the customer's CTO has quilled the POC agreement", rule(SIGNED, quilled="sign"))

    sent = str([tool["function"]["parameters"] for tool in outcome.model.offered])

    assert "$ref" not in sent
    assert "anyOf" not in sent
    assert [tool["function"]["name"] for tool in outcome.model.offered] == ["state_rule", "cannot_compile"]
    assert set(StateRule.model_fields) == {"conditions", "joints", "accounts", "unknown_words"}
