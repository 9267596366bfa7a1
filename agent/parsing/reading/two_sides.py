"""Two values of one column that are set side by side, found in different ways: "won tenders versus lost ones"."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare, Filter

TWO = 2


def both_of(reading: Reading) -> Reading:
    """The reading with one condition for both values: no record has two, and the question compares or lists them."""
    if not reading.signals.has("compare", "breakdown", "group"):
        return reading
    kept: list[Filter] = []
    for part in reading.filters:
        same = next((each for each in kept if isinstance(each, Compare) and isinstance(part, Compare) and _are_sides(each, part)), None)
        if same is None or not isinstance(same, Compare) or not isinstance(part, Compare):
            kept.append(part)
        else:
            kept[kept.index(same)] = same.model_copy(update={"values": (*same.values, *part.values)})
    return reading.using(filters=tuple(kept)) if len(kept) < len(reading.filters) else reading


def _are_sides(one: Compare, other: Compare) -> bool:
    plain = one.op == other.op == "eq" and not (one.by_id or other.by_id or one.records or other.records)
    return plain and one.path == other.path and not set(one.values) & set(other.values)


def per_each(reading: Reading) -> Reading:
    """As in "repair calls per machine: presses vs lathes": a mean for each of the two kinds of machine, and not the calls of every machine."""
    if reading.focus != "compare" or len(reading.dimensions) != TWO or len(reading.measures) != 1:
        return reading
    (each, kind), ref = reading.dimensions, reading.measures[0]
    counts = (reading.paths.model.measures[ref.measure].op if ref.measure is not None else ref.fold) in {"count", "sum"}
    if not counts or ref.per is not None or ref.share or ref.part is not None or each.grain or not kind.path.startswith(f"{each.path}."):
        return reading
    if reading.paths.field(reading.entity, each.path).to is None:
        return reading
    return reading.using(measures=(ref.model_copy(update={"per": each.path}),), dimensions=(kind,))
