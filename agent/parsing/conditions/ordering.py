"""As in "shipped later than agreed", 实际发货日晚于约定交货日: two days of one record compared; and a day that has passed."""

from __future__ import annotations

import re
from itertools import pairwise

from agent.parsing.conditions.windows import named_by, times_of
from agent.parsing.drafting import Reading
from tools.crm.query import Compare, Lasted
from tools.crm.semantic.outlook import PLANNED

ENDS = ("opened", "signed", "resolved", "expiring", "closed", "won", "closing", "paid")
AFTER, BEFORE = ("later", "after", "gt"), ("earlier", "before", "lt")
REACH = 3
PROMISED = re.compile(r"expected|expect|planned|promised|agreed|scheduled|forecast|estimated|due|约定|预计|计划|承诺|预期|原定|约好")


def add_order(reading: Reading) -> Reading:
    """Records of which one day lies after or before another."""
    days = [(index, path) for index in reading.open_items() if (path := day_named(reading, index)) is not None]
    for (first, path), (second, since) in pairwise(days):
        if path == since or second - first > REACH or reading.signals.has("duration"):
            continue
        inner = range(first + 1, second + 2)  # "A later than B", 比 B 晚
        for kinds, op in ((AFTER, "gt"), (BEFORE, "lt")):
            cue = next((i for kind in kinds for i in reading.signals.at.get(kind, ()) if i in inner and i not in reading.used), None)
            if cue is None:
                continue
            than = [i for i in reading.signals.at.get("compare", ()) if i in inner]
            part = Lasted(path=path, since=since, op="gt" if op == "gt" else "lt", days="0")
            return reading.using(first, second, cue, *than, filters=(*reading.filters, part), fit=reading.fit + 1.2)
    return _against_plan(reading, days)


def _against_plan(reading: Reading, days: list[tuple[int, str]]) -> Reading:
    """As in "closed later than expected", 到货比约定的晚: one day is named, the other is the one that was planned."""
    plans = [field.key for field in times_of(reading) if any(PLANNED.search(word.casefold()) for word in field.words.en[:2] + field.words.zh[:2])]
    tokens = reading.signals.tokens
    for index, path in days:
        if any(term.what == "measure" for term in reading.item(index).terms) or ("won" in reading.item(index).cues and len(days) > 1):
            continue  # "won deals" are what is counted, "closed" is the day
        for kinds, op in ((AFTER[:1], "gt"), (BEFORE[:1], "lt")):
            cue = next((i for kind in kinds for i in reading.signals.at.get(kind, ()) if i not in reading.used and abs(i - index) <= REACH), None)
            said = {
                index_
                for index_, token in enumerate(tokens)
                if PROMISED.fullmatch(token.stem) or PROMISED.fullmatch("".join(t.text for t in tokens[index_ : index_ + 2]))
            }
            since = [plan for plan in plans if plan != path]
            if cue is None or not said or len(since) != 1:
                continue
            plain = [i for i in reading.open_items() if reading.item(i).start in said or reading.item(i).end - 1 in said]
            part = Lasted(path=path, since=since[0], op="gt" if op == "gt" else "lt", days="0")
            return reading.using(index, cue, *plain, filters=(*reading.filters, part), fit=reading.fit + 1.2)
    return reading


def add_passed(reading: Reading) -> Reading:
    """As in 预计签约日已经过了, "past their expected signing date": a named day before today, where the kind's own due day is another."""
    today = reading.signals.today
    if today is None:
        return reading
    for cue in reading.signals.at.get("overdue", ()):
        for near in (cue - 1, cue + 1):
            if cue in reading.used or not 0 <= near < len(reading.signals.items) or near in reading.used:
                continue
            path = next((term.key for term in reading.item(near).terms if term.what == "field" and _is_day(reading, term.entity, term.key)), None)
            if path is not None and path != reading.paths.model.entities[reading.entity].due:
                part = Compare(path=path, op="lt", values=(today.isoformat(),))
                return reading.using(near, cue, filters=(*reading.filters, part), fit=reading.fit + 0.6)
    return reading


def _is_day(reading: Reading, entity: str, key: str) -> bool:
    return entity == reading.entity and any(field.key == key for field in times_of(reading))


def day_named(reading: Reading, index: int) -> str | None:
    """The time field of the entity that an item names, as a field or by a verb."""
    item = reading.item(index)
    if item.length is not None or item.period is not None:
        return None
    for term in item.terms:
        if term.what == "field" and _is_day(reading, term.entity, term.key):
            return term.key
    for kind in ENDS:
        if kind in item.cues:
            return next((field.key for field in times_of(reading) if named_by(field, kind)), None)
    return None
