"""Puts a new measure, new values, bounds and periods into the last query; what the question does not name stays."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.parsing.conditions import add_conditions
from agent.parsing.linking.items import Linked
from agent.parsing.reading.candidates import read_as
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.settling import settle
from agent.parsing.reading.signals import read_signals
from agent.parsing.threads.filters import joined, merged, parts_of, translated, without_path
from agent.parsing.threads.marks import Mark
from agent.parsing.threads.measuring import Target, opens_header, targets
from agent.parsing.threads.past import dated_like
from agent.parsing.threads.siblings import conditions_of
from agent.parsing.threads.state import Step
from tools.crm.query import Assumption, Compare, Dimension, Filter, Order, Window

_TOP = 5
_ADDING = {"add", "include", "加", "带"}
_PERIOD = re.compile(r"(?:FY)?(?:19|20)\d\d(?:[-/ ]?(?:Q[1-4]|H[12]|W\d\d?|0?[1-9]|1[0-2]))?年?|Q[1-4][-/ ](?:19|20)\d\d", re.IGNORECASE)
OPPOSED = {"status"}
_TURNING = {"count", "amount", "average", "median", "won", "lost", "open", "closed", "share"}


def put_in(step: Step) -> Step | None:
    """The query with everything put in that is still open; None where it can't be told what is meant."""
    step = _without_denied(_widened(step))
    if step.fragment.has("big") and "order" not in step.done and not any(item.number for item in step.fragment.items):
        return _biggest(step)
    step = _counting_them(step)
    if not step.open_items() and not _cues_left(step):
        return step
    found: list[tuple[tuple[float, ...], Step, str]] = []
    for target in targets(step):
        for reading in _conditioned(step, target):
            made = _applied(step, target, reading)
            if made is not None:
                found.append(((float(len(made.open_items()) + _cues_left(made)), *_rank(step, reading, target)), made, reading.about))
    if not found:
        return None
    found.sort(key=lambda each: each[0])
    rank, best, about = found[0]
    rivals = {made.query for other, made, _ in found if other[0] == rank[0] and made.query.where != best.query.where}
    return None if about and rivals else best


def _counting_them(step: Step) -> Step:
    """As in "how many of those were converted?" after a ranking, 平均一次多少分钟 after who had most: of all that it ranked, one figure."""
    signals = step.fragment.signals
    counted = signals.has("count") and step.fragment.has("many", "only")
    folded = signals.has("average", "median", "sum") and step.focus == "top" and not signals.superlative and not step.fragment.has("trail", "correct")
    if not (counted or folded) or "groups" in step.done or not step.query.dimensions or any(each.grain for each in step.query.dimensions):
        return step
    if signals.has("group", "breakdown", "which") or step.focus not in {"top", "breakdown", "figure"}:
        return step
    return step.using(focus="figure", dimensions=(), order=(), limit=None, skip=0, having=(), only=())


def _cues_left(step: Step) -> int:
    """How many words that turn a figure into another are not used yet."""
    return sum(bool(_TURNING & set(step.fragment.items[index].cues)) for index in step.rest())


def _conditioned(step: Step, target: Target) -> list[Reading]:
    """All ways in which the rest of the items are conditions on the records of the target."""
    places = [index for index in step.rest() if index not in target.used]
    items = tuple(step.fragment.items[index] for index in places)
    signals = read_signals(Linked(step.fragment.linked.tokens, items, ()))
    denied = [index for index in signals.at.get("without", ()) if index + 1 < len(items) and items[index + 1].values]
    if denied:
        signals.at["not"] = sorted([*signals.at.get("not", ()), *denied])  # "without Ada" leaves her records out
    number = next((index for index, item in enumerate(items) if item.number is not None), None)
    own = any(term.what == "entity" and term.entity == target.entity for item in items for term in item.terms)
    notes = {"measure_item": str(number)} if number is not None and target.dimensions and not own else {}
    reading = Reading(target.entity, step.paths, signals, measures=target.measures, dimensions=target.dimensions, notes=notes)
    return [replace(each, used=frozenset(places[index] for index in each.used)) for each in add_conditions(reading)]


def _rank(step: Step, reading: Reading, target: Target) -> tuple[float, float]:
    """Fields that the last question was about come first."""
    known = {part.path for part in parts_of(step.query.where) if isinstance(part, Compare)} | {each.path for each in step.query.dimensions}
    again = sum(isinstance(part, Compare) and part.path in known for part in reading.filters)
    return (target.cost + reading.cost - 0.5 * again, -reading.fit)


def _applied(step: Step, target: Target, reading: Reading) -> Step | None:
    """The last query with a target and conditions in it."""
    query = step.query
    reading = replace(reading, filters=tuple(_of_same_column(step, target, part) for part in reading.filters))
    new = (*target.filters, *reading.filters)
    if any(_says_outcome(part) for part in reading.filters) and any(_says_outcome(part) for ref in target.measures for part in conditions_of(ref, step.paths)):
        return None  # the lost ones of a win rate are no figure
    if not target.replaces_outcome and target.measures == query.measures and _contradicts(step, reading):
        return None
    before = translated(query, target.entity, step.paths)
    if query.where is not None and not before and step.fragment.has("many", "among"):
        return None  # of those: what they were means nothing for the records that are asked for
    if target.share_of is not None:
        before = tuple(part for part in before if part != target.share_of)
    if target.replaces_outcome:
        before = tuple(part for part in before if not (isinstance(part, Compare) and part.path in OPPOSED))
    changes: dict[str, object] = {"entity": target.entity, "measures": target.measures, "dimensions": target.dimensions}
    paired = _side_by_side(step, new) or _only_groups(step, new)
    if paired is not None:
        changes |= paired
    else:
        where = merged(before, _together(step, before, new))
        where = tuple(part for part in where if part in new or not _is_hit(step, target, part))
        settled = settle(Reading(target.entity, step.paths, reading.signals, measures=target.measures, filters=where))
        undated = tuple(part for part in settled.filters if reading.window is None or part in new or not _holds_period(part))
        changes |= {"where": joined(undated), "measures": settled.measures}
        changes |= _ungrouped(target.dimensions, new)
    if reading.having:
        changes["having"] = reading.having
    if reading.window is not None:
        changes |= _window(step, reading)
    elif target.entity != query.entity and query.window is not None:
        changes |= {"window": None if _is_undated(step, target) else query.window.model_copy(update={"path": None}), "compare": None}
    focus = step.focus
    if reading.window is None and query.window is not None and _is_open_now(step, target, new) and not step.fragment.has("same"):
        changes |= {"window": None, "compare": None}
    if target.measures and step.is_list():
        changes |= {"select": (), "order": (), "limit": None, "skip": 0}
        focus = "figure"
    if target.measures != query.measures and not step.is_list():
        changes["having"] = reading.having
        changes["order"] = tuple(Order(measure=0, descending=each.descending, by=each.by) for each in query.order[:1])
    if changes["dimensions"] != query.dimensions or ("order" in changes and not changes.get("dimensions")):
        changes |= {"order": (), "limit": None, "skip": 0, "only": (), "having": ()} if not changes["dimensions"] else {}
        focus = "figure" if not changes["dimensions"] and changes["measures"] else focus
    if target.share_of is not None:
        changes |= {"only": target.share_of.values, "order": (Order(measure=0),)}
        focus = "share"
    if reading.compare is not None:
        changes["compare"] = reading.compare
    taken = (*target.used, *reading.used, *_spoken_cues(step), *(index for index in step.rest() if step.fragment.picks() and opens_header(step, index)))
    said = tuple(each for index in taken for each in _read_as(step, index))
    made = step.using(*taken, focus=focus, done="put", **changes)
    return replace(made, assumptions=tuple(dict.fromkeys((*made.assumptions, *reading.assumptions, *said))))


def _of_same_column(step: Step, target: Target, part: Filter) -> Filter:
    """As in 浙江的呢 after 苏南 of the reps' regions: another value of the column that the last question was limited to, where it has that value."""
    if not isinstance(part, Compare) or part.op != "eq" or target.entity != step.query.entity:
        return part
    held = [each for each in parts_of(step.query.where) if isinstance(each, Compare) and each.op == "eq" and each.path not in {"status", "stage"}]
    if any(each.path == part.path for each in held):
        return part
    fields = [(each.path, step.paths.field(step.query.entity, each.path)) for each in held]
    own = [path for path, field in fields if field.to is None and {*part.values} <= {*step.paths.vocabulary.content(field.entity, field.key).values}]
    return part.model_copy(update={"path": own[0]}) if len(own) == 1 else part


def _is_hit(step: Step, target: Target, part: Filter) -> bool:
    """As in "and the conversion rate?" after those converted: how records came out is no condition on what a rate of it is of."""
    ops = [step.paths.model.measures[ref.measure].op for ref in target.measures if ref.measure]
    return "rate" in ops and target.measures != step.query.measures and isinstance(part, Compare) and part.op == "eq" and part.path in {"status", "stage"}


def _says_outcome(part: Filter) -> bool:
    return isinstance(part, Compare) and part.path in OPPOSED


def _contradicts(step: Step, reading: Reading) -> bool:
    """As in "and the closed ones?" after the open tickets: another outcome beside the one that the figure has by its name."""
    said = {cue for index in reading.used for cue in step.fragment.items[index].cues} & {"won", "lost", "open", "closed"}
    measures = [step.paths.model.measures[ref.measure] for ref in step.query.measures if ref.measure]
    return bool(said) and any(measure.op in {"count", "sum", "avg", "median"} and len(measure.where) == 1 and reading.filters for measure in measures)


def _spoken_cues(step: Step) -> list[int]:
    """Words that a lead or "only" has already said: they ask for nothing else here."""
    kinds = ("lookup", "which", "list", "without", "not", "group") if step.fragment.leans() else ("list", "which")
    return [index for kind in kinds[:3] for index in step.fragment.signals.at.get(kind, ()) if step.fragment.items[index].is_only_cue]


def _read_as(step: Step, index: int) -> tuple[Assumption, ...]:
    item = step.fragment.items[index]
    return (read_as(item),) if item.read_as else ()


def _window(step: Step, reading: Reading) -> dict[str, object]:
    """The named period, dated by the same day as before unless the question names another."""
    assert reading.window is not None  # noqa: S101 - the caller looked
    item = next((step.fragment.items[index] for index in sorted(reading.used) if step.fragment.items[index].period is not None), None)
    window = reading.window
    if item is not None and item.period is not None and item.period.start == window.start and reading.compare is None:
        dated = dated_like(item.period, item.text, step.query.window)
        window = Window(start=dated.start, end=dated.end, path=window.path, words_en=dated.en, words_zh=dated.zh)
    if window.path is None and step.query.window is not None and step.query.entity == reading.entity:
        window = window.model_copy(update={"path": step.query.window.path})
    return {"window": window, "compare": reading.compare}


def _replaces(step: Step) -> bool:
    """As in "what about East?": that alone, rather than one more."""
    lead = step.fragment.first("lead")
    words = {token.norm for token in step.fragment.linked.tokens[lead.start : lead.end]} if lead else set()
    return lead is None or "about" in words or bool(words & {"换", "改"})


def _holds_period(part: Filter) -> bool:
    """As in "period 2026-Q2": a condition that names a time in words, which another time replaces."""
    return isinstance(part, Compare) and part.op == "eq" and bool(part.values) and all(_PERIOD.fullmatch(value) for value in part.values)


def _is_undated(step: Step, target: Target) -> bool:
    """Whether a period means nothing for what is counted now: a whole question about other records, or records without a day."""
    time = next((m.time for ref in target.measures if (m := step.paths.model.measures.get(ref.measure or "")) and m.time), None)
    time = time or step.paths.model.entities[target.entity].time
    return step.fragment.asks() or time is None or not step.paths.vocabulary.filled(target.entity, time)


def _is_open_now(step: Step, target: Target, new: tuple[Filter, ...]) -> bool:
    """As in 手上还有几个没签的 after what was won this year: what is still open is so today, and nothing of it has closed in that time."""
    opened = Compare(path="status", values=("open",))
    before = (*parts_of(step.query.where), *(part for ref in step.query.measures for part in conditions_of(ref, step.paths)))
    after = (*new, *(part for ref in target.measures for part in conditions_of(ref, step.paths)))
    ended = any(isinstance(part, Compare) and part.path == "status" and part != opened for part in before)
    return target.entity == "opportunity" == step.query.entity and opened in after and ended


def _side_by_side(step: Step, new: tuple[Filter, ...]) -> dict[str, object] | None:
    """As in "and East?" after North was compared with South: one more of them."""
    grouped = step.focus in {"compare", "top", "breakdown"} and bool(step.query.dimensions)
    if not grouped or step.fragment.has("only", "correct") or len(new) != 1 or _replaces(step) or not (step.focus == "compare" or _adds(step)):
        return None
    path = step.query.dimensions[0].path
    before = next((part for part in parts_of(step.query.where) if isinstance(part, Compare) and part.path == path and part.op == "eq"), None)
    added = new[0]
    if before is None or not isinstance(added, Compare) or added.path != path or added.op != "eq":
        return None
    values = tuple(dict.fromkeys((*before.values, *added.values)))
    return {"where": joined((*without_path(step.query.where, path), before.model_copy(update={"values": values})))}


def _together(step: Step, before: tuple[Filter, ...], new: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """As in 加上华南, "include East": besides the values that it was limited to before."""
    if not _adds(step):
        return new
    held = {part.path: part.values for part in before if isinstance(part, Compare) and part.op == "eq"}
    return tuple(_widened_by(part, held.get(part.path, ())) if isinstance(part, Compare) and part.op == "eq" else part for part in new)


def _adds(step: Step) -> bool:
    lead = step.fragment.first("lead")
    return lead is not None and bool({token.norm for token in step.fragment.linked.tokens[lead.start : lead.end]} & _ADDING)


def _widened_by(part: Compare, values: tuple[str, ...]) -> Compare:
    return part.model_copy(update={"values": tuple(dict.fromkeys((*values, *part.values)))})


def _only_groups(step: Step, new: tuple[Filter, ...]) -> dict[str, object] | None:
    """As in "and Lift Pro?" after the share of Lift Basic: the same of another group."""
    if step.focus != "share" or not step.query.only or len(new) != 1 or not step.query.dimensions:
        return None
    part = new[0]
    if not isinstance(part, Compare) or part.op != "eq" or part.path != step.query.dimensions[0].path:
        return None
    return {"only": part.values, "where": step.query.where}


def _ungrouped(dimensions: tuple[Dimension, ...], new: tuple[Filter, ...]) -> dict[str, object]:
    """A group of which only one is left is none."""
    single = {part.path for part in new if isinstance(part, Compare) and part.op == "eq" and len(part.values) == 1}
    return {"dimensions": tuple(each for each in dimensions if each.path not in single)}


# -- what is taken out ------------------------------------------------------------------------------------------------


def _widened(step: Step) -> Step:
    """As in "for all regions", 不限时间: a condition or the period is dropped."""
    fragment = step.fragment
    if fragment.has("all_time") and step.query.window is not None:
        step = step.using(window=None, compare=None, done="widened")
    if not fragment.has("everyone"):
        return step
    held = {part.path for part in parts_of(step.query.where) if isinstance(part, Compare)}
    if (whole := _of_all(step)) is not None:
        return whole
    for index in step.rest():
        for _, path in step.paths.dimension(step.query.entity, fragment.items[index].terms):
            if path in held:
                step = step.using(index, where=joined(without_path(step.query.where, path)), done="widened")
                break
    return step


def _of_all(step: Step) -> Step | None:
    """As in "for all tests of that year", 所有工单的: the kind of record right behind "all" is meant without what limited it."""
    ends = {mark.end for mark in step.fragment.marks if mark.kind == "everyone"}
    for index in step.rest():
        item = step.fragment.items[index]
        if item.start in ends and not item.values and any(term.what == "entity" and term.entity == step.query.entity for term in item.terms):
            return step.using(index, where=None, done="widened")
    return None


def _without_denied(step: Step) -> Step:
    """As in "not West, East": the value that it was not is left, the other takes its place."""
    items, held = step.fragment.items, {value for part in parts_of(step.query.where) if isinstance(part, Compare) and part.op == "eq" for value in part.values}
    denials = {index for index in step.fragment.signals.at.get("not", ()) if items[index].is_only_cue}
    tokens = step.fragment.linked.tokens
    for index in step.rest():
        denied = index - 1 in denials or any(mark.kind == "correct" and tokens[mark.end - 1].norm in {"not", "是"} for mark in _ending_at(step, index))
        others = [other for other in step.rest() if other > index and items[other].values]
        if denied and others and any(value.text in held for value in items[index].values):
            return step.using(index, *(each for each in denials if each == index - 1))
    return step


def _ending_at(step: Step, index: int) -> list[Mark]:
    return [mark for mark in step.fragment.marks if mark.end <= step.fragment.items[index].start]


def _biggest(step: Step) -> Step | None:
    """As in "only the big ones" of a ranking: its first five. Above which amount is big can't be known otherwise."""
    if not step.query.dimensions or step.open_items():
        return None
    before = step.query.order[0] if step.query.order else Order(measure=0)
    return step.using(focus="top", done="put", order=(Order(measure=before.measure or 0, by=before.by),), limit=_TOP)
