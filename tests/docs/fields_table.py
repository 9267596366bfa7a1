"""The list of what a mapping may name, made from the semantic model."""

from __future__ import annotations

from tools.crm.semantic import Entity
from tools.crm.semantic.model import base_model

HEADING = """\
# Fields of a mapping

What `entity` and `to` may name in a mapping file, with the type of each field. A field of type `ref` refers to a record by its name
(`account`) or by its id (`account#id`). Every column may also go to `id`, `custom` or `skip`. Made from `tools/crm/semantic` by
`.venv/bin/python -m tests.docs`; don't edit the list. [Importing](importing.md) says how a mapping file is written.

| entity | is a | fields |
|---|---|---|
"""


def fields_document() -> str:
    """The whole of ``docs/import-fields.md``."""
    return HEADING + "".join(f"| `{key}` | {entity.words.label('en')} | {_fields(entity)} |\n" for key, entity in base_model().entities.items())


def _fields(entity: Entity) -> str:
    return ", ".join(f"`{key}` {field.type.value}" for key, field in entity.fields.items())
