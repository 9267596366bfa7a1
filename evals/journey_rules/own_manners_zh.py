"""Criteria as sceptical sales managers put them in Chinese: written before anything was compiled, so that no phrasing suits the compiler."""

from __future__ import annotations

from evals.journey_rules.facts import Client, Fact, Predicate, after, at_records, done, never_after

Given = tuple[str, Client, Predicate]


def _c(*facts: Fact, tier: str = "growth", region: str = "华东") -> Client:
    return Client(facts, tier, region)


MANNERS_ZH: tuple[Given, ...] = (
    ("POC同意书上已有客户CTO的签字", _c(Fact("sign", 20, "cto", "poc")), lambda f: bool(done(f, "sign", role="cto", thing="poc"))),
    ("保密协议已经由客户法务签下来了", _c(Fact("sign", 33, "legal", "nda")), lambda f: bool(done(f, "sign", role="legal", thing="nda"))),
    ("客户至今没有签采购合同", _c(Fact("sign", 33, "cfo", "contract", "promised")), lambda f: not done(f, "sign", thing="contract", side="customer")),
    ("项目预算已经由CFO批下来了", _c(Fact("approve", 33, "cfo", "budget")), lambda f: bool(done(f, "approve", role="cfo", thing="budget"))),
    (
        "客户追问交货期不少于两次",
        _c(Fact("ask", 45, "it", "delivery"), Fact("ask", 20, "it", "delivery")),
        lambda f: len(done(f, "ask", thing="delivery", side="customer")) >= 2,
    ),
    (
        "最近三个月里客户没再抱怨过设备噪音",
        _c(Fact("object", 110, "it", "noise")),
        lambda f: not any(x.ago <= 92 for x in done(f, "object", thing="noise", side="customer")),
    ),
    (
        "客户付了定金却迟迟没有验收二号产线",
        _c(Fact("pay", 45, "cfo", "deposit")),
        lambda f: bool(done(f, "pay", thing="deposit")) and not done(f, "accept", thing="line"),
    ),
    (
        "客户口头答应续签服务协议，实际上还没续签",
        _c(Fact("renew", 45, "coo", "service", "promised")),
        lambda f: bool(done(f, "renew", thing="service", status="promised")) and not done(f, "renew", thing="service"),
    ),
    (
        "我们提交技术方案后一个月过去了，客户还没有评估",
        _c(Fact("send", 75, None, "proposal", side="us")),
        lambda f: never_after([x for x in done(f, "send", thing="proposal", side="us") if x.ago > 30], done(f, "compare", thing="proposal")),
    ),
    ("信息安全部把安全评审推迟了", _c(Fact("postpone", 45, "security", "review")), lambda f: bool(done(f, "postpone", role="security", thing="review"))),
    (
        "COO否决了实施计划",
        _c(Fact("approve", 45, "coo", "plan", "refused")),
        lambda f: bool(done(f, "approve", role="coo", thing="plan", status="refused")),
    ),
    (
        "采购总监或者财务部要求过折扣",
        _c(Fact("ask", 45, "purchasing", "discount")),
        lambda f: bool(done(f, "ask", role=("purchasing", "finance", "cfo"), thing="discount")),
    ),
    ("总经理推荐过MES系统", _c(Fact("recommend", 45, "ceo", "mes")), lambda f: bool(done(f, "recommend", role="ceo", thing="mes"))),
    (
        "上次拜访距今已超过60天",
        _c(Fact("meet", 75, None, "", side="us", where="visit")),
        lambda f: bool(at_records(f, "visit")) and not any(x.ago <= 60 for x in at_records(f, "visit")),
    ),
    ("已续签采购合同的战略客户", _c(Fact("renew", 45, "coo", "contract"), tier="strategic"), lambda f: bool(done(f, "renew", thing="contract"))),
    (
        "报价单发出去两周了，客户一直没有下单",
        _c(Fact("send", 45, None, "quote", side="us")),
        lambda f: never_after([x for x in done(f, "send", thing="quote", side="us") if x.ago >= 14], done(f, "order", side="customer")),
    ),
    (
        "客户先试用了MES系统，后来才订购二号产线",
        _c(Fact("try", 75, "it", "mes"), Fact("order", 45, "it", "line")),
        lambda f: after(done(f, "try", thing="mes"), done(f, "order", thing="line")),
    ),
    (
        "半年之内CTO和采购总监我们都拜访过",
        _c(Fact("meet", 75, "cto", "", side="us", where="visit"), Fact("meet", 45, "purchasing", "", side="us", where="visit")),
        lambda f: all(any(x.role == role and x.ago <= 180 for x in at_records(f, "visit")) for role in ("cto", "purchasing")),
    ),
    (
        "有一笔50万以上的商机已经赢单",
        _c(Fact("deal", 45, None, "", "won", where="deal", amount=600_000)),
        lambda f: any(x.status == "won" and x.amount >= 500_000 for x in at_records(f, "deal")),
    ),
    (
        "客户既没有批准项目预算，也没有确认实施计划",
        _c(Fact("approve", 45, "cfo", "budget", "promised"), Fact("confirm", 20, "it", "plan", "promised")),
        lambda f: (
            not done(f, "approve", thing="budget", side="customer")
            and not done(f, "confirm", thing="plan", side="customer")
            and not done(f, "approve", thing="plan", side="customer")
        ),
    ),
)
