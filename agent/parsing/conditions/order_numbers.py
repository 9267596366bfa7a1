"""Orders and slips of which a table keeps the lines: one that is counted or ranked is all the lines of its number, 本月接了几张订单, 发了几张发货单."""

from __future__ import annotations

import re

from agent.parsing.linking.ordering_words import is_ordering
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.signals import NUMBERED
from agent.parsing.store_words.vocabulary import Vocabulary
from tools.crm.query import Compare, Dimension, MeasureRef, Order
from tools.crm.semantic import Field, FieldType

_NUMBERED = re.compile(r"订单(?:编)?号|单号|\border (?:no|number|id)\b", re.IGNORECASE)
_LINES = re.compile(r"明细|行|\b(?:lines?|items?|rows?|records?|entries)\b", re.IGNORECASE)
LINE = "行"
LEAST_SHARED = 0.98


def by_order_numbers(reading: Reading) -> Reading:
    """The reading with numbers of orders in the place of their lines, unless lines are named."""
    orders = reading.entity == reading.paths.vocabulary.orders
    named = [item for item in reading.signals.items if any(term.what == "entity" and term.entity == reading.entity for term in item.terms)]
    number = _number(reading.paths.vocabulary) if orders else _number_of_slips(reading, {item.text for item in named})
    lines = any("count" in item.cues and item.text.endswith(LINE) for item in reading.signals.items)
    if number is None or not named or lines or any(_LINES.search(item.text) for item in named):
        return reading
    if any(isinstance(part, Compare) and reading.paths.field(reading.entity, part.path).type.is_numeric for part in reading.filters):
        return reading  # what is said of the amount of a line isn't of that of the order
    measures = tuple(MeasureRef(fold="count_distinct", path=number, share=ref.share) if _counts(ref) else ref for ref in reading.measures)
    if measures != reading.measures or not orders:
        return reading.using(measures=measures)
    ranked = reading.order[0] if len(reading.order) == 1 and reading.limit is not None and not reading.measures else None
    if all(is_ordering(item) for item in named):
        return reading  # 客户下单金额前三: what is ordered, and not the orders
    counted = any(reading.item(at).text in NUMBERED for at in reading.signals.superlative)  # no single order is the most
    if ranked is None or ranked.path is None or counted or reading.paths.field(reading.entity, ranked.path).type is not FieldType.MONEY:
        return reading
    return reading.using(
        select=(),
        measures=(MeasureRef(fold="sum", path=ranked.path),),
        dimensions=(Dimension(path=number),),
        order=(Order(measure=0, descending=ranked.descending),),
    )


def _counts(ref: MeasureRef) -> bool:
    return ref.fold == "count" and ref.path is None and ref.part is None and ref.per is None and ref.against is None


def _number_of_slips(reading: Reading, names: set[str]) -> str | None:
    """As in 今年发了几张发货单 of an own table with a column 发货单号: the numbers that are called by what is counted, where lines share them."""
    entity = reading.paths.model.entities[reading.entity]
    if entity.custom_table is None or not any(name.endswith("单") for name in names):
        return None
    called = {f"{name}{number}" for name in names for number in ("号", "编号", "号码")}
    found = [field.key for field in entity.fields.values() if called & {*field.words.zh, *field.words.en} and _is_shared(reading.paths.vocabulary, field)]
    return found[0] if len(found) == 1 else None


def _is_shared(vocabulary: Vocabulary, field: Field) -> bool:
    content = vocabulary.content(field.entity, field.key)
    return field.custom and field.type is FieldType.TEXT and 1 < len(content.values) < LEAST_SHARED * content.count


def _number(vocabulary: Vocabulary) -> str | None:
    """The one column of numbers that several lines share."""
    orders = vocabulary.orders
    if orders is None:
        return None
    found = []
    for field in vocabulary.model.entities[orders].fields.values():
        if _is_shared(vocabulary, field) and any(_NUMBERED.search(word) for word in (*field.words.zh, *field.words.en)):
            found.append(field.key)
    return found[0] if len(found) == 1 else None
