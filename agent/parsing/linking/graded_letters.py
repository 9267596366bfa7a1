"""Single letters that a word for sorts follows, "A-class customers", A、B、C三类: the values that are called by them, "A" or A类."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Value, Vocabulary
from tools.crm.semantic import FieldType

HAN_GRADES = ("级", "类", "档", "等")
GRADES = {"class", "grade", "tier", "level", "category", "rated", *HAN_GRADES}
BETWEEN = {"-", "‑", "、", "/", ",", "，", "和", "与", "及", "and", "or", "或", "两", "二", "三", "四", "五", "2", "3", "4", "5"}
MOST_BETWEEN = 8


def with_graded_letters(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> tuple[tuple[Item, ...], list[int]]:
    """The items with such letters as values, the word for sorts left to say no more, and the places that stay unknown."""
    taken = {at for item in items for at in range(item.start, item.end) if item.values}
    letters = [at for at, token in enumerate(tokens) if _is_letter(token) and at not in taken]
    ends = {at: end for at in letters if (end := _grade_behind(tokens, at)) is not None}
    named = {term.entity for item in items for term in item.terms if term.what == "entity" and term.filled}
    found = {at: values for at in ends if (values := _chosen(tuple(_values(tokens[at].text, vocabulary)), named))}
    if not found or len(found) < len(ends):
        return items, unknown
    covered = {*found, *ends.values()}
    kept = [item for item in items if covered.isdisjoint(range(item.start, item.end))]
    kept += [Item(at, at + 1, tokens[at].text, values=values) for at, values in found.items()]
    return tuple(sorted(kept, key=lambda item: item.start)), [at for at in unknown if at not in covered]


def _is_letter(token: Token) -> bool:
    return len(token.text) == 1 and token.text.isascii() and token.text.isupper()


def _grade_behind(tokens: tuple[Token, ...], at: int) -> int | None:
    """The place of the word for sorts, with nothing before it but other letters, how many they are, and what joins them."""
    for place in range(at + 1, min(at + MOST_BETWEEN, len(tokens))):
        if tokens[place].norm in GRADES:
            joined = tokens[place].text in HAN_GRADES or tokens[at + 1].text in BETWEEN
            return place if joined else None
        if not (tokens[place].norm in BETWEEN or tokens[place].text in BETWEEN or _is_letter(tokens[place])):
            return None
    return None


def _values(letter: str, vocabulary: Vocabulary) -> Iterator[Value]:
    called = {letter, *(letter + grade for grade in HAN_GRADES)} | {f"{word} {letter}" for word in ("Class", "Grade", "Tier", "Level")}
    for entity in vocabulary.model.entities.values():
        for field in entity.fields.values():
            held = vocabulary.content(entity.key, field.key).values if field.type in {FieldType.TEXT, FieldType.STAGE} else {}
            yield from (Value(entity.key, field.key, text, held[text], False, field.classification) for text in sorted(called & set(held)))


def _chosen(values: tuple[Value, ...], named: set[str]) -> tuple[Value, ...]:
    """Those of the records that the question names, where some are."""
    return tuple(value for value in values if value.entity in named) or values
