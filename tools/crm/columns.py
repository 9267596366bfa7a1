"""From paths of the semantic model to SQL expressions: joins along references, custom fields, dates by grain."""

from __future__ import annotations

from typing import Any

from sqlalchemy import TIMESTAMP, BigInteger, ColumnElement, Date, Integer, String, case, cast, extract, func, type_coerce
from sqlalchemy.sql.selectable import Alias, FromClause

from tools.access.principal import Principal
from tools.crm.errors import FieldNotReadable, QueryNamesUnknownField
from tools.crm.query import Grain
from tools.crm.semantic import Entity, Field, FieldType, SemanticModel
from tools.store.base import Base
from tools.store.types import SCALE

Expression = ColumnElement[Any]


class Columns:
    """The columns that one query over one entity may touch; collects the joins that its paths need."""

    def __init__(self, model: SemanticModel, entity: Entity, principal: Principal, dialect: str, prefix: str = "t") -> None:
        """``prefix`` keeps aliases of nested queries apart."""
        self.model, self.entity, self.principal, self.dialect, self.prefix = model, entity, principal, dialect, prefix
        self.root: Alias = Base.metadata.tables[entity.table].alias(prefix)
        self.joins: dict[str, tuple[Alias, ColumnElement[bool]]] = {}

    def source(self) -> FromClause:
        """The entity's table, outer-joined with every referenced table that a path went through."""
        found: FromClause = self.root
        for table, on in self.joins.values():
            found = found.outerjoin(table, on)
        return found

    def resolve(self, path: str) -> tuple[Alias, Field]:
        """Table alias and field at the end of a path. Raises when it leads nowhere or above the reader's clearance."""
        try:
            walked, field = self.model.field(self.entity.key, path)
        except KeyError:
            raise QueryNamesUnknownField(path) from None
        here, at = self.root, ""
        for link in (*walked, field):
            if link.classification > self.principal.clearance:
                raise FieldNotReadable(link.words.label("en"), link.words.label("zh"))
        for link in walked:
            at = f"{at}.{link.key}" if at else link.key
            here = self._join(at, here, link)
        return here, field

    def _join(self, at: str, here: Alias, link: Field) -> Alias:
        if at not in self.joins:
            target = Base.metadata.tables[self.model.entities[str(link.to)].table].alias(f"{self.prefix}_{at.replace('.', '_')}")
            self.joins[at] = (target, here.c[f"{link.key}_id"] == target.c.id)
        return self.joins[at][0]

    def raw(self, path: str) -> Expression:
        """The stored value of a field: whole numbers for money and numbers, ids for references."""
        table, field = self.resolve(path)
        if field.custom:
            held = table.c.custom[field.key]
            if field.type.is_numeric or field.type is FieldType.YEAR:
                return held.as_integer() if self.dialect == "sqlite" else cast(held.as_string(), BigInteger)
            return held.as_string()
        if field.type is FieldType.REF:
            return table.c[f"{field.key}_id"]
        column = table.c.get(field.key)
        if column is None:
            column = table.c[f"{field.key}_ref"]
        return column

    def number(self, path: str) -> tuple[Expression, int]:
        """A numeric field as a whole number, and the number of decimal places that it stands for."""
        table, field = self.resolve(path)
        if not field.type.is_numeric and field.type is not FieldType.YEAR:
            raise QueryNamesUnknownField(path)
        raw = self.raw(path)
        if field.custom:
            return raw, SCALE
        places = getattr(table.c[field.key].type, "places", 0)
        return type_coerce(raw, BigInteger), places

    def title(self, path: str) -> Expression:
        """What a person calls the value: the title of a referenced record, its raw text where it was not found, else the value."""
        table, field = self.resolve(path)
        if field.type is not FieldType.REF:
            return self.raw(path)
        target = self.model.entities[str(field.to)]
        joined = self._join(path, table, field)
        return func.coalesce(joined.c[target.title or "source_id"], table.c[f"{field.key}_ref"])

    def referenced(self, path: str) -> Alias:
        """The joined table that a reference at the end of a path points to."""
        table, field = self.resolve(path)
        return self._join(path, table, field)

    def day(self, path: str) -> Expression:
        """A date or point in time as ISO text of its day."""
        _, field = self.resolve(path)
        raw = self.raw(path)
        if field.custom:
            return func.substr(raw, 1, 10)
        if self.dialect == "sqlite":
            return func.substr(type_coerce(raw, String), 1, 10)
        return func.to_char(cast(raw, Date) if field.type is FieldType.DATE else func.timezone("UTC", raw), "YYYY-MM-DD")

    def grain(self, path: str, grain: Grain) -> Expression:
        """The period that a date lies in, as sortable text: 2017, 2017-Q3, 2017-08, the Monday of a week, or the day."""
        day = self.day(path)
        if grain == "day":
            return day
        if grain == "year":
            return func.substr(day, 1, 4)
        if grain == "month":
            return func.substr(day, 1, 7)
        if grain == "quarter":
            month = cast(func.substr(day, 6, 2), Integer)
            quarter = case((month <= 3, "1"), (month <= 6, "2"), (month <= 9, "3"), else_="4")
            return case((day.is_not(None), func.substr(day, 1, 4) + "-Q" + quarter))
        if self.dialect == "sqlite":
            return func.date(day, "weekday 0", "-6 days")
        return func.to_char(func.date_trunc("week", cast(day, Date)), "YYYY-MM-DD")

    def days_between(self, later: str, earlier: str) -> Expression:
        """Days from one time field to another, in units of 1/10,000 day."""
        if self.dialect == "sqlite":
            gap = func.julianday(type_coerce(self.raw(later), String)) - func.julianday(type_coerce(self.raw(earlier), String))
            return cast(func.round(gap * 10**SCALE), Integer)
        gap = _epoch(self.raw(later)) - _epoch(self.raw(earlier))
        return cast(func.round(gap * 10**SCALE / 86400), BigInteger)


def _epoch(value: Expression) -> Expression:
    """Seconds since 1970 on PostgreSQL."""
    return extract("epoch", cast(value, TIMESTAMP(timezone=True)))
