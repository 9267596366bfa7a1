"""Whatever is granted, held, settled, released, expired, repeated or broken off, in whatever order: the books are what a plain model says."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule, run_state_machine_as_test
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from tests.tools.sandbox.books import broken_laws
from tests.tools.sandbox.calls import CAPABILITY, COST, NOW, OF_UNIT, add_capability, add_unit, caller, fill
from tools.sandbox.budgets import ledger
from tools.sandbox.budgets.reservations import Status, expire_due, release, reservation, settle
from tools.sandbox.calling.deciding import HELD_FOR, CallDesk
from tools.sandbox.errors import BudgetTooSmall, KeyUsedForAnother, ReservationEnded, SettledAboveReservation
from tools.trace.signing import InstallationKey

COSTS = {CAPABILITY: COST, "free": Decimal(0), "cheap": Decimal("0.0101")}
money = st.decimals(Decimal("0.01"), 40, places=2)
fine_money = st.sampled_from([Decimal(0), Decimal("0.00004"), Decimal("0.00245")]) | st.decimals(0, 15, places=5)
"""What a meter may say: finer than the books, which keep four places."""
capabilities = st.sampled_from(sorted(COSTS))
members = st.integers(1, OF_UNIT)
PHASES = [Phase.explicit, Phase.generate]
"""A failure is told as it was found: to make it shorter takes minutes on a database."""
EXAMPLES = {"sqlite": 18, "postgresql": 6}


class Hold:
    """A reservation as the model knows it."""

    def __init__(self, id_: str, capability: str, member: int, until: datetime) -> None:
        self.id, self.capability, self.member, self.until = id_, capability, member, until
        self.amount, self.status, self.settled = COSTS[capability], "held", None
        self.asked = Decimal("0.00245")


class LedgerLaws(RuleBasedStateMachine):
    """One unit's life; each has a unit of its own in the same store."""

    sessions: ClassVar[sessionmaker[Session]]
    key: ClassVar[InstallationKey]
    numbers: ClassVar = itertools.count(1)
    keys, grants = Bundle("keys"), Bundle("grants")

    def __init__(self) -> None:
        super().__init__()
        self.unit = f"unit {next(self.numbers)}"
        add_unit(self.sessions, self.unit, Decimal(0))
        self.now = NOW
        self.desk = CallDesk(self.sessions, self.key, lambda: self.now)
        self.granted = self.available = self.reserved = self.spent = self.income = Decimal(0)
        self.holds: dict[str, Hold] = {}
        self.named = itertools.count(1)

    def name(self) -> str:
        return f"{self.unit}/{next(self.named)}"

    @rule(target=grants, amount=money)
    def grant(self, amount: Decimal) -> tuple[str, Decimal]:
        key = self.name()
        with self.sessions.begin() as session:
            ledger.grant(session, self.unit, amount, key, "more", "owner", self.now)
        self.granted += amount
        self.available += amount
        return key, amount

    @rule(amount=money)
    def take_back(self, amount: Decimal) -> None:
        if amount > self.available:
            with pytest.raises(BudgetTooSmall), self.sessions.begin() as session:
                ledger.grant(session, self.unit, -amount, self.name(), "less", "owner", self.now)
            return
        with self.sessions.begin() as session:
            ledger.grant(session, self.unit, -amount, self.name(), "less", "owner", self.now)
        self.granted -= amount
        self.available -= amount

    @rule(granted=grants, other=money)
    def grant_again(self, granted: tuple[str, Decimal], other: Decimal) -> None:
        key, amount = granted
        with self.sessions.begin() as session:
            ledger.grant(session, self.unit, amount, key, "more", "owner", self.now)
        if other != amount:
            with pytest.raises(KeyUsedForAnother), self.sessions.begin() as session:
                ledger.grant(session, self.unit, other, key, "more", "owner", self.now)

    @rule(amount=money)
    def spend(self, amount: Decimal) -> None:
        if amount > self.available:
            with pytest.raises(BudgetTooSmall), self.sessions.begin() as session:
                ledger.spend(session, self.unit, amount, self.name(), "taxi", "owner", self.now)
            return
        with self.sessions.begin() as session:
            ledger.spend(session, self.unit, amount, self.name(), "taxi", "owner", self.now)
        self.available -= amount
        self.spent += amount

    @rule(amount=money)
    def earn(self, amount: Decimal) -> None:
        with self.sessions.begin() as session:
            ledger.earn(session, self.unit, amount, self.name(), "invoice", "owner", self.now)
        self.income += amount

    @rule(target=keys, capability=capabilities, member=members)
    def hold(self, capability: str, member: int) -> object:
        key = self.name()
        return key if self._hold(key, capability, member) else multiple()

    def _hold(self, key: str, capability: str, member: int) -> bool:
        cost = COSTS[capability]
        decided = self.desk.decide(caller(member), self.unit, capability, 1, key)
        assert not decided.repeated
        if cost > self.available:
            assert (decided.allowed, decided.rules, decided.reservation_id) == (False, ("budget-too-small",), None)
            return False
        assert (decided.allowed, decided.rules, decided.expires_at) == (True, ("members-call",), self.now + HELD_FOR)
        assert decided.reservation_id is not None
        self.available -= cost
        self.reserved += cost
        self.holds[key] = Hold(decided.reservation_id, capability, member, self.now + HELD_FOR)
        return True

    @rule(key=keys)
    def hold_again(self, key: str) -> None:
        held = self.holds[key]
        decided = self.desk.decide(caller(held.member), self.unit, held.capability, 1, key)
        assert (decided.allowed, decided.repeated, decided.reservation_id) == (True, True, held.id)

    @rule(key=keys, capability=capabilities, member=members, customer=st.integers(1, OF_UNIT))
    def hold_another_under_the_key(self, key: str, capability: str, member: int, customer: int) -> None:
        held = self.holds[key]
        if (capability, member, customer) != (held.capability, held.member, 1):
            with pytest.raises(KeyUsedForAnother):
                self.desk.decide(caller(member), self.unit, capability, customer, key)

    @rule(key=keys, cost=fine_money)
    def settle(self, key: str, cost: Decimal) -> None:
        self._settle(self.holds[key], cost)

    @rule(key=keys)
    def settle_again(self, key: str) -> None:
        """As a caller does who never heard that it was done."""
        self._settle(self.holds[key], self.holds[key].asked)

    @rule(key=consumes(keys))
    def settle_whole(self, key: str) -> None:
        self._settle(self.holds[key], self.holds[key].amount)

    def _settle(self, held: Hold, cost: Decimal) -> None:
        booked = cost.quantize(Decimal("0.0001"), ROUND_HALF_EVEN)
        fails = SettledAboveReservation if booked > held.amount else None
        if held.status != "held" and fails is None and (held.status, held.settled) != ("settled", booked):
            fails = ReservationEnded
        if fails is not None:
            with pytest.raises(fails), self.sessions.begin() as session:
                settle(session, held.id, cost, "meter", self.now)
            return
        with self.sessions.begin() as session:
            ended = settle(session, held.id, cost, "meter", self.now)
        assert (ended.status, ended.settled) == ("settled", booked)
        self._end(held, "settled", booked)
        held.asked = cost

    @rule(key=keys)
    def release(self, key: str) -> None:
        held = self.holds[key]
        if held.status == "settled":
            with pytest.raises(ReservationEnded), self.sessions.begin() as session:
                release(session, held.id, "meter", self.now)
            return
        with self.sessions.begin() as session:
            release(session, held.id, "meter", self.now)
        self._end(held, "released", Decimal(0))

    @rule(minutes=st.integers(0, 12))
    def expire(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        due = [held for held in self.holds.values() if held.status == "held" and held.until <= self.now]
        with self.sessions.begin() as session:
            assert expire_due(session, self.now) == len(due)
        for held in due:
            self._end(held, "expired", Decimal(0))

    @rule(key=keys, cost=money)
    def break_off(self, key: str, cost: Decimal) -> None:
        """Everything at once, and then the transaction is lost."""
        held = self.holds[key]
        with self.sessions() as session:
            ledger.grant(session, self.unit, cost, self.name(), "more", "owner", self.now)
            if held.status == "held":
                settle(session, held.id, min(cost, held.amount), "meter", self.now)
            expire_due(session, self.now + HELD_FOR)
            session.rollback()

    def _end(self, held: Hold, status: Status, cost: Decimal) -> None:
        if held.status == "held":
            held.status, held.settled = status, cost
            self.reserved -= held.amount
            self.spent += cost
            self.available += held.amount - cost

    @invariant()
    def books_are_what_the_model_says(self) -> None:
        with self.sessions() as session:
            found = ledger.balances(session, self.unit)
            assert (found.granted, found.available, found.reserved, found.spent, found.income) == (
                self.granted, self.available, self.reserved, self.spent, self.income,
            )  # fmt: skip
            assert broken_laws(session, self.unit) == []

    @invariant()
    def reservations_are_what_the_model_says(self) -> None:
        with self.sessions() as session:
            for held in self.holds.values():
                found = reservation(session, held.id)
                assert (found.amount, found.status, found.settled) == (held.amount, held.status, held.settled)

    def teardown(self) -> None:
        """What one life leaves open must not fall due in the next."""
        with self.sessions.begin() as session:
            expire_due(session, self.now + HELD_FOR)


@pytest.mark.slow
def test_whatever_happens_to_a_unit_its_books_are_what_a_plain_model_says(engine: Engine, tmp_path: Path) -> None:
    LedgerLaws.sessions = fill(engine)
    LedgerLaws.key = InstallationKey.open(tmp_path)
    add_capability(LedgerLaws.sessions, "free", COSTS["free"])
    add_capability(LedgerLaws.sessions, "cheap", COSTS["cheap"])
    lives = settings(max_examples=EXAMPLES[engine.dialect.name], stateful_step_count=30, deadline=None, phases=PHASES)
    run_state_machine_as_test(LedgerLaws, settings=lives)
