"""As in "how many open deals there?", 那边还有几个: a place that was named before, where "there" is no mere filler as in "are there"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.parsing.linking.items import item_of

if TYPE_CHECKING:
    from agent.parsing.language.text import Token
    from agent.parsing.linking.items import Item

PLACES = {"there", "那边", "那里", "那儿", "当地"}
"""Words for a place that another question names."""
_FILLING = {"is", "are", "was", "were", "be", "been", "'s", "s", "will", "has", "have", "had", "any", "exist", "exists", "how", "many"}
_WITHIN = {"面", "头", "边"}
_BEFORE = {"在", "么", "而", "且", "，", "下"}


def is_place(tokens: tuple[Token, ...], at: int) -> int:
    """Where the word for a place that begins at a token ends; 0 where none begins there."""
    if tokens[at].norm == "there":
        before = tokens[at - 1].norm if at else ""
        behind = tokens[at + 1] if at + 1 < len(tokens) else None
        return at + 1 if at and before not in _FILLING and (behind is None or behind.kind == "mark") else 0
    apart = not at or tokens[at - 1].kind == "mark" or tokens[at - 1].text in _BEFORE  # 客户那边 is the customer
    within = at + 2 < len(tokens) and tokens[at + 2].text in _WITHIN  # 那里面 is among those
    return at + 2 if apart and not within and "".join(token.text for token in tokens[at : at + 2]) in PLACES else 0


def with_places_meant(tokens: tuple[Token, ...], items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with the words for a place as pronouns, where nothing else is meant there."""
    ends = [(at, end) for at in range(len(tokens)) if (end := is_place(tokens, at))]
    taken = {at for item in items if not item.is_only_cue or item.cues == ("pronoun",) for at in range(item.start, item.end)}
    added = [item_of(tokens, at, end, cues=("pronoun",)) for at, end in ends if not taken & set(range(at, end))]
    over = {at for item in added for at in range(item.start, item.end)}
    kept = [item for item in items if not over & set(range(item.start, item.end))]
    return tuple(sorted((*kept, *added), key=lambda item: item.start)) if added else items
