"""Reads what each field of the store holds: how often it is filled, its distinct values, its first and last day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, cast, func, select
from sqlalchemy.orm import Session

from tools.crm.references import referred_id, written
from tools.crm.semantic import Entity, Field, FieldType, SemanticModel
from tools.crm.semantic.model import RECORD_ID
from tools.store.base import Base
from tools.store.types import SCALE

MOST_VALUES = 2000  # of a field that names no record
LONGEST_VALUE = 80
SAMPLE = 200
MOST_IDS, LONGEST_ID = 20_000, 30
_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9_\-/.]*")
_NUMBER = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9][A-Za-z0-9_\-/.#]*")
_FULL_NAME = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z][A-Za-z'’.-]*)+")
LEAST_NUMBERS, LEAST_DISTINCT = 5, 0.9
CATEGORIES = {FieldType.TEXT, FieldType.STAGE, FieldType.NAME}
NUMBERED = {"number", "code"}
CODES = {"email", "phone", "mobile", "website", "address", "link"}


@dataclass(slots=True)
class FieldContent:
    """Filled rows, distinct values with their counts (categories and names only), first and last day (of times, and of years that stand as numbers)."""

    count: int = 0
    values: dict[str, int] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None

    def names_people(self) -> bool:
        """Whether it holds a name of two words or more for nearly each: the English names of Chinese colleagues."""
        texts = list(self.values)
        named = sum(bool(_FULL_NAME.fullmatch(text)) for text in texts)
        return len(texts) >= LEAST_NUMBERS and len(texts) >= LEAST_DISTINCT * self.count and named >= LEAST_DISTINCT * len(texts)

    def holds_codes(self) -> bool:
        """Whether it holds letters and digits alone, which several records may share: the number of an order on each of its lines."""
        return len(self.values) >= LEAST_NUMBERS and all(map(_NUMBER.fullmatch, self.values))

    def numbers_records(self) -> bool:
        """Whether it holds letters and digits that hardly two records share: claim numbers, serial numbers, lots."""
        return len(self.values) >= max(LEAST_NUMBERS, LEAST_DISTINCT * self.count) and all(map(_NUMBER.fullmatch, self.values))


@dataclass(slots=True)
class Contents:
    """The contents of all fields by (entity, field), and the number of records by entity."""

    rows: dict[str, int] = field(default_factory=dict)
    fields: dict[tuple[str, str], FieldContent] = field(default_factory=dict)


def read_contents(session: Session, model: SemanticModel) -> Contents:
    """One counting statement per entity, and one per field that holds categories or names."""
    found = Contents()
    for entity in model.entities.values():
        table = Base.metadata.tables[entity.table]
        here = table.c.gone_at.is_(None) if entity.custom_table is None else and_(table.c.gone_at.is_(None), table.c.table_id == entity.custom_table)
        _count(session, entity, table, here, found)
        if found.rows.get(entity.key):
            for spec in entity.fields.values():
                _values(session, entity, spec, table, here, found.fields[(entity.key, spec.key)])
                if is_second(spec, entity):
                    found.fields[(entity.key, spec.key)].values |= _names_held(session, spec, model.entities[str(spec.to)], table, here)
    return found


def _count(session: Session, entity: Entity, table: Table, here: Any, found: Contents) -> None:  # noqa: ANN401 - SQL expression
    chosen: list[ColumnElement[Any]] = [func.count()]
    names = []
    for spec in entity.fields.values():
        held = _column(spec, table, session)
        column = func.coalesce(cast(referred_id(table, spec), String), held) if spec.type is FieldType.REF else held
        names.append(spec)
        if spec.type.is_time or spec.tells_year:
            chosen += [func.count(column), func.min(column), func.max(column)]
        else:
            chosen.append(func.count(column))
    row = list(session.execute(select(*chosen).select_from(table).where(here)).one())
    found.rows[entity.key] = int(row.pop(0))
    for spec in names:
        content = found.fields[(entity.key, spec.key)] = FieldContent(count=int(row.pop(0)))
        if spec.type.is_time:
            content.first, content.last = _day(row.pop(0)), _day(row.pop(0))
        elif spec.tells_year:
            content.first, content.last = _year(row.pop(0)), _year(row.pop(0))


def _year(written: object) -> date | None:
    """The first day of a year that stands in a column of numbers."""
    digits = str(written)
    said = int(digits) // 10**SCALE if digits.isdigit() else 0
    return date(said, 1, 1) if MINYEAR <= said <= MAXYEAR else None


def _column(spec: Field, table: Table, session: Session) -> Any:  # noqa: ANN401 - SQL expression
    if spec.custom:
        held = table.c.custom[spec.key]
        return held.as_string()
    if spec.type is FieldType.REF:
        return written(table, spec)
    return table.c[spec.key] if spec.key in table.c else table.c[f"{spec.key}_ref"]


def _values(session: Session, entity: Entity, spec: Field, table: Table, here: Any, content: FieldContent) -> None:  # noqa: ANN401
    if not content.count or spec.key in CODES or (spec.type not in CATEGORIES and spec.type is not FieldType.REF):
        return
    if spec.key == RECORD_ID:
        _record_ids(session, table, here, content)
        return
    column = _column(spec, table, session)
    # of references the names of records that the export mentions without holding them: a manager who has no row of his own
    counted = referred_id(table, spec).is_(None) if spec.type is FieldType.REF else column != ""
    where = and_(here, column.is_not(None), counted)
    title = (spec.key == entity.title and spec.type is FieldType.NAME) or (spec.key in NUMBERED and content.count <= MOST_IDS)
    if not title and spec.type is FieldType.TEXT and content.count <= MOST_IDS:
        title = _are_numbers(session, column, where)
    if not title and spec.type is not FieldType.REF and _is_prose(session, column, where):
        return
    statement = select(column, func.count()).where(where).group_by(column)
    if not title:
        statement = statement.limit(MOST_VALUES + 1)
    rows = session.execute(statement).all()
    if not title and len(rows) > MOST_VALUES:
        return
    content.values = {str(text): int(count) for text, count in rows if len(str(text)) <= LONGEST_VALUE}


def is_second(spec: Field, entity: Entity) -> bool:
    """Whether a column of the export's own refers to a kind of record to which a shipped reference leads already: a second person, a second company."""
    return spec.custom and spec.type is FieldType.REF and any(each.to == spec.to and not each.custom for each in entity.fields.values())


def _names_held(session: Session, spec: Field, target: Entity, table: Table, here: Any) -> dict[str, int]:  # noqa: ANN401
    """The names that stand in such a column: whoever is named there may be nobody's owner."""
    title = Base.metadata.tables[target.table].c.get(target.title or "", None)
    if title is None:
        return {}
    said = written(table, spec)
    rows = session.execute(select(said, func.count()).where(here, said.in_(select(title))).group_by(said).limit(MOST_VALUES)).all()
    return {str(text): int(count) for text, count in rows}


def _record_ids(session: Session, table: Table, here: Any, content: FieldContent) -> None:  # noqa: ANN401
    """Ids that look like codes; what an import made up of other columns is none, and of very many nobody asks by id."""
    if content.count > MOST_IDS:
        content.count = 0
        return
    ids = (str(found) for found in session.scalars(select(table.c.source_id).where(here)))
    content.values = {found: 1 for found in ids if is_code(found)}
    content.count = len(content.values)


def _are_numbers(session: Session, column: Any, where: Any) -> bool:  # noqa: ANN401
    texts = [str(text) for text in session.scalars(select(column).where(where).limit(SAMPLE))]
    return len(set(texts)) > LEAST_DISTINCT * len(texts) and all(map(_NUMBER.fullmatch, texts))


def is_code(record_id: str) -> bool:
    """Whether an id is one that people may know a record by, rather than made up of other columns."""
    return 3 <= len(record_id) <= LONGEST_ID and _CODE.fullmatch(record_id) is not None


def _is_prose(session: Session, column: Any, where: Any) -> bool:  # noqa: ANN401
    texts = [str(text) for text in session.scalars(select(column).where(where).limit(SAMPLE))]
    if not texts:
        return True
    long = sum(len(text) > LONGEST_VALUE // 2 for text in texts)
    return long > len(texts) / 4 or (len(texts) >= SAMPLE and len(set(texts)) > 0.9 * len(texts))


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
