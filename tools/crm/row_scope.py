"""The default row scope: owners and directors see all; reps their own records and all of the accounts they own or sell to; managers those of their people."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.selectable import FromClause

from prompts.words import say
from tools.access.principal import Principal, Role
from tools.crm.models import Account, Opportunity

OPEN_TO_ALL = {"member", "team", "product", "exchange_rate"}


class RelationScope:
    """Rows by relation: owned by the principal or its reports, or belonging to an account that they own or sell to.

    To sell to an account is to own a deal with it, open or closed; what its source no longer has gives no reach.
    """

    def limit(self, principal: Principal, entity: str, table: FromClause) -> ColumnElement[bool] | None:
        """See :class:`tools.access.scope.RowScope`."""
        if principal.role in {Role.OWNER, Role.DIRECTOR} or entity in OPEN_TO_ALL:
            return None
        people = (principal.member_id or 0, *principal.report_ids)
        if entity == "certificate":
            return table.c.member_id.in_(people)
        if entity == "stage_history":
            deals = select(Opportunity.id).where(or_(Opportunity.owner_id.in_(people), _reached(Opportunity.account_id, people)))
            return table.c.opportunity_id.in_(deals)
        conditions: list[ColumnElement[bool]] = []
        if "owner_id" in table.c:
            conditions.append(table.c.owner_id.in_(people))
        account = table.c.id if entity == "account" else table.c.get("account_id")
        if account is not None:
            conditions.append(_reached(account, people))
        return or_(*conditions) if conditions else table.c.id.is_(None)

    def describe(self, principal: Principal, language: str) -> str | None:
        """See :class:`tools.access.scope.RowScope`."""
        if principal.role in {Role.OWNER, Role.DIRECTOR}:
            return None
        return say("scope_team" if principal.report_ids else "scope_own", language)


def _reached(account: ColumnElement[int | None] | InstrumentedAttribute[int | None], people: tuple[int, ...]) -> ColumnElement[bool]:
    """Whether an account is owned by one of these people, or one of them owns a deal with it."""
    deal = aliased(Opportunity)
    owned = select(Account.id).where(Account.owner_id.in_(people), Account.gone_at.is_(None))
    sold_to = select(deal.account_id).where(deal.owner_id.in_(people), deal.account_id.is_not(None), deal.gone_at.is_(None))
    return or_(account.in_(owned), account.in_(sold_to))
