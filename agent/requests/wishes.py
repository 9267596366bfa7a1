"""What a message wants to know besides whom it is about: told apart by what, which end of a deal, and which of its words name nothing. Knows no store."""

from __future__ import annotations

import re
from typing import Literal

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item, Linked

SIDES = {
    "region": "region", "team": "team", "owner": "owner", "member": "owner", "product": "product", "account": "account", "tier": "tier", "sector": "sector",
    "source": "source", "country": "country",
}  # fmt: skip
"""What deals can be told apart by, by the field or kind of record that names it."""
APART = {"group", "which"}
SEVERAL = {"which", "most", "least", "group", "all"}
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_NAMED = re.compile(r"大?区|团队|小?组|公司|集团|客户|商机|项目|[这那的]个?单")
"""What a name in Han stands before, where nothing else tells that it is one."""


def side_asked_for(linked: Linked) -> str | None:
    """What comes after "by", "each", "which", 各, 按 or 哪个, where deals can be told apart by it."""
    before: Item | None = None
    for item in linked.items:
        if before is not None and APART & set(before.cues) and before.end == item.start and (side := _side(item)) is not None:
            return side
        before = item
    return None


def _side(item: Item) -> str | None:
    if item.period is not None or any(value.title for value in item.values):
        return None
    named = [each.key if each.what == "field" else each.entity for each in item.terms if each.what in {"field", "entity"}]
    return next((SIDES[name] for name in named if name in SIDES), None)


def end_spoken_of(linked: Linked) -> Literal["won", "lost"] | None:
    """Whether it speaks of winning or losing."""
    cues = {cue for item in linked.items for cue in item.cues}
    if "lost" in cues:
        return "lost"
    return "won" if "won" in cues else None


def several_asked_for(linked: Linked) -> bool:
    """Whether it asks which of several: "which", "most", 哪些, 各."""
    return any(SEVERAL & set(item.cues) for item in linked.items)


def unknown_names(linked: Linked) -> tuple[str, ...]:
    """Words that nothing explains and that may be names: written with a capital, but for the first of an English sentence; in Han before what they name."""
    return tuple(item.text for item in linked.left if _may_be_name(item, linked.tokens))


def _may_be_name(item: Item, tokens: tuple[Token, ...]) -> bool:
    after = "".join(token.text for token in tokens[item.end : item.end + 4])
    if _HAN.fullmatch(item.text):
        return _NAMED.match(after) is not None
    within = item.start > 0 or any(token.kind == "han" for token in tokens)
    return within and any(token.text[:1].isupper() for token in tokens[item.start : item.end])
