"""Related records that are missing, and fields that are filled or empty, as filters."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from agent.parsing.conditions.coming import day_of_event, happened_by
from agent.parsing.conditions.denied_states import begun_before, not_yet
from agent.parsing.conditions.lacking import kinds_behind, lacked_by_other, lacked_category, means_anyone
from agent.parsing.conditions.outcomes import STATUSES
from agent.parsing.conditions.related_kinds import conditions_inside, related_kind
from agent.parsing.conditions.repeated import never
from agent.parsing.conditions.since_event import day_called
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.contents import NUMBERED
from tools.crm.query import About, And, Between, Compare, Exists, Filter
from tools.crm.semantic import Field, FieldType
from tools.crm.semantic.model import RECORD_ID

EMPTY = {
    *(
        "为零",
        "是零",
        "等于零",
        "数为零",
        "数是零",
        "数量为零",
        "为0",
        "等于0",
        "数为0",
        "空着",
        "为空",
        "是空的",
        "留空",
        "缺失",
        "空缺",
        "空白",
        "是空白",
        "为空白",
    ),
    *("什么都没有", "啥都没有", "没写", "没填", "没填写", "没登记", "没录", "没录入", "未填", "未写", "未填写", "未录入"),
    *("没有填", "没有写", "没有填写", "没有登记", "没有录入", "未登记", "没留", "未留", "没有写下", "没记录", "没有记录"),
}
ACQUIRING = {"sells", "sold", "won", "signed", "paid", "opened"}
LACKING = {"blank", "empty", "missing", "unset", "set", "recorded", "entered", "unassigned", "assigned"}
BEING = {"is", "are", "was", "were", "been", "has", "have", "left", "still", "being"}
HAVING = {"with", "have", "has", "having", "had", "got", "有", "过"}


def add_absences(reading: Reading) -> Reading:
    """As in "without any visit for 60 days", 没有金额的商机, "with open deals": related records, or a field, that are (not) there."""
    for place in (*reading.signals.at.get("without", ()), *reading.signals.at.get("not", ())):
        if place in reading.used or _names_both_sides(reading, place):
            continue
        reading = _absence(reading, place)
    return reading.using(filters=tuple(part for part in reading.filters if not _is_within(part, reading.filters)))


def _whole_span(reading: Reading, part: Filter) -> Filter:
    """As in "nothing for 60 days": what was 60 days ago was within them, so that the silence is longer."""
    today, rolling = reading.signals.today, {item.period for item in reading.signals.items if item.period is not None and not item.period.grain}
    if not isinstance(part, Between) or today is None or part.high != today.isoformat() or part.low is None:
        return part
    start = date.fromisoformat(part.low)
    counted = any(period.start == start and period.end == today and " last " in f" {period.en} " for period in rolling)
    return part.model_copy(update={"low": (start - timedelta(days=1)).isoformat()}) if counted else part


def _is_within(part: Filter, others: tuple[Filter, ...]) -> bool:
    """As in "no contact in the last 90 days, counting those never contacted": who never was is among those anyway."""
    if not isinstance(part, Exists) or not part.absent:
        return False
    same = (other for other in others if isinstance(other, Exists) and other.absent and (other.entity, other.via) == (part.entity, part.via))
    return any(len(_parts(part)) < len(_parts(other)) and all(each in _parts(other) for each in _parts(part)) for other in same)


def _parts(part: Exists) -> tuple[Filter, ...]:
    return () if part.where is None else part.where.parts if isinstance(part.where, And) else (part.where,)


def _names_both_sides(reading: Reading, place: int) -> bool:
    """As in "with and without a competitor", 有和没有试用: more than those without one."""
    words = [token.norm for token in reading.signals.tokens[max(reading.item(place).start - 2, 0) : reading.item(place).start]]
    return len(words) == 2 and words[0] in {"with", "有"} and words[1] in {"and", "or", "vs", "versus", "和", "与", "跟", "或", "、"}


def _absence(reading: Reading, place: int) -> Reading:
    behind = range(place + 1, min(place + 5, len(reading.signals.items)))
    text = reading.item(place).text
    postposed = "都" in text or "也" in text or text in EMPTY  # 一个商机都没有, 下一步是空着的
    before = (place - 1, place - 2) if postposed else (place - 1,) if _is_predicate(reading, place) else ()
    first = bool(before) and (not postposed or _counts_none(reading, place))
    for index in (*before, *behind) if first else (*behind, *before):
        if index < 0 or (index in reading.used and not reading.item(index).is_only_cue):
            break
        item = reading.item(index)
        of_other = lacked_by_other(reading, index, place)
        if of_other is not None:
            return reading.using(place, index, *of_other[1], filters=(*reading.filters, of_other[0]))
        strict = "without" in reading.item(place).cues
        empty = _empty_field(reading, item, strict)
        if empty is not None:
            flag = reading.paths.field(reading.entity, empty).type is FieldType.FLAG  # 没有补充协议 of 有无补充协议 says no, not nothing
            said = not_yet(reading, empty)
            part = said or _undecided(reading, empty) or never(reading, empty) or Compare(path=empty, op="is_null")
            part = Compare(path=empty, values=("false",)) if flag else part
            led = begun_before(reading, empty, place, index)
            return reading.using(place, index, *led, *_said_behind(reading, index), filters=(*reading.filters, part)).paying(0.1)
        related = related_kind(reading, item)
        if related is not None:
            child, link, own = related
            inside, used = conditions_inside(reading, child, index, place)
            parts = tuple(dict.fromkeys((*own, *(_whole_span(reading, part) for part in inside))))
            where = None if not parts else parts[0] if len(parts) == 1 else And(parts=parts)
            return reading.using(
                place, index, *used, *_done_to(reading, index), filters=(*reading.filters, Exists(entity=child, via=link.key, where=where, absent=True))
            )
        lacked = lacked_category(reading, index)
        if lacked is not None:
            part, named = lacked
            anyone = [near for near in range(min(place, index), min(max(place, index) + 2, len(reading.signals.items))) if means_anyone(reading.item(near))]
            return reading.using(place, index, *named, *anyone, filters=(*reading.filters, part))
        says_how = bool(item.values or item.pairs or set(STATUSES) & set(item.cues)) and bool(kinds_behind(reading, index) - {reading.entity})
        if (item.terms or item.values) and not means_anyone(item) and not says_how:
            break
    deals = reading.paths.link_to("opportunity", reading.entity) if "单" in text and place not in reading.used else None
    if deals is not None and reading.paths.vocabulary.rows("opportunity") and reading.entity != "opportunity":
        return reading.using(place, filters=(*reading.filters, Exists(entity="opportunity", via=deals.key, absent=True)))  # 一单都没跟过的销售
    return reading


def _undecided(reading: Reading, path: str) -> Compare | None:
    """As in "deals with no outcome yet", 还没有结果的商机: those still open, where how deals ended is a state that all of them have."""
    of_deals = reading.entity == "opportunity" and path == "status"
    return Compare(path=path, values=("open",)) if of_deals else None


def _done_to(reading: Reading, index: int) -> tuple[int, ...]:
    """As in 一份合同都没签过的客户: the verb right behind what is missing says how one comes to have it, and nothing of their deals."""
    items, tokens = reading.signals.items, reading.signals.tokens
    verb = items[index + 1] if index + 1 < len(items) else None
    if verb is None or verb.start != items[index].end or not verb.is_only_cue or not set(verb.cues) & ACQUIRING:
        return ()
    past = verb.text.endswith(("过", "了")) or (verb.end < len(tokens) and tokens[verb.end].text in {"过", "了", "的"})
    return (index + 1,) if past else ()


def _said_behind(reading: Reading, index: int) -> tuple[int, ...]:
    """As in "no manager assigned": the participle that says no more than that it is missing."""
    behind = reading.signals.items[index + 1 : index + 2]
    return (index + 1,) if behind and behind[0].text.casefold() in LACKING | {"given", "filled in", "noted", "on file"} else ()


def _counts_none(reading: Reading, place: int) -> bool:
    """Whether what is missing stands before the words that say so: 一个单子都没有, 商机数为零."""
    item, following = reading.item(place), reading.signals.items[place + 1 : place + 2]
    if any(other.start == item.end and other.terms for other in following):
        return False  # 没填客户
    words = reading.signals.tokens[max(item.start - 6, 0) : item.start]
    whole = item.text.startswith("一") and item.text.endswith("没有") and "单" not in item.text  # 拜访一条都没有的, and not 一单都没敲定的
    return item.text in EMPTY or whole or any(one.text in "一半" and then.kind == "han" for one, then in pairwise(words))


def _is_predicate(reading: Reading, place: int) -> bool:
    """As in "where the next step is blank", "is the account missing": said of what stands right before."""
    item, before = reading.item(place), reading.item(place - 1) if place else None
    if before is None or before.is_only_cue or not any(word in item.text.casefold().split() for word in LACKING):
        return False
    following = reading.signals.tokens[item.end : item.end + 1]
    if following and following[0].norm in {"a", "an", "any", "the", "their", "its"}:
        return False  # "contacts missing an email address"
    return all(token.norm in BEING for token in reading.signals.tokens[before.end : item.start])


def add_filled(reading: Reading) -> Reading:
    """As in "deals with a competitor", 有竞争对手的商机: those where the field is filled."""
    tokens = reading.signals.tokens
    for index, item in enumerate(reading.signals.items):
        if index in reading.used and not any(term.what == "entity" and term.entity == reading.entity for term in item.terms):
            continue  # what names the records by their event, 开过标, says besides that it has happened
        said = [token.norm for token in tokens[max(item.start - 2, 0) : item.start]]
        after = tokens[item.end].text if item.end < len(tokens) else ""
        happened = day_of_event(reading, item, said, after) or _day_of_done(reading, index)
        if happened is not None:
            reading = reading.using(index, filters=(*reading.filters, happened_by(reading, happened))).paying(0.1)
            continue
        if index in reading.used:
            continue
        possessed = (said[-1:] == ["有"] and after == "的") or (len(said) == 2 and said[0] in HAVING and said[1] in {"a", "an", "any"})
        denied = said[-2:-1] in (["没"], ["未"], ["无"]) or any(
            at in reading.signals.at.get(kind, ()) for kind in ("without", "not") for at in (index - 1, index - 2)
        )
        if not possessed or item.is_only_cue or denied or reading.signals.has("group", "average", "sum"):
            continue
        own = [term for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled and term.rank < 3]
        neighbours = reading.signals.items[max(index - 1, 0) : index + 2]
        beside = {(value.entity, value.field) for near in neighbours if near is not item for value in near.values}
        bounded = any(each.number is not None for each in reading.signals.items[index + 1 : index + 4])  # "with a value over 50k"
        if own and not bounded and not any(term.what in {"entity", "measure"} for term in item.terms) and (reading.entity, own[0].key) not in beside:
            flag = reading.paths.field(reading.entity, own[0].key).type is FieldType.FLAG
            part = Compare(path=own[0].key, values=("true",)) if flag else Compare(path=own[0].key, op="not_null")
            reading = reading.using(index, filters=(*reading.filters, part)).paying(0.1)
    return reading


def _day_of_done(reading: Reading, index: int) -> str | None:
    """As in 寄出去了: the day of an own table that is called after the verb, where another column of it was found for that."""
    item = reading.item(index)
    own = [term for term in item.terms if term.what == "field" and term.entity == reading.entity and term.rank >= 4]
    if reading.paths.model.entities[reading.entity].custom_table is None or not own or len(own) != len(item.terms) or index in reading.used:
        return None
    return day_called(reading, index) if item.text.endswith(("了", "过")) else None


def _empty_field(reading: Reading, item: Item, strict: bool) -> str | None:
    """The field of the entity itself that the item names; for a bare "not", none."""
    if not strict:
        return None
    own = [term for term in item.terms if term.what == "field" and term.entity == reading.entity and not set(STATUSES) & set(item.cues)]
    filled = [term for term in own if term.filled]
    if not filled and related_kind(reading, item) is None:
        filled = own
    if filled:
        return min(filled, key=lambda term: term.rank).key
    entities = reading.paths.model.entities
    for term in item.terms:
        called = term.what == "field" and term.entity != reading.entity and term.key in {entities[term.entity].title, *NUMBERED, RECORD_ID}
        if term.what == "entity" or called:  # "without a contract", "without a contract number"
            link = reading.paths.link_to(reading.entity, term.entity)
            if link is not None:
                return link.key
    return None


def add_topics(reading: Reading) -> Reading:
    """As in "interactions about data residency": records whose texts are about it."""
    for index in reading.open_items():
        topic = reading.item(index).topic
        if topic and any(field.type is FieldType.TEXT and field.key in {"body", "description", "subject"} for field in _fields(reading)):
            reading = reading.using(index, *reading.signals.at.get("about", ()), filters=(*reading.filters, About(text=topic)), fit=reading.fit + 0.2)
    return reading


def _fields(reading: Reading) -> list[Field]:
    return [f for f in reading.paths.model.entities[reading.entity].fields.values() if reading.paths.vocabulary.content(reading.entity, f.key).count]
