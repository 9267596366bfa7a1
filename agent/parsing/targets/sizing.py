"""What a record is worth: the field that "how much" asks of it, and by which "largest" ranks records of its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.parsing.columns.concepts import kinds_at
from agent.parsing.language.text import Token, term_key
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.paths import Paths
from tools.crm.semantic import Entity, Field, FieldType

_AMOUNT = re.compile(r"\b(?:amounts?|value|total|sum|price|revenue|worth)\b|额|款|价|费|总计|合计", re.IGNORECASE)
SIDE = {"cost", "budget", "estimate", "ceiling", "target", "deposit", "list", "due", "pay"}  # amounts beside what a record comes to
SIZED = re.compile(r"(?:larg|bigg|great|small|tini)est$|最[大小]的?$", re.IGNORECASE)
"""Adjectives of size, which records have and numbers of them have not."""
_PER_PIECE = re.compile(r"\b(?:unit|per|each|rate)\b|单价|均价|费率", re.IGNORECASE)


def worth_field(reading: Reading) -> str | None:
    """The money of a record: of several amounts of an export's own table the one that is called after the records, rather than a price per piece."""
    return worth_of(reading.entity, reading.paths)


def worth_of(kind: str, paths: Paths) -> str | None:
    """The same of a kind of record, whatever is asked."""
    entity = paths.model.entities[kind]
    filled = [field for field in entity.fields.values() if paths.vocabulary.content(kind, field.key).count]
    money = [field for field in filled if field.type is FieldType.MONEY]
    if entity.custom_table is None:
        return money[0].key if money else None
    amounts = money or [field for field in filled if field.type in {FieldType.NUMBER, FieldType.COUNT} and _says(field, _AMOUNT)]
    named = [field for field in amounts if is_called_after(field, entity)]
    whole = [field for field in amounts if not _says(field, _PER_PIECE)]
    return next((field.key for field in (*named, *whole, *amounts)), None)


def amount_asked(reading: Reading) -> str | None:
    """The amount that "how much" asks of an export's own table: the one that the question's verb is of (paid, claimed), else what its records come to."""
    amounts = reading.paths.vocabulary.columns.amounts.get(reading.entity, ())
    entity, fields = reading.paths.model.entities[reading.entity], reading.paths.model.entities[reading.entity].fields
    said = _amounts_in(reading.signals.tokens) - {noun for each in amounts for noun in each.about if is_called_after(fields[each.path], entity)}
    meant = [each.path for each in amounts if each.about & said]
    return meant[0] if len(meant) == 1 else None if meant else whole_amount(reading.entity, reading.paths)


def whole_amount(kind: str, paths: Paths) -> str | None:
    """What the records of an export's own table come to: the amount called after them, or the only one but for costs, budgets and the like."""
    worth, entity = worth_of(kind, paths), paths.model.entities[kind]
    whole = [each.path for each in paths.vocabulary.columns.amounts.get(kind, ()) if each.about and not each.about & SIDE]
    return worth if worth is not None and (whole == [worth] or is_called_after(entity.fields[worth], entity)) else None


def _amounts_in(tokens: Sequence[Token]) -> set[str]:
    """The amounts that words of the question are of, each word taken once."""
    found: set[str] = set()
    at = 0
    while at < len(tokens):
        end, kinds = next(iter(kinds_at(tokens, at)), (at + 1, frozenset[str]()))
        found |= {kind.removeprefix("amount:") for kind in kinds if kind.startswith("amount:")}
        at = end
    return found


def sole_amount(reading: Reading) -> str | None:
    """What a record of an own table comes to, where nothing else of it may be meant by a word for money in general."""
    entity = reading.paths.model.entities[reading.entity]
    filled = [field for field in entity.fields.values() if field.custom and reading.paths.vocabulary.content(reading.entity, field.key).count]
    money = [field for field in filled if field.type is FieldType.MONEY]
    amounts = money or [field for field in filled if field.type in {FieldType.NUMBER, FieldType.COUNT} and _says(field, _AMOUNT)]
    for found in ([field for field in amounts if is_called_after(field, entity)], [field for field in amounts if not _says(field, _PER_PIECE)]):
        if found:
            return found[0].key if len(found) == 1 else None
    return None


def is_called_after(field: Field, entity: Entity) -> bool:
    """As in "claimed amount" of claims, 投标价 of 投标: the field's name says whose it is."""
    nouns = {term_key(noun) for noun in (*entity.words.en, *entity.words.zh)}
    return any(term_key(label).startswith(tuple(noun for noun in nouns if len(noun) >= 2)) for label in (*field.words.en, *field.words.zh))


def _says(field: Field, words: re.Pattern[str]) -> bool:
    return any(words.search(label) for label in (*field.words.en, *field.words.zh))
