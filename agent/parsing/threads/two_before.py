"""The last two questions taken together: 他们俩谁高, "both of them", "so how much did it grow?" after the same was asked of two people or of two periods."""

from __future__ import annotations

from collections.abc import Callable

from agent.parsing.threads.filters import joined, parts_of
from agent.parsing.threads.fragment import Fragment
from tools.crm.query import Compare, Dimension, Filter, Order, Plan, Query

Earlier = Callable[[], Plan | None]
"""Gives the plan before the last one of the conversation."""
TWO = 2
_ASKED = {"amount", "count", "lookup", "change", "growth_rate", "filler", "exists"}


def nothing_earlier() -> Plan | None:
    """Where no more than the last plan is known."""
    return None


def points_to_two(fragment: Fragment) -> bool:
    """As in "both of them", 他们俩."""
    return fragment.has("two")


def grown_between(fragment: Fragment, last: Plan, earlier: Earlier) -> Plan | None:
    """As in "so how much did it grow?" after two periods: the later against the earlier; None where no such thing is asked or can be told."""
    cues = {cue for item in fragment.items for cue in item.cues}
    if not {"change", "growth_rate"} & cues or not cues <= _ASKED or any(not item.is_only_cue for item in fragment.items):
        return None
    before = earlier()
    one, two = _single(last), _single(before) if before is not None else None
    if one is None or two is None or one.compare is not None or one.model_copy(update={"window": None}) != two.model_copy(update={"window": None}):
        return None
    windows = [each.window for each in (one, two) if each.window is not None and each.window.start is not None]
    if len(windows) != 2 or windows[0] == windows[1]:
        return None
    first, second = sorted(windows, key=lambda window: str(window.start))
    focus = "growth" if "growth_rate" in cues else "figure"
    return last.model_copy(update={"queries": (one.model_copy(update={"window": second, "compare": first}),), "focus": focus})


def both(last: Plan, earlier: Plan | None) -> Plan | None:
    """The last two figures side by side, where they differ in one condition's value alone; the last answer, where it told of two already."""
    if len(last.queries) == 1 and last.queries[0].dimensions and any(isinstance(p, Compare) and len(p.values) == TWO for p in parts_of(last.queries[0].where)):
        return last
    one, two = _single(last), _single(earlier) if earlier is not None else None
    if one is None or two is None or one.model_copy(update={"where": None}) != two.model_copy(update={"where": None}):
        return None
    here, there = ([part for part in parts_of(each.where) if part not in parts_of(other.where)] for each, other in ((one, two), (two, one)))
    ours, theirs = _one_value(here), _one_value(there)
    if ours is None or theirs is None or ours.path != theirs.path:
        return None
    part = ours.model_copy(update={"values": (*theirs.values, *ours.values)})
    where = joined(part if each is ours else each for each in parts_of(one.where))
    query = one.model_copy(update={"where": where, "dimensions": (Dimension(path=ours.path),), "order": (Order(measure=0),)})
    return last.model_copy(update={"queries": (query,), "focus": "compare"})


def _single(plan: Plan) -> Query | None:
    """The one figure that a plan asks for."""
    query = plan.queries[0] if len(plan.queries) == 1 else None
    return query if query is not None and query.measures and not query.dimensions else None


def _one_value(parts: list[Filter]) -> Compare | None:
    """The condition, where it is one and of one value."""
    part = parts[0] if len(parts) == 1 else None
    return part if isinstance(part, Compare) and part.op == "eq" and len(part.values) == 1 else None
