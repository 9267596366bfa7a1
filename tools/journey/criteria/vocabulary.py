"""What a store and a company add to the words of criteria: names of people, values of accounts' fields, and taught words for things and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tools.crm.models import Account, Contact
from tools.journey.criteria.linking import Known
from tools.journey.criteria.schemas import AccountField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from tools.access.principal import Principal
    from tools.access.scope import RowScope
    from tools.crm.ports import Dictionary

_FIELDS: tuple[AccountField, ...] = ("region", "sector", "country", "city")
MOST_VALUES = 500
SHORTEST_NAME = 2


def known_words(
    session: Session, principal: Principal, scope: RowScope, *, dictionary: Dictionary | None = None, roles: Mapping[str, str] | None = None
) -> Known:
    """The words as far as the principal may see the records that hold them."""
    accounts: Any = Account.__table__
    limit = scope.limit(principal, "account", accounts)
    values: dict[AccountField, tuple[str, ...]] = {}
    for field in _FIELDS:
        if accounts.c[field].info["classification"] > principal.clearance:
            continue
        query = select(accounts.c[field]).where(accounts.c.gone_at.is_(None), accounts.c[field].is_not(None)).distinct().limit(MOST_VALUES + 1)
        found = session.scalars(query if limit is None else query.where(limit)).all()
        if len(found) <= MOST_VALUES:
            values[field] = tuple(sorted(value for value in found if len(value) >= SHORTEST_NAME))
    contacts: Any = Contact.__table__
    persons: frozenset[str] = frozenset()
    if contacts.c.name.info["classification"] <= principal.clearance:
        mine = scope.limit(principal, "contact", contacts)
        names = select(contacts.c.name).where(contacts.c.gone_at.is_(None)).distinct()
        persons = frozenset(name for name in session.scalars(names if mine is None else names.where(mine)) if len(name) >= SHORTEST_NAME)
    is_word = (lambda word: bool(dictionary.glosses(word))) if dictionary is not None else None
    return Known(persons=persons, values=values, roles=roles or {}, is_word=is_word)
