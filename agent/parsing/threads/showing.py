"""From figures to the records behind them and back, and to single fields of a record that was shown."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.parsing.conditions.named_times import named_time
from agent.parsing.targets import shown_columns
from agent.parsing.targets.sizing import SIZED
from agent.parsing.threads.eliding import ONE, asks_number_of_one, asks_of_one, is_own_number
from agent.parsing.threads.filters import joined, merged, parts_of
from agent.parsing.threads.ranking import record_at, sortable
from agent.parsing.threads.siblings import conditions_of, counterpart, money_of, size_of, time_of
from agent.parsing.threads.state import Step
from tools.crm.query import Compare, MeasureRef, Order, Query
from tools.crm.semantic import FieldType
from tools.crm.semantic.model import RECORD_ID

_TIMELY = ("when", "future", "opened", "closed", "signed", "expiring", "resolved", "won", "lost", "founded")
_ONE = re.compile("最[大小高低早晚新近]的?那?一[单张份笔条个]")
_PEOPLE = {"contact", "member", "lead"}
_DOING = ("sold", "signed", "sells")
_PLACES = ("country", "city", "region", "address")


def show_records(step: Step) -> Step | None:
    """As in "which ones?", "show me the deals", 列出来: the records that the figure counts, with everything that limits them."""
    signals = step.fragment.signals
    mentions = [index for index in step.rest() if _is_own_kind(step, index)]
    named = [index for index in step.rest() if not step.fragment.items[index].is_only_cue]
    by_name = bool(mentions) and named == mentions and signals.has("list", "which") and not step.fragment.has("place")
    if not (step.fragment.has("list") or by_name or _lists_only(step)) or "fields" in step.done:
        return step
    places = [*mentions, *(index for kind in ("list", "which") for index in signals.at.get(kind, ()))]
    return as_list(step).using(*places, done="list")


def _lists_only(step: Step) -> bool:
    """As in 只列投标阶段的, "list only the open ones": records of which something is said, rather than fewer of the groups."""
    fragment, query = step.fragment, step.query
    tokens = fragment.linked.tokens
    only = fragment.first("only")
    if not query.measures or fragment.signals.has("group", "breakdown", "count", "amount"):
        return False
    if only is None:
        return fragment.signals.has("list") and any(token.norm == "ones" for token in tokens) and not query.dimensions  # "list the urgent ones"
    near = {token.norm for token in (*tokens[max(only.start - 1, 0) : only.start], *tokens[only.end : only.end + 1])}
    grouped = [step.paths.field(query.entity, each.path) for each in query.dimensions]
    groups = {(field.to or field.entity, None if field.to else field.key) for field in grouped}
    values = [value for item in fragment.items for value in item.values]
    return bool(near & {"列", "list"}) and bool(values) and not any({(value.entity, value.field), (value.entity, None)} & groups for value in values)


def as_list(step: Step) -> Step:
    """The records of a query."""
    query = step.query
    select = shown_columns(replace(step.reading(), measures=(), dimensions=()))
    if step.is_list():
        return step.using(focus="list", select=select, limit=None if query.limit == 1 else query.limit)
    own = conditions_of(query.measures[0], step.paths)
    where = joined(merged(parts_of(query.where), own))
    time, usual = time_of(query, step.paths), step.paths.model.entities[query.entity].time
    window = query.window
    if window is not None and window.path is None and time != usual:
        window = window.model_copy(update={"path": time})
    only = (Compare(path=query.dimensions[0].path, values=query.only),) if query.only and query.dimensions and not query.dimensions[0].grain else ()
    kept = {"entity": query.entity, "select": select, "where": joined((*parts_of(where), *only)), "window": window}
    changes = {key: each for key, each in Query(entity=query.entity).model_dump().items() if key not in kept} | kept
    return step.using(focus="list", **(changes | {"measures": (), "dimensions": (), "having": (), "only": (), "order": ()}))


def show_people(step: Step) -> Step | None:
    """As in "who is their CTO?" after a count of contacts: the people of the condition that was put in, rather than how many they are."""
    signals = step.fragment.signals
    who = any(_asks_who(signals.items[i].text.casefold()) for kind in ("which", "lookup") for i in signals.at.get(kind, ()))
    counted = [step.paths.model.measures[ref.measure].op for ref in step.query.measures if ref.measure]
    people = step.query.entity in _PEOPLE and not step.query.dimensions and counted == ["count"]
    return as_list(step) if who and people and "put" in step.done and not signals.superlative else step


def sort_records(step: Step) -> Step | None:
    """As in "sort by amount" after a single figure, "which is the oldest?" after groups: its records, which the next step puts in order."""
    if not step.query.measures or "fields" in step.done or "place" in step.done:
        return step
    if _picks_record(step):
        size = size_of(step.query.measures[0], step.query.entity, step.paths)
        order = (Order(path=size),) if size is not None and not step.fragment.signals.timely else ()
        listed = as_list(step)
        return listed.using(*(index for index in step.rest() if _is_own_kind(step, index)), done="picked", order=order)
    return as_list(step) if not step.query.dimensions and step.fragment.has("sort", "up", "way") else step


def _picks_record(step: Step) -> bool:
    """As in "the top three by revenue", 其中金额最大的, "which one is the largest?", 最早的是哪张: a place among the records behind figures.

    Of groups, the records are meant where only these have a day, or where the kind of record is named.
    """
    ref, signals = step.query.measures[0], step.fragment.signals
    measure = step.paths.model.measures.get(ref.measure or "")
    if not (signals.superlative or signals.top) or signals.has("average", "median", "count") or any(each.grain for each in step.query.dimensions):
        return False
    places = [index for index in step.rest() if not step.fragment.items[index].is_only_cue]
    kinds = [index for index in places if _is_own_kind(step, index)]
    paths = [sortable(step, index) for index in places if index not in kinds]
    if step.query.dimensions and not (signals.timely or kinds or _picks_own(step)):
        return False
    counted = ref.fold == "count" or (measure is not None and measure.op == "count")
    if not paths:
        sized = signals.timely or all(SIZED.search(signals.items[index].text) for index in signals.superlative)
        behind = bool(kinds) or (counted and step.fragment.has("many", "among"))  # the records are named, or pointed at: a number of them has no size
        return bool(signals.superlative) and sized and (behind or not _picks_others(step))
    if signals.timely:
        return all(path is not None and step.paths.field(step.query.entity, path).type.is_time for path in paths)
    return (counted or _picks_own(step)) and all(path is not None and step.paths.field(step.query.entity, path).type.is_numeric for path in paths)


def _picks_own(step: Step) -> bool:
    """As in 哪单, 哪张: a record rather than one of the groups."""
    asked = any(ONE.search(step.fragment.items[index].text) for kind in ("which", "lookup") for index in step.fragment.signals.at.get(kind, ()))
    return asked or _ONE.search("".join(token.text for token in step.fragment.linked.tokens)) is not None


def _picks_others(step: Step) -> bool:
    """As in "who", 哪家: people or companies, which the records are not."""
    asked = [step.fragment.items[index].text for kind in ("which", "lookup") for index in step.fragment.signals.at.get(kind, ())]
    return step.query.entity not in {*_PEOPLE, "account"} and not _picks_own(step) and any(_asks_who(text.casefold()) or "家" in text for text in asked)


def _is_own_kind(step: Step, index: int) -> bool:
    item = step.fragment.items[index]
    return not item.values and any(term.what == "entity" and term.entity == step.query.entity for term in item.terms)


def count_records(step: Step) -> Step | None:
    """As in "how many is that?": the number of the records that were listed, or that a figure was made of."""
    if not step.fragment.has("tally"):
        return step
    return as_count(step)


def as_count(step: Step) -> Step | None:
    """The query counting its records; None where it counts them already."""
    query = step.query
    if step.is_list():
        named = next((m for m in step.paths.model.measures.values() if m.entity == query.entity and m.op == "count" and not m.where), None)
        ref = MeasureRef(measure=named.key) if named else MeasureRef(fold="count")
        return step.using(focus="figure", done="measure", measures=(ref,), select=(), order=(), limit=None, skip=0)
    ref, rest = counterpart(query.measures[0], query.entity, "count", (), step.paths)
    if ref == query.measures[0]:
        return step.using(done="measure")
    return step.using(done="measure", measures=(ref,), where=joined(merged(parts_of(query.where), rest)), compare=None)


# -- fields of one record ---------------------------------------------------------------------------------------------


def show_fields(step: Step) -> Step | None:
    """As in "who owns the first one?", "when was it closed?", "and its sector?": fields of a record that was shown or that the figure was about."""
    fragment = step.fragment
    one = step.is_list() and (step.focus == "lookup" or step.query.limit == 1)
    points = fragment.has("place", "thing", "person") or (
        one and (fragment.leans() or asks_of_one(fragment, step.query, step.paths) or asks_number_of_one(fragment, step.query, step.paths))
    )
    if not points or (fragment.has("list") and not fragment.has("place")):
        return step
    subject = _subject(step)
    if subject is None:
        return step
    places, paths = _fields(subject)
    if not paths:
        return step
    title = step.paths.model.entities[subject.query.entity].title
    called = title if title and step.paths.vocabulary.filled(subject.query.entity, title) else RECORD_ID
    return subject.using(*places, focus="lookup", done="fields", select=(called, *(path for path in paths if path != called)))


def _subject(step: Step) -> Step | None:
    """A query for the one record that is meant."""
    if step.is_list():
        return record_at(step)
    for part in parts_of(step.query.where):
        if not isinstance(part, Compare) or part.op != "eq" or len(part.values) != 1:
            continue
        field = step.paths.field(step.query.entity, part.path)
        entity = field.to if field.type is FieldType.REF else field.entity if step.paths.model.entities[field.entity].title == field.key else None
        title = step.paths.model.entities[entity].title if entity else None
        if entity is None or title is None:
            continue
        if step.fragment.has("person") and entity not in {"member", "contact"}:
            continue
        query = Query(entity=entity, select=(title,), where=Compare(path=title, values=part.values))
        return replace(step, query=query, focus="lookup")
    return None


def _asks_who(text: str) -> bool:
    return text.startswith("who") or "谁" in text or "哪位" in text


def _fields(step: Step) -> tuple[list[int], list[str]]:
    """What is asked of the record: named fields, who, when, where, how much."""
    signals, paths, entity = step.fragment.signals, step.paths, step.paths.model.entities[step.query.entity]
    reading = step.reading()
    places: list[int] = []
    found: dict[str, None] = {}
    for index in step.rest():
        item = step.fragment.items[index]
        counted = signals.has("count") and any(term.what == "entity" for term in item.terms)  # "how many leads does she have?"
        counted = counted and not any(is_own_number(term, entity.key, paths) for term in item.terms)  # 有多少员工 of a firm that says so itself
        plain = not item.values and not item.period and not counted
        options = [path for _, path in paths.dimension(entity.key, item.terms) if path != entity.title] if plain else []
        if options and not any(term.what == "measure" and term.entity == entity.key and paths.model.measures[term.key].op != "sum" for term in item.terms):
            found[options[0]] = None
            places.append(index)
    if len(found) == 1 and all(paths.field(entity.key, path).type.is_numeric for path in found):
        places += signals.at.get("count", ())
    who = [index for index, item in enumerate(signals.items) if item.is_only_cue and _asks_who(item.text.casefold())]
    if who and not found:
        for path in [each for each in paths.to_entity(entity.key, "member") if each][:1]:
            found[path] = None
            places += [*who, *(index for kind in _DOING for index in signals.at.get(kind, ()) if signals.items[index].is_only_cue)]
    if signals.has("when") and not found:
        time = named_time(reading) or entity.time
        if time is not None:
            found[time] = None
            places += [i for kind in _TIMELY for i in signals.at.get(kind, ())]
    if signals.has("where") and not found:
        place = next((key for key in _PLACES if key in entity.fields and paths.vocabulary.content(entity.key, key).count), None)
        if place is not None:
            found[place] = None
            places += signals.at["where"]
    if signals.has("amount") and not found:
        money = money_of(entity.key, paths)
        if money is not None:
            found[money] = None
            places += signals.at["amount"]
    return places, list(found)
