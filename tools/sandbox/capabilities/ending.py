"""How calls are kept on record: begun before anything leaves, and ended in the transaction that ends their reservation."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tools.sandbox.budgets.reservations import expire_due
from tools.sandbox.calling.deciding import Decision
from tools.sandbox.calling.facts import CallFacts
from tools.sandbox.capabilities.customer_fields import fields_for
from tools.sandbox.capabilities.schemas import CapabilityKept, Outcome
from tools.sandbox.models import CapabilityCall, Reservation
from tools.store.base import table_of
from tools.store.inserting import insert_missing
from tools.trace.cells import Frozen


class CallOnRecord(Frozen):
    """A call as it stands on record."""

    reservation_id: str
    attempts: int
    outcome: Outcome
    sent: tuple[str, ...]
    body: dict[str, Any] | None
    answer: dict[str, Any] | None
    cost: Decimal | None
    duration_ms: int


def begin(session: Session, decision: Decision, account_id: int | None, now: datetime) -> CallOnRecord:
    """Put on record what will leave; where that was done before, as it was then."""
    assert decision.reservation_id is not None, "only a call that was allowed begins"  # noqa: S101
    body = {"capability": decision.facts.capability, "customer": fields_for(session, account_id, decision.facts)}
    insert_missing(session, table_of(CapabilityCall), [{
        "reservation_id": decision.reservation_id, "capability": decision.facts.capability, "attempts": 0, "outcome": "under_way",
        "sent": sorted(body["customer"]), "body": body, "duration_ms": 0, "ended_at": now,
    }])  # fmt: skip
    found = on_record(session, decision.reservation_id)
    assert found is not None, "it was just written"  # noqa: S101
    return found


def on_record(session: Session, reservation_id: str) -> CallOnRecord | None:
    """The call under a reservation; None where nothing was about to leave yet."""
    row = session.execute(select(CapabilityCall.__table__).where(CapabilityCall.reservation_id == reservation_id)).mappings().first()
    return None if row is None else CallOnRecord.model_validate({name: row[name] for name in CallOnRecord.model_fields} | {"sent": tuple(row["sent"] or ())})


def end(session: Session, call: CallOnRecord, now: datetime) -> None:
    """Write how a call that is under way ended. What left is forgotten, down to the names of its fields. One that has ended stays as it is."""
    under_way = CapabilityCall.reservation_id == call.reservation_id, CapabilityCall.outcome == "under_way"
    values = {"attempts": call.attempts, "outcome": call.outcome, "answer": call.answer, "cost": call.cost, "duration_ms": call.duration_ms}
    session.execute(update(table_of(CapabilityCall)).where(*under_way).values(**values, body=None, ended_at=now))


def sweep(session: Session, now: datetime) -> int:
    """Free the money of calls that were held too long, and end calls whose money is no longer held. How many reservations were freed."""
    freed = expire_due(session, now)
    gone = select(Reservation.id).where(Reservation.status != "held")
    lost = update(table_of(CapabilityCall)).where(CapabilityCall.outcome == "under_way", CapabilityCall.reservation_id.in_(gone))
    session.execute(lost.values(outcome="too_late", body=None, ended_at=now))
    return freed


def real_cost(answer: dict[str, Any], capability: CapabilityKept, facts: CallFacts) -> Decimal:
    """What the call cost in the unit's currency: what the answer names as ``cost: {amount, currency}``, at most what was held.

    All that was held where the answer names nothing, another currency or no amount, or the capability was changed since the decision.
    """
    held, named = facts.cost or Decimal(0), answer.get("cost")
    if not isinstance(named, dict) or named.get("currency") != capability.currency or facts.versions.get("capability") != capability.version:
        return held
    try:
        amount = Decimal(str(named.get("amount")))
    except InvalidOperation:
        return held
    if not amount.is_finite() or amount < 0 or facts.rate is None:
        return held
    return min(held, (min(amount, held / facts.rate + 1) * facts.rate).quantize(Decimal("0.0001")))
