"""As in 做了样板间的, 没发货的, 到期没续的: categories that say 已, 未 or 中 of a verb, by the other ways in which people say how far something is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.language.text import has_han
from tools.crm.semantic import Field

DONE, NOT_DONE, UNDER_WAY = "已", "未", "中"
LONGEST = 4
_ENDED = re.compile(r"(?P<first>[\u4e00-\u9fff]{2})(?P<state>[已未])(?P<verb>[\u4e00-\u9fff]{1,3})")  # 到期未续, 验收未付款
STILL = ("正在", "还在", "仍在", "正", "在")


def said_of_state(text: str, spec: Field) -> Iterator[str]:
    """Phrases for one category; a verb of one character is told apart from others of the kind by the column beside it."""
    if text.endswith(UNDER_WAY) and 3 <= len(text) <= LONGEST + 1 and all(map(has_han, text)):
        yield from (f"{still}{text.removesuffix(UNDER_WAY)}" for still in STILL)
        return
    if (ended := _ENDED.fullmatch(text)) is not None:
        first, verb = ended["first"], ended["verb"]
        undone = tuple(f"{first}{no}{verb}" for no in ("没", "没有", "还没", "还没有", "了没", "了还没", "尚未"))
        yield from undone if ended["state"] == NOT_DONE else (f"{first}已经{verb}", f"{first}后已{verb}")
        return
    verb, thing = text[1:], next(iter(spec.words.zh), "")
    if text[:1] not in {DONE, NOT_DONE} or not 1 <= len(verb) <= LONGEST or not all(map(has_han, verb)):
        return
    if len(verb) == 1:
        if not has_han(thing):
            return
        done = (f"{verb}了{thing}", f"{verb}过{thing}", f"{thing}{verb}了", f"{thing}{verb}过", f"{thing}已{verb}", f"已{verb}{thing}")
        undone = (f"没{verb}{thing}", f"{thing}没{verb}", f"{thing}还没{verb}", f"未{verb}{thing}", f"{thing}未{verb}", f"没有{verb}{thing}")
        yield from done if text[0] == DONE else undone
        return
    yield from (f"已经{verb}",) if text[0] == DONE else (f"没{verb}", f"还没{verb}", f"没有{verb}", f"还没有{verb}", f"尚未{verb}", f"还未{verb}")
