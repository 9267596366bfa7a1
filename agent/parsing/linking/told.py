"""Unknown verbs that say nothing beyond a noun of the question, such as 跑 in 跑拜访: they are told from verbs that matter by that noun alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.parsing.language.lexicon import stopwords, verbs
from agent.parsing.language.text import Token

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item

SHIPMENTS = re.compile(r"发货|送货|配送|运单|运输|物流|派送|ship|deliver|freight", re.IGNORECASE)
OUTCOMES = {"won", "lost", "open", "closed"}


def without_told(tokens: tuple[Token, ...], items: Sequence[Item], unknown: list[int]) -> list[int]:
    """The places of unknown words that no noun explains."""
    if not unknown:
        return unknown
    licensed = {verb for entity in _kinds(items) for verb in verbs().get(entity, ())}
    taken = {at for item in items for at in range(item.start, item.end)}
    told = {at for at in unknown if _is_said_anyway(tokens, items, at)}
    for at in unknown:
        for start, end in ((at, at + 1), (at - 1, at + 1), (at, at + 2), (at - 2, at + 1), (at - 1, at + 2), (at, at + 3)):
            inside = range(max(start, 0), min(end, len(tokens)))
            word = "".join(tokens[place].text for place in inside)
            if word in licensed and all(place not in taken and (place in unknown or tokens[place].text in stopwords()) for place in inside):
                told |= set(inside)
    return [at for at in unknown if at not in told]


def _is_said_anyway(tokens: tuple[Token, ...], items: Sequence[Item], at: int) -> bool:
    """As in 新开始的, 前五大, "ticket volume": new is what begins, and the volume of records is their number; that of deals may be money."""
    if tokens[at].text == "新":
        return any(item.start == at + 1 and "opened" in item.cues for item in items)
    if tokens[at].text == "大":
        return _ranks_by_number(items, at)
    if tokens[at].norm not in {"volume", "volumes", "numbers"}:
        return False
    before = [item for item in items if item.end == at]
    return any(term.what == "entity" and term.entity != "opportunity" for item in before for term in item.terms)


def _ranks_by_number(items: Sequence[Item], at: int) -> bool:
    """As in 前五大客户: the first five are the largest."""
    number = next((item for item in items if item.end == at and item.number is not None), None)
    return number is not None and any(item.end == number.start and "top" in item.cues for item in items)


def _kinds(items: Sequence[Item]) -> set[str]:
    """The kinds of record that the question names, and deals where it says how they ended."""
    named = {term.entity for item in items for term in item.terms if term.what in {"entity", "kind", "measure", "inverse"} and term.filled}
    named |= {value.entity for item in items for value in item.values if not value.title}
    deals = any(OUTCOMES & set(item.cues) or ("without" in item.cues and "单" in item.text) for item in items)  # 一单都没建过
    brought = any(entity.startswith("custom:") and SHIPMENTS.search(entity) for entity in named)  # 拉了几张发货单
    return named | ({"opportunity"} if deals else set()) | ({"shipment"} if brought else set())
