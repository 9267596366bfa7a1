"""A mean for each of two kinds of record that are set side by side: "repair calls per machine: presses vs lathes"."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading

TWO = 2


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
