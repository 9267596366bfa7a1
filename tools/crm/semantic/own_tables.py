"""The tables of an export that fit no kind of record, as entities: which records theirs may refer to, all else being custom fields."""

from __future__ import annotations

from collections.abc import Mapping

from tools.crm.semantic.model import Entity, Field, FieldType, Words
from tools.store.base import Base

OWN_TABLE = "custom_rows"
REFERENCES: Mapping[str, str] = {
    "account": "account",
    "owner": "member",
    "contact": "contact",
    "product": "product",
    "opportunity": "opportunity",
    "contract": "contract",
    "ticket": "ticket",
}
"""The references of a row of an own table, with the kinds of record that they lead to."""


def own_table(key: str, words: Words, table_id: int, entities: Mapping[str, Entity]) -> Entity:
    """An own table with its references, called what the records are called; its custom fields are for the caller to join."""
    columns = Base.metadata.tables[OWN_TABLE].c
    fields = {
        name: Field(
            entity=key,
            key=name,
            type=FieldType.REF,
            words=entities[to].words,
            classification=columns[f"{name}_id"].info["classification"],
            to=to,
        )
        for name, to in REFERENCES.items()
    }
    return Entity(key=key, table=OWN_TABLE, words=words, title=None, fields=fields, custom_table=table_id)
