"""Every rule can be said, in both languages, with what would make it allowed."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.words import _catalogue
from tools.sandbox.calling.deciding import Decision
from tools.sandbox.calling.explaining import CallNames, Language, _values, explain, policy_key
from tools.sandbox.calling.facts import CallFacts, CustomerFacts, Validity
from tools.sandbox.calling.ruling import rule
from tools.sandbox.policies.sets import Topic, policies

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
LANGUAGES: tuple[Language, ...] = ("zh", "en")
FINE = CallFacts(
    member_id=3, suspended=False, unit_id="u1", in_unit=True, unit_active=True, template="assault", clearance=3, masks_from=4, call_limit=Decimal(100),
    capabilities=("risk",), currency="CNY", available=Decimal(50), capability="risk", active=True, sends=2, certificate_needed="Risk analyst", purpose=None,
    cost=Decimal("12.50"), rate=Decimal(1), certificate=Validity(begins=date(2025, 3, 1), ends=date(2027, 3, 1), version=1),
    customer=CustomerFacts(account_id=1, of_unit=True, masks_from=5, consents=True, version=1), today=date(2026, 3, 3), now=NOW, versions={},
)  # fmt: skip
CUSTOMER = {"account_id": 1, "of_unit": True, "masks_from": 5, "consents": True, "version": 1}
WRONG = {
    "member-suspended": {"suspended": True},
    "unit-not-active": {"unit_active": False},
    "capability-off": {"active": False},
    "not-in-template": {"capabilities": ()},
    "no-exchange-rate": {"cost": None, "rate": None},
    "budget-too-small": {"available": Decimal("2.50")},
    "over-call-limit": {"call_limit": Decimal(5)},
    "certificate-missing": {"certificate": None},
    "certificate-not-valid": {"certificate": Validity(begins=date(2025, 3, 1), ends=date(2026, 3, 2), version=1)},
    "above-clearance": {"clearance": 1},
    "masked-in-template": {"masks_from": 2},
    "customer-not-of-unit": {"customer": CustomerFacts(**CUSTOMER | {"of_unit": False})},
    "customer-not-named": {"customer": None},
    "customer-masks-more": {"customer": CustomerFacts(**CUSTOMER | {"masks_from": 3})},
    "no-consent": {"sends": 3, "purpose": "risk assessment", "customer": CustomerFacts(**CUSTOMER | {"consents": False})},
    "nothing-permits": {"in_unit": False},
}
NAMES = CallNames(member="林岚", unit="华东攻坚组", capability="风控模型", customer="瑞宁医疗")


def decided(facts: CallFacts) -> Decision:
    ruling = rule(facts, policies("calling"))
    held = {"reservation_id": "r1", "expires_at": NOW + timedelta(minutes=10)} if ruling.allowed else {"reservation_id": None, "expires_at": None}
    return Decision(id="d1", allowed=ruling.allowed, rules=ruling.rules, facts=facts, **held)


def every_rule() -> list[str]:
    return [rule for topic in get_args(Topic) for rule in policies(topic).ids] + ["nothing-permits", "cannot-be-decided"]


@pytest.mark.parametrize("rule_id", every_rule())
def test_every_rule_has_its_two_sentences_in_both_languages(rule_id: str) -> None:
    for key in (policy_key(rule_id), f"{policy_key(rule_id)}_otherwise"):
        assert set(_catalogue()[key]) == {"zh", "en"}
        assert all(each.strip() for each in _catalogue()[key].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_can_be_filled_from_a_decision(language: Language) -> None:
    values = _values(decided(FINE), language, CallNames())
    for key, texts in _catalogue().items():
        if key.startswith("policy_") and not key.startswith("policy_word_"):
            named = {name for _, name, _, _ in string.Formatter().parse(texts[language]) if name}
            assert named <= set(values), key


def test_no_sentence_is_about_a_rule_that_is_gone() -> None:
    said = {key for key in _catalogue() if key.startswith("policy_") and not key.startswith("policy_word_")}
    wanted = {name for rule_id in every_rule() for name in (policy_key(rule_id), f"{policy_key(rule_id)}_otherwise")}
    assert said - wanted == {"policy_certificate_not_valid_otherwise_later"}


def test_every_rule_about_calling_that_says_no_is_tried_below() -> None:
    assert set(WRONG) == set(policies("calling").ids) - {"members-call"} | {"nothing-permits"}


@pytest.mark.parametrize("rule_id", WRONG)
@pytest.mark.parametrize("language", LANGUAGES)
def test_refusal_says_its_rule_and_what_would_make_it_allowed(rule_id: str, language: Language) -> None:
    explanation = explain(decided(FINE.model_copy(update=WRONG[rule_id])), language, NAMES)

    assert (explanation.allowed, [each.rule for each in explanation.rules]) == (False, [rule_id])
    assert explanation.rules[0].otherwise
    assert "{" not in explanation.text


@pytest.mark.parametrize(
    ("rule_id", "zh", "en"),
    [
        ("budget-too-small", "请申请追加预算 10.00 CNY：本次调用需 12.50 CNY，目前可用 2.50 CNY。",
         "Ask for 10.00 CNY more budget: the call costs 12.50 CNY, and 2.50 CNY is available."),
        ("certificate-not-valid", "请续办林岚的“Risk analyst”证书，该证书已于2026年3月2日到期。",
         "Renew the certificate “Risk analyst” of 林岚; it ended on 2 Mar 2026."),
        ("above-clearance", "请申请可读取机密数据的模板；“攻坚期”模板最高读取内部数据。",
         "Ask for a template that reads confidential data; “assault” reads up to internal data."),
    ],
)  # fmt: skip
def test_figures_come_from_the_facts(rule_id: str, zh: str, en: str) -> None:
    decision = decided(FINE.model_copy(update=WRONG[rule_id]))

    assert [explain(decision, language, NAMES).rules[0].otherwise for language in LANGUAGES] == [zh, en]


def test_certificate_that_has_not_begun_is_waited_for() -> None:
    later = Validity(begins=date(2026, 4, 1), ends=date(2027, 4, 1), version=1)

    said = explain(decided(FINE.model_copy(update={"certificate": later})), "en", NAMES).rules[0].otherwise

    assert said == "Wait until 1 Apr 2026, when the certificate “Risk analyst” of 林岚 begins, or let a member call whose certificate is valid today."


def test_allowed_call_says_what_is_held_and_asks_for_nothing() -> None:
    explanation = explain(decided(FINE), "en", NAMES)

    assert explanation.text == (
        "林岚 may call 风控模型; 12.50 CNY is held for it until 09:10:00 UTC.\nMembers of a unit may call what the unit's template opens."
    )
    assert [each.otherwise for each in explanation.rules] == [None]


def test_smallest_lack_of_money_is_not_rounded_away() -> None:
    decision = decided(FINE.model_copy(update={"available": Decimal("12.4999")}))

    assert "0.0001 CNY more budget" in explain(decision, "en").text


@given(st.sets(st.sampled_from(sorted(WRONG)), min_size=1))
def test_following_what_is_named_leads_to_a_yes(rule_ids: set[str]) -> None:
    facts = FINE
    for rule_id in rule_ids:
        facts = facts.model_copy(update=WRONG[rule_id])

    for _ in range(2):  # without a rate nothing can be said about money, so that comes second
        for each in explain(decided(facts), "zh").rules:
            facts = facts.model_copy(update={name: getattr(FINE, name) for name in WRONG.get(each.rule, {})})

    assert decided(facts).allowed
