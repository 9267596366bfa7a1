"""Words that only say who does what the records are of, or with whom it is done, whoever they are: 寄出去了客户还没试的样, 走访了多少次客户."""

from __future__ import annotations

from agent.parsing.drafting import Reading
from agent.parsing.happening import TIMES
from agent.parsing.text import has_han

ASKING = {"which", "group", "breakdown", "top", "compare", "distinct"}
EVENTS = {"interaction", "ticket"}
SAYING_WHEN = {"without", "not", "filler", "exists", "ever", "waiting"}


def is_agent(reading: Reading, at: int) -> bool:
    """Whether a Chinese word for the people or firms that the records refer to is the subject of an event that the reading has used, or its object."""
    item = reading.item(at)
    if item.values or not has_han(item.text[:1]) or not any(_leads_to(reading, term.entity) for term in item.terms if term.what == "entity"):
        return False
    if any(ASKING & set(reading.item(near).cues) for near in (at - 1,) if near >= 0 and reading.item(near).end == item.start):
        return False  # 哪些客户还没试
    return _does(reading, at) or _is_visited(reading, at)


def _leads_to(reading: Reading, entity: str) -> bool:
    return entity != reading.entity and entity in {"account", "contact"} and reading.paths.link_to(reading.entity, entity) is not None


def _does(reading: Reading, at: int) -> bool:
    """As in 客户还没试的样: right behind it what happened, or not, as a condition on a day of the records."""
    last = reading.item(at).end
    for near in range(at + 1, len(reading.signals.items)):
        item = reading.item(near)
        gap = reading.signals.tokens[last : item.start]
        if any(token.kind == "mark" or token.text == "的" for token in gap):
            return False
        if near in reading.used and _is_event(reading, near):
            return True
        if not (item.is_only_cue and SAYING_WHEN & set(item.cues)) and item.period is None:
            return False
        last = item.end
    return False


def _is_event(reading: Reading, index: int) -> bool:
    item, fields = reading.item(index), reading.paths.model.entities[reading.entity].fields
    if any(pair.entity == reading.entity and pair.what in {"day", "filled", "empty"} for pair in item.pairs):
        return True
    return any(term.what == "field" and term.entity == reading.entity and term.rank >= 4 and fields[term.key].type.is_time for term in item.terms)


def _is_visited(reading: Reading, at: int) -> bool:
    """As in 走访了多少次客户, 谁走访客户最多: right behind what the records are of, or the number of times that it was done."""
    before = reading.item(at - 1) if at else None
    if before is None or before.end != reading.item(at).start or reading.entity not in EVENTS:
        return False
    walked = {dimension.path.split(".")[0] for dimension in reading.dimensions}
    link = reading.paths.link_to(reading.entity, "account")
    if link is not None and link.key in walked:
        return False
    if "count" in before.cues and before.text.endswith(TIMES):
        return any(_names_records(reading, near) for near in range(at - 1)) and not reading.dimensions
    return _names_records(reading, at - 1) and bool(reading.measures)


def _names_records(reading: Reading, index: int) -> bool:
    return any(term.what in {"entity", "kind"} and term.entity == reading.entity for term in reading.item(index).terms)
