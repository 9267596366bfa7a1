from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.tools.sandbox.company import ADA, BANK, BO, DIRECTOR, FEN, LEA, MANAGER, MEI, NOW, agree, bank_unit, someone
from tools.crm.models import Member
from tools.sandbox.approvals.service import cases
from tools.sandbox.budgets.ledger import audit, balances
from tools.sandbox.units.errors import BudgetAboveLimit, CustomerUnknown, MayNotAsk, MemberUnavailable, NameTaken, NoCustomerValue, UnitUnfit
from tools.sandbox.units.proposing import Wish, propose_unit
from tools.sandbox.units.reading import unit_of, units_of

WISH = Wish(
    name="Bank tender",
    customers=("Harbour Bank",),
    members=("Lea Wolf",),
    lead="Ada Berg",
    needs=("legal",),
    customer_value="A calm tender",
    budget=Decimal(20_000),
)


def test_unit_is_there_only_once_somebody_else_agreed(session: Session) -> None:
    case = propose_unit(session, someone(session, MANAGER), WISH, "the tender", NOW)
    assert units_of(session, someone(session, DIRECTOR)) == ()

    agree(session, case, DIRECTOR)

    (unit,) = units_of(session, someone(session, DIRECTOR))
    assert (unit.name, unit.lead, unit.template, unit.status) == ("Bank tender", "Ada Berg", "exploration", "active")
    assert {each.name: each.function for each in unit.members} == {"Ada Berg": "sales", "Lea Wolf": "legal"}
    assert balances(session, unit.id).available == Decimal(20_000)
    assert audit(session) == ()


def test_strategic_customer_is_not_given_to_a_unit_that_lacks_what_it_needs(session: Session) -> None:
    with pytest.raises(UnitUnfit) as refused:
        propose_unit(session, someone(session, MANAGER), WISH.model_copy(update={"needs": ("legal", "数据库")}), "the tender", NOW)

    assert refused.value.data["lacks"] == "数据库"
    assert "梅雨" in str(refused.value.data["alternatives"])
    assert cases(session, NOW) == ()


def test_nobody_of_experience_with_the_sector_is_refused_and_who_has_it_is_named(session: Session) -> None:
    wish = WISH.model_copy(update={"lead": "Bo Chen"})

    with pytest.raises(UnitUnfit) as refused:
        propose_unit(session, someone(session, MANAGER), wish, "the tender", NOW)

    assert refused.value.data["lacks"] == "Banking"
    assert "Ada Berg" in str(refused.value.data["alternatives"])


def test_customer_of_low_potential_may_go_to_any_unit(session: Session) -> None:
    wish = WISH.model_copy(update={"customers": ("Corner Shop",), "needs": ("数据库",)})

    assert propose_unit(session, someone(session, MANAGER), wish, "a shop", NOW).status == "open"


@pytest.mark.parametrize(
    ("member", "change", "error"),
    [
        (ADA, {}, MayNotAsk),
        (MANAGER, {"customer_value": "  "}, NoCustomerValue),
        (MANAGER, {"customers": ("Nobody Ltd",)}, CustomerUnknown),
        (MANAGER, {"budget": Decimal(50_001)}, BudgetAboveLimit),
    ],
)
def test_wish_that_cannot_be_is_refused_and_nothing_waits(session: Session, member: int, change: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        propose_unit(session, someone(session, member), WISH.model_copy(update=change), "the tender", NOW)

    assert cases(session, NOW) == ()


def test_name_of_an_active_unit_is_taken(session: Session) -> None:
    bank_unit(session)

    with pytest.raises(NameTaken):
        propose_unit(session, someone(session, MANAGER), WISH, "again", NOW)


def test_member_who_left_is_not_placed(session: Session) -> None:
    session.execute(update(Member).where(Member.id == LEA).values(active=False))
    session.expire_all()

    with pytest.raises(MemberUnavailable):
        propose_unit(session, someone(session, MANAGER), WISH, "the tender", NOW)


def test_unit_is_seen_by_its_people_and_those_above_and_by_nobody_else(session: Session) -> None:
    unit = bank_unit(session)

    seen = {who: [each.id for each in units_of(session, someone(session, who))] for who in (DIRECTOR, MANAGER, ADA, LEA, FEN, BO, MEI)}

    assert seen == {who: [unit.id] for who in (DIRECTOR, MANAGER, ADA, LEA, FEN)} | {BO: [], MEI: []}
    assert unit_of(session, someone(session, LEA), "bank TENDER").customers[0].account_id == BANK
