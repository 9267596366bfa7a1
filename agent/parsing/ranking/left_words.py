"""How likely a word that a reading makes nothing of would have changed it: by what the word and the question are near to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol

from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Item, Linked

LEFT, TURNING = "words unexplained", "left word turns"
MOST_TEXTS = 40


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
    yield TURNING, float(any(_turns(linked, word, near) for word in left))
    yield "said otherwise", 1.0 - near.nearness(question, [said_back]) if near is not None else 1.0
    rest = (item.read_as or item.text for item in linked.items if not item.is_only_cue and not any(_overlap(item, word) for word in left))
    known = tuple(islice(dict.fromkeys((*words, *rest)), MOST_TEXTS))
    yield "left unlike the rest", max(1.0 - near.nearness(word.text, known) for word in left) if near is not None else 1.0


def _turns(linked: Linked, word: Item, near: Near | None) -> bool:
    """Whether a question is never answered without the word: a name, a value, a number, or a word such as "not" or "average"."""
    if word.values or word.means_more or word.cues or any(letter.isdigit() for letter in word.text):
        return True
    if has_han(word.text):
        return len(word.text) > 1 and (near is None or not near.is_word(word.text))
    return word.start > 0 and any(token.text[:1].isupper() for token in linked.tokens[word.start : word.end])


def leaves_one_out(figures: Mapping[str, float]) -> bool:
    """Whether a reading leaves exactly one word out, and one that a question may be answered without."""
    return figures.get(LEFT) == 1.0 and TURNING not in figures


def _overlap(one: Item, other: Item) -> bool:
    return one.start < other.end and other.start < one.end
