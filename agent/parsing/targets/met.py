"""How many different people or companies something happened with: 拜访了多少家客户, "how many customers did we visit"."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.happening import DOERS, TIMES, counts_by_firm, is_object_of_verb, names_kind
from agent.parsing.targets.extremes import measured_by
from tools.crm.query import MeasureRef

FIRM, ENDED = "account", {"won", "lost"}
OTHERWISE = ("without", "not", "gt", "ge", "lt", "le", "between", "share", "group", "breakdown", "average", "median", "distinct", "most", "least")


def met(reading: Reading) -> Iterator[Reading]:
    """The records of what happened, of which the different ones that they are with count: those of the period, where one is said."""
    entity = reading.paths.model.entities[reading.entity]
    dated = any(item.period is not None for item in reading.signals.items)
    happens = reading.entity == "interaction" or (dated and (reading.entity == "ticket" or entity.custom_table is not None))
    if not happens or entity.time is None or reading.signals.has(*OTHERWISE):
        return
    for index in _asked(reading):
        told = [at for at in range(len(reading.signals.items)) if at != index and _names(reading, at)]
        item = reading.item(index)
        links = [reading.paths.link_to(reading.entity, term.entity) for term in item.terms if term.what == "entity" and term.entity in DOERS]
        link = next((each for each in links if each is not None), None)
        whole = [at for at in told if not names_kind(reading.item(at), reading.entity)][:1]  # a kind is a condition still to be read
        if told and link is not None:
            counted = MeasureRef(fold="count_distinct", path=link.key)
            yield measured_by(reading, index, *whole, *reading.signals.at["count"], measures=(counted,), fit=0.9)


def firms(reading: Reading) -> Iterator[Reading]:
    """As in 去年成交了几家, 今年报修的有几家: the different customers of what happened, where nothing but the counter names them."""
    signals = reading.signals
    link = next((each for each in reading.paths.to_entity(reading.entity, FIRM) if "." not in each), None) if reading.entity != FIRM else None
    if link is None or not counts_by_firm(reading) or signals.has(*OTHERWISE) or not any(_happened(reading, item) for item in signals.items):
        return
    named = any(term.what in {"entity", "measure"} and term.entity == FIRM for item in signals.items for term in item.terms)
    if named or any(item.is_sort_of(FIRM) for item in signals.items):
        return
    told = [at for at in range(len(signals.items)) if not signals.items[at].values and _names(reading, at)][:1]
    yield measured_by(reading, *told, *signals.at.get("count", ()), measures=(MeasureRef(fold="count_distinct", path=link),), fit=0.9)


def _happened(reading: Reading, item: Item) -> bool:
    deals = reading.entity == "opportunity" and bool(ENDED & {*item.cues})
    named = any(term.entity == reading.entity and term.filled for term in item.terms) or any(value.entity == reading.entity for value in item.values)
    return deals or (named and not item.period)


def _asked(reading: Reading) -> Iterator[int]:
    """The nouns that "how many" stands right before, or right behind."""
    items = reading.signals.items
    for cue in reading.signals.at.get("count", ()):
        if items[cue].text.endswith(TIMES):
            continue
        for index in (cue + 1, cue - 1):
            if 0 <= index < len(items) and not items[index].values and not is_object_of_verb(reading, index) and not _is_new(reading, index):
                yield index


def _is_new(reading: Reading, index: int) -> bool:
    """As in 今年新增的客户有多少有工单, "customers added this year": the period is when they themselves came."""
    beside = reading.signals.items[max(index - 2, 0) : index + 2]
    return any({"opened", "founded"} & set(item.cues) for item in beside)


def _names(reading: Reading, index: int) -> bool:
    item = reading.item(index)
    return names_kind(item, reading.entity) or any(term.what == "entity" and term.entity == reading.entity for term in item.terms)
