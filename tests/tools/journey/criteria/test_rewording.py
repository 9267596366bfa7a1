"""Constructions that managers use mean the same as their plainer words."""

from __future__ import annotations

from datetime import date

import pytest

from tools.journey.criteria.reading import compile_criterion
from tools.journey.criteria.rewording import plainer

TODAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("we have a signed NDA from the customer", "the customer signed the NDA"),
        ("only count accounts whose CFO approved the budget", "accounts whose CFO approved the budget"),
        ("the final payment is still outstanding", "the customer has not paid the final payment"),
        ("nobody at the customer has objected to the price", "the customer has not objected to the price"),
        ("the contract is awaiting approval from legal", "the contract has not been approved by legal"),
        ("the customer has neither signed the NDA nor paid the deposit", "the customer has not signed the NDA and has not paid the deposit"),
        (
            "it has been more than 45 days since we sent the quote and the customer has not ordered",
            "we sent the quote and the customer has not ordered for 45 days",
        ),
        ("which customers' CTO has signed the NDA", "the customer's CTO has signed the NDA"),
        ("POC同意书上已有客户CTO的签字", "客户CTO签署了POC同意书"),
        ("已续签采购合同的战略客户", "战略客户，已续签采购合同"),
        ("客户先试用了系统，后来才下单", "客户试用了系统，然后下单"),
        ("客户拖欠尾款", "客户没有支付尾款"),
        ("哪些客户的CTO已签署保密协议", "客户的CTO已签署保密协议"),
    ],
)
def test_construction_means_the_same_as_its_plainer_words(said: str, plain: str) -> None:
    rule = compile_criterion(said, TODAY).rule
    assert rule is not None
    assert rule == compile_criterion(plain, TODAY).rule


def test_plain_words_and_quoted_text_are_left_as_they_are() -> None:
    assert plainer("the CTO has signed the NDA", "en") is None
    assert plainer("the CTO signed “the final payment is still outstanding”", "en") is None


@pytest.mark.parametrize("said", ["we have met the economic buyer", "关键人离职了", "如果CTO签署了同意书", "the CTO signed the NDA reluctantly"])
def test_words_without_a_part_in_a_rule_are_refused(said: str) -> None:
    compiled = compile_criterion(said, TODAY)
    assert compiled.rule is None
    assert compiled.not_understood


def test_visits_to_two_people_are_both_asked_for() -> None:
    both = compile_criterion("we visited the CTO and the CFO in the last 90 days", TODAY).rule
    assert both is not None
    assert both.when.kind == "all"
