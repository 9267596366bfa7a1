"""From typed filters to SQL conditions. Values are bound parameters, never text of the statement."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.columns import DAY_SCALE, Columns, Expression
from tools.crm.days import day_end, day_start, parse_day
from tools.crm.errors import QueryNamesUnknownField, QueryStepUnresolved, QueryTextUnresolved, QueryValueMalformed
from tools.crm.query import About, Against, Among, And, Beside, Between, Compare, Exists, Filter, Lasted, Not, Operator, Or, Unlike, Window
from tools.crm.references import referred_id, written
from tools.crm.semantic import Field, FieldType
from tools.crm.semantic.model import RECORD_ID

Condition = ColumnElement[bool]
WIDEST = 2**63 - 1
LARGEST_FACTOR = 1000
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
            case About():
                return self._about(part)
            case Among():
                return self._among(part)
            case Against():
                return self._against(part)
            case Lasted():
                return self._lasted(part)
            case Beside():
                return self._beside(part)
            case Unlike():
                return self._unlike(part)

    def window(self, window: Window, path: str) -> Condition:
        """Rows whose day lies in the window, both ends included."""
        low = window.start.isoformat() if window.start else None
        high = window.end.isoformat() if window.end else None
        return self._between(path, low, high)

    def readable(self, principal: Principal, entity: str) -> Condition:
        """Rows that are still in the source and whose fields the principal may read as far as the query touches them; to be asked for last."""
        root = self.columns.root
        limit = self.scope.limit(principal.up_to(self.columns.level), entity, root)
        gone = root.c.gone_at.is_(None)
        custom = self.columns.entity.custom_table
        parts = [gone] + ([] if limit is None else [limit]) + ([] if custom is None else [root.c.table_id == custom])
        return and_(*parts)

    def _compare(self, part: Compare) -> Condition:
        table, field = self.columns.resolve(part.path)
        if part.worth and field.type is FieldType.MONEY and field.unit is None and "currency" in table.c:
            return self._in_currencies(part.path, part.op, part.worth)
        if part.op in {"is_null", "not_null"}:
            held = self._empty(part.path, field)
            return held if part.op == "is_null" else not_(held)
        if any(part.records):
            return self._of_records(part)
        if part.op == "contains":
            return or_(false(), *(self._contains(part.path, field, value) for value in part.values))
        if part.op in ORDERED and field.type.is_time:
            return or_(false(), *(self._on_side(part.op, part.path, value) for value in part.values))
        if part.by_id and field.type is FieldType.REF:
            left, values = self.columns.raw(part.path), [_record_id(value, part.path) for value in part.values]
        else:
            left, values = self.columns.comparable(part.path), self._bound(part.op, field, part)
        if part.op == "eq":
            return and_(left.is_not(None), left.in_(values))
        if part.op == "ne":
            return or_(left.is_(None), left.not_in(values))
        return and_(left.is_not(None), or_(false(), *(getattr(left, ORDERED[part.op])(value) for value in values)))

    def _of_records(self, part: Compare) -> Condition:
        """Records by name, of several that share it the one of a number. Raises QueryNamesUnknownField for what names no record."""
        if part.op not in {"eq", "ne"} or not self.columns.names_record(part.path):
            raise QueryNamesUnknownField(part.path)
        name, number = self.columns.comparable(part.path), self.columns.referenced(part.path).c[RECORD_ID]
        pairs = zip_longest(part.values, part.records[: len(part.values)], fillvalue="")
        meant = or_(false(), *(and_(name == value, number == record) if record else name == value for value, record in pairs))
        held = func.coalesce(meant, false())
        return not_(held) if part.op == "ne" else held

    def _bound(self, op: str, field: Field, part: Compare) -> list[Any]:
        """Values as the column holds them; one with more decimals than the column can hold equals nothing, and bounds are moved to the next that fits."""
        rounding = {"lt": ROUND_CEILING, "ge": ROUND_CEILING, "gt": ROUND_FLOOR, "le": ROUND_FLOOR}.get(op)
        bound = (bind(value, field, self.columns, part.path, rounding) for value in part.values)
        return [value for value in bound if value is not None]

    def _contains(self, path: str, field: Field, value: str) -> Condition:
        """Texts by letters of any case, references by what is shown, anything else by its canonical text."""
        texts = {FieldType.TEXT, FieldType.NAME, FieldType.STAGE, FieldType.REF}
        text = self.columns.title(path) if field.type in texts else self.columns.key(path)
        # SQLite's own lower() knows ASCII only
        folded = "unicode_lower" if self.columns.dialect == "sqlite" and not value.isascii() and value.lower() != value.upper() else "lower"
        held: Expression = getattr(func, folded)(text)
        return and_(text.is_not(None), held.contains(_text(value, path).lower(), autoescape=True))

    def _on_side(self, op: str, path: str, value: str) -> Condition:
        """A bound on a time; as a window, so that an index serves."""
        day = parse_day(value, path)
        try:
            beside = {"lt": day - timedelta(days=1), "gt": day + timedelta(days=1)}.get(op, day).isoformat()
        except OverflowError as error:
            raise QueryValueMalformed(value, path) from error
        return self._between(path, beside if op in {"gt", "ge"} else None, beside if op in {"lt", "le"} else None)

    def _empty(self, path: str, field: Field) -> Condition:
        if field.type is FieldType.REF:
            table, _ = self.columns.resolve(path)
            return and_(self.columns.raw(path).is_(None), func.coalesce(written(table, field), "") == "")
        if field.type in {FieldType.TEXT, FieldType.NAME, FieldType.STAGE}:
            return self.columns.key(path).is_(None)
        return self.columns.raw(path).is_(None)

    def _between(self, path: str, low: str | None, high: str | None) -> Condition:
        table, field = self.columns.resolve(path)
        stored = not field.custom
        left: Expression
        if field.type is FieldType.DATETIME and stored:
            # compare the stored instant itself, so that an index serves
            left = table.c[field.key]
            first, after = self._instants(low, high, path)
            parts = [left >= first] if first else []
            return and_(left.is_not(None), *parts, *([left < after] if after else []))
        if field.type is FieldType.DATE and stored:
            left = table.c[field.key]
            lows = [left >= parse_day(low, path)] if low else []
            return and_(left.is_not(None), *lows, *([left <= parse_day(high, path)] if high else []))
        left = self.columns.comparable(path)
        lows = [left >= bind(low, field, self.columns, path, ROUND_CEILING)] if low is not None else []
        highs = [left <= bind(high, field, self.columns, path, ROUND_FLOOR)] if high is not None else []
        return and_(left.is_not(None), *lows, *highs)

    def _instants(self, low: str | None, high: str | None, path: str) -> tuple[datetime | None, datetime | None]:
        """The first moment of the first day, and the first one after the last day."""
        zone = self.columns.model.time_zone
        try:
            return day_start(parse_day(low, path), zone) if low else None, day_end(parse_day(high, path), zone) if high else None
        except OverflowError as error:
            raise QueryValueMalformed(low or high or "", path) from error

    def _about(self, part: About) -> Condition:
        if part.records is None:
            raise QueryTextUnresolved(part.text)
        for path in part.fields:
            self.columns.resolve(path)  # whatever follows from a text is as sensitive as the text
        chosen: Condition = self.columns.root.c.id.in_(part.records)
        return chosen

    def _among(self, part: Among) -> Condition:
        """Both queries tell groups apart by the same keys, so that what the reader may not see of one is not there in the other."""
        if part.keys is None:
            raise QueryStepUnresolved
        self.columns.level = max(self.columns.level, part.level)
        if not part.path:
            own: Condition = self.columns.root.c.id.in_([_record_id(key, part.path) for key in part.keys])
            return own
        _, field = self.columns.resolve(part.path)
        if field.type is FieldType.REF and all(key.isdecimal() for key in part.keys):
            held = self.columns.raw(part.path)  # the id itself, so that an index serves
            return and_(held.is_not(None), held.in_([_record_id(key, part.path) for key in part.keys]))
        text = self.columns.key(part.path)
        return and_(text.is_not(None), text.in_(part.keys))

    def _against(self, part: Against) -> Condition:
        if not part.resolved:
            raise QueryStepUnresolved
        self.columns.level = max(self.columns.level, part.level)
        if part.value is None:
            self.columns.resolve(part.path)
            return false()
        table, field = self.columns.resolve(part.path)
        if part.values and field.type is FieldType.MONEY and field.unit is None and "currency" in table.c:
            return self._in_currencies(part.path, part.op, part.values)
        return self._compare(Compare(path=part.path, op=part.op, values=(part.value,)))

    def _in_currencies(self, path: str, op: Operator, worth: tuple[tuple[str, str], ...]) -> Condition:
        """An amount held against what the bound is in its own currency."""
        table, _ = self.columns.resolve(path)
        sides = [and_(table.c.currency == unit, self._compare(Compare(path=path, op=op, values=(value,)))) for unit, value in worth]
        return func.coalesce(or_(false(), *sides), false())

    def _lasted(self, part: Lasted) -> Condition:
        taken, bound = self.columns.days_between(part.path, part.since), days_bound(part.days, part.op, part.path)
        return and_(taken.is_not(None), getattr(taken, ORDERED[part.op])(bound))

    def _beside(self, part: Beside) -> Condition:
        """Both sides in the same decimal places, the factor as a fraction of whole numbers."""
        (own, own_places), (other, other_places) = self.columns.number(part.path), self.columns.number(part.other)
        factor = _fraction(part.factor, part.path)
        places = max(own_places, other_places)
        left, right = own * (factor.denominator * 10 ** (places - own_places)), other * (factor.numerator * 10 ** (places - other_places))
        return func.coalesce(
            and_(own.is_not(None), other.is_not(None), self.in_one_unit(part.path, part.other), getattr(left, ORDERED[part.op])(right)), false()
        )

    def _unlike(self, part: Unlike) -> Condition:
        """Raises QueryNamesUnknownField where the two don't lead to one kind of record."""
        (_, one), (_, second) = self.columns.resolve(part.path), self.columns.resolve(part.other)
        if one.to is None or one.to != second.to:
            raise QueryNamesUnknownField(part.other)
        own, other = self.columns.raw(part.path), self.columns.raw(part.other)
        return func.coalesce(own == other if part.same else own != other, false())

    def in_one_unit(self, path: str, other: str) -> Condition:
        """Records of which both amounts are in one unit; one may be in the currency of its record. Raises for two that never are."""
        (table, own), (second, field) = self.columns.resolve(path), self.columns.resolve(other)
        if own.unit == field.unit:
            return true()
        if own.unit is not None and field.unit is not None:
            raise QueryNamesUnknownField(other)
        unit, holder = (own.unit, second) if own.unit is not None else (field.unit, table)
        return func.coalesce(holder.c.currency == unit, false()) if "currency" in holder.c else true()

    def _exists(self, part: Exists) -> Condition:
        self.nested += 1
        model = self.columns.model
        if part.entity not in model.entities:
            raise QueryNamesUnknownField(part.entity)
        outer, prefix = self.columns, f"{self.columns.prefix}x{self.nested}"
        inner = Columns(model, model.entities[part.entity], outer.principal, outer.dialect, prefix, self.scope)
        filters = Filters(inner, self.scope)
        table, field = inner.resolve(part.via)
        own, kind = self._owner(part)
        if field.to != kind:
            raise QueryNamesUnknownField(f"{part.entity}.{part.via}")
        conditions = [] if part.where is None else [filters.condition(part.where)]
        conditions.insert(0, filters.readable(self.columns.principal, part.entity))
        outer.level = max(outer.level, inner.level)
        found = _related(own, referred_id(table, field), inner, conditions, part.absent, outer)
        return and_(own.is_not(None), found) if part.of else found

    def _owner(self, part: Exists) -> tuple[Expression, str | None]:
        """The id of the record that the related ones refer to, and its kind: the record itself, or one that it refers to."""
        if not part.of:
            return self.columns.root.c.id, self.columns.entity.key
        if "." in part.of:
            raise QueryNamesUnknownField(part.of)
        _, field = self.columns.resolve(part.of)
        return self.columns.raw(part.of), field.to


def _related(own: Expression, reference: Expression, inner: Columns, conditions: list[Condition], absent: bool, outer: Columns) -> Condition:
    """Whether any of the inner records that fulfil the conditions refers to the record ``own``; null only where there is no such record.

    SQLite would look for them once per record, by whichever index it guesses; as a list it finds all of them once.
    PostgreSQL joins by itself, and better so than with a long list that must not be in it.
    """
    if inner.dialect == "sqlite":
        referred = select(reference).select_from(inner.source()).where(reference.is_not(None), *conditions).correlate(None)
        return own.not_in(referred) if absent else own.in_(referred)
    found = exists().select_from(inner.source()).where(reference == own, *conditions).correlate(outer.root)
    return not_(found) if absent else found


def bind(value: str, field: Field, columns: Columns, path: str, rounding: str | None = None) -> Any:  # noqa: ANN401 - a value of the column's own type
    """Canonical text to what the column compares with; None for a number that it can't hold exactly, unless rounded.

    Raises QueryValueMalformed.
    """
    try:
        if field.type is FieldType.FLAG:
            return {"true": 1, "false": 0}[value.lower()]
        if field.type.is_time:
            return parse_day(value, path).isoformat()
        if field.type.is_numeric or field.type is FieldType.YEAR:
            exact = Decimal(value).scaleb(columns.number(path)[1])
            if abs(exact) > WIDEST:
                return None if rounding is None else WIDEST if exact > 0 else -WIDEST
            number = exact.to_integral_value(rounding)
            return None if rounding is None and number != exact else int(number)
    except (ArithmeticError, KeyError, ValueError) as error:
        raise QueryValueMalformed(value, path) from error
    return _text(value, path)


def days_bound(days: str, op: str, path: str) -> int:
    """A number of days in the units of a duration. Raises QueryValueMalformed."""
    try:
        exact = Decimal(days).scaleb(DAY_SCALE)
        return int(exact.to_integral_value(ROUND_CEILING if op in {"lt", "ge"} else ROUND_FLOOR))
    except (ArithmeticError, ValueError) as error:
        raise QueryValueMalformed(days, path) from error


def _fraction(value: str, path: str) -> Fraction:
    """A factor of few digits, so that the products stay whole numbers that a database can hold. Raises QueryValueMalformed."""
    try:
        found = Fraction(value)
    except (ArithmeticError, ValueError) as error:
        raise QueryValueMalformed(value, path) from error
    if not 0 < found <= LARGEST_FACTOR or found.denominator > LARGEST_FACTOR:
        raise QueryValueMalformed(value, path)
    return found


def _text(value: str, path: str) -> str:
    if "\x00" in value:  # PostgreSQL holds no such text
        raise QueryValueMalformed(value, path)
    return value


def _record_id(value: str, path: str) -> int:
    try:
        return max(-WIDEST, min(WIDEST, int(value)))
    except ValueError as error:
        raise QueryValueMalformed(value, path) from error
