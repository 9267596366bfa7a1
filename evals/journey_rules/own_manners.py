"""Criteria as sceptical sales managers put them in English: written before anything was compiled, so that no phrasing suits the compiler."""

from __future__ import annotations

from evals.journey_rules.facts import Client, Fact, Predicate, after, at_records, done, never_after

Given = tuple[str, Client, Predicate]


def _c(*facts: Fact, tier: str = "growth", region: str = "华东") -> Client:
    return Client(facts, tier, region)


MANNERS: tuple[Given, ...] = (
    ("the CTO's signature is on the POC agreement", _c(Fact("sign", 20, "cto", "poc")), lambda f: bool(done(f, "sign", role="cto", thing="poc"))),
    ("we have a signed NDA from the customer", _c(Fact("sign", 33, "legal", "nda")), lambda f: bool(done(f, "sign", thing="nda", side="customer"))),
    (
        "only count accounts whose CFO approved the project budget in the past 60 days",
        _c(Fact("approve", 20, "cfo", "budget")),
        lambda f: any(x.ago <= 60 for x in done(f, "approve", role="cfo", thing="budget")),
    ),
    (
        "the acceptance report was accepted but the final payment is still outstanding",
        _c(Fact("accept", 45, "it", "report")),
        lambda f: bool(done(f, "accept", thing="report")) and not done(f, "pay", thing="final"),
    ),
    (
        "nobody at the customer has objected to the price",
        _c(Fact("object", 45, "it", "noise")),
        lambda f: not done(f, "object", thing="price", side="customer"),
    ),
    (
        "the IT department tried out the MES system and never asked for a discount",
        _c(Fact("try", 45, "it", "mes"), Fact("ask", 20, "it", "price")),
        lambda f: bool(done(f, "try", role="it", thing="mes")) and not done(f, "ask", role="it", thing="discount"),
    ),
    (
        "the purchasing director hasn't asked about the delivery date in the past 90 days",
        _c(Fact("ask", 110, "purchasing", "delivery")),
        lambda f: not any(x.ago <= 90 for x in done(f, "ask", role="purchasing", thing="delivery")),
    ),
    (
        "the customer has put off the rollout plan more than once",
        _c(Fact("postpone", 75, "coo", "plan"), Fact("postpone", 45, "coo", "plan")),
        lambda f: len(done(f, "postpone", thing="plan", side="customer")) > 1,
    ),
    (
        "the customer objected to the price, yet the CFO signed the purchase contract afterwards",
        _c(Fact("object", 75, "purchasing", "price"), Fact("sign", 45, "cfo", "contract")),
        lambda f: after(done(f, "object", thing="price"), done(f, "sign", role="cfo", thing="contract")),
    ),
    (
        "once the deposit had been paid, we installed production line 2 within 60 days",
        _c(Fact("pay", 75, "cfo", "deposit"), Fact("install", 45, None, "line", side="us")),
        lambda f: after(done(f, "pay", thing="deposit"), done(f, "install", thing="line", side="us"), 60),
    ),
    (
        "strategic customers that have renewed the service agreement",
        _c(Fact("renew", 45, "coo", "service"), tier="strategic"),
        lambda f: bool(done(f, "renew", thing="service")),
    ),
    (
        "the COO turned down the rollout plan",
        _c(Fact("approve", 45, "coo", "plan", "refused")),
        lambda f: bool(done(f, "approve", role="coo", thing="plan", status="refused")),
    ),
    (
        "it has been more than 45 days since we sent the proposal and the customer has not evaluated it",
        _c(Fact("send", 75, None, "proposal", side="us")),
        lambda f: (
            any(x.ago > 45 for x in done(f, "send", thing="proposal", side="us"))
            and never_after([x for x in done(f, "send", thing="proposal", side="us") if x.ago > 45], done(f, "compare", thing="proposal"))
        ),
    ),
    (
        "either the CTO or the IT department has recommended the MES system",
        _c(Fact("recommend", 45, "it", "mes")),
        lambda f: bool(done(f, "recommend", role=("cto", "it"), thing="mes")),
    ),
    (
        "the security review has been postponed at least once since 1 April 2026",
        _c(Fact("postpone", 45, "security", "review")),
        lambda f: any(x.ago <= 90 for x in done(f, "postpone", thing="review")),
    ),
    (
        "the customer accepted both production line 2 and the acceptance report",
        _c(Fact("accept", 45, "it", "line"), Fact("accept", 20, "it", "report")),
        lambda f: bool(done(f, "accept", thing="line") and done(f, "accept", thing="report")),
    ),
    (
        "the customer may cancel the purchase contract",
        _c(Fact("cancel", 45, "coo", "contract", "possible")),
        lambda f: bool(done(f, "cancel", thing="contract", status="possible")),
    ),
    (
        "there is an open deal above 500,000 and nobody has visited the customer for 60 days",
        _c(Fact("deal", 45, None, "", "open", where="deal", amount=600_000), Fact("meet", 75, None, "", side="us", where="visit")),
        lambda f: any(x.status == "open" and x.amount > 500_000 for x in at_records(f, "deal")) and not any(x.ago <= 60 for x in at_records(f, "visit")),
    ),
    (
        "our last visit was more than 60 days ago",
        _c(Fact("meet", 75, None, "", side="us", where="visit")),
        lambda f: bool(at_records(f, "visit")) and not any(x.ago <= 60 for x in at_records(f, "visit")),
    ),
    (
        "two or more tickets in the past 90 days, and finance has not approved the project budget",
        _c(*(Fact("ask", ago, None, "noise", where="ticket") for ago in (75, 40)), Fact("approve", 20, "legal", "budget")),
        lambda f: len([x for x in at_records(f, "ticket") if x.ago <= 90]) >= 2 and not done(f, "approve", role=("finance", "cfo"), thing="budget"),
    ),
)
