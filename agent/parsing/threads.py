"""Follow-up questions: "and in the east?", 那上个季度呢？, "by product instead"; they change the last plan in one place."""

from __future__ import annotations

from datetime import date

from agent.parsing.drafting import Reading
from agent.parsing.linking import Linked
from agent.parsing.paths import Paths
from agent.parsing.signals import Signals, read_signals
from agent.parsing.vocabulary import Vocabulary
from tools.crm.query import And, Compare, Dimension, Filter, Order, Plan, Query, Window

_ONLY = {"value", "period", "group"}


def continue_plan(linked: Linked, vocabulary: Vocabulary, paths: Paths, previous: Plan, today: date) -> Plan | None:
    """The last plan with the named value, period or group put in; None where the question stands on its own."""
    if len(previous.queries) != 1 or not linked.items:
        return None
    signals = read_signals(linked)
    query = previous.queries[0]
    names_subject = any(term.what in {"measure", "entity"} for item in linked.items for term in item.terms if not item.values)
    grouping = signals.has("group") or signals.grain is not None
    if (names_subject and not grouping) or signals.has("count", "amount", "average", "median", "list", "without") or signals.superlative:
        return None
    changed = _change(query, signals, paths)
    if changed is None or changed == query:
        return None
    focus = previous.focus
    if changed.dimensions and not query.dimensions:
        focus = "trend" if changed.dimensions[0].grain else "breakdown"
    return previous.model_copy(update={"queries": (changed,), "focus": focus})


def resolve_pronoun(reading: Reading, previous: Plan | None) -> Reading | None:
    """As in "how many did she lose?": the reading with the last plan's conditions carried over; None where nothing is meant by it."""
    places = reading.signals.at.get("pronoun", [])
    if not places:
        return reading
    if previous is None or len(previous.queries) != 1 or previous.queries[0].entity != reading.entity:
        return None
    before = previous.queries[0].where
    parts = before.parts if isinstance(before, And) else (before,) if before is not None else ()
    own = {part.path for part in reading.filters if isinstance(part, Compare)}
    carried = tuple(part for part in parts if not (isinstance(part, Compare) and part.path in own))
    return reading.using(*places, filters=(*reading.filters, *carried)) if carried else None


def _change(query: Query, signals: Signals, paths: Paths) -> Query | None:
    touched = False
    for index, item in enumerate(signals.items):
        if item.period is not None:
            window = Window(
                start=item.period.start,
                end=item.period.end,
                path=query.window.path if query.window else None,
                words_en=item.period.en,
                words_zh=item.period.zh,
            )
            query, touched = query.model_copy(update={"window": window, "compare": None}), True
        elif signals.grain is not None and any(cue.startswith("grain_") for cue in item.cues):
            path = _time(query, paths)
            if path is None:
                return None
            query, touched = query.model_copy(update={"dimensions": (Dimension(path=path, grain=signals.grain),), "order": (), "limit": None}), True
        elif item.values and not item.cues:
            found = [path for value in item.values for path in paths.to_value(query.entity, value)]
            if not found:
                return None
            part = Compare(path=found[0], values=tuple(dict.fromkeys(value.text for value in item.values)))
            query, touched = query.model_copy(update={"where": _put(query.where, part)}), True
        elif item.terms and (signals.near(index, "group", 2) is not None):
            options = paths.dimension(query.entity, item.terms)
            if not options or not query.measures:
                return None
            changes = {"dimensions": (Dimension(path=options[0][1]),), "order": (Order(measure=0),)}
            query, touched = query.model_copy(update=changes), True
        elif not item.is_only_cue:
            return None
    return query if touched else None


def _put(where: Filter | None, part: Compare) -> Filter:
    """The filter with the condition on this path replaced, or added."""
    parts = list(where.parts) if isinstance(where, And) else [where] if where is not None else []
    kept = [each for each in parts if not (isinstance(each, Compare) and each.path == part.path)]
    kept.append(part)
    return kept[0] if len(kept) == 1 else And(parts=tuple(kept))


def _time(query: Query, paths: Paths) -> str | None:
    for ref in query.measures:
        if ref.measure is not None and paths.model.measures[ref.measure].time:
            return paths.model.measures[ref.measure].time
    return paths.model.entities[query.entity].time
