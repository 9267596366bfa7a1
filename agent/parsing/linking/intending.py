"""As in 打算用补贴的, 准备走融资的: a verb of intending right before a yes-or-no column says no more than the column; before a deed it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.parsing.language.text import Token
from tools.crm.semantic import FieldType

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item
    from agent.parsing.store_words.vocabulary import Vocabulary

INTENDING = ("打算", "准备", "计划", "想要", "愿意", "决定")


def without_intending(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> list[int]:
    """The places of unknown words without those of such a verb."""
    said: set[int] = set()
    for item in items:
        start = item.start - 2
        word = "".join(token.text for token in tokens[max(start, 0) : item.start])
        if start >= 0 and word in INTENDING and _is_flag(item, vocabulary):
            said |= {start, start + 1}
    return [at for at in unknown if at not in said]


def _is_flag(item: Item, vocabulary: Vocabulary) -> bool:
    fields = [vocabulary.model.entities[term.entity].fields[term.key] for term in item.terms if term.what == "field"]
    return bool(fields) and not item.values and all(field.type is FieldType.FLAG for field in fields)
