"""English phrases that say the name of a table word by word, whatever their words mean alone: "customer success follow-ups" of 客户成功跟进."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.text import Token, has_han
from agent.parsing.linking.items import Item, item_of, weigh
from agent.parsing.linking.nearby import Nearby
from agent.parsing.linking.renaming import JOINING
from agent.parsing.store_words.own_headers import own_names, without_table_word
from agent.parsing.store_words.vocabulary import Term, Vocabulary

LEAST, MOST_TOKENS, LONGEST_NAME = 2, 6, 8
GAIN = 0.2
OF_NAME = 3


def aligned_names(tokens: tuple[Token, ...], items: tuple[Item, ...], nearby: Nearby, vocabulary: Vocabulary) -> Iterator[tuple[float, Item]]:
    """Each run of two to four English words that are the words of a table's Chinese name, in its order."""
    names = list(_names(vocabulary, nearby)) if any(token.kind == "latin" for token in tokens) else []
    for start in range(len(tokens) if names else 0):
        for end in range(start + LEAST, min(start + MOST_TOKENS, len(tokens)) + 1):
            if not _is_phrase(tokens, start, end) or any(_bars(item, start, end) for item in items):
                continue
            words = [token.norm for token in tokens[start:end] if token.kind == "latin"]
            entity = next((entity for entity, pieces in names if _says(words, pieces, nearby)), None)
            if entity is not None:
                term = Term("entity", entity, entity, OF_NAME)
                yield weigh(tokens, start, end, 1.0) + GAIN, item_of(tokens, start, end, terms=(term,), source="translated")


def _names(vocabulary: Vocabulary, nearby: Nearby) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entity in vocabulary.model.entities.values():
        for name in own_names(entity) if vocabulary.rows(entity.key) else ():
            plain = without_table_word(name)
            pieces = nearby.words_in(plain) if has_han(plain) and len(plain) <= LONGEST_NAME else ()
            if len(pieces) >= LEAST and sum(map(len, pieces)) == len(plain):
                yield entity.key, pieces


def _is_phrase(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    words = tokens[start:end]
    joined = all(token.kind == "latin" or token.text == "-" for token in words) and words[0].kind == words[-1].kind == "latin"
    return joined and not any(token.norm in JOINING for token in words if token.text not in {"in", "up", "on", "off", "out"}) and words[0].norm not in JOINING


def _bars(item: Item, start: int, end: int) -> bool:
    """Whether a phrase would cut an item, or holds a name, a period or a number."""
    inside = start <= item.start and item.end <= end
    cut = item.start < end and start < item.end and not inside
    return cut or (inside and (item.means_more or any(value.title for value in item.values)))


def _says(words: list[str], pieces: tuple[str, ...], nearby: Nearby) -> bool:
    """Whether the words, in order, fall into groups of which each means one piece of the name."""
    if not pieces:
        return not words
    sizes = range(1, len(words) - len(pieces) + 2)
    return any(nearby.is_word_of(" ".join(words[:size]), pieces[0]) and _says(words[size:], pieces[1:], nearby) for size in sizes)
