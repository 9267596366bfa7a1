"""Pieces that a measure word for things counts, 卖了多少台: the quantity that deals hold, and no number of deals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.extremes import measured_by
from tools.crm.query import MeasureRef

_COUNTER = re.compile(r"(?:[一总共有合计各分别自]{0,5})(?:多少|几)[一-鿿]")
_PIECES = re.compile(r"(?:多少|几)[台套辆吨米盒支瓶箱片根]$|\bhow many (?:units|pieces)$", re.IGNORECASE)
_QUANTITY = re.compile(r"数量|[台件套条箱盒瓶支根片卷袋桶块双辆吨]数|\b(?:quantity|qty|units|pieces|pcs)\b", re.IGNORECASE)


def goods(reading: Reading) -> Iterator[Reading]:
    """The pieces of all records together."""
    path = _quantity(reading)
    if path is None:
        return
    cue, named = pieces_asked(reading), _named(reading, path)
    if cue or named:
        orders = reading.entity == reading.paths.vocabulary.orders
        yield measured_by(reading, *dict.fromkeys((*cue, *named)), measures=(MeasureRef(fold="sum", path=path),), fit=2.0 if orders else 0.9)


def pieces_asked(reading: Reading) -> list[int]:
    """The words that ask for a number of pieces; also where a column is meant that counts such pieces."""
    asked = [index for kind in ("count", "breakdown") for index in reading.signals.at.get(kind, ())]
    return [index for index in asked if _PIECES.search(reading.item(index).text) or counted_column(reading.item(index)) is not None]


def counted_column(item: Item) -> tuple[str, str] | None:
    """As in 多少条胎 where 条数 are kept: the column of the pieces, with the kind of record that it is of."""
    named = [(term.entity, term.key) for term in item.terms if term.what == "field"]
    return named[0] if len(named) == 1 and not item.values and _COUNTER.match(item.text) else None


def _named(reading: Reading, path: str) -> list[int]:
    """Where the column itself is named by a word that also counts: 订单台数."""
    if reading.entity != reading.paths.vocabulary.orders:
        return []
    items = ((index, reading.item(index)) for index in range(len(reading.signals.items)))
    return [index for index, item in items if any((term.what, term.entity, term.key) == ("field", reading.entity, path) for term in item.terms)]


def _quantity(reading: Reading) -> str | None:
    for field in reading.paths.model.entities[reading.entity].fields.values():
        labels = (*field.words.en, *field.words.zh)
        if field.type.is_numeric and reading.paths.vocabulary.content(reading.entity, field.key).count and any(_QUANTITY.search(label) for label in labels):
            return field.key
    return None
