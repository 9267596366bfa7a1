"""Words that only the question before explains: 宁波 for 宁波营业部 after 合肥营业部, 保费 for the premium of the policies asked about, "these records"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from agent.parsing.columns.concepts import concepts
from agent.parsing.language.text import Token, has_han, term_key
from agent.parsing.linking.items import Item, Linked, item_of
from agent.parsing.linking.owing import OWED, OWING, PAY
from agent.parsing.reading.happening import DOERS
from agent.parsing.reading.paths import Paths
from agent.parsing.store_words.own_headers import own_labels, without_unit
from agent.parsing.store_words.vocabulary import Term, Value
from agent.parsing.threads.filters import parts_of
from tools.crm.query import Compare, Filter, Query
from tools.crm.semantic import Field, FieldType

_MOST_NAMES = 3000
_MOST_TOKENS = 8
_LEAST_HAN = 2
_POINTING = {"这些", "那些", "这几", "那几", "these", "those"}
_RECORDS = {"单", "单子", "记录", "条目", "record", "entry", "row", "item", "one"}


def with_echoes(linked: Linked, query: Query, paths: Paths) -> Linked:
    """The follow-up with what its words mean after a query, where they mean nothing of that kind by themselves."""
    items = _with_owed(linked, _with_siblings(linked, _siblings(query, paths)), query, paths)
    made = tuple(_pointed_at(linked, item, query.entity, paths) or _of_the_records(item, query.entity, paths) for item in items)
    return replace(linked, items=made) if made != linked.items else linked


# -- values called like the one before ----------------------------------------------------------------------------------


def _siblings(query: Query, paths: Paths) -> dict[str, Value]:
    """Values beside the ones that the records were limited to, by what tells them apart: 宁波 of 宁波营业部 beside 合肥营业部."""
    found: dict[str, list[Value]] = defaultdict(list)
    for part in parts_of(query.where):
        home = _home(query, part, paths) if isinstance(part, Compare) and part.op == "eq" and len(part.values) == 1 else None
        if home is None or not isinstance(part, Compare):
            continue
        names = paths.vocabulary.content(*home).values
        if len(names) > _MOST_NAMES:
            continue
        field = paths.model.entities[home[0]].fields[home[1]]
        title = paths.model.entities[home[0]].title == field.key
        for name, count in names.items():
            stem = _apart(part.values[0], name)
            if stem:
                found[term_key(stem)].append(Value(*home, name, count, title, field.classification))
    return {stem: values[0] for stem, values in found.items() if len(values) == 1}


def _home(query: Query, part: Compare, paths: Paths) -> tuple[str, str] | None:
    """The column that holds the values of a condition."""
    if part.path == "status":
        return None
    field = paths.field(query.entity, part.path)
    if field.type is FieldType.REF:
        title = paths.model.entities[field.to].title if field.to in paths.model.entities else None
        return (str(field.to), title) if title else None
    return (field.entity, field.key) if field.type in {FieldType.TEXT, FieldType.STAGE} else None


def _apart(held: str, other: str) -> str:
    """What a name has beside the words that it shares with another; empty where they share none, or nothing is left."""
    if held == other:
        return ""
    if has_han(held):
        behind = next((size for size in range(min(len(held), len(other)) - 1, _LEAST_HAN - 1, -1) if held[-size:] == other[-size:]), 0)
        stem = other[:-behind] if behind else ""
        return stem if len(stem) >= _LEAST_HAN and len(held) - behind >= _LEAST_HAN else ""
    words, others = held.split(), other.split()
    if len(words) != len(others) or len(words) < _LEAST_HAN:
        return ""
    if words[1:] == others[1:]:
        return others[0]
    return others[-1] if words[:-1] == others[:-1] else ""


def _with_siblings(linked: Linked, siblings: dict[str, Value]) -> tuple[Item, ...]:
    items = linked.items
    if not siblings:
        return items
    for start in range(len(linked.tokens)):
        for end in range(min(start + _MOST_TOKENS, len(linked.tokens)), start, -1):
            value = siblings.get("".join(token.stem for token in linked.tokens[start:end]))
            touched = [item for item in items if item.start < end and start < item.end]
            if value is None or not all(_is_bare_name(item, start, end, value) for item in touched):
                continue
            made = item_of(linked.tokens, start, end, values=(value,), source="part")
            items = tuple(sorted((*(item for item in items if item not in touched), made), key=lambda item: item.start))
            break
    return items


def _is_bare_name(item: Item, start: int, end: int, value: Value) -> bool:
    """Whether an item lies within a span, and is nothing but a name that is not of the same sort anyway."""
    within = start <= item.start and item.end <= end
    same = any((each.entity, each.field) == (value.entity, value.field) for each in item.values)
    return within and not same and not item.terms and not item.cues and not item.means_more


# -- what is owed, said once more ---------------------------------------------------------------------------------------


def _with_owed(linked: Linked, items: tuple[Item, ...], query: Query, paths: Paths) -> tuple[Item, ...]:
    """As in 哪家欠得最多 after what was not paid: the word for owing, which nothing else stands for, says it again."""
    at = next((at for at, token in enumerate(linked.tokens) if token.text == OWED or token.norm in OWING), None)
    if at is None or not any(_is_unpaid(query, part, paths) for part in parts_of(query.where)):
        return items
    if any(item.start <= at < item.end and (item.values or any(term.filled for term in item.terms)) for item in items):
        return items
    kept = [item for item in items if not item.start <= at < item.end]
    return tuple(sorted((*kept, item_of(linked.tokens, at, at + 1, cues=("filler",))), key=lambda item: item.start))


def _is_unpaid(query: Query, part: Filter, paths: Paths) -> bool:
    """Whether a condition is that something was not paid."""
    if not isinstance(part, Compare):
        return False
    field = paths.field(query.entity, part.path)
    paying = field.key in {"paid_on", "balance"} or any(PAY in concepts(label, "event") for label in own_labels(field))
    open_still = part.op in {"is_null", "gt"} or (part.op == "eq" and field.type is FieldType.FLAG and part.values == ("false",))
    return paying and open_still


# -- what the records before have, and what they are called -------------------------------------------------------------


def _pointed_at(linked: Linked, item: Item, entity: str, paths: Paths) -> Item | None:
    """As in 这些单子, "these records": after such a word, the plainest names for records mean those of the question before."""
    before = linked.tokens[max(item.start - 3, 0) : item.start]
    pointed = any(_joined(before[at:]) in _POINTING for at in range(len(before)))
    plain = _joined(linked.tokens[item.start : item.end]) in _RECORDS
    if not pointed or not plain or item.values or item.means_more or (entity in DOERS or entity in {"account", "product"}):
        return None
    return replace(item, cues=(), terms=(Term("entity", entity, entity, 0),))


def _joined(tokens: tuple[Token, ...]) -> str:
    return "".join(token.stem for token in tokens)


def _of_the_records(item: Item, entity: str, paths: Paths) -> Item:
    """As in 保费 after a question about policies: the one column of theirs of which the word is the end, where it means only columns of others."""
    others = bool(item.terms) and all(term.what == "field" and term.entity != entity for term in item.terms)
    if not others or item.values or item.cues or item.means_more:
        return item
    fields = [field for field in paths.model.entities[entity].fields.values() if paths.vocabulary.filled(entity, field.key) and _ends_with(field, item)]
    return replace(item, terms=(*item.terms, Term("field", entity, fields[0].key, 1))) if len(fields) == 1 else item


def _ends_with(field: Field, item: Item) -> bool:
    said = item.text.casefold()
    labels = [without_unit(label).casefold() for label in own_labels(field)]
    return any(label.endswith(said if has_han(said) else f" {said}") and label != said for label in labels)
