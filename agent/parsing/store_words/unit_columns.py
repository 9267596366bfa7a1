"""Columns that say in what the amounts beside them are counted: 计量单位 with 吨 and 套 beside 数量, "unit" beside "qty"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.language.text import name_key
from agent.parsing.store_words.own_headers import own_labels, without_unit
from agent.parsing.store_words.said_of import MEASURES
from tools.crm.semantic import Entity, FieldType

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

MOST_UNITS, LONGEST = 20, 12
_UNIT = re.compile(r"^(?:计量|数量|计价|销售|基本|包装)?单位$|^(?:units?|uom|unit of measure(?:ment)?|measure)$", re.IGNORECASE)
_AMOUNT = re.compile(r"数量$|^(?:qty|quantity|amount)$|(?:quantity|qty)$", re.IGNORECASE)
_COUNTED = {FieldType.COUNT, FieldType.NUMBER}


def unit_columns(found: Vocabulary) -> dict[tuple[str, str], str]:
    """The columns of units, by kind of record and key, each with the one column of amounts beside it."""
    return {(entity.key, unit): amount for entity in found.model.entities.values() for unit, amount in _columns(entity, found)}


def _columns(entity: Entity, found: Vocabulary) -> Iterator[tuple[str, str]]:
    filled = [spec for spec in entity.fields.values() if spec.custom and found.content(entity.key, spec.key).count]
    units = [spec for spec in filled if spec.type is FieldType.TEXT and any(_UNIT.search(without_unit(label)) for label in own_labels(spec))]
    amounts = [spec for spec in filled if spec.type in _COUNTED and any(_AMOUNT.search(without_unit(label)) for label in own_labels(spec))]
    if len(units) == 1 and len(amounts) == 1:
        values = found.content(entity.key, units[0].key).values
        if 0 < len(values) <= MOST_UNITS and all(len(text) <= LONGEST for text in values):
            yield units[0].key, amounts[0].key


def say_units(found: Vocabulary) -> None:
    """Give the units their other spellings: "tonnes" for 吨."""
    from agent.parsing.store_words.vocabulary import Value  # which has this as a part

    for entity, key in found.unit_columns:
        spec, content = found.model.entities[entity].fields[key], found.content(entity, key)
        for text, count in content.values.items():
            value = Value(entity, key, text, count, False, spec.classification)
            for word in next((group for group in MEASURES if text.casefold() in group), frozenset()):
                held = found.values[name_key(word)]
                if all(other != value for other, _ in held):
                    held.append((value, "alias"))
