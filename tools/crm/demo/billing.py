"""After the signature: contracts with their renewals, invoices, and payments on time or late."""

from __future__ import annotations

from math import exp
from random import Random

from tools.crm.demo.selling import AMOUNT_BY_TIER, RATES
from tools.crm.demo.world import Account, Deal, World

YEAR = 365
# What decides about a renewal, in log-odds. Part of the planted truth.
RENEWAL = {"base": -0.6, "care": 3.4, "recent year of a medical customer": -0.9}
TERMS = ("按季付款，验收后 30 天内", "Net 60 after acceptance", "年付，含驻场支持", "Data stays in region; audit once a year", "违约金不超过合同额 10%")


def bill(world: World) -> None:
    """Write contracts, invoices and payments of all accounts."""
    rng = world.rng("billing")
    for account in world.accounts:
        if not account.starred and account.created < world.seasons.origin and rng.random() < (0.5 if account.tier != "long_tail" else 0.3):
            start = max(account.created, world.seasons.first - rng.randrange(5, YEAR))
            amount = int(300_000 * AMOUNT_BY_TIER[account.tier] * rng.lognormvariate(0, 0.5) / RATES[account.currency] / 100) * 100
            sign(world, rng, account, None, amount, account.currency, start)
        for deal in account.deals:
            if deal.status == "Won":
                sign(world, rng, account, deal, deal.amount, deal.currency, deal.close)


def sign(world: World, rng: Random, account: Account, deal: Deal | None, amount: int, currency: str, signed: int, end: int | None = None) -> None:
    """A contract and all its renewals up to today, with what was invoiced for them; ``end`` overrides the first term."""
    kind, start, last = "New", signed + rng.randrange(1, 15), world.seasons.last
    account.buyer_since = min(account.buyer_since or signed, signed)
    while True:
        end = end or start + YEAR * (2 if account.tier == "strategic" and deal is not None and rng.random() < 0.15 else 1) - 1
        renewed = end <= last and rng.random() < 1 / (1 + exp(-_renewal_odds(world, account, end)))
        number = len(world.tables.get("contracts", ())) + 1
        contract = f"K{number:06d}"
        status = "Active" if end > last else "Renewed" if renewed else "Expired"
        what = deal.product.name if deal else "年度服务" if account.language == "zh" else "Annual service"
        world.add(
            "contracts",
            (
                contract, f"HT-{number:06d}", f"{account.name} {what} {world.iso(start)[:4]}", account.id, deal.id if deal else None, account.owner.id, kind,
                status, amount, currency, world.iso(signed), world.iso(start), world.iso(end), "Yes" if rng.random() < 0.2 else "No", rng.choice(TERMS),
            ),
        )  # fmt: skip
        _invoice(world, rng, account, contract, amount, currency, start, end)
        if not renewed:
            return
        kind, signed, start, deal = "Renewal", end - rng.randrange(3, 40), end + 1, None
        amount, end = int(amount * rng.uniform(0.85, 1.2) / 100) * 100, None


def _renewal_odds(world: World, account: Account, end: int) -> float:
    odds = RENEWAL["base"] + RENEWAL["care"] * account.care
    return odds + (RENEWAL["recent year of a medical customer"] if account.sector == "医疗" and end > world.seasons.last - YEAR else 0.0)


def _invoice(world: World, rng: Random, account: Account, contract: str, amount: int, currency: str, start: int, end: int) -> None:
    parts = 1 if amount < 200_000 else 2 if amount < 1_500_000 else 4
    last = world.seasons.last
    for part in range(parts):
        issued = start + part * (end - start) // parts
        if issued > last:
            return
        share = amount // parts if part else amount - (parts - 1) * (amount // parts)
        due = issued + (60 if account.tier == "strategic" else 30)
        number = len(world.tables.get("invoices", ())) + 1
        invoice = f"I{number:06d}"
        paid = _pay(world, rng, account, contract, invoice, share, currency, max(issued + 1, due + round(rng.gauss(account.payer, 5))), part + 1)
        status = "Paid" if paid == share else "Overdue" if due < world.seasons.today else "Partly paid" if paid else "Open"
        world.add(
            "invoices",
            (
                invoice, f"INV-{number:06d}", account.id, contract, account.owner.id, status, share, share - paid, currency, world.iso(issued), world.iso(due),
            ),
        )  # fmt: skip


def _pay(world: World, rng: Random, account: Account, contract: str, invoice: str, amount: int, currency: str, day: int, part: int) -> int:
    """Write the payments of an invoice that came in by yesterday; one in eight comes in two instalments. Gives what was paid."""
    first = amount // 2 if rng.random() < 0.12 else amount
    paid = 0
    for share, when in ((first, day), (amount - first, day + rng.randrange(10, 30))):
        if share and when <= world.seasons.last:
            number = len(world.tables.get("payments", ())) + 1
            method = rng.choice(("银行转账", "银行转账", "承兑汇票") if currency == "CNY" else ("Wire", "Wire", "Check"))
            world.add(
                "payments",
                (
                    f"R{number:06d}", f"HK-{number:06d}", account.id, contract, invoice, account.owner.id, method, "Received", share, currency,
                    world.iso(when), part,
                ),
            )  # fmt: skip
            paid += share
    return paid
