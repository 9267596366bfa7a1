"""Finds the words that make a question lean on the one before: "and", "what about", 呢, "show them", "the second one"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from agent.parsing.language.text import Token, singular, term_key
from agent.parsing.linking.items import Item, Linked
from agent.parsing.linking.places_meant import is_place

_FILE = Path(__file__).parent / "phrases.yaml"
_FIRST = {"lead", "correct"}
_LAST = {"trail"}
_ORDINALS = {word: place for place, word in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1)}
_ORDINALS |= {f"{n}{'st' if n == 1 else 'nd' if n == 2 else 'rd' if n == 3 else 'th'}": n for n in range(1, 21)}
_HAN = {letter: place for place, letter in enumerate("一二三四五六七八九十", 1)}
_COUNTERS = frozenset("个位名家笔单条款项人")
_THIS = {"这", "那", "该", "此", "this", "that"}
_PEOPLE = {"member", "contact", "lead"}
_MOST_TOKENS = 9


@dataclass(frozen=True, slots=True)
class Mark:
    """A phrase of one kind at tokens ``start`` to ``end`` (excluded). ``place`` is the N of "the Nth"; -1 is the last.

    ``of`` are the kinds of record that may be meant, where the phrase says which: "that hospital".
    """

    kind: str
    start: int
    end: int
    place: int = 0
    of: frozenset[str] = frozenset()


def find_marks(linked: Linked) -> tuple[Mark, ...]:
    """Marks in order, none overlapping; a name or a period of the store that a phrase would cut through keeps its words."""
    tokens = linked.tokens
    found: list[Mark] = []
    at = 0
    while at < len(tokens):
        mark = _ordinal(tokens, at) or _this_one(linked, at) or _place_before(tokens, at) or _longest(tokens, at, found)
        if mark is None or any(_cuts(mark, item) for item in linked.items):
            at += 1
            continue
        found.append(mark)
        at = mark.end
    return tuple(found)


def _place_before(tokens: tuple[Token, ...], at: int) -> Mark | None:
    """As in "how many are open there?": the place that was named before."""
    end = is_place(tokens, at)
    return Mark("thing", at, end) if end else None


def _this_one(linked: Linked, at: int) -> Mark | None:
    """As in 这家医院, "that rep": one record of the kind that is named behind it."""
    tokens = linked.tokens
    if tokens[at].text not in _THIS:
        return None
    han = tokens[at].kind == "han"
    counted = han and at + 1 < len(tokens) and tokens[at + 1].text in _COUNTERS
    start = at + 1 + counted
    item = next((item for item in linked.items if item.start == start), None)
    if item is None or any(value.title for value in item.values) or item.means_more or not (counted or not han or tokens[at].text == "该"):
        return None
    if not han and singular(tokens[item.end - 1].norm) != tokens[item.end - 1].norm:
        return None  # "customers that deals are open with"
    kinds = frozenset(term.entity for term in item.terms if term.what == "entity")
    return Mark("person" if kinds and kinds <= _PEOPLE else "thing", at, item.end, of=kinds) if kinds else None


def _cuts(mark: Mark, item: Item) -> bool:
    """Whether a phrase would cut a name, a period or a longer word in two."""
    if not (item.start < mark.end and mark.start < item.end) or (mark.start <= item.start and item.end <= mark.end):
        return False
    named = item.period is not None or (bool(item.values) and not item.cues and item.source == "exact")
    return named or item.end - item.start > mark.end - mark.start


def _longest(tokens: tuple[Token, ...], at: int, before: list[Mark]) -> Mark | None:
    known = _phrases()
    key, best = "", None
    for end in range(at + 1, min(at + _MOST_TOKENS, len(tokens)) + 1):
        if tokens[end - 1].kind == "mark":
            break
        key += tokens[end - 1].stem
        kinds = [kind for kind in known.get(key, ()) if _may_stand(kind, tokens, at, end, before)]
        best = Mark(kinds[0], at, end) if kinds else best
    return best


def _ordinal(tokens: tuple[Token, ...], at: int) -> Mark | None:
    """As in "the second one", "the 3rd", 第二个, 最后一个."""
    token = tokens[at]
    if token.text == "倒" and "".join(each.text for each in tokens[at : at + 3]) == "倒数第" and at + 3 < len(tokens):
        found = _han_ordinal(tokens, at + 2)
        return Mark("place", at, found.end, -found.place) if found and found.place > 1 else None
    if token.kind == "han" and token.text == "第" and (at == 0 or tokens[at - 1].text != "数") and at + 1 < len(tokens):
        return _han_ordinal(tokens, at)
    if token.text == "最" and "".join(each.text for each in tokens[at : at + 3]) == "最后一" and at + 3 < len(tokens) and tokens[at + 3].text in _COUNTERS:
        return Mark("place", at, at + 4, -1)
    start = at + 1 if token.norm == "the" and at + 1 < len(tokens) else at
    word = tokens[start].norm
    joined = word + tokens[start + 1].norm if tokens[start].kind == "number" and start + 1 < len(tokens) else word
    end = start + (2 if joined != word and joined in _ORDINALS else 1)
    place = _ORDINALS.get(joined, 0) or (-1 if word == "last" else 0)
    one = end < len(tokens) and tokens[end].norm in {"one", "ones"}
    alone = end == len(tokens) or all(each.kind == "mark" for each in tokens[end:])
    if place and (one or (alone and place > 0)):
        return Mark("place", at, end + one, place)
    return None


def _han_ordinal(tokens: tuple[Token, ...], at: int) -> Mark | None:
    token = tokens[at + 1]
    place = int(token.norm) if token.kind == "number" and token.norm.isdigit() else _HAN.get(token.text, 0)
    end = at + 2
    if end < len(tokens) and tokens[end].text in _COUNTERS:
        return Mark("place", at, end + 1, place) if place else None
    alone = end == len(tokens) or tokens[end].kind == "mark" or tokens[end].text in {"呢", "是"}
    return Mark("place", at, end, place) if place and alone else None


def _is_first(tokens: tuple[Token, ...], at: int, before: list[Mark]) -> bool:
    """At the beginning, or right after another mark that stands there."""
    start = 0
    for mark in before:
        if all(token.kind == "mark" for token in tokens[start : mark.start]) and mark.kind in _FIRST:
            start = mark.end
        else:
            break
    return all(token.kind == "mark" for token in tokens[start:at])


def _may_stand(kind: str, tokens: tuple[Token, ...], at: int, end: int, before: list[Mark]) -> bool:
    """Whether a mark of this kind counts at this place."""
    if kind == "correct" and tokens[end - 1].text in {"不", "是"} and tokens[end - 2 if end - at > 1 else at].text == "不":
        return _is_first(tokens, at, before) and (end == len(tokens) or tokens[end].kind == "mark")  # else it denies what follows
    if kind in _FIRST:
        return _is_first(tokens, at, before)
    return kind not in _LAST or all(token.kind == "mark" for token in tokens[end:])


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """Kinds of mark by normalised phrase."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, list[str]] = {}
    for kind, phrases in yaml.load(_FILE.read_text("utf-8"), Loader=loader).items():  # noqa: S506 - both are safe loaders
        for phrase in (*phrases["en"], *phrases["zh"]):
            found.setdefault(term_key(str(phrase)), []).append(kind)
    return {key: tuple(dict.fromkeys(kinds)) for key, kinds in found.items()}
