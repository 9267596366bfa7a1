"""How customers are served: tickets, requests of their own, milestones, and the events that they verified."""

from __future__ import annotations

from random import Random

from tools.crm.demo.customers import moment
from tools.crm.demo.world import Account, Deal, Member, World, spread

# Mean hours to a first answer by tier; long-tail customers wait far more than 1.5 times as long as strategic ones.
ANSWER_HOURS = {"strategic": 3.0, "growth": 4.0, "long_tail": 7.0}
ALLOWED_HOURS = {"strategic": 48, "growth": 72, "long_tail": 120}
WEIGHT = {"strategic": 5.0, "growth": 2.0, "long_tail": 0.8}


def serve(world: World) -> None:
    """Write tickets, requests, milestones and verified events."""
    _tickets(world)
    _requests(world)
    rng = world.rng("milestones")
    for deal in world.deals:
        if deal.account.tier != "long_tail" and not deal.account.starred:
            if deal.status == "Won":
                follow_up(world, rng, deal, (deal.close + 20, deal.close + 55, deal.close + 95))
            elif deal.status == "Open" and deal.stage in {"Proposal", "Negotiation"}:
                follow_up(world, rng, deal, (deal.stages[-1][1] + 14,))


def _shares(world: World, rng: Random, total: int) -> list[tuple[Account, int]]:
    buyers = [account for account in world.accounts if account.buyer_since]
    weights = [WEIGHT[account.tier] * (1.5 - account.care) * rng.lognormvariate(0, 0.5) for account in buyers]
    return list(zip(buyers, spread(total, weights), strict=True))


def _tickets(world: World) -> None:
    rng, seasons = world.rng("tickets"), world.seasons
    experts = [each for each in world.members if each.department in {"Delivery", "Product"}]
    end = seasons.today * 1440
    for account, count in _shares(world, rng, world.size.tickets):
        bought = [deal.product for deal in account.deals if deal.status == "Won"] or world.products
        for _ in range(count):
            subject = rng.choice(world.stock.ticket_subjects)
            opened = seasons.draw(rng, max(seasons.first, account.buyer_since), seasons.last) * 1440 + 480 + rng.randrange(660)
            answer = opened + max(2, int(60 * ANSWER_HOURS[account.tier] * (1.6 - account.care) * rng.lognormvariate(-0.1, 0.5)))
            hours = 40 * (1.9 - account.care * 1.6) * rng.lognormvariate(-0.15, 0.6)
            closed = answer + int(60 * hours)
            status = "Open" if answer >= end else "In progress" if closed >= end else "Closed"
            score = min(5, max(1, round(5.2 - hours / 28 + rng.gauss(0, 0.5)))) if status == "Closed" and rng.random() < 0.7 else None
            world.add(
                "tickets",
                (
                    f"E{len(world.tables.get('tickets', ())) + 1:06d}", account.id, rng.choice(account.contacts).id, rng.choice(bought).id,
                    rng.choice(experts).id, subject.said(account.language), subject.category, rng.choice(("High", "Normal", "Normal", "Low")), status,
                    rng.choice(("Portal", "Email", "电话", "企业微信")), moment(world, opened), moment(world, answer) if answer < end else None,
                    moment(world, closed) if closed < end else None, score,
                ),
            )  # fmt: skip


def _requests(world: World) -> None:
    rng, seasons = world.rng("requests"), world.seasons
    for account, count in _shares(world, rng, world.size.requests):
        for _ in range(count):
            opened = seasons.draw(rng, max(seasons.first, account.buyer_since), seasons.last) * 1440 + 480 + rng.randrange(600)
            allowed = ALLOWED_HOURS[account.tier] * 60
            late = rng.random() < 0.02 + 0.14 * (1 - account.care)
            answered = opened + int(allowed * (rng.uniform(1.1, 2.5) if late else rng.uniform(0.05, 0.9)))
            request(world, account, account.owner, rng.choice(world.stock.request_subjects).said(account.language), opened, opened + allowed, answered)


def request(world: World, account: Account, owner: Member, subject: str, opened: int, due: int, answered: int | None) -> None:
    """One request of a customer, in minutes; an answer that lies in the future has not come yet."""
    if answered is not None and answered >= world.seasons.today * 1440:
        answered = None
    row = world.next_id("requests", "Q"), account.id, owner.id, subject, "Answered" if answered else "Open", moment(world, opened), moment(world, due)
    world.add("requests", (*row, moment(world, answered) if answered else None))


def follow_up(world: World, rng: Random, deal: Deal, days: tuple[int, ...], missed: tuple[int, ...] | None = None) -> None:
    """Milestones of a deal due on ``days``. Never two missed in a row, unless ``missed`` says which were."""
    before = True
    for index, due in enumerate(days):
        name, english, kind = world.stock.milestones[index % len(world.stock.milestones)]
        due = next(day for day in range(due, due + 9) if (day - 1) % 7 < 5)  # ordinal 1 was a Monday
        kept = index not in missed if missed is not None else not before or rng.random() < 0.88
        done: int | None = None
        if due <= world.seasons.last:
            done, before = (due - rng.randrange(4), True) if kept else (None, False)
        status = "Planned" if due > world.seasons.last else "Missed" if done is None else "Done"
        title = name if deal.account.language == "zh" else english
        number = world.next_id("milestones", "N")
        world.add("milestones", (number, title, deal.account.id, deal.id, status, world.iso(due), None if done is None else world.iso(done)))
        if done is not None and rng.random() < 0.6:
            verified = min(done + rng.randrange(1, 5), world.seasons.last)
            event = world.next_id("verified_events", "V")
            world.add("verified_events", (event, title, deal.account.id, deal.id, deal.account.contact("Technical buyer").id, kind, world.iso(verified)))
