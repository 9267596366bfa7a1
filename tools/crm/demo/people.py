"""Our own side: regions' teams, members with their managers, and certificates, valid and expired."""

from __future__ import annotations

from random import Random

from tools.crm.demo.names import Namer
from tools.crm.demo.world import Member, World, spread

EXPERTS = (("Product", 4), ("Delivery", 4), ("Legal", 3), ("Finance", 3))
MAIL = "plumbdemo.example"


def hire(world: World, namer: Namer) -> None:
    """Fill ``world.members`` and ``world.reps`` and write teams, members and certificates."""
    rng = world.rng("people")
    head = _join(world, rng, namer, "North America", "Sales", "director", "", "", "Chief Revenue Officer")
    regions = world.stock.regions
    counts = spread(world.size.teams - len(regions), [each.share for each in regions.values()])
    for (region, spec), extra in zip(regions.items(), counts, strict=True):
        titles = spec_titles(world, "Sales", region)
        director = _join(world, rng, namer, region, "Sales", "director", "", head.id, titles[2])
        for number in range(1, extra + 2):
            team = world.next_id("teams", "T")
            name = f"{region}{'一二三四五六七八九十'[(number - 1) % 10]}组" if spec.language == "zh" and number <= 10 else f"{region} Team {number}"
            manager = _join(world, rng, namer, region, "Sales", "manager", team, director.id, titles[1])
            world.add("teams", (team, name, region, manager.name))
            for _ in range(world.size.reps):
                world.reps.setdefault(region, []).append(_join(world, rng, namer, region, "Sales", "rep", team, manager.id, titles[0]))
    for department, count in EXPERTS:
        for number in range(count * max(1, world.size.teams // 12)):
            region = list(regions)[number % len(regions)]
            _join(world, rng, namer, region, department, "rep", "", head.id, spec_titles(world, department, region)[0])
    _certify(world, rng)


def write_members(world: World) -> None:
    """Write the members' file."""
    for number, each in enumerate(world.members):
        phone = f"1990000{number:04d}" if world.stock.regions[each.region].language == "zh" else f"+1 202 555 01{number % 100:02d}"
        world.add(
            "members",
            (
                each.id, each.name, each.email, phone, each.title, each.department, each.role, each.region, each.team, each.manager,
                world.iso(each.hired), "Yes" if each.active else "No",
            ),
        )  # fmt: skip


def spec_titles(world: World, department: str, region: str) -> tuple[str, ...]:
    """Job titles of a department in the language of a region."""
    titles = world.stock.departments[department]
    return titles.zh if world.stock.regions[region].language == "zh" else titles.en


def _join(world: World, rng: Random, namer: Namer, region: str, department: str, role: str, team: str, manager: str, title: str) -> Member:
    name, slug = namer.person(world.stock.regions[region].language, unique=True)
    member = Member(
        id=f"M{len(world.members) + 1:04d}",
        name=name,
        email=f"{slug}@{MAIL}",
        title=title,
        department=department,
        role=role,
        region=region,
        team=team,
        manager=manager,
        hired=world.seasons.first - rng.randrange(30, 2_500),
        skill=rng.gauss(0, 0.3),
        delay=rng.lognormvariate(0, 0.15),
    )
    world.members.append(member)
    return member


def _certify(world: World, rng: Random) -> None:
    """One or two certificates for about half of the members; a quarter of them ran out."""
    for member in world.members:
        if rng.random() < 0.45:
            continue
        for name, issuer in rng.sample(world.stock.certificates, rng.choice((1, 1, 2))):
            start = world.seasons.today - rng.randrange(40, 980)
            world.add("certificates", (world.next_id("certificates", "Z"), name, member.id, issuer, world.iso(start), world.iso(start + 730)))
