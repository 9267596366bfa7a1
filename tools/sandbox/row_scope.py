"""Which rows a person may see, by the policies about reading: as the condition of a query, and for one row alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, select, union_all
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.selectable import FromClause, SelectBase

from prompts.words import say
from tools.access.principal import Principal, Role, UnitReach
from tools.crm.models import Account, Opportunity
from tools.sandbox.models import AccountProtection, UnitAccount
from tools.sandbox.policies.residues import Condition, Members, Number, Reference, Residue, condition, truth
from tools.sandbox.policies.sets import Entity, Ruling, entity, policies, ref

NEVER_MASKED = 5
"""Above every classification: where a customer asked for no masking."""
Column = ColumnElement[Any]


class PolicyScope:
    """Limits queries by the policies about reading, each policy with the record unknown. A unit's customers are in reach of its members."""

    def limit(self, principal: Principal, entity: str, table: FromClause) -> Condition | None:
        """See :class:`tools.access.scope.RowScope`. Rows are those whose fields may be read up to the principal's clearance."""
        residues = _residues(principal, entity)
        if any(_permits_all(each) for each in residues):
            return None
        return condition(residues, _References(entity, table))

    def describe(self, principal: Principal, language: str) -> str | None:
        """See :class:`tools.access.scope.RowScope`."""
        if principal.role in {Role.OWNER, Role.DIRECTOR}:
            return None
        base = "scope_team" if principal.report_ids else "scope_own"
        return say(f"{base}_unit" if principal.units else base, language)

    def rule(self, session: Session, principal: Principal, entity: str, table: FromClause, row: int) -> Ruling:
        """What the policies say of one row, fields up to the principal's clearance: the same as whether :meth:`limit` keeps it, with the rules that decided."""
        record, others = _record(session, entity, table, row)
        found = [policies("reading").rule(member_entity(principal), "Read", record, each, others) for each in _contexts(principal, entity)]
        return next((each for each in found if each.allowed), found[-1])


@lru_cache(maxsize=4096)
def _residues(principal: Principal, kind: str) -> tuple[Residue, ...]:
    """What the policies leave, first of what is the person's own, then of each unit. Follows from the arguments alone."""
    return tuple(policies("reading").residue(member_entity(principal), "Read", each) for each in _contexts(principal, kind))


def _contexts(principal: Principal, kind: str) -> list[dict[str, Any]]:
    own: dict[str, Any] = {"kind": kind, "level": int(principal.clearance)}
    return [own, *(own | {"unit": _scope(each)} for each in principal.units)]


def _scope(reach: UnitReach) -> dict[str, Any]:
    return {"id": ref("Unit", reach.unit_id), "kinds": sorted(reach.kinds), "clearance": int(reach.clearance), "masks_from": reach.masks_from}


def member_entity(principal: Principal) -> Entity:
    """A person as the policies see it."""
    people = [each for each in (principal.member_id, *principal.report_ids) if each is not None]
    return entity(
        "Member", principal.member_id if principal.member_id is not None else principal.role,
        role=str(principal.role), clearance=int(principal.clearance), people=[ref("Member", each) for each in people], suspended=principal.suspended,
    )  # fmt: skip


def _permits_all(residue: Residue) -> bool:
    """Whether some policy permits and none forbids, whatever the record is."""
    permits = any(each["effect"] == "permit" and truth(each) is True for each in residue.values())
    return permits and all(each["effect"] == "permit" or truth(each) is False for each in residue.values())


# -- what a record refers to ------------------------------------------------------------------------------------------


class _References:
    """By attribute, what records of a kind refer to: their owner and their account."""

    def __init__(self, kind: str, table: FromClause) -> None:
        self.kind, self.table = kind, table

    def __call__(self, name: str) -> Reference | None:
        """Raises nothing: a kind that has no such reference has none in any record."""
        column = _column(self.kind, self.table, name)
        return None if column is None else _Referred(*column)


def _column(kind: str, table: FromClause, name: str) -> tuple[Column, Column | None] | None:
    """The column that a reference stands in; the second is there where it stands in the deal that the first one names."""
    if kind == "stage_history":
        return table.c.opportunity_id, Opportunity.__table__.c[f"{name}_id"]
    if kind == "certificate":
        return (table.c.member_id, None) if name == "owner" else None
    if kind == "account" and name == "account":
        return table.c.id, None
    found = table.c.get(f"{name}_id")
    return None if found is None else (found, None)


class _Referred:
    """What a column refers to, or what the deal that it names refers to."""

    def __init__(self, column: Column, through: Column | None) -> None:
        self.column, self.through = column, through

    def is_there(self) -> Condition:
        """See :class:`tools.sandbox.policies.residues.Reference`."""
        if self.through is None:
            return self.column.is_not(None)
        return self.column.in_(select(Opportunity.id).where(self.through.is_not(None)))

    def is_among(self, ids: list[str]) -> Condition:
        """See :class:`tools.sandbox.policies.residues.Reference`."""
        return self.is_in([int(each) for each in ids])

    def is_in(self, held: list[int] | SelectBase) -> Condition:
        """Whether it is one of these, or one that a query finds."""
        found = held if self.through is None else select(Opportunity.id).where(self.through.in_(held))
        return and_(self.column.is_not(None), self.column.in_(found))

    def attribute(self, name: str) -> Members | Number:
        """See :class:`tools.sandbox.policies.residues.Reference`."""
        attributes: dict[str, Callable[[_Referred], Members | Number]] = {"sellers": _Sellers, "units": _Units, "masks_from": _MasksFrom}
        return attributes[name](self)


class _Sellers:
    """Who owns an account or a deal with it, open or closed; what its source no longer has gives no reach."""

    def __init__(self, account: _Referred) -> None:
        self.account = account

    def meets(self, ids: list[str]) -> Condition:
        """See :class:`tools.sandbox.policies.residues.Members`."""
        people, deal = [int(each) for each in ids], aliased(Opportunity)
        owned = select(Account.id).where(Account.owner_id.in_(people), Account.gone_at.is_(None))
        sold_to = select(deal.account_id).where(deal.owner_id.in_(people), deal.account_id.is_not(None), deal.gone_at.is_(None))
        return self.account.is_in(union_all(owned, sold_to))


class _Units:
    """The units that work for an account now."""

    def __init__(self, account: _Referred) -> None:
        self.account = account

    def meets(self, ids: list[str]) -> Condition:
        """See :class:`tools.sandbox.policies.residues.Members`."""
        return self.account.is_in(select(UnitAccount.account_id).where(UnitAccount.unit_id.in_(ids), UnitAccount.until.is_(None)))


class _MasksFrom:
    """From which classification on a customer wants its data masked."""

    def __init__(self, account: _Referred) -> None:
        self.account = account

    def exceeds(self, least: int) -> Condition:
        """See :class:`tools.sandbox.policies.residues.Number`."""
        masked = self.account.is_in(select(AccountProtection.account_id).where(AccountProtection.masks_from <= least))
        return and_(self.account.is_there(), not_(masked))


# -- one record -----------------------------------------------------------------------------------------------------------


def _record(session: Session, kind: str, table: FromClause, row: int) -> tuple[Entity, tuple[Entity, ...]]:
    """A record and the account that it refers to, as the policies see them."""
    referred = {name: _referred_id(session, kind, table, row, name) for name in ("owner", "account")}
    attributes = {name: ref({"owner": "Member", "account": "Account"}[name], held) for name, held in referred.items() if held is not None}
    account = referred["account"]
    return entity("Record", f"{kind}/{row}", **attributes), () if account is None else (_account(session, account),)


def _referred_id(session: Session, kind: str, table: FromClause, row: int, name: str) -> int | None:
    column = _column(kind, table, name)
    if column is None:
        return None
    held, through = column
    found: int | None = session.scalar(select(held).where(table.c.id == row))
    return found if through is None or found is None else session.scalar(select(through).where(Opportunity.id == found))


def _account(session: Session, account: int) -> Entity:
    owner = session.scalar(select(Account.owner_id).where(Account.id == account, Account.gone_at.is_(None)))
    sold = session.scalars(select(Opportunity.owner_id).where(Opportunity.account_id == account, Opportunity.gone_at.is_(None)))
    sellers = {each for each in (owner, *sold) if each is not None}
    units = set(session.scalars(select(UnitAccount.unit_id).where(UnitAccount.account_id == account, UnitAccount.until.is_(None))))
    masks = session.scalar(select(AccountProtection.masks_from).where(AccountProtection.account_id == account))
    return entity(
        "Account", account, sellers=[ref("Member", each) for each in sorted(sellers)], units=[ref("Unit", each) for each in sorted(units)],
        masks_from=NEVER_MASKED if masks is None else masks,
    )  # fmt: skip
