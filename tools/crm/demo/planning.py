"""What was planned: targets and OKRs per member and quarter, budgets, and the exchange rates of each quarter."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from random import Random

from tools.crm.demo.selling import RATES
from tools.crm.demo.world import Member, World

SHARES = ((40, 30, 30), (50, 30, 20), (35, 35, 30), (30, 30, 20, 20), (60, 40))


def plan(world: World) -> None:
    """Write targets, OKRs, budgets and exchange rates."""
    rng = world.rng("planning")
    _targets(world, rng)
    _okrs(world, rng)
    _budgets(world, rng)
    drift = dict.fromkeys(("USD", "EUR"), 0.0)
    for _, start, _ in world.seasons.quarters(8):
        for base in drift:
            drift[base] += rng.gauss(0, 0.04)
            world.add("exchange_rates", (base, "CNY", f"{RATES[base] + drift[base]:.4f}", world.iso(start)))


def _targets(world: World, rng: Random) -> None:
    """A rep's target is what the rep usually wins in a quarter, stretched, in CNY."""
    won: dict[str, float] = defaultdict(float)
    for deal in world.deals:
        if deal.status == "Won":
            won[deal.owner.id] += deal.amount * RATES[deal.currency]
    for member in (each for reps in world.reps.values() for each in reps):
        usual = max(200_000.0, won[member.id] / 8)
        for name, start, end in world.seasons.quarters(8):
            amount = round(usual * rng.uniform(0.9, 1.35) / 10_000) * 10_000
            row = world.next_id("targets", "J"), member.id, member.team, member.region, "Won value", amount, "CNY", name
            world.add("targets", (*row, world.iso(start), world.iso(end)))


def _okrs(world: World, rng: Random) -> None:
    """Weights of a member's key results add up to 100 % in each quarter."""
    sellers = [each for each in world.members if each.department == "Sales" and each.role in {"rep", "manager"}]
    for member in sellers:
        for name, start, end in world.seasons.quarters(4):
            shares = rng.choice(SHARES)
            for share, (objective, result) in zip(shares, rng.sample(world.stock.okrs, len(shares)), strict=True):
                world.add("okrs", _okr(world, rng, member, objective, result, share, name, start, end))


def _okr(world: World, rng: Random, member: Member, objective: str, result: str, share: int, name: str, start: int, end: int) -> tuple[str | int | None, ...]:
    elapsed = min(1.0, (world.seasons.today - start) / (end - start))
    progress = min(100, int(100 * elapsed * rng.uniform(0.6, 1.1)))
    return world.next_id("okrs", "O"), member.id, objective, result, f"{share}%", f"{progress}%", name, world.iso(start), world.iso(end)


def _budgets(world: World, rng: Random) -> None:
    """Each team's travel and POC budget by quarter, and one for each large open deal; a few are overspent."""
    quarters = world.seasons.quarters(3)
    for row in world.tables["teams"]:
        for name, start, end in quarters:
            amount = rng.randrange(8, 30) * 10_000
            elapsed = min(1.0, (world.seasons.today - start) / (end - start))
            _budget(world, f"{row[1]} {name}", (row[0], None, None), amount, int(amount * elapsed * rng.uniform(0.5, 1.12)), (name, start, end))
    name, start, end = quarters[-1]
    for deal in world.deals:
        if deal.status == "Open" and deal.account.tier == "strategic" and deal.stage in {"Proposal", "Negotiation"}:
            amount = rng.randrange(4, 20) * 10_000
            title = f"POC {deal.name}"
            _budget(world, title, (deal.owner.team, deal.account.id, deal.id), amount, int(amount * rng.uniform(0.0, 1.05)), (name, start, end))


def _budget(world: World, title: str, owners: tuple[str | int | None, str | None, str | None], amount: int, spent: int, quarter: tuple[str, int, int]) -> None:
    name, start, end = quarter
    world.add("budgets", (world.next_id("budgets", "B"), title, *owners, amount, spent, "CNY", name, world.iso(start), world.iso(end)))


def latest_rates(world: World) -> dict[str, str]:
    """The last rate to CNY of each currency, as written."""
    today = date.fromordinal(world.seasons.today).isoformat()
    return {str(base): str(rate) for base, _, rate, valid in world.tables["exchange_rates"] if str(valid) <= today}
