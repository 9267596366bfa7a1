"""What an English word is in its place, by the words around it: a bound or a preposition, an order or a noun, a name or a pronoun."""

from __future__ import annotations

from agent.parsing.language.numbers import find_numbers
from agent.parsing.language.text import Token

SIDEWAYS = {"under", "over", "above", "below"}
AGAINST = {"average", "mean", "median", "norm", "target", "quota", "budget", "plan", "goal", "half", "par", "typical", "expectation", "threshold", "limit"}
ORDERS = {"name", "group", "number", "order"}
BEFORE_NOUNS = {"the", "our", "all", "my", "these", "those", "top", "best", "big", "biggest", "large", "largest"} | {
    "key", "new", "active", "open", "many", "of", "by", "and", "more", "most",
}  # fmt: skip
OBJECTS = {"the", "our", "all", "every", "each", "any", "a", "an", "one", "us", "me", "those", "these", "number"}


def sets_bound(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether "under", "over" stand beside a number, or what a figure can be held against."""
    near = (*tokens[max(start - 2, 0) : start], *tokens[end : end + 5])
    return any(token.kind in {"number", "han"} or token.stem in AGAINST for token in near) or bool(next(iter(find_numbers(tokens[end : end + 3])), None))


def follows_doer(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether "accounts for" is said of something: "Europe accounts for", "does it account for"."""
    before = tokens[start - 1] if start else None
    return before is not None and before.kind == "latin" and before.norm not in BEFORE_NOUNS


def is_order(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether a word that may be a noun is what the speaker wants done: "Name the account", "please group all leads"."""
    before = tokens[start - 1] if start else None
    opens = before is None or before.kind == "mark" or before.norm in {"please", "you", "just", "and", "kindly", "pls"}
    return opens and end < len(tokens) and tokens[end].norm in OBJECTS


def is_in_capitals(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether a word stands in capitals among others that don't."""
    word = tokens[start].text
    others = [token for at, token in enumerate(tokens) if token.kind == "latin" and not start <= at < end]
    return end - start == 1 and len(word) > 1 and word.isupper() and any(not token.text.isupper() and len(token.text) > 2 for token in others)
