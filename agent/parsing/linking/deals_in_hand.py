"""As in 他手上还有几个没签的项目: of deals that somebody still has, those that are not done yet are open, whatever the deed is called."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.parsing.conditions.states import DONE, PARTICLES

if TYPE_CHECKING:
    from agent.parsing.language.text import Token
    from agent.parsing.linking.items import Item
    from agent.parsing.store_words.vocabulary import Vocabulary

_IN_HAND = re.compile(r"手[上里头中]|手底下")
_STILL = re.compile(r"手[上里头中]|手底下|还有|还剩|剩下")
_DENIED = re.compile(r"^(?:还|尚|仍)?(?:没有?|未)(?P<deed>[一-鿿]*)$")
_DEEDS = {"won", "signed", "closed", "closing"}
_ENDED = {"won", "lost", "open", "closed", "closing", "signed", "sells", "share", "without", "not", "duration", "average", "overdue", "resolved"}


def with_open_in_hand(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with a denied deed of deals, as 没签 or 没出单, read as the word for what is open."""
    if not _STILL.search("".join(token.text for token in tokens)):
        return items
    kinds = {term.entity for item in items if not any(value.title for value in item.values) for term in item.terms if term.what == "entity"}
    if kinds and "opportunity" not in kinds:
        return items
    if (held := _held(items, kinds, vocabulary)) is not None:
        return tuple(replace(item, cues=(*item.cues, "open")) if index == held else item for index, item in enumerate(items))
    found: list[Item] = []
    for index, item in enumerate(items):
        said, denial = _DENIED.match(item.text), found[-1] if found else None
        before = denial is not None and denial.end == item.start and denial.is_only_cue and _DENIED.match(denial.text) is not None
        denied = said is not None and bool(said["deed"]) and (item.cues == ("lost",) or (not item.is_only_cue and _is_deed(said["deed"], vocabulary)))
        if denied:
            found.append(replace(item, cues=("open",), values=(), terms=(), pairs=(), read_as=""))
        elif before and denial is not None and not item.values and (_DEEDS & {*item.cues} or _is_deed(item.text, vocabulary)):
            found[-1] = replace(item, start=denial.start, text=denial.text + item.text, cues=("open",), terms=(), pairs=(), read_as="")
        else:
            found.append(items[index])
    return tuple(found)


def _held(items: tuple[Item, ...], kinds: set[str], vocabulary: Vocabulary) -> int | None:
    """The place of 手上 in 小顾手上还有几个项目, where nothing else says how the deals ended or when."""
    if any(item.period or item.is_rate or _ENDED & {*item.cues} or any(value.field in {"stage", "status"} for value in item.values) for item in items):
        return None
    if any(_DENIED.match(item.text) for item in items) or (not kinds and any(item.terms for item in items)):
        return None
    measures = [vocabulary.model.measures[term.key] for item in items for term in item.terms if term.what == "measure"]
    if any(measure.where or measure.op not in {"count", "sum"} for measure in measures):
        return None
    return next((index for index, item in enumerate(items) if item.is_only_cue and "sold" in item.cues and _IN_HAND.search(item.text)), None)


def _is_deed(word: str, vocabulary: Vocabulary) -> bool:
    """Whether deals have a stage that says that it is done."""
    return DONE + word.rstrip(PARTICLES) in vocabulary.states.get("opportunity", {})
