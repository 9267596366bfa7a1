"""A share of the decided records that ended one way is a rate that the model has: "what share of closed deals do we win"."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.drafting import Reading
from agent.parsing.targets.mentions import mentions_kind
from tools.crm.query import MeasureRef
from tools.crm.semantic import Measure


def rated(reading: Reading) -> Iterator[Reading]:
    """Rates whose parts the question names beside a word for a share: the records that are counted, and those that they are part of."""
    shares = reading.signals.at.get("share", [])
    model = reading.paths.model.measures
    for rate in model.values() if shares else ():
        if rate.entity != reading.entity or rate.op != "rate":
            continue
        part, whole = model[rate.args[0]], model[rate.args[1]]
        parts = [index for index in range(len(reading.signals.items)) if _names(reading, index, part)]
        wholes = [index for index in range(len(reading.signals.items)) if index not in parts and _names(reading, index, whole)]
        mentions = [index for index in range(len(reading.signals.items)) if mentions_kind(reading, index)][:1]
        if parts and wholes:
            yield reading.using(
                *shares, parts[0], wholes[0], *mentions, measures=(MeasureRef(measure=rate.key),), fit=reading.fit + 3.5,
                notes=reading.notes | {"measure_item": str(parts[0])},
            )  # fmt: skip


def _names(reading: Reading, index: int, measure: Measure) -> bool:
    """Whether words name what a measure counts, by its own name or by the outcome alone."""
    item, ends = reading.item(index), measure.where.get("status", ())
    outcome = "closed" if len(ends) > 1 else ends[0] if ends else ""
    return bool(outcome) and (outcome in item.cues or any(term.what == "measure" and term.key == measure.key for term in item.terms))
