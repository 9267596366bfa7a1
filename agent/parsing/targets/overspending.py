"""As in "which budgets were overspent", 哪些团队超预算了: those of which more was spent than there was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.grouping import grouped
from agent.parsing.targets.mentions import plain_mentions
from tools.crm.query import Dimension, Having, MeasureRef, Order

USE = "budget_use"


def overspent(reading: Reading) -> Iterator[Reading]:
    """The share spent, above the whole, by the groups that are named or one by one."""
    cue = reading.signals.at.get("overspent", [])
    use = reading.paths.model.measures.get(USE)
    title = reading.paths.model.entities[reading.entity].title
    if not cue or use is None or use.entity != reading.entity or title is None or not reading.paths.vocabulary.filled(reading.entity, title):
        return
    mentions = plain_mentions(reading)
    used = [*cue, *mentions, *reading.signals.at.get("list", ())]
    made = reading.using(*used, measures=(MeasureRef(measure=USE),), fit=reading.fit + 1.0, notes=reading.notes | {"measure_item": str(cue[0])})
    for each in grouped(made):
        alone = each.using(*reading.signals.at.get("which", ()), dimensions=(Dimension(path=title),)).paying(0.1)
        yield replace(each if each.dimensions else alone, having=(Having(op="gt", value="1"),), order=(Order(measure=0),), focus="breakdown")
