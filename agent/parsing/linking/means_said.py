"""The little verb before the means by which something was done: 用 in 用银行承兑汇票付的, 走 in 走电汇的, which says no more than the means itself."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item

BY = {"用", "走", "以", "拿", "靠"}


def without_by(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int]) -> tuple[tuple[Item, ...], list[int]]:
    """The items with such a verb as a filler where it was only a part of some longer word, and the unknown places without it."""
    means = {item.start for item in items if item.values and not any(value.title for value in item.values)}
    made = tuple(replace(item, terms=(), cues=("filler",)) if _is_by(item) and item.end in means else item for item in items)
    return made, [at for at in unknown if not (tokens[at].text in BY and at + 1 in means)]


def _is_by(item: Item) -> bool:
    return item.text in BY and item.source == "part" and not (item.values or item.cues or item.pairs)
