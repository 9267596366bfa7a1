"""One state said twice: 在手未定标的, "open deals not decided yet". The second word explains itself by what the first has limited the records to."""

from __future__ import annotations

from agent.parsing.linking.items import OUTCOMES
from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare


def said_again(reading: Reading) -> list[int]:
    """Open words for a state that the records of the reading are limited to already, by another kind of word."""
    if not any(pair.what == "empty" for index in reading.used for pair in reading.item(index).pairs):
        return []
    states = {part.values for part in reading.filters if isinstance(part, Compare) and part.path == "status" and part.op == "eq"}
    states |= {reading.paths.model.measures[ref.measure].where.get("status", ()) for ref in reading.measures if ref.measure}
    words = [index for index in reading.open_items() if reading.item(index).is_only_cue]
    return [index for index in words if {(kind,) for kind in OUTCOMES & {*reading.item(index).cues}} & states]
