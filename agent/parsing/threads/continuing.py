"""Follow-up questions: "and in the east?", 那上个季度呢？, "by product instead", "which ones?"; the last plan, changed in what they name."""

from __future__ import annotations

import re

from agent.parsing.conditions.named_times import period_assumed
from agent.parsing.linking.items import Linked
from agent.parsing.reading.drafting import Focus
from agent.parsing.reading.paths import Paths
from agent.parsing.threads.anchoring import anchored, means_nobody
from agent.parsing.threads.belonging import bearer
from agent.parsing.threads.echoing import with_echoes
from agent.parsing.threads.eliding import (
    asks_barely,
    asks_cause,
    asks_number_of_one,
    asks_of_one,
    asks_of_value,
    asks_shortly,
    drills_down,
    folds_own_field,
    picks_largest,
    picks_one,
    ranks_compared,
)
from agent.parsing.threads.filters import parts_of
from agent.parsing.threads.fragment import Fragment, read_fragment
from agent.parsing.threads.grouping import break_down, deny_groups, drop_groups
from agent.parsing.threads.merging import put_in
from agent.parsing.threads.past import as_far_apart, move_in_time
from agent.parsing.threads.ranking import rank_again, take_place
from agent.parsing.threads.reasons import asks_sorts
from agent.parsing.threads.showing import count_records, show_fields, show_people, show_records, sort_records
from agent.parsing.threads.shown import Shown
from agent.parsing.threads.sides import turn_to_others
from agent.parsing.threads.state import Step
from agent.parsing.threads.two_before import Earlier, both, grown_between, nothing_earlier, points_to_two
from tools.crm.query import Plan, Query

_THOSE = re.compile(r"(?:都|分别)?是哪(?:些|几[个单家笔份张条])")
_HOW_MANY = re.compile(r"(?:几|多少)[个家位名款]$")
_BEFORE = (show_fields, take_place, count_records, show_records, sort_records, move_in_time, drop_groups, deny_groups, turn_to_others)
_MOVES = (*_BEFORE, break_down, rank_again, put_in, show_people)
"""Tried in order on what the ones before left over; together they must explain every word."""


def continue_plan(linked: Linked, paths: Paths, previous: Plan, shown: Shown | None = None, earlier: Earlier = nothing_earlier) -> Plan | None:
    """The last plan with what the question names changed in it; None where the question stands on its own, or not all of it is understood.

    ``earlier`` gives the plan before the last, for what is said of the two.
    """
    if len(previous.queries) != 1 or _focus(previous) is None:
        return None
    fragment = read_fragment(with_echoes(linked, previous.queries[0], paths))
    if points_to_two(fragment):
        beside = both(previous, earlier())
        if beside is None:
            return None
        previous = beside
    elif not fragment.unknown and (grown := grown_between(fragment, previous, earlier)) is not None:
        return grown
    query, focus = previous.queries[0], _focus(previous)
    if focus is None:
        return None
    if fragment.unknown or _stands_alone(fragment, query, focus, paths):
        return None
    step = anchored(Step(fragment, paths, query, focus, shown))
    if means_nobody(step):
        return None
    for move in _MOVES:
        moved = move(step)
        if moved is None:
            return None
        step = moved
    if fragment.signals.has("change") and step.query.compare is None and not any(each.grain for each in step.query.dimensions):
        return None  # "how much did it grow?": since when can't be told
    if step.query.compare is None and any(order.by != "figure" for order in step.query.order):
        apart = as_far_apart(query, step.query.window)
        if apart is None:
            return None
        step = step.using(compare=apart)
    if step.open_items() or not (step.done or step.used or _says_something(fragment)):
        return None
    kept = previous.assumptions if step.query.measures == query.measures and set(parts_of(query.where)) <= set(parts_of(step.query.where)) else ()
    if query.window is not None and step.query.window != query.window:
        kept = tuple(each for each in kept if each != period_assumed(query.window))
    assumptions = tuple(dict.fromkeys((*kept, *step.assumptions)))
    return previous.model_copy(update={"queries": (step.query,), "focus": step.focus, "assumptions": assumptions})


def is_of_two_unknown(linked: Linked, previous: Plan, earlier: Earlier) -> bool:
    """As in 他们俩 where the last two questions were not about two: nothing tells who is meant."""
    two = read_fragment(linked).first("two")
    named = two is not None and any("pronoun" in item.cues and two.start <= item.start < two.end for item in linked.items)
    return named and both(previous, earlier()) is None


def _names_fields_only(fragment: Fragment, entity: str, paths: Paths) -> bool:
    """As in 第一个的负责人是谁: nothing but fields that the records of the last answer have."""
    named = [item for item in fragment.items if not item.is_only_cue]
    return all(not item.values and paths.dimension(entity, tuple(term for term in item.terms if term.what == "field")) for item in named)


def _asks_for_a_number(fragment: Fragment, paths: Paths) -> bool:
    """As in "number of employees at Vantora": a field of numbers, and the name of whose."""
    if fragment.has("only") or not any(item.values for item in fragment.items) or any(item.number for item in fragment.items):
        return False
    entities = paths.model.entities
    fields = [entities[term.entity].fields[term.key] for item in fragment.items if not item.values for term in item.terms if term.what == "field"]
    return any(field.type.is_numeric for field in fields)


def _focus(plan: Plan) -> Focus | None:
    """What the last answer asserted; None for an overview, which nothing can be changed in."""
    return None if plan.focus in {"changes", "holdings", "askable"} else plan.focus  # type: ignore[return-value]


def _stands_alone(fragment: Fragment, query: Query, focus: Focus, paths: Paths) -> bool:
    """Whether a question is complete without the one before: it names what it asks for, or is put as a question, and no word points back."""
    entity = query.entity
    if not fragment.items and not fragment.marks:
        return True
    if fragment.has("list", "place", "next", "tally") and not fragment.names_target():
        return False
    if fragment.has("place") and _names_fields_only(fragment, entity, paths):
        return False
    counts_others = fragment.signals.has("count", "exists") and _of_another_kind(fragment, entity)
    counts_others = counts_others and not fragment.has("person", "thing", "many", "same") and not fragment.picks()
    counts_others = counts_others or _counts_other_sort(fragment, entity)
    if (fragment.leans() or _begins_with_sorting(fragment)) and not counts_others:
        return False
    if fragment.has("before_year") and all(item.is_only_cue for item in fragment.items):
        return False  # 去年同期是多少
    if folds_own_field(fragment, entity, paths) or asks_barely(fragment, query, paths) or drills_down(fragment, query, paths):
        return False
    if bearer(fragment, query, paths) and not _shows_one(query, focus):
        return False
    if (
        asks_cause(fragment, query, paths)
        or asks_sorts(fragment, query, paths)
        or (query.measures and picks_one(fragment, query, paths))
        or picks_largest(fragment, query, paths)
    ):
        return False
    if _shows_one(query, focus) and asks_number_of_one(fragment, query, paths):
        return False
    if query.measures and not fragment.is_doubtful() and asks_of_value(fragment):
        return False
    if (focus == "compare" and ranks_compared(fragment, paths)) or (_shows_one(query, focus) and asks_of_one(fragment, query, paths)):
        return False
    if fragment.names_target() and not asks_shortly(fragment):
        return not (_means_the_same_records(fragment, entity) or fragment.has("only"))
    spread = fragment.signals.has("breakdown") and not fragment.signals.has("group") and not fragment.has("split")
    if (fragment.is_doubtful() and not fragment.has("only")) or spread or _asks_for_a_number(fragment, paths):
        return True
    return fragment.asks() and not fragment.has("only", "total", "sort") and not asks_shortly(fragment)


def _shows_one(query: Query, focus: Focus) -> bool:
    """Whether the last answer was about a single record."""
    return not query.measures and (focus == "lookup" or query.limit == 1)


def _says_something(fragment: Fragment) -> bool:
    """As in "no, by value" of what is by value already: more than an "ok"."""
    return any(not item.is_only_cue for item in fragment.items)


def _begins_with_sorting(fragment: Fragment) -> bool:
    first = fragment.first("sort", "split")
    return first is not None and all(token.kind == "mark" for token in fragment.linked.tokens[: first.start])


def _of_another_kind(fragment: Fragment, entity: str) -> bool:
    kinds = {term.entity for item in fragment.items for term in item.terms if term.what in {"entity", "measure"} and not item.values}
    return bool(kinds) and entity not in kinds


def _counts_other_sort(fragment: Fragment, entity: str) -> bool:
    """As in 那边有几个经销商 after deals: a sort of customers, right behind how many, is what is counted."""
    counted = {fragment.items[index].end for index in fragment.signals.at.get("count", ()) if _HOW_MANY.search(fragment.items[index].text)}
    behind = [item for item in fragment.items if item.start in counted and item.values and not item.terms]
    return bool(behind) and behind[-1] is fragment.items[-1] and any(behind[-1].is_sort_of(kind) for kind in ("account", "product", "member") if kind != entity)


def _means_the_same_records(fragment: Fragment, entity: str) -> bool:
    """As in "show me the deals", "which deals?" after a figure about deals: nothing but the kind of record that the last answer was about."""
    named = [item for item in fragment.items if not item.is_only_cue]
    tokens = fragment.linked.tokens
    definite = any(token.norm in {"the", "those", "these"} for token in tokens) or fragment.signals.at.keys() == {"which"}
    definite = definite or any(_THOSE.fullmatch(item.text) for item in fragment.items)
    return (
        len(named) == 1
        and definite
        and not named[0].values
        and any(term.what == "entity" and term.entity == entity for term in named[0].terms)
        and (fragment.signals.has("list", "which") or fragment.has("list"))
        and not fragment.signals.superlative
        and not fragment.signals.has("count", "all", "lookup", "open", "won", "lost")
    )
