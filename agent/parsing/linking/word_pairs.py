"""Two English words that together are one header of an export in Chinese, though each alone means something else here: "annual fee", "health score"."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.lexicon import stopwords
from agent.parsing.language.text import Token, has_han
from agent.parsing.linking.items import QUALITY, Item, Readable, item_of, weigh
from agent.parsing.linking.nearby import Meant, Nearby
from agent.parsing.reading.signals import GRAINS
from agent.parsing.store_words.vocabulary import Term, Vocabulary

GAIN = 1.2
LEAST_TRANSLATED, LEAST_NEAR = 0.85, 0.72  # set by looking at the headers of one export, not calibrated
MOST_PAIRS = 4


def word_pairs(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], nearby: Nearby, vocabulary: Vocabulary, readable: Readable
) -> Iterator[tuple[float, Item]]:
    """Each pair of neighbouring words that the dictionary, or the vectors, have an own header for."""
    if not any(has_han(label) for label in vocabulary.label_parts):
        return
    held = {item.start: item for item in items if item.end == item.start + 1}
    inner = {at for item in items for at in range(item.start, item.end)} - set(held)
    halves = [at for at, token in enumerate(tokens) if at not in inner and _may_be_half(token, held.get(at))]
    pairs = [at for at in halves if at + 1 in halves]
    for at in pairs[:MOST_PAIRS]:
        words = question[tokens[at].start : tokens[at + 1].end]
        meant = _sure(nearby.translated(words, readable), LEAST_TRANSLATED, vocabulary) or _sure(nearby.nearest(words, readable), LEAST_NEAR, vocabulary)
        if meant is not None and not (_fields(held.get(at)) & _fields(held.get(at + 1))):
            item = item_of(tokens, at, at + 2, terms=meant.terms, source="neighbour", read_as=meant.word)
            yield weigh(tokens, at, at + 2, QUALITY["exact"]) + GAIN, item


def _may_be_half(word: Token, item: Item | None) -> bool:
    """A word in small letters that is neither a function word, apart from one for a length of time, nor a name."""
    if word.kind != "latin" or word.text[:1].isupper() or (word.stem in stopwords() or word.norm in stopwords()):
        return False
    return item is None or (set(item.cues) <= set(GRAINS) and not item.means_more and not any(value.title for value in item.values))


def _sure(meant: Meant | None, least: float, vocabulary: Vocabulary) -> Meant | None:
    if meant is None or meant.similarity < least or not has_han(meant.word) or meant.values or not meant.terms:
        return None
    own = all(term.what == "field" and term.filled and _is_own(term, meant.word, vocabulary) for term in meant.terms)
    return meant if own else None


def _is_own(term: Term, word: str, vocabulary: Vocabulary) -> bool:
    field = vocabulary.model.entities[term.entity].fields[term.key]
    return any(word in label for label in (*field.words.zh, *(field.words.en if field.custom else ())))


def _fields(item: Item | None) -> set[tuple[str, str]]:
    if item is None:
        return set()
    named = {(term.entity, term.key) for term in item.terms if term.what == "field" and term.filled}
    return named | {(value.entity, value.field) for value in item.values}
