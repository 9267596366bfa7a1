"""Criteria that fields of records answer: visits, demos, requests, contracts, deals, milestones; alone and together with notes."""

from __future__ import annotations

from evals.journey_rules.facts import Client, Fact, Predicate, at_records, done

Given = tuple[str, Client, Predicate]


def _c(*facts: Fact, tier: str = "growth", region: str = "华东") -> Client:
    return Client(facts, tier, region)


def _visit(ago: int, role: str | None = None) -> Fact:
    return Fact("meet", ago, role, "", side="us", where="visit")


def _demo(ago: int) -> Fact:
    return Fact("show", ago, None, "mes", side="us", where="demo")


def _request(ago: int, answered: int | None, thing: str = "residency") -> Fact:
    return Fact("ask", ago, None, thing, where="request", answered=answered)


RECORDS: tuple[Given, ...] = (
    (
        "连续两次拜访后仍未确认项目预算",
        _c(_visit(60), _visit(40)),
        lambda f: len(at_records(f, "visit")) >= 2 and not done(f, "confirm", thing="budget") and not done(f, "approve", thing="budget", side="customer"),
    ),
    (
        "at least three demos in the last quarter and no objection since",
        _c(_demo(75), _demo(52), _demo(40)),
        lambda f: (
            len([x for x in at_records(f, "demo") if x.ago <= 91]) >= 3
            and not any(x.ago < min(d.ago for d in at_records(f, "demo")) for x in done(f, "object"))
        ),
    ),
    (
        "近90天内至少两次演示且客户没有抱怨设备噪音",
        _c(_demo(75), _demo(40)),
        lambda f: len([x for x in at_records(f, "demo") if x.ago <= 90]) >= 2 and not any(x.ago <= 90 for x in done(f, "object", thing="noise")),
    ),
    ("no visit in the last 60 days", _c(_visit(75)), lambda f: not any(x.ago <= 60 for x in at_records(f, "visit"))),
    ("60天没有拜访客户", _c(_visit(75)), lambda f: not any(x.ago <= 60 for x in at_records(f, "visit"))),
    (
        "we visited the CTO at least twice in the last 90 days",
        _c(_visit(75, "cto"), _visit(40, "cto")),
        lambda f: len([x for x in at_records(f, "visit") if x.role == "cto" and x.ago <= 90]) >= 2,
    ),
    (
        "近90天内至少两次拜访CTO",
        _c(_visit(75, "cto"), _visit(40, "cto")),
        lambda f: len([x for x in at_records(f, "visit") if x.role == "cto" and x.ago <= 90]) >= 2,
    ),
    (
        "a customer request about data residency has not been answered within five days",
        _c(_request(45, None)),
        lambda f: any(x.thing == "residency" and (x.answered is None or x.answered > 5) and x.ago > 5 for x in at_records(f, "request")),
    ),
    (
        "客户询问数据驻留问题后五天内无人答复",
        _c(_request(45, 9)),
        lambda f: any(x.thing == "residency" and (x.answered is None or x.answered > 5) and x.ago > 5 for x in at_records(f, "request")),
    ),
    (
        "the customer signed the framework contract and has not paid within 45 days",
        _c(Fact("sign", 75, None, "framework", where="contract")),
        lambda f: any(
            x.ago > 45 and x.status == "done" and x.thing == "framework" and not any(0 < x.ago - p.ago <= 45 for p in at_records(f, "payment"))
            for x in at_records(f, "contract")
        ),
    ),
    (
        "框架合同已签且客户在45天内付款",
        _c(Fact("sign", 75, None, "framework", where="contract"), Fact("pay", 52, None, "", where="payment")),
        lambda f: any(
            x.status == "done" and x.thing == "framework" and any(0 < x.ago - p.ago <= 45 for p in at_records(f, "payment")) for x in at_records(f, "contract")
        ),
    ),
    (
        "there is an open deal worth more than 500k and the CFO has approved the budget",
        _c(Fact("deal", 45, None, "", "open", where="deal", amount=600_000), Fact("approve", 20, "cfo", "budget")),
        lambda f: any(x.status == "open" and x.amount > 500_000 for x in at_records(f, "deal")) and bool(done(f, "approve", role="cfo", thing="budget")),
    ),
    (
        "有金额超过50万的商机且CTO已签署POC同意书",
        _c(Fact("deal", 45, None, "", "open", where="deal", amount=600_000), Fact("sign", 20, "cto", "poc")),
        lambda f: any(x.amount > 500_000 for x in at_records(f, "deal")) and bool(done(f, "sign", role="cto", thing="poc")),
    ),
    (
        "the customer missed a milestone twice in a row",
        _c(Fact("complete", 75, None, "golive", "not_done", where="milestone"), Fact("complete", 40, None, "report", "not_done", where="milestone")),
        lambda f: any(one.status == two.status == "not_done" for one, two in zip(at_records(f, "milestone"), at_records(f, "milestone")[1:], strict=False)),
    ),
    (
        "演示之后客户CTO签署了POC同意书",
        _c(_demo(60), Fact("sign", 40, "cto", "poc")),
        lambda f: any(d.ago > s.ago for d in at_records(f, "demo") for s in done(f, "sign", role="cto", thing="poc")),
    ),
    (
        "the deal reached Negotiation after a demo",
        _c(_demo(60), Fact("reach", 40, None, "negotiation", where="stage")),
        lambda f: any(d.ago > s.ago for d in at_records(f, "demo") for s in at_records(f, "stage")),
    ),
    (
        "the customer opened at least two tickets in the last 90 days",
        _c(*(Fact("ask", ago, None, "noise", where="ticket") for ago in (75, 40))),
        lambda f: len([x for x in at_records(f, "ticket") if x.ago <= 90]) >= 2,
    ),
)
