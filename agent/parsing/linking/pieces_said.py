"""Goods that are counted by the measure word of a column: 卖了多少条胎 where orders have 条数 asks for these pieces, whatever the goods are called."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from agent.parsing.language.text import Token, has_han
from agent.parsing.linking.guessing import GRAMMATICAL
from agent.parsing.linking.items import Item, runs_of
from agent.parsing.linking.ordering_words import is_ordering
from agent.parsing.store_words.own_headers import own_labels, without_unit
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import FieldType

if TYPE_CHECKING:
    from collections.abc import Iterator

SUMMED = {FieldType.COUNT, FieldType.NUMBER}
DEALS, CUSTOMERS = "opportunity", "account"
OF_COLUMN = 3
LONGEST, MANY = 2, 8
HOW_MANY, EACH = ("多少", "几"), {"一", "每"}
STATES = ("状态", "进度", "结果", "阶段", "节点", "情况")
ENDINGS = ("", "数", "量", "位", "总数")
UNITS_OF_DEALS = "台数"
TO_FIT, WANTED = "装", "要"
_COUNTER = re.compile(r"(?:多少|几)(?P<unit>[一-鿿])$")


def with_pieces(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> tuple[tuple[Item, ...], list[int]]:
    """The items with such a column for the counter and the noun behind it, and the unknown places without that noun."""
    items, unknown = _each_one(tokens, tuple(_as_header(item, vocabulary) for item in items), unknown, vocabulary)
    made, left, gone = list(items), set(unknown), set[int]()
    for at, item in enumerate(items):
        counted = _counter(tokens, item, left)
        if counted is None:
            continue
        unit, start = counted
        end = _goods_behind(tokens, start, left, vocabulary)
        noun = _records_as_goods(items, at, start)
        sold = end > start or (at > 0 and items[at - 1].end == item.start and _is_selling(items[at - 1]))
        if noun is not None:
            term, end = _column_of(_named(items, {at, at + 1}), unit, tokens, vocabulary), noun.end
        elif sold:
            term = _column(unit, "".join(token.text for token in tokens), items, vocabulary)
            term = term or _of_noun("".join(token.text for token in tokens[start:end]), _named(items, {at}), vocabulary)
        else:
            kinds = _named(items, {at})
            term = _column_of({_sort_before(items, at, vocabulary)} & {vocabulary.orders, *kinds}, unit, tokens, vocabulary)
            term = term or _column_of(kinds, unit, tokens, vocabulary, whole=True)
        if term is not None:
            made[at] = replace(item, end=end, text="".join(token.text for token in tokens[item.start : end]), terms=(term,))
            gone |= {at + 1} if noun is not None else set()
            left -= {*range(item.end, end), *_fitted(tokens, item.start, left)}
    return tuple(each for at, each in enumerate(made) if at not in gone), sorted(left)


def _fitted(tokens: tuple[Token, ...], start: int, unknown: set[int]) -> range:
    """As in 要装多少台梯: what the pieces are for, which has not happened yet."""
    said = start > 1 and start - 1 in unknown and (tokens[start - 2].text, tokens[start - 1].text) == (WANTED, TO_FIT)
    return range(start - 1, start) if said else range(0)


def _records_as_goods(items: tuple[Item, ...], at: int, start: int) -> Item | None:
    """As 梯 in 要装多少台梯: one character that also names records, right behind the counter."""
    following = items[at + 1] if at + 1 < len(items) else None
    if following is None or following.start != start or following.source != "part" or len(following.text) != 1 or following.values:
        return None
    return following if any(term.what == "entity" for term in following.terms) else None


def _named(items: tuple[Item, ...], without: set[int]) -> set[str]:
    """The kinds of record that the other words name."""
    return {term.entity for at, item in enumerate(items) if at not in without for term in item.terms if term.what == "entity" and term.filled}


def _sort_before(items: tuple[Item, ...], at: int, vocabulary: Vocabulary) -> str:
    """As in 驰岳一共多少条, 每个品牌各多少条: the kind of record of which the word before tells a sort, and not how far they have come."""
    before = next((item for item in reversed(items[:at]) if item.terms or item.values), None)
    kinds = {vocabulary.orders, *_named(items, {at})}
    if before is None or any(term.what == "entity" for term in before.terms):
        return ""
    told = [(value.entity, value.field) for value in before.values if not value.title] + [
        (term.entity, term.key) for term in before.terms if term.what == "field"
    ]
    entities = vocabulary.model.entities
    sorts = {
        entity
        for entity, key in told
        if entity in kinds and key in entities[entity].fields and not any(label.endswith(STATES) for label in own_labels(entities[entity].fields[key]))
    }
    return next(iter(sorts)) if len(sorts) == 1 else ""


def _column_of(kinds: set[str], unit: str, tokens: tuple[Token, ...], vocabulary: Vocabulary, whole: bool = False) -> Term | None:
    """The one column of such pieces that records of these kinds have; where its header says more, so does the question, and where it has to (任务台数)."""
    question = "".join(token.text for token in tokens)
    found = [term for term, rest in _columns(unit, vocabulary) if term.entity in kinds and ((not rest and not whole) or (bool(rest) and rest in question))]
    return found[0] if len(found) == 1 else None


def _as_header(item: Item, vocabulary: Vocabulary) -> Item:
    """As 台数 of 成交的台数: the header of a column of pieces, and no word for how many records there are."""
    if "count" not in item.cues or len(item.text) != len("台数") or not item.text.endswith("数") or item.values:
        return item
    named = {(term.entity, term.key) for term in item.terms if term.what == "field"}
    own = any((term.entity, term.key) in named and not rest for term, rest in _columns(item.text[0], vocabulary))
    return replace(item, cues=tuple(cue for cue in item.cues if cue != "count")) if own else item


def _each_one(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> tuple[tuple[Item, ...], list[int]]:
    """As in 多少钱一双: one piece, in such a unit, which says no more than what one of them costs."""
    for at in unknown:
        if at and tokens[at - 1].text in EACH and tokens[at].kind == "han" and any(True for _ in _columns(tokens[at].text, vocabulary)):
            beside = [item for item in items if item.start <= at - 1 < item.end]
            if all(item.end - item.start == 1 for item in beside):
                one = Item(at - 1, at + 1, tokens[at - 1].text + tokens[at].text, cues=("filler",))
                items = tuple(sorted((*(item for item in items if item not in beside), one), key=lambda item: item.start))
                unknown = [place for place in unknown if place not in {at - 1, at}]
    return items, unknown


def _counter(tokens: tuple[Token, ...], item: Item, unknown: set[int]) -> tuple[str, int] | None:
    """The unit that is counted in, 多少条 or a unit that no other question knows (多少双), and where the counter ends."""
    if not {"count", "breakdown"} & set(item.cues) or item.terms or item.values:
        return None
    if item.text.endswith(HOW_MANY):
        behind = item.end in unknown and tokens[item.end].kind == "han"
        return (tokens[item.end].text, item.end + 1) if behind else None
    asked = _COUNTER.search(item.text)
    return (asked["unit"], item.end) if asked is not None else None


def without_goods(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> list[int]:
    """The unknown places without a bare noun for the goods behind a sort of them: 鼓包的胎, where the names of customers tell of 轮胎."""
    sorts = {item.end for item in items if item.values and not any(value.title for value in item.values)}
    silent = set[int]()
    for run in runs_of(unknown):
        word = "".join(tokens[at].text for at in run)
        before, behind = tokens[run[0] - 1].text if run[0] else "", run[-1] + 1
        alone = behind == len(tokens) or tokens[behind].kind != "han" or any(item.start == behind for item in items)
        of_sort = before == "的" and run[0] - 1 in sorts
        if of_sort and alone and all(tokens[at].kind == "han" for at in run) and len(run) <= LONGEST and _are_held(word, vocabulary):
            silent |= set(run)
    return [at for at in unknown if at not in silent]


def _are_held(word: str, vocabulary: Vocabulary) -> bool:
    """Whether many names of customers have the word: what the company trades in."""
    names = vocabulary.han_names.get(CUSTOMERS)
    return names is not None and sum(1 for _ in islice((name for name in names.names if word in name), MANY)) >= MANY


def _goods_behind(tokens: tuple[Token, ...], start: int, unknown: set[int], vocabulary: Vocabulary) -> int:
    """Where an unknown noun right behind the counter ends: one character, or a word that names of the store hold."""
    end = start
    while end < len(tokens) and end in unknown and tokens[end].kind == "han":
        end += 1
    word = "".join(token.text for token in tokens[start:end])
    if len(word) == 1 and word not in GRAMMATICAL:
        return end
    known = len(word) > 1 and any(True for names in vocabulary.han_names.values() for _ in names.holding(word))
    return end if known else start


def _is_selling(item: Item) -> bool:
    return "sells" in item.cues or is_ordering(item)


def _column(unit: str, question: str, items: tuple[Item, ...], vocabulary: Vocabulary) -> Term | None:
    """The column that counts such pieces: by what else of its header is said, by the own table named, that of the orders, of the deals."""
    found = list(_columns(unit, vocabulary))
    kinds = {term.entity for item in items for term in item.terms if term.what == "entity" and term.filled and term.entity.startswith("custom:")}
    said = [term for term, rest in found if rest and rest in question]
    named = [term for term, _ in found if term.entity in kinds]
    plain = [term for term, rest in found if not rest]
    for chosen in (said, named, *([term for term in plain if term.entity == kind] for kind in (vocabulary.orders, DEALS))):
        if chosen:
            return chosen[0] if len(chosen) == 1 else None
    return None


def _of_noun(noun: str, kinds: set[str], vocabulary: Vocabulary) -> Term | None:
    """As 核定床位 for 多少张床: the one column of numbers of these kinds whose header ends in what is counted."""
    entities = vocabulary.model.entities
    found = [
        Term("field", kind, spec.key, OF_COLUMN)
        for kind in kinds
        for spec in entities[kind].fields.values()
        if noun and spec.type in SUMMED and vocabulary.content(kind, spec.key).count
        if any(without_unit(label).endswith(tuple(noun + ending for ending in ENDINGS)) for label in own_labels(spec))
    ]
    return found[0] if len(found) == 1 else None


def _columns(unit: str, vocabulary: Vocabulary) -> Iterator[tuple[Term, str]]:
    """Columns of pieces with what their headers say besides."""
    for entity in vocabulary.model.entities.values():
        for spec in entity.fields.values() if vocabulary.rows(entity.key) else ():
            labels = [without_unit(label) for label in own_labels(spec) if has_han(label)] + [each for each in spec.words.zh if each == UNITS_OF_DEALS]
            label = next((label for label in labels if label.endswith((f"{unit}数", f"{unit}量"))), None)
            if label is not None and spec.type in SUMMED and vocabulary.content(entity.key, spec.key).count:
                yield Term("field", entity.key, spec.key, OF_COLUMN), label[:-2]
