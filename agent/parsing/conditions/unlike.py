"""Two references of a record that lead to the same or to another record: "the deal owner is not the account owner", 负责人和客户负责人不一致的."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Unlike
from tools.crm.semantic import FieldType

WIDEST = 5


def add_unlike(reading: Reading) -> Reading:
    """The condition that two people (or other records) that the question names by their part are not one and the same."""
    said = [at for kind in ("unlike", "not", "alike") for at in reading.signals.at.get(kind, ()) if at not in reading.used]
    if not said:
        return reading
    named = {at: found for at in reading.open_items() if (found := tuple(_references(reading, at)))}
    for one, other in combinations(sorted(named), 2):
        if other - one > WIDEST:
            continue
        told = [at for at in said if one < at < other or (at == other + 1 and {"unlike", "alike"} & set(reading.item(at).cues))]
        pair = _pair(reading, named[one], named[other], one, other) if told else None
        if pair is None:
            continue
        same = "alike" in reading.item(told[0]).cues
        around = [at for at in range(max(one - 1, 0), other + 1) if at not in {one, other} and _leads_to(reading, at, pair)]
        if any(at in reading.used and _is_group(reading, at) for at in around):
            return reading  # "the customer's owner": the customer is no group beside it
        part = Unlike(path=pair[0], other=pair[1], same=same)
        return reading.using(one, other, *told, *around, filters=(*reading.filters, part), fit=reading.fit + 0.4)
    return reading


def _references(reading: Reading, index: int) -> Iterator[str]:
    """Paths to references that an item names: of the record itself, or of a record that it refers to."""
    model, entity = reading.paths.model, reading.entity
    if "sold" in reading.item(index).cues and reading.item(index).text.startswith("谁"):
        yield from _looking_after(reading)  # 客户的谁负责那个人
    for term in reading.item(index).terms:
        if term.what != "field" or not term.filled or model.entities[term.entity].fields[term.key].type is not FieldType.REF:
            continue
        if term.entity == entity:
            yield term.key
        for field in model.entities[entity].fields.values():
            if field.to == term.entity and field.to != entity and not field.custom and reading.paths.vocabulary.content(entity, field.key).count:
                yield f"{field.key}.{term.key}"


def _looking_after(reading: Reading) -> Iterator[str]:
    """The people who look after the records, and after those that they refer to."""
    for field in reading.paths.model.entities[reading.entity].fields.values():
        if field.to is None or field.custom or not reading.paths.vocabulary.content(reading.entity, field.key).count:
            continue
        held = reading.paths.model.entities[field.to].fields.values()
        if field.to == "member":
            yield field.key
        yield from (f"{field.key}.{each.key}" for each in held if each.to == "member" and not each.custom and field.to != "member")


def _pair(reading: Reading, first: tuple[str, ...], second: tuple[str, ...], one: int, other: int) -> tuple[str, str] | None:
    """The two references that are meant: of one kind, and two different ones; that of a record named right before is that record's."""
    fields = {path: reading.paths.field(reading.entity, path) for path in (*first, *second)}
    options = [(a, b) for a in first for b in second if a != b and fields[a].to == fields[b].to]
    fitting = [each for each in options if _is_said(reading, each[0], one) and _is_said(reading, each[1], other)]
    return next(iter(fitting), None)


def _is_said(reading: Reading, path: str, index: int) -> bool:
    """Whether a path over another record is asked for: by a word that is called by that record's column alone, or by the record's name before it."""
    if "." not in path:
        before = reading.item(index - 1) if index else None
        owners = {field.to for field in reading.paths.model.entities[reading.entity].fields.values() if field.to}
        return before is None or not any(term.what == "entity" and term.entity in owners and term.entity != "member" for term in before.terms)
    holder = reading.paths.field(reading.entity, path).entity
    terms = [term for term in reading.item(index).terms if term.what == "field" and term.filled]
    best = min(terms, key=lambda term: term.rank, default=None)
    before = reading.item(index - 1) if index else None
    return (best is not None and best.entity == holder) or (
        before is not None and any(term.what == "entity" and term.entity == holder for term in before.terms)
    )


def _is_group(reading: Reading, index: int) -> bool:
    keys = {term.key for term in reading.item(index).terms if term.what == "field" and term.entity == reading.entity}
    kinds = {term.entity for term in reading.item(index).terms if term.what == "entity"}
    fields = [(each.path, reading.paths.field(reading.entity, each.path)) for each in reading.dimensions]
    return any(path.split(".")[0] in keys or (field.to or field.entity) in kinds for path, field in fields)


def _leads_to(reading: Reading, index: int, pair: tuple[str, str]) -> bool:
    """Whether an item names the record over which one of the two is reached, or the records themselves once more."""
    holders = {reading.paths.field(reading.entity, path).entity for path in pair if "." in path} | {reading.entity}
    item = reading.item(index)
    return not item.values and any(term.what == "entity" and term.entity in holders for term in item.terms)
