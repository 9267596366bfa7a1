"""A value by which a column of names is called, 展会 beside 展会名称: after "which", "by", 各 the column is meant, as a value has no groups."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.parsing.language.text import term_key
from agent.parsing.linking.items import Item
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Term, Value, Vocabulary
from tools.crm.semantic import Field

_ASKING = {"which", "group", "breakdown"}
_NAMES = re.compile(r"(?P<what>.+?)(?:的?名称|的?名字|名|\s+name)$", re.IGNORECASE)


def with_name_columns(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items, each such value behind a word that asks for groups as the column that names what it is."""
    return tuple(_meant(items[at - 1], item, vocabulary) if at else item for at, item in enumerate(items))


def _meant(before: Item, item: Item, vocabulary: Vocabulary) -> Item:
    if not (before.is_only_cue and _ASKING & set(before.cues)) or not item.values or item.means_more or item.start - before.end > 1:
        return item
    found = tuple(dict.fromkeys(term for value in item.values if not value.title for term in _called(value, vocabulary)))
    return replace(item, values=(), terms=found, cues=()) if found else item


def _called(value: Value, vocabulary: Vocabulary) -> list[Term]:
    fields = vocabulary.model.entities[value.entity].fields.values()
    return [Term("field", spec.entity, spec.key, 0) for spec in fields if spec.key != value.field and _is_name_of(value, spec, vocabulary)]


def _is_name_of(value: Value, spec: Field, vocabulary: Vocabulary) -> bool:
    """Whether a column that is filled has names of what the value says below its header."""
    if spec.type.is_numeric or spec.type.is_time or not vocabulary.content(spec.entity, spec.key).count:
        return False
    heads = (found["what"] for label in own_labels(spec) if (found := _NAMES.match(label)))
    return any(term_key(head) == term_key(value.text) for head in heads)
