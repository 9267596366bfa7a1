"""What a record is worth: the field that "how much" asks of it, and by which "largest" ranks records of its kind."""

from __future__ import annotations

import re

from agent.parsing.drafting import Reading
from agent.parsing.text import term_key
from tools.crm.semantic import Entity, Field, FieldType

_AMOUNT = re.compile(r"\b(?:amounts?|value|total|sum|price|revenue|worth)\b|额|款|价|费|总计|合计", re.IGNORECASE)
_PER_PIECE = re.compile(r"\b(?:unit|per|each|rate)\b|单价|均价|费率", re.IGNORECASE)


def worth_field(reading: Reading) -> str | None:
    """The money of a record: of several amounts of an export's own table the one that is called after the records, rather than a price per piece."""
    entity = reading.paths.model.entities[reading.entity]
    filled = [field for field in entity.fields.values() if reading.paths.vocabulary.content(reading.entity, field.key).count]
    money = [field for field in filled if field.type is FieldType.MONEY]
    if entity.custom_table is None:
        return money[0].key if money else None
    amounts = money or [field for field in filled if field.type in {FieldType.NUMBER, FieldType.COUNT} and _says(field, _AMOUNT)]
    named = [field for field in amounts if is_called_after(field, entity)]
    whole = [field for field in amounts if not _says(field, _PER_PIECE)]
    return next((field.key for field in (*named, *whole, *amounts)), None)


def is_called_after(field: Field, entity: Entity) -> bool:
    """As in "claimed amount" of claims, 投标价 of 投标: the field's name says whose it is."""
    nouns = {term_key(noun) for noun in (*entity.words.en, *entity.words.zh)}
    return any(term_key(label).startswith(tuple(noun for noun in nouns if len(noun) >= 2)) for label in (*field.words.en, *field.words.zh))


def _says(field: Field, words: re.Pattern[str]) -> bool:
    return any(words.search(label) for label in (*field.words.en, *field.words.zh))
