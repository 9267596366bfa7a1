"""Settles the currency that a question names: converted to by imported rates where these allow it, else only the records in it count."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.currency import RateBook
from tools.crm.errors import CurrencyUnknown, QueryValueMalformed
from tools.crm.query import And, Compare, Filter, Not, Or, Query
from tools.crm.semantic import FieldType, SemanticModel
from tools.store.base import Base
from tools.trace.arithmetic import EXACT

CURRENCY = "currency"


def settle_currency(query: Query, session: Session, model: SemanticModel, principal: Principal, scope: RowScope, rates: RateBook) -> Query:
    """The query with its currency and those of its bounds settled.

    Where a rate is missing, or an amount has no currency, the query is about the records in the currency asked for; its
    conditions say so. Raises CurrencyUnknown where no record is in it either.
    """
    bounds = list(_bounds(query.where))
    wanted = query.currency or next((part.currency for part in bounds), None)
    if wanted is None or CURRENCY not in model.entities[query.entity].fields:
        return query
    held = _held(query.entity, session, model, principal, scope)
    known = {each for each in held if each}
    if "" not in held and all(rates.converts(each, wanted) for each in known) and _folds_convert(query, model):
        where = None if query.where is None else _settled(query.where, known | {wanted}, rates)
        return query.model_copy(update={"where": where})
    if wanted not in known:
        raise CurrencyUnknown(wanted)
    held_to = None if query.where is None else _settled(query.where, {wanted}, rates)
    parts = _parts(held_to)
    own = Compare(path=CURRENCY, values=(wanted,))
    both = parts if own in parts else (*parts, own)
    return query.model_copy(update={"currency": None, "where": both[0] if len(both) == 1 else And(parts=both)})


def restricted_to(asked: Query, ran: Query) -> str | None:
    """The currency that a query was limited to because not all amounts could be given in it; None where it was not."""
    wanted = asked.currency or next((part.currency for part in _bounds(asked.where)), None)
    own = Compare(path=CURRENCY, values=(wanted or "",))
    return wanted if wanted is not None and own in _parts(ran.where) and own not in _parts(asked.where) else None


def _parts(where: Filter | None) -> tuple[Filter, ...]:
    return where.parts if isinstance(where, And) else () if where is None else (where,)


def _held(entity: str, session: Session, model: SemanticModel, principal: Principal, scope: RowScope) -> set[str]:
    """The currencies of the amounts that the reader may see; empty text where one has none."""
    known = model.entities[entity]
    table = Base.metadata.tables[known.table]
    amounts = [table.c[f.key] for f in known.fields.values() if f.type is FieldType.MONEY and f.unit is None and not f.custom and f.key in table.c]
    limit = scope.limit(principal, entity, table)
    conditions = [table.c.gone_at.is_(None), *([] if limit is None else [limit]), or_(*(amount.is_not(None) for amount in amounts)) if amounts else true()]
    return {each or "" for each in session.scalars(select(table.c[CURRENCY]).where(*conditions).distinct())}


def _folds_convert(query: Query, model: SemanticModel) -> bool:
    """Sums and means can be converted; extremes and medians over several currencies can't."""
    folds = [model.measures[ref.measure].op if ref.measure in model.measures else ref.fold for ref in query.measures]
    return query.currency is None or not {"min", "max", "median"} & set(folds)


def _bounds(where: Filter | None) -> Iterator[Compare]:
    match where:
        case Compare() if where.currency is not None:
            yield where
        case And() | Or():
            for part in where.parts:
                yield from _bounds(part)
        case Not():
            yield from _bounds(where.part)


def _settled(part: Filter, currencies: set[str], rates: RateBook) -> Filter:
    match part:
        case Compare() if part.currency is not None:
            return part.model_copy(update={"worth": tuple((each, _turned(part, each, rates)) for each in sorted(currencies))})
        case And() | Or():
            return part.model_copy(update={"parts": tuple(_settled(each, currencies, rates) for each in part.parts)})
        case Not():
            return part.model_copy(update={"part": _settled(part.part, currencies, rates)})
        case _:
            return part


def _turned(part: Compare, currency: str, rates: RateBook) -> str:
    """The bound in another currency."""
    if currency == part.currency:
        return part.values[0]
    try:
        return f"{EXACT.divide(Decimal(part.values[0]), rates.rate(currency, str(part.currency))):f}"
    except (InvalidOperation, ArithmeticError) as error:
        raise QueryValueMalformed(part.values[0], part.path) from error
