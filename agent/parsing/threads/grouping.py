"""Other groups than before, or none: 换成按产品, "by month instead", "break that down by rep", "in total"."""

from __future__ import annotations

from agent.parsing.targets.grouping import grouped
from agent.parsing.threads.anchoring import about_leader
from agent.parsing.threads.belonging import bearer
from agent.parsing.threads.eliding import ranks_compared
from agent.parsing.threads.filters import joined, merged, parts_of
from agent.parsing.threads.reasons import REASON, asks_sorts, tells_of_lost
from agent.parsing.threads.showing import as_count
from agent.parsing.threads.state import Step
from tools.crm.query import Compare, Dimension, Filter, Order, Query


def drop_groups(step: Step) -> Step | None:
    """As in "in total", 总共: the figure without its groups, or where it has none, without what limits it; of a list, how many there are."""
    if not step.fragment.has("total"):
        return step
    if step.is_list():
        return as_count(step)
    if not step.query.dimensions:
        kept = tuple(part for part in parts_of(step.query.where) if isinstance(part, Compare) and part.path == "status")
        return step.using(done="groups", where=joined(kept))
    return step.using(focus="figure", done="groups", dimensions=(), order=(), limit=None, skip=0, having=(), only=())


def deny_groups(step: Step) -> Step | None:
    """As in "not by region, by product": what it was not is left."""
    signals, items = step.fragment.signals, step.fragment.items
    for denial in signals.at.get("not", ()):
        group = denial + 1
        if group in signals.at.get("group", ()) and group + 1 < len(items) and items[group + 1].terms and any(at > group + 1 for at in signals.at["group"]):
            return step.using(denial, group, group + 1)
    return step


def break_down(step: Step) -> Step | None:
    """By what the question names after "by", per month, or 按; a question that groups nothing is left as it is."""
    signals = step.fragment.signals
    if "picked" in step.done and not signals.has("group", "breakdown"):
        return step  # "who has the biggest of them?": the record tells who
    belonging = bearer(step.fragment, step.query, step.paths) if not step.done & {"fields", "list"} else None
    counted = as_count(step) if step.is_list() else _whole(step)
    if belonging is not None:
        return _by(counted, *belonging) if counted is not None else None
    if counted is not None and not step.done & {"fields", "list"} and (sorted_out := _sorts_asked(step)) is not None:
        return sorted_out
    asked = signals.has("which", "why") or (signals.has("lookup") and bool(signals.superlative))  # 最多的是哪个客户
    if not signals.has("group", "breakdown") and not step.fragment.has("split") and signals.grain is None and not asked:
        return step
    if step.focus == "compare" and ranks_compared(step.fragment, step.paths):
        return step  # the two that were compared
    if counted is None:
        return step
    bare = counted.reading()
    bare.dimensions = ()
    made = [each for each in grouped(bare) if each.dimensions]
    if not made:
        return _which(step, counted)
    best = min(made, key=lambda each: (len(_unused_groups(counted, each.used)), each.cost - each.fit))
    timed = any(each.grain for each in best.dimensions)
    rising = not timed and not signals.superlative and any(each.by != "figure" for each in counted.query.order)
    order = _order_kept(counted.query) if rising else best.order or _order_kept(counted.query)
    limit = best.limit or (step.query.limit if not timed and step.focus == "top" and not step.is_list() else None)
    focus = "trend" if timed else "top" if limit and step.focus == "top" else best.focus
    places = [*(best.used - counted.used), *(index for kind in ("group", "breakdown", "compare") for index in signals.at.get(kind, ()))]
    return counted.using(
        *places,
        where=_beyond_groups(counted, best.dimensions) if signals.has("compare") else counted.query.where,
        focus=focus,
        done="groups",
        dimensions=best.dimensions,
        order=() if timed and not signals.superlative else order,
        limit=limit,
        skip=best.skip,
        only=(),
        having=(),
    )


def _sorts_asked(step: Step) -> Step | None:
    """As in 都是啥原因 after 今年输了几单, "why?": the figure by the sorts that are asked for; after a ranking, that of its first."""
    asked = asks_sorts(step.fragment, step.query, step.paths)
    why = step.fragment.has("why") and not step.open_items() and tells_of_lost(step.query, step.paths)
    if asked is None and not why:
        return None
    of_one = about_leader(step)
    counted = as_count(of_one) if of_one.is_list() else _whole(of_one)
    path, places = asked or (REASON, ())
    return _by(counted, path, places) if counted is not None and not counted.query.dimensions else None


def _by(step: Step, path: str, places: tuple[int, ...]) -> Step:
    """The figure by what its records belong to."""
    grouped_by = {"dimensions": (Dimension(path=path),), "order": _order_kept(step.query), "limit": None, "skip": 0, "only": (), "having": ()}
    return step.using(*places, focus="breakdown", done="groups", **grouped_by)


def _beyond_groups(step: Step, dimensions: tuple[Dimension, ...]) -> Filter | None:
    """As in 各大区比一下 after a figure of one region: the others are wanted, too."""
    keys = {each.path.rsplit(".", 1)[-1] for each in dimensions}
    return joined(part for part in parts_of(step.query.where) if not (isinstance(part, Compare) and part.path.rsplit(".", 1)[-1] in keys))


def _whole(step: Step) -> Step:
    """A share of one group as the figure of that group, which can be broken down again."""
    query = step.query
    if not query.only or not query.dimensions or query.dimensions[0].grain:
        return step
    part = Compare(path=query.dimensions[0].path, values=query.only)
    measures = tuple(each.model_copy(update={"share": False}) for each in query.measures)
    return step.using(where=joined(merged(parts_of(query.where), (part,))), measures=measures, only=(), dimensions=())


def _unused_groups(step: Step, used: frozenset[int]) -> list[int]:
    return [index for index in step.rest() if index not in used and step.fragment.items[index].terms]


def _order_kept(query: Query) -> tuple[Order, ...]:
    return tuple(each for each in query.order if each.measure is not None) or (Order(measure=0),)


def _which(step: Step, counted: Step) -> Step:
    """As in "which region?": by that, the highest first."""
    places = step.fragment.signals.at.get("which", [])
    if not places or not step.query.measures:
        return step
    for index in step.rest():
        options = step.paths.dimension(step.query.entity, step.fragment.items[index].terms)
        for _, path in options[:1]:
            field = step.paths.field(step.query.entity, path)
            if field.type.is_numeric or field.type.is_time or path == step.paths.model.entities[step.query.entity].title or step.fragment.items[index].values:
                continue
            return _by(counted, path, (*places, index))
    return step
