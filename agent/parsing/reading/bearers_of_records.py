"""Whose records are, where those who have them are asked for: "which customers have an overdue invoice", 名下有逾期发票的客户是哪些."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.columns import shown_columns
from agent.parsing.targets.mentions import asks_for_others
from tools.crm.query import And, Between, Exists, Filter, MeasureRef

HAVING = {"with", "have", "has", "having", "had", "got", "有"}
ASKED = {"which", "list", "lookup", "count"}
NO_FURTHER = {"share", "average", "median", "sum", "amount", "group", "breakdown", "trend", "compare", "not", "without", "distinct", "exists", "both"}


def of_bearers(reading: Reading) -> Iterator[Reading]:
    """A list, or the number, of records of those who have them, as the list or number of these."""
    counts = bool(reading.measures)
    if counts and not _counts_all(reading):
        return
    ordered = reading.order or reading.limit is not None or reading.skip or reading.dimensions or reading.having or reading.compare or reading.only
    if ordered or (not counts and reading.focus != "list") or reading.signals.superlative or reading.signals.has(*NO_FURTHER):
        return
    for place, bearer in _bearers(reading):
        link = reading.paths.link_to(reading.entity, bearer)
        parts = None if link is None else _apart(reading, link.key)
        if link is None or parts is None:
            continue
        inside, outside = parts
        where = None if not inside else inside[0] if len(inside) == 1 else And(parts=inside)
        there = Exists(entity=reading.entity, via=link.key, where=where)
        made = reading.using(place, entity=bearer, filters=(*outside, there), window=None)
        fit = made.fit + 0.3 + (0.5 if asks_for_others(reading) else 0.0)
        if counts:
            yield replace(made, measures=(_number_of(reading, bearer),), fit=fit)
        else:
            yield replace(made, select=shown_columns(made), fit=fit)


def _counts_all(reading: Reading) -> bool:
    """Whether the one figure is the number of the records themselves."""
    measures = reading.paths.model.measures
    if len(reading.measures) != 1 or reading.focus != "figure":
        return False
    ref = reading.measures[0]
    plain = ref.per is None and not ref.share and ref.part is None
    return plain and (ref.fold == "count" or (ref.measure is not None and measures[ref.measure].op == "count" and not measures[ref.measure].where))


def _number_of(reading: Reading, bearer: str) -> MeasureRef:
    measures = reading.paths.model.measures.values()
    named = next((measure.key for measure in measures if measure.entity == bearer and measure.op == "count" and not measure.where), None)
    return MeasureRef(measure=named) if named is not None else MeasureRef(fold="count")


def _bearers(reading: Reading) -> Iterator[tuple[int, str]]:
    """Places of words for those who have the records, and their kind."""
    signals, tokens = reading.signals, reading.signals.tokens
    records = [at for at in range(len(signals.items)) if reading.entity in _kinds(reading, at)]
    asked = {at for kind in ASKED for at in signals.at.get(kind, ())}
    if len(records) != 1 or not asked:
        return
    at = records[0]
    for place in range(len(signals.items)):
        kinds = _kinds(reading, place)
        if place == at or reading.entity in kinds or signals.items[place].values:
            continue
        before = place < at
        first, last = (place, at) if before else (at, place)
        if any(other in asked for other in range(first + 1, last)):
            continue  # 客户有哪些合同, 客户有几份合同 ask for these
        start, end = (signals.items[place].end, signals.items[at].start) if before else (max(signals.items[at].start - 6, 0), signals.items[at].start)
        possessed = any(tokens[near].norm in HAVING for near in range(start, end))
        led = before or (tokens[signals.items[place].start - 1].text == "的" or _is_sorted(reading, at, place))
        if possessed and led:
            yield from ((place, kind) for kind in sorted(kinds))


def _is_sorted(reading: Reading, at: int, place: int) -> bool:
    """As in 有逾期发票的A类客户: nothing but values between 的 and the word for those who have them."""
    items, tokens = reading.signals.items, reading.signals.tokens
    first = place
    while first - 1 > at and items[first - 1].values and items[first - 1].end == items[first].start:
        first -= 1
    return tokens[items[first].start - 1].text == "的"


def _kinds(reading: Reading, at: int) -> set[str]:
    """What an item names: the kind of record that its nearest word stands for, or whose kinds it is a value of (框架协议)."""
    item = reading.item(at)
    terms = [term for term in item.terms if term.what == "entity" and term.filled]
    nearest = min((term.rank for term in terms), default=0)
    named = {value.entity for value in item.values if value.field == "kind"} if not terms else set()
    return {term.entity for term in terms if term.rank == nearest} | named


def _apart(reading: Reading, link: str) -> tuple[tuple[Filter, ...], tuple[Filter, ...]] | None:
    """The conditions on the records, and those on whose they are; None where a condition can't be told of either."""
    inside: list[Filter] = []
    outside: list[Filter] = []
    for part in reading.filters:
        path = getattr(part, "path", None)
        if path is None or path == link:
            return None
        if path.startswith(f"{link}."):
            outside.append(part.model_copy(update={"path": path.removeprefix(f"{link}.")}))
        else:
            inside.append(part)
    window, time = reading.window, reading.paths.model.entities[reading.entity].time
    if window is not None:
        path = window.path or time
        if path is None:
            return None
        inside.append(Between(path=path, low=window.start and window.start.isoformat(), high=window.end and window.end.isoformat()))
    return tuple(inside), tuple(outside)
