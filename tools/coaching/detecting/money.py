"""Invoices that are overdue, contracts that end, and deals whose closing day is near or past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import or_

from tools.coaching.finding import HUNDREDTH, OLD_DAYS, Finding, waiting
from tools.coaching.schemas import SituationKind
from tools.coaching.sight import Sight
from tools.coaching.vocabulary import is_state
from tools.crm.models import Contract, Invoice, Opportunity
from tools.trace.cells import Cell, CellType

GRACE_DAYS = 3
ENDING_DAYS = 90
DUE_DAYS = 14
MOST_LINES = 2


def overdue_invoices(sight: Sight) -> Iterator[Finding]:
    """Invoices past their day with something left to pay, as one situation: the oldest is spoken of."""
    late = sight.today - timedelta(days=GRACE_DAYS)
    found = sight.rows(Invoice, Invoice.due_on < late, or_(Invoice.balance > 0, Invoice.balance.is_(None)), order=Invoice.due_on)
    unpaid = [
        each for each in found if each.balance is not None or is_state(each.status, "unpaid") or (each.status is not None and not is_state(each.status, "paid"))
    ]
    if not unpaid:
        return
    at, oldest = sight.place(), unpaid[0]
    day, on = sight.dated(f"{at}.day", oldest, "due_on")
    slots: dict[str, Cell] = {"object": sight.named(f"{at}.object", oldest, "number"), "day": day, "days": sight.days(f"{at}.days", sight.now(), day)}
    waited = (sight.today - on).days
    because = [("waiting", waiting(waited), slots["days"])]
    template = "payment_overdue_bare"
    left = sight.cell(f"{at}.left", oldest, "balance" if oldest.balance is not None else "amount", CellType.MONEY, unit=oldest.currency)
    if left is not None:
        slots["left"], template = left, "payment_overdue"
    if len(unpaid) > 1:
        slots["n"] = sight.count(f"{at}.n", unpaid)
        because.append(("again", Decimal(len(unpaid) - 1), slots["n"]))
        template = "payment_overdue_again"
    if waited > OLD_DAYS:
        because.append(("old", Decimal(1), slots["days"]))
    yield Finding(SituationKind.PAYMENT_OVERDUE, template, slots, on, slots["object"], tuple(because), duties=("finance", "purchasing"))


def ending_contracts(sight: Sight) -> Iterator[Finding]:
    """Contracts that end soon and are followed by none."""
    contracts = [each for each in sight.rows(Contract, Contract.end_on.is_not(None), order=Contract.end_on.desc()) if not is_state(each.status, "over")]
    until = sight.today + timedelta(days=ENDING_DAYS)
    ending = [each for each in contracts if each.end_on is not None and sight.today <= each.end_on <= until]
    followed = [each for each in contracts if each.end_on is not None and each.end_on > until]
    open_ended = [each for each in ending if not any(follows(later, each) for later in followed)]
    for contract in sorted(open_ended, key=lambda each: each.end_on or sight.today)[:MOST_LINES]:
        at = sight.place()
        day, on = sight.dated(f"{at}.day", contract, "end_on")
        slots = {"object": sight.named(f"{at}.object", contract, "name"), "day": day, "days": sight.days(f"{at}.days", day, sight.now())}
        near = Decimal(ENDING_DAYS - (on - sight.today).days) / 30
        template = "contract_renews" if contract.auto_renew else "contract_ending"
        yield Finding(
            SituationKind.CONTRACT_ENDING, template, slots, on, slots["object"], (("near", near.quantize(HUNDREDTH), slots["days"]),),
            duties=("purchasing", "decision"), about=contract.name or "",
        )  # fmt: skip


def follows(later: Contract, ending: Contract) -> bool:
    """Whether a contract takes over from one: it starts about when that ends, and belongs to no other deal."""
    if later.start_on is None or ending.end_on is None:
        return False
    close = abs((later.start_on - ending.end_on).days) <= 45
    return close and (later.opportunity_id is None or later.opportunity_id == ending.opportunity_id)


def due_deals(sight: Sight) -> Iterator[Finding]:
    """Open deals whose expected closing day is past or within two weeks."""
    soon = sight.today + timedelta(days=DUE_DAYS)
    for deal in sight.rows(Opportunity, Opportunity.status == "open", Opportunity.close_on <= soon, order=Opportunity.close_on, most=MOST_LINES):
        at = sight.place()
        day, on = sight.dated(f"{at}.day", deal, "close_on")
        slots = {"deal": sight.named(f"{at}.deal", deal, "name"), "day": day}
        past = (sight.today - on).days
        because: list[tuple[str, Decimal, Cell]] = [("waiting", waiting(past), day)]
        if past > OLD_DAYS:
            because.append(("old", Decimal(1), day))
        step, template = sight.quote(f"{at}.step", deal, "next_step"), "deal_past" if past > 0 else "deal_due"
        if step is not None:
            slots["step"], template = step, f"{template}_step"
        yield Finding(
            SituationKind.DEAL_DUE,
            template,
            slots,
            on,
            slots["deal"],
            tuple(because),
            contact_id=deal.contact_id,
            deal_id=deal.id,
            duties=("decision", "purchasing"),
        )
