"""As in 标红的客户, 标成黄色的: a verb for marking right before a value of a column of marks, such as 风险标记, and no word for a tender."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.parsing.store_words.own_headers import own_labels

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item
    from agent.parsing.store_words.vocabulary import Vocabulary

MARKING = "标"


def without_marking(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items without such a verb."""
    return tuple(item for at, item in enumerate(items) if not (item.text == MARKING and not item.values and _marks(items, at, vocabulary)))


def _marks(items: tuple[Item, ...], at: int, vocabulary: Vocabulary) -> bool:
    behind = items[at + 1] if at + 1 < len(items) else None
    if behind is None or behind.start != items[at].end or not behind.values or behind.means_more:
        return False
    fields = [vocabulary.model.entities[value.entity].fields[value.field] for value in behind.values if not value.title]
    return bool(fields) and all(any(MARKING in label for label in own_labels(field)) for field in fields)
