"""Days of an own table that hold what is past and what is planned alike: 已经开过标 and 还要开的, "already opened" and "still to be opened"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from agent.parsing.conditions.happening_days import day_of_records
from agent.parsing.conditions.named_times import named_by
from agent.parsing.conditions.overdue import SAID_SOON
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.label_parts import events_of
from agent.parsing.store_words.own_headers import own_labels
from tools.crm.query import Between, Compare, Filter
from tools.crm.semantic import Field

ENDS = {"end_on", "valid_to"}
_EXPIRY = re.compile(r"到期|届满|expir|run out", re.IGNORECASE)
_PAST = re.compile(r"已|过期|过了|失效|expired|lapsed|ended", re.IGNORECASE)
DATED = {"opened", "signed", "closed", "resolved"}
_LEFT = re.compile(
    r"(?:还[有剩]|剩下)[^，,。]*?[要待得](?P<one>[一-鿿])|还[要待得没](?P<two>[一-鿿])|即将(?P<three>[一-鿿])|尚未(?P<four>[一-鿿])|待(?P<five>[一-鿿])"
)
_COMING = re.compile(r"\b(?:still|yet) to (?:come|happen|take place|be held)\b|\b(?:still|coming) up\b|\bstill ahead\b|\bupcoming\b")
_STILL = re.compile(r"\b(?:still|yet|left|remaining|waiting|due|about)\b(?: \w+)? to be\b|\byet to\b|\bstill to\b|\bupcoming\b")


def day_of_event(reading: Reading, item: Item, said: list[str], after: str) -> str | None:
    """The day of the entity that an event is told of: 已签收, 到货了."""
    told = said[-1:] in (["已"], ["already"]) or said[-2:] == ["已", "经"] or after == "了" or bool({"了", "过"} & set(item.text[1:-1]))
    told = told or (bool(DATED & set(item.cues)) and item.text.casefold().endswith("ed") and not any(each.period for each in reading.signals.items))
    if item.period is not None or not told:
        return None
    fields = reading.paths.model.entities[reading.entity].fields
    own = (term.key for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled and term.rank >= 4)
    return next((key for key in own if fields[key].type.is_time), None)


def happened_by(reading: Reading, path: str) -> Filter:
    """That the day of an event is there; where the column holds days to come as well, that it is over."""
    last, today = reading.paths.vocabulary.content(reading.entity, path).last, reading.signals.today
    if last is None or today is None or last <= today:
        return Compare(path=path, op="not_null")
    return Between(path=path, high=(today - timedelta(days=1)).isoformat())


def cut_to_come(reading: Reading) -> Reading:
    """As in 本月还有哪些标要开: of the records of a period, those whose day is still ahead."""
    day, today = _usual_day(reading), reading.signals.today
    if day is None or today is None or not _is_left(reading, day) or _is_undone(reading, day.key):
        return reading
    told = [i for kind in ("without", "not") for i in reading.signals.at.get(kind, ()) if reading.item(i).text.startswith(("还没", "尚未"))]
    own = ("field", reading.entity, day.key)
    named = [*told, *(i for i in reading.open_items() if any((term.what, term.entity, term.key) == own for term in reading.item(i).terms))]
    window = reading.window
    if window is None:
        if any(isinstance(part, Compare | Between) and part.path == day.key for part in reading.filters):
            return reading
        return reading.using(*named, filters=(*reading.filters, Between(path=day.key, low=today.isoformat())), fit=reading.fit + 0.3)
    if window.path not in {None, day.key} or not _holds(window.start, window.end, today):
        return reading
    ahead = window.model_copy(update={"start": today, "words_en": f"{window.words_en}, from today on", "words_zh": f"{window.words_zh}今天起"})
    return replace(reading.using(*named), window=ahead, fit=reading.fit + 0.3)


def _is_undone(reading: Reading, day: str) -> bool:
    """As in 还没到的货: that the day on which it was to happen has none beside it on which it did says all, and those that are late are among them."""
    pairs = reading.paths.vocabulary.columns.pairs.get(reading.entity, ())
    happened = {pair.actual.path for pair in pairs if pair.planned.path == day}
    return any(isinstance(part, Compare) and part.op == "is_null" and part.path in happened for part in reading.filters)


def cut_expired(reading: Reading) -> Reading:
    """As in 年底之前到期的合同, "contracts that expire by the end of the year": those that have not expired yet, unless it is said that they have."""
    window, today = reading.window, reading.signals.today
    if window is None or window.path is None or today is None or window.end is None or window.end < today:
        return reading
    own = ("field", reading.entity, window.path)
    places = {
        i for i in reading.used if any((term.what, term.entity, term.key) == own for term in reading.item(i).terms) and _EXPIRY.search(reading.item(i).text)
    }
    said = [reading.item(index).text for index in {*reading.signals.at.get("expiring", ()), *places} if index in reading.used]
    day = reading.paths.field(reading.entity, window.path)
    # 这季度快到期的: those of the days that are left of it
    begun = window.start is not None and (window.start >= today or not any(SAID_SOON.search(text) for text in said))
    if begun or not said or any(_PAST.search(text) for text in said) or not (window.path in ENDS or (day.custom and named_by(day, "expiring"))):
        return reading
    ahead = window.model_copy(update={"start": today, "words_en": f"{window.words_en}, from today on", "words_zh": f"{window.words_zh}、今天起"})
    return replace(reading, window=ahead)


def _holds(start: date | None, end: date | None, today: date) -> bool:
    return (start is None or start <= today) and (end is None or end >= today)


def _usual_day(reading: Reading) -> Field | None:
    """The day by which the records of an own table are dated, or that is called for the records, where it lies ahead for some of them."""
    entity, today = reading.paths.model.entities[reading.entity], reading.signals.today
    day = entity.time if entity.custom_table is not None else day_of_records(reading)
    if day is None or today is None:
        return None
    last = reading.paths.vocabulary.content(entity.key, day).last
    return entity.fields[day] if last is not None and last > today else None


def _is_left(reading: Reading, day: Field) -> bool:
    """Whether the question asks for those whose event, by the header of that day, is still to happen."""
    words = "".join(f" {token.norm} " if token.kind == "latin" else token.norm for token in reading.signals.tokens).replace("  ", " ")
    if _COMING.search(words):
        return True
    events = [event for label in own_labels(day) for event in events_of(label)]
    for match in _LEFT.finditer(words):
        verb = next(found for found in match.groups() if found)
        if any(verb in event for event in events):
            return True
    named = any(term.what == "field" and (term.entity, term.key) == (reading.entity, day.key) for item in reading.signals.items for term in item.terms)
    return named and bool(_STILL.search(words))
