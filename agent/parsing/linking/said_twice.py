"""Words that only say what the words beside them say as well: "rated" before a grade, "since" before a day, 老 where a bound says how often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item, runs_of
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Vocabulary

ASSIGNED = {
    *("rated", "graded", "classed", "classified", "categorised", "categorized", "tagged", "labelled", "labeled", "marked", "flagged", "designated"),
    *("deemed", "judged", "assessed", "termed", "ranked"),
    *("评为", "定为", "列为", "归为", "判为", "标为", "评定为", "认定为", "归类为", "标记为", "定级为", "定性为"),
    *("判", "判定", "认定", "判定为", "算作", "归类", "定性"),
}
ADDING = {"加", "plus"}
MINUS, LONGEST_MINUS = {"减", "减去", "减掉", "minus", "minusthe", "less", "lessthe", "-", "−", "–"}, 2
LINKS = {"as", "a", "an", "为", "成"}
AGAIN = {"repeat", "repeating", "returning", "recurring", "老", "回头"}
DEALS, OUTCOMES = {"opportunity", "contract", "invoice", "payment"}, {"won", "signed", "sold"}
AT_LEAST = {"ge": Decimal(2), "gt": Decimal(1)}
MOST, NEAR = 20, 3
HALF = 2  # characters of a Chinese word


def without_repeating(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> tuple[tuple[Item, ...], list[int]]:
    """The items with such words as fillers, and the unknown places without them."""
    silent = {
        *_assigned(tokens, items),
        *_since(tokens, items, vocabulary),
        *_again(tokens, items),
        *_named_by_value(tokens, items, unknown, vocabulary),
        *_added(tokens, items, unknown),
        *_subtracted(tokens, items, vocabulary),
    }
    kept = tuple(replace(item, cues=("filler",), terms=(), values=()) if {*range(item.start, item.end)} <= silent else item for item in items)
    return kept, [at for at in unknown if at not in silent]


def _assigned(tokens: tuple[Token, ...], items: tuple[Item, ...]) -> Iterator[int]:
    """As in "complaints graded severe", 评为A级的客户: that a category was given to records is said by the category."""
    for item in items:
        if not item.values or any(value.title for value in item.values):
            continue
        first = item.start
        while first > 0 and tokens[first - 1].norm in LINKS:
            first -= 1
        for size in (1, 2, 3, 4):
            if first >= size and "".join(token.text for token in tokens[first - size : first]).casefold() in ASSIGNED:
                yield from range(first - size, item.start)


def _named_by_value(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> Iterator[int]:
    """As in 专项债资金 of a header 资金来源: right behind a value a word of the header that it stands under."""
    for item in items:
        run = next((run for run in runs_of(unknown) if run[0] == item.end), None) if item.values and not item.cues else None
        said = "".join(tokens[at].text for at in run) if run is not None else ""
        if run is None or len(said) < HALF or any(tokens[at].kind != "han" for at in run):
            continue
        fields = (vocabulary.model.entities[value.entity].fields[value.field] for value in item.values if not value.title)
        if any(label.startswith(said) or label.endswith(said) for field in fields for label in own_labels(field)):
            yield from run


def _added(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int]) -> Iterator[int]:
    """As in 华北加华东的赢单金额: what stands between two values of one field joins them."""
    for at in unknown:
        if tokens[at].text not in ADDING:
            continue
        before = next((item.values for item in items if item.end == at), ())
        behind = next((item.values for item in items if item.start == at + 1), ())
        if {(value.entity, value.field) for value in before} & {(value.entity, value.field) for value in behind}:
            yield at


def _subtracted(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> Iterator[int]:
    """As in 到账日期减到期日, "paid on minus due on": what stands between two days of records asks for the days between them."""
    days = [item for item in items if not item.values and any(term.what == "field" and _is_day(term.entity, term.key, vocabulary) for term in item.terms)]
    for first, second in pairwise(days):
        if subtracts(tokens[first.end : second.start]):
            yield from range(first.end, second.start)


def subtracts(between: tuple[Token, ...]) -> bool:
    """Whether the words between two days take the second from the first."""
    return 0 < len(between) <= LONGEST_MINUS and "".join(token.norm for token in between).strip() in MINUS


def _since(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> Iterator[int]:
    """As in "open the longest since the registration date": the column, and no day, from which time is counted."""
    for item in items:
        first = item.start - 1
        while first > 0 and tokens[first].norm == "the":
            first -= 1
        if first >= 0 and tokens[first].norm == "since" and not item.period and any(_is_day(term.entity, term.key, vocabulary) for term in item.terms):
            yield from range(first, item.start)


def _is_day(entity: str, key: str, vocabulary: Vocabulary) -> bool:
    field = vocabulary.model.entities[entity].fields.get(key)
    return field is not None and field.type.is_time


def _again(tokens: tuple[Token, ...], items: tuple[Item, ...]) -> Iterator[int]:
    """As in "repeat clients (two or more won projects)": how often they came back is what the bound says, where it counts their deals."""
    if not any(_bounds_deals(items, at) for at in range(len(items))):
        return
    for item in items:
        first = item.start - 1
        if first >= 0 and tokens[first].norm in AGAIN and any(term.what == "entity" and term.entity == "account" for term in item.terms):
            yield first


def _bounds_deals(items: tuple[Item, ...], at: int) -> bool:
    number = items[at].number
    if number is None or number.money or number.percent or items[at].period or items[at].length or number.value > MOST:
        return False
    beside = items[max(at - 1, 0) : at] + items[at + 1 : at + 2]
    if not any(number.value >= least for item in beside for cue, least in AT_LEAST.items() if cue in item.cues):
        return False
    near = items[max(at - NEAR, 0) : at] + items[at + 1 : at + 1 + NEAR]
    return any(OUTCOMES & set(item.cues) or any(term.what in {"entity", "measure"} and term.entity in DEALS for term in item.terms) for item in near)
