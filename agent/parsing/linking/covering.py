"""The best way to cover a question with what its spans may mean. More meanings may be offered, and it is worked out anew."""

from __future__ import annotations

from collections.abc import Iterable

from agent.parsing.language.lexicon import stopwords
from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item

UNKNOWN_COST = 3.0


class Cover:
    """The items that stand for a question, and the places of the tokens that nothing stands for.

    ``loud`` are function characters that say something in this question, so that leaving them out costs as much as any word.
    """

    def __init__(self, tokens: tuple[Token, ...], whole: tuple[tuple[int, int], ...] = ()) -> None:
        """Nothing is known of any token yet. ``whole`` are the words that no meaning may take a piece of, ``pieces`` their tokens."""
        self.tokens = tokens
        self.whole = whole
        self.pieces = frozenset(at for first, last in whole for at in range(first, last))
        self.loud: frozenset[int] = frozenset()
        self.items: tuple[Item, ...] = ()
        self.unknown: list[int] = []
        self._edges: dict[int, list[tuple[float, Item]]] = {}

    def offer(self, found: Iterable[tuple[float, Item]]) -> None:
        """Take further meanings, each with its weight, and cover the question anew."""
        for weight, item in found:
            if any(item.start < last and first < item.end and not (item.start <= first and last <= item.end) for first, last in self.whole):
                continue
            self._edges.setdefault(item.start, []).append((weight, item))
        self.items, self.unknown = _cover(self.tokens, self._edges, self.loud)


def _is_letter(tokens: tuple[Token, ...], at: int) -> bool:
    """As in A级 or A、B两级: a single capital beside Han characters, or enumerated, is a grade, never an article."""
    text = tokens[at].text
    beside = [tokens[near] for near in (at - 1, at + 1) if 0 <= near < len(tokens)]
    return len(text) == 1 and text.isascii() and text.isupper() and any(token.kind == "han" or token.text in {"、", "/"} for token in beside)


def _cover(tokens: tuple[Token, ...], edges: dict[int, list[tuple[float, Item]]], loud: frozenset[int]) -> tuple[tuple[Item, ...], list[int]]:
    """The best way to cover the tokens, and the places that nothing stands for; ``loud`` are function characters that say something here."""
    best: list[tuple[float, int, Item | None]] = [(0.0, 0, None)]
    best += [(float("-inf"), 0, None) for _ in tokens]
    silent = stopwords()
    quiets = [
        token.kind == "mark" or (bool({token.stem, token.norm} & silent) and at not in loud and not _is_letter(tokens, at)) for at, token in enumerate(tokens)
    ]
    for at in range(len(tokens)):
        here, quiet = best[at][0], quiets[at]
        skip = here - (0.0 if quiet else UNKNOWN_COST)
        if skip > best[at + 1][0]:
            best[at + 1] = (skip, at, None)
        for weight, item in edges.get(at, ()):
            if here + weight > best[item.end][0]:
                best[item.end] = (here + weight, at, item)
    items: list[Item] = []
    unknown: list[int] = []
    at = len(tokens)
    while at > 0:
        _, before, chosen = best[at]
        if chosen is not None:
            items.append(_merged(chosen, edges))
        elif not quiets[before]:
            unknown.append(before)
        at = before
    return tuple(reversed(items)), sorted(unknown)


def _merged(item: Item, edges: dict[int, list[tuple[float, Item]]]) -> Item:
    """All meanings of one span together: a number that is also a name, a period that is also a number."""
    for _, other in edges[item.start]:
        if other.end == item.end and other is not item:
            item = Item(
                item.start,
                item.end,
                item.text,
                item.cues or other.cues,
                item.values or other.values,
                item.terms or other.terms,
                item.period or other.period,
                item.number or other.number,
                item.length or other.length,
                item.currency or other.currency,
                item.topic or other.topic,
                item.source,
                item.read_as,
                item.pairs or other.pairs,
            )
    return item
