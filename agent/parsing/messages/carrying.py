"""What one part of a message leaves unsaid because the part before has said it: the period, the conditions, whose records are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.conditions.receivable import amount_due, of_due
from agent.parsing.linking.items import OUTCOMES, Item, Linked
from agent.parsing.store_words.vocabulary import Vocabulary
from agent.parsing.threads.filters import joined, parts_of
from tools.crm.query import Beside, Between, Compare, Dimension, Filter, MeasureRef, Or, Order, Query
from tools.crm.semantic import FieldType, Measure, SemanticModel
from tools.crm.semantic.model import RECORD_ID

NUMBER = "number"
_WON = re.compile(r"[赢签]|中标|成交|成单|\b(?:won|win|wins|signed|closed|booked)\b", re.IGNORECASE)
_NUMBER = re.compile(r"号|编码|\b(?:number|no|id|code)\b", re.IGNORECASE)
WHOLE = {"company", "all"}  # said of the whole company, not of what the part before was about


def carried(query: Query, before: Query, linked: Linked, vocabulary: Vocabulary) -> Query:
    """What the part before said and this one leaves unsaid: the period, and, where it names nothing of its own, the records."""
    model = vocabulary.model
    if query.entity == before.entity and before.where is not None and not any(_says_which(item) for item in linked.items):
        query = query.model_copy(update={"where": None})  # "…, and which?": the very records of the part before, under all of their conditions
    query = _of_same_time(_of_same_end(query, before, linked, model), before, linked, model)
    bare = query.window is None and query.compare is None and not any(each.grain for each in query.dimensions)
    dated = before.window is not None and not any(item.period for item in linked.items)
    if bare and dated and before.window is not None and is_dated(query, model) and (query.entity == before.entity or before.window.path is None):
        query = query.model_copy(update={"window": before.window})
    parted = {f"{query.entity}.{each.path}" for each in query.dimensions} if query.only else set()
    named = any(_is_named(item) and not _is_part(item, parted) for item in linked.items)
    kind_only = not says_all(linked) and not any(item.values for item in linked.items) and is_of_one(before, model)
    if query.entity != before.entity and query.measures and (kind_only or (query.where is None and not named)) and not is_of_those(query, before, model):
        return of_those(query, before, model)
    if query.entity != before.entity and not query.measures and query.where is None and asks_whose(linked, query.entity):
        return _by_bearer(query, before, model) or query
    if query.entity != before.entity or query.where is not None or named:
        return query
    ended = any(OUTCOMES & set(item.cues) or "resolved" in item.cues for item in linked.items)
    held = [part for part in parts_of(before.where) if not (ended and isinstance(part, Compare) and part.path in {"status", "stage"})]
    shared = {each.path for each in query.dimensions} if query.only else set()  # what a share is told of narrows not what it is taken of
    held = [part for part in held if not (isinstance(part, Compare) and part.path in shared)]
    parts = [*held, *(part for part in _state(before, model) if _takes_state(query, model, part))]
    if not parts:
        return query
    return query.model_copy(update={"where": joined(parts), "measures": tuple(_still_owed(ref, parts, query.entity, vocabulary) for ref in query.measures)})


def _of_same_end(query: Query, before: Query, linked: Linked, model: SemanticModel) -> Query:
    """As in 被对手抢了几单，一共值多少: worth of the deals that the part before has counted as lost, where none are said to be won."""
    own = measure_of(query.measures[0], model) if len(query.measures) == 1 else None
    ends = [part.values for part in _state(before, model) if part.path == "status"] if query.entity == before.entity else []
    said = any(OUTCOMES & set(item.cues) or _WON.search(item.text) for item in linked.items)
    if own is None or own.op != "sum" or own.where != {"status": ("won",)} or len(ends) != 1 or ends[0] == ("won",) or said:
        return query
    same = next((m.key for m in model.measures.values() if (m.entity, m.op, m.args, m.where) == (own.entity, own.op, own.args, {"status": ends[0]})), None)
    return query if same is None else query.model_copy(update={"measures": (query.measures[0].model_copy(update={"measure": same}),)})


def _of_same_time(query: Query, before: Query, linked: Linked, model: SemanticModel) -> Query:
    """As in 报价到定标平均要多少天，哪个业务员最快: the fastest at what the part before has timed, where nothing else is named that takes time."""
    timed = query.entity == before.entity and len(query.measures) == 1 and before.measures[:1] and before.measures[0].since is not None
    own = measure_of(query.measures[0], model) if timed else None
    quick = any({"fast", "slow"} & set(item.cues) for item in linked.items)
    named = any(term.what == "measure" for item in linked.items for term in item.terms)
    if not timed or not quick or named or own is None or own.op != "days":
        return query
    return query.model_copy(update={"measures": before.measures[:1], "where": joined((*parts_of(query.where), *parts_of(before.where)))})


def _still_owed(ref: MeasureRef, parts: list[Filter], entity: str, vocabulary: Vocabulary) -> MeasureRef:
    """As in 逾期未付的回款有几笔，一共多少: of what is paid in part at most, what is left of it, and not what has come in."""
    model, came = vocabulary.model, vocabulary.columns.days_of_paying(entity)
    unpaid = any(isinstance(part, Compare) and part.path in came and part.op == "is_null" for part in parts)
    if unpaid and (due := amount_due(entity, vocabulary)) is not None:
        return of_due(ref, due, model)
    beside = [each for part in parts for each in (part.parts if isinstance(part, Or) else ()) if isinstance(each, Beside) and each.op == "lt"]
    measure = measure_of(ref, model)
    summed = measure is not None and measure.op == "sum" and not measure.where and len(beside) == 1 and measure.args == (beside[0].path,)
    return MeasureRef(fold="sum", path=beside[0].other, less=beside[0].path, owed=True, share=ref.share) if summed else ref


def _says_which(item: Item) -> bool:
    return bool(item.values or item.terms or item.means_more or OUTCOMES & set(item.cues))


def _is_named(item: Item) -> bool:
    """Whether records are named: by what they are, by a value, as all of them; how they ended is what is asked of those of the part before."""
    valued = item.values and not OUTCOMES & set(item.cues)
    whole = WHOLE & set(item.cues) and "sum" not in item.cues  # the "total value" is that of the records of the part before
    return bool(valued or any(term.what == "entity" for term in item.terms) or whole)


def says_all(linked: Linked) -> bool:
    """Whether a part speaks of all there are in the company."""
    return any(WHOLE & set(item.cues) for item in linked.items)


def is_of_one(before: Query, model: SemanticModel) -> bool:
    """As in HT001是谁的，投诉过几次: the part before looks up one record by its name or number, and another kind is counted of it."""
    entity, parts = model.entities[before.entity], parts_of(before.where)
    if before.measures or before.dimensions or len(parts) != 1 or not isinstance(parts[0], Compare):
        return False
    return parts[0].path in {entity.title, NUMBER, RECORD_ID} and parts[0].op == "eq" and len(parts[0].values) == 1


def refers_back(linked: Linked) -> bool:
    """Whether a part speaks of the records of the part before by a pronoun, and names no kind of record itself."""
    named = any(term.what in {"entity", "kind"} for item in linked.items for term in item.terms)
    return not named and any(item.is_only_cue and "pronoun" in item.cues for item in linked.items)


def _is_part(item: Item, parted: set[str]) -> bool:
    """As in 三甲医院有几家，公立民营各占多少: the groups whose shares are asked for say nothing of which records they are of."""
    return bool(item.values) and any(f"{value.entity}.{value.field}" in parted for value in item.values) and not item.terms


def asks_whose(linked: Linked, entity: str) -> bool:
    """As in 都在哪些医院, "and at which customers": nothing but which of another kind of record, all of which would say nothing."""
    told = [item for item in linked.items if item.terms]
    return len(told) == 1 and any(term.what == "entity" and term.entity == entity for term in told[0].terms) and not any(item.values for item in linked.items)


def _by_bearer(query: Query, before: Query, model: SemanticModel) -> Query | None:
    """The records of the part before, told apart by the records of the other kind that they refer to."""
    link = next((field.key for field in model.entities[before.entity].fields.values() if field.to == query.entity), None)
    if link is not None and before.limit == 1 and not (before.measures or before.dimensions):
        return before.model_copy(update={"select": tuple(dict.fromkeys((*before.select[:1], link)))})  # 最大的订单是哪张，客户是谁
    if link is not None and before.limit == 1 and len(before.dimensions) == 1 and _tells_one(before, model):
        return before.model_copy(update={"dimensions": (*before.dimensions, Dimension(path=link))})
    plain = not before.limit and not before.dimensions and not before.having and (before.where is not None or before.window is not None)
    if link is None or not plain:
        return None
    measures = before.measures[:1] or (MeasureRef(fold="count"),)
    return Query(
        entity=before.entity, measures=measures, dimensions=(Dimension(path=link),), where=before.where, window=before.window, order=(Order(measure=0),)
    )


def _tells_one(before: Query, model: SemanticModel) -> bool:
    """As in 最大的订单是哪一张: what is ranked are numbers that records are called by, each of one customer."""
    field = model.field(before.entity, before.dimensions[0].path)[1]
    return field.type is FieldType.TEXT and bool(_NUMBER.search(" ".join((*field.words.zh, *field.words.en))))


def of_those(query: Query, before: Query, model: SemanticModel) -> Query:
    """As in 中国客户有多少家，累计赢单金额多少: what other records come to that belong to those which the part before was about."""
    link = _link(query, before, model)
    parts = parts_of(before.where)
    if link is None or before.window is not None or before.dimensions or not all(isinstance(part, Compare | Between) for part in parts):
        return query
    title = model.entities[before.entity].title
    moved = tuple(
        part.model_copy(update={"path": link if part.path == title else f"{link}.{part.path}"}) for part in parts if isinstance(part, Compare | Between)
    )
    return query.model_copy(update={"where": joined((*parts_of(query.where), *moved))})


def is_of_those(query: Query, before: Query, model: SemanticModel) -> bool:
    """Whether a query is of records that belong to some of the kind which the part before was about."""
    link = _link(query, before, model)
    return link is not None and any(isinstance(part, Compare) and part.path.split(".")[0] == link for part in parts_of(query.where))


def _link(query: Query, before: Query, model: SemanticModel) -> str | None:
    return next((field.key for field in model.entities[query.entity].fields.values() if field.to == before.entity), None)


def is_dated(query: Query, model: SemanticModel) -> bool:
    """Whether the records of a query have a day that a period may be meant of."""
    times = [measure_of(ref, model) for ref in query.measures]
    return model.entities[query.entity].time is not None or any(each is not None and each.time for each in times)


def _state(before: Query, model: SemanticModel) -> Iterator[Compare]:
    """What the first figure says of its records by its name: won deals are won."""
    measure = measure_of(before.measures[0], model) if before.measures else None
    for path, values in sorted(measure.where.items()) if measure is not None and measure.op != "rate" else ():
        yield Compare(path=path, op="eq" if values else "is_null", values=values)


def _takes_state(query: Query, model: SemanticModel, part: Compare) -> bool:
    """Whether all figures are of plain records: a win rate of won deals would say nothing."""
    measures = [measure_of(ref, model) for ref in query.measures]
    return all(each is None or (not each.where and each.op not in {"rate", "days"}) for each in measures) and not any(
        each.path == part.path for each in query.dimensions
    )


def measure_of(ref: MeasureRef, model: SemanticModel) -> Measure | None:
    """The named measure of a figure."""
    return model.measures.get(ref.measure or "")
