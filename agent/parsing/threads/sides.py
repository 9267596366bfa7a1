"""The other side of what the last question was about: "and on the others?", 其他的呢 after those that are tenders."""

from __future__ import annotations

from agent.parsing.threads.filters import joined, parts_of
from agent.parsing.threads.state import Step
from tools.crm.query import Compare
from tools.crm.semantic import FieldType
from tools.crm.semantic.model import RECORD_ID


def turn_to_others(step: Step) -> Step | None:
    """The same of those that the one condition leaves out: the no of a yes-or-no field, the other categories; None where it can't be told which."""
    if not step.fragment.has("others"):
        return step
    if any(not item.is_only_cue for item in step.fragment.items):
        return step  # "compared with the others": more than the other side is asked for
    parts = parts_of(step.query.where)
    told = [part for part in parts if isinstance(part, Compare) and part.op in {"eq", "ne"} and _tells_apart(step, part)]
    flags = [part for part in told if _field_type(step, part) is FieldType.FLAG]
    turned = next(iter(flags if len(flags) == 1 else told), None)
    if turned is None or len(flags) > 1 or (not flags and len(told) != 1):
        return None
    return step.using(done="sides", where=joined(_other_side(step, part) if part is turned else part for part in parts))


def _tells_apart(step: Step, part: Compare) -> bool:
    """Whether a condition picks a side of all records, rather than records by name."""
    field = step.paths.field(step.query.entity, part.path)
    return field.type is FieldType.FLAG or (field.type in {FieldType.TEXT, FieldType.STAGE} and field.key != RECORD_ID and part.path != "status")


def _field_type(step: Step, part: Compare) -> FieldType:
    return step.paths.field(step.query.entity, part.path).type


def _other_side(step: Step, part: Compare) -> Compare:
    if _field_type(step, part) is FieldType.FLAG:
        return part.model_copy(update={"values": tuple("false" if value == "true" else "true" for value in part.values)})
    return part.model_copy(update={"op": "ne" if part.op == "eq" else "eq"})
