"""Competitors: seen outside in connection with the account, or named in its open deals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from tools.coaching.finding import HUNDREDTH, Finding
from tools.coaching.schemas import SituationKind
from tools.coaching.sight import Sight
from tools.crm.models import Opportunity, Signal
from tools.trace.cells import CellType

FRESH_DAYS = 60


def competitor_seen(sight: Sight) -> Iterator[Finding]:
    """The newest signal of each competitor in the last days; one that names a person of the customer goes before others."""
    start = sight.moment(sight.today - timedelta(days=FRESH_DAYS))
    signals = sight.rows(
        Signal, Signal.competitor.is_not(None), Signal.observed_at >= start, Signal.observed_at <= sight.end_of_today(), order=Signal.observed_at.desc()
    )
    by_rival: dict[str, list[Signal]] = {}
    for signal in sorted(signals, key=lambda each: each.contact_id is None):
        by_rival.setdefault(str(signal.competitor), []).append(signal)
    for several in by_rival.values():
        at, signal = sight.place(), several[0]
        day, rival = sight.cell(f"{at}.day", signal, "observed_at", CellType.DATE), sight.quote(f"{at}.competitor", signal, "competitor")
        if day is None or rival is None or signal.observed_at is None:
            continue
        slots = {"day": day, "competitor": rival}
        headline, template = sight.quote(f"{at}.headline", signal, "headline"), "competitor_seen_bare"
        if headline is not None:
            slots["headline"], template = headline, "competitor_seen"
        age = (sight.today - sight.local_day(signal.observed_at)).days
        because = [("near", (Decimal(FRESH_DAYS - age) / 20).quantize(HUNDREDTH), day)]
        if len(several) > 1:
            because.append(("again", Decimal(len(several) - 1), sight.keep(sight.count(f"{at}.n", several))))
        yield Finding(
            SituationKind.COMPETITOR_SEEN, template, slots, sight.local_day(signal.observed_at), rival, tuple(because), contact_id=signal.contact_id,
            named=signal.contact_id is not None, duties=("purchasing", "decision"), about=rival.value or "",
        )  # fmt: skip


def competitor_in_deal(sight: Sight) -> Iterator[Finding]:
    """An open deal that names a competitor."""
    for deal in sight.rows(Opportunity, Opportunity.status == "open", Opportunity.competitor.is_not(None), order=Opportunity.close_on, most=3):
        at = sight.place()
        rival = sight.quote(f"{at}.competitor", deal, "competitor")
        if rival is None:
            continue
        slots = {"competitor": rival, "deal": sight.named(f"{at}.deal", deal, "name")}
        yield Finding(
            SituationKind.COMPETITOR_IN_DEAL, "competitor_in_deal", slots, deal.opened_on or sight.today, rival, contact_id=None, deal_id=deal.id,
            duties=("purchasing", "technical", "decision"), about=rival.value or "",
        )  # fmt: skip
