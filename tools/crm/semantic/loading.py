"""Joins what the imports of a store brought to the shipped model: custom fields, custom tables, and the export's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.crm import models
from tools.crm.semantic.abbreviations import spoken_names
from tools.crm.semantic.model import RECORD_ID, Entity, Field, FieldType, SemanticModel, Words, base_model
from tools.crm.semantic.outlook import ACTUAL, PLANNED
from tools.crm.semantic.own_references import read_target
from tools.crm.semantic.own_tables import own_table
from tools.crm.semantic.own_words import names_records, record_nouns, table_names, with_own_words, with_settled_amount
from tools.store.classification import Classification


def load_model(session: Session, time_zone: str = "UTC") -> SemanticModel:
    """The shipped model with the custom fields, custom tables and own words of this store; ``time_zone`` is the one that days are counted in."""
    base = base_model()
    entities = {key: entity.model_copy(update={"fields": entity.fields | {RECORD_ID: _record_id(key)}}) for key, entity in base.entities.items()}
    tables = {table.id: table for table in session.scalars(select(models.CustomTable))}
    for table in tables.values():
        key = f"custom:{table.key}"
        entities[key] = own_table(key, _both(table.label), table.id, entities)
    for entity_key, fields in _by_entity(session.scalars(select(models.CustomField).order_by(models.CustomField.id)), entities).items():
        if entity_key in entities:
            entity = entities[entity_key]
            entities[entity_key] = entity.model_copy(update={"fields": entity.fields | fields})
    entities = with_own_words(session, {key: _named(entity) for key, entity in entities.items()})
    measures = with_settled_amount(session, dict(base.measures))
    return base.model_copy(update={"entities": entities, "measures": measures, "time_zone": time_zone})


def _named(entity: Entity) -> Entity:
    """An own table is called by its label, and by what its columns call its records."""
    if entity.custom_table is None:
        return entity
    label = entity.words.en[0]
    day = _usual_day([field for field in entity.fields.values() if field.custom and field.type.is_time])
    called = next((field.key for field in entity.fields.values() if field.custom and names_records(field)), None)
    words = tuple(dict.fromkeys((*entity.words.en, *table_names(label), *record_nouns(label, entity.fields))))
    return entity.model_copy(update={"words": Words(en=words, zh=words), "time": day, "title": called})


def _usual_day(days: list[Field]) -> str | None:
    """The day that records of an own table are told by: the first, or the actual day where that is only the planned one of the same event."""
    if not days:
        return None
    event = PLANNED.sub("", days[0].words.en[0].casefold(), count=1)
    came = (each.key for each in days[1:] if ACTUAL.sub("", each.words.en[0].casefold(), count=1) == event != each.words.en[0].casefold())
    return next(came, days[0].key) if event != days[0].words.en[0].casefold() else days[0].key


def _record_id(entity: str) -> Field:
    """The id that the source system knows a record by; people ask for deals by it where deals have no names."""
    words = Words(en=("id", "record id"), zh=("编号", "ID"))
    return Field(entity=entity, key=RECORD_ID, type=FieldType.TEXT, words=words, classification=Classification.INTERNAL)


def _both(label: str) -> Words:
    """One label, offered in both languages: an export names its columns once."""
    spoken = re.sub(r"[_\s]+", " ", label).strip()
    names = tuple(dict.fromkeys((spoken, label, *spoken_names(label))))
    return Words(en=names, zh=names)


def _by_entity(rows: Iterable[models.CustomField], entities: Mapping[str, Entity]) -> dict[str, dict[str, Field]]:
    found: dict[str, dict[str, Field]] = {}
    for row in rows:
        to = read_target(row.unit).entity if row.type == FieldType.REF else None
        field = Field(
            entity=row.entity,
            key=row.key,
            type=FieldType.TEXT if to is not None and to not in entities else FieldType(row.type),
            words=_both(row.label),
            classification=Classification(row.classification),
            to=to if to in entities else None,
            custom=True,
            unit=row.unit if to is None else None,
        )
        found.setdefault(row.entity, {})[row.key] = field
    return found
