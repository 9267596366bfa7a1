"""Products and deals: how they are won and lost for reasons that can be found again, and the stages they went through."""

from __future__ import annotations

from math import exp, log

from tools.crm.demo.world import Account, Deal, Product, Said, World, spread

STAGES = ("Qualification", "Needs analysis", "Proposal", "Negotiation")
PROBABILITY = {"Qualification": 10, "Needs analysis": 25, "Proposal": 50, "Negotiation": 75, "Closed won": 100, "Closed lost": 0}
FORECAST = {
    "Qualification": "Pipeline",
    "Needs analysis": "Pipeline",
    "Proposal": "Best case",
    "Negotiation": "Commit",
    "Closed won": "Closed",
    "Closed lost": "Omitted",
}
DEALS_BY_TIER = {"strategic": 4.0, "growth": 2.0, "long_tail": 1.0}
AMOUNT_BY_TIER = {"strategic": 2.2, "growth": 1.0, "long_tail": 0.45}
CYCLE_BY_TIER = {"strategic": 80.0, "growth": 60.0, "long_tail": 45.0}
RATES = {"CNY": 1.0, "USD": 7.1, "EUR": 7.8}
# What decides about a win, in log-odds; products, sources and the rep's skill add to it. Part of the planted truth.
BASE, PER_MEETING, MEETINGS_USUAL, COMPETITOR = 0.0, 0.35, 2, -0.6
TIER_PULL = {"strategic": 0.5, "growth": 0.1, "long_tail": -0.35}
FACE_TO_FACE = ("meeting",) * 5 + ("visit",) * 3 + ("demo",) * 2


class Selling:
    """Makes deals for a world."""

    def __init__(self, world: World) -> None:
        """Write the products and be ready to sell them."""
        self.world, self.rng = world, world.rng("selling")
        for number, (name, code, family, price, pull, niche) in enumerate(world.stock.products, 1):
            product = Product(f"P{number:03d}", name, code, family, price, pull, niche)
            world.products.append(product)
            world.add("products", (product.id, name, code, family, price, "CNY", int(price * 0.42), "Yes"))
        self.sources = world.stock.sources
        self.source_names, self.source_shares = list(self.sources), [share for share, _ in self.sources.values()]
        usual = [each for each in world.products if not each.niche]
        self.wanted = {sector: [each for each in world.products if each.niche == sector] * 3 + usual for sector in world.stock.sectors}

    def sell_all(self) -> None:
        """Deals for every account that no story owns."""
        accounts = [account for account in self.world.accounts if not account.starred]
        weights = [DEALS_BY_TIER[account.tier] * self.rng.lognormvariate(0, 0.45) for account in accounts]
        for account, count in zip(accounts, spread(self.world.size.deals - len(self.world.deals), weights), strict=True):
            for _ in range(count):
                self._sell(account)

    def _sell(self, account: Account) -> None:
        """One deal from opening to whatever came of it."""
        rng, seasons = self.rng, self.world.seasons
        opened, close = 0, 0
        while close < seasons.first + 7:  # what ended before the history has left no trace
            opened = seasons.draw(rng, account.created, seasons.last - 2)
            close = seasons.signing_day(rng, opened + 6 + int(CYCLE_BY_TIER[account.tier] * rng.lognormvariate(0, 0.45)))
        meetings = min(8, int(rng.gammavariate(1.6, 1.4)))
        source = rng.choices(self.source_names, self.source_shares)[0]
        product = rng.choice(self.wanted[account.sector])
        competitor = rng.choice(self.world.stock.competitors) if rng.random() < 0.35 else ""
        odds = BASE + TIER_PULL[account.tier] + product.pull + self.sources[source][1] + PER_MEETING * (meetings - MEETINGS_USUAL) + account.owner.skill
        odds += COMPETITOR if competitor else 0.0
        won = rng.random() < 1 / (1 + exp(-odds))
        status = "Open" if close > seasons.last else "Won" if won else "Lost"
        if status == "Open" and rng.random() < 0.12:
            close = max(opened + 5, seasons.last - rng.randrange(4, 80))  # the expected day has slipped by
        self.deal(account, opened, close, status, product=product, source=source, competitor=competitor, meetings=meetings)

    def deal(
        self,
        account: Account,
        opened: int,
        close: int,
        status: str,
        *,
        product: Product | None = None,
        source: str = "Referral",
        competitor: str = "",
        meetings: int = 2,
        amount: int | None = None,
        stage: str | None = None,
        lost_reason: str | None = None,
        quiet_from: int | None = None,
    ) -> Deal:
        """Add a deal with its stages and its face-to-face interactions; nothing happens from ``quiet_from`` on."""
        rng, world = self.rng, self.world
        product = product or rng.choice(self.wanted[account.sector])
        quantity = rng.randrange(5, 60) if product.price < 100_000 else rng.choice((1, 1, 1, 2))
        currency = "USD" if account.currency == "CNY" and rng.random() < 0.03 else account.currency
        usual = product.price * quantity * AMOUNT_BY_TIER[account.tier] / RATES[currency]
        deal = Deal(
            id=f"D{len(world.deals) + 1:06d}",
            name=f"{account.name} {product.name} {len(account.deals) + 1}",
            account=account,
            contact=rng.choice(account.contacts),
            owner=account.owner,
            product=product,
            amount=amount or max(1, round(usual * exp(rng.gauss(log(0.9), 0.4)) / 100)) * 100,
            currency=currency,
            quantity=quantity,
            kind="Expansion" if any(each.status == "Won" for each in account.deals) else "New business",
            source=source,
            competitor=competitor,
            opened=opened,
            close=close,
            status=status,
            stages=self._walk(opened, close, status, stage),
        )
        if status == "Lost":
            reasons = world.stock.lost_reasons
            drawn = "Competitor" if competitor and rng.random() < 0.4 else rng.choices(list(reasons), list(reasons.values()))[0]
            deal.lost_reason = lost_reason or ("Price" if drawn == "Competitor" and not competitor else drawn)
        elif status == "Open" and rng.random() < 0.85:
            deal.next_step = rng.choice(world.stock.next_steps)
        world.deals.append(deal)
        account.deals.append(deal)
        self._meet(deal, meetings, quiet_from or world.seasons.today)
        return deal

    def _walk(self, opened: int, close: int, status: str, stage: str | None) -> list[tuple[str, int]]:
        """The stages entered, each with its day; one in sixteen deals goes back from the proposal to the needs once."""
        rng, last = self.rng, self.world.seasons.last
        if stage is None and status == "Open":
            stage = STAGES[min(3, int(4 * (last - opened) / max(1, close - opened) * rng.uniform(0.6, 1.0)))]
        reached = STAGES.index(stage) + 1 if stage else 4 if status == "Won" else rng.choice((1, 2, 2, 3, 3, 4, 4))
        path = list(STAGES[:reached])
        if reached >= 3 and rng.random() < 0.06:
            path[3:3] = ["Needs analysis", "Proposal"]
        end = last if status == "Open" else close
        days = [opened, *sorted(rng.randint(opened, max(opened, end - 1)) for _ in path[1:])]
        stages = list(zip(path, days, strict=True))
        return stages if status == "Open" else [*stages, (f"Closed {status.lower()}", close)]

    def _meet(self, deal: Deal, meetings: int, quiet_from: int) -> None:
        rng, seasons, said = self.rng, self.world.seasons, deal.account.said
        low, high = max(deal.opened, seasons.first), min(seasons.last if deal.status == "Open" else deal.close, quiet_from - 1)
        if high < low:
            return
        deal.meetings = meetings
        for _ in range(meetings):
            said.append(Said(seasons.draw(rng, low, high), rng.choice(FACE_TO_FACE), "", deal, direction=""))
        if deal.product.price > 200_000 and len(deal.stages) > 2 and rng.random() < 0.25:
            self._trial(deal, max(low, deal.stages[2][1]), high)
        if deal.status == "Lost" and rng.random() < 0.7:
            said.append(Said(high, rng.choice(("call", "email")), "refusal", deal, direction="Inbound"))

    def _trial(self, deal: Deal, low: int, high: int) -> None:
        """A POC agreement that was promised first and then signed, refused, or left at the promise."""
        promised = self.world.seasons.draw(self.rng, low, high)
        buyer = deal.account.contact("Technical buyer")
        deal.account.said.append(Said(promised, "call", "poc_promised", deal, buyer))
        ending = self.rng.choice(("poc_signed", "poc_signed", "poc_refused", ""))
        if ending and promised < high:
            deal.account.said.append(Said(self.rng.randint(promised + 1, high), "email", ending, deal, buyer, "Inbound"))


def write_deals(world: World) -> None:
    """Write opportunities and their stage history."""
    changes = 0
    for deal in world.deals:
        stage = deal.stage
        world.add(
            "opportunities",
            (
                deal.id, deal.name, deal.account.id, deal.contact.id, deal.owner.id, deal.product.id, stage, deal.status, deal.amount, deal.currency,
                deal.quantity, f"{PROBABILITY[stage]}%", FORECAST[stage], deal.kind, deal.source, deal.account.region, deal.competitor,
                deal.lost_reason, deal.next_step, world.iso(deal.opened), world.iso(deal.close),
            ),
        )  # fmt: skip
        before = ""
        for entered, day in deal.stages:
            changes += 1
            world.add("stage_history", (f"S{changes:07d}", deal.id, before, entered, world.iso(day)))
            before = entered


def log_odds(world: World) -> dict[str, float]:
    """The planted weights of winning, by name."""
    found = {"base": BASE, "per meeting": PER_MEETING, "usual meetings": float(MEETINGS_USUAL), "competitor": COMPETITOR}
    found |= {f"tier {tier}": pull for tier, pull in TIER_PULL.items()}
    found |= {f"source {name}": pull for name, (_, pull) in world.stock.sources.items()}
    return found | {f"product {each.name}": each.pull for each in world.products}
