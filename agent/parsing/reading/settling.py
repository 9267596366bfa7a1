"""Folds an outcome among the conditions into the measure: deals that were won are the measure "won deals", by the day on which they closed."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare, MeasureRef
from tools.crm.semantic import Measure


def settle(reading: Reading) -> Reading:
    """Fold an outcome into the measure: deals + won is the measure "won deals", by close date."""
    if not reading.measures or any(ref.over or ref.less or ref.of or ref.part or ref.since for ref in reading.measures):
        return reading
    reading = _of_both_ends(reading)
    status = next((part for part in reading.filters if isinstance(part, Compare) and part.path == "status" and part.op == "eq"), None)
    if status is None:
        return reading
    if contradicts_itself(reading):
        return replace(reading, measures=tuple(_of_any(reading.paths.model.measures, ref) for ref in reading.measures))
    refs = []
    for ref in reading.measures:
        named = _with_status(reading, ref, status)
        if named is None:
            return reading
        refs.append(MeasureRef(measure=named.key, per=ref.per, share=ref.share))
    return replace(reading, measures=tuple(refs), filters=tuple(part for part in reading.filters if part is not status), fit=reading.fit + 0.1)


def _of_both_ends(reading: Reading) -> Reading:
    """As in "win rate, definite vs lost", "of what was won or lost": a rate is of both ends of a deal anyway, whichever words name them."""
    rates = [reading.paths.model.measures[ref.measure] for ref in reading.measures if ref.measure]
    if reading.entity != "opportunity" or not rates or any(measure.op != "rate" for measure in rates):
        return reading
    ends = [part for part in reading.filters if isinstance(part, Compare) and part.op == "eq" and part.path in {"status", "stage"}]
    named = {end for part in ends for text in part.values for end in _ends(reading, part.path, text)}
    return replace(reading, filters=tuple(part for part in reading.filters if part not in ends)) if len(ends) > 1 and named == {"won", "lost"} else reading


def _ends(reading: Reading, path: str, text: str) -> tuple[str, ...]:
    """How deals in a state have ended: the state itself, or what the stage of that name stands for."""
    if path == "status":
        return (text,)
    stages = reading.paths.model.entities["opportunity"].fields[path].values
    return tuple(key for key in ("won", "lost") if key in stages and text in (*stages[key].en, *stages[key].zh)) or ("",)


def _of_any(measures: dict[str, Measure], ref: MeasureRef) -> MeasureRef:
    """A length of time without its own condition: how long lost deals took, where the sales cycle is that of won ones."""
    measure = measures[ref.measure] if ref.measure is not None else None
    if measure is None or measure.op != "days" or ref.per is not None:
        return ref
    path, since, fold = measure.args
    return MeasureRef(fold=ref.fold or fold, since=since, path=path)


def _with_status(reading: Reading, ref: MeasureRef, status: Compare) -> Measure | None:
    """The named measure that equals this one under the outcome."""
    model = reading.paths.model
    if ref.measure is not None:
        own = model.measures[ref.measure]
        if own.where.get("status") == status.values:
            return own
        narrowed = set(own.where) == {"status"} and set(status.values) < set(own.where["status"])
        if (own.where and not narrowed) or own.op == "rate":
            return None
        op, args = own.op, own.args
    else:
        op, args = str(ref.fold), (ref.path,) if ref.path else ()
    wanted = {"status": status.values}
    return next((m for m in model.measures.values() if m.entity == reading.entity and m.op == op and m.args == args and m.where == wanted), None)


def contradicts_itself(reading: Reading) -> bool:
    """Whether a condition lets none of the records count that a figure is about: the sales cycle, of won deals, of those lost."""
    named = [reading.paths.model.measures[ref.measure] for ref in reading.measures if ref.measure]
    wheres = [reading.paths.model.measures[measure.args[1]].where if measure.op == "rate" else measure.where for measure in named]
    equal = [part for part in reading.filters if isinstance(part, Compare) and part.op == "eq"]
    rates = [measure for measure in named if measure.op == "rate" and measure.entity == "opportunity"]
    if rates and any(part.path == "status" and len(part.values) == 1 for part in equal):
        return True  # the win rate of what was lost
    return any(where.get(part.path) and not set(part.values) & set(where[part.path]) for where in wheres for part in equal)
