"""What all records of an own table have come to is lacked by nobody's record: 今年没下单的客户 are those without orders, as each order has its day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item, item_of
from agent.parsing.store_words.vocabulary import Term, Vocabulary

_DENIAL = re.compile(
    r"(?:还|尚|都|也|一直|从来?|至今)*(?:没有?|未)(?:有|曾)?|(?:(?:have|has|had|did|do|does)(?:n't| not)|never|not)(?: yet)?(?= )", re.IGNORECASE
)
OF_EVENT = 4


def with_lacked(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with the denial of such an event as that of the records themselves."""
    return tuple(each for item in items for each in _apart(tokens, item, vocabulary))


def _apart(tokens: tuple[Token, ...], item: Item, vocabulary: Vocabulary) -> Iterator[Item]:
    kinds = {pair.entity for pair in item.pairs}
    denied = _DENIAL.match(item.text) if len(kinds) == 1 and not (item.values or item.terms or item.cues) else None
    if denied is None or not all(pair.what == "empty" and _all_have(pair.entity, pair.path, vocabulary) for pair in item.pairs):
        yield item
        return
    middle = item.start + 1
    while middle < item.end - 1 and len(item_of(tokens, item.start, middle).text) < denied.end():
        middle += 1
    kind = next(iter(kinds))
    yield item_of(tokens, item.start, middle, cues=("without",))
    yield item_of(tokens, middle, item.end, terms=(Term("entity", kind, kind, OF_EVENT),))


def _all_have(entity: str, path: str, vocabulary: Vocabulary) -> bool:
    own = vocabulary.model.entities[entity].custom_table is not None and "." not in path
    return own and vocabulary.content(entity, path).count >= vocabulary.rows(entity) > 0
