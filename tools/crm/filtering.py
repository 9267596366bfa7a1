"""From typed filters to SQL conditions. Values are bound parameters, never text of the statement."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, false, func, not_, or_, true

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.columns import Columns, Expression
from tools.crm.errors import QueryNamesUnknownField, QueryValueMalformed
from tools.crm.query import And, Between, Compare, Exists, Filter, Not, Or, Window
from tools.crm.semantic import Field, FieldType

Condition = ColumnElement[bool]
ORDERED = {"lt": "__lt__", "le": "__le__", "gt": "__gt__", "ge": "__ge__"}


class Filters:
    """Compiles the filters of one query over one set of columns."""

    def __init__(self, columns: Columns, scope: RowScope) -> None:
        """``scope`` also limits the records of nested queries."""
        self.columns, self.scope = columns, scope
        self.nested = 0

    def condition(self, part: Filter) -> Condition:
        """The SQL condition of a filter; never null, so that negation is exact."""
        match part:
            case And():
                return and_(true(), *(self.condition(each) for each in part.parts))
            case Or():
                return or_(false(), *(self.condition(each) for each in part.parts))
            case Not():
                return not_(func.coalesce(self.condition(part.part), false()))
            case Compare():
                return self._compare(part)
            case Between():
                return self._between(part.path, part.low, part.high)
            case Exists():
                return self._exists(part)

    def window(self, window: Window, path: str) -> Condition:
        """Rows whose day lies in the window, both ends included."""
        low = window.start.isoformat() if window.start else None
        high = window.end.isoformat() if window.end else None
        return self._between(path, low, high)

    def readable(self, principal: Principal, entity: str) -> Condition:
        """Rows that are still in the source and that the principal may see."""
        root = self.columns.root
        limit = self.scope.limit(principal, entity, root)
        gone = root.c.gone_at.is_(None)
        custom = self.columns.entity.custom_table
        parts = [gone] + ([] if limit is None else [limit]) + ([] if custom is None else [root.c.table_id == custom])
        return and_(*parts)

    def _compare(self, part: Compare) -> Condition:
        _, field = self.columns.resolve(part.path)
        if part.op in {"is_null", "not_null"}:
            held = self._empty(part.path, field)
            return held if part.op == "is_null" else not_(held)
        left = self.columns.raw(part.path) if part.by_id and field.type is FieldType.REF else self._comparable(part.path, field)
        values = [int(v) if part.by_id and field.type is FieldType.REF else bind(v, field, self.columns, part.path) for v in part.values]
        if part.op == "contains":
            return or_(false(), *(func.lower(left).contains(str(v).lower(), autoescape=True) for v in values))
        if part.op == "eq":
            return and_(left.is_not(None), left.in_(values))
        if part.op == "ne":
            return or_(left.is_(None), left.not_in(values))
        return and_(left.is_not(None), *(getattr(left, ORDERED[part.op])(v) for v in values))

    def _empty(self, path: str, field: Field) -> Condition:
        raw = self.columns.raw(path)
        if field.type is FieldType.REF:
            table, _ = self.columns.resolve(path)
            return and_(raw.is_(None), table.c[f"{field.key}_ref"].is_(None))
        if field.type in {FieldType.TEXT, FieldType.NAME, FieldType.STAGE}:
            return or_(raw.is_(None), cast(raw, String) == "")
        return raw.is_(None)

    def _comparable(self, path: str, field: Field) -> Expression:
        if field.type.is_time:
            return self.columns.day(path)
        if field.type is FieldType.REF:
            return self.columns.title(path)
        if field.type.is_numeric or field.type is FieldType.YEAR:
            return self.columns.number(path)[0]
        return self.columns.raw(path)

    def _between(self, path: str, low: str | None, high: str | None) -> Condition:
        table, field = self.columns.resolve(path)
        stored = not field.custom
        left: Expression
        if field.type is FieldType.DATETIME and stored:
            # compare the stored instant itself, so that an index serves
            left = table.c[field.key]
            bounds: tuple[Any, Any] = (_start(low, path), _after(high, path))
            parts = [left >= bounds[0]] if bounds[0] else []
            return and_(left.is_not(None), *parts, *([left < bounds[1]] if bounds[1] else []))
        if field.type is FieldType.DATE and stored:
            left = table.c[field.key]
            lows = [left >= parse_day(low, path)] if low else []
            return and_(left.is_not(None), *lows, *([left <= parse_day(high, path)] if high else []))
        left = self._comparable(path, field)
        lows = [left >= bind(low, field, self.columns, path)] if low is not None else []
        highs = [left <= bind(high, field, self.columns, path)] if high is not None else []
        return and_(left.is_not(None), *lows, *highs)

    def _exists(self, part: Exists) -> Condition:
        self.nested += 1
        model = self.columns.model
        if part.entity not in model.entities:
            raise QueryNamesUnknownField(part.entity)
        inner = Columns(model, model.entities[part.entity], self.columns.principal, self.columns.dialect, prefix=f"{self.columns.prefix}x{self.nested}")
        filters = Filters(inner, self.scope)
        table, field = inner.resolve(part.via)
        if field.to != self.columns.entity.key:
            raise QueryNamesUnknownField(f"{part.entity}.{part.via}")
        conditions = [table.c[f"{field.key}_id"] == self.columns.root.c.id, filters.readable(self.columns.principal, part.entity)]
        if part.where is not None:
            conditions.append(filters.condition(part.where))
        found = exists().select_from(inner.source()).where(*conditions).correlate(self.columns.root)
        return not_(found) if part.absent else found


def bind(value: str, field: Field, columns: Columns, path: str) -> Any:  # noqa: ANN401 - a value of the column's own type
    """Canonical text to what the column compares with. Raises QueryValueMalformed."""
    try:
        if field.type is FieldType.FLAG:
            flag = {"true": True, "false": False}[value.lower()]
            return ("true" if flag else "false") if field.custom and columns.dialect != "sqlite" else flag
        if field.type.is_time:
            return parse_day(value, path).isoformat()
        if field.type.is_numeric or field.type is FieldType.YEAR:
            return int((Decimal(value) * 10 ** columns.number(path)[1]).to_integral_value())
    except (InvalidOperation, KeyError, ValueError) as error:
        raise QueryValueMalformed(value, path) from error
    return value


def parse_day(value: str, path: str) -> date:
    """ISO text to a day. Raises QueryValueMalformed."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError as error:
        raise QueryValueMalformed(value, path) from error


def _start(value: str | None, path: str) -> datetime | None:
    return datetime.combine(parse_day(value, path), time.min, UTC) if value else None


def _after(value: str | None, path: str) -> datetime | None:
    return datetime.combine(parse_day(value, path) + timedelta(days=1), time.min, UTC) if value else None
