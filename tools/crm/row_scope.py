"""The default row scope: owners and directors see all, managers their people's records, reps their own and their accounts'."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.sql.selectable import FromClause

from prompts.words import say
from tools.access.principal import Principal, Role
from tools.crm.models import Account, Opportunity

OPEN_TO_ALL = {"member", "team", "product", "exchange_rate"}


class RelationScope:
    """Rows by relation: owned by the principal or its reports, or belonging to an account that they own or sell to."""

    def limit(self, principal: Principal, entity: str, table: FromClause) -> ColumnElement[bool] | None:
        """See :class:`tools.access.scope.RowScope`."""
        if principal.role in {Role.OWNER, Role.DIRECTOR} or entity in OPEN_TO_ALL:
            return None
        people = (principal.member_id or 0, *principal.report_ids)
        if entity == "certificate":
            return table.c.member_id.in_(people)
        if entity == "stage_history":
            return table.c.opportunity_id.in_(select(Opportunity.id).where(Opportunity.owner_id.in_(people)))
        conditions: list[ColumnElement[bool]] = []
        if "owner_id" in table.c:
            conditions.append(table.c.owner_id.in_(people))
        account = table.c.id if entity == "account" else table.c.get("account_id")
        if account is not None and entity not in {"opportunity", "lead"}:
            owned = select(Account.id).where(Account.owner_id.in_(people))
            sold_to = select(Opportunity.account_id).where(Opportunity.owner_id.in_(people), Opportunity.account_id.is_not(None))
            conditions.append(or_(account.in_(owned), account.in_(sold_to)))
        return or_(*conditions) if conditions else table.c.id.is_(None)

    def describe(self, principal: Principal, language: str) -> str | None:
        """See :class:`tools.access.scope.RowScope`."""
        if principal.role in {Role.OWNER, Role.DIRECTOR}:
            return None
        return say("scope_team" if principal.report_ids else "scope_own", language)
