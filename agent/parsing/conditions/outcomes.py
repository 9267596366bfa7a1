"""Words for how a deal ended, for what is still open, and for kinds of record, as filters."""

from __future__ import annotations

import re

from agent.parsing.conditions.kinds_within import kinds_within
from agent.parsing.conditions.lacking import kinds_behind
from agent.parsing.conditions.signed_amounts import with_amount_signed
from agent.parsing.language.lexicon import cues
from agent.parsing.language.text import name_key, term_key
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.endings import Endings
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.signed_deals import are_won
from tools.crm.measuring import conditions_of
from tools.crm.query import Compare
from tools.crm.semantic import Field

RESPONSE_DAYS = {"first_response_at", "responded_at"}
CLOSING_DAYS = {"closed_at", "done_on", "responded_at", "converted_on"}
_ENDED = re.compile(r"已?(?:完结|完成|办结|结案|完工|关闭|关单|结束|归档|(?:履行|执行)完[毕成])|已(?:履行|执行)完")
_STATE = re.compile(r"状态$|\bstatus$", re.IGNORECASE)
STATUSES = ("won", "lost", "open", "closed")


def status_items(reading: Reading) -> dict[int, str]:
    """Open items that say how a deal ended: won, lost, open, closed."""
    found = {}
    for index in reading.open_items():
        item = reading.item(index)
        kinds = [kind for kind in STATUSES if kind in item.cues]
        if kinds and item.period is None and not _is_of_lacked(reading, index):
            found[index] = kinds[0]
    return found


def _is_of_lacked(reading: Reading, index: int) -> bool:
    """As in "accounts with no unsettled claims": the state of what is missing, and not of the records that are read."""
    kinds = kinds_behind(reading, index) if index - 1 in reading.signals.at.get("without", ()) else set()
    return bool(kinds) and reading.entity not in kinds


def add_statuses(reading: Reading) -> Reading:
    """Outcome words as a filter on status, for records that have one."""
    entity = reading.paths.model.entities[reading.entity]
    if "status" not in entity.fields or entity.key != "opportunity" or not reading.paths.vocabulary.content(entity.key, "status").count:
        return _other_statuses(reading)
    if (both := _set_against(reading)) is not None:
        return both
    found = status_items(reading)
    expected = [i for i in reading.signals.at.get("closing", ()) if i not in reading.used]
    if expected and not found:
        part = Compare(path="status", values=("open",))  # what is expected to close has not closed yet
        return reading.using(*expected, filters=(*reading.filters, part))
    if not found:
        return with_amount_signed(_sold(reading))
    said = {part.path for part in reading.filters if isinstance(part, Compare)}
    wheres = [reading.paths.model.measures[ref.measure].where for ref in reading.measures if ref.measure]
    if any(ref.measure and _is_rate_of_outcomes(reading, ref.measure, set(found.values())) for ref in reading.measures):
        return reading.using(*found)  # "which sector do we win best in, by win rate": said once more
    if "status" in said or any("status" in where for where in wheres):
        held = {value for where in wheres for value in where.get("status", ())}
        narrower = {kind for kind in found.values() if kind in held} - {"closed"}
        if "status" not in said and len(narrower) == 1 and len(held) > 1:  # "how many won deals closed in May": of those closed, the won
            return reading.using(*found, filters=(*reading.filters, Compare(path="status", values=tuple(narrower))))
        same = [index for index, kind in found.items() if kind in held]  # "revenue won": said once more
        return reading.using(*same)
    kinds = list(dict.fromkeys(found.values()))
    values = tuple(dict.fromkeys(value for kind in kinds for value in (("won", "lost") if kind == "closed" else (kind,))))
    if "closed" in kinds and len(kinds) > 1:
        values = tuple(kind for kind in kinds if kind != "closed")
    denials = (*reading.signals.at.get("not", ()), *reading.signals.at.get("without", ()))
    negated = [i for i in denials if i not in reading.used and (i + 1 in found or i + 2 in found)]
    if negated and min(found) < negated[0]:
        return reading  # 丢过两单、却一单都没成交过: only what stands behind is denied, and of other records than those lost
    part = Compare(path="status", op="ne" if negated else "eq", values=values)
    return reading.using(*found, *negated, filters=(*reading.filters, part))


def _set_against(reading: Reading) -> Reading | None:
    """As in "average amount of won versus lost deals", 赢单和丢单平均各要几天: either end of deals is told, and not one by the other."""
    measures = reading.paths.model.measures
    figures = [ref for ref in reading.measures if ref.fold in {"avg", "median"} or (ref.measure and measures[ref.measure].op in {"avg", "days"})]
    if not figures or len(figures) < len(reading.measures) or not reading.signals.has("compare", "breakdown", "group"):
        return None
    if reading.dimensions or reading.signals.has("not", "without", "open"):
        return None
    named = {index: end for index, item in enumerate(reading.signals.items) if (end := _end_named(reading, item)) is not None}
    if {*named.values()} != {"won", "lost"} or len(named) != 2:
        return None
    rest = tuple(part for part in reading.filters if not (isinstance(part, Compare) and part.path == "status"))
    ends = tuple(Compare(path="status", values=(end,)) for end in ("won", "lost"))
    return reading.using(*named, filters=(*rest, *ends), notes=reading.notes | {"ends": "apart"})


def _end_named(reading: Reading, item: Item) -> str | None:
    """How deals ended by a word that says no more, or that counts those."""
    measures = reading.paths.model.measures
    counted = [measures[term.key].where.get("status", ()) for term in item.terms if term.what == "measure" and measures[term.key].op == "count"]
    said = {end for end in ("won", "lost") if end in item.cues or (end,) in counted}
    return said.pop() if len(said) == 1 and item.period is None else None


def _is_rate_of_outcomes(reading: Reading, name: str, said: set[str]) -> bool:
    """Whether a rate counts the deals that ended as the question says once more: those won, of those decided."""
    measures = reading.paths.model.measures
    if measures[name].op != "rate":
        return False
    part, whole = (set(measures[each].where.get("status", ())) for each in measures[name].args)
    return said <= part | ({"closed"} if whole == {"won", "lost"} else set())


def _other_statuses(reading: Reading) -> Reading:
    """As in "open tickets": records of another kind that are not closed yet, told by the day of closing where they have one."""
    reading = _called_by_outcome(_own_outcomes(reading))
    for index, kind in status_items(reading).items():
        closing = closing_day(reading, reading.entity)
        if kind in {"open", "closed"} and closing is not None:
            denied = _denials(reading, index)
            part = Compare(path=closing.key, op="is_null" if (kind == "open") != bool(denied) else "not_null")
            reading = reading.using(index, *denied, filters=(*reading.filters, part)).paying(0.1)
        elif kind in {"open", "closed"} and (told := _by_state(reading)) is not None:
            denied = _denials(reading, index)
            path, ends = told
            part = Compare(path=path, op="ne" if (kind == "open") != bool(denied) else "eq", values=ends)
            reading = reading.using(index, *denied, filters=(*reading.filters, part)).paying(0.1)
    reading = _answered(reading)
    for index in reading.signals.at.get("resolved", ()):
        closing, denied = closing_day(reading, reading.entity), _denials(reading, index)
        if index in reading.used or not reading.item(index).is_only_cue:
            continue
        if denied and closing is not None:
            reading = reading.using(index, *denied, filters=(*reading.filters, Compare(path=closing.key, op="is_null"))).paying(0.1)
        elif closing is None and reading.entity != "opportunity" and (told := _by_state(reading)) is not None:
            path, ends = told  # "completed contracts"
            reading = reading.using(index, *denied, filters=(*reading.filters, Compare(path=path, op="ne" if denied else "eq", values=ends))).paying(0.1)
    return reading


def _by_state(reading: Reading) -> tuple[str, tuple[str, ...]] | None:
    """As in 没关闭的工单 of records without a day of closing: the one column of their state, and those of its values that mean that they are closed."""
    fields = reading.paths.model.entities[reading.entity].fields.values()
    told = []
    for field in fields:
        if field.key == "status" or (field.custom and any(_STATE.search(label) for label in own_labels(field))):
            held = reading.paths.vocabulary.content(reading.entity, field.key).values
            ends = tuple(text for text in held if set(cues().get(term_key(text), ())) & {"closed", "resolved"} or _ENDED.fullmatch(text.strip()))
            if ends and len(ends) < len(held):
                told.append((field.key, ends))
    return told[0] if len(told) == 1 else None


def has_own_endings(reading: Reading) -> bool:
    """Whether an own table notes which of its records were won and which were lost."""
    return own_endings(reading) is not None


def _called_by_outcome(reading: Reading) -> Reading:
    """As in 流失的A类客户 of a state 流失客户: what ended is the record itself, and none of its deals."""
    words = reading.paths.vocabulary.values
    if any(item.period is not None for item in reading.signals.items):
        return reading  # when they were lost is not told
    for index, kind in status_items(reading).items():
        hits = (value for value, _ in words.get(name_key(reading.item(index).text), ()) if value.entity == reading.entity and value.field == "status")
        value = next(hits, None)
        if kind in {"won", "lost"} and value is not None and reading.item(index).is_only_cue:
            reading = reading.using(index, filters=(*reading.filters, Compare(path=value.field, values=(value.text,))), fit=reading.fit + 0.3)
    return reading


def _own_outcomes(reading: Reading) -> Reading:
    """As in "won tenders": an own table that notes 中标 and 落标 tells by its own column how its records ended."""
    told = own_endings(reading)
    found = {index: kind for index, kind in status_items(reading).items() if kind in {"won", "lost"}}
    if told is None or not found:
        return reading
    key, texts = told
    ends = tuple(text for kind in dict.fromkeys(found.values()) for text in texts[kind])
    return reading.using(*found, filters=(*reading.filters, Compare(path=key, values=ends)))


def own_endings(reading: Reading) -> Endings | None:
    """The column of an own table that says of its records whether they were won or lost, and its categories for each."""
    return reading.paths.vocabulary.endings.get(reading.entity)


def _answered(reading: Reading) -> Reading:
    """As in "leads that nobody has responded to", 还没响应的工单: told by the day of the response."""
    fields = reading.paths.model.entities[reading.entity].fields.values()
    day = next((f for f in fields if f.key in RESPONSE_DAYS and reading.paths.vocabulary.content(reading.entity, f.key).count), None)
    for index in reading.signals.at.get("responded", ()):
        linked = any(reading.paths.link_to(term.entity, reading.entity) for term in reading.item(index).terms if term.what == "entity")
        if day is None or index in reading.used or linked or not (reading.item(index).is_only_cue or reading.item(index).terms):
            continue
        denied = _denials(reading, index)
        part = Compare(path=day.key, op="is_null" if denied else "not_null")
        reading = reading.using(index, *denied, filters=(*reading.filters, part)).paying(0.05)
    return reading


def _denials(reading: Reading, index: int) -> list[int]:
    """Negations right before an item: "aren't closed", 还没答复."""
    places = (*reading.signals.at.get("not", ()), *reading.signals.at.get("without", ()))
    return [place for place in places if place in {index - 1, index - 2} and place not in reading.used]


def _sold(reading: Reading) -> Reading:
    """As in "who sold most", 卖出去几单: deals that are sold are won, where nothing else is said of how they ended."""
    signing = reading.signals.at.get("signed", ()) if are_won(reading.paths.vocabulary) else ()
    cue = [index for index in (*reading.signals.at.get("sells", ()), *signing) if index not in reading.used]
    wheres = [reading.paths.model.measures[ref.measure].where for ref in reading.measures if ref.measure]
    if not cue or any("status" in where for where in wheres) or any(isinstance(part, Compare) and part.path == "status" for part in reading.filters):
        return reading.using(*cue)
    if any(ref.measure and reading.paths.model.measures[ref.measure].op in {"rate", "days"} for ref in reading.measures):
        return reading.using(*cue)
    return reading.using(*cue, filters=(*reading.filters, Compare(path="status", values=("won",))))


def closing_day(reading: Reading, entity: str) -> Field | None:
    """The day on which a record of another kind than a deal is done; None where that isn't recorded."""
    fields = reading.paths.model.entities[entity].fields.values()
    return next((f for f in fields if f.type.is_time and f.key in CLOSING_DAYS and reading.paths.vocabulary.content(entity, f.key).count), None)


def add_measure_conditions(reading: Reading) -> Reading:
    """As in "average probability of open deals": a counting measure beside another figure limits the records that count."""
    for index in reading.open_items():
        for term in reading.item(index).terms:
            if term.what != "measure" or term.entity != reading.entity or set(STATUSES) & set(reading.item(index).cues):
                continue
            measure = reading.paths.model.measures[term.key]
            own = reading.paths.model.measures
            if measure.op == "count" and measure.where and any(own[ref.measure].where == measure.where for ref in reading.measures if ref.measure):
                reading = reading.using(index)  # said once more
                break
            if measure.op == "count" and measure.where:
                held = {part.path for part in reading.filters if isinstance(part, Compare)}
                parts = [part for part in conditions_of(measure) if part.path not in held]
                reading = reading.using(index, filters=(*reading.filters, *parts)).paying(0.1)
                break
    return reading


def add_kinds(reading: Reading) -> Reading:
    """Kinds of record ("calls", 拜访) as a filter on kind."""
    if not reading.paths.vocabulary.content(reading.entity, "kind").count:
        return reading
    found = {
        i: [term.key for term in reading.item(i).terms if term.what == "kind" and term.entity == reading.entity and term.filled] for i in reading.open_items()
    }
    named = {index: kinds for index, kinds in found.items() if kinds} or kinds_within(reading)
    if not named:
        return reading
    part = Compare(path="kind", values=tuple(dict.fromkeys(kind for kinds in named.values() for kind in kinds)))
    return reading.using(*named, filters=(*reading.filters, part))
