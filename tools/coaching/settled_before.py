"""Overdue invoices and ending contracts of the past as precedents: whether they were paid or renewed after the landmark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from tools.coaching.comparing import HORIZON_DAYS, WINDOW_DAYS, Precedent
from tools.coaching.detecting.money import GRACE_DAYS, follows
from tools.coaching.sight import Sight
from tools.coaching.steps_taken import steps_taken
from tools.crm.models import Account, Contract, Invoice, Payment

MOST = 2_000
NOTICED_DAYS = 60
"""So long before its end a contract counts as ending."""


def overdue_before(sight: Sight) -> Sequence[Precedent]:
    """Invoices that were not paid by the landmark, newest first; paid means that the last payment came and nothing is left."""
    latest = sight.today - timedelta(days=WINDOW_DAYS + HORIZON_DAYS["invoices"] + GRACE_DAYS)
    last = (
        select(Payment.invoice_id, func.max(Payment.paid_on).label("paid_on"))
        .where(Payment.gone_at.is_(None), *sight.limits(Payment))
        .group_by(Payment.invoice_id)
    )
    paid = last.subquery()
    wanted = (
        select(Invoice, Account.tier, paid.c.paid_on)
        .join(Account, Account.id == Invoice.account_id)
        .outerjoin(paid, paid.c.invoice_id == Invoice.id)
        .where(Invoice.due_on <= latest, Invoice.balance.is_not(None), Invoice.gone_at.is_(None), *sight.limits(Invoice))
        .order_by(Invoice.due_on.desc())
        .limit(MOST)
    )
    units: list[tuple[Invoice, str | None, date, date | None]] = []
    for invoice, tier, paid_on in sight.session.execute(wanted):
        settled = paid_on if invoice.balance is not None and invoice.balance <= 0 else None
        at = invoice.due_on + timedelta(days=GRACE_DAYS)
        unknown = settled is None and invoice.balance is not None and invoice.balance <= 0  # paid on a day that nobody knows
        if not unknown and (settled is None or settled > at + timedelta(days=WINDOW_DAYS)):
            units.append((invoice, tier, at, settled))
    steps = steps_taken(sight, [(invoice.id, invoice.account_id or 0, at) for invoice, _, at, _ in units])
    return [
        Precedent(
            id=invoice.id, version=invoice.version, at=at, tier=tier, stage=None, alike=False, steps=steps.get(invoice.id, frozenset()),
            progressed=settled is not None and settled <= at + timedelta(days=WINDOW_DAYS + HORIZON_DAYS["invoices"]),
        )
        for invoice, tier, at, settled in units
    ]  # fmt: skip


def ending_before(sight: Sight) -> Sequence[Precedent]:
    """Contracts that ended without being renewed by the landmark, newest first; renewed means that one that takes over was signed, or started."""
    latest = sight.today - timedelta(days=WINDOW_DAYS + HORIZON_DAYS["contracts"] - NOTICED_DAYS)
    wanted = (
        select(Contract, Account.tier)
        .join(Account, Account.id == Contract.account_id)
        .where(Contract.end_on.is_not(None), Contract.gone_at.is_(None), *sight.limits(Contract))
        .order_by(Contract.end_on.desc())
        .limit(3 * MOST)
    )
    contracts = [(contract, tier) for contract, tier in sight.session.execute(wanted)]
    of_account: dict[int | None, list[Contract]] = defaultdict(list)
    for contract, _ in contracts:
        of_account[contract.account_id].append(contract)
    units: list[tuple[Contract, str | None, date, date | None]] = []
    for contract, tier in contracts:
        if contract.end_on is None or contract.end_on > latest:
            continue
        after = [later.signed_on or later.start_on for later in of_account[contract.account_id] if later is not contract and follows(later, contract)]
        renewed = min((day for day in after if day is not None), default=None)
        at = contract.end_on - timedelta(days=NOTICED_DAYS)
        if renewed is None or renewed > at + timedelta(days=WINDOW_DAYS):
            units.append((contract, tier, at, renewed))
    units = units[:MOST]
    steps = steps_taken(sight, [(contract.id, contract.account_id or 0, at) for contract, _, at, _ in units])
    return [
        Precedent(
            id=contract.id, version=contract.version, at=at, tier=tier, stage=None, alike=False, steps=steps.get(contract.id, frozenset()),
            progressed=renewed is not None and renewed <= at + timedelta(days=WINDOW_DAYS + HORIZON_DAYS["contracts"]),
        )
        for contract, tier, at, renewed in units
    ]  # fmt: skip
