"""Words for doing something that stand for things where their sort is asked for: the 服务 of 哪类服务, 各项服务 and 服务类型."""

from __future__ import annotations

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item

WORD = 2  # characters; a shorter verb stands for no thing
BEFORE = {"类", "种", "项", "款"}
BEHIND = ("类型", "种类", "类别", "品类", "大类", "项目")


def names_sort(tokens: tuple[Token, ...], item: Item) -> bool:
    """Whether a Chinese word for who does or has something stands beside a word for sorts, and so is a thing itself."""
    if not item.is_only_cue or item.cues != ("sold",) or tokens[item.start].kind != "han" or item.end - item.start < WORD:
        return False
    behind = "".join(token.text for token in tokens[item.end : item.end + 2])
    return behind in BEHIND or (item.start > 0 and tokens[item.start - 1].text in BEFORE)
