"""As in 澄湖第一人民医院, where 澄湖 is a city of the data too: a place right before a piece of names says which of these is meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item


def with_names_of_places(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with a sort of records and the piece of a name right behind it as one name, where names are written so."""
    joined: list[Item] = []
    for item in items:
        before = joined[-1] if joined else None
        if before is None or before.end != item.start or not _is_sort(before) or not _is_piece(item):
            joined.append(item)
            continue
        said = (before.text, *(value.text for value in before.values))
        named = tuple(value for value in item.values if value.text.startswith(said))
        joined[-1:] = [replace(item, start=before.start, text=before.text + item.text, values=named)] if named else [before, item]
    return tuple(joined)


def _is_sort(item: Item) -> bool:
    return bool(item.values) and not item.terms and not item.cues and not item.means_more and not any(value.title for value in item.values)


def _is_piece(item: Item) -> bool:
    return item.source in {"part", "alias"} and bool(item.values) and not item.terms and not item.cues and all(value.title for value in item.values)
