"""How long things take and how old records are: a named duration, the days between two fields, or the days from one to today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from agent.parsing.conditions.lasting import is_open, open_state, start_of
from agent.parsing.conditions.outcomes import CLOSING_DAYS, RESPONSE_DAYS
from agent.parsing.language.text import has_han
from agent.parsing.linking.said_twice import subtracts
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.spanning import UP_TO, day_headed, event_day, names_bearer, referred_event
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.targets.mentions import asks_which_one, mentions_entity, named_by_value
from agent.parsing.targets.taking_longest import worked_on
from tools.crm.measuring import conditions_of
from tools.crm.query import Compare, MeasureRef
from tools.crm.semantic import FieldType

Fold = Literal["avg", "median", "min", "max"]
BUYING = {"buyer", "buyers", "purchaser", "purchasers", "shopper", "shoppers", "people", "persons"}
PEOPLE = {"account", "contact", "member", "lead"}
AGE = re.compile(r"^age|\bold\b|年龄|年纪|岁", re.IGNORECASE)
CLOSE = "close_on"
ASKING = ("duration", "average", "median", "fast", "slow")


def lasting(reading: Reading) -> Iterator[Reading]:
    """Readings that measure time."""
    reading = _longest(reading)
    yield from _named(reading)
    yield from _timed(reading)
    yield from _between(reading)
    yield from _aged(reading)
    yield from worked_on(reading)


def _longest(reading: Reading) -> Reading:
    """The same with 最久 as the longest time, which of records is the earliest."""
    signals = reading.signals
    if not any({"slow", "earliest"} <= set(item.cues) for item in signals.items):
        return reading
    return reading.using(signals=replace(signals, descending=True, timely=False))


def _named(reading: Reading) -> Iterator[Reading]:
    """As in "how long does it take to close a deal": the entity's own measure of duration."""
    cue = [index for kind in ("duration", "fast", "slow") for index in reading.signals.at.get(kind, ())]
    named = [each for each in reading.paths.model.measures.values() if each.entity == reading.entity and reading.paths.vocabulary.has_both_days(each)]
    resolved = reading.signals.has("resolved", "closed") and not reading.signals.has("responded")
    if resolved and any(measure.args[0] in CLOSING_DAYS - RESPONSE_DAYS for measure in named):
        named = [measure for measure in named if measure.args[0] not in RESPONSE_DAYS]  # 多久能解决 is not how soon somebody answers
    if reading.signals.has("responded") and not reading.signals.has("resolved", "closed"):
        named = [measure for measure in named if measure.args[0] in RESPONSE_DAYS] or named
    for measure in named if cue else ():
        if measure.args:
            closing = [i for kind in ("closed", "closing", "average", "won", "resolved") for i in reading.signals.at.get(kind, ())]
            closing += [i for i in reading.signals.at.get("opened", ()) if reading.item(i).text.casefold() in {"new", "fresh"}]
            answers = reading.signals.at.get("responded", []) if measure.args[0] in RESPONSE_DAYS else []
            ends = answers or (reading.signals.has("closed", "closing", "won", "resolved") and measure.args[0] in {*CLOSING_DAYS, "close_on"})
            middle = reading.signals.at.get("median", [])
            ref = MeasureRef(measure=measure.key, fold="median" if middle else None)
            yield reading.using(
                *cue, *closing, *answers, *middle, measures=(ref,), fit=reading.fit + (0.65 if ends else 0.45),
                notes=reading.notes | ({"measure_item": str(cue[0])} if cue else {}),
            )  # fmt: skip


def _timed(reading: Reading) -> Iterator[Reading]:
    """As in "how long do meetings take": the length that the records themselves hold."""
    cue = reading.signals.at.get("duration", [])
    fields = reading.paths.model.entities[reading.entity].fields.values()
    length = next((f.key for f in fields if f.type is FieldType.DURATION_MINUTES and reading.paths.vocabulary.content(reading.entity, f.key).count), None)
    if not cue or length is None or any(item.length is not None for item in reading.signals.items):
        return
    fold: Fold | Literal["sum"]
    fold, used = fold_of(reading)
    added = reading.signals.at.get("sum", ())
    if added and not reading.signals.has("average", "median", "most", "least"):
        fold, used = "sum", used | set(added)  # 一共打了多少分钟
    named = [i for i, item in enumerate(reading.signals.items) if any(t.what == "field" and t.entity == reading.entity and t.key == length for t in item.terms)]
    mentions = [index for index in _mention(reading) if not named_by_value(reading, index)]
    yield reading.using(
        *cue, *used, *named, *mentions, measures=(MeasureRef(fold=fold, path=length),), fit=reading.fit + 0.9,
        notes=reading.notes | {"measure_item": str(cue[0])},
    )  # fmt: skip


def _between(reading: Reading) -> Iterator[Reading]:
    """As in "days from signing to start of contracts", 从立项到成交平均多少天: the days between two fields, in the order in which they are named."""
    if not reading.signals.has(*ASKING):
        return
    places = [(index, path) for index in range(len(reading.signals.items)) if (path := event_day(reading, index)) is not None]
    pairs = [_told_apart(reading, one, other) for one, other in pairwise(places)]
    for (first, since), (second, path) in pairs:
        if since == path or second - first > 3 or ("." in since and "." in path):
            continue
        if any((path, since) == (start, end) and after - before < second - first for (before, start), (after, end) in pairs):
            continue  # 出图最慢，按登记到出图算: the two that stand nearer say which comes first
        if not _are_joined(reading, first, second) and any((path, since) == (start, end) and _are_joined(reading, a, b) for (a, start), (b, end) in pairs):
            continue  # 发货最慢（下单到出库）: "to" says which comes first
        if taken := subtracts(reading.signals.tokens[reading.item(first).end : reading.item(second).start]):
            since, path = path, since  # 到账日期减到期日: from the second to the first
        both = ((path, since), (since, path))  # "how long to win, once engaged" tells the end first
        own = [m for m in reading.paths.model.measures.values() if m.entity == reading.entity and m.op == "days" and m.args[:2] in both]
        closed = _until_closed(reading, first, second) or (() if own or CLOSE not in {path, since} else _as_ended(reading))
        own = [] if closed else own
        own = [m for m in own if not taken or m.args[:2] == both[0]]
        named, (fold, used) = next(iter(sorted(own, key=lambda m: both.index(m.args[:2]))), None), fold_of(reading)
        ordinal = {index for index in range(first + 1, second) if {"earliest", "latest"} & set(reading.item(index).cues)}
        if ordinal and "." not in since + path and ordinal == set(reading.signals.superlative):
            fold = "avg"  # "to first delivery": each of these records has no second one
        if named is not None:
            ref = MeasureRef(measure=named.key, fold=fold if fold != named.args[2] else None)
        else:
            ref = MeasureRef(fold=fold, since=since, path=path)
        spans = [i for i in reading.signals.at.get("between", ()) if i < second]
        spans += [i for i in reading.signals.at.get("compare", ()) if i == first - 1 and reading.item(i).text == "比"]  # 比应收日期晚付几天
        again = [index for index, day in places if day in {since, path}] + _of_columns(reading, since, path)
        mentions = [index for index in _mention(reading) if not named_by_value(reading, index)]
        mentions += [place - 1 for place, day in ((first, since), (second, path)) if place and names_bearer(reading, place - 1, day)]  # 合同签订
        yield reading.using(
            *again, *used, *spans, *mentions, measures=(ref,), filters=(*reading.filters, *closed), fit=reading.fit + 1.4,
            notes=reading.notes | {"measure_item": str(second)},
        )  # fmt: skip


def _are_joined(reading: Reading, first: int, second: int) -> bool:
    """Whether a word for "to" stands between two items."""
    return any(token.norm in UP_TO for token in reading.signals.tokens[reading.item(first).end : reading.item(second).start])


def _until_closed(reading: Reading, *places: int) -> tuple[Compare, ...]:
    """As in 从立项到办结: deals last until they are closed, lost ones too, where the end is named by such a word and nothing says that they were won."""
    ends = [reading.item(place) for place in places]
    closing = any("closed" in item.cues and "won" not in item.cues and has_han(item.text) for item in ends)
    closing = closing or any(day_headed(reading, place) == CLOSE and "closing" not in reading.item(place).cues for place in places)
    if reading.entity != "opportunity" or not closing or reading.signals.has("won", "lost", "signed"):
        return ()
    counted = next((m for m in reading.paths.model.measures.values() if m.key == "closed_count"), None)
    return conditions_of(counted) if counted is not None else ()


def _as_ended(reading: Reading) -> tuple[Compare, ...]:
    """As in 从报价到中标: of deals that have ended; those still open would bring in the day that is only expected."""
    if reading.entity != "opportunity" or reading.signals.has("open", "closing") or any(_tells_status(part) for part in reading.filters):
        return ()
    ended = "won_count" if reading.signals.has("won") else "closed_count"
    counted = next((m for m in reading.paths.model.measures.values() if m.key == ended), None)
    return conditions_of(counted) if counted is not None else ()


def _tells_status(part: object) -> bool:
    return isinstance(part, Compare) and part.path in {"status", "stage"}


def _told_apart(reading: Reading, one: tuple[int, str], other: tuple[int, str]) -> tuple[tuple[int, str], tuple[int, str]]:
    """As in 登记到到账, where both could be the day of the payment: the first is then that of the record which it is for.

    Their names may say the other way round: in 登记到立项 of leads, 立项日期 is that of the deal which came of it.
    """
    before = referred_event(reading, one[0]) if one[1] == other[1] else None
    after = referred_event(reading, other[0]) if before is not None else None
    if after is not None and _is_called(reading, other[0], after) and not _is_called(reading, other[0], other[1]):
        return one, (other[0], after)
    return (one[0], before or one[1]), other


def _is_called(reading: Reading, index: int, path: str) -> bool:
    """Whether a name of a day begins with the words."""
    words = reading.paths.field(reading.entity, path).words
    return any(label.startswith(reading.item(index).text) for label in (*words.en, *words.zh))


def _of_columns(reading: Reading, *paths: str) -> list[int]:
    """As in 保证金从开标到退回: a word that the name of one of the columns begins with."""
    labels = [label for path in paths for label in own_labels(reading.paths.field(reading.entity, path))]
    texts = [(index, item.text.casefold()) for index, item in enumerate(reading.signals.items) if not item.values and not item.is_only_cue]
    return [index for index, text in texts if len(text) > 1 and any(label.casefold().startswith(text) for label in labels)]


def _aged(reading: Reading) -> Iterator[Reading]:
    """As in "average age of open tickets", 未结商机平均在途多少天: the days from a record's beginning to today."""
    cue, today, since = [i for kind in ("aged", "waiting") for i in reading.signals.at.get(kind, ())], reading.signals.today, start_of(reading)
    cue = [index for index in cue if reading.item(index).length is None]
    if reading.entity in PEOPLE and any(AGE.search(reading.item(index).text) for index in cue):
        return  # how old people or firms are is not how long they have been noted
    waits = is_open(reading) and reading.signals.has("duration")
    if _is_of_people(reading, cue):
        return
    if today is None or since is None or not (cue or waits) or any(item.length is not None for item in reading.signals.items):
        return
    if not reading.signals.has("average", "median", "duration", *(["most", "least"] if cue else [])) and not _asks_age(reading, cue):
        return
    fold, used = fold_of(reading)
    if reading.signals.timely and fold in {"min", "max"}:
        fold = "max" if fold == "min" else "min"  # the oldest began first and is of the greatest age
    limits, state = _state(reading)
    ref = MeasureRef(fold=fold, since=since, upto=today)
    limits = limits or (open_state(reading) if reading.signals.has("waiting") else ())
    held = tuple(part for part in limits if part not in reading.filters)
    yield reading.using(
        *cue, *used, *state, *_mention(reading), measures=(ref,), filters=(*reading.filters, *held), fit=reading.fit + (2.2 if cue else 1.2),
        notes=reading.notes | {"measure_item": str((cue or [0])[0])},
    )  # fmt: skip


def _is_of_people(reading: Reading, cue: list[int]) -> bool:
    """As in 客户的平均年龄, "average age of the buyers": how old people are, which the days of their records don't tell."""
    if reading.entity not in {"account", "contact", "lead", "member"}:
        return False
    named = (item for item in reading.signals.items if any(term.entity == reading.entity for term in item.terms))
    return any("年龄" in reading.item(index).text for index in cue) or any(item.text.casefold() in BUYING for item in named)


def _asks_age(reading: Reading, cue: list[int]) -> bool:
    """Whether the age itself is asked for, rather than records that are old."""
    return any(
        reading.item(index).text.casefold().startswith(("how ", "age", "average", "mean", "median")) or "多" in reading.item(index).text for index in cue
    )


def _state(reading: Reading) -> tuple[tuple[Compare, ...], set[int]]:
    """The conditions of a count that the question names the records by ("open tickets"), and its place."""
    for index in range(len(reading.signals.items)):
        for term in reading.item(index).terms:
            measure = reading.paths.model.measures[term.key] if term.what == "measure" else None
            if measure is not None and measure.entity == reading.entity and measure.op == "count" and measure.where:
                return conditions_of(measure), {index}
    return (), set()


def fold_of(reading: Reading) -> tuple[Fold, set[int]]:
    """How the days are folded: the mean, unless the question says median, longest or shortest."""
    used = {index for kind in ("duration", "average") for index in reading.signals.at.get(kind, ())}
    if reading.signals.has("median"):
        return "median", used | set(reading.signals.at["median"])
    if reading.signals.superlative and not asks_which_one(reading) and not reading.signals.has("average"):
        return "max" if reading.signals.descending else "min", used | set(reading.signals.superlative)
    return "avg", used


def _mention(reading: Reading) -> list[int]:
    """The place where the kind of record is named."""
    return [index for index in range(len(reading.signals.items)) if mentions_entity(reading, index)][:1]
