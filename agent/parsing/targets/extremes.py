"""The largest or smallest figure itself, rather than the record that has it: "highest amount", "how big was our biggest win"."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.text import has_han
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.group_words import asks_which_of_two
from agent.parsing.targets.mentions import mentions_entity
from agent.parsing.targets.ranked_parties import ranked_parties, sort_ranked
from tools.crm.query import Compare, MeasureRef
from tools.crm.semantic import FieldType

PRICED = {FieldType.MONEY, FieldType.RATE, FieldType.NUMBER}

ROLE = ("member", "title")
WITHIN = 2.0


def asks_extreme(reading: Reading, index: int) -> bool:
    """As in "lowest deal amount", 单笔成交金额最高是多少: the value itself is asked for, not who has it."""
    signals = reading.signals
    if signals.grain is not None or asks_newest(reading, index) or asks_which_of_two(reading):
        return False
    if not signals.superlative or signals.timely or signals.place > 1 or signals.top is not None or signals.has("which", "list", "group"):
        return signals.superlative != frozenset() and _looks_up_value(reading) and not signals.has("group", "list") and not others_grouped(reading, index)
    return not others_grouped(reading, index) and (_looks_up_value(reading) or not signals.has("lookup"))


def asks_newest(reading: Reading, index: int) -> bool:
    """As in "the latest rate on file", 最新一单的金额: the figure of the newest of records that are dated, not the highest."""
    said = [set(reading.item(place).cues) for place in reading.signals.superlative]
    entity = reading.paths.model.entities[reading.entity]
    fields = [entity.fields[term.key] for term in reading.item(index).terms if term.what == "field" and term.entity == reading.entity]
    dated = entity.time is not None and reading.paths.vocabulary.filled(reading.entity, entity.time)
    return dated and any(field.type in PRICED for field in fields) and bool(said) and all(kinds and kinds <= {"latest", "earliest"} for kinds in said)


def _looks_up_value(reading: Reading) -> bool:
    """Whether a value is asked for (是多少), and not who or which has it (是哪个)."""
    return any(not set("哪谁") & set(reading.item(index).text) for index in reading.signals.at.get("lookup", ()))


def others_grouped(reading: Reading, index: int) -> bool:
    """Whether anything but the field itself is named that could be ranked."""
    return (
        any(ranked_parties(reading))
        or bool(sort_ranked(reading))
        or any(
            term.what in {"entity", "inverse"} or (term.what == "field" and reading.paths.model.entities[term.entity].fields[term.key].to)
            for other, item in enumerate(reading.signals.items)
            if other != index
            and not _is_within(reading, other)
            and all((value.entity, value.field) == ROLE for value in item.values)  # 业务员 is who they are, and the job of some
            for term in item.terms
        )
    )


def _is_within(reading: Reading, place: int) -> bool:
    """As in 今年签的合同里最高金额是多少: the records among which the value is looked for, and not which of them has it."""
    item, tokens = reading.item(place), reading.signals.tokens
    own = any(term.what == "entity" and term.entity == reading.entity for term in item.terms)
    inside = item.end < len(tokens) and tokens[item.end].text in {"里", "中", "当", "内", "之"}
    return own and inside and (_looks_up_value(reading) or any("钱" in reading.item(at).text for at in reading.signals.at.get("amount", ())))


def extreme(reading: Reading, index: int, path: str, filters: tuple[Compare, ...]) -> Reading:
    """The largest or smallest value of a field, under these conditions."""
    ref = MeasureRef(fold="max" if reading.signals.descending else "min", path=path)
    lookups = [i for kind in ("lookup", "count", "amount") for i in reading.signals.at.get(kind, ()) if reading.item(i).currency is None]
    within = [place for place in range(len(reading.signals.items)) if place != index and _is_within(reading, place)]
    fit = reading.fit + (WITHIN if within else 1.1 if lookups else 0.75)
    return reading.using(index, *reading.signals.superlative, *within, *lookups, measures=(ref,), filters=(*reading.filters, *filters), fit=fit)


def extreme_of(reading: Reading) -> Iterator[Reading]:
    """As in "the amount of our largest deal", "how big was our biggest win": the figure of the record that ranks first."""
    signals = reading.signals
    money = list(_money_fields(reading))[:1]
    if not signals.superlative or signals.timely or signals.top is not None or signals.has("which", "list", "group") or signals.grain is not None or not money:
        return
    first = min(signals.superlative)
    named = [i for i, item in enumerate(signals.items) if any((t.what, t.entity, t.key) == ("field", reading.entity, money[0]) for t in item.terms)]
    leads = [i for i in (*named, *signals.at.get("amount", ())) if i < first and signals.items[i].currency is None]
    records_ = [i for i in range(first, len(signals.items)) if mentions_entity(reading, i) or "won" in signals.items[i].cues]
    if not leads or not records_ or min(records_) - first > 2 or reading.entity != "opportunity":
        return
    if any(has_han(signals.items[i].text) and signals.items[i].end == signals.items[first].start for i in leads) and not _looks_up_value(reading):
        return  # 成交金额最大的商机 is the deal
    mentions = [i for i in records_ if mentions_entity(reading, i)][:1]
    ref = MeasureRef(fold="max" if signals.descending else "min", path=money[0])
    yield measured_by(reading, *leads, *named, *signals.superlative, *mentions, measures=(ref,), fit=1.6)


def _money_fields(reading: Reading) -> Iterator[str]:
    for field in reading.paths.model.entities[reading.entity].fields.values():
        if field.type is FieldType.MONEY and reading.paths.vocabulary.content(reading.entity, field.key).count:
            yield field.key


def measured_by(reading: Reading, *indexes: int, measures: tuple[MeasureRef, ...], fit: float) -> Reading:
    """The reading with these figures, made of these items; the first of them is where a bound or a group is looked for."""
    notes = reading.notes | ({"measure_item": str(indexes[0])} if indexes else {})
    return reading.using(*indexes, measures=measures, fit=reading.fit + fit, notes=notes)
