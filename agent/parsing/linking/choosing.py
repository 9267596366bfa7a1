"""Places of a question at which a word names a column or a figure and no category, though a category may be called so: 哪个渠道, 的成本是多少."""

from __future__ import annotations

from agent.parsing.language.lexicon import stopwords
from agent.parsing.language.text import Token

WHICH = ("哪个", "哪种", "哪类", "哪条", "哪些", "哪位", "什么", "各", "每个", "每种", "按", "分")
WHICH_ONE = {"which", "what", "哪个", "哪种", "哪类", "哪些"}
BEHIND = {"最", "is", "was", "has", "are", "?", "？", ",", "，"}
HOW_MUCH = ("多少", "是多少", "有多少", "有多", "是几", "几", "怎么样")
REACH = 4


def asks_which(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether a Chinese word before says that what follows is told apart: 哪个渠道."""
    before = "".join(token.text for token in tokens[max(start - 3, 0) : start])
    return before.endswith(WHICH)


def is_chosen(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """As in "which channel is best", 哪个 channel 最好: with nothing behind that it could be said of, what is chosen among is a column."""
    before = {tokens[start - 1].norm, "".join(token.text for token in tokens[max(start - 2, 0) : start])} if start else set()
    if before & WHICH_ONE and (end == len(tokens) or tokens[end].norm in BEHIND):
        return True
    behind = tokens[end] if end < len(tokens) else None
    alone = behind is None or behind.kind != "latin" or behind.stem in stopwords()
    latin = tokens[start].kind == "latin"
    return latin and alone and (asks_which(tokens, start) or (start > 0 and tokens[start - 1].norm in {"which", "each", "per"}))


def is_figure_of(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """As in 每个项目的实际成本是多少: what is asked for of something is no category, such as 成本部."""
    led = any(token.text == "的" for token in tokens[max(start - REACH, 0) : start])
    return led and "".join(token.text for token in tokens[end : end + 3]).startswith(HOW_MUCH)
