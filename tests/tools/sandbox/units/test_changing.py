from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.tools.sandbox.company import ADA, BANK, BO, DIRECTOR, LEA, MANAGER, MEI, NOW, agree, bank_unit, someone
from tools.crm.semantic import load_model
from tools.sandbox.budgets.ledger import audit, balances, earn, spend
from tools.sandbox.budgets.reservations import reservation
from tools.sandbox.models import Capability, Reservation, UnitStep
from tools.sandbox.units.amounts import read_amount
from tools.sandbox.units.errors import AmountMalformed, BudgetAboveLimit, MoneyInFlight, NothingWouldChange, PoolTooSmall, UnitEnded, UnitUnfit
from tools.sandbox.units.fitting import hold_to_fit
from tools.sandbox.units.pools import book_resource, pool
from tools.sandbox.units.proposing import (
    Wish,
    propose_budget,
    propose_end,
    propose_members,
    propose_merge,
    propose_move,
    propose_template,
    propose_unit,
)
from tools.sandbox.units.reading import template_of, unit_of
from tools.sandbox.units.saying import said


def hold(session: Session, unit_id: str, amount: int) -> str:
    """Money that a call holds, as the desk books it."""
    from tools.sandbox.budgets.ledger import book, shift, transfer

    session.execute(insert(Capability).values(
        key="risk", name_en="risk model", name_zh="风控模型", cost=Decimal(amount), currency="CNY", sends=2, url="http://127.0.0.1:9", timeout_ms=100,
        active=True, version=1,
    ))  # fmt: skip
    session.execute(insert(Reservation).values(
        id="r1", key="k1", unit_id=unit_id, member_id=LEA, capability="risk", account_id=BANK, amount=Decimal(amount), status="held", decision_id="d1",
        held_at=NOW, expires_at=NOW,
    ))  # fmt: skip
    assert shift(session, unit_id, {("available", "reserved"): Decimal(amount)})
    book(session, [transfer(unit_id, "available", "reserved", Decimal(amount), "r1:held", "risk", "member:5", NOW, "r1")])
    session.commit()
    return "r1"


def shop_unit(session: Session) -> str:
    wish = Wish(
        name="Shop help",
        customers=("Corner Shop",),
        members=("梅雨",),
        lead="Bo Chen",
        customer_value="A till that works",
        template="assault",
        budget=Decimal(30_000),
    )
    agree(session, propose_unit(session, someone(session, MANAGER), wish, "help", NOW), DIRECTOR)
    session.commit()
    return unit_of(session, someone(session, DIRECTOR), "Shop help").id


def test_members_come_and_go_and_both_are_on_record(session: Session) -> None:
    unit = bank_unit(session)

    agree(session, propose_members(session, someone(session, ADA), unit.id, ("Bo Chen",), ("Fen Zhao",), "holidays", NOW), MANAGER)

    now = unit_of(session, someone(session, DIRECTOR), unit.id)
    assert [each.name for each in now.members] == ["Ada Berg", "Lea Wolf", "Bo Chen"]
    assert session.scalars(select(UnitStep.kind).where(UnitStep.unit_id == unit.id).order_by(UnitStep.id)).all() == ["formed", "changed_members"]


def test_who_alone_knows_the_customers_trade_may_not_leave(session: Session) -> None:
    unit = bank_unit(session)
    agree(session, propose_members(session, someone(session, ADA), unit.id, ("Bo Chen",), (), "help", NOW), MANAGER)

    unit = unit_of(session, someone(session, DIRECTOR), unit.id)
    with pytest.raises(UnitUnfit):
        hold_to_fit(session, tuple(each for each in unit.members if each.member_id != ADA), unit.customers, (), NOW)


def test_move_frees_money_of_calls_that_the_new_template_does_not_open(session: Session) -> None:
    unit = bank_unit(session, budget=40_000)
    held = hold(session, unit.id, 6_000)
    move = propose_move(session, someone(session, ADA), unit.id, "exploration", "back to thinking", NOW)
    lines = said(session, load_model(session), move, "en")

    agree(session, move, MANAGER)

    assert "1 calls under way no longer fit; their money is freed" in lines
    assert reservation(session, held).status == "released"
    assert balances(session, unit.id).available == Decimal(40_000)
    assert audit(session) == ()


def test_move_to_a_template_that_allows_less_money_is_refused(session: Session) -> None:
    unit = bank_unit(session, budget=60_000)

    with pytest.raises(BudgetAboveLimit):
        propose_move(session, someone(session, ADA), unit.id, "exploration", "back", NOW)


def test_what_members_would_newly_see_is_counted_on_live_records(session: Session) -> None:
    unit = bank_unit(session, template="exploration", budget=0)
    move = propose_move(session, someone(session, ADA), unit.id, "assault", "the tender is out", NOW)

    en, zh = said(session, load_model(session), move, "en"), said(session, load_model(session), move, "zh")

    assert en[0] == "“Bank tender” moves from exploration to assault"
    assert any("amount" in line and "contract" in line.lower() and "1 records of 1 customers" in line for line in en)
    assert any("成员将新看到" in line and "1 个客户的 1 条记录" in line for line in zh)
    assert not any("no longer" in line for line in en)


def test_template_that_is_said_anew_is_kept_in_versions(session: Session) -> None:
    unit = bank_unit(session)
    before = template_of(session, unit.id)
    after = before.model_copy(update={"call_limit": Decimal(100)})

    agree(session, propose_template(session, someone(session, MANAGER), unit.id, after, "cheaper calls", NOW), DIRECTOR)

    assert template_of(session, unit.id) == after
    with pytest.raises(NothingWouldChange):
        propose_template(session, someone(session, MANAGER), unit.id, after, "again", NOW)


def test_merging_brings_people_customers_money_and_resources_together(session: Session) -> None:
    bank, shop = bank_unit(session), shop_unit(session)

    agree(session, propose_merge(session, someone(session, DIRECTOR), bank.id, shop, "one team", NOW), MANAGER)

    now = unit_of(session, someone(session, DIRECTOR), bank.id)
    assert {each.member_id for each in now.members} >= {ADA, LEA, BO, MEI}
    assert {each.name for each in now.customers} == {"Harbour Bank", "Corner Shop"}
    assert balances(session, bank.id).granted == Decimal(80_000)
    assert (balances(session, shop).granted, unit_of(session, someone(session, DIRECTOR), shop).status) == (Decimal(0), "merged")
    assert audit(session) == ()
    with pytest.raises(UnitEnded):
        propose_budget(session, someone(session, DIRECTOR), shop, Decimal(5), "more", NOW)


def test_unit_whose_calls_hold_money_does_not_end(session: Session) -> None:
    unit = bank_unit(session)
    hold(session, unit.id, 100)

    with pytest.raises(MoneyInFlight):
        propose_end(session, someone(session, ADA), unit.id, "done", NOW)


def test_dissolved_unit_opens_nothing_any_more(session: Session) -> None:
    unit = bank_unit(session)
    assert someone(session, LEA).units
    spend(session, unit.id, Decimal(1_000), "travel", "travel", "owner", NOW)

    agree(session, propose_end(session, someone(session, ADA), unit.id, "won", NOW), MANAGER)

    assert someone(session, LEA).units == ()
    assert (balances(session, unit.id).granted, balances(session, unit.id).spent) == (Decimal(1_000), Decimal(1_000))
    assert audit(session) == ()


def test_profit_is_what_customers_brought_less_what_was_spent(session: Session) -> None:
    unit = bank_unit(session)
    earn(session, unit.id, Decimal(9_000), "invoice 1", "invoice 1", "owner", NOW)
    spend(session, unit.id, Decimal(2_500), "travel", "travel", "owner", NOW)

    assert balances(session, unit.id).profit == Decimal(6_500)
    assert audit(session) == ()


def test_resources_are_never_booked_beyond_what_there_is_and_a_repetition_counts_once(session: Session) -> None:
    wish = Wish(name="Pooled", customers=("Corner Shop",), members=(), lead="Bo Chen", customer_value="v", pools={"people_days": Decimal(10)})
    agree(session, propose_unit(session, someone(session, MANAGER), wish, "w", NOW), DIRECTOR)
    unit = unit_of(session, someone(session, DIRECTOR), "Pooled")

    for _ in range(2):
        left = book_resource(session, unit.id, "people_days", Decimal(7), "workshop", "w1", "owner", NOW).left

    assert left == Decimal(3)
    with pytest.raises(PoolTooSmall):
        book_resource(session, unit.id, "people_days", Decimal("3.5"), "more", "w2", "owner", NOW)
    with pytest.raises(PoolTooSmall):
        book_resource(session, unit.id, "people_days", Decimal(-8), "back", "w3", "owner", NOW)
    assert pool(session, unit.id, "people_days").left == Decimal(3)


@pytest.mark.parametrize(
    ("text", "amount"), [("120000", 120_000), ("120,000.50", Decimal("120000.50")), ("12万", 120_000), ("1.5m", 1_500_000), ("−3k", -3_000)]
)
def test_amounts_are_read_as_people_type_them(text: str, amount: Decimal | int) -> None:
    assert read_amount(text) == amount


@given(st.text(max_size=12))
def test_whatever_is_typed_is_an_amount_or_refused(text: str) -> None:
    with suppress(AmountMalformed):
        assert abs(read_amount(text)) <= 10**13
