"""Another order, another number of rows, another place: "and the lowest?", "top 10", "sort by close date", "the second one?", 倒数第一呢."""

from __future__ import annotations

from agent.parsing.conditions.named_times import named_by, named_time
from agent.parsing.threads.filters import joined, parts_of
from agent.parsing.threads.siblings import money_of
from agent.parsing.threads.state import Step
from tools.crm.query import Compare, Filter, Order, Query
from tools.crm.semantic import FieldType
from tools.crm.semantic.model import RECORD_ID

_TOP = 5
MOST = 500
_DAYS = ("opened", "signed", "expiring", "resolved")
FARTHEST = 5
"""The last place that there is a word for."""


def rank_again(step: Step) -> Step | None:
    """The same groups or records in another order, or more or fewer of them."""
    signals, fragment = step.fragment.signals, step.fragment
    places = [index for index in sorted(signals.superlative) if index not in step.used]
    number = _bare_number(step)
    if not (places or number or fragment.has("sort", "way", "up", "everyone") or signals.has("rank", "ascending")) or ("groups" in step.done and not places):
        return step
    if fragment.has("everyone") and not places and not step.open_items():
        return step.using(limit=None, skip=0, done="order", focus="list" if step.is_list() else step.focus)
    top = int(number[1]) if number else signals.top
    if step.query.dimensions:
        return _groups(step, [*places, *(number[:1] if number else ())], top)
    if step.is_list():
        return _records(step, [*places, *(number[:1] if number else ())], top)
    return None if places else step  # a single figure has no order


def _bare_number(step: Step) -> tuple[int, int] | None:
    """The item and the number of "show 20", "the first 10": one that is no amount and no bound."""
    signals = step.fragment.signals
    if signals.has("gt", "ge", "lt", "le", "between"):
        return None
    for index in step.rest():
        number = step.fragment.items[index].number
        if number is None or number.money or number.percent or step.fragment.items[index].period is not None or not 1 <= number.value <= MOST:
            continue
        if signals.has("list", "top", "all") or step.fragment.has("only", "list") or len(step.fragment.items) == 1:
            return index, int(number.value)
    return None


def _descending(step: Step, places: list[int]) -> bool | None:
    """The direction that is asked for; None where none is."""
    signals, fragment = step.fragment.signals, step.fragment
    before = step.query.order[0].descending if step.query.order else True
    if fragment.has("up") or signals.has("ascending"):
        return False
    if fragment.has("way"):
        text = [fragment.linked.tokens[at].norm for mark in fragment.marks if mark.kind == "way" for at in range(mark.start, mark.end)]
        return not before if "reverse" in text or "reversed" in text or "other" in text or {"反", "倒"} & set(text) else True
    return signals.descending if set(places) & signals.superlative else None


def _groups(step: Step, places: list[int], top: int | None) -> Step:
    query = step.query
    down, signals = _descending(step, places), step.fragment.signals
    before = next((each for each in query.order if each.measure is not None), Order(measure=0))
    if before.by != "figure" and signals.has("fast", "slow"):
        down = signals.has("fast")  # the slowest growth is the least, the slowest work the longest
    order = (before.model_copy(update={"descending": before.descending if down is None else down}),)
    used = [*places, *step.fragment.signals.at.get("rank", ()), *step.fragment.signals.at.get("list", ())]
    ranked = set(places) & step.fragment.signals.superlative
    limit = top or (query.limit or _TOP if ranked else query.limit)
    return step.using(*used, focus="top" if ranked else step.focus, done="order", order=order, limit=limit, skip=signals.place - 1 if ranked else 0, only=())


def _records(step: Step, places: list[int], top: int | None) -> Step | None:
    query, signals = step.query, step.fragment.signals
    named = [(index, path) for index in step.rest() for path in [sortable(step, index)] if path is not None]
    own = next((each.path for each in query.order if each.path is not None), None)
    entity = step.paths.model.entities[query.entity]
    default = own or ((_time_of(step) if signals.timely else money_of(entity.key, step.paths)) if set(places) & signals.superlative else None)
    path = named[0][1] if named else default
    down = _descending(step, places)
    if path is None:
        return step.using(*places, *signals.at.get("list", ()), done="order", limit=top) if top else None
    before = query.order[0].descending if query.order and path == own else step.paths.field(query.entity, path).type not in {FieldType.NAME, FieldType.TEXT}
    order = (Order(path=path, descending=before if down is None else down),)
    ranked = bool(set(places) & signals.superlative)
    limit = top or (1 if ranked else query.limit)
    select = query.select if path in query.select else (*query.select, path)
    timed = [index for kind in _DAYS if path == _time_of(step) for index in signals.at.get(kind, ())] if signals.timely else []
    used = [*places, *timed, *(index for index, _ in named[:1]), *signals.at.get("rank", ()), *signals.at.get("list", ()), *signals.at.get("group", ())]
    return step.using(*used, focus="top" if ranked else "list", done="order", order=order, limit=limit, skip=0, select=select, where=joined(_unfocused(query)))


def _time_of(step: Step) -> str | None:
    """The day that a verb names, as in 最早到期的是哪张, of what is still open the day since when, else the usual one."""
    entity = step.paths.model.entities[step.query.entity]
    waiting = any(isinstance(part, Compare) and part.path == "status" and part.values == ("open",) for part in parts_of(step.query.where))
    since = next((f.key for f in entity.fields.values() if f.type.is_time and named_by(f, "opened") and step.paths.vocabulary.filled(entity.key, f.key)), None)
    return named_time(step.reading()) or (since if waiting else None) or entity.time


def sortable(step: Step, index: int) -> str | None:
    """The field that an item names to put records in order by; None where it names none."""
    item = step.fragment.items[index]
    if item.values or item.period:
        return None
    named = next((path for _, path in step.paths.dimension(step.query.entity, item.terms)), None)
    sums = (m for term in item.terms if term.what == "measure" and (m := step.paths.model.measures[term.key]).entity == step.query.entity and m.op == "sum")
    return named or next((measure.args[0] for measure in sums), None)


# -- places -----------------------------------------------------------------------------------------------------------


def take_place(step: Step) -> Step | None:
    """As in "the second one?", "who is next?": that row of the last answer."""
    fragment = step.fragment
    if "fields" in step.done or not fragment.has("place", "next"):
        return step
    if step.is_list():
        found = record_at(step)
        return None if found is None else found.using(*_which(step), focus="lookup", done="place")
    return _group_at(step)


def _group_at(step: Step) -> Step | None:
    """One group of a ranking by its place; what has no order has no places."""
    query, named = step.query, step.fragment.first("place", "next")
    if named is None or not query.dimensions or any(each.grain for each in query.dimensions):
        return None
    place = query.skip + 2 if named.kind == "next" else named.place
    order = query.order or (Order(measure=0),)
    if place < 0:
        down = place == -1 and not order[0].descending  # 倒数第二 is the second lowest, also after the lowest
        order = (order[0].model_copy(update={"descending": down}), *order[1:])
        place = -place
    if place > FARTHEST:
        return None
    return step.using(*_which(step), focus="top", done="place", order=order, skip=place - 1, limit=1, only=())


def record_at(step: Step) -> Step | None:
    """The one record of a list that is meant: that at the place which is named, else the one looked at before, else the first."""
    query = step.query
    focused = next((part.values[0] for part in parts_of(query.where) if isinstance(part, Compare) and part.path == RECORD_ID and part.op == "eq"), None)
    named = step.fragment.first("place", "next")
    if named is None and (focused is not None or query.limit == 1 or step.focus == "lookup"):
        return step
    if step.shown is None:
        return _unseen(step)
    whole = query.model_copy(update={"where": joined(_unfocused(query)), "limit": None if query.limit == 1 else query.limit})
    ids = step.shown.labels(whole)
    at = _place(step, ids, focused)
    record = ids[at] if at is not None and at < len(ids) else None
    if record is None:
        return None
    return step.using(where=joined((*_unfocused(query), Compare(path=RECORD_ID, values=(record,)))), limit=whole.limit)


def _unseen(step: Step) -> Step | None:
    """A record by its place alone, where nothing tells which one it is: the list in the same order, without those before it."""
    query, named = step.query, step.fragment.first("place", "next")
    time = step.paths.model.entities[query.entity].time
    order = query.order or ((Order(path=time),) if time else ())
    place = 1 if named is None else query.skip + 2 if named.kind == "next" else named.place
    if not 1 <= place <= FARTHEST or (place > 1 and not order):
        return None
    return step.using(order=order if place > 1 else query.order, skip=place - 1, limit=1, where=joined(_unfocused(query)))


def _place(step: Step, labels: tuple[str | None, ...], focused: str | None) -> int | None:
    named = step.fragment.first("place", "next")
    if named is not None and named.kind == "next":
        return (labels.index(focused) if focused in labels else 0) + 1
    place = named.place if named is not None else 1
    return place - 1 if place > 0 else len(labels) - 1


def _which(step: Step) -> list[int]:
    return [index for kind in ("which", "lookup", "list") for index in step.fragment.signals.at.get(kind, ())]


def _unfocused(query: Query) -> tuple[Filter, ...]:
    return tuple(part for part in parts_of(query.where) if not (isinstance(part, Compare) and part.path == RECORD_ID))
