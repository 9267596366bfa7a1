"""What one piece costs, of what a column counts: 一箱卖多少钱, 每箱平均多少钱. The mean of the records' own unit price, where there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels, without_unit
from tools.crm.query import MeasureRef
from tools.crm.semantic import FieldType

EACH = {"每", "一", "per"}
COUNTED = {FieldType.COUNT, FieldType.NUMBER}
_EACH_ONE = re.compile(r"[一每][一-鿿]")
_UNIT_PRICE = re.compile(r"单价|unit price|price per", re.IGNORECASE)


def per_unit(reading: Reading) -> Iterator[Reading]:
    """Readings by that price, where money is asked for per piece and no other money is named."""
    signals, fields = reading.signals, reading.paths.model.entities[reading.entity].fields
    held = [field for field in fields.values() if field.type is FieldType.MONEY and reading.paths.vocabulary.content(reading.entity, field.key).count]
    prices = [field for field in held if _UNIT_PRICE.search(" ".join(own_labels(field)))]
    if len(prices) != 1 or not signals.has("amount"):
        return
    for index, item in enumerate(signals.items):
        if _EACH_ONE.fullmatch(item.text) and _is_unit(reading, prices[0].key, item.text[-1]):
            told = [at for kind in ("amount", "average", "sells", "performing", "lookup") for at in signals.at.get(kind, ()) if reading.item(at).is_only_cue]
            ref, notes = MeasureRef(fold="avg", path=prices[0].key), reading.notes | {"measure_item": str(index)}
            yield reading.using(index, *told, measures=(ref,), fit=reading.fit + 1.6, notes=notes)
            return
        keys = [term.key for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled]
        before = signals.tokens[item.start - 1].norm if item.start else ""
        if not any(fields[key].type in COUNTED for key in keys) or before not in EACH or _names_money(reading, index):
            continue
        each = [near for near in (index - 1,) if near >= 0 and signals.items[near].end == item.start and not signals.items[near].values]
        used = [*signals.at.get("amount", ()), *signals.at.get("average", ()), *signals.at.get("sells", ()), *signals.at.get("group", ()), *each]
        yield reading.using(
            index, *used, measures=(MeasureRef(fold="avg", path=prices[0].key),), fit=reading.fit + 1.6, notes=reading.notes | {"measure_item": str(index)}
        )


def _is_unit(reading: Reading, price: str, unit: str) -> bool:
    """As in 多少钱一条 where the price is 单价(元/条), or where 条数 are kept beside it."""
    fields = reading.paths.model.entities[reading.entity].fields
    by = any(re.search(rf"[/／每]{unit}", label) for label in own_labels(fields[price]))
    return by or any(without_unit(label).endswith(f"{unit}数") for field in fields.values() if field.type in COUNTED for label in own_labels(field))


def _names_money(reading: Reading, index: int) -> bool:
    fields = reading.paths.model.entities[reading.entity].fields
    others = (item for near, item in enumerate(reading.signals.items) if near != index)
    named = (fields[term.key] for item in others for term in item.terms if term.what == "field" and term.entity == reading.entity)
    return any(field.type is FieldType.MONEY and not _UNIT_PRICE.search(" ".join(own_labels(field))) for field in named)
