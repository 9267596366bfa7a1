"""How likely a word that a reading makes nothing of would have changed it: by what the word and the question are near to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol

from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Item, Linked
from agent.parsing.linking.soft_characters import TURNING as CHARACTERS

LEFT, TURNING = "words unexplained", "left word turns"
MOST_TEXTS = 40
REACH = 2  # tokens between a word and what asks for it: "what was the", 还有多少
ENDING = {"of", "on", "for", "in", "by", "with", "from", "to", "at", "that", "who", "and", "or", "our", "his", "her", "their", "than"}
BOUNDING = {"gt", "ge", "lt", "le", "between", "most", "least"}
BEING = {"is", "are", "was", "were"}
ASKING = {"count", "amount", "lookup", "when", "where", "which"}


class Near(Protocol):
    """Tells how near a text is to others."""

    def nearness(self, word: str, texts: Sequence[str]) -> float: ...  # noqa: D102
    def is_word(self, word: str) -> bool: ...  # noqa: D102


def left_doubts(question: str, linked: Linked, left: Sequence[Item], said_back: str, words: Iterator[str], near: Near | None) -> Iterator[tuple[str, float]]:
    """How far the question is from what is said back, and each word that is left from all that the question and the plan say; nothing where none is.

    ``words`` are those of the plan. Both in [0, 1]: one less the cosine of sentence vectors, 1 without any; of several words the farthest counts.
    """
    if not left:
        return
    yield TURNING, float(any(_turns(linked, word, near) or _is_asked_for(linked, word) or _is_held_to(linked, word) for word in left))
    yield "said otherwise", 1.0 - near.nearness(question, [said_back]) if near is not None else 1.0
    rest = (item.read_as or item.text for item in linked.items if not item.is_only_cue and not any(_overlap(item, word) for word in left))
    known = tuple(islice(dict.fromkeys((*words, *rest)), MOST_TEXTS))
    yield "left unlike the rest", max(1.0 - near.nearness(word.text, known) for word in left) if near is not None else 1.0


def _turns(linked: Linked, word: Item, near: Near | None) -> bool:
    """Whether a question is never answered without the word: a name, a value, a number, or a word such as "not" or "average"."""
    if word.values or word.means_more or word.cues or any(letter.isdigit() for letter in word.text):
        return True
    if len(word.text) == 1 and has_han(word.text) and any(item.values and _touch(item, word) and not _is_whole(item, word) for item in linked.items):
        return True  # 孙立新, where only 韩立新 is known
    if has_han(word.text):
        return _is_half_of_word(linked, word, near) or word.text in CHARACTERS if len(word.text) == 1 else near is None or not near.is_word(word.text)
    return word.start > 0 and any(token.text[:1].isupper() for token in linked.tokens[word.start : word.end])


def _is_half_of_word(linked: Linked, word: Item, near: Near | None) -> bool:
    """As in 备件销售额, where 件 by itself says nothing: with the character beside it, which nothing stands for either, it names a thing."""
    taken = {at for item in linked.items for at in range(item.start, item.end)}
    for start, end in ((word.start - 1, word.end), (word.start, word.end + 1)):
        other = start if start < word.start else word.end
        if near is not None and start >= 0 and end <= len(linked.tokens) and other not in taken:
            said = linked.tokens[start:end]
            if all(token.kind == "han" for token in said) and near.is_word("".join(token.text for token in said)):
                return True
    return False


def _is_asked_for(linked: Linked, word: Item) -> bool:
    """As in 库存还有多少, "how much commission", "what was the gross margin", "credit rating of": the word names what the question wants to know."""
    if has_han(word.text):
        return _asks_behind(linked, word.end) or any(item.end == word.start and ASKING & {*item.cues} for item in linked.items)
    tokens = linked.tokens
    start = next((at for at in range(word.start, 0, -1) if tokens[at - 1].kind != "latin" or tokens[at - 1].norm in ENDING), 0)
    if any(item.start < word.start and start <= item.end and item.end <= word.start and ASKING & {*item.cues} for item in linked.items):
        return True
    return start == 0 and any(token.norm in {"of", "for", "on"} for token in tokens[word.end : word.end + REACH])


def _is_held_to(linked: Linked, word: Item) -> bool:
    """As in 折扣超过10%, "the highest discount", "by continent", "contacts are women": what is bounded, ranked or grouped by, or what records are."""
    tokens = linked.tokens
    if word.start and tokens[word.start - 1].norm in BEING and all(token.kind == "mark" for token in tokens[word.end :]):
        return True
    behind = any(item.start == word.end and BOUNDING & {*item.cues} for item in linked.items)
    before = any(item.end == word.start and {"most", "least", "group"} & {*item.cues} for item in linked.items)
    return behind or before


def _asks_behind(linked: Linked, end: int) -> bool:
    """Whether a word that asks follows, with nothing between but words that say no more of what: 一共花了多少, 还有多少."""
    for item in linked.items:
        if item.start < end:
            continue
        if item.start - end > REACH or any(token.kind == "mark" for token in linked.tokens[end : item.start]):
            return False
        if ASKING & {*item.cues}:
            return True
        if not item.is_only_cue:
            return False
        end = item.end
    return False


def leaves_one_out(figures: Mapping[str, float]) -> bool:
    """Whether a reading leaves exactly one word out, and one that a question may be answered without."""
    return figures.get(LEFT) == 1.0 and TURNING not in figures


def _touch(one: Item, other: Item) -> bool:
    return other.end == one.start or one.end == other.start


def _is_whole(item: Item, word: Item) -> bool:
    """Whether a name is said to its last character, or to the first where the word stands before it."""
    names = [value.text for value in item.values]
    return any(name.startswith(item.text) if word.end == item.start else name.endswith(item.text) for name in names)


def _overlap(one: Item, other: Item) -> bool:
    return one.start < other.end and other.start < one.end
