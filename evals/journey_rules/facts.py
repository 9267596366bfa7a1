"""What happened at invented accounts, as plain facts, and the records that an export would hold of them. Predicates are written over the facts alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

import yaml

TODAY = date(2026, 6, 30)
Where = Literal["note", "visit", "demo", "meeting", "call", "ticket", "request", "contract", "payment", "deal", "stage", "milestone", "verified"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened ``ago`` days before today. ``thing`` is a key of phrases.yaml; ``answered`` the days until a request was answered."""

    act: str
    ago: int
    role: str | None = None
    thing: str = ""
    status: str = "done"
    side: str = "customer"
    where: Where = "note"
    answered: int | None = None
    amount: int = 0

    def at(self, ago: int) -> Fact:
        """The same on another day."""
        return replace(self, ago=ago)


@dataclass(frozen=True, slots=True)
class Client:
    """An account of a case with its facts."""

    facts: tuple[Fact, ...]
    tier: str = "growth"
    region: str = "华东"


@cache
def phrases() -> dict[str, Any]:
    """How facts are told in notes, in both languages."""
    return yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text("utf-8"))  # type: ignore[no-any-return]


def account(number: int, client: Client, holds: bool, rng: Random) -> dict[str, Any]:
    """The account as the file of criteria holds it."""
    words = phrases()
    language = rng.choice(("zh", "en"))
    contacts = [{"name": name, "title": titles[language]} for name, titles in zip(words["names"], words["titles"].values(), strict=False)]
    by_role = dict(zip(words["titles"], contacts, strict=False))
    records: list[dict[str, Any]] = []
    for fact in sorted(client.facts, key=lambda each: -each.ago):
        records += _records(fact, rng.choice(("zh", "en")) if rng.random() < 0.3 else language, by_role, rng)
    records += _noise(language, rng)
    why = "; ".join(f"{each.act} {each.status} {each.role or each.side} {each.thing} {each.ago}d ago" for each in client.facts) or "nothing of it"
    return {
        "name": f"{rng.choice(words['companies'])} {number}",
        "tier": client.tier,
        "region": client.region,
        "contacts": contacts,
        "records": records,
        "holds": holds,
        "why": why,
    }


def _records(fact: Fact, language: str, contacts: Mapping[str, Mapping[str, str]], rng: Random) -> list[dict[str, Any]]:
    day = (TODAY - timedelta(days=fact.ago)).isoformat()
    thing = phrases()["things"].get(fact.thing, {}).get(language, fact.thing)
    contact = contacts.get(fact.role or "", {}).get("name")
    match fact.where:
        case "note":
            return [_note(fact, language, day, thing, rng)]
        case "visit" | "demo" | "meeting" | "call":
            body = rng.choice(phrases()["neutral"][language])
            record = {
                "table": "interactions",
                "kind": rng.choice(phrases()["kinds"][fact.where]),
                "direction": "outbound",
                "occurred_at": day,
                "subject": thing,
                "body": body,
                "events": [],
            }
            return [record | ({"contact": contact} if contact else {})]
        case "ticket":
            return [
                {
                    "table": "tickets",
                    "subject": thing,
                    "category": rng.choice(("投诉", "Complaint")) if fact.act == "object" else "incident",
                    "opened_at": day,
                    "events": [],
                }
            ]
        case "request":
            answered = {"responded_at": (TODAY - timedelta(days=fact.ago - fact.answered)).isoformat()} if fact.answered is not None else {}
            return [{"table": "requests", "subject": thing, "opened_at": day, "events": []} | answered]
        case "contract":
            return [
                {"table": "contracts", "name": thing, "status": "signed" if fact.status == "done" else "draft"}
                | ({"signed_on": day} if fact.status == "done" else {})
            ]
        case "payment":
            return [{"table": "payments", "amount": fact.amount or 1000, "paid_on": day}]
        case "deal":
            return [{"table": "opportunities", "name": thing or "P", "status": fact.status, "amount": fact.amount, "opened_on": day, "close_on": day}]
        case "stage":
            return [
                {"table": "opportunities", "name": f"D{fact.ago}", "status": "open", "opened_on": day},
                {"table": "stage_history", "opportunity": f"D{fact.ago}", "stage": thing, "entered_on": day},
            ]
        case "milestone":
            return [{"table": "milestones", "name": thing, "due_on": day} | ({"done_on": day} if fact.status == "done" else {})]
        case "verified":
            return [{"table": "verified_events", "name": thing, "verified_on": day} | ({"contact": contact} if contact else {})]


def _note(fact: Fact, language: str, day: str, thing: str, rng: Random) -> dict[str, Any]:
    words = phrases()
    told = rng.choice(words["told"][fact.act][fact.status][language])
    role = words["roles"][fact.role][language] if fact.role else ""
    if language == "zh":
        who = {"customer": "客户", "us": "我方", "third": "友商"}[fact.side] + role
    else:
        who = {"customer": f"the customer's {role}" if role else "the customer", "us": f"our {role}" if role else "we", "third": "the competitor"}[fact.side]
    body = told.format(who=who, thing=thing)
    body = body[0].upper() + body[1:]
    inbound = fact.side == "customer" and rng.random() < 0.3
    event = {"act": fact.act, "status": fact.status, "side": fact.side, "role": fact.role, "object": thing, "on": day, "words": body}
    return {
        "table": "interactions",
        "kind": "note",
        "direction": "inbound" if inbound else "outbound",
        "occurred_at": day,
        "subject": "",
        "body": body,
        "events": [event],
    }


def _noise(language: str, rng: Random) -> list[dict[str, Any]]:
    day = (TODAY - timedelta(days=rng.randint(100, 300))).isoformat()
    return [
        {
            "table": "interactions",
            "kind": "note",
            "direction": "outbound",
            "occurred_at": day,
            "subject": "",
            "body": rng.choice(phrases()["neutral"][language]),
            "events": [],
        }
    ]


Predicate = Callable[[Sequence[Fact]], bool]


def done(
    facts: Sequence[Fact],
    act: str,
    *,
    role: str | Sequence[str] | None = None,
    thing: str | Sequence[str] | None = None,
    side: str | None = None,
    status: str = "done",
) -> list[Fact]:
    """The facts of an act, oldest first; for predicates, which need no more than that."""
    roles = (role,) if isinstance(role, str) else role
    things = (thing,) if isinstance(thing, str) else thing
    found = [
        each
        for each in facts
        if each.act == act
        and each.status == status
        and (roles is None or each.role in roles)
        and (things is None or each.thing in things)
        and (side is None or each.side == side)
    ]
    return sorted(found, key=lambda each: -each.ago)


def after(first: Sequence[Fact], then: Sequence[Fact], days: int = 10_000) -> bool:
    """Whether some of the second came after some of the first, within so many days."""
    return any(0 < one.ago - two.ago <= days for one in first for two in then)


def never_after(first: Sequence[Fact], then: Sequence[Fact], days: int | None = None) -> bool:
    """Whether after some of the first none of the second came (within so many days, which have passed)."""
    return any((days is None or one.ago > days) and not any(0 < one.ago - two.ago <= (days or 10_000) for two in then) for one in first)


def at_records(facts: Sequence[Fact], where: Where) -> list[Fact]:
    """What records of a kind tell, oldest first."""
    return sorted((each for each in facts if each.where == where), key=lambda each: -each.ago)
