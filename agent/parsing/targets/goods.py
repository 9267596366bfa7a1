"""Pieces that a measure word for things counts, 卖了多少台: the quantity that deals hold, and no number of deals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.extremes import measured_by
from tools.crm.query import MeasureRef

_PIECES = re.compile(r"(?:多少|几)[台套辆吨米盒支瓶箱片根]$|\bhow many (?:units|pieces)$", re.IGNORECASE)
_QUANTITY = re.compile(r"数量|台数|件数|套数|\b(?:quantity|qty|units|pieces|pcs)\b", re.IGNORECASE)


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
    """The words that ask for a number of pieces."""
    return [index for index in reading.signals.at.get("count", ()) if _PIECES.search(reading.item(index).text)]


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
