from __future__ import annotations

from datetime import date

import pytest

from tools.journey.acts import Act, Status
from tools.journey.criteria.linking import Known
from tools.journey.criteria.reading import compile_criterion
from tools.journey.criteria.schemas import AccountIs, All, Any, Condition, Count, DealWorth, Happened, Not, Related, Saved, Span, Who, Window

TODAY = date(2026, 6, 30)
KNOWN = Known(persons=frozenset({"李雪", "Dana Lee"}), values={"region": ("华东", "East China"), "sector": ("medical",)})
CTO = Who(side="customer", roles=("cto",))


def read(text: str) -> Condition:
    compiled = compile_criterion(text, TODAY, KNOWN)
    assert compiled.rule is not None, compiled.not_understood
    return compiled.rule.when


@pytest.mark.parametrize(
    "text",
    [
        "the customer's CTO has signed the “POC agreement”",
        "the “POC agreement” was signed by the customer's CTO",
        "客户CTO已签署“POC agreement”",
        "“POC agreement”已由客户CTO签署",
        "收到客户CTO签好的“POC agreement”",
    ],
)
def test_same_thing_said_in_other_words_is_the_same_rule(text: str) -> None:
    assert read(text) == Happened(acts=(Act.SIGN,), who=CTO, objects=("POC agreement",))


@pytest.mark.parametrize(
    ("text", "count", "within", "window"),
    [
        ("legal raised the price twice within a month", Count(least=2), Span(n=1, unit="month"), None),
        ("法务在一个月内两次提出价格", Count(least=2), Span(n=1, unit="month"), None),
        ("legal raised the price exactly once in the last 30 days", Count(least=1, most=1), None, Window(last=Span(n=30, unit="day"))),
        ("法务近30天内最多三次提出价格", Count(least=0, most=3), None, Window(last=Span(n=30, unit="day"))),
        ("legal raised the price at least three times this quarter", Count(least=3), None, Window(grain="quarter")),
        ("法务自2026年3月1日以来两次提出价格", Count(least=2), None, Window(start=date(2026, 3, 1))),
        ("legal raised the price more than 45 days ago", Count(), None, Window(before=Span(n=45, unit="day"))),
        ("法务半年内多次提出价格", Count(least=2), Span(n=6, unit="month"), None),
    ],
)
def test_how_often_and_when(text: str, count: Count, within: Span | None, window: Window | None) -> None:
    found = read(text)

    assert isinstance(found, Happened)
    assert (found.count, found.within, found.window) == (count, within, window)


@pytest.mark.parametrize(
    "text", ["legal asked about the price and nobody answered within five days", "法务询问价格，五天内无人答复", "法务询问价格后五天内没有人答复"]
)
def test_silence_within_a_time_is_counted_from_the_question(text: str) -> None:
    found = read(text)

    assert isinstance(found, Related)
    assert (found.negated, found.within, found.same, found.still) == (True, Span(n=5, unit="day"), True, False)
    assert found.then == Happened(acts=(Act.ANSWER,))


@pytest.mark.parametrize("text", ["合同签署超过30天仍未付款", "the contract was signed, then still nobody has paid within 30 days"])
def test_still_not_means_never_until_today(text: str) -> None:
    found = read(text)

    assert isinstance(found, Related)
    assert (found.negated, found.still, found.within) == (True, True, Span(n=30, unit="day"))


@pytest.mark.parametrize(
    "text",
    [
        "after the demo the customer signed the contract",
        "the customer signed the contract after the demo",
        "a demo, then the customer signed the contract",
        "客户在演示之后签署了contract",
    ],
)
def test_order_is_the_same_however_it_is_said(text: str) -> None:
    found = read(text)

    assert isinstance(found, Related)
    assert isinstance(found.anchor, Happened)
    assert found.anchor.record == "demo"
    assert (found.then.acts, found.order, found.negated) == ((Act.SIGN,), "after", False)


def test_before_turns_the_order() -> None:
    found = read("签约前至少两次拜访")

    assert isinstance(found, Related)
    assert (found.order, found.then.record, found.then.count) == ("before", "visit", Count(least=2))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("the CTO promised to sign the NDA", Status.PROMISED),
        ("CTO拒绝签署NDA", Status.REFUSED),
        ("CTO计划签署NDA", Status.PLANNED),
        ("客户同意签署NDA", Status.PROMISED),
    ],
)
def test_what_is_not_done_is_never_read_as_done(text: str, status: Status) -> None:
    found = read(text)

    assert isinstance(found, Happened)
    assert (found.status, found.acts) == (status, (Act.SIGN,))


def test_both_roles_and_either_role() -> None:
    both, either = read("finance and legal approved the budget"), read("CTO或CIO已批准预算")

    assert isinstance(both, All)
    assert isinstance(either, Happened)
    assert either.who.roles == ("cto", "cio")


def test_whoever_is_not_named_again_is_the_one_before() -> None:
    found = read("客户CTO签署了NDA并支付了定金")

    assert isinstance(found, All)
    assert [part.who for part in found.parts if isinstance(part, Happened)] == [CTO, CTO]


def test_who_approved_is_not_taken_for_who_has_to_sign() -> None:
    found = read("the budget was approved by finance but the contract has not been signed")

    assert isinstance(found, All)
    assert found.parts[1] == Not(part=Happened(acts=(Act.SIGN,), who=Who(side="customer"), objects=("contract",)))


def test_conditions_on_the_account_stand_in_the_same_sentence() -> None:
    english = compile_criterion("strategic accounts in East China where legal has approved the NDA", TODAY, KNOWN).rule
    chinese = compile_criterion("华东的战略客户的法务已批准NDA", TODAY, KNOWN).rule

    assert english is not None
    assert chinese is not None
    assert set(english.accounts) == {AccountIs(field="tier", values=("strategic",)), AccountIs(field="region", values=("East China",))}
    assert {test.values for test in chinese.accounts} == {("strategic",), ("华东",)}


def test_amounts_and_saved_rules() -> None:
    assert read("有金额不低于50万美元的赢单商机") == DealWorth(least=500_000, currency="USD", status="won")
    assert read("满足“POC已签”或CTO已签署NDA") == Any(parts=(Saved(name="POC已签"), Happened(acts=(Act.SIGN,), who=CTO, objects=("NDA",))))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the CTO has happily signed the POC agreement in blue ink", ("happily", "in blue ink")),
        ("CTO匆忙签署了POC同意书", ("匆忙",)),
        ("the customer's CFO, not the COO, has signed the contract", None),
        ("the customer ordered 20 licences", ("20",)),
        ("客户在柏林签署了同意书", None),
        ("the CTO signed the NDA unless legal objected", None),
        ("如果CTO签署了同意书", None),
        ("客户马上付款了", ("马上",)),
        ("客户重新下单", ("重新",)),
        ("we answered every time", ("every time",)),
        ("purchasing asked for a discount, i.e. since 1 September", None),
        ("the CTO flibbered the POC agreement", None),
        ("the Berlin office signed the NDA", ("Berlin office",)),
        ("the weather is nice", ("the weather is nice",)),
        ("CTO的助理签署了同意书", None),
        ("most of the budget was approved", None),
        ("", ("",)),
    ],
)
def test_a_word_that_has_no_part_in_the_rule_is_named_and_there_is_no_rule(text: str, words: tuple[str, ...] | None) -> None:
    compiled = compile_criterion(text, TODAY, KNOWN)

    assert compiled.rule is None
    assert compiled.not_understood
    assert words is None or compiled.not_understood == words


def test_a_text_without_end_is_refused() -> None:
    compiled = compile_criterion("the CTO signed the NDA and " * 1000, TODAY, KNOWN)

    assert compiled.rule is None
