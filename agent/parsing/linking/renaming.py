"""Words of the shipped model that this store has nothing for, taken for what it has that is near to them."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.text import Token
from agent.parsing.linking.guessing import SURER
from agent.parsing.linking.items import Item, Readable, item_of, runs_of, weigh
from agent.parsing.linking.nearby import Meant, Nearby
from agent.parsing.store_words.own_headers import own_names
from agent.parsing.store_words.vocabulary import Term, Value, Vocabulary

RENAMED = 1.0
JOINING = {"the", "a", "an", "of", "and", "or", "by", "in", "for", "to", "with", "is", "are", "our", "my", "their", "its", "per", "on", "at", "from"}


def _is_sort(item: Item, meant: Meant) -> bool:
    """As in 拜访 where those kept are called 上门: a sort of record that the store has none of, by another word of the export for such a sort."""
    kinds = {term.entity for term in item.terms if term.what == "kind"}
    return bool(kinds and meant.values) and all(value.entity in kinds and value.field == "kind" and not value.title for value in meant.values)


def renamed(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], empty: list[int], nearby: Nearby, vocabulary: Vocabulary, readable: Readable
) -> Iterator[tuple[float, Item]]:
    """As in "lead time" of an export without leads, whose own header says so in other words: only a field, by several words or by a dictionary."""
    for item in items:
        if is_empty(item) or is_lent(item):
            looked_up = nearby.translated(item.text, readable)
            if not is_empty(item) and (looked_up is None or looked_up.values or not all(is_own_field(term, vocabulary) for term in looked_up.terms)):
                continue
            meant = looked_up or nearby.renamed(item.text)
            kinds = _own_kinds(item, meant, vocabulary) or _own_kinds(item, nearby.translated(item.text, nothing), vocabulary)
            if kinds:
                named = item_of(tokens, item.start, item.end, terms=kinds, source="neighbour", read_as=own_names(vocabulary.model.entities[kinds[0].entity])[0])
                yield weigh(tokens, item.start, item.end, 1.0) + RENAMED, named
            elif meant is not None and meant.terms and all(is_own_field(term, vocabulary) or (looked_up and term.what == "field") for term in meant.terms):
                said = item_of(tokens, item.start, item.end, terms=meant.terms, source="neighbour", read_as=meant.word)
                yield weigh(tokens, item.start, item.end, 1.0) + RENAMED, said
            elif looked_up is not None and _is_sort(item, looked_up):
                sort = item_of(tokens, item.start, item.end, values=looked_up.values, source="translated", read_as=looked_up.word)
                yield weigh(tokens, item.start, item.end, 1.0) + RENAMED, sort
    for run in runs_of(empty):
        found: list[tuple[float, int, int, Meant]] = []
        for start in range(run[0], max(run[0] - 3, -1), -1):
            for end in range(run[-1] + 1, min(run[-1] + 4, len(tokens) + 1)):
                words = tokens[start:end]
                if len(words) == 1 or any(token.kind != "latin" or token.norm in JOINING for token in words):
                    continue
                if any(_is_cut(item, start, end) for item in items):
                    continue
                text = question[words[0].start : words[-1].end]
                looked_up = nearby.translated(text, readable)
                meant = looked_up or nearby.nearest(text, readable)
                if meant is not None and meant.terms and all(is_own_field(term, vocabulary) or (looked_up and term.what == "field") for term in meant.terms):
                    found.append((meant.similarity, start, end, meant))
        if found:
            _, start, end, meant = max(found, key=lambda each: each[0] + SURER * (each[2] - each[1]))
            yield weigh(tokens, start, end, 1.0) + RENAMED, item_of(tokens, start, end, terms=meant.terms, source="neighbour", read_as=meant.word)


def nothing(_: Value) -> bool:
    """No value may stand for a word that only a kind of record can be."""
    return False


def _own_kinds(item: Item, meant: Meant | None, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """As in "requests" of an export whose 服务请求 are another kind of record than the model's requests, of which there are none."""
    if meant is None or not any(term.what == "entity" for term in item.terms):
        return ()
    kinds = tuple(term for term in meant.terms if term.what == "entity" and term.filled)
    names = {name for term in kinds for name in own_names(vocabulary.model.entities[term.entity])}
    return kinds if len({term.entity for term in kinds}) == 1 and meant.word in names else ()


def is_empty(item: Item) -> bool:
    """Whether it names only what nothing is noted of here."""
    return bool(item.terms) and not (item.cues or item.values or item.means_more) and not any(term.filled for term in item.terms)


def is_lent(item: Item) -> bool:
    """As "due date", which is first of all a day of which nothing is noted here, and only besides that another word for a column that is filled."""
    plain = bool(item.terms) and not (item.cues or item.values or item.means_more) and all(term.what == "field" for term in item.terms)
    filled = [term.rank for term in item.terms if term.filled]
    return plain and bool(filled) and min(filled) > 1 and any(term.rank == 0 and not term.filled for term in item.terms)


def _is_cut(item: Item, start: int, end: int) -> bool:
    """Whether a span takes a part of an item, or one that is no mere name."""
    if item.end <= start or item.start >= end:
        return False
    return item.start < start or item.end > end or bool(item.cues or item.values or item.means_more)


def is_own_field(term: Term, vocabulary: Vocabulary) -> bool:
    """Whether it is a filled column of the export's own."""
    return term.what == "field" and term.filled and vocabulary.model.entities[term.entity].fields[term.key].custom
