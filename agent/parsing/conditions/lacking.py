"""What only related records have, and none of them has: "customers with no decision maker", 没有决策人的客户, 一个能拍板的人都没有."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare, Exists
from tools.crm.semantic import FieldType

ANYONE = {"的人", "人", "人员", "的人员", "people", "person", "anyone", "anybody", "someone", "one", "who", "that", "那边", "一个", "一位", "任何", "任何人"}
NEAR = 3


def lacked_category(reading: Reading, index: int) -> tuple[Exists, tuple[int, ...]] | None:
    """The condition that no record of the category is there, where the records themselves can't be of it; and the items that name its kind besides."""
    for entity, condition in _categories(reading, index):
        if entity.startswith("custom:"):
            continue
        beside = [near for near in (index + 1, index - 1) if 0 <= near < len(reading.signals.items) and _names(reading, near, entity)]
        link = reading.paths.link_to(entity, reading.entity)
        if link is not None:
            return Exists(entity=entity, via=link.key, where=condition, absent=True), tuple(beside[:1])
        found = related_through(reading, entity)
        if found is not None:
            of, via, named = found
            return Exists(entity=entity, via=via, where=condition, absent=True, of=of), (*beside[:1], *named)
    return None


def related_through(reading: Reading, entity: str) -> tuple[str, str, tuple[int, ...]] | None:
    """As in 客户那边没有联系人的单子: a kind of record that belongs to what the records refer to, where the question names that; with where it does."""
    fields = reading.paths.model.entities[reading.entity].fields.values()
    for field in fields:
        link = reading.paths.link_to(entity, field.to) if field.to and reading.paths.vocabulary.content(reading.entity, field.key).count else None
        named = tuple(at for at in range(len(reading.signals.items)) if field.to is not None and _names(reading, at, field.to))
        if link is not None and named and not field.custom:
            return field.key, link.key, named
    return None


def lacked_by_other(reading: Reading, index: int, place: int) -> tuple[Exists, tuple[int, ...]] | None:
    """As in "deals whose customer has no contact", 客户没有联系人的单子: right before the denial stands what it is said of."""
    if place < 1 or not any(_names(reading, place - 1, holder) for holder in _holders(reading)):
        return None
    for term in reading.item(index).terms:
        found = related_through(reading, term.entity) if term.what == "entity" and term.entity != reading.entity else None
        if found is not None and reading.paths.vocabulary.rows(term.entity) and place - 1 in found[2]:
            parts = [(near, key) for near in (index + 1, index + 2) if near < len(reading.signals.items) and (key := flag_of(reading, near, term.entity))]
            where = Compare(path=parts[0][1], values=("true",)) if parts else None
            return Exists(entity=term.entity, via=found[1], where=where, absent=True, of=found[0]), (*found[2], *(near for near, _ in parts[:1]))
    return None


def _holders(reading: Reading) -> list[str]:
    """The kinds of record that the records refer to, people aside."""
    fields = reading.paths.model.entities[reading.entity].fields.values()
    return [field.to for field in fields if field.to and field.to not in {"member", reading.entity} and not field.custom]


def means_anyone(item: Item) -> bool:
    """Whether an item only says that it is about people or records of any kind, as in 一个能拍板的人都没有."""
    return item.text.casefold() in ANYONE


def flag_of(reading: Reading, index: int, entity: str) -> str | None:
    """The yes-or-no column of a kind of record that an item names."""
    fields = reading.paths.model.entities[entity].fields
    terms = (term for term in reading.item(index).terms if term.what == "field" and term.entity == entity and term.filled)
    return next((term.key for term in terms if fields[term.key].type is FieldType.FLAG), None)


def _categories(reading: Reading, index: int) -> Iterator[tuple[str, Compare]]:
    """Kinds of record with what an item says of them: a category of theirs, or a yes-or-no column."""
    item, behind = reading.item(index), kinds_behind(reading, index)
    own = any(value.entity == reading.entity for value in item.values) and not behind  # customers except those in 上海: not of that city themselves
    for value in () if own else item.values:
        if value.entity not in (behind or {value.entity}):
            continue
        of_other = index > 1 and any(_names(reading, near, holder) for near in (index - 2, index - 3) if near >= 0 for holder in _holders(reading))
        if value.entity == reading.entity or value.title or (reading.paths.to_value(reading.entity, value) and not of_other):
            continue
        texts = tuple(dict.fromkeys(each.text for each in item.values if (each.entity, each.field) == (value.entity, value.field)))
        yield value.entity, Compare(path=value.field, values=texts)
    for entity in dict.fromkeys(term.entity for term in item.terms if term.what == "field" and term.entity != reading.entity):
        key = flag_of(reading, index, entity)
        if key is not None and not any(term.entity == reading.entity for term in item.terms):
            yield entity, Compare(path=key, values=("true",))


def kinds_behind(reading: Reading, index: int) -> set[str]:
    """As in "no open claims", 没有未结的工单: the kinds of record right behind a state, which is one of theirs and of no other's."""
    item, behind = reading.item(index), next(iter(reading.signals.items[index + 1 : index + 2]), None)
    if behind is None or any(token.text != "的" for token in reading.signals.tokens[item.end : behind.start]):
        return set()
    return {term.entity for term in behind.terms if term.what == "entity" and reading.paths.vocabulary.rows(term.entity)}


def _names(reading: Reading, index: int, entity: str) -> bool:
    return any(term.what == "entity" and term.entity == entity for term in reading.item(index).terms)
