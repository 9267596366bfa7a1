"""Criteria about how often and in which days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from evals.journey_rules.facts import TODAY, Client, Fact, Predicate, done

Given = tuple[str, Client, Predicate]


def _c(*facts: Fact, tier: str = "growth", region: str = "华东") -> Client:
    return Client(facts, tier, region)


def _close(facts: Sequence[Fact], n: int, days: int) -> bool:
    """Whether ``n`` of them lie within so many days."""
    ages = sorted(each.ago for each in facts)
    return any(ages[at + n - 1] - ages[at] <= days for at in range(len(ages) - n + 1))


def _day(fact: Fact) -> date:
    return TODAY - timedelta(days=fact.ago)


_ASKED = _c(Fact("ask", 60, "legal", "residency"), Fact("ask", 45, "legal", "residency"))
COUNTS: tuple[Given, ...] = (
    ("legal raised the data-residency question twice within a month", _ASKED, lambda f: _close(done(f, "ask", role="legal", thing="residency"), 2, 30)),
    ("法务在一个月内两次提出数据驻留问题", _ASKED, lambda f: _close(done(f, "ask", role="legal", thing="residency"), 2, 30)),
    (
        "客户至少三次抱怨设备噪音",
        _c(*(Fact("object", ago, "it", "noise") for ago in (90, 60, 30))),
        lambda f: len(done(f, "object", thing="noise", side="customer")) >= 3,
    ),
    (
        "the customer complained about machine noise at least three times",
        _c(*(Fact("object", ago, "it", "noise") for ago in (90, 60, 30))),
        lambda f: len(done(f, "object", thing="noise")) >= 3,
    ),
    (
        "the purchasing director asked for a discount exactly once",
        _c(Fact("ask", 40, "purchasing", "discount")),
        lambda f: len(done(f, "ask", role="purchasing", thing="discount")) == 1,
    ),
    ("采购总监只询问过一次折扣", _c(Fact("ask", 40, "purchasing", "discount")), lambda f: len(done(f, "ask", role="purchasing", thing="discount")) == 1),
    (
        "the CTO signed the POC agreement in the last 30 days",
        _c(Fact("sign", 12, "cto", "poc")),
        lambda f: any(each.ago <= 30 for each in done(f, "sign", role="cto", thing="poc")),
    ),
    ("CTO在近30天内签署了POC同意书", _c(Fact("sign", 12, "cto", "poc")), lambda f: any(each.ago <= 30 for each in done(f, "sign", role="cto", thing="poc"))),
    (
        "客户在本季度支付了定金",
        _c(Fact("pay", 20, "cfo", "deposit")),
        lambda f: any(_day(each) >= date(2026, 4, 1) for each in done(f, "pay", thing="deposit")),
    ),
    (
        "the customer paid the deposit this quarter",
        _c(Fact("pay", 20, "cfo", "deposit")),
        lambda f: any(_day(each) >= date(2026, 4, 1) for each in done(f, "pay", thing="deposit")),
    ),
    (
        "the purchase contract was signed more than 90 days ago",
        _c(Fact("sign", 110, "cfo", "contract")),
        lambda f: any(each.ago >= 90 for each in done(f, "sign", thing="contract", side="customer")),
    ),
    (
        "客户在2026年1月至3月期间批准了项目预算",
        _c(Fact("approve", 110, "cfo", "budget")),
        lambda f: any(date(2026, 1, 1) <= _day(each) <= date(2026, 3, 31) for each in done(f, "approve", thing="budget", side="customer")),
    ),
    (
        "since 1 April 2026 the customer has not complained about the delivery date",
        _c(Fact("object", 140, "it", "delivery")),
        lambda f: not any(_day(each) >= date(2026, 4, 1) for each in done(f, "object", thing="delivery")),
    ),
    ("近60天内客户没有询问价格", _c(Fact("ask", 75, "purchasing", "price")), lambda f: not any(each.ago <= 60 for each in done(f, "ask", thing="price"))),
    (
        "no objection to the price for 60 days",
        _c(Fact("object", 75, "purchasing", "price")),
        lambda f: not any(each.ago <= 60 for each in done(f, "object", thing="price")),
    ),
    (
        "客户对价格提出异议不超过两次",
        _c(Fact("object", 75, "purchasing", "price"), Fact("object", 60, "it", "price"), Fact("object", 40, "it", "price")),
        lambda f: len(done(f, "object", thing="price")) <= 2,
    ),
    (
        "the customer asked about the delivery date or the price at least twice in the last 90 days",
        _c(Fact("ask", 45, "it", "delivery"), Fact("ask", 20, "it", "price")),
        lambda f: len([x for x in done(f, "ask", thing=("delivery", "price")) if x.ago <= 90]) >= 2,
    ),
    (
        "客户半年内多次追问交货期",
        _c(Fact("ask", 45, "it", "delivery"), Fact("ask", 20, "it", "delivery")),
        lambda f: _close(done(f, "ask", thing="delivery"), 2, 181),
    ),
)
