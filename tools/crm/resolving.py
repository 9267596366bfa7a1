"""Turns “records about …” in a query into the records that are meant, within what the principal may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.query import About, And, Exists, Filter, Not, Or, Query
from tools.crm.semantic import SemanticModel

if TYPE_CHECKING:
    from tools.crm.ports import TextSearch


def resolve_texts(query: Query, session: Session, model: SemanticModel, principal: Principal, scope: RowScope, texts: TextSearch | None = None) -> Query:
    """The query with every ``about`` resolved; records that a planner wrote into one are overwritten.

    Without ``texts`` the letters decide. Raises TextsTooMany, SearchTextEmpty.
    """
    if query.where is None or not _mentions(query.where):
        return query
    search = texts or _by_letters()

    def resolved(part: Filter, entity: str) -> Filter:
        match part:
            case About():
                found = search.about(session, model, principal, scope, entity, part.text)
                return part.model_copy(update={"records": found.records, "fields": found.fields})
            case And() | Or():
                return part.model_copy(update={"parts": tuple(resolved(each, entity) for each in part.parts)})
            case Not():
                return part.model_copy(update={"part": resolved(part.part, entity)})
            case Exists() if part.where is not None and part.entity in model.entities:
                return part.model_copy(update={"where": resolved(part.where, part.entity)})
            case _:
                return part

    return query.model_copy(update={"where": resolved(query.where, query.entity)})


def _by_letters() -> TextSearch:
    from tools.crm.searching import Searcher  # brings numpy, which no other query needs

    return Searcher()


def _mentions(part: Filter) -> bool:
    match part:
        case About():
            return True
        case And() | Or():
            return any(_mentions(each) for each in part.parts)
        case Not():
            return _mentions(part.part)
        case Exists():
            return part.where is not None and _mentions(part.where)
        case _:
            return False
