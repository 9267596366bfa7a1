"""Bookings that are repeated at once, sweeps that meet settlements, and an audit that finds what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine, delete, select, text, update
from sqlalchemy.orm import Session, sessionmaker

from tests.tools.sandbox.books import broken_laws
from tests.tools.sandbox.calls import CAPABILITY, COST, NOW, UNIT, add_unit, caller, desk_at, fill
from tools.sandbox.budgets import ledger
from tools.sandbox.budgets.reservations import expire_due, release, reservation, settle
from tools.sandbox.calling.deciding import HELD_FOR
from tools.sandbox.errors import BudgetTooSmall, KeyUsedForAnother, ReservationEnded, ReservationUnknown, UnitUnknown
from tools.sandbox.models import DecisionRow, Reservation, Transfer, UnitBudget


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return fill(engine)


@pytest.fixture
def hold(sessions: sessionmaker[Session], tmp_path: Path) -> Callable[..., str]:
    """Hold money for a call; the reservation."""

    def held(key: str, unit: str = UNIT) -> str:
        reservation_id = desk_at(sessions, tmp_path).decide(caller(), unit, CAPABILITY, 1, key).reservation_id
        assert reservation_id is not None
        return reservation_id

    return held


def test_a_grant_repeated_by_many_at_once_counts_once(sessions: sessionmaker[Session]) -> None:
    together = Barrier(8)

    def give(_: int) -> Decimal:
        together.wait()
        with sessions.begin() as session:
            return ledger.grant(session, UNIT, Decimal(7), "once", "more", "owner", NOW).granted

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(give, range(8))) == [Decimal(1007)] * 8
    with sessions() as session:
        assert broken_laws(session, UNIT) == []


def test_nothing_is_booked_for_nothing_and_nothing_for_a_unit_that_is_none(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        for at, amount in enumerate((Decimal(0), Decimal("0.00004"), Decimal("-0.00004"))):
            assert ledger.grant(session, UNIT, amount, f"key {at}", "none", "owner", NOW).granted == 1000
    with pytest.raises(UnitUnknown), sessions.begin() as session:
        ledger.grant(session, "none", Decimal(1), "key", "more", "owner", NOW)
    with sessions() as session:
        assert len(session.scalars(select(Transfer)).all()) == 1


def test_an_amount_finer_than_the_books_is_the_same_when_said_again(sessions: sessionmaker[Session]) -> None:
    for _ in range(2):
        with sessions.begin() as session:
            ledger.grant(session, UNIT, Decimal("1.00005"), "fine", "more", "owner", NOW)
    with sessions() as session:
        assert ledger.balances(session, UNIT).granted == 1001
    with pytest.raises(KeyUsedForAnother), sessions.begin() as session:
        ledger.grant(session, UNIT, Decimal("1.0002"), "fine", "more", "owner", NOW)


def test_what_is_held_cannot_be_taken_back(sessions: sessionmaker[Session], hold: Callable[..., str]) -> None:
    hold("a")
    with pytest.raises(BudgetTooSmall), sessions.begin() as session:
        ledger.grant(session, UNIT, -Decimal(1000), "all", "back", "owner", NOW)
    with sessions.begin() as session:
        assert ledger.grant(session, UNIT, COST - 1000, "rest", "back", "owner", NOW).available == 0


def test_a_reservation_falls_due_to_the_second(sessions: sessionmaker[Session], hold: Callable[..., str]) -> None:
    held = hold("a")
    with sessions.begin() as session:
        assert expire_due(session, NOW + HELD_FOR - timedelta(seconds=1)) == 0
        assert expire_due(session, NOW + HELD_FOR) == 1
        assert expire_due(session, NOW + HELD_FOR) == 0
        assert reservation(session, held).status == "expired"
        assert release(session, held, "caller", NOW).status == "expired"
        with pytest.raises(ReservationEnded):
            settle(session, held, Decimal(1), "caller", NOW)
        with pytest.raises(ReservationUnknown):
            settle(session, "none", Decimal(1), "caller", NOW)


def test_a_sweep_leaves_alone_what_somebody_is_settling(engine: Engine, sessions: sessionmaker[Session], hold: Callable[..., str]) -> None:
    """Who settles has the reservation and waits for the unit's money; a sweep that had the money and waited for the reservation would wait for ever."""
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer, who waits for nobody")
    add_unit(sessions, "u2", Decimal(100))
    settling, late = hold("a"), [hold("b"), hold("c", "u2"), hold("d")]
    with sessions() as other:
        other.execute(update(Reservation).where(Reservation.id == settling).values(status="settled", settled=1, ended_at=NOW))
        with sessions.begin() as session:
            session.execute(text("SET LOCAL lock_timeout = '5s'"))
            assert expire_due(session, NOW + HELD_FOR) == len(late)
        other.rollback()
    with sessions.begin() as session:
        assert reservation(session, settling).status == "held"
        assert expire_due(session, NOW + HELD_FOR) == 1
        assert broken_laws(session, UNIT) == broken_laws(session, "u2") == []


FORGED = {
    "more available": (update(UnitBudget).values(available=UnitBudget.available + 1, granted=UnitBudget.granted + 1), {"available", "grantor"}),
    "reserved given free": (update(UnitBudget).values(available=UnitBudget.available + 1, reserved=UnitBudget.reserved - 1), {"available", "reserved"}),
    "less spent": (update(UnitBudget).values(available=UnitBudget.available + 1, spent=UnitBudget.spent - 1), {"available", "spent"}),
    "more income": (update(UnitBudget).values(income=Decimal(5)), {"income"}),
    "a booking lost": (delete(Transfer).where(Transfer.credit == "spent"), {"reserved", "spent"}),
    "a booking changed": (update(Transfer).where(Transfer.key == f"{UNIT}:start").values(amount=Decimal(1)), {"available", "grantor"}),
    "a reservation lost": (delete(Reservation), set()),
    "a reservation of more": (update(Reservation).values(amount=Decimal(20)), set()),
    "settled at less": (update(Reservation).where(Reservation.status == "settled").values(settled=Decimal(1)), set()),
    "settled called released": (update(Reservation).where(Reservation.status == "settled").values(status="released"), set()),
    "held called expired": (update(Reservation).where(Reservation.status == "held").values(status="expired", ended_at=NOW), set()),
    "a yes without money": (update(DecisionRow).where(DecisionRow.allowed.is_(False)).values(allowed=True), set()),
}


def test_forged_books_are_found_and_right_ones_are_not(sessions: sessionmaker[Session], hold: Callable[..., str], tmp_path: Path) -> None:
    settled, _, _ = hold("a"), hold("b"), desk_at(sessions, tmp_path).decide(caller(6), UNIT, CAPABILITY, 1, "refused")
    with sessions.begin() as session:
        settle(session, settled, Decimal("2.50"), "caller", NOW)
    with sessions() as session:
        assert (broken_laws(session, UNIT), ledger.audit(session)) == ([], ())
        for name, (forging, accounts) in FORGED.items():
            session.execute(forging.execution_options(synchronize_session=False))
            assert {each.account for each in ledger.audit(session)} == accounts, name
            session.expire_all()
            assert broken_laws(session, UNIT), name
            session.rollback()
