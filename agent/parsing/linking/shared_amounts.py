"""Which of several amounts is meant whose headers end alike: that of the records named, of what is said of it, or of what the others belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.columns.concepts import concepts
from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Item
from agent.parsing.store_words.label_parts import events_of
from agent.parsing.store_words.own_headers import own_labels, without_unit
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import FieldType

OF_HEAD = 4  # the rank of a word that is only part of a header
LEAST_SAID = 2
OWED = {"owed", "unpaid"}
WAITING, DUE = ("待", "未", "没"), "应"
_PLANNED = re.compile(r"^(?:预计|预期|预估|计划|目标|拟)")


def with_meant_amounts(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items, each such word with the amounts that it can mean beside the others: 保费 of 保单 is their 签单保费."""
    return tuple(replace(item, terms=_meant(item, items, vocabulary)) if _is_shared(item, vocabulary) else item for item in items)


def _is_shared(item: Item, vocabulary: Vocabulary) -> bool:
    filled = [term for term in item.terms if term.filled]
    plain = not (item.values or item.cues or item.means_more)
    return plain and len(filled) > 1 and all(term.rank == OF_HEAD and vocabulary.is_money(term) for term in filled)


def _meant(item: Item, items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Term, ...]:
    others = [other for other in items if other is not item]
    said = {word for other in others for word in _said(other, vocabulary)}
    paid = any("pay" in concepts(other.text.casefold(), "event") for other in others)
    named = {term.entity for other in others for term in other.terms if term.what == "entity" and term.filled}
    filled = tuple(term for term in item.terms if term.filled)
    told = tuple(term for term in filled if any(word in label for word in said for label in _labels(term, vocabulary)))
    if paid and not told:  # "premium that came in", 保费收回多少
        told = tuple(term for term in filled if any("pay" in concepts(label, "amount") for label in _labels(term, vocabulary)))
    owners = {term.entity for term in filled}
    waiting = ({value.entity for other in others for value in other.values if not value.title and value.text.startswith(WAITING)} | _owed(others)) & owners
    states = {value.entity for other in others for value in other.values if not value.title}
    named = waiting or (named & owners) or (states & owners)  # 逾期待缴的保费: what such a state is of
    told = () if waiting else told
    own = tuple(term for term in told or filled if term.entity in named)
    if waiting:  # of what is not paid yet, what is due
        own = tuple(term for term in own if any(label.startswith(DUE) for label in _labels(term, vocabulary))) or own
    left = own or told or filled
    firm = tuple(term for term in left if not any(_PLANNED.search(label) for label in _labels(term, vocabulary))) or left
    whole = tuple(term for term in firm if any(_refers(other.entity, term.entity, vocabulary) for other in filled))
    return whole or firm


def _owed(others: list[Item]) -> set[str]:
    """As in 欠多少保费, 没付的保费: the records of which something is still to come in."""
    late = (other for other in others if "unpaid" in other.cues or any(pair.what in OWED for pair in other.pairs))
    return {pair.entity for other in late for pair in other.pairs}


def _said(other: Item, vocabulary: Vocabulary) -> Iterator[str]:
    """Words beside the amount that its header may have too: 到账 and what "received" means, the 到账日期."""
    if has_han(other.text):
        yield from (other.text,) if len(other.text) >= LEAST_SAID else ()
    for term in other.terms:
        if term.what == "field" and term.filled:
            yield from (event for label in _labels(term, vocabulary) for event in events_of(label))


def _labels(term: Term, vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(map(without_unit, own_labels(vocabulary.model.entities[term.entity].fields[term.key])))


def _refers(entity: str, to: str, vocabulary: Vocabulary) -> bool:
    fields = vocabulary.model.entities[entity].fields.values()
    return entity != to and any(spec.type is FieldType.REF and spec.to == to and vocabulary.content(entity, spec.key).count for spec in fields)
