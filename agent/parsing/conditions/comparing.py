"""Which comparing word belongs to a number."""

from __future__ import annotations

from agent.parsing.drafting import Reading
from tools.crm.query import Operator

GT: dict[str, Operator] = {"gt": "gt", "ge": "ge", "lt": "lt", "le": "le", "eq": "eq"}
TURNED: dict[Operator, Operator] = {"gt": "le", "ge": "lt", "lt": "ge", "le": "gt", "eq": "ne"}


def comparator(reading: Reading, index: int) -> tuple[Operator | None, set[int]]:
    """The comparing word beside a number, turned round by a negation before it, with the items of both."""
    for near in (index - 1, index + 1, index - 2):
        if not 0 <= near < len(reading.signals.items):
            continue
        kinds = [GT[kind] for kind in GT if kind in reading.item(near).cues]
        if kinds and (near != index - 2 or not reading.item(index - 1).terms):
            op = kinds[0]
            flipped = near - 1 in reading.signals.at.get("not", ())
            if flipped:
                op = TURNED[op]
            return op, {near, near - 1} if flipped else {near}
    return None, set()
