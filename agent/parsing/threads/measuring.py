"""What a follow-up asks for: the same measure, another one by name, the same records counted, added up or averaged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.parsing.linking.items import Linked
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.happening import DOERS, counts_times
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.signals import read_signals
from agent.parsing.targets import figures
from agent.parsing.threads.eliding import BARE_SUMS
from agent.parsing.threads.filters import parts_of, path_elsewhere
from agent.parsing.threads.siblings import conditions_of, counterpart, folded_field, money_of, rate_of, unconditioned
from agent.parsing.threads.state import Step
from tools.crm.query import Compare, Dimension, Filter, MeasureRef, Or

FOLDS = {"average": "avg", "median": "median", "sum": "sum"}
_MONEY = BARE_SUMS | {"value", "the total"}
_BARE = re.compile(r"(?:一共|总共|合计)?(?:有|是)?多少")
_OUTCOMES = ("won", "lost", "open", "closed", "sells")


@dataclass(frozen=True, slots=True)
class Target:
    """Measures of one kind of record, with the items that say so and the filters that they need.

    ``share_of`` is the condition whose part of the whole is asked for.
    """

    entity: str
    measures: tuple[MeasureRef, ...]
    dimensions: tuple[Dimension, ...]
    used: frozenset[int] = frozenset()
    filters: tuple[Filter, ...] = ()
    cost: float = 0.0
    replaces_outcome: bool = False
    share_of: Compare | None = None


def targets(step: Step) -> Iterator[Target]:
    """All that the rest of the items may ask for."""
    query = step.query
    yield Target(query.entity, query.measures, query.dimensions, frozenset(_barely(step)) if query.measures else frozenset())
    yield from _without_outcome(step)
    yield from _refolded(step)
    yield from _only_of(step)
    entities = {query.entity: 0.0}
    for index in step.rest():
        for term in step.fragment.items[index].terms:
            counted = term.what == "entity" and step.fragment.signals.has("count", "amount")
            counted = counted and not (term.entity in DOERS and counts_times(step.fragment.signals))  # 其中重点客户的有几次 counts visits
            whose = step.fragment.picks() and (_is_whose(step, index, term.entity) or opens_header(step, index))
            bare = (
                step.fragment.items[index].text.casefold() in _MONEY and term.entity != query.entity and money_of(query.entity, step.paths) is not None
            )  # of what was asked about
            if (term.what == "measure" or counted) and not (whose or bare) and term.filled and not step.fragment.items[index].values:
                entities.setdefault(term.entity, 0.3)
    for entity, cost in entities.items():
        yield from _named(step, entity, cost)
    yield from _parts(step)


def _is_whose(step: Step, index: int, entity: str) -> bool:
    """As in 其中重点客户的有几个: with a value of its kind it says whose the records are that are counted."""
    linked = bool(step.paths.to_entity(step.query.entity, entity))
    values = [value for at, item in enumerate(step.fragment.items) if at != index for value in item.values]
    return linked and entity != step.query.entity and any(value.entity == entity for value in values)


def opens_header(step: Step, index: int) -> bool:
    """As in 其中客户满意的有几个 of visits with 客户评价: said with a value of theirs, it is the beginning of what the column is called."""
    behind = step.fragment.items[index + 1] if index + 1 < len(step.fragment.items) else None
    if behind is None or behind.start != step.fragment.items[index].end:
        return False
    fields = [step.paths.model.entities[value.entity].fields[value.field] for value in behind.values if value.entity == step.query.entity]
    word = step.fragment.items[index].text
    return any(label.startswith(word) for field in fields for label in (*field.words.en, *field.words.zh))


def _parts(step: Step) -> Iterator[Target]:
    """As in "what share is that?", 占比呢: the part that the last value which was named has of the whole."""
    cues, query = step.fragment.signals.at.get("share", []), step.query
    ref = query.measures[0] if query.measures else MeasureRef()
    measure = step.paths.model.measures.get(ref.measure or "")
    if not cues or (measure.op if measure is not None else ref.fold) not in {"count", "sum"} or ref.per is not None or ref.part is not None:
        return
    shared = (query.measures[0].model_copy(update={"share": True}),)
    if query.dimensions:
        yield Target(query.entity, shared, query.dimensions, frozenset(cues))
        return
    named = _part_named(step) or _end_named(step)
    if named is not None:
        place, said_now = named
        used = frozenset([*cues, *_said_again(step, query.measures[0]), place])
        yield Target(query.entity, shared, (Dimension(path=said_now.path),), used, share_of=said_now)
        return
    part = next((each for each in reversed(parts_of(query.where)) if isinstance(each, Compare) and each.op == "eq" and each.path != "status"), None)
    if part is not None:
        said = _said_again(step, query.measures[0])
        yield Target(query.entity, shared, (Dimension(path=part.path),), frozenset([*cues, *said]), share_of=part)


def _part_named(step: Step) -> tuple[int, Compare] | None:
    """As in 其中A产品占多少 after what the west has won: a value of which nothing was said before, whose part of that figure is asked for."""
    held = {each.path for each in parts_of(step.query.where) if isinstance(each, Compare)}
    for index in step.rest():
        for value in step.fragment.items[index].values:
            path = next(iter(step.paths.to_value(step.query.entity, value)), None)
            if path is not None and path not in held:
                return index, Compare(path=path, values=(value.text,))
    return None


def _end_named(step: Step) -> tuple[int, Compare] | None:
    """As in 其中赢单的占多少 after how many deals there were: the part of those, whatever has become of the others."""
    model, ref = step.paths.model, step.query.measures[0]
    if step.query.entity != "opportunity" or conditions_of(ref, step.paths) or not (step.fragment.has("only", "among", "many")):
        return None
    for index in step.rest():
        item = step.fragment.items[index]
        counted = [model.measures[term.key].where.get("status", ()) for term in item.terms if term.what == "measure" and model.measures[term.key].op == "count"]
        end = next((kind for kind in ("won", "lost", "open") if kind in item.cues or (kind,) in counted), None)
        if end is not None:
            return index, Compare(path="status", values=(end,))
    return None


def _said_again(step: Step, ref: MeasureRef) -> list[int]:
    """Places of the measure's own name beside the question for its share."""
    return [index for index in step.rest() if any(term.what == "measure" and term.key == ref.measure for term in step.fragment.items[index].terms)]


def _without_outcome(step: Step) -> Iterator[Target]:
    """As in "and lost?" after the deals won: the same measure, so that the outcome can be another."""
    outcome = any(kind in step.fragment.signals.at for kind in _OUTCOMES)
    if not outcome or len(step.query.measures) != 1 or step.fragment.has("among") or step.fragment.picks():
        return
    ref = step.query.measures[0]
    plain = unconditioned(ref, step.query.entity, step.paths)
    counts = ref.measure is not None and step.paths.model.measures[ref.measure].op == "count"
    if plain is not None and not (counts and step.fragment.signals.has("amount")):
        counted = step.fragment.signals.at.get("count", ()) if counts else ()
        yield Target(step.query.entity, (plain,), step.query.dimensions, frozenset(counted), replaces_outcome=True)
    for kind in _OUTCOMES:
        other = rate_of(ref, kind, step.paths)
        if other is not None and step.fragment.signals.has(kind):
            yield Target(step.query.entity, (other,), step.query.dimensions, frozenset(step.fragment.signals.at[kind]))


def _only_of(step: Step) -> Iterator[Target]:
    """As in "only deals closed in 2024" after a win rate: the figure stays, of the records that are named."""
    query = step.query
    if not query.measures or not step.fragment.has("only") or step.fragment.signals.has("count", "amount", "sum", *FOLDS):
        return
    held = conditions_of(query.measures[0], step.paths)
    for index in step.rest():
        for term in step.fragment.items[index].terms:
            measure = step.paths.model.measures[term.key] if term.what == "measure" and term.entity == query.entity else None
            if measure is None or measure.op != "count" or step.fragment.items[index].values or not measure.where:
                continue
            named = conditions_of(MeasureRef(measure=measure.key), step.paths)
            if set(named) <= set(held):
                yield Target(query.entity, query.measures, query.dimensions, frozenset({index}), cost=-1.0)


def _refolded(step: Step) -> Iterator[Target]:
    """As in "and the average?", "by count instead", "how much is that?"."""
    query, signals = step.query, step.fragment.signals
    ref = query.measures[0] if query.measures else MeasureRef(fold="count")
    wanted: list[tuple[str, str | None]] = [(kind, folded_field(ref, query.entity, step.paths)) for kind in FOLDS if signals.has(kind)]
    if signals.has("amount"):
        wanted.append(("sum", money_of(query.entity, step.paths)))
    for kind, path in wanted:
        if path is not None:
            made, rest = counterpart(ref, query.entity, FOLDS[kind], (path,), step.paths)
            yield Target(query.entity, (made,), query.dimensions, frozenset(signals.at.get(kind, ())) | set(signals.at.get("amount", ())), rest, 0.1)
    money = money_of(query.entity, step.paths)
    if signals.has("amount") and money is not None and any(kind in signals.at for kind in _OUTCOMES):
        plain, rest = counterpart(MeasureRef(fold="count"), query.entity, "sum", (money,), step.paths)  # 丢了几单，赢了多少钱
        yield Target(query.entity, (plain,), query.dimensions, frozenset(signals.at["amount"]), rest, 0.05, replaces_outcome=True)
    whole = [index for index in step.rest() if step.fragment.items[index].text.casefold() in _MONEY]
    own = money_of(query.entity, step.paths)
    said = any(term.entity == query.entity and term.filled for index in whole for term in step.fragment.items[index].terms)
    if whole and own is not None and (query.entity != "opportunity" or not said) and not any(signals.has(kind) for kind in FOLDS):
        made, rest = counterpart(ref, query.entity, "sum", (own,), step.paths)
        came = step.paths.vocabulary.columns.days_of_paying(query.entity)
        owed = any(isinstance(part, Compare) and part.path in came and part.op == "is_null" for part in _leaves(query.where))
        bare = () if owed else signals.at.get("count", ())  # 金额合计多少; of what has not come in, what was due is meant
        barely = [index for index in bare if _BARE.fullmatch(step.fragment.items[index].text)]
        yield Target(query.entity, (made,), query.dimensions, frozenset([*whole, *barely, *signals.at.get("amount", ())]), rest, 0.05)
    if signals.has("count"):
        made, rest = counterpart(ref, query.entity, "count", (), step.paths)
        used = frozenset(signals.at["count"])
        yield Target(query.entity, (made,), query.dimensions, used, rest, 0.1)
        if any(kind in signals.at for kind in _OUTCOMES):
            plain, rest = counterpart(MeasureRef(fold="count"), query.entity, "count", (), step.paths)
            yield Target(query.entity, (plain,), query.dimensions, used, rest, 0.05, replaces_outcome=True)


def _named(step: Step, entity: str, cost: float) -> Iterator[Target]:
    """Measures that the question names, of the same or of another kind of record."""
    places = step.rest()
    items = tuple(step.fragment.items[index] for index in places)
    reading = Reading(entity, step.paths, read_signals(Linked(step.fragment.linked.tokens, items, ())))
    dimensions = tuple(each for each in (_elsewhere(each, step.query.entity, entity, step.paths) for each in step.query.dimensions) if each is not None)
    for each in figures(reading):
        named = [index for index in each.used if items[index].terms or "duration" in items[index].cues]
        if not each.measures or not named or each.notes.get("measure_item") is None:
            continue
        used = frozenset(places[index] for index in each.used) | frozenset(_how_much(step))
        limits = any(_says_outcome(part) for ref in each.measures for part in conditions_of(ref, step.paths))
        made = Target(entity, each.measures, dimensions, used, each.filters, cost + 0.5 + each.cost - each.fit, limits)
        yield made
        yield from _of_the_same(step, made)


def _how_much(step: Step) -> list[int]:
    """Places of "how much", 有多少 beside the name of a figure: they ask for it."""
    return [*step.fragment.signals.at.get("amount", ()), *_barely(step)]


def _barely(step: Step) -> list[int]:
    """Places of a mere 多少: how many or how much, whichever it was before."""
    return [index for index in step.fragment.signals.at.get("count", ()) if _BARE.fullmatch(step.fragment.items[index].text)]


def _says_outcome(part: Filter) -> bool:
    return isinstance(part, Compare) and part.path == "status"


def _of_the_same(step: Step, named: Target) -> Iterator[Target]:
    """A plain measure is meant of the records that the last one counted: "by value" after the deals won is the value won."""
    query, model = step.query, step.paths.model
    if named.entity != query.entity or len(named.measures) != 1 or not query.measures or step.fragment.signals.has("all"):
        return
    ref = named.measures[0]
    measure = model.measures.get(ref.measure or "")
    op, args = (measure.op, measure.args) if measure else (str(ref.fold), (ref.path,) if ref.path else ())
    if measure is not None and (measure.where or op not in {"count", "sum", "avg", "median", "min", "max"}):
        yield from _outcome_of(step, named)
        return
    if ref.since:
        yield Target(named.entity, named.measures, named.dimensions, named.used, conditions_of(query.measures[0], step.paths), named.cost - 0.3)
        return
    same, rest = counterpart(query.measures[0], query.entity, op, args, step.paths)
    yield Target(named.entity, (same,), named.dimensions, named.used, rest, named.cost - 0.3)


def _outcome_of(step: Step, named: Target) -> Iterator[Target]:
    """As in "I meant lost deals" after the value won: the outcome is corrected, what is computed stays."""
    measure = step.paths.model.measures[str(named.measures[0].measure)]
    if not step.fragment.has("correct") or measure.op != "count" or set(measure.where) != {"status"}:
        return
    plain = unconditioned(step.query.measures[0], step.query.entity, step.paths)
    if plain is not None:
        part = Compare(path="status", values=measure.where["status"])
        yield Target(named.entity, (plain,), named.dimensions, named.used, (part,), named.cost - 0.4, replaces_outcome=True)


def _elsewhere(dimension: Dimension, start: str, entity: str, paths: Paths) -> Dimension | None:
    if start == entity:
        return dimension
    if dimension.grain is not None:
        time = paths.model.entities[entity].time
        return dimension.model_copy(update={"path": time}) if time else None
    path = path_elsewhere(dimension.path, start, entity, paths)
    return dimension.model_copy(update={"path": path}) if path else None


def _leaves(where: Filter | None) -> Iterator[Filter]:
    """The conditions of a filter, also those of which one must hold."""
    for part in parts_of(where):
        yield from (leaf for each in part.parts for leaf in _leaves(each)) if isinstance(part, Or) else (part,)
