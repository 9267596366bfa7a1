"""A figure right beside the column that it is a value of: 质保金比例5%的合同, "a deposit rate of 0", "zero prepayment"."""

from __future__ import annotations

from decimal import Decimal

from agent.parsing.conditions.comparing import goes_up
from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare, Dimension, Order
from tools.crm.semantic import Field, FieldType

BETWEEN = {"of", "is", "was", "at", "=", ":", "：", "为", "是", "有", "只", "仅", "按", "留", "的"}
ZERO = {"为0", "为零", "是0", "是零", "等于0", "等于零", "zero", "零"}
BOUNDS = ("gt", "ge", "lt", "le", "between", "eq")
STATED = {FieldType.RATE, FieldType.COUNT, FieldType.NUMBER}


def add_stated(reading: Reading) -> Reading:
    """Columns of numbers, of the records themselves, limited to the figure that stands beside them without a comparator."""
    for index in reading.open_items():
        value = _value(reading, index)
        place = _field_beside(reading, index) if value is not None else None
        if value is None or place is None or index in reading.used:
            continue
        near, field = place
        if field.type is FieldType.RATE and abs(value) > 1:
            value /= 100  # 预付比例为30
        others = [at for at in reading.open_items() if at > index and _is_like(reading, index, at)]
        values = [value, *(_plain(reading, at) for at in others)]
        part = Compare(path=field.key, values=tuple(dict.fromkeys(format(each.normalize(), "f") for each in values)))
        reading = reading.using(index, near, *others, filters=(*reading.filters, part), fit=reading.fit + 0.7)
        if others and reading.measures and not reading.dimensions:
            reading = reading.using(dimensions=(Dimension(path=field.key),), order=(Order(measure=0),), focus="compare")
    return reading


def _plain(reading: Reading, index: int) -> Decimal:
    number = reading.item(index).number
    return number.value if number is not None else Decimal(0)


def _value(reading: Reading, index: int) -> Decimal | None:
    """The figure of an item that nothing bounds; None for another thing, such as a year, an amount of money or the N of a ranking."""
    item = reading.item(index)
    if "without" in item.cues and item.text.casefold() in ZERO:
        return Decimal(0)
    number = item.number
    if number is None or number.money or number.currency or item.period or item.values or item.length or index in reading.signals.top_items:
        return None
    if goes_up(reading, index) or (index and goes_up(reading, index - 1)):
        return None
    around = [reading.item(near) for near in range(index - 2, index + 3) if 0 <= near < len(reading.signals.items)]
    close = [each for each in around if each.start <= item.end + 2 and each.end >= item.start - 1]  # 90分以上
    return None if any(set(BOUNDS) & set(each.cues) for each in close) else number.value


def _field_beside(reading: Reading, index: int) -> tuple[int, Field] | None:
    """The column right before a figure, or right behind a share or a nought, with the place of its name."""
    item, tokens = reading.item(index), reading.signals.tokens
    zero = item.number is None or item.number.value == 0
    share = item.number is not None and item.number.percent
    for near in (index - 1, index + 1) if zero or share else (index - 1,):
        if not 0 <= near < len(reading.signals.items) or near in reading.used:
            continue
        other = reading.item(near)
        gap = tokens[other.end : item.start] if near < index else tokens[item.end : other.start]
        if len(gap) > 2 or any(token.norm not in BETWEEN for token in gap):
            continue
        field = _own_field(reading, near)
        if field is not None and (field.type is FieldType.RATE or not share) and (item.number is not None or _is_whole(reading, field)):
            return near, field
    return None


def _own_field(reading: Reading, near: int) -> Field | None:
    fields = reading.paths.model.entities[reading.entity].fields
    keys = {term.key for term in reading.item(near).terms if term.what == "field" and term.entity == reading.entity and term.filled}
    found = [fields[key] for key in keys if fields[key].type in STATED]
    return found[0] if len(found) == 1 and len(keys) == 1 else None


def _is_whole(reading: Reading, field: Field) -> bool:
    """Whether every record holds a figure, so that none stands for a nought that was left out."""
    return reading.paths.vocabulary.content(reading.entity, field.key).count == reading.paths.vocabulary.rows(reading.entity)


def _is_like(reading: Reading, index: int, other: int) -> bool:
    """As in 5%的几份、3%的几份: one more share, said of the same column."""
    one, two = reading.item(index).number, reading.item(other).number
    return one is not None and two is not None and one.percent and two.percent and _value(reading, other) is not None and not _names_field(reading, other)


def _names_field(reading: Reading, index: int) -> bool:
    return any(term.what == "field" for near in (index - 1,) for term in reading.item(near).terms)
