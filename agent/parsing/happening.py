"""Words that count what happened rather than those to whom it did: 拜访客户多少次, "how many customer visits"."""

from __future__ import annotations

from agent.parsing.drafting import Reading
from agent.parsing.items import Item
from agent.parsing.signals import Signals

TIMES = ("次", "趟", "回")
DOERS = {"account", "member", "contact", "product", "lead"}


def counts_doers(reading: Reading) -> bool:
    """Whether people, companies or products are counted, where the question counts what happens with them."""
    if reading.entity not in DOERS or not any(_is_count(reading, place) for place in range(len(reading.measures))):
        return False
    return counts_times(reading.signals) or any(_is_beside_event(reading, index) for index in range(len(reading.signals.items) - 1))


def counts_times(signals: Signals) -> bool:
    """As in 多少次, 几趟: what happened is counted."""
    return any(signals.items[index].text.endswith(TIMES) for index in signals.at.get("count", ()))


def names_kind(item: Item, entity: str) -> bool:
    """Whether a word, or a code of the export for it, says of what kind the records of an entity are."""
    return any(term.what == "kind" and term.entity == entity for term in item.terms) or any(
        value.entity == entity and value.field == "kind" for value in item.values
    )


def _is_count(reading: Reading, place: int) -> bool:
    ref = reading.measures[place]
    return ref.fold == "count" or (ref.measure is not None and reading.paths.model.measures[ref.measure].op == "count")


def _is_beside_event(reading: Reading, index: int) -> bool:
    """As in "customer visits": the word for them, in the singular, only says with whom were the events that the next word names."""
    item, event = reading.item(index), reading.item(index + 1)
    last = reading.signals.tokens[item.end - 1]
    return item.end == event.start and last.kind == "latin" and last.norm == last.stem and _names(item, reading.entity) and _is_event(reading, event)


def _names(item: Item, entity: str) -> bool:
    return any(term.what == "entity" and term.entity == entity for term in item.terms)


def _is_event(reading: Reading, item: Item) -> bool:
    """Whether a word names records, or a kind of them, that refer to the reading's own."""
    named = {term.entity for term in item.terms if term.what in {"entity", "kind"} and term.filled} - {reading.entity}
    return any(reading.paths.link_to(entity, reading.entity) is not None for entity in named)
