"""What leaves out the records of which nothing is noted, beside a value that is left out: 原因不是价格的（没写原因的不算）."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare


def add_noted_only(reading: Reading) -> Reading:
    """That the one column of which a value is left out is filled; where no column is told so, the words stay unused."""
    said = [index for index in reading.signals.at.get("recorded_only", ()) if index not in reading.used]
    left_out = {part.path for part in reading.filters if isinstance(part, Compare) and part.op == "ne"}
    if not said or len(left_out) != 1:
        return reading
    return reading.using(*said, filters=(*reading.filters, Compare(path=left_out.pop(), op="not_null")))
