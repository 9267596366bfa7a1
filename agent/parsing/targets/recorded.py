"""Lengths of time that a column of the export holds, where the model would count them between two days: the average of 首响时长(分钟)."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.conditions.units import recorded_lengths
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.lasting import ASKING, fold_of
from agent.parsing.targets.mentions import plain_mentions
from tools.crm.query import MeasureRef


def recorded(reading: Reading) -> Iterator[Reading]:
    """The mean, or what else the question says, of such a column."""
    measures = reading.paths.model.measures
    columns = {path for key, path in reading.paths.lengths.items() if measures[key].entity == reading.entity}
    if not columns:
        return
    for index, item in enumerate(reading.signals.items):
        path = next((path for path in recorded_lengths(reading, index) if path in columns), None)
        own = any(term.what == "measure" and not term.filled for term in item.terms)
        if path is None or item.length is not None or not (own or reading.signals.has(*ASKING) or reading.signals.superlative):
            continue
        fold, used = fold_of(reading)
        speed = [at for kind in ("fast", "slow") for at in reading.signals.at.get(kind, ())] if not reading.signals.has("which", "group") else []
        mentions = plain_mentions(reading)[:1]
        yield reading.using(
            index, *used, *speed, *mentions, measures=(MeasureRef(fold=fold, path=path),), fit=reading.fit + 1.3,
            notes=reading.notes | {"measure_item": str(index)},
        )  # fmt: skip


def counts_nothing(reading: Reading) -> bool:
    """Whether it measures between two days what only such a column tells."""
    return any(ref.measure in reading.paths.lengths for ref in reading.measures)
