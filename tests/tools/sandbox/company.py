"""A small company for tests of units: a director, a manager, reps and experts, two customers of which one is strategic."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.crm.models import Account, Certificate, Contact, Contract, ExchangeRate, Interaction, Member, Opportunity
from tools.crm.service import member_principal
from tools.sandbox.approvals.schemas import Case
from tools.sandbox.approvals.service import vote
from tools.sandbox.units.changing import changes
from tools.sandbox.units.proposing import Wish, propose_unit
from tools.sandbox.units.reading import unit_of, with_units
from tools.sandbox.units.schemas import Unit

NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)
DIRECTOR, MANAGER, ADA, BO, LEA, FEN, MEI = range(1, 8)
"""Director, manager, two reps, legal, finance, database administrator."""
BANK, SHOP = 1, 2
_SOURCE = {"source_system": "t", "version": 1, "version_hash": "x", "as_of": NOW, "custom": {}}


def fill(session: Session) -> None:
    """Write the company."""

    def rows(model: type, *found: dict[str, object]) -> None:
        session.execute(insert(model), [_SOURCE | {"id": number, "source_id": str(number)} | each for number, each in enumerate(found, 1)])

    rows(
        Member,
        {"name": "Dora Lin", "title": "Director", "department": "Sales", "access_role": "director", "manager_id": None, "active": True},
        {"name": "Max Roth", "title": "Manager", "department": "Sales", "access_role": "manager", "manager_id": DIRECTOR, "active": True},
        {"name": "Ada Berg", "title": "Account Executive", "department": "Sales", "access_role": "rep", "manager_id": MANAGER, "active": True},
        {"name": "Bo Chen", "title": "Account Executive", "department": "Sales", "access_role": "rep", "manager_id": MANAGER, "active": True},
        {"name": "Lea Wolf", "title": "Counsel", "department": "Legal", "access_role": "rep", "manager_id": None, "active": True},
        {"name": "Fen Zhao", "title": "Controller", "department": "Finance", "access_role": "rep", "manager_id": None, "active": True},
        {"name": "梅雨", "title": "数据库管理员", "department": "技术", "access_role": "rep", "manager_id": None, "active": True},
    )
    rows(
        Account,
        {"name": "Harbour Bank", "tier": "strategic", "sector": "Banking", "owner_id": ADA, "phone": "555-1", "revenue": Decimal(900)},
        {"name": "Corner Shop", "tier": "long_tail", "sector": "Retail", "owner_id": BO, "phone": "555-2", "revenue": Decimal(1)},
    )
    rows(Contact, {"account_id": BANK, "name": "Ines Ort", "title": "CTO"}, {"account_id": SHOP, "name": "Sam Poe", "title": "Owner"})
    rows(
        Opportunity,
        {"name": "Core", "account_id": BANK, "owner_id": ADA, "status": "won", "amount": Decimal(100), "currency": "CNY"},
        {"name": "Tender", "account_id": BANK, "owner_id": ADA, "status": "open", "amount": Decimal(500), "currency": "CNY"},
        {"name": "Till", "account_id": SHOP, "owner_id": BO, "status": "open", "amount": Decimal(5), "currency": "CNY"},
    )
    rows(
        Contract,
        *(
            {"account_id": account, "number": f"K{account}", "amount": amount, "currency": "CNY"}
            for account, amount in ((BANK, Decimal(90)), (SHOP, Decimal(4)))
        ),
    )
    rows(Interaction, {"account_id": BANK, "owner_id": ADA, "kind": "call"}, {"account_id": SHOP, "owner_id": BO, "kind": "call"})
    rows(Certificate, {"member_id": LEA, "name": "Risk Model Licence", "valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31)})
    rows(ExchangeRate, {"base": "USD", "quote": "CNY", "rate": Decimal("7.2"), "valid_from": date(2026, 1, 1)})
    session.commit()


def someone(session: Session, member: int) -> Principal:
    """A member as they speak at this moment."""
    return with_units(session, member_principal(session, member))


def agree(session: Session, case: Case, *members: int, now: datetime = NOW) -> Case:
    """These people say yes, one after another."""
    for each in members:
        case = vote(session, someone(session, each), case.id, "yes", case.diff_hash, changes(), now)
    return case


def bank_unit(session: Session, template: str = "assault", budget: int = 50_000, name: str = "Bank tender") -> Unit:
    """A unit for the bank: Ada leads, with legal and finance; the manager asked for it, the director agreed."""
    wish = Wish.model_validate(
        {
            "name": name, "customers": ("Harbour Bank",), "members": ("Lea Wolf", "Fen Zhao"), "lead": "Ada Berg", "needs": ("legal",),
            "customer_value": "A tender without surprises", "template": template, "budget": Decimal(budget),
        }
    )  # fmt: skip
    case = propose_unit(session, someone(session, MANAGER), wish, "the tender", NOW)
    agree(session, case, DIRECTOR)
    session.commit()
    return unit_of(session, someone(session, DIRECTOR), name)
