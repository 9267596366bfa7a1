"""Where a word asks for a figure or a field, so that a category of that other name is not meant: "which channel is best", 项目的实际成本是多少."""

from __future__ import annotations

from agent.parsing.text import Token

WHICH = {"which", "what", "哪个", "哪种", "哪类", "哪些"}
BEHIND = {"最", "is", "was", "has", "are", "?", "？", ",", "，"}
HOW_MUCH = ("多少", "是多少", "有多少", "有多", "是几", "几", "怎么样")
REACH = 4


def stands_for_field(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """As in 哪个 channel 最好: right behind "which", and not followed by records of which it would be said."""
    before = {tokens[start - 1].norm, "".join(token.text for token in tokens[max(start - 2, 0) : start])} if start else set()
    return bool(before & WHICH) and (end == len(tokens) or tokens[end].norm in BEHIND)


def asks_amount(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """As in 项目的实际成本是多少: what is asked for of something is no category."""
    led = any(token.text == "的" for token in tokens[max(start - REACH, 0) : start])
    return led and "".join(token.text for token in tokens[end : end + 3]).startswith(HOW_MUCH)
