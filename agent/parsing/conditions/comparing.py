"""Which comparing word belongs to a number."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Operator

GT: dict[str, Operator] = {"gt": "gt", "ge": "ge", "lt": "lt", "le": "le", "eq": "eq"}
POINTS = {"分", "point", "points"}
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
    behind = index + 2
    if behind < len(reading.signals.items) and reading.item(index + 1).text in POINTS and reading.item(behind).start == reading.item(index + 1).end:
        kinds = [GT[kind] for kind in GT if kind in reading.item(behind).cues]
        return (kinds[0], {index + 1, behind}) if kinds else (None, set())  # 90分以上
    return None, set()
