"""What words that could name groups are instead: all the records, those who bear the values that are named, one of two sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.language.text import term_key
from agent.parsing.reading.drafting import Reading
from tools.crm.query import Dimension

REPEATED = 5
_SORTS = {*"类级层档种的等两三四五六"}


def goes_over_all(reading: Reading, cue: int) -> bool:
    """As in "average fee across all subscriptions", "hours per project" of projects: the records themselves are no groups of a mean."""
    following = reading.signals.items[cue + 1 : cue + 2]
    itself = bool(following) and any(term.what == "entity" and term.entity == reading.entity for term in following[0].terms)
    counted = [ref for ref in reading.measures if (reading.paths.model.measures[ref.measure].op if ref.measure else ref.fold) in {"count", "sum"}]
    return itself and not counted and not reading.signals.superlative


def asks_which_of_two(reading: Reading) -> bool:
    """As in A和B负责的客户，续费率哪个高: which of those that are named, and of nothing else."""
    signals = reading.signals
    bare = [at for at in signals.superlative if at and "which" in signals.items[at - 1].cues and signals.items[at - 1].end == signals.items[at].start]
    fused = [at for at in signals.superlative if signals.items[at].text.startswith(("谁", "哪"))]  # 货款谁多
    return bool(bare or fused) and names_several(reading)


def names_several(reading: Reading) -> bool:
    """Whether several values of one field are named."""
    fields = [(value.entity, value.field) for item in reading.signals.items for value in item.values[:1]]
    return len(set(fields)) < len(fields)


def is_told_which(reading: Reading, index: int) -> bool:
    """As in "what share came from level A customers": the records of a value, right behind it, are no groups of their own."""
    named = [item for item in reading.signals.items[:index] if item.values or not (item.is_only_cue or item.number)]  # A和B两类客户
    before = named[-1] if named else None
    kinds = {term.entity for term in reading.item(index).terms if term.what == "entity"}
    if before is None or any(token.text not in _SORTS for token in reading.signals.tokens[before.end : reading.item(index).start]):
        return False
    return any(value.entity in kinds and not value.title for value in before.values)


def names_records(reading: Reading, index: int) -> bool:
    """As in 按运输方式, "by shipment mode": the records, of which the group behind is one of their own."""
    following = reading.item(index + 1) if index + 1 < len(reading.signals.items) else None
    own = any(term.what == "entity" and term.entity == reading.entity for term in reading.item(index).terms)
    return own and following is not None and following.start == reading.item(index).end


def repeats_titles(reading: Reading, index: int, path: str) -> bool:
    """As in "the most frequent topic of our visits": the field that titles the records, said by its own name, where a few texts stand for all of them."""
    named = any(term.what == "field" and (term.entity, term.key) == (reading.entity, path) for term in reading.item(index).terms)
    own = any(term.what == "entity" and term.entity == reading.entity for term in reading.item(index).terms)
    content = reading.paths.vocabulary.content(reading.entity, path)
    return named and not own and 1 < len(content.values) * REPEATED <= content.count


def each_of_those(reading: Reading) -> Reading | None:
    """As in "contacts at each strategic account", 每个战略客户有几个联系人: by the records that a value names, which are under that condition as well."""
    for cue, way in those_named(reading) if not reading.signals.has("average", "median") else ():
        made = reading.using(cue, dimensions=(*reading.dimensions, Dimension(path=way)), fit=reading.fit + 0.6)
        return replace(made, focus="breakdown")
    return None


def those_named(reading: Reading) -> Iterator[tuple[int, str]]:
    """The word for each before a value that says what the records are, as strategic accounts, and the way to these."""
    for cue in reading.signals.at.get("group", ()):
        item = reading.item(cue + 1) if cue + 1 < len(reading.signals.items) else None
        if item is None or item.terms or item.start != reading.item(cue).end:
            continue
        for kind in dict.fromkeys(value.entity for value in item.values if not value.title and value.entity != reading.entity):
            words, said = reading.paths.model.entities[kind].words, term_key(item.text)
            ways = [way for way in reading.paths.to_entity(reading.entity, kind) if way]
            if ways and any(said != key and said.endswith(key) for key in map(term_key, (*words.en, *words.zh))):
                yield cue, ways[0]


def names_owner_of_next(reading: Reading, index: int) -> bool:
    """As in "by the client's sector", "by client city": whose the column behind is, which is what records are grouped by."""
    items = reading.signals.items
    behind = items[index + 1] if index + 1 < len(items) else None
    between = [token.norm for token in reading.signals.tokens[items[index].end : behind.start]] if behind is not None else []
    kinds = {term.entity for term in items[index].terms if term.what == "entity"}
    possessive = set(between) <= {"'", "’", "s", "'s", "’s", "的"}
    return (
        behind is not None
        and possessive
        and not items[index].values
        and any(term.what == "field" and term.entity in kinds and term.filled for term in behind.terms)
    )
