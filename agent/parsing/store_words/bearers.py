"""Records of one kind that bear one name, with what tells them apart: their numbers, whom they belong to, what sort they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from agent.parsing.store_words.contents import Contents
from tools.crm.semantic import Entity, Field, FieldType, SemanticModel
from tools.crm.semantic.model import RECORD_ID
from tools.store.base import Base
from tools.store.classification import Classification

MOST_RECORDS = 5000
PLACES = ("region", "city", "country")
TELLING = frozenset({FieldType.REF, FieldType.STAGE, FieldType.TEXT, FieldType.NAME})


@dataclass(frozen=True, slots=True)
class Bearer:
    """One of several records of a name: its number in its own system, and everything short that is held of it."""

    record: str
    marks: frozenset[str]


Bearers = dict[tuple[str, str], tuple[Bearer, ...]]


def telling_fields(entity: Entity, contents: Contents) -> list[Field]:
    """Fields that may tell records of one name apart: short ones that are filled, those that people think of first in front."""
    found = []
    for field in entity.fields.values():
        content = contents.fields.get((entity.key, field.key))
        named = content is not None and content.count and (field.type is FieldType.REF or content.values)
        if field.type in TELLING and field.key not in {entity.title, RECORD_ID} and named:
            found.append(field)
    return sorted(found, key=lambda field: _rank(field, contents))


def _rank(field: Field, contents: Contents) -> tuple[int, int]:
    """Whom a record belongs to and where it is, then what sort it is, then others of its own kind."""
    if field.type is FieldType.REF:
        return (3 if field.to == field.entity else 0), 0
    return (1 if field.key in PLACES else 2), len(contents.fields[(field.entity, field.key)].values)


def read_bearers(session: Session, model: SemanticModel, contents: Contents) -> Bearers:
    """The records that share a name, by kind and name; of kinds with very many records nobody tells them apart in passing."""
    found: dict[tuple[str, str], list[Bearer]] = defaultdict(list)
    for entity in model.entities.values():
        title = entity.fields.get(entity.title or "")
        if title is None or title.type is not FieldType.NAME or title.custom or not 0 < contents.rows.get(entity.key, 0) <= MOST_RECORDS:
            continue
        shared = [name for name, count in contents.fields[(entity.key, title.key)].values.items() if count > 1]
        if shared:
            fields = [each for each in telling_fields(entity, contents) if each.classification <= Classification.INTERNAL and not each.custom]
            for name, bearer in _read(session, model, entity, shared, fields):
                found[(entity.key, name)].append(bearer)
    return {key: tuple(held) for key, held in found.items() if len(held) > 1}


def _read(session: Session, model: SemanticModel, entity: Entity, names: list[str], fields: list[Field]) -> Iterator[tuple[str, Bearer]]:
    table = Base.metadata.tables[entity.table]
    title = table.c[str(entity.title)]
    plain = [table.c[each.key] for each in fields if each.type is not FieldType.REF and each.key in table.c]
    references = [(each, table.c[f"{each.key}_id"]) for each in fields if each.type is FieldType.REF]
    chosen = select(title, table.c.source_id, *plain, *(column for _, column in references)).where(table.c.gone_at.is_(None), title.in_(names))
    rows = session.execute(chosen).all()
    called = [_titles(session, model, field, {row[2 + len(plain) + at] for row in rows}) for at, (field, _) in enumerate(references)]
    for row in rows:
        held = {str(each) for each in row[1 : 2 + len(plain)] if each}
        held |= {titles[key] for titles, key in zip(called, row[2 + len(plain) :], strict=True) if key in titles}
        yield str(row[0]), Bearer(str(row[1]), frozenset(held))


def _titles(session: Session, model: SemanticModel, field: Field, ids: set[int | None]) -> dict[int, str]:
    target = model.entities[str(field.to)]
    table: Table = Base.metadata.tables[target.table]
    name = table.c.get(target.title or "", None)
    known = [each for each in ids if each is not None]
    return {} if name is None or not known else {key: str(text) for key, text in session.execute(select(table.c.id, name).where(table.c.id.in_(known))) if text}
