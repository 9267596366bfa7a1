"""Amounts asked for in a unit that the rows name in a column of its own: 发了多少吨 is the sum of 数量 of the rows in 吨, and no count of them."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Term, Value, Vocabulary

AS_UNIT, AMOUNT = 3, "数量"


def with_counted_units(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with the amounts before a unit. A unit behind its own header, as in "计量单位 = 吨", only says which rows."""
    columns = vocabulary.unit_columns
    if not columns:
        return items
    split = [part for item in items for part in _split(tokens, item, vocabulary)]
    found: list[Item] = []
    for at, item in enumerate(split):
        named = [Term("field", value.entity, columns[value.entity, value.field], AS_UNIT) for value in item.values if (value.entity, value.field) in columns]
        before = split[at - 1] if at else None
        told = before is not None and any((term.entity, term.key) in columns for term in before.terms)
        if named and not told and len({term.entity for term in named}) == 1 and not any(term in other.terms for other in split for term in named):
            found.append(Item(item.start, item.start, AMOUNT, terms=tuple(dict.fromkeys(named))))
        found.append(item)
    return tuple(found)


def _split(tokens: tuple[Token, ...], item: Item, vocabulary: Vocabulary) -> tuple[Item, ...]:
    """几套 as 几 and 套, where rows are counted in 套."""
    last = item.end - 1
    if "count" not in item.cues or item.end - item.start < 2 or item.terms or item.values:
        return (item,)
    values: tuple[Value, ...] = tuple(
        value for value, source in vocabulary.values.get(tokens[last].text, ()) if source == "exact" and (value.entity, value.field) in vocabulary.unit_columns
    )
    if not values:
        return (item,)
    return (replace(item, end=last, text="".join(token.text for token in tokens[item.start : last])), Item(last, item.end, tokens[last].text, values=values))
