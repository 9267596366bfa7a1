"""The stock of names and phrases of the demo, read from the YAML beside it, and the invention of people and companies from it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

import yaml

from tools.trace.cells import Frozen

Language = Literal["zh", "en"]
Spelled = tuple[str, str]  # a Chinese word and its Latin spelling


class Both(Frozen):
    """A text in both languages."""

    zh: str
    en: str

    def said(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en


class Region(Frozen):
    """Where accounts and teams sit."""

    share: int
    language: Language
    currency: str
    country: str
    cities: tuple[str, ...]


class Sector(Frozen):
    """A sector with the words that its company names hold."""

    share: int
    zh: tuple[str, ...]
    en: tuple[str, ...]


class Position(Frozen):
    """A contact's job."""

    zh: str
    en: str
    role: str
    zh_dept: str
    en_dept: str


class TicketSubject(Both):
    """What a ticket is about."""

    category: str


class SignalText(Both):
    """A headline with a place for the account's name."""

    kind: str


class Titles(Frozen):
    """Job titles of a department, lowest first."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


class Phrases(Frozen):
    """Alternative texts in both languages."""

    zh: tuple[str, ...]
    en: tuple[str, ...]

    def said(self, language: Language) -> tuple[str, ...]:
        """The alternatives in one language."""
        return self.zh if language == "zh" else self.en


class Stock(Frozen):
    """Everything in ``names.yaml``."""

    regions: dict[str, Region]
    surnames: tuple[Spelled, ...]
    given: tuple[Spelled, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    brand_first: tuple[Spelled, ...]
    brand_second: tuple[Spelled, ...]
    brand_starts: tuple[str, ...]
    brand_ends: tuple[str, ...]
    sectors: dict[str, Sector]
    suffixes_zh: tuple[str, ...]
    suffixes_en: tuple[str, ...]
    competitors: tuple[str, ...]
    products: tuple[tuple[str, str, str, int, float, str], ...]
    sources: dict[str, tuple[int, float]]
    lost_reasons: dict[str, int]
    next_steps: tuple[str, ...]
    contact_titles: tuple[Position, ...]
    departments: dict[str, Titles]
    certificates: tuple[tuple[str, str], ...]
    okrs: tuple[tuple[str, str], ...]
    ticket_subjects: tuple[TicketSubject, ...]
    request_subjects: tuple[Both, ...]
    milestones: tuple[tuple[str, str, str], ...]
    consent_purposes: tuple[str, ...]
    signals: tuple[SignalText, ...]
    financing: Both
    public_activity: Both
    lead_needs: Phrases


class Grammar(Frozen):
    """Everything in ``notes.yaml``: which moods fit a stage, and how each is said."""

    mix: dict[str, dict[str, int]]
    special: dict[str, str]
    outcomes: dict[str, str]
    openers: Phrases
    closers: Phrases
    subjects: dict[str, Both]
    notes: dict[str, Phrases]
    reasons_zh: dict[str, str]


def _read(name: str) -> object:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((Path(__file__).parent / name).read_text("utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders


@cache
def stock() -> Stock:
    """The names, read once."""
    return Stock.model_validate(_read("names.yaml"))


@cache
def grammar() -> Grammar:
    """The grammar of notes, read once."""
    return Grammar.model_validate(_read("notes.yaml"))


class Namer:
    """Invents names that are each given once."""

    def __init__(self, rng: Random) -> None:
        """Names depend on ``rng`` alone."""
        self.rng, self.stock = rng, stock()
        self.taken: set[str] = set()

    def person(self, language: Language, unique: bool = False) -> tuple[str, str]:
        """A person's name, and its Latin spelling for an e-mail address."""
        pick = self.rng.choice
        while True:
            if language == "zh":
                family, first, second = pick(self.stock.surnames), pick(self.stock.given), pick(self.stock.given)
                name, slug = family[0] + first[0] + second[0], f"{first[1]}{second[1]}.{family[1]}"
            else:
                given, last = pick(self.stock.first_names), pick(self.stock.last_names)
                name, slug = f"{given} {last}", f"{given}.{last}".lower()
            if not unique or (name not in self.taken and slug not in self.taken):
                self.taken |= {name, slug} if unique else set()
                return name, slug

    def company(self, language: Language, city: str, sector: Sector) -> tuple[str, str]:
        """A company's name, given once, and its Latin spelling for a web address."""
        pick = self.rng.choice
        while True:
            if language == "zh":
                first, second = pick(self.stock.brand_first), pick(self.stock.brand_second)
                place = city if self.rng.random() < 0.5 else ""
                name = f"{place}{first[0]}{second[0]}{pick(sector.zh)}{pick(self.stock.suffixes_zh)}"
                slug = first[1] + second[1]
            else:
                brand = pick(self.stock.brand_starts) + pick(self.stock.brand_ends)
                name, slug = f"{brand} {pick(sector.en)} {pick(self.stock.suffixes_en)}", brand.lower()
            if name not in self.taken:
                self.taken.add(name)
                return name, slug
