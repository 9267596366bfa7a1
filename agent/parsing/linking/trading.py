"""Words by which many trades call their deals: they mean these where the export calls nothing else so, before any guess at what they may mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.language.text import Token
from agent.parsing.linking.items import QUALITY, Item, Readable, item_of, weigh
from agent.parsing.linking.nearby import Nearby
from agent.parsing.store_words.vocabulary import Term, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

DEALS = {"project", "bid", "tender", "pitch", "job", "标", "工程"}
ENTITY, FURTHER = "opportunity", 5


def traded(
    question: str, tokens: tuple[Token, ...], unknown: Sequence[int], nearby: Nearby | None, vocabulary: Vocabulary, readable: Readable
) -> Iterator[tuple[float, Item]]:
    """Such words among those that nothing explains; none where a table of the export is called so in the other language."""
    if not vocabulary.rows(ENTITY):
        return
    for at in unknown:
        for end in (at + 1, at + 2):
            word = "".join(token.stem for token in tokens[at:end])
            if end > len(tokens) or word not in DEALS or _is_in_word(tokens, at, end, unknown):
                continue
            meant = nearby.translated(question[tokens[at].start : tokens[end - 1].end], readable) if nearby is not None else None
            if meant is None or not any(term.what == "entity" for term in meant.terms):
                yield weigh(tokens, at, end, QUALITY["exact"]), item_of(tokens, at, end, terms=(Term("entity", ENTITY, ENTITY, FURTHER),))


def _is_in_word(tokens: tuple[Token, ...], at: int, end: int, unknown: Sequence[int]) -> bool:
    """Whether a Chinese character may be a piece of a longer unknown word."""
    return tokens[at].kind == "han" and any(near in unknown and tokens[near].kind == "han" for near in (at - 1, end))
