"""Calls of capabilities from end to end: decided, brought, paid, on record.

A call ends exactly once, whatever dies in between:

* before the decision is committed, nothing was held and nothing left;
* after it, the money is held. The same key goes on with the same reservation, and what leaves is word by word what left before, under the
  reservation's id as idempotency key, so that the service counts it once. Who never comes back leaves a reservation that expires;
* what is gone on with is ruled anew first: where the facts no longer allow it, nothing leaves any more and the money is freed;
* the answer, what it cost and the end of the reservation are one transaction: there is no paid call without an answer on record;
* where the reservation expired (or a twin of the call released it) before the answer came, nothing is booked, as no money is held for it,
  and the answer is not handed out, as it would not be paid. The call is on record as ``too_late`` with what the service asked for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.sandbox.budgets.reservations import Held, release, reservation, settle
from tools.sandbox.calling.deciding import CallDesk, Decision
from tools.sandbox.calling.facts import read_facts
from tools.sandbox.calling.ruling import rule
from tools.sandbox.capabilities.ending import CallOnRecord, begin, end, on_record, real_cost
from tools.sandbox.capabilities.errors import (
    CallFaulty,
    CallNoLongerAllowed,
    CallTimedOut,
    CallTooLate,
    CallTurnedDown,
    CallUnreachable,
    CallUnreadable,
    CapabilityResting,
)
from tools.sandbox.capabilities.ports import NotBrought, Outlet, Resting
from tools.sandbox.capabilities.registering import capability
from tools.sandbox.capabilities.schemas import Brought, Called, CapabilityKept, Outcome, Outgoing
from tools.sandbox.errors import ReservationEnded
from tools.sandbox.models import Reservation
from tools.sandbox.policies.sets import policies
from tools.store.errors import PlumbError
from tools.store.writing import writing

ERRORS: dict[Outcome, type[PlumbError]] = {
    "unreachable": CallUnreachable,
    "timed_out": CallTimedOut,
    "faulty": CallFaulty,
    "turned_down": CallTurnedDown,
    "unreadable": CallUnreadable,
    "no_longer_allowed": CallNoLongerAllowed,
}
MILLISECOND = timedelta(milliseconds=1)


class CapabilityCaller:
    """Where members call capabilities."""

    def __init__(self, desk: CallDesk, outlet: Outlet, clock: Callable[[], datetime]) -> None:
        """``desk`` decides, ``outlet`` brings; ``clock`` tells when calls end and how long they took."""
        self.desk, self.outlet, self.clock = desk, outlet, clock

    def call(self, principal: Principal, unit_id: str, key_of_capability: str, account_id: int | None, key: str) -> Called:
        """Call a capability for a customer of the unit, or say by which rules that is refused. Commits.

        Under a ``key`` that was used before the earlier call goes on or its answer is given again. Raises what the desk raises,
        CapabilityResting before anything is held, and where no answer came CallUnreachable, CallTimedOut, CallFaulty, CallTurnedDown,
        CallUnreadable, CallTooLate or CallNoLongerAllowed: then nothing was paid.
        """
        with self.desk.sessions() as session:
            called = capability(session, key_of_capability)
        self._check_not_resting(called, key)
        decision = self.desk.decide(principal, unit_id, key_of_capability, account_id, key)
        if decision.reservation_id is None:
            return Called(decision=decision)
        held, call = self._begin(decision, decision.reservation_id, account_id)
        if held.status != "held" or call is None or call.outcome != "under_way":
            return self._as_before(decision, called, call)
        return self._bring(decision, called, held, call)

    def _check_not_resting(self, called: CapabilityKept, key: str) -> None:
        """A call that has ended is told again even while the circuit is open: nothing leaves for it."""
        until = self.outlet.resting_until(called.key)
        if until is None:
            return
        with self.desk.sessions() as session:
            status = session.scalar(select(Reservation.status).where(Reservation.key == key))
        if status in {None, "held"}:
            raise self._resting(called, until)

    def _begin(self, decision: Decision, reservation_id: str, account_id: int | None) -> tuple[Held, CallOnRecord | None]:
        """The reservation, and the call where it is on record or may still begin."""
        with writing(self.desk.sessions) as session:
            now, held = self.clock(), reservation(session, reservation_id)
            if held.status != "held":
                return held, on_record(session, reservation_id)
            call = begin(session, decision, account_id, now)
            over: Outcome | None = "too_late" if held.expires_at <= now else None
            if over is None and decision.repeated and not self._is_still_allowed(session, decision, account_id):
                over = "no_longer_allowed"
            if over is not None:
                call = call.model_copy(update={"outcome": over})
                held = release(session, reservation_id, "clock", now)
                end(session, call, now)
            return held, call

    def _is_still_allowed(self, session: Session, decision: Decision, account_id: int | None) -> bool:
        """Whether the facts of now, the money that is held included, allow what was decided, and as much to be sent."""
        then = decision.facts
        now = read_facts(session, then.member_id, then.unit_id, then.capability, account_id, "", self.desk.clock() if self.desk.clock else None).facts
        if now is None or now.sends < then.sends:
            return False
        with_held = now.model_copy(update={"available": now.available + (then.cost or 0), "cost": then.cost})
        return rule(with_held, policies("calling")).allowed

    def _bring(self, decision: Decision, called: CapabilityKept, held: Held, call: CallOnRecord) -> Called:
        assert call.body is not None, "what is under way has something to bring"  # noqa: S101
        began = self.clock()
        outgoing = Outgoing(capability=called.key, url=called.url, timeout_ms=called.timeout_ms, key=held.id, body=call.body, ends_at=held.expires_at)
        try:
            brought = self.outlet.bring(outgoing)
        except NotBrought as failure:
            ended = self._ended(call, failure.fault, failure.attempts, began)
            return self._failed(decision, called, ended.model_copy(update={"answer": {"error": failure.said} if failure.said else None}))
        except Resting as rest:
            return self._failed(decision, called, self._ended(call, "resting", 0, began), self._resting(called, rest.until))
        return self._answered(decision, called, self._ended(call, "answered", brought.attempts, began), brought)

    def _answered(self, decision: Decision, called: CapabilityKept, call: CallOnRecord, brought: Brought) -> Called:
        """Pay and keep the answer, or neither where the money is no longer held."""
        cost, by, now = real_cost(brought.answer, called, decision.facts), f"member:{decision.facts.member_id}", self.clock()
        answered = call.model_copy(update={"answer": brought.answer, "cost": cost})
        try:
            with writing(self.desk.sessions) as session:
                settle(session, call.reservation_id, cost, by, now)
                end(session, answered, now)
        except ReservationEnded:
            with writing(self.desk.sessions) as session:
                end(session, call.model_copy(update={"outcome": "too_late", "cost": cost}), now)
                kept = on_record(session, call.reservation_id)
            return self._as_before(decision, called, kept, late=True)
        return _told(decision, answered, repeated=False)

    def _failed(self, decision: Decision, called: CapabilityKept, call: CallOnRecord, error: PlumbError | None = None) -> Called:
        """Free the money and raise; the answer where a twin of this call got one meanwhile."""
        now = self.clock()
        try:
            with writing(self.desk.sessions) as session:
                release(session, call.reservation_id, f"member:{decision.facts.member_id}", now)
                end(session, call, now)
        except ReservationEnded:
            with self.desk.sessions() as session:
                kept = on_record(session, call.reservation_id)
            return self._as_before(decision, called, kept)
        raise error or self._error(called, call)

    def _as_before(self, decision: Decision, called: CapabilityKept, call: CallOnRecord | None, late: bool = False) -> Called:
        """What a call that has ended came to, once more: its answer, or the same error. ``late``: an answer came, but too late to be paid."""
        if call is not None and call.outcome == "answered":
            return _told(decision, call, repeated=True)
        if not late and call is not None:
            raise self._error(called, call)
        raise CallTooLate(**_names(called))

    def _ended(self, call: CallOnRecord, outcome: Outcome, attempts: int, began: datetime) -> CallOnRecord:
        took = (self.clock() - began) // MILLISECOND
        return call.model_copy(update={"outcome": outcome, "attempts": attempts, "duration_ms": max(0, took)})

    def _error(self, called: CapabilityKept, call: CallOnRecord) -> PlumbError:
        """What is said of a call that ended without an answer."""
        said = {"said": (call.answer or {}).get("error", "—")} if call.outcome == "turned_down" else {}
        return ERRORS.get(call.outcome, CallTooLate)(**_names(called), **said)

    def _resting(self, called: CapabilityKept, until: datetime) -> CapabilityResting:
        seconds = max(1, -((self.clock() - until) // timedelta(seconds=1)))
        return CapabilityResting(**_names(called), at=f"{until:%H:%M:%S} UTC", seconds=seconds)


def _told(decision: Decision, call: CallOnRecord, repeated: bool) -> Called:
    return Called(
        decision=decision, answer=call.answer, cost=call.cost, sent=call.sent, attempts=call.attempts, duration_ms=call.duration_ms, repeated=repeated,
    )  # fmt: skip


def _names(called: CapabilityKept) -> dict[str, str]:
    return {"name_en": called.name_en, "name_zh": called.name_zh}
