"""Words that count what happened rather than those to whom it did: 拜访客户多少次, "how many customer visits"."""

from __future__ import annotations

from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.signals import Signals
from tools.crm.semantic import FieldType

TIMES = ("次", "趟", "回")
DOERS = {"account", "member", "contact", "product", "lead"}
FIRM, ALSO = "家", {"", "一共", "总共", "共", "有", "一共有", "总共有", "共有"}
BY_FIRM = ("多少家", "几家")
OF_FIRMS = {"opportunity", "interaction", "ticket", "contract", "invoice", "payment"}
ASKED = {"count", "which", "list", "lookup"}
PARTING = {"group", "breakdown", "share", "without", "not", "most", "least", "top", "bottom", "distinct", "average", "median"}
TELLING = {"which", "group", "breakdown", "share", "without", "not", "distinct"}
LEADING = {"了", "过", "to", "with", "the", "our", "from", "at", "on", "of", "your", "my"}
WITH = {"跟", "和", "与", "同", "对", "给", "向"}


def counts_whose_they_are(reading: Reading) -> bool:
    """As in 有未结商机的战略客户有几家, "how many key accounts have open deals": records are counted, where those whose they are were asked for."""
    if reading.entity in DOERS or reading.dimensions or not reading.measures or not all(_is_count(reading, place) for place in range(len(reading.measures))):
        return False
    return any(_is_counted_party(reading, at) for at in reading.signals.at.get("count", ()))


def _is_counted_party(reading: Reading, count: int) -> bool:
    items, tokens = reading.signals.items, reading.signals.tokens
    if items[count].text.endswith(TIMES):
        return False  # 上门走访客户多少次
    if items[count].text[:1].isascii():
        at = count + 1
        while at < len(items) and items[at].is_sort_of("account"):
            at += 1
        following = items[at] if at < len(items) else None
        nouns = any(term.what in {"entity", "measure"} for term in following.terms) if following is not None and at > count + 1 else False
        return at > count + 1 and (not nouns or (following is not None and (_names_account(following) or following.start > items[at - 1].end)))
    before = items[count - 1] if count else None
    named = [item for item in items[count + 1 :] if any(term.what in {"entity", "measure"} for term in item.terms)]
    gap = "".join(token.text for token in tokens[before.end : items[count].start]) if before is not None else ""
    return before is not None and gap in ALSO and not named and (_names_account(before) or (before.is_sort_of("account") and not before.terms))


def _names_account(item: Item) -> bool:
    return not item.values and any(term.what == "entity" and term.entity == "account" for term in item.terms)


def counts_firms(reading: Reading) -> bool:
    """As in 经销商有几家: the counter is that of firms, and no deals, visits or papers are counted by it."""
    if reading.entity not in {*OF_FIRMS, reading.paths.vocabulary.orders} or reading.dimensions or not reading.measures:
        return False
    asked = [reading.item(at).text for at in reading.signals.at.get("count", ())]
    return all(_is_count(reading, place) for place in range(len(reading.measures))) and bool(asked) and all(text.endswith(FIRM) for text in asked)


def counts_by_firm(reading: Reading) -> bool:
    """As in 去年成交了几家, 合作社、经销商各有多少家: whether what is counted is firms, by the counter alone."""
    signals = reading.signals
    return any(signals.items[at].text.endswith(BY_FIRM) for kind in ("count", "breakdown") for at in signals.at.get(kind, ()))


def counts_doers(reading: Reading) -> bool:
    """Whether people, companies or products are counted, where the question counts what happens with them."""
    if reading.entity not in DOERS or not any(_is_count(reading, place) for place in range(len(reading.measures))):
        return False
    return counts_times(reading.signals) or any(_is_beside_event(reading, index) for index in range(len(reading.signals.items) - 1))


def counts_times(signals: Signals) -> bool:
    """As in 多少次, 几趟: what happened is counted."""
    return any(signals.items[index].text.endswith(TIMES) for index in signals.at.get("count", ()))


def names_kind(item: Item, entity: str) -> bool:
    """Whether a word, or a code of the export for it, says of what kind the records of an entity are."""
    return any(term.what == "kind" and term.entity == entity and term.filled for term in item.terms) or any(
        value.entity == entity and value.field == "kind" for value in item.values
    )


def is_object_of_event(reading: Reading, index: int) -> bool:
    """As in 走访了多少次客户, "client visits", 客户工单: beside the word for what happened, with whom it did, who are not asked for."""
    items = reading.signals.items
    item, before = items[index], items[index - 1] if index else None
    following = items[index + 1] if index + 1 < len(items) else None
    if item.values or not any(reading.paths.to_entity(reading.entity, term.entity) for term in item.terms if term.what == "entity" and term.entity in DOERS):
        return False
    if is_object_of_verb(reading, index):
        return True
    if before is not None and (ASKED | PARTING) & set(before.cues) and not before.text.endswith(TIMES):
        return False
    if following is not None and (ASKED | PARTING) & set(following.cues) and following.start == item.end and not following.text.endswith(TIMES):
        return False
    if _ends_in_han(reading, index) and following is not None and following.start == item.end and _names(following, reading.entity):
        return True  # 客户工单
    event = _past_cues(items, index, -1)
    return event is not None and _names(event, reading.entity) and _is_led_by(reading, event, index)


def _is_led_by(reading: Reading, event: Item, index: int) -> bool:
    """As in 走访了多少次客户, "visits to our customers": nothing between them but how often and with."""
    counted = {at for item in reading.signals.items if item.text.endswith(TIMES) for at in range(item.start, item.end)}
    between = set(range(event.end, reading.item(index).start)) - counted
    return all(reading.signals.tokens[at].norm in LEADING for at in between)


def is_object_of_verb(reading: Reading, index: int) -> bool:
    """As in 谁走访客户最勤, 谁跟客户互动最多, "who logged the most client visits": so close to the word for what happened that it asks for nobody."""
    items, tokens = reading.signals.items, reading.signals.tokens
    item, before = items[index], items[index - 1] if index else None
    following = items[index + 1] if index + 1 < len(items) else None
    if item.values or not any(term.what == "entity" and term.entity in DOERS - {reading.entity} for term in item.terms):
        return False
    if following is not None and following.start == item.end and _names(following, reading.entity):
        last = tokens[item.end - 1]
        adjective = last.kind == "latin" and last.norm == last.stem and not (before is not None and TELLING & set(before.cues))
        return adjective or (item.start > 0 and tokens[item.start - 1].text in WITH)
    counted = following is not None and following.start == item.end and (ASKED | TELLING) & set(following.cues) and not following.text.endswith(TIMES)
    return before is not None and before.end == item.start and _ends_in_han(reading, index) and _names(before, reading.entity) and not counted


def _ends_in_han(reading: Reading, index: int) -> bool:
    """Whether an item ends in a Chinese character."""
    return reading.signals.tokens[reading.item(index).end - 1].kind == "han"


def _past_cues(items: tuple[Item, ...], index: int, step: int) -> Item | None:
    """The next item that says more than a function word."""
    places = range(index + step, len(items) if step > 0 else -1, step)
    return next((items[at] for at in places if not items[at].is_only_cue), None)


def _is_count(reading: Reading, place: int) -> bool:
    ref = reading.measures[place]
    if ref.fold == "count_distinct" and reading.entity == reading.paths.vocabulary.orders:
        return reading.paths.field(reading.entity, str(ref.path)).type is FieldType.TEXT  # orders, told apart by their numbers
    return ref.fold == "count" or (ref.measure is not None and reading.paths.model.measures[ref.measure].op == "count")


def _is_beside_event(reading: Reading, index: int) -> bool:
    """As in "customer visits": the word for them, in the singular, only says with whom were the events that the next word names."""
    item, event = reading.item(index), reading.item(index + 1)
    last = reading.signals.tokens[item.end - 1]
    return item.end == event.start and last.kind == "latin" and last.norm == last.stem and _names(item, reading.entity) and _is_event(reading, event)


def _names(item: Item, entity: str) -> bool:
    return names_kind(item, entity) or any(term.what == "entity" and term.entity == entity for term in item.terms)


def _is_event(reading: Reading, item: Item) -> bool:
    """Whether a word names records, or a kind of them, that refer to the reading's own."""
    named = {term.entity for term in item.terms if term.what in {"entity", "kind"} and term.filled} - {reading.entity}
    return any(reading.paths.link_to(entity, reading.entity) is not None for entity in named)
