"""What one piece costs, of what a column counts: 一箱卖多少钱, 每箱平均多少钱, by the records' own unit price; "revenue per seat", one sum over another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels
from tools.crm.measuring import conditions_of
from tools.crm.query import Filter, MeasureRef
from tools.crm.semantic import FieldType

EACH = {"每", "一", "per"}
COUNTED = {FieldType.COUNT, FieldType.NUMBER}
_UNIT_PRICE = re.compile(r"单价|unit price|price per", re.IGNORECASE)


def per_unit(reading: Reading) -> Iterator[Reading]:
    """Readings by that price, where money is asked for per piece and no other money is named."""
    signals, fields = reading.signals, reading.paths.model.entities[reading.entity].fields
    held = [field for field in fields.values() if field.type is FieldType.MONEY and reading.paths.vocabulary.content(reading.entity, field.key).count]
    prices = [field for field in held if _UNIT_PRICE.search(" ".join(own_labels(field)))]
    if len(prices) != 1 or not signals.has("amount"):
        return
    for index, item in enumerate(signals.items):
        keys = [term.key for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled]
        before = signals.tokens[item.start - 1].norm if item.start else ""
        if not any(fields[key].type in COUNTED for key in keys) or before not in EACH or _names_money(reading, index):
            continue
        each = [near for near in (index - 1,) if near >= 0 and signals.items[near].end == item.start and not signals.items[near].values]
        used = [*signals.at.get("amount", ()), *signals.at.get("average", ()), *signals.at.get("sells", ()), *signals.at.get("group", ()), *each]
        yield reading.using(
            index, *used, measures=(MeasureRef(fold="avg", path=prices[0].key),), fit=reading.fit + 1.6, notes=reading.notes | {"measure_item": str(index)}
        )


def per_counted(reading: Reading) -> Iterator[Reading]:
    """As in "revenue per guest", 每个席位的签约金额: a sum of money over the sum of a column that counts, where both are of the same records."""
    signals, model = reading.signals, reading.paths.model
    fields = model.entities[reading.entity].fields
    for cue in signals.at.get("group", ()):
        index = cue + 1
        if index >= len(signals.items) or signals.items[cue].text.casefold() not in {"per", "per each", "每", "每个", "每位", "每名", "平均每"}:
            continue
        item = signals.items[index]
        keys = [term.key for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled]
        counted = next((key for key in keys if fields[key].type in COUNTED), None)
        if counted is None or len(keys) < len(item.terms) or item.values or item.start != signals.items[cue].end:
            continue
        for near, money, limits in _money_named(reading):
            used = (index, cue, near, *signals.at.get("average", ()))
            ref = MeasureRef(fold="sum", path=money, over=counted)
            yield reading.using(
                *used, measures=(ref,), filters=(*reading.filters, *limits), fit=reading.fit + 1.2, notes=reading.notes | {"measure_item": str(index)}
            )


def _money_named(reading: Reading) -> Iterator[tuple[int, str, tuple[Filter, ...]]]:
    """The amounts that are named, with the records that they are of."""
    model = reading.paths.model
    fields = model.entities[reading.entity].fields
    for index, item in enumerate(reading.signals.items):
        for term in item.terms:
            measure = model.measures[term.key] if term.what == "measure" and term.entity == reading.entity and term.filled else None
            if measure is not None and measure.op == "sum":
                yield index, measure.args[0], conditions_of(measure)
                break
            if term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].type is FieldType.MONEY:
                yield index, term.key, ()
                break


def _names_money(reading: Reading, index: int) -> bool:
    fields = reading.paths.model.entities[reading.entity].fields
    others = (item for near, item in enumerate(reading.signals.items) if near != index)
    named = (fields[term.key] for item in others for term in item.terms if term.what == "field" and term.entity == reading.entity)
    return any(field.type is FieldType.MONEY and not _UNIT_PRICE.search(" ".join(own_labels(field))) for field in named)
