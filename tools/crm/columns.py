"""From paths of the semantic model to SQL expressions: joins along references, custom fields, dates by grain."""

from __future__ import annotations

from typing import Any

from sqlalchemy import TIMESTAMP, BigInteger, Boolean, ColumnElement, Date, Integer, String, and_, case, cast, extract, func, literal, type_coerce
from sqlalchemy.sql.selectable import FromClause, NamedFromClause

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.days import local_day, local_minute
from tools.crm.errors import FieldNotReadable, QueryNamesUnknownField
from tools.crm.query import Grain
from tools.crm.references import referred_id, written
from tools.crm.semantic import Entity, Field, FieldType, SemanticModel
from tools.store.base import Base
from tools.store.classification import Classification
from tools.store.types import SCALE

Expression = ColumnElement[Any]
Table = NamedFromClause[Any]
UNRESOLVED = "?"
DAY_SCALE = 6
RATE_PLACES = 4


class Columns:
    """The columns that one query over one entity may touch; collects the joins that its paths need.

    ``level`` is the highest classification of any field that was touched: whatever follows from the query is that sensitive, and only records
    whose fields may be read that far count.
    """

    def __init__(self, model: SemanticModel, entity: Entity, principal: Principal, dialect: str, prefix: str = "t", scope: RowScope | None = None) -> None:
        """``prefix`` keeps aliases of nested queries apart; ``scope`` limits the records that references are followed to."""
        self.model, self.entity, self.principal, self.dialect, self.prefix, self.scope = model, entity, principal, dialect, prefix, scope
        self.root: Table = Base.metadata.tables[entity.table].alias(prefix)
        self.joins: dict[str, tuple[Table, ColumnElement[bool], str]] = {}
        self.joined_levels: dict[str, Classification] = {}
        self.level = Classification.INTERNAL

    def source(self) -> FromClause:
        """The entity's table, outer-joined with every referenced table that a path went through."""
        found: FromClause = self.root
        for at, (table, on, kind) in self.joins.items():
            limit = self.scope.limit(self.principal.up_to(self.joined_levels.get(at, Classification.INTERNAL)), kind, table) if self.scope else None
            found = found.outerjoin(table, on if limit is None else and_(on, limit))
        return found

    def resolve(self, path: str) -> tuple[Table, Field]:
        """Table alias and field at the end of a path. Raises when it leads nowhere or above the reader's clearance."""
        try:
            walked, field = self.model.field(self.entity.key, path)
        except KeyError:
            raise QueryNamesUnknownField(path) from None
        here, at = self.root, ""
        for link in (*walked, field):
            self._touch(link)
        for link in walked:
            at = f"{at}.{link.key}" if at else link.key
            here = self._join(at, here, link)
        self._touch_joined(at, field)
        return here, field

    def classification(self, path: str) -> Classification:
        """How sensitive what ``path`` shows is: for a reference also the title of what it points to."""
        _, field = self.resolve(path)
        title = self._title_field(field)
        if title is None:
            return field.classification
        self._touch(title)
        return max(field.classification, title.classification)

    def _touch(self, field: Field) -> None:
        if field.classification > self.principal.clearance:
            raise FieldNotReadable(field.words.label("en"), field.words.label("zh"))
        self.level = max(self.level, field.classification)

    def _touch_joined(self, at: str, field: Field) -> None:
        """Keep how far a joined record is read; the record itself is at the empty path."""
        if at:
            self.joined_levels[at] = max(self.joined_levels.get(at, Classification.INTERNAL), field.classification)

    def _title_field(self, field: Field) -> Field | None:
        if field.type is not FieldType.REF:
            return None
        target = self.model.entities[str(field.to)]
        return target.fields.get(target.title or "")

    def _join(self, at: str, here: Table, link: Field) -> Table:
        if at not in self.joins:
            target = Base.metadata.tables[self.model.entities[str(link.to)].table].alias(f"{self.prefix}_{len(self.joins) + 1}")
            self.joins[at] = (target, referred_id(here, link) == target.c.id, str(link.to))
        return self.joins[at][0]

    def raw(self, path: str) -> Expression:
        """The stored value of a field: whole numbers for money and numbers, ids for references."""
        table, field = self.resolve(path)
        if field.type is FieldType.REF:
            return referred_id(table, field)
        if field.custom:
            held: Any = table.c.custom[field.key]
            if field.type.is_numeric or field.type is FieldType.YEAR:
                number: Expression = held.as_integer() if self.dialect == "sqlite" else cast(held.as_string(), BigInteger)
                return number
            if field.type is FieldType.FLAG:
                flag: Expression = held.as_boolean() if self.dialect == "sqlite" else cast(held.as_string(), Boolean)
                return flag
            return _filled(held.as_string()) if field.type.is_time else held.as_string()
        name = field.key if field.key in table.c else f"{field.key}_ref"
        column: Expression = table.c[name]
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

    def weighted(self, path: str, weight: str) -> tuple[Expression, int]:
        """A number times the rate of the same record, null where either is empty; of the rate four decimal places count.

        It is as :meth:`number` gives it, half a unit rounded away from zero.
        """
        (number, places), (rate, exact) = self.number(path), self.number(weight)
        kept = min(exact, RATE_PLACES)
        product, half, one = number * (rate // 10 ** (exact - kept)), 10**kept // 2, 10**kept
        return case((product >= 0, (product + half) // one), else_=(product - half) // one), places

    def title(self, path: str) -> Expression:
        """What a person calls the value: the title of a referenced record, its raw text where it was not found, else the value."""
        table, field = self.resolve(path)
        if field.type is not FieldType.REF:
            return self.raw(path)
        title = self._title_field(field)
        if title is not None:
            self._touch(title)
            self._touch_joined(path, title)
        joined = self._join(path, table, field)
        if title is None and field.custom:  # rows of a table that names none of them: the id may be one that an import made up
            return _filled(written(table, field))
        called = joined.c[title.key if title else "source_id"] if title is None or not title.custom else joined.c.custom[title.key].as_string()
        return func.coalesce(called, _filled(written(table, field)))

    def key(self, path: str) -> Expression:
        """The canonical text by which values are told apart and grouped; null for what is empty.

        A reference gives the id of its record, and so does the name of one, which another may bear; ``?`` and its raw text where
        there is no record, or none that the reader may see.
        """
        table, field = self.resolve(path)
        if field.type is FieldType.REF:
            unresolved = UNRESOLVED + _filled(written(table, field))
            return func.coalesce(cast(self._join(path, table, field).c.id, String), unresolved)
        if self.names_record(path):
            return case((_filled(self.raw(path)).is_not(None), cast(table.c.id, String)))
        if field.type.is_time:
            return self.day(path)
        if field.type.is_numeric or field.type is FieldType.YEAR:
            return _decimal_text(*self.number(path))
        if field.type is FieldType.FLAG:
            raw = self.raw(path)
            return case((raw.is_(True), "true"), (raw.is_(False), "false"))
        return _filled(cast(self.raw(path), String))

    def comparable(self, path: str) -> Expression:
        """What compares and sorts as the field means it: whole numbers (flags: 1 and 0), ISO days, texts by code point (whatever the database's collation)."""
        _, field = self.resolve(path)
        if field.type.is_numeric or field.type is FieldType.YEAR:
            return self.number(path)[0]
        if field.type is FieldType.FLAG:
            return cast(self.raw(path), Integer)
        text = self.day(path) if field.type.is_time else self.title(path)
        return text if self.dialect == "sqlite" else text.collate("C")

    def ranked(self, path: str) -> tuple[Expression, Expression]:
        """What a field sorts by, and the same value as it is shown; points in time sort by the stored instant, so that an index serves."""
        _, field = self.resolve(path)
        if field.custom or not field.type.is_time:
            return self.comparable(path), self.comparable(path)
        return self.raw(path), self.minute(path) if field.type is FieldType.DATETIME else self.day(path)

    def referenced(self, path: str) -> Table:
        """The table of the record that a path names: what a reference points to, or whose name it is."""
        table, field = self.resolve(path)
        return self._join(path, table, field) if field.type is FieldType.REF else table

    def names_record(self, path: str) -> bool:
        """Whether a path ends in a reference or in the name of a record."""
        _, field = self.resolve(path)
        return self.model.named_by(field) is not None

    def day(self, path: str) -> Expression:
        """A date, or the local day of a point in time, as ISO text."""
        _, field = self.resolve(path)
        raw = self.raw(path)
        if field.custom:
            return func.substr(raw, 1, 10)
        if field.type is FieldType.DATETIME:
            return local_day(raw, self.dialect, self.model.time_zone)
        return type_coerce(raw, String) if self.dialect == "sqlite" else func.to_char(cast(raw, Date), "YYYY-MM-DD")

    def minute(self, path: str) -> Expression:
        """A point in time as local ISO text down to the minute."""
        _, field = self.resolve(path)
        return func.substr(self.raw(path), 1, 16) if field.custom else local_minute(self.raw(path), self.dialect, self.model.time_zone)

    def grain(self, path: str, grain: Grain) -> Expression:
        """The period that a date lies in, as sortable text: 2017, 2017-Q3, 2017-08, the Monday of a week (ISO 8601), or the day."""
        if not self.resolve(path)[1].type.is_time:
            raise QueryNamesUnknownField(path)
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
        """Days from one time field to another in units of a millionth of a day, half a unit rounded away from zero; whole seconds count."""
        self._check_times(later, earlier)
        gap = self._seconds(self.raw(later)) - self._seconds(self.raw(earlier))
        units = gap * 625  # of 1/54 unit: 86,400 seconds are 1,000,000 units
        return case((units >= 0, (units + 27) // 54), else_=(units - 27) // 54)

    def days_until(self, day: str, earlier: str) -> Expression:
        """Whole days from the (local) day of a time field to an ISO day, in units of a millionth of a day."""
        self._check_times(earlier)
        whole: Expression = (self._seconds(literal(day, String)) - self._seconds(self.day(earlier))) // 86_400 * 10**DAY_SCALE
        return whole

    def _check_times(self, *paths: str) -> None:
        for path in paths:
            if not self.resolve(path)[1].type.is_time:
                raise QueryNamesUnknownField(path)

    def _seconds(self, raw: Expression) -> Expression:
        if self.dialect == "sqlite":
            return cast(func.strftime("%s", type_coerce(raw, String)), BigInteger)
        return cast(func.floor(extract("epoch", cast(raw, TIMESTAMP(timezone=True)))), BigInteger)


def _filled(text: Expression) -> Expression:
    """A text, null where it is empty."""
    return func.nullif(text, "", type_=String())


def _decimal_text(number: Expression, places: int) -> Expression:
    """A whole number of ``10**-places`` as plain decimal text without trailing zeros."""
    if places == 0:
        return cast(number, String)
    unit = 10**places
    size = func.abs(number, type_=BigInteger())
    fraction = func.rtrim(func.substr(cast(unit + size % unit, String), 2), "0", type_=String())
    whole = case((number < 0, "-"), else_="") + cast(size // unit, String)
    return case((size % unit == 0, whole), else_=whole + "." + fraction)
