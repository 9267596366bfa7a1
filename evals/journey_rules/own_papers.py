"""Criteria about who did or did not do what to which paper or thing."""

from __future__ import annotations

from evals.journey_rules.facts import Client, Fact, Predicate, done

Given = tuple[str, Client, Predicate]


def _c(*facts: Fact, tier: str = "growth", region: str = "华东") -> Client:
    return Client(facts, tier, region)


PAPERS: tuple[Given, ...] = (
    ("客户CTO已签署POC同意书", _c(Fact("sign", 20, "cto", "poc")), lambda f: bool(done(f, "sign", role="cto", thing="poc"))),
    ("the customer's CTO has signed the POC agreement", _c(Fact("sign", 20, "cto", "poc")), lambda f: bool(done(f, "sign", role="cto", thing="poc"))),
    ("The NDA was signed by legal", _c(Fact("sign", 33, "legal", "nda")), lambda f: bool(done(f, "sign", role="legal", thing="nda"))),
    ("法务已签署保密协议", _c(Fact("sign", 33, "legal", "nda")), lambda f: bool(done(f, "sign", role="legal", thing="nda"))),
    ("客户已签采购合同", _c(Fact("sign", 40, "cfo", "contract")), lambda f: bool(done(f, "sign", side="customer", thing="contract"))),
    (
        "the CFO or the CEO has approved the project budget",
        _c(Fact("approve", 25, "cfo", "budget")),
        lambda f: bool(done(f, "approve", role=("cfo", "ceo"), thing="budget")),
    ),
    ("CFO或总经理已批准项目预算", _c(Fact("approve", 25, "ceo", "budget")), lambda f: bool(done(f, "approve", role=("cfo", "ceo"), thing="budget"))),
    (
        "finance and legal have approved the rollout plan",
        _c(Fact("approve", 25, "finance", "plan"), Fact("approve", 22, "legal", "plan")),
        lambda f: bool(done(f, "approve", role=("finance", "cfo"), thing="plan")) and bool(done(f, "approve", role="legal", thing="plan")),
    ),
    (
        "法务和财务均已批准实施计划",
        _c(Fact("approve", 25, "finance", "plan"), Fact("approve", 22, "legal", "plan")),
        lambda f: bool(done(f, "approve", role=("finance", "cfo"), thing="plan")) and bool(done(f, "approve", role="legal", thing="plan")),
    ),
    (
        "The customer refused to sign the service agreement",
        _c(Fact("sign", 15, "legal", "service", "refused")),
        lambda f: bool(done(f, "sign", thing="service", side="customer", status="refused")),
    ),
    (
        "客户拒绝签署服务协议",
        _c(Fact("sign", 15, "coo", "service", "refused")),
        lambda f: bool(done(f, "sign", thing="service", side="customer", status="refused")),
    ),
    (
        "the customer promised to pay the deposit but has not paid it",
        _c(Fact("pay", 30, "cfo", "deposit", "promised")),
        lambda f: bool(done(f, "pay", thing="deposit", status="promised")) and not done(f, "pay", thing="deposit"),
    ),
    (
        "客户答应支付定金但没有支付",
        _c(Fact("pay", 30, "cfo", "deposit", "promised")),
        lambda f: bool(done(f, "pay", thing="deposit", status="promised")) and not done(f, "pay", thing="deposit"),
    ),
    (
        "CTO签署了POC同意书，但采购总监还没有批准预算",
        _c(Fact("sign", 20, "cto", "poc")),
        lambda f: bool(done(f, "sign", role="cto", thing="poc")) and not done(f, "approve", role="purchasing", thing="budget"),
    ),
    (
        "the CTO signed the POC agreement but purchasing has not approved the budget",
        _c(Fact("sign", 20, "cto", "poc"), Fact("approve", 25, "cfo", "budget")),
        lambda f: bool(done(f, "sign", role="cto", thing="poc")) and not done(f, "approve", role="purchasing", thing="budget"),
    ),
    (
        "the customer ordered licences or paid the deposit",
        _c(Fact("order", 18, "it", "licences")),
        lambda f: bool(done(f, "order", thing="licences") or done(f, "pay", thing="deposit")),
    ),
    (
        "客户已订购许可证或已支付定金",
        _c(Fact("pay", 18, "cfo", "deposit")),
        lambda f: bool(done(f, "order", thing="licences") or done(f, "pay", thing="deposit")),
    ),
    ("客户已验收二号产线", _c(Fact("accept", 9, "quality", "line")), lambda f: bool(done(f, "accept", thing="line"))),
    ("the MES system has been deployed", _c(Fact("install", 35, None, "mes", side="us")), lambda f: bool(done(f, "install", thing="mes"))),
    ("MES系统已部署", _c(Fact("install", 35, None, "mes", side="us")), lambda f: bool(done(f, "install", thing="mes"))),
    ("客户续签了服务协议", _c(Fact("renew", 12, "coo", "service")), lambda f: bool(done(f, "renew", thing="service"))),
    (
        "the customer cancelled the purchase contract",
        _c(Fact("cancel", 12, "coo", "contract")),
        lambda f: bool(done(f, "cancel", thing="contract", side="customer")),
    ),
    (
        "strategic accounts where legal has signed the NDA",
        _c(Fact("sign", 33, "legal", "nda"), tier="strategic"),
        lambda f: bool(done(f, "sign", role="legal", thing="nda")),
    ),
    ("战略客户的CTO已签署POC同意书", _c(Fact("sign", 20, "cto", "poc"), tier="strategic"), lambda f: bool(done(f, "sign", role="cto", thing="poc"))),
    ("华南的客户，CFO已批准项目预算", _c(Fact("approve", 20, "cfo", "budget"), region="华南"), lambda f: bool(done(f, "approve", role="cfo", thing="budget"))),
    (
        "our side has signed the service agreement",
        _c(Fact("sign", 20, None, "service", side="us")),
        lambda f: bool(done(f, "sign", side="us", thing="service")),
    ),
    (
        "我方已签署服务协议但客户未签署",
        _c(Fact("sign", 20, None, "service", side="us")),
        lambda f: bool(done(f, "sign", side="us", thing="service")) and not done(f, "sign", side="customer", thing="service"),
    ),
    ("the security team tested the MES system", _c(Fact("try", 14, "security", "mes")), lambda f: bool(done(f, "try", role="security", thing="mes"))),
)
