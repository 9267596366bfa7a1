"""A share of the decided records that ended one way is a rate that the model has: "what share of closed deals do we win"."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.conditions.outcomes import own_endings
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.extremes import measured_by
from agent.parsing.targets.mentions import mentions_kind
from tools.crm.query import Compare, MeasureRef
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


def own_rated(reading: Reading) -> Iterator[Reading]:
    """As in 投标的中标率, 公开招标的中标率, "win rate of our tenders": of an own table's records that were won or lost, the part that was won."""
    told, measures = own_endings(reading), reading.paths.model.measures
    for index, item in enumerate(reading.signals.items) if told is not None else ():
        rates = [measures[term.key] for term in item.terms if term.what == "measure" and measures[term.key].op == "rate"]
        ends = next((ends for rate in rates if len(ends := measures[rate.args[0]].where.get("status", ())) == 1), ())
        mentions = [place for place in range(len(reading.signals.items)) if mentions_kind(reading, place)][:1]
        if told is not None and ends and (mentions or _speaks_of(reading, told[0])) and ends[0] in told[1]:
            key, texts = told
            decided = Compare(path=key, values=tuple(dict.fromkeys((*texts["won"], *texts["lost"]))))
            ref = MeasureRef(fold="count", part=Compare(path=key, values=tuple(texts[ends[0]])))
            yield measured_by(reading, index, *mentions, measures=(ref,), fit=1.2).using(filters=(*reading.filters, decided))


def _speaks_of(reading: Reading, key: str) -> bool:
    """As in 公开招标的中标率, "win rate by bidding method": a value or a header that only the own table has says whose rate it is."""
    for item in reading.signals.items:
        own = bool(item.values) and all(value.entity == reading.entity and value.field != key for value in item.values)
        headed = bool(item.terms) and all(term.what == "field" and term.entity == reading.entity and term.key != key for term in item.terms)
        if own or (headed and not item.values):
            return True
    return False


def _names(reading: Reading, index: int, measure: Measure) -> bool:
    """Whether words name what a measure counts, by its own name or by the outcome alone."""
    item, ends = reading.item(index), measure.where.get("status", ())
    outcome = "closed" if len(ends) > 1 else ends[0] if ends else ""
    return bool(outcome) and (outcome in item.cues or any(term.what == "measure" and term.key == measure.key for term in item.terms))
