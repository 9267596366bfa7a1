"""A letter or word with the end of a header behind it, A级, 甲类, 二档: of the columns that hold it, the one that is called so is meant."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Value, Vocabulary
from tools.crm.semantic import Field

GRADES = ("级", "类", "档", "等")
MOST_OF_GRADE = 2


def with_graded(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items, each such value of the columns alone whose header has the word behind it: 级 of 级别 or 客户分级, not 意向."""
    return tuple(_graded(tokens, item, items, vocabulary) for item in items)


def _graded(tokens: tuple[Token, ...], item: Item, items: tuple[Item, ...], vocabulary: Vocabulary) -> Item:
    behind = tokens[item.end].text if item.end < len(tokens) else ""
    if behind not in GRADES or len(item.text) > MOST_OF_GRADE or len({(value.entity, value.field) for value in item.values}) < MOST_OF_GRADE:
        return item
    named = {(term.entity, term.key) for other in items if other.start == item.end + 1 for term in other.terms if term.what == "field"}
    if named & {(value.entity, value.field) for value in item.values}:
        return item  # C级意向: the header itself stands behind
    meant = tuple(value for value in item.values if any(behind in label for label in _labels(_field(value, vocabulary))))
    return replace(item, values=meant) if meant else item


def _field(value: Value, vocabulary: Vocabulary) -> Field:
    return vocabulary.model.entities[value.entity].fields[value.field]


def _labels(spec: Field) -> tuple[str, ...]:
    return (*own_labels(spec), *spec.words.zh)
