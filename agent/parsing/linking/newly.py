"""As in 新登记的项目, 上周登记的新客户, "newly registered": new says no more than the verb or the day of opening beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.parsing.language.text import Token

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item
    from agent.parsing.store_words.vocabulary import Vocabulary

NEW = {"新", "newly", "new"}
OPENING = ("opened_on", "created_on", "opened_at", "created_at", "signed_on", "hired_on")


def without_new(tokens: tuple[Token, ...], items: Sequence[Item], unknown: list[int], vocabulary: Vocabulary) -> list[int]:
    """The places of unknown words without a 新 that a word for the opening of such records explains."""
    opening = any("opened" in item.cues or any(term.key in OPENING for term in item.terms) or _is_first_day(item, vocabulary) for item in items)
    dated = any(item.period for item in items)
    return [at for at in unknown if not (tokens[at].norm in NEW and (opening or (dated and _are_dated_by_opening(at + 1, items, vocabulary))))]


def _are_dated_by_opening(at: int, items: Sequence[Item], vocabulary: Vocabulary) -> bool:
    """As in 昨天有几个新线索: records that a period selects by the day on which they came, which is what new says."""
    named = {term.entity for item in items if item.start == at for term in item.terms if term.what == "entity" and term.filled}
    return len(named) == 1 and vocabulary.model.entities[named.pop()].time in OPENING


def _is_first_day(item: Item, vocabulary: Vocabulary) -> bool:
    """Whether it tells of the day on which such records begin: an event of a day column that every one of them holds."""
    return any((pair.entity, pair.path) not in vocabulary.columns.unfinished for pair in item.pairs if pair.what in {"day", "filled"})
