"""Decides one call: facts, ruling, and money held with the decision recorded in one step.

On SQLite all of it is one transaction behind the one writer's lock from the start. On PostgreSQL the facts are one statement and what is written another,
which moves the money only while it is there; each is whole by itself, so none waits for a transaction to end.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from tools.access.principal import Principal
from tools.sandbox.budgets.ledger import transfer
from tools.sandbox.calling.facts import CallFacts, Earlier, read_facts
from tools.sandbox.calling.recording import decision_row, keep_policies
from tools.sandbox.calling.ruling import rule
from tools.sandbox.calling.writing import MOVE, Rows, write
from tools.sandbox.errors import CapabilityUnknown, KeyUsedForAnother, NotAMember, UnitTooBusy
from tools.sandbox.models import DecisionRow, Reservation, Transfer
from tools.sandbox.policies.sets import policies
from tools.store.base import table_of
from tools.store.writing import writing
from tools.trace.cells import Frozen
from tools.trace.signing import InstallationKey

HELD_FOR = timedelta(minutes=10)
MOST_TRIES = 20
"""So often a decision is made anew because others took the money, or the key, in between."""


class Decision(Frozen):
    """What was decided about a call. Where it is allowed, ``reservation_id`` holds the money until ``expires_at``.

    ``facts`` are those that counted; ``repeated`` says that the same key had been decided before, and this is that decision.
    """

    id: str
    allowed: bool
    rules: tuple[str, ...]
    facts: CallFacts
    reservation_id: str | None
    expires_at: datetime | None
    repeated: bool = False


class CallDesk:
    """Where calls of capabilities are decided. ``clock`` is for tries; without one the store's clock counts, the same for every worker."""

    def __init__(self, sessions: sessionmaker[Session], key: InstallationKey, clock: Callable[[], datetime] | None = None) -> None:
        """``key`` signs the decisions."""
        self.sessions, self.key, self.clock = sessions, key, clock

    def decide(self, principal: Principal, unit_id: str, capability: str, account_id: int | None, key: str) -> Decision:
        """Decide, hold the money where the answer is yes, and record it, or nothing at all. Commits.

        ``key`` is the caller's idempotency key: a call that is decided a second time holds nothing more. A call that was refused may be
        asked again under the same key. Raises NotAMember, CapabilityUnknown (or the unit), KeyUsedForAnother, and UnitTooBusy.
        """
        if principal.member_id is None:
            raise NotAMember
        for _ in range(MOST_TRIES):
            with suppress(IntegrityError), self._writing(unit_id) as session:  # another process was first with this key
                decision = self._decide(session, principal.member_id, unit_id, capability, account_id, key)
                if decision is not None:
                    return decision
        raise UnitTooBusy(unit=unit_id)

    def _decide(self, session: Session, member_id: int, unit_id: str, capability: str, account_id: int | None, key: str) -> Decision | None:
        """None where somebody took the money between reading and holding it."""
        read = read_facts(session, member_id, unit_id, capability, account_id, key, self.clock() if self.clock else None)
        if read.earlier is not None:
            if (read.earlier.unit_id, read.earlier.member_id, read.earlier.capability, read.earlier.account_id) != (unit_id, member_id, capability, account_id):
                raise KeyUsedForAnother(key=key)
            return _again(session, read.earlier)
        if read.facts is None:
            raise CapabilityUnknown(capability=capability)
        facts, held_policies = read.facts, policies("calling")
        keep_policies(session, held_policies, facts.now)
        ruling = rule(facts, held_policies)
        decided = Decision(
            id=_new_id("d", facts.now), allowed=ruling.allowed, rules=ruling.rules, facts=facts,
            reservation_id=_new_id("r", facts.now) if ruling.allowed else None, expires_at=facts.now + HELD_FOR if ruling.allowed else None,
        )  # fmt: skip
        cost = facts.cost or Decimal(0) if ruling.allowed else Decimal(0)
        rows = _holding(decided, account_id, key, cost) | {DecisionRow: decision_row(decided.id, "Call", facts, ruling, held_policies, self.key)}
        return decided if write(session, unit_id, cost, rows) else None

    @contextmanager
    def _writing(self, unit_id: str) -> Iterator[Session]:
        """SQLite's one writer's lock from the start; on PostgreSQL each statement by itself."""
        with ExitStack() as stack:
            try:
                session = stack.enter_context(writing(self.sessions, each_alone=True))
            except OperationalError as error:  # others had the one writer's lock as long as one waits for it
                if "locked" not in str(error.orig):
                    raise
                raise UnitTooBusy(unit=unit_id) from error
            yield session


def _holding(decided: Decision, account_id: int | None, key: str, cost: Decimal) -> Rows:
    """The reservation of an allowed call, and the booking of the money that moves for it."""
    facts, reservation_id = decided.facts, decided.reservation_id
    if reservation_id is None:
        return {}
    held: dict[str, Any] = {
        "id": reservation_id, "key": key, "unit_id": facts.unit_id, "member_id": facts.member_id, "capability": facts.capability, "account_id": account_id,
        "amount": cost, "status": "held", "decision_id": decided.id, "held_at": facts.now, "expires_at": decided.expires_at,
    }  # fmt: skip
    by = f"member:{facts.member_id}"
    booked = transfer(facts.unit_id, *MOVE, cost, f"{reservation_id}:held", facts.capability, by, facts.now, reservation_id)
    return {Reservation: held} | ({Transfer: booked} if cost else {})


def _new_id(kind: str, now: datetime) -> str:
    """An id in the order of time, so that an index of very many grows at its end."""
    return f"{kind}{int(now.timestamp() * 1000):012x}{secrets.token_hex(6)}"


def preview(session: Session, principal: Principal, unit_id: str, capability: str, account_id: int | None, now: datetime | None = None) -> Decision:
    """What would be decided at this moment, with nothing held and nothing recorded; its id is empty. Raises NotAMember and CapabilityUnknown."""
    if principal.member_id is None:
        raise NotAMember
    facts = read_facts(session, principal.member_id, unit_id, capability, account_id, "", now).facts
    if facts is None:
        raise CapabilityUnknown(capability=capability)
    ruling = rule(facts, policies("calling"))
    return Decision(id="", allowed=ruling.allowed, rules=ruling.rules, facts=facts, reservation_id=None, expires_at=None)


def last_refusal(session: Session, principal: Principal, capability: str | None = None) -> Decision | None:
    """The last call of a member that was refused, of one capability where one is named; None where none was."""
    refused = select(table_of(DecisionRow)).where(DecisionRow.member_id == principal.member_id, DecisionRow.action == "Call", DecisionRow.allowed.is_(False))
    of_one = refused if capability is None else refused.where(DecisionRow.subject == capability)
    row = session.execute(of_one.order_by(DecisionRow.decided_at.desc(), DecisionRow.id).limit(1)).mappings().first()
    return None if row is None else _recorded(row)


def _again(session: Session, earlier: Earlier) -> Decision:
    """The decision that a key had before."""
    row = session.execute(select(table_of(DecisionRow)).where(DecisionRow.id == earlier.decision_id)).mappings().one()
    expires = session.scalar(select(Reservation.expires_at).where(Reservation.id == earlier.reservation_id))
    return _recorded(row).model_copy(update={"reservation_id": earlier.reservation_id, "expires_at": expires, "repeated": True})


def _recorded(row: RowMapping) -> Decision:
    """A decision as it is on record; what it held is not."""
    return Decision(
        id=row["id"], allowed=row["allowed"], rules=tuple(row["rules"]), facts=CallFacts.model_validate_json(row["facts"]), reservation_id=None, expires_at=None
    )
