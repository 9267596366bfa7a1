"""Two figures asked for side by side: "won deals and won value per product", 单数和金额."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.counted_sums import HALVES, limits_more
from agent.parsing.targets.extremes import measured_by
from agent.parsing.targets.mentions import mentions_entity
from tools.crm.query import MeasureRef
from tools.crm.semantic import FieldType, Measure

COMMAS = {",", "，", "the", "total", "its", "their"}
BETWEEN = {"and", "&", "plus", "、", "和", "与", "及", "以及", ",", "，", "+", "as", "well", "also", "还", "有", "its", "their", "the", "total"}


def joined(reading: Reading, one: int, other: int) -> bool:
    """Whether nothing but a word for "and" stands between two items."""
    first, second = sorted((one, other))
    between = reading.signals.tokens[reading.item(first).end : reading.item(second).start]
    words = {token.norm for token in between}
    cues = {*reading.item(first).cues, *reading.item(second).cues}
    return bool(words) and words <= BETWEEN and (bool(words - COMMAS) or "count" in cues)


def counted_and_added(reading: Reading) -> Iterator[Reading]:
    """A count of records and their money, where both words stand side by side: the money is that of the records counted."""
    if reading.signals.has("average", "median", "gt", "ge", "lt", "le", "between"):
        return
    items = range(len(reading.signals.items))
    if reading.entity.startswith("custom:"):
        yield from _own_counted_and_added(reading)
        return
    money = [index for index in items if _is_money(reading, index)]
    for index, measure in _counts(reading):
        added = _sum_of(reading, measure, money)
        cues = [cue for cue in reading.signals.at.get("count", ()) if not reading.item(cue).terms]
        for other in money if added is not None else ():
            by = next((place for place in (index, *cues) if place != other and joined(reading, place, other)), None)
            if by is not None and added is not None:
                refs = [MeasureRef(measure=measure.key), MeasureRef(measure=added.key)]
                used = {index, other, by, *(cues if by in cues else ())}
                found = measured_by(reading, *used, measures=tuple(refs if by < other else reversed(refs)), fit=1.0)
                yield found if limits_more(reading, max(by, other), min(by, other)) else replace(found, notes=found.notes | {HALVES: ""})


def _own_counted_and_added(reading: Reading) -> Iterator[Reading]:
    """As in "active subscriptions and annual fees per manager": the records of an own table, and a column of theirs added up."""
    items, fields = range(len(reading.signals.items)), reading.paths.model.entities[reading.entity].fields
    counting = [i for i in reading.signals.at.get("count", ()) if reading.item(i).is_only_cue]
    for index in (*(i for i in items if mentions_entity(reading, i)), *counting):
        for other in items:
            own = [term.key for term in reading.item(other).terms if term.what == "field" and term.entity == reading.entity and term.filled]
            named = [key for key in own if fields[key].type.is_numeric]
            if other > index and named and joined(reading, index, other):
                refs = (MeasureRef(fold="count"), MeasureRef(fold="sum", path=named[0]))
                yield measured_by(reading, index, other, measures=refs, fit=1.0)


def _counts(reading: Reading) -> Iterator[tuple[int, Measure]]:
    """The counts that the question names, by their own words or by those of the records."""
    measures = reading.paths.model.measures
    plain = next((m for m in measures.values() if m.entity == reading.entity and m.op == "count" and not m.where), None)
    for index in range(len(reading.signals.items)):
        named = [measures[t.key] for t in reading.item(index).terms if t.what == "measure" and t.entity == reading.entity and t.filled]
        counts = [measure for measure in named if measure.op == "count"]
        if counts:
            yield index, counts[0]
        elif plain is not None and mentions_entity(reading, index):
            yield index, plain


def _sum_of(reading: Reading, count: Measure, money: list[int]) -> Measure | None:
    """The sum of the records' money: of several that of the amount that is named, unless what is still owed is meant."""
    same = [m for m in reading.paths.model.measures.values() if m.op == "sum" and m.entity == count.entity and m.where == count.where]
    terms = (term for index in money for term in reading.item(index).terms if term.what == "field" and term.entity == reading.entity and term.filled)
    named = {term.key for term in terms} if not reading.signals.has("unpaid", "overdue") else set()
    return next((m for m in same if set(m.args) & named), next(iter(same), None))


def _is_money(reading: Reading, index: int) -> bool:
    item, fields = reading.item(index), reading.paths.model.entities[reading.entity].fields
    named = [fields[term.key] for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled]
    return ("amount" in item.cues and item.currency is None) or any(field.type is FieldType.MONEY and not field.custom for field in named)


def same_records(named: list[Measure], reading: Reading) -> tuple[MeasureRef, ...]:
    """As in "open deals and their total value": what records of one state come to is the sum of these, and not of all."""
    states = [measure.where for measure in named if measure.op == "count" and measure.where]
    if len(states) != 1 or reading.signals.has("all"):
        return tuple(MeasureRef(measure=measure.key) for measure in named)
    others = [each for each in reading.paths.model.measures.values() if each.where == states[0]]
    found = []
    for measure in named:
        same = [each for each in others if (each.entity, each.op, each.args) == (measure.entity, measure.op, measure.args)]
        bare = measure.op in {"sum", "avg"} and not measure.where
        found.append(MeasureRef(measure=same[0].key if bare and same else measure.key))
    return tuple(found)
