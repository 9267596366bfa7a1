"""The people, companies and deals of the demo while it is being written, and the rows of its files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Literal

from tools.crm.demo.names import Language, Stock, stock
from tools.crm.demo.seasons import Seasons
from tools.trace.cells import Frozen

SizeName = Literal["small", "large", "huge"]
Row = tuple[str | int | None, ...]
TIERS = ("strategic", "growth", "long_tail")


class Size(Frozen):
    """How much of everything there is. ``accounts`` go by tier."""

    accounts: tuple[int, int, int]
    teams: int
    reps: int
    deals: int
    interactions: int
    leads: int
    tickets: int
    requests: int
    signals: int


SIZES: dict[SizeName, Size] = {
    "small": Size(accounts=(40, 120, 240), teams=8, reps=4, deals=2_000, interactions=12_000, leads=600, tickets=1_600, requests=500, signals=300),
    "large": Size(accounts=(200, 600, 1_200), teams=20, reps=5, deals=12_000, interactions=100_000, leads=4_000, tickets=10_000, requests=3_000, signals=1_500),
    "huge": Size(
        accounts=(1_000, 3_000, 6_000), teams=48, reps=6, deals=80_000, interactions=1_000_000, leads=25_000, tickets=60_000, requests=15_000, signals=6_000
    ),
}


@dataclass(slots=True, eq=False)
class Member:
    """One of ours. ``skill`` shifts the log-odds of winning, ``delay`` multiplies the time to a first answer."""

    id: str
    name: str
    email: str
    title: str
    department: str
    role: str
    region: str
    team: str
    manager: str
    hired: int
    active: bool = True
    skill: float = 0.0
    delay: float = 1.0


@dataclass(slots=True, eq=False)
class Contact:
    """A person at an account."""

    id: str
    name: str
    title: str
    role: str


@dataclass(slots=True, eq=False)
class Product:
    """Something that we sell; ``pull`` shifts the log-odds of winning, ``niche`` is the one sector that buys it."""

    id: str
    name: str
    code: str
    family: str
    price: int
    pull: float
    niche: str


@dataclass(slots=True, eq=False)
class Said:
    """An interaction that the plot asks for, on top of the everyday ones."""

    day: int
    kind: str
    mood: str
    deal: Deal | None = None
    contact: Contact | None = None
    direction: str = "Outbound"
    subject: str | None = None
    body: str | None = None


@dataclass(slots=True, eq=False)
class Deal:
    """An opportunity. ``meetings`` is how many meetings, visits and demos it has."""

    id: str
    name: str
    account: Account
    contact: Contact
    owner: Member
    product: Product
    amount: int
    currency: str
    quantity: int
    kind: str
    source: str
    competitor: str
    opened: int
    close: int
    status: str
    stages: list[tuple[str, int]]
    meetings: int = 0
    lost_reason: str = ""
    next_step: str = ""

    @property
    def stage(self) -> str:
        """The stage it stands in."""
        return self.stages[-1][0]


@dataclass(slots=True, eq=False)
class Account:
    """A customer. ``care`` in 0..1 is how well it is served, ``payer`` the days it pays after the due date.

    ``busy`` weighs the days of everyday interactions from the first day of history on; None means the usual seasons.
    ``everyday`` fixes their number; None leaves it to the tier. ``buyer_since`` is the day of its first contract, 0 if it has none.
    ``starred`` accounts belong to a story.
    """

    id: str
    name: str
    tier: str
    sector: str
    region: str
    city: str
    country: str
    currency: str
    language: Language
    slug: str
    owner: Member
    employees: int
    revenue: int
    founded: int
    women_founded: bool
    created: int
    care: float
    payer: float
    parent: str = ""
    contacts: list[Contact] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    busy: list[float] | None = None
    everyday: int | None = None
    buyer_since: int = 0
    starred: bool = False

    def contact(self, role: str) -> Contact:
        """The contact in a role, else the first."""
        return next((each for each in self.contacts if each.role == role), self.contacts[0])


class World:
    """All that one demo company holds. Every room draws from its own stream, so that a change in one leaves the others as they are."""

    def __init__(self, size: SizeName, seed: int, today: date) -> None:
        """Start empty."""
        self.size_name, self.size, self.seed = size, SIZES[size], seed
        self.seasons = Seasons(today)
        self.stock: Stock = stock()
        self.members: list[Member] = []
        self.reps: dict[str, list[Member]] = {}
        self.products: list[Product] = []
        self.accounts: list[Account] = []
        self.deals: list[Deal] = []
        self.tables: dict[str, list[Row]] = {}
        self.talked: dict[str, int] = {}  # last day of an interaction by account id
        self.kinds: Counter[str] = Counter()
        self.moods: dict[str, list[str]] = {}  # ids of a sample of notes by mood

    def rng(self, room: str) -> Random:
        """The stream of a room."""
        return Random(f"{self.seed}:{self.size_name}:{room}")  # noqa: S311 - invented data, no secret

    def iso(self, day: int) -> str:
        """ISO text of a day."""
        return self.seasons.iso[day]

    def add(self, table: str, row: Row) -> None:
        """One more row of a file."""
        self.tables.setdefault(table, []).append(row)

    def next_id(self, table: str, letter: str) -> str:
        """The id of the next row of a file."""
        return f"{letter}{len(self.tables.get(table, ())) + 1:06d}"


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """Share out ``total`` in whole numbers in proportion to ``weights``; the parts add up to it."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(each) for each in exact]
    rest = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in rest[: total - sum(parts)]:
        parts[index] += 1
    return parts


def stamp(world: World, day: int, minute: int) -> str:
    """A point in time as an export writes it; minutes past eight in the morning."""
    return f"{world.seasons.iso[day]} {8 + minute // 60:02d}:{minute % 60:02d}"
