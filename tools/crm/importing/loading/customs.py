"""Keeps the columns and files that the model doesn't know: as custom fields and custom tables, whose names imports share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import Connection, insert, select, update

from tools.crm.importing.cleaning import clean, key_text
from tools.crm.importing.proposing.headers import ADDED_FIELD, CAMEL
from tools.crm.models import CustomField, CustomTable
from tools.crm.semantic import Entity, FieldType
from tools.crm.semantic.model import base_model
from tools.crm.semantic.own_references import Target, own_classification, read_target, target_text
from tools.crm.semantic.own_tables import OWN_TABLE, REFERENCES
from tools.store.base import Base
from tools.store.classification import Classification

_NOT_KEY = re.compile(r"[\W_]+")
KEY_LENGTH = 60
CUSTOM_PREFIX = "custom:"
_NUMERIC = frozenset(kind for kind in FieldType if kind.is_numeric or kind is FieldType.YEAR)


class CustomFields:
    """Custom fields of this store; new ones are written as they are asked for."""

    def __init__(self, connection: Connection) -> None:
        """Read those that there are."""
        self._connection = connection
        self._labels: dict[tuple[str, str], list[tuple[str, FieldType]]] = {}
        self._keys: dict[str, set[str]] = {}
        self._spelt: dict[tuple[str, str], str] = {}
        self.targets: dict[tuple[str, str], Target] = {}
        """What the references among them lead to, by entity and key."""
        wanted = select(CustomField.entity, CustomField.key, CustomField.label, CustomField.type, CustomField.unit)
        for row in connection.execute(wanted.order_by(CustomField.id)):
            self._labels.setdefault((row.entity, key_text(row.label)), []).append((row.key, FieldType(row.type)))
            self._keys.setdefault(row.entity, set()).add(row.key)
            self._spelt[row.entity, row.key] = row.label
            if row.type == FieldType.REF:
                self.targets[row.entity, row.key] = read_target(row.unit)

    def key(self, entity: str, label: str, kind: FieldType, unit: str | None, table_id: int | None, taken: Iterable[str]) -> tuple[str, FieldType]:
        """Key and type of the field with this label. A label shares one key wherever both types are stored alike.

        ``taken`` are the keys that other columns of the same table have already got. What was once seen to be a reference stays one:
        a later export may hold too little to show it.
        """
        taken, label = set(taken), spoken_label(clean(label)[0])
        for key, held in self._labels.get((entity, key_text(label)), ()):
            if key not in taken and (held is kind or {held, kind} <= _NUMERIC or held in (FieldType.TEXT, FieldType.REF)):
                return key, held
        key = self._free_key(entity, label)
        self._labels.setdefault((entity, key_text(label)), []).append((key, kind))
        self._keys.setdefault(entity, set()).add(key)
        self._spelt[entity, key] = label
        self._connection.execute(insert(CustomField).values(entity=entity, table_id=table_id, key=key, label=label, type=kind.value, unit=unit))
        return key, kind

    def refer(self, entity: str, key: str, target: Target, known: Entity) -> None:
        """Note that a field refers to records of ``known``. A text becomes a reference, since what is written is kept; a reference keeps what it leads to."""
        if (entity, key) in self.targets:
            return
        self.targets[entity, key] = target
        level = own_classification(known)
        field = (CustomField.entity == entity, CustomField.key == key)
        held = self._connection.execute(select(CustomField.classification).where(*field)).scalar_one()
        changed = {"type": FieldType.REF.value, "unit": target_text(target), "classification": max(int(held), int(level), int(Classification.CONFIDENTIAL))}
        self._connection.execute(update(CustomField).where(*field).values(**changed))
        for label, fields in self._labels.items():
            if label[0] == entity:
                self._labels[label] = [(each, FieldType.REF if each == key else kind) for each, kind in fields]

    def label(self, entity: str, key: str) -> str:
        """What the export calls a field."""
        return self._spelt[entity, key]

    def labelled(self, entity: str, label: str) -> list[str]:
        """The keys of the fields of an entity with this label."""
        return [key for key, _ in self._labels.get((entity, key_text(spoken_label(clean(label)[0]))), ())]

    def key_of(self, entity: str, label: str) -> str | None:
        """The key of the field with this label, where there is one."""
        return next(iter(self.labelled(entity, label)), None)

    def _free_key(self, entity: str, label: str) -> str:
        used = self._keys.get(entity, set()) | _model_names(entity)
        wanted = slug(label) or "field"
        key, number = wanted, 1
        while key in used:
            number += 1
            key = f"{wanted}_{number}"
        return key


def custom_table(connection: Connection, system: str, label: str) -> tuple[int, str]:
    """Id and key of the custom table of that label in a system, made where there is none."""
    label = clean(label)[0]
    tables = connection.execute(select(CustomTable.id, CustomTable.source_system, CustomTable.key, CustomTable.label)).all()
    for row in tables:
        if row.source_system == system and key_text(row.label) == key_text(label):
            return row.id, row.key
    wanted = slug(label) or "table"
    key, number = wanted, 1
    while key in {row.key for row in tables}:
        number += 1
        key = f"{wanted}_{number}"
    made = connection.execute(insert(CustomTable).values(source_system=system, key=key, label=label).returning(CustomTable.id))
    return made.scalar_one(), key


def spoken_label(header: str) -> str:
    """What people call a field: the words of a name that a system made for it (``Renewal_Risk__c``), other headers as they stand."""
    if not ADDED_FIELD.search(header):
        return header
    words = CAMEL.sub(" ", ADDED_FIELD.sub("", header)).replace("_", " ").split()
    return " ".join(words) or header


def slug(label: str) -> str:
    """A label as a key: letters and digits of any script, words joined by underscores."""
    return _NOT_KEY.sub("_", unicodedata.normalize("NFKC", label).casefold()).strip("_")[:KEY_LENGTH].strip("_")


def _model_names(entity: str) -> set[str]:
    """Names that a custom field may not take: those of the model's fields and of its table's columns."""
    known = base_model().entities.get(entity)
    if known is None:
        return {*REFERENCES, *Base.metadata.tables[OWN_TABLE].c.keys()}
    return {*known.fields, *Base.metadata.tables[known.table].c.keys()}
