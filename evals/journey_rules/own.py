"""Our own criteria in both languages with their accounts: drawn around what each asks for, and judged by a predicate over the facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from evals.journey_rules.facts import TODAY, Client, Fact, Predicate, account
from evals.journey_rules.own_counts import COUNTS
from evals.journey_rules.own_manners import MANNERS
from evals.journey_rules.own_manners_zh import MANNERS_ZH
from evals.journey_rules.own_papers import PAPERS
from evals.journey_rules.own_records import RECORDS
from evals.journey_rules.own_sequences import SEQUENCES

EACH, MOST_TRIES = 6, 4_000
OWN = (*PAPERS, *COUNTS, *SEQUENCES, *RECORDS, *MANNERS, *MANNERS_ZH)
"""Each criterion with what fulfils it, and its predicate."""
ROLES = ("cto", "coo", "cfo", "legal", "purchasing", "it", "finance", "security", None)
THINGS = {
    "sign": ("poc", "nda", "service", "contract"),
    "approve": ("budget", "plan", "design"),
    "ask": ("residency", "price", "delivery", "discount"),
    "answer": ("residency", "price", "delivery"),
    "object": ("price", "noise", "delivery"),
    "pay": ("deposit", "final"),
    "order": ("line", "licences"),
    "send": ("quote", "proposal"),
    "confirm": ("budget", "plan"),
    "install": ("mes", "line"),
    "accept": ("report", "line"),
    "cancel": ("contract", "line"),
    "renew": ("service", "contract"),
    "try": ("mes", "line"),
    "compare": ("proposal", "design"),
    "postpone": ("plan", "review"),
    "recommend": ("mes", "line"),
}
STATUSES = {
    "sign": ("done", "promised", "planned", "refused", "not_done"),
    "approve": ("done", "promised", "planned", "refused", "not_done"),
    "pay": ("done", "promised", "not_done"),
    "order": ("done", "planned", "promised"),
    "send": ("done", "planned"),
    "confirm": ("done", "promised"),
    "install": ("done", "planned"),
    "accept": ("done", "refused"),
    "cancel": ("done", "possible"),
    "renew": ("done", "promised"),
    "answer": ("done", "promised"),
}


def own_cases(*, by_hand: bool = True) -> list[dict[str, Any]]:
    """Every criterion with its accounts, at least five that hold and five that almost do; the same at every run.

    ``by_hand``: what the texts tell stands beside them, so that rules are judged apart from how well texts are read.
    """
    found = [_case(number, *each) for number, each in enumerate(OWN)]
    for record in (record for case in found for account_ in case["accounts"] for record in account_["records"]) if not by_hand else ():
        record.pop("events", None)
    return found


def _case(number: int, criterion: str, target: Client, holds: Predicate) -> dict[str, Any]:
    rng = Random(number)  # noqa: S311 - a case, not a secret
    language = "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in criterion) else "en"
    chosen: dict[bool, list[Client]] = {True: [], False: []}
    seen: set[Client] = set()
    for tried in range(MOST_TRIES):
        client = target if tried == 0 else _varied(target, rng)
        truth = holds(client.facts) and client.tier in (target.tier, "any") and client.region == target.region
        if client in seen or len(chosen[truth]) >= EACH or not client.facts:
            continue
        seen.add(client)
        chosen[truth].append(client)
        if all(len(each) >= EACH for each in chosen.values()):
            break
    if min(map(len, chosen.values())) < 5:
        raise ValueError(f"too few accounts for {criterion}: {len(chosen[True])} hold, {len(chosen[False])} do not")
    drawn = [(client, truth) for truth, clients in chosen.items() for client in clients] + [
        (Client(()), holds(()) and target.tier != "strategic" and target.region == "华东")
    ]
    rng.shuffle(drawn)
    accounts = [account(place, client, truth, rng) for place, (client, truth) in enumerate(drawn)]
    return {"criterion": criterion, "language": language, "today": TODAY.isoformat(), "accounts": accounts}


def _varied(target: Client, rng: Random) -> Client:
    """Like the target, but for one or two differences: another person, paper, status, day, side, one fact less or more."""
    facts: list[Fact] = list(target.facts)
    tier, region = target.tier, target.region
    for _ in range(rng.choice((1, 1, 2))):
        if not facts:
            break
        at = rng.randrange(len(facts))
        fact = facts[at]
        change = rng.choice(("role", "thing", "status", "ago", "ago", "ago", "drop", "again", "side", "answered", "tier"))
        if change == "role" and fact.where in ("note", "visit", "meeting"):
            facts[at] = replace(fact, role=rng.choice(ROLES), side="customer" if fact.side == "customer" else fact.side)
        elif change == "thing" and fact.where in ("note", "request", "contract") and fact.act in THINGS:
            facts[at] = replace(fact, thing=rng.choice(THINGS[fact.act]))
        elif change == "status" and fact.where == "note":
            facts[at] = replace(fact, status=rng.choice(STATUSES.get(fact.act, ("done",))))
        elif change == "status" and fact.where in ("milestone", "contract"):
            facts[at] = replace(fact, status="not_done" if fact.status == "done" else "done")
        elif change == "status" and fact.where == "deal":
            facts[at] = replace(fact, status=rng.choice(("open", "won", "lost")), amount=rng.choice((100_000, 400_000, 600_000, 900_000)))
        elif change == "ago":
            facts[at] = fact.at(_day(fact.ago, rng))
        elif change == "drop" and len(facts) > 1:
            del facts[at]
        elif change == "again":
            facts.append(fact.at(_day(fact.ago, rng)))
        elif change == "side" and fact.where == "note" and fact.act in ("sign", "approve", "answer", "send"):
            facts[at] = replace(fact, side="us" if fact.side == "customer" else "customer", role=None)
        elif change == "answered" and fact.where == "request":
            facts[at] = replace(fact, answered=rng.choice((None, 1, 2, 9, 12)))
        elif change == "tier" and target.tier == "strategic":
            tier = rng.choice(("growth", "long_tail"))
        elif change == "tier" and target.region != "华东":
            region = "华东"
    return Client(tuple(_apart(facts)), tier, region)


def _day(ago: int, rng: Random) -> int:
    """Another day, away from the edges of weeks, months and quarters."""
    return max(1, rng.choice((2, 12, 20, 45, 52, 75, 110, 140, 200, ago + 2, ago + 11, ago - 2, ago - 12)))


def _apart(facts: Sequence[Fact]) -> list[Fact]:
    """No two on one day, so that their order is not in doubt."""
    days: set[int] = set()
    kept = []
    for fact in facts:
        if fact.ago not in days:
            days.add(fact.ago)
            kept.append(fact)
    return kept
