"""The share of the records with so many points: 打了5分的占比, "what share of surveys scored 9 or more", of those that were given any."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.conditions.comparing import comparator
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.label_heads import is_score
from agent.parsing.targets.mentions import plain_mentions
from tools.crm.query import Compare, MeasureRef

REACH = 3
APART = ("recorded_only", "group", "which", "breakdown", "compare", "average", "median")


def scored_share(reading: Reading) -> Iterator[Reading]:
    """A number behind the word for a column of points, beside a word for a share."""
    signals, fields = reading.signals, reading.paths.model.entities[reading.entity].fields
    shares = signals.at.get("share", [])
    if not shares or signals.has(*APART) or signals.superlative:
        return
    for index, item in enumerate(signals.items):
        keys = [term.key for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled and is_score(fields[term.key])]
        at = next((near for near in range(index + 1, min(index + REACH, len(signals.items))) if signals.items[near].number is not None), None)
        number = signals.items[at].number if at is not None else None
        if not keys or at is None or number is None or number.percent or number.money or signals.items[at].period is not None:
            continue
        op, cue = comparator(reading, at)
        part = Compare(path=keys[0], op=op or "eq", values=(format(number.value, "f"),))
        mentions = plain_mentions(reading)
        told = [near for kind in ("count", "lookup", "eq") for near in signals.at.get(kind, ()) if reading.item(near).is_only_cue]
        yield reading.using(
            index, at, *cue, *shares, *mentions, *told, measures=(MeasureRef(fold="count", part=part),),
            filters=(*reading.filters, Compare(path=keys[0], op="not_null")), fit=reading.fit + 2.6, notes=reading.notes | {"measure_item": str(index)},
        )  # fmt: skip
        return
