"""As in "shipped later than agreed", 实际发货日晚于约定交货日: two days of one record compared; and a day that has passed."""

from __future__ import annotations

import re
from itertools import pairwise

from agent.parsing.conditions.named_times import named_by, times_of
from agent.parsing.language.text import Token
from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare, Lasted
from tools.crm.semantic.outlook import PLANNED

ENDS = ("opened", "signed", "resolved", "expiring", "closed", "won", "closing", "paid")
REACH = 3
OF_AMOUNTS = {"less than", "more than", "fewer than", "lower than", "higher than", "少于", "多于", "低于", "高于", "不足", "不到"}
FARTHEST = 1.0
_HAS_EXPIRED = re.compile(r"(?:已经?|早已)?过期|已经?到期|过了期|已失效|expired|lapsed", re.IGNORECASE)
PROMISED = re.compile(r"expected|expect|planned|promised|agreed|scheduled|forecast|estimated|due|约定|预计|计划|承诺|预期|原定|约好")


def add_order(reading: Reading) -> Reading:
    """Records of which one day lies after or before another."""
    days = [(index, path) for index in reading.open_items() if (path := day_named(reading, index)) is not None]
    for (first, path), (second, since) in pairwise(days):
        if path == since or second - first > REACH or reading.signals.has("duration"):
            continue
        inner = range(first + 1, second + 2)  # "A later than B", 比 B 晚
        for op, kinds in (("gt", ("later", "after", "gt")), ("lt", ("earlier", "before", "lt"))):
            cues = (i for kind in kinds for i in reading.signals.at.get(kind, ()) if i in inner and i not in reading.used)
            cue = next((i for i in cues if reading.item(i).text.casefold() not in OF_AMOUNTS), None)
            if cue is not None and _is_bare_late(reading, cue):
                continue  # "deliveries were signed late" sets nothing against another day that it names
            if cue is not None:
                than = [i for i in reading.signals.at.get("compare", ()) if i in inner]
                return _ordered(reading, {first, second, cue, *than}, path, since, op)
    return _late(_against_plan(reading, days), days)


def _is_bare_late(reading: Reading, cue: int) -> bool:
    """Whether a word says late without later than what."""
    behind = [token.norm for token in reading.signals.tokens[reading.item(cue).end :][:1]]
    return reading.item(cue).text.casefold() == "late" and behind != ["than"]


def _late(reading: Reading, days: list[tuple[int, str]]) -> Reading:
    """As in "deliveries were signed late": the day right before the word, after the one that was promised for it."""
    for cue in reading.signals.at.get("later", ()):
        path = next((path for index, path in days if index == cue - 1), None)
        pairs = reading.paths.vocabulary.columns.pairs.get(reading.entity, ())
        planned = [pair.planned.path for pair in pairs if pair.actual.path == path]
        if cue not in reading.used and path is not None and len(planned) == 1 and _is_bare_late(reading, cue):
            return _ordered(reading, {cue - 1, cue}, path, planned[0], "gt")
    return reading


def _against_plan(reading: Reading, days: list[tuple[int, str]]) -> Reading:
    """As in "closed later than expected", 到货比约定的晚: one day is named, the other is the one that was planned."""
    said = _promised(reading.signals.tokens)
    plans = [field.key for field in times_of(reading) if any(PLANNED.search(word.casefold()) for word in field.words.en[:2] + field.words.zh[:2])]
    for index, path in days if said else ():
        if any(term.what == "measure" for term in reading.item(index).terms):
            continue  # "won deals" are what is counted
        day = set[int]() if "won" in reading.item(index).cues else {index}  # which deals they are is said by that word still
        since = [plan for plan in plans if plan != path]
        for op, kind in (("gt", "later"), ("lt", "earlier")):
            cue = next((i for i in reading.signals.at.get(kind, ()) if i not in reading.used and abs(i - index) <= REACH), None)
            if cue is not None and cue + 1 == index and reading.item(cue).text.casefold().startswith("past"):
                continue  # "past their due date" is before today
            if cue is not None and len(since) == 1:
                plain = {i for i in reading.open_items() if reading.item(i).start in said or reading.item(i).end - 1 in said}
                return _ordered(reading, {*day, cue, *plain}, path, since[0], op)
    return reading


def _ordered(reading: Reading, used: set[int], path: str, since: str, op: str) -> Reading:
    part = Lasted(path=path, since=since, op="gt" if op == "gt" else "lt", days="0")
    return reading.using(*used, filters=(*reading.filters, part), fit=reading.fit + 1.2)


def _promised(tokens: tuple[Token, ...]) -> set[int]:
    """The places of words for what was planned: "expected", 约定."""
    pairs = ("".join(token.text for token in tokens[at : at + 2]) for at in range(len(tokens)))
    return {at for at, (token, pair) in enumerate(zip(tokens, pairs, strict=True)) if PROMISED.fullmatch(token.stem) or PROMISED.fullmatch(pair)}


def add_passed(reading: Reading) -> Reading:
    """As in 预计签约日已经过了, "past their expected signing date": a named day before today, where the kind's own due day is another."""
    today = reading.signals.today
    if today is None:
        return reading
    past = [index for index in reading.signals.at.get("later", ()) if reading.item(index).text.casefold().startswith(("past", "过了"))]
    expired = [index for index in reading.signals.at.get("expiring", ()) if _HAS_EXPIRED.match(reading.item(index).text)]
    for cue in (*reading.signals.at.get("overdue", ()), *past, *expired):
        for near in (cue + 1,) if cue in past else (cue - 1, cue + 1):
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
    named = [term.key for term in item.terms if term.what == "field" and _is_day(reading, term.entity, term.key)]
    if named:
        return _happened(reading, named, item.text)
    for pair in item.pairs:
        if pair.what in {"day", "filled"} and _is_day(reading, pair.entity, pair.path):
            return pair.path
    for kind in ENDS:
        if kind in item.cues:
            return next((field.key for field in times_of(reading) if named_by(field, kind)), None)
    return None


def _happened(reading: Reading, named: list[str], text: str) -> str:
    """As in 上线 of 计划上线 and 实际上线: the day on which it happened, where the words don't say that it was planned."""
    pairs = reading.paths.vocabulary.columns.pairs.get(reading.entity, ())
    actual = next((pair.actual.path for pair in pairs if pair.planned.path == named[0] and pair.actual.path in named), None)
    return named[0] if actual is None or PROMISED.search(text.casefold()) else actual


def referred_day(reading: Reading, index: int) -> str | None:
    """As 定标 in 从定标到签约, of contracts: a day of a record that these refer to, where the words name no day of their own."""
    item = reading.item(index)
    if item.length is not None or item.period is not None or item.values:
        return None
    own = reading.paths.model.entities
    terms = tuple(term for term in item.terms if term.what == "field" and own[term.entity].fields[term.key].type.is_time)
    found = [path for cost, path in reading.paths.dimension(reading.entity, terms) if cost < FARTHEST and path.count(".") == 1]
    return found[0] if found else None
