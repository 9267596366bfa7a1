"""Words that only say who does what the records are of, or with whom it is done, whoever they are: 寄出去了客户还没试的样, 走访了多少次客户."""

from __future__ import annotations

from agent.parsing.language.text import has_han
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.happening import TIMES
from agent.parsing.store_words.own_headers import own_labels, own_names
from tools.crm.query import Compare
from tools.crm.semantic import FieldType
from tools.crm.semantic.model import RECORD_ID

ASKING = {"which", "group", "breakdown", "top", "compare", "distinct"}
EVENTS = {"interaction", "ticket"}
STATES = {"paid", "unpaid", "closed", "resolved", "signed", "opened"}
SLIPS = {"单子", "单", "单据"}
SUMS = {"款项", "款", "款子", "账款"}
SAYING_WHEN = {"without", "not", "filler", "exists", "ever", "waiting"}


def is_agent(reading: Reading, at: int) -> bool:
    """Whether a Chinese word for the people or firms that the records refer to is the subject of an event that the reading has used, or its object."""
    item = reading.item(at)
    if item.values or not has_han(item.text[:1]) or not any(_leads_to(reading, term.entity) for term in item.terms if term.what == "entity"):
        return False
    if any(ASKING & set(reading.item(near).cues) for near in (at - 1,) if near >= 0 and reading.item(near).end == item.start):
        return False  # 哪些客户还没试
    return _does(reading, at) or _is_visited(reading, at)


def is_bearer_of_state(reading: Reading, at: int) -> bool:
    """As in 货款结清了的发货单: right before the word for a flag of the records, what of them is so."""
    item = reading.item(at)
    behind = reading.item(at + 1) if at + 1 < len(reading.signals.items) else None
    if behind is None or item.values or not has_han(item.text[:1]) or (at + 1) not in reading.used:
        return False
    gap = "".join(token.text for token in reading.signals.tokens[item.end : behind.start])
    fields = reading.paths.model.entities[reading.entity].fields
    own = [fields[term.key] for term in item.terms if term.what == "field" and term.entity == reading.entity]
    if gap.strip("都也还已经") or not own or any(field.type.is_time for field in own):
        return False
    flags = {part.path for part in reading.filters if isinstance(part, Compare) and part.path in fields and fields[part.path].type is FieldType.FLAG}
    stated = any(value.field in flags for value in behind.values) or any(term.what == "field" and term.key in flags for term in behind.terms)
    return bool(flags) and (stated or bool(STATES & set(behind.cues)))


def is_state_of_named(reading: Reading, at: int) -> bool:
    """As in 已经离职的秦雨桐名下: that the person named beside it has left, which tells nobody apart."""
    item = reading.item(at)
    if not item.values or any(value.entity != "member" or value.field not in {"active", "status"} for value in item.values):
        return False
    near = (reading.item(place) for place in (at - 1, at + 1) if 0 <= place < len(reading.signals.items) and place in reading.used)
    return any(value.entity == "member" and value.title for each in near for value in each.values)


def is_record_noun(reading: Reading, at: int) -> bool:
    """As in 困人的单子, 急修单: a word for slips of any kind, where the records of the reading are such and something else has told which."""
    item = reading.item(at)
    if reading.entity == "payment" and item.text in SUMS and not item.values and not reading.dimensions:
        counted = any(ref.fold == "count" or (ref.measure and reading.paths.model.measures[ref.measure].op == "count") for ref in reading.measures)
        return bool(reading.filters) and (not counted or any("笔" in reading.item(index).text for index in reading.signals.at.get("count", ())))
    if item.text not in SLIPS or item.values or reading.entity == "opportunity":
        return False
    if at and reading.item(at - 1).end == item.start and (at - 1) in reading.used and _names_records(reading, at - 1):
        return True
    entity = reading.paths.model.entities[reading.entity]
    labels = [label for field in entity.fields.values() for label in own_labels(field) if not field.to]
    labels += entity.fields[RECORD_ID].words.zh if RECORD_ID in entity.fields else ()
    if not any(name.endswith("单") for name in own_names(entity)) and not any(label.endswith("单号") and len(label) > len("单号") for label in labels):
        return False
    own = {(reading.entity, key) for key in entity.fields}
    told = (reading.item(index) for index in reading.used)
    return any(
        any((value.entity, value.field) in own for value in each.values)
        or any((term.entity, term.key) in own for term in each.terms if term.what == "field")
        or any(pair.entity == reading.entity for pair in each.pairs)
        for each in told
    )


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
