"""Chinese names said shorter than written: 苏州知行 where 苏州 is also a city, 润德小学 for 润德实验小学. Unknown words take their neighbours along."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from agent.parsing.language.text import Token
from agent.parsing.linking.items import MOST_ALIKE, MOST_NAMESAKES, QUALITY, Item, Readable, first_called, item_of, runs_of, weigh
from agent.parsing.store_words.vocabulary import Value, Vocabulary

REACH = 4
MOST_RUNS = 4
LEAST, LONGEST = 3, 12
LEAST_PIECE = 2
LEAST_REST = 3
FARTHEST = 3  # a name begins with what is said, or with a place before it

Finder = Callable[[str, str, Vocabulary], Iterator[str]]


def clipped(tokens: tuple[Token, ...], unknown: list[int], vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """For each run of unknown characters the longest span around it that is a part of names, and the longest whose two pieces are."""
    for run in [run for run in runs_of(unknown) if tokens[run[0]].kind == "han"][:MOST_RUNS]:
        spans = list(_spans(tokens, run))
        for found in (_parts_of, _pieces_of):
            item = next((item for start, end in spans if (item := _named(tokens, start, end, found, vocabulary, readable)) is not None), None)
            if item is not None:
                yield weigh(tokens, item.start, item.end, QUALITY["part"]), item


def clipped_sorts(tokens: tuple[Token, ...], unknown: list[int], vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """As in 合作社, where the sort of customers is written 农机合作社: the one sort that ends with the unknown characters and those beside them."""
    for run in [run for run in runs_of(unknown) if tokens[run[0]].kind == "han"][:MOST_RUNS]:
        lefts = len(list(_while_han(tokens, range(run[0] - 1, max(run[0] - REACH, 0) - 1, -1))))
        spans = [(start, end) for start in range(run[0] - lefts, run[0] + 1) for end in range(run[-1] + 1, run[0], -1) if end - start >= LEAST_PIECE]
        for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
            found = [value for value in vocabulary.sort_ends.get("".join(token.norm for token in tokens[start:end]), ()) if readable(value)]
            if len({value.text for value in found}) == 1:
                item = item_of(tokens, start, end, values=tuple(found), source="part")
                yield weigh(tokens, item.start, item.end, QUALITY["part"]), item
                break


def _spans(tokens: tuple[Token, ...], run: list[int]) -> Iterator[tuple[int, int]]:
    """Spans of Han characters that hold the run and something beside it, the longest first."""
    first, last = run[0], run[-1] + 1
    lefts = list(_while_han(tokens, range(first - 1, max(first - REACH, 0) - 1, -1)))
    rights = list(_while_han(tokens, range(last, min(last + REACH, len(tokens)))))
    spans = [(first - left, last + right) for left in range(len(lefts) + 1) for right in range(len(rights) + 1)]
    yield from sorted((span for span in spans if LEAST <= span[1] - span[0] <= LONGEST), key=lambda span: span[0] - span[1])


def _while_han(tokens: tuple[Token, ...], places: range) -> Iterator[int]:
    for at in places:
        if tokens[at].kind != "han":
            return
        yield at


def _named(tokens: tuple[Token, ...], start: int, end: int, found: Finder, vocabulary: Vocabulary, readable: Readable) -> Item | None:
    key = "".join(token.norm for token in tokens[start:end])
    held = {value for entity in vocabulary.han_names for value in _few(key, entity, found, vocabulary, readable)}
    texts = {value.text for value in held}
    first = [value for value in first_called(held, key) if not any(other != value.text and value.text.startswith(other) for other in texts)]
    return item_of(tokens, start, end, values=tuple(sorted(first, key=lambda value: value.text)), source="part") if first else None


def _few(key: str, entity: str, found: Finder, vocabulary: Vocabulary, readable: Readable) -> set[Value]:
    """Records of an entity that are meant; none where they are too many to be told apart."""
    held: set[Value] = set()
    for name in found(key, entity, vocabulary):
        held |= {value for value, source in vocabulary.values[name] if value.entity == entity and value.title and source == "exact" and readable(value)}
        if len(held) > MOST_ALIKE:
            return set()
    return set() if len(held) > MOST_NAMESAKES and all(value.text.endswith(key) for value in held) else held


def _parts_of(key: str, entity: str, vocabulary: Vocabulary) -> Iterator[str]:
    return vocabulary.han_names[entity].holding(key)


def _pieces_of(key: str, entity: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Names that leave something out between two pieces.

    Where the first alone is a word of the data, which would be a condition of its own, they begin with it and end with the rest.
    """
    for cut in range(len(key) - LEAST_PIECE, LEAST_PIECE - 1, -1):
        first, second = key[:cut], key[cut:]
        known = first in vocabulary.values or first in vocabulary.terms
        if known and len(second) < LEAST_REST:
            continue
        for name in vocabulary.han_names[entity].holding(first):
            if known and not (name.startswith(first) and name.endswith(second)):
                continue
            at = name.find(first)
            if at <= FARTHEST and second in name[at + cut :]:
                yield name
