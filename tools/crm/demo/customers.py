"""The other side: accounts over three tiers with their contacts, their consents, and leads that may become accounts."""

from __future__ import annotations

from random import Random

from tools.crm.demo.names import Namer, Sector
from tools.crm.demo.world import TIERS, Account, Contact, Row, World

HEADCOUNT = {"strategic": 4_000, "growth": 600, "long_tail": 90}
CONTACTS = {"strategic": 5, "growth": 3, "long_tail": 2}
NEW_SHARE = {"strategic": 0.1, "growth": 0.3, "long_tail": 0.4}  # accounts that came within the two years
FIRST_ANSWER_HOURS = 5.0


def found(world: World, namer: Namer) -> None:
    """Fill ``world.accounts`` with accounts and their contacts."""
    rng = world.rng("customers")
    for tier, count in zip(TIERS, world.size.accounts, strict=True):
        for _ in range(count):
            world.accounts.append(_account(world, rng, namer, tier, len(world.accounts) + 1))
    leaders: dict[str, list[Account]] = {}
    for account in world.accounts:
        if account.tier == "strategic":
            leaders.setdefault(account.region, []).append(account)
        elif rng.random() < 0.08 and account.region in leaders:
            account.parent = rng.choice(leaders[account.region]).id
    number = 0
    for account in world.accounts:
        for position in world.stock.contact_titles[: CONTACTS[account.tier]]:
            number += 1
            name, _ = namer.person(account.language)
            account.contacts.append(Contact(f"C{number:06d}", name, position.zh if account.language == "zh" else position.en, position.role))


def _account(world: World, rng: Random, namer: Namer, tier: str, number: int) -> Account:
    region = _weighted(rng, {name: spec.share for name, spec in world.stock.regions.items()})
    spec = world.stock.regions[region]
    sector = _weighted(rng, {name: each.share for name, each in world.stock.sectors.items()})
    city = rng.choice(spec.cities)
    name, slug = namer.company(spec.language, city, _words(world, sector))
    late, seasons = rng.random() < 0.1, world.seasons
    new = rng.random() < NEW_SHARE[tier]
    return Account(
        id=f"A{number:05d}",
        name=name,
        tier=tier,
        sector=sector,
        region=region,
        city=city,
        country=spec.country,
        currency=spec.currency,
        language=spec.language,
        slug=f"{slug}{number}",
        owner=rng.choice(world.reps[region]),
        employees=int(HEADCOUNT[tier] * rng.lognormvariate(0, 0.6)) + 5,
        revenue=int(HEADCOUNT[tier] * rng.lognormvariate(0, 0.8)) * 6_000 + 200_000,
        founded=rng.randrange(1978, 2021),
        women_founded=rng.random() < 0.22,
        created=seasons.draw(rng, seasons.first, seasons.last - 60) if new else seasons.origin - rng.randrange(1, 900),
        care=min(0.98, max(0.02, rng.gauss(0.42 if sector == "医疗" else 0.6, 0.18))),
        payer=rng.uniform(18, 40) if late else rng.uniform(-6, 4),
    )


def _words(world: World, sector: str) -> Sector:
    return world.stock.sectors[sector]


def _weighted(rng: Random, shares: dict[str, int]) -> str:
    return rng.choices(list(shares), list(shares.values()))[0]


def write_accounts(world: World) -> None:
    """Write accounts and contacts; an account that bought is a customer."""
    rng = world.rng("address book")
    positions = {each.zh: each for each in world.stock.contact_titles} | {each.en: each for each in world.stock.contact_titles}
    for account in world.accounts:
        phone = f"0{account.id[1:]}00" if account.language == "zh" else "+1 202 555 0100"
        world.add(
            "accounts",
            (
                account.id, account.name, account.tier, "Customer" if account.buyer_since else "Prospect", account.sector, account.region, account.country,
                account.city, account.employees, account.revenue, account.currency, account.founded, "Yes" if account.women_founded else "No",
                f"https://{account.slug}.example", phone, "Active" if account.deals else "Dormant", account.parent, account.owner.id,
                world.iso(account.created),
            ),
        )  # fmt: skip
        for contact in account.contacts:
            position = positions[contact.title]
            department = position.zh_dept if account.language == "zh" else position.en_dept
            mobile = f"1990{int(contact.id[1:]):07d}" if account.language == "zh" else "+1 202 555 0199"
            email = f"{contact.id.lower()}@{account.slug}.example"
            created = world.iso(account.created + rng.randrange(60))
            world.add(
                "contacts",
                (contact.id, contact.name, account.id, account.owner.id, contact.title, contact.role, department, email, mobile, account.city, created),
            )
            if account.tier != "long_tail" and account.created < world.seasons.last - 120 and rng.random() < 0.4:
                _consent(world, rng, account, contact)


def _consent(world: World, rng: Random, account: Account, contact: Contact) -> None:
    for purpose in rng.sample(world.stock.consent_purposes, rng.choice((1, 1, 2))):
        granted = world.seasons.draw(rng, max(world.seasons.first, account.created), world.seasons.last - 90)
        withdrawn = granted + rng.randrange(20, 90) if rng.random() < 0.15 else None
        world.add(
            "consents",
            (
                world.next_id("consents", "G"), account.id, contact.id, purpose, "Granted" if withdrawn is None else "Withdrawn",
                "Yes" if rng.random() < 0.7 else "No", world.iso(granted), None if withdrawn is None else world.iso(withdrawn),
            ),
        )  # fmt: skip


def inquire(world: World, namer: Namer) -> None:
    """Write the leads with the time to their first answer, which the rep's own pace decides; most new accounts began as one."""
    rng, seasons = world.rng("leads"), world.seasons
    shares = {name: spec.share for name, spec in world.stock.regions.items()}
    arrivals: list[tuple[int, Account | None]] = []
    for account in world.accounts:
        if account.created > seasons.first + 40 and rng.random() < 0.8 and len(arrivals) < world.size.leads // 3:
            arrivals.append((account.created - rng.randrange(2, 40), account))
    arrivals += [(seasons.draw(rng, seasons.first, seasons.last), None) for _ in range(world.size.leads - len(arrivals))]
    for number, (day, became) in enumerate(sorted(arrivals, key=lambda each: each[0]), 1):
        world.add("leads", _lead(world, rng, namer, number, day, became, became.region if became else _weighted(rng, shares)))


def _lead(world: World, rng: Random, namer: Namer, number: int, day: int, became: Account | None, region: str) -> Row:
    spec = world.stock.regions[region]
    opened = day * 1440 + 480 + rng.randrange(600)
    owner = rng.choice(world.reps[region])
    answered: int | None = opened + max(3, int(60 * FIRST_ANSWER_HOURS * owner.delay * rng.lognormvariate(0, 0.7)))
    if became is not None:
        answered = min(answered or opened, became.created * 1440 + 480)
    elif rng.random() < 0.04 or (answered or 0) >= world.seasons.today * 1440:
        answered = None
    sector = _weighted(rng, {name: each.share for name, each in world.stock.sectors.items()})
    company, slug = namer.company(spec.language, rng.choice(spec.cities), _words(world, sector))
    if became is not None:
        company, sector, slug = became.name, became.sector, became.slug
    status = "Converted" if became else "New" if answered is None else rng.choice(("Working", "Nurturing", "Unqualified"))
    person, _ = namer.person(spec.language)
    position = rng.choice(world.stock.contact_titles)
    return (
        f"L{number:06d}", person, company, position.zh if spec.language == "zh" else position.en, f"l{number}@{slug}.example",
        f"1991{number:07d}" if spec.language == "zh" else "+1 202 555 0150", rng.choice(list(world.stock.sources)), status,
        rng.choice(("Hot", "Warm", "Warm", "Cold")), sector, region, rng.choice(world.stock.lead_needs.said(spec.language)), owner.id,
        became.id if became else None, moment(world, opened), None if answered is None else moment(world, answered),
        world.iso(became.created) if became else None,
    )  # fmt: skip


def moment(world: World, minutes: int) -> str:
    """A point in time, given in minutes since the first ordinal day, as an export writes it."""
    day, minute = divmod(minutes, 1440)
    return f"{world.seasons.iso[day]} {minute // 60:02d}:{minute % 60:02d}"
