"""Notes which custom fields refer to records of other tables, as the mapping says it and as earlier imports saw it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from tools.crm.importing.cleaning import key_text
from tools.crm.importing.loading.customs import CUSTOM_PREFIX, CustomFields
from tools.crm.importing.loading.tabling import Referring
from tools.crm.models import CustomTable
from tools.crm.semantic import Entity, Words
from tools.crm.semantic.model import base_model
from tools.crm.semantic.own_references import Target
from tools.crm.semantic.own_tables import own_table


def note_references(connection: Connection, system: str, referring: Iterable[Referring], fields: CustomFields, entities: dict[str, Entity]) -> None:
    """Make references of the custom fields that the mapping calls so; ``entities`` gets the own tables that only the store has.

    One whose table neither the import nor the store knows stays a text.
    """
    own = _own_tables(connection, system)
    entities |= {entity.key: entity for entity in own.values() if entity.key not in entities}
    for each in referring:
        label = each.refers.removeprefix(CUSTOM_PREFIX)
        known = entities.get(each.refers) if label == each.refers else own.get(key_text(label))
        by = fields.key_of(known.key, each.by) if known is not None and each.by else None
        if known is not None and (each.by is None or by is not None):
            fields.refer(each.entity, each.key, Target(known.key, by), known)


def _own_tables(connection: Connection, system: str) -> dict[str, Entity]:
    """The own tables of a system by their labels, those of this import included."""
    statement = select(CustomTable.id, CustomTable.key, CustomTable.label).where(CustomTable.source_system == system)
    shipped = base_model().entities
    return {
        key_text(row.label): own_table(CUSTOM_PREFIX + row.key, Words(en=(row.label,), zh=(row.label,)), row.id, shipped)
        for row in connection.execute(statement)
    }  # fmt: skip
