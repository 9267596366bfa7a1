"""English words that say of what type a column is, behind the word for the column: the number of "mobile number", the flag of "risk flag", "rebates paid"."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import FieldType

NUMBERS = {FieldType.COUNT, FieldType.NUMBER, FieldType.RATE}
OF_TYPES: tuple[tuple[tuple[str, ...], set[FieldType]], ...] = (
    (("number", "no"), {FieldType.TEXT, FieldType.COUNT}),
    (("date", "day"), {FieldType.DATE, FieldType.DATETIME}),
    (("score", "rating", "point", "index"), NUMBERS),
    (("flag", "marker", "tag", "label", "level", "grade", "code"), {FieldType.TEXT, FieldType.FLAG}),
    (("amount", "sum", "figure", "spend", "spending", "cost", "expense", "outlay"), {FieldType.MONEY}),
    (("percentage",), {FieldType.RATE}),
    (("type", "kind", "category", "class"), {FieldType.TEXT}),
    (("field", "column"), set(FieldType)),
)
HEADS = {word: types for words, types in OF_TYPES for word in words}
SPENT = {"paid", "paid out", "paid on", "spent", "incurred"}


def with_heads(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> tuple[tuple[Item, ...], list[int]]:
    """The items with such words as a part of the column before them, and the unknown places without them."""
    left, joined = set(unknown), list[Item]()
    alone = {item.start: item for item in items if item.end == item.start + 1}
    for item in items:
        before = joined[-1] if joined else None
        if before is not None and before.end >= item.end:
            continue  # it is a part of what stands before it already
        if before is not None and before.end == item.start and item.text.casefold() in SPENT and not item.values and _is_own_money(before, vocabulary):
            joined[-1] = replace(before, end=item.end, text=f"{before.text} {item.text}")
            continue
        at = item.end
        token = tokens[at] if at < len(tokens) else None
        fitting = _fitting(item, HEADS[token.stem], vocabulary) if token is not None and token.stem in HEADS else ()
        if token is None or not fitting or not (at in left or _says_no_more(alone.get(at), fitting)) or _goes_on(tokens, at):
            joined.append(item)
            continue
        left.discard(at)
        joined.append(replace(item, end=at + 1, text=f"{item.text} {token.text}", terms=fitting))
    return tuple(joined), sorted(left)


def _fitting(item: Item, types: set[FieldType], vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The columns of such a type, where the word before stands for columns alone."""
    filled = [term for term in item.terms if term.filled]
    if not filled or item.cues or item.values or item.means_more or any(term.what not in {"field", "entity"} for term in filled):
        return ()
    fields = tuple(term for term in filled if term.what == "field" and _type(term, vocabulary) in types)
    return fields if not any(term.what == "entity" for term in filled) or any(term.rank < filled[0].rank + 1 for term in fields) else ()


def _says_no_more(item: Item | None, fitting: tuple[Term, ...]) -> bool:
    """Whether the word for the type is none by which the same records have another column."""
    if item is None or item.values or item.means_more or item.cues:
        return False
    entities = {term.entity for term in fitting}
    return not any(term.filled and term.entity in entities and term not in fitting and term.rank < 1 for term in item.terms)


def _goes_on(tokens: tuple[Token, ...], at: int) -> bool:
    """As in "products number of": the word begins another phrase."""
    return at + 1 < len(tokens) and tokens[at + 1].norm == "of"


def _is_own_money(item: Item, vocabulary: Vocabulary) -> bool:
    named = {(term.entity, term.key) for term in item.terms if term.filled}
    return len(named) == 1 and all(term.what == "field" and term.filled and _is_custom_money(term, vocabulary) for term in item.terms)


def _is_custom_money(term: Term, vocabulary: Vocabulary) -> bool:
    field = vocabulary.model.entities[term.entity].fields[term.key]
    return field.custom and field.type is FieldType.MONEY


def _type(term: Term, vocabulary: Vocabulary) -> FieldType:
    return vocabulary.model.entities[term.entity].fields[term.key].type
