"""As in 最后丢掉的单有几个, "how many did we finally lose": that it came to an end, and not the last of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item
    from agent.parsing.store_words.vocabulary import Vocabulary

FINALLY = {"最后", "最终", "到最后", "finally", "eventually", "ultimately", "in the end"}
ENDS = {"won", "lost", "closed"}
STATES = {"stage", "status"}
ASKING_WHICH = {"which", "when", "lookup", "list"}
NEAR = 3


def without_finally(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with such a word as a filler, right before how deals ended, where these are counted."""
    if any(ASKING_WHICH & set(item.cues) for item in items):
        return items
    return tuple(replace(item, cues=("filler",)) if _ends_and_counts(items, at, vocabulary) else item for at, item in enumerate(items))


def _ends_and_counts(items: tuple[Item, ...], at: int, vocabulary: Vocabulary) -> bool:
    behind = items[at + 1] if at + 1 < len(items) else None
    if behind is None or not items[at].is_only_cue or items[at].text.casefold() not in FINALLY or behind.number is not None:
        return False
    measures = vocabulary.model.measures
    counted = any(term.what == "measure" and ENDS & {*measures[term.key].where.get("status", ())} for term in behind.terms)
    reached = bool(behind.values) and all(value.field in STATES for value in behind.values)
    reached = reached or any(pair.what in {"filled", "day"} for pair in behind.pairs)  # 最后出单了的有多少个
    if not (counted or reached or ENDS & set(behind.cues)):
        return False
    following = items[at + 1 : at + 1 + NEAR]
    beside = items[at + 2] if at + 2 < len(items) else None
    return any("count" in item.cues for item in following) or (beside is not None and beside.start == behind.end and "amount" in beside.cues)
