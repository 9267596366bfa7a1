"""The amount that was to come in, where the question is about payments of which nothing has come in yet."""

from __future__ import annotations

from agent.parsing.columns.concepts import concepts
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels
from tools.crm.query import Compare, MeasureRef
from tools.crm.semantic import FieldType

AMOUNT = "amount"


def with_amount_due(reading: Reading) -> Reading:
    """As in 没到账的合计多少, where 应回金额 and 回款金额 are two columns: the one that is filled before the money comes."""
    days = {day.path: day.planned for day in reading.paths.vocabulary.columns.days.get(reading.entity, ()) if "pay" in day.events or day.planned}
    unpaid = any(isinstance(part, Compare) and days.get(part.path) is False and part.op == "is_null" for part in reading.filters)
    to_come = reading.window is not None and days.get(str(reading.window.path)) is True  # what falls due in a month, paid or not
    due = _amount_due(reading) if unpaid or to_come else None
    if due is None:
        return reading
    return reading.using(measures=tuple(_of_due(reading, ref, due) for ref in reading.measures))


def _amount_due(reading: Reading) -> str | None:
    """The one own money column whose header says that it was planned, where the amount itself is empty in some records."""
    vocabulary, kind = reading.paths.vocabulary, reading.paths.model.entities[reading.entity]
    if AMOUNT not in kind.fields or vocabulary.content(kind.key, AMOUNT).count >= vocabulary.rows(kind.key):
        return None
    filled = [spec for spec in kind.fields.values() if spec.custom and spec.type is FieldType.MONEY and vocabulary.content(kind.key, spec.key).count]
    planned = [spec.key for spec in filled if any("planned" in concepts(label, "role") for label in own_labels(spec))]
    return planned[0] if len(planned) == 1 else None


def _of_due(reading: Reading, ref: MeasureRef, due: str) -> MeasureRef:
    measure = reading.paths.model.measures.get(ref.measure or "")
    plain = not (ref.over or ref.less or ref.part or ref.per)
    if plain and measure is not None and measure.op in {"sum", "avg"} and measure.args == (AMOUNT,):
        return MeasureRef(fold=measure.op, path=due, share=ref.share)
    if plain and ref.fold in {"sum", "avg", "median", "min", "max"} and ref.path == AMOUNT:
        return ref.model_copy(update={"path": due})
    return ref
