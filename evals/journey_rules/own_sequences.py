"""Criteria about what came before or after what, and what did not."""

from __future__ import annotations

from collections.abc import Sequence

from evals.journey_rules.facts import Client, Fact, Predicate, after, done, never_after

Given = tuple[str, Client, Predicate]


def _c(*facts: Fact, tier: str = "growth", region: str = "华东") -> Client:
    return Client(facts, tier, region)


def _pairs(facts: Sequence[Fact], days: int) -> list[Fact]:
    """The later of each two that lie within so many days."""
    return [two for one in facts for two in facts if 0 < one.ago - two.ago <= days]


_TWICE = _c(Fact("ask", 60, "legal", "residency"), Fact("ask", 45, "legal", "residency"))
SEQUENCES: tuple[Given, ...] = (
    (
        "legal raised the data-residency question twice within a month and nobody answered within five days",
        _TWICE,
        lambda f: never_after(_pairs(done(f, "ask", role="legal", thing="residency"), 30), done(f, "answer", thing="residency"), 5),
    ),
    (
        "法务一个月内两次询问数据驻留问题，且五天内无人答复",
        _TWICE,
        lambda f: never_after(_pairs(done(f, "ask", role="legal", thing="residency"), 30), done(f, "answer", thing="residency"), 5),
    ),
    (
        "the budget was approved by finance but the contract has not been signed within 30 days",
        _c(Fact("approve", 75, "finance", "budget")),
        lambda f: never_after(done(f, "approve", role=("finance", "cfo"), thing="budget"), done(f, "sign", thing="contract", side="customer"), 30),
    ),
    (
        "财务已批准项目预算，但30天内未签采购合同",
        _c(Fact("approve", 75, "finance", "budget"), Fact("sign", 20, "cfo", "contract")),
        lambda f: never_after(done(f, "approve", role=("finance", "cfo"), thing="budget"), done(f, "sign", thing="contract", side="customer"), 30),
    ),
    (
        "the customer paid the deposit, then ordered licences",
        _c(Fact("pay", 60, "cfo", "deposit"), Fact("order", 40, "it", "licences")),
        lambda f: after(done(f, "pay", thing="deposit"), done(f, "order", thing="licences")),
    ),
    (
        "客户支付定金之后订购了许可证",
        _c(Fact("pay", 60, "cfo", "deposit"), Fact("order", 40, "it", "licences")),
        lambda f: after(done(f, "pay", thing="deposit"), done(f, "order", thing="licences")),
    ),
    (
        "we sent the quote and the customer ordered production line 2 within 30 days",
        _c(Fact("send", 75, None, "quote", side="us"), Fact("order", 60, "it", "line")),
        lambda f: after(done(f, "send", thing="quote", side="us"), done(f, "order", thing="line"), 30),
    ),
    (
        "我们发送报价单后30天内客户订购了二号产线",
        _c(Fact("send", 75, None, "quote", side="us"), Fact("order", 60, "it", "line")),
        lambda f: after(done(f, "send", thing="quote", side="us"), done(f, "order", thing="line"), 30),
    ),
    (
        "我们发送报价单后两周内客户没有下单",
        _c(Fact("send", 75, None, "quote", side="us")),
        lambda f: never_after(done(f, "send", thing="quote", side="us"), done(f, "order", side="customer"), 14),
    ),
    (
        "no complaint since the MES system was deployed",
        _c(Fact("install", 60, None, "mes", side="us")),
        lambda f: never_after(done(f, "install", thing="mes"), done(f, "object")),
    ),
    (
        "部署MES系统以来客户没有抱怨设备噪音",
        _c(Fact("install", 60, None, "mes", side="us"), Fact("object", 90, "it", "noise")),
        lambda f: never_after(done(f, "install", thing="mes"), done(f, "object", thing="noise")),
    ),
    (
        "the security team tested the MES system before the CTO signed the POC agreement",
        _c(Fact("try", 60, "security", "mes"), Fact("sign", 40, "cto", "poc")),
        lambda f: after(done(f, "try", role="security", thing="mes"), done(f, "sign", role="cto", thing="poc")),
    ),
    (
        "CTO签署POC同意书之前，客户试用了MES系统",
        _c(Fact("try", 60, "it", "mes"), Fact("sign", 40, "cto", "poc")),
        lambda f: after(done(f, "try", thing="mes", side="customer"), done(f, "sign", role="cto", thing="poc")),
    ),
    (
        "采购合同签署超过30天仍未支付定金",
        _c(Fact("sign", 75, "cfo", "contract")),
        lambda f: any(x.ago > 30 for x in done(f, "sign", thing="contract", side="customer")) and not done(f, "pay", thing="deposit"),
    ),
    (
        "after the CFO approved the budget the customer confirmed the rollout plan",
        _c(Fact("approve", 75, "cfo", "budget"), Fact("confirm", 52, "it", "plan")),
        lambda f: after(
            done(f, "approve", role="cfo", thing="budget"), [*done(f, "confirm", thing="plan"), *done(f, "approve", thing="plan", side="customer")]
        ),
    ),
    (
        "the customer objected to the price and we answered within 7 days",
        _c(Fact("object", 75, "purchasing", "price"), Fact("answer", 72, None, "price", side="us")),
        lambda f: after(done(f, "object", thing="price"), done(f, "answer", thing="price", side="us"), 7),
    ),
    (
        "客户询问价格后三天内我们答复了",
        _c(Fact("ask", 75, "purchasing", "price"), Fact("answer", 73, None, "price", side="us")),
        lambda f: after(done(f, "ask", thing="price"), done(f, "answer", thing="price", side="us"), 3),
    ),
)
