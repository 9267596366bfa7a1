"""Silence that is longer than usual for this account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from math import log10

from tools.coaching.finding import HUNDREDTH, OLD_DAYS, Finding, waiting
from tools.coaching.schemas import SituationKind
from tools.coaching.sight import Sight
from tools.coaching.vocabulary import is_state
from tools.crm.models import Interaction
from tools.trace.cells import Cell, CellType

WINDOW_DAYS = 365
FEWEST_TALKS = 4
SHORTEST_SILENCE_DAYS = 14
RARE = 0.05
"""How improbable a silence must be for this account to be spoken of: one in twenty where talks come at random. It is a reminder, not an alarm."""


def silence(sight: Sight) -> Iterator[Finding]:
    """No talk for longer than the account's own rhythm explains.

    Talks of the year before the last one come at a rate with a Gamma posterior (Jeffreys prior); the chance that the next one takes
    longer than ``d`` days is then (T / (T + d)) ** (n + 1/2) for n talks in T days.
    """
    found = sight.rows(Interaction, Interaction.occurred_at <= sight.end_of_today(), order=Interaction.occurred_at.desc())
    talks = [talk for talk in found if not is_state(f"{talk.outcome} {talk.subject}", "unreached")]  # who was not reached was not spoken to
    if len(talks) < FEWEST_TALKS or talks[0].occurred_at is None:
        return
    last = sight.local_day(talks[0].occurred_at)
    before = [talk for talk in talks[1:] if talk.occurred_at is not None and sight.local_day(talk.occurred_at) >= last - timedelta(days=WINDOW_DAYS)]
    quiet = (sight.today - last).days
    if quiet < SHORTEST_SILENCE_DAYS or len(before) < FEWEST_TALKS - 1 or before[-1].occurred_at is None:
        return
    span = (last - sight.local_day(before[-1].occurred_at)).days
    chance = (span / (span + quiet)) ** (len(before) + 0.5)
    if chance >= RARE:
        return
    at = sight.place()
    (day, _), (start, _) = sight.dated(f"{at}.day", talks[0], "occurred_at"), sight.dated(f"{at}.start", before[-1], "occurred_at")
    whole, gaps = sight.days(f"{at}.span", day, start), sight.count(f"{at}.gaps", before)
    usual = (Decimal(span) / len(before)).quantize(Decimal("0.000001"))
    slots: dict[str, Cell] = {
        "day": day,
        "days": sight.days(f"{at}.days", sight.now(), day),
        "usual": sight.computed(f"{at}.usual", CellType.DURATION, f"{usual:f}", "ratio", whole, gaps),
    }
    subject, template = sight.quote(f"{at}.object", talks[0], "subject"), "silence_bare"
    if subject is not None:
        slots["object"], template = subject, "silence"
    rarity = Decimal(str(log10(RARE / max(chance, 1e-12)))).quantize(HUNDREDTH)
    because = [("waiting", waiting(quiet), slots["days"]), ("unusual", rarity, slots["usual"])]
    if quiet > OLD_DAYS:
        because.append(("old", Decimal(1), slots["days"]))
    yield Finding(
        SituationKind.SILENCE, template, slots, last, day, tuple(because), contact_id=talks[0].contact_id, deal_id=talks[0].opportunity_id,
        duties=("decision", "purchasing"),
        about=talks[0].subject or "",
    )  # fmt: skip
