"""Which way a ranking goes where it is said to be of the best or the worst, and more of the figure is no better: "the worst late-delivery rate"."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare, Filter, Lasted, MeasureRef

JUDGING = {"best", "worst", "poorest", "最好", "最差", "最佳", "最糟", "最糟糕"}
UNWELCOME = {"loss_rate", "lost_count", "lost_value", "receivable_balance"}


def descends(reading: Reading) -> bool:
    """Whether the highest figure comes first."""
    signals = reading.signals
    said = {signals.items[index].text.casefold().removeprefix("the ").removesuffix("的") for index in signals.superlative}
    turned = bool(said & JUDGING) and len(reading.measures) == 1 and _is_unwelcome(reading, reading.measures[0])
    return signals.descending != turned


def _is_unwelcome(reading: Reading, ref: MeasureRef) -> bool:
    """Of two figures the higher is the worse: days that something takes, the part that was lost or late, the number of late ones."""
    measure = reading.paths.model.measures[ref.measure] if ref.measure is not None else None
    if ref.since is not None or (measure is not None and (measure.op == "days" or ref.measure in UNWELCOME)):
        return True
    counted = ref.fold == "count" or (measure is not None and measure.op == "count")
    return counted and any(_is_late(part) for part in (*([ref.part] if ref.part is not None else []), *reading.filters))


def _is_late(part: Filter) -> bool:
    if isinstance(part, Compare):
        return part.path == "status" and part.op == "eq" and part.values == ("lost",)
    return isinstance(part, Lasted) and part.op == "gt" and part.days == "0"
