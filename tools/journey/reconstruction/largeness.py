"""Says whether an account is a large one, and by which of the stated definitions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.crm.currency import load_rates
from tools.crm.models import Account, Opportunity
from tools.journey.reconstruction.policy import LargeAccounts
from tools.journey.reconstruction.schemas import Large

YEAR = timedelta(days=365)
PLACES = Decimal("0.0001")


def largeness(session: Session, account: Account, rules: LargeAccounts, today: date) -> Large | None:
    """Why the account is large; None where it isn't.

    Its share is one of the won deals of the whole store that closed in the year up to ``today``, in one currency by the imported rates. What no
    rate converts is left out of both sides; amounts without a currency are compared among themselves where nothing else is there.
    """
    if account.tier and account.tier in rules.tiers:
        return Large(by="tier", tier=account.tier, upto=today)
    own, everyone, currency = _won(session, account.id, today)
    share = (own / everyone).quantize(PLACES) if everyone else Decimal(0)
    if share < rules.revenue_share:
        return None
    return Large(by="revenue", share=share, at_least=rules.revenue_share, currency=currency, upto=today)


def _won(session: Session, account_id: int, today: date) -> tuple[Decimal, Decimal, str | None]:
    deal = Opportunity
    columns = select(deal.account_id, deal.amount, deal.currency)
    rows = session.execute(columns.where(deal.status == "won", deal.gone_at.is_(None), deal.amount.is_not(None), deal.close_on.between(today - YEAR, today)))
    sums: dict[str | None, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in rows:
        sums[row.currency][1] += row.amount
        if row.account_id == account_id:
            sums[row.currency][0] += row.amount
    known = frozenset(each for each in sums if each)
    if not known:
        own, everyone = sums[None]
        return own, everyone, None
    rates = load_rates(session, today, None)
    target = rates.target(known) or max(sorted(known), key=lambda each: sums[each][1])
    able = [each for each in known if rates.converts(each, target)]
    own, everyone = (sum((sums[each][side] * rates.rate(each, target) if each != target else sums[each][side] for each in able), Decimal(0)) for side in (0, 1))
    return own, everyone, target
