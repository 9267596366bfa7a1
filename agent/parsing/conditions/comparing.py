"""Which comparing word belongs to a number."""

from __future__ import annotations

from agent.parsing.language.lexicon import measure_words
from agent.parsing.language.numbers import UP_TO
from agent.parsing.reading.drafting import Reading
from tools.crm.query import Operator

GT: dict[str, Operator] = {"gt": "gt", "ge": "ge", "lt": "lt", "le": "le", "eq": "eq"}
POINTS = {"分", "point", "points"}
TURNED: dict[Operator, Operator] = {"gt": "le", "ge": "lt", "lt": "ge", "le": "gt", "eq": "ne"}


def comparator(reading: Reading, index: int) -> tuple[Operator | None, set[int]]:
    """The comparing word beside a number, turned round by a negation before it, with the items of both."""
    for near in (index - 1, index + 1, index - 2):
        if not 0 <= near < len(reading.signals.items) or near in reading.used:
            continue
        kinds = [GT[kind] for kind in GT if kind in reading.item(near).cues]
        if kinds and (near != index - 2 or not reading.item(index - 1).terms):
            op = kinds[0]
            flipped = near - 1 in reading.signals.at.get("not", ())
            if flipped:
                op = TURNED[op]
            return op, {near, near - 1} if flipped else {near}
    behind = index + 2
    if behind < len(reading.signals.items) and reading.item(behind).start == reading.item(index + 1).end:
        kinds = [GT[kind] for kind in GT if kind in reading.item(behind).cues]
        if kinds and reading.item(index + 1).text in POINTS:
            return kinds[0], {index + 1, behind}  # 90分以上
        if kinds and reading.item(behind).is_only_cue and _is_counted(reading, index + 1):
            return kinds[0], {behind}  # "300 guests or more", 300名学员以上
    return None, set()


def _is_counted(reading: Reading, index: int) -> bool:
    """Whether what stands right behind a number is a column of numbers, or a kind of record, and so what is counted."""
    item, entities = reading.item(index), reading.paths.model.entities
    if item.values or item.start > reading.item(index - 1).end + 1:
        return False
    fields = (entities[term.entity].fields[term.key] for term in item.terms if term.what == "field" and term.filled)
    counts = (reading.paths.model.measures[term.key].op == "count" for term in item.terms if term.what == "measure")
    return any(field.type.is_numeric for field in fields) or any(term.what == "entity" for term in item.terms) or any(counts)


def range_end(reading: Reading, index: int) -> int | None:
    """The number that ends a range which a number begins: "between 3 and 5", 载重800到1000的."""
    after = index + 1
    if after >= len(reading.signals.items) or reading.item(after).number is None:
        return None
    return after if reading.signals.has("between") or goes_up(reading, index) else None


def goes_up(reading: Reading, index: int) -> bool:
    """Whether a number leads up to a larger one right behind it, as in 12到18个月, "3 to 5"."""
    one, other = reading.item(index), next(iter(reading.signals.items[index + 1 : index + 2]), None)
    if index < 0 or other is None or one.number is None or other.number is None or one.period or other.period:
        return False
    joined = [token.norm for token in reading.signals.tokens[one.end : other.start]]
    return one.number.value < other.number.value and bool(joined) and joined[-1] in UP_TO and set(joined[:-1]) <= measure_words()
