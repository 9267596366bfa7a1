from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from tests.tools.sandbox.company import ADA, BO, DIRECTOR, FEN, LEA, MANAGER, MEI, NOW, agree, bank_unit, someone
from tools.access.principal import Principal
from tools.crm.models import Member
from tools.sandbox.approvals.errors import (
    AnotherWasShown,
    AskerSuspended,
    CaseEnded,
    CaseExpired,
    CaseOutdated,
    CaseUnknown,
    DecidedBefore,
    NotTheirTurn,
    OwnRequest,
    VoterSuspended,
)
from tools.sandbox.approvals.schemas import Case
from tools.sandbox.approvals.service import case, vote, withdraw
from tools.sandbox.budgets.ledger import balances
from tools.sandbox.models import Delegation, MemberStanding
from tools.sandbox.units.cases import case_for, cases_for, waits_for_me
from tools.sandbox.units.changing import changes
from tools.sandbox.units.proposing import propose_budget, propose_members, propose_move


def asked(session: Session, member: int = LEA, amount: int = 60_000) -> tuple[str, Case]:
    """A unit of the bank for which somebody asks for more money: its lead and its finance member decide about that much."""
    unit = bank_unit(session)
    return unit.id, propose_budget(session, someone(session, member), unit.id, Decimal(amount), "more tests", NOW)


def yes(session: Session, who: int | Principal, held: Case, hours: int = 0) -> Case:
    principal = who if isinstance(who, Principal) else someone(session, who)
    return vote(session, principal, held.id, "yes", held.diff_hash, changes(), NOW + timedelta(hours=hours))


def suspend(session: Session, member: int) -> None:
    session.execute(insert(MemberStanding).values(member_id=member, capabilities=[], suspended=True, version=1))
    session.expire_all()


def test_steps_are_taken_in_order_and_the_last_yes_makes_the_change(session: Session) -> None:
    unit_id, held = asked(session)
    assert held.rule.steps == ("lead", "finance")
    with pytest.raises(NotTheirTurn):
        yes(session, FEN, held)

    held = yes(session, ADA, held)
    assert (held.status, held.waits_for, balances(session, unit_id).granted) == ("open", "finance", Decimal(50_000))

    held = yes(session, FEN, held)
    assert (held.status, held.waits_for, balances(session, unit_id).granted) == ("applied", None, Decimal(110_000))


def test_saying_yes_again_changes_nothing(session: Session) -> None:
    unit_id, held = asked(session)
    agree(session, held, ADA, FEN)

    assert yes(session, FEN, held).status == "applied"
    assert balances(session, unit_id).granted == Decimal(110_000)


def test_who_asked_does_not_decide(session: Session) -> None:
    _, held = asked(session, member=ADA)

    with pytest.raises(OwnRequest):
        yes(session, ADA, held)


def test_who_asked_does_not_decide_in_another_ones_place_either(session: Session) -> None:
    _, held = asked(session, member=FEN)
    session.execute(insert(Delegation).values(from_id=ADA, to_id=FEN, begins_at=NOW, ends_at=NOW + timedelta(days=9), given_by="member:3"))

    with pytest.raises(OwnRequest):
        yes(session, FEN, held)


def test_nobody_decides_at_two_steps(session: Session) -> None:
    _, held = asked(session)
    session.execute(insert(Delegation).values(from_id=FEN, to_id=ADA, begins_at=NOW, ends_at=NOW + timedelta(days=9), given_by="member:6"))
    held = yes(session, ADA, held)

    with pytest.raises(DecidedBefore):
        yes(session, ADA, held)


def test_delegate_decides_while_the_delegation_lasts_and_whose_place_it_was_stays_on_record(session: Session) -> None:
    _, held = asked(session)
    session.execute(insert(Delegation).values(from_id=ADA, to_id=BO, begins_at=NOW + timedelta(hours=1), ends_at=NOW + timedelta(hours=5), given_by="member:3"))
    for hours in (0, 5):
        with pytest.raises(NotTheirTurn):
            yes(session, BO, held, hours)

    held = yes(session, BO, held, hours=2)

    assert [(each.member_id, each.for_id) for each in held.votes] == [(BO, ADA)]


def test_delegation_of_somebody_suspended_serves_nobody(session: Session) -> None:
    _, held = asked(session)
    session.execute(insert(Delegation).values(from_id=ADA, to_id=BO, begins_at=NOW, ends_at=NOW + timedelta(days=9), given_by="member:3"))
    suspend(session, ADA)

    with pytest.raises(NotTheirTurn):
        yes(session, BO, held)


def test_case_that_waited_too_long_can_no_longer_be_decided(session: Session) -> None:
    unit_id, held = asked(session)
    late = held.rule.hours

    with pytest.raises(CaseExpired):
        yes(session, ADA, held, hours=late)

    assert case(session, held.id, NOW + timedelta(hours=late)).status == "expired"
    assert yes(session, ADA, held, hours=late - 1).status == "open"
    assert balances(session, unit_id).granted == Decimal(50_000)


def test_yes_to_something_else_than_is_asked_for_is_refused(session: Session) -> None:
    _, held = asked(session)

    with pytest.raises(AnotherWasShown):
        vote(session, someone(session, ADA), held.id, "yes", "0" * 64, changes(), NOW)


def test_suspended_member_neither_asks_nor_decides(session: Session) -> None:
    unit_id, held = asked(session)
    suspend(session, ADA)

    with pytest.raises(VoterSuspended):
        yes(session, ADA, held)
    with pytest.raises(VoterSuspended):
        propose_budget(session, someone(session, ADA), unit_id, Decimal(10), "more", NOW)


def test_request_of_a_suspended_member_waits_until_that_is_lifted(session: Session) -> None:
    _, held = asked(session)
    suspend(session, LEA)

    with pytest.raises(AskerSuspended):
        yes(session, ADA, held)

    session.execute(update(MemberStanding).values(suspended=False))
    session.expire_all()
    assert yes(session, ADA, held).waits_for == "finance"


def test_request_of_a_member_who_left_waits_as_well(session: Session) -> None:
    _, held = asked(session)
    session.execute(update(Member).where(Member.id == LEA).values(active=False))
    session.expire_all()

    with pytest.raises(AskerSuspended):
        yes(session, ADA, held)


def test_change_that_overtook_the_request_makes_it_outdated(session: Session) -> None:
    unit_id, held = asked(session)
    held = yes(session, ADA, held)
    other = propose_members(session, someone(session, ADA), unit_id, ("Bo Chen",), (), "help", NOW)
    agree(session, other, MANAGER)
    session.commit()

    with pytest.raises(CaseOutdated):
        yes(session, FEN, held)

    session.rollback()
    assert case(session, held.id, NOW).status == "open"
    assert balances(session, unit_id).granted == Decimal(50_000)


def test_no_ends_it(session: Session) -> None:
    unit_id, held = asked(session)

    held = vote(session, someone(session, ADA), held.id, "no", held.diff_hash, changes(), NOW, "not now")

    assert (held.status, held.votes[0].note) == ("refused", "not now")
    with pytest.raises(CaseEnded):
        yes(session, FEN, held)
    assert balances(session, unit_id).granted == Decimal(50_000)


def test_only_who_asked_takes_it_back(session: Session) -> None:
    _, held = asked(session)
    with pytest.raises(NotTheirTurn):
        withdraw(session, someone(session, ADA), held.id, NOW)

    assert withdraw(session, someone(session, LEA), held.id, NOW).status == "withdrawn"


def test_case_is_seen_by_who_asked_the_unit_and_who_decides(session: Session) -> None:
    _, held = asked(session)

    assert {who: bool(cases_for(session, someone(session, who), NOW)) for who in (LEA, ADA, FEN, MANAGER, DIRECTOR, BO, MEI)} == {
        LEA: True, ADA: True, FEN: True, MANAGER: True, DIRECTOR: True, BO: False, MEI: False,
    }  # fmt: skip
    assert [who for who in (LEA, ADA, FEN, MANAGER) if waits_for_me(session, someone(session, who), held, NOW)] == [ADA]
    with pytest.raises(CaseUnknown):
        case_for(session, someone(session, BO), held.id, NOW)


def test_move_to_another_template_begins_waiting_requests_anew_under_its_flow(session: Session) -> None:
    unit_id, held = asked(session)
    held = yes(session, ADA, held)
    move = propose_move(session, someone(session, ADA), unit_id, "delivery", "the deal is won", NOW)

    agree(session, move, MANAGER)

    again = case(session, held.id, NOW)
    assert (again.status, again.round, again.votes, again.rule.steps) == ("open", 2, (), ("lead", "finance"))
    assert again.rule.over == Decimal(20_000)
