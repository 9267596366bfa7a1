"""All detectors in turn, with what makes a situation more urgent whatever it is: a deal that depends on it, a person behind it, the account's tier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from tools.coaching.detecting.answers import unanswered_messages, unanswered_requests
from tools.coaching.detecting.money import due_deals, ending_contracts, overdue_invoices
from tools.coaching.detecting.people import new_contacts
from tools.coaching.detecting.quiet import silence
from tools.coaching.detecting.rivals import competitor_in_deal, competitor_seen
from tools.coaching.detecting.service import missed_milestones, open_tickets
from tools.coaching.detecting.stages import high_stages
from tools.coaching.detecting.told import told_situations
from tools.coaching.finding import Finding
from tools.coaching.schemas import SituationKind
from tools.coaching.sight import Sight
from tools.coaching.vocabulary import load_urgency
from tools.crm.models import Opportunity
from tools.trace.cells import Cell

DETECTORS: tuple[Callable[[Sight], Iterator[Finding]], ...] = (
    unanswered_requests,
    unanswered_messages,
    silence,
    competitor_seen,
    competitor_in_deal,
    open_tickets,
    missed_milestones,
    overdue_invoices,
    ending_contracts,
    due_deals,
    new_contacts,
    told_situations,
    high_stages,
)
OF_DEALS = frozenset(
    {
        SituationKind.REQUEST_UNANSWERED, SituationKind.QUESTION_UNANSWERED, SituationKind.OBJECTION_OPEN, SituationKind.COMPETITOR_SEEN, SituationKind.SILENCE,
        SituationKind.PAPER_REFUSED, SituationKind.OUR_PROMISE_DUE, SituationKind.THEIR_PROMISE_DUE, SituationKind.CONTACT_LEFT, SituationKind.CONTACT_JOINED,
    }
)  # fmt: skip
"""Situations on which an open deal depends."""


def find_all(sight: Sight) -> Sequence[Finding]:
    """The situations of an account on the sight's day, in no order."""
    found = [finding for detector in DETECTORS for finding in detector(sight)]
    rivals = {finding.about for finding in found if finding.kind is SituationKind.COMPETITOR_SEEN}
    kept = [finding for finding in found if finding.kind is not SituationKind.COMPETITOR_IN_DEAL or finding.about not in rivals]
    deals = sight.rows(Opportunity, Opportunity.status == "open", order=Opportunity.close_on)
    return [_with_stakes(sight, finding, deals) for finding in kept]


def _with_stakes(sight: Sight, finding: Finding, deals: Sequence[Opportunity]) -> Finding:
    more: list[tuple[str, Decimal, Cell]] = []
    own = next((deal for deal in deals if deal.id == finding.deal_id), None) if finding.deal_id is not None else next(iter(deals), None)
    rivals = [deal for deal in deals if finding.kind is SituationKind.COMPETITOR_SEEN and deal.competitor == finding.about]
    at = finding.ground.address
    if (own is not None or rivals) and finding.kind in OF_DEALS:
        deal = rivals[0] if rivals else own
        assert deal is not None  # noqa: S101 - one of the two is there
        more.append(("open_deal", Decimal(1), sight.keep(sight.named(f"{at}_deal", deal, "name"))))
        if rivals:
            more.append(("in_deal", Decimal(1), sight.keep(sight.named(f"{at}_rival", deal, "competitor"))))
        finding = replace(finding, deal_id=deal.id)
    if finding.named:
        more.append(("named", Decimal(1), finding.ground))
    tier = sight.account.tier
    if tier is not None and f"tier_{tier}" in load_urgency().added:
        cell = sight.cell(f"{at}_tier", sight.account, "tier")
        if cell is not None:
            more.append((f"tier_{tier}", Decimal(1), sight.keep(cell)))
    return replace(finding, because=(*finding.because, *more))
