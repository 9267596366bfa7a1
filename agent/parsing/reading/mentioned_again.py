"""Words that say once more what a reading has said already: its records, whose they are, the column of a value, the day of a verb."""

from __future__ import annotations

from agent.parsing.linking.items import OUTCOMES, Item
from agent.parsing.reading.acting import is_agent, is_bearer_of_state, is_record_noun, is_state_of_named
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.happening import DOERS, is_object_of_event, names_kind
from agent.parsing.reading.parties import is_party
from tools.crm.query import Between, Compare, Exists, MeasureRef
from tools.crm.semantic import FieldType

THEM = {"的人", "人"}
"""Behind what they did: 已经离职的人."""
STATES = {"won", "lost", "open", "closed", "overdue", "unpaid", "resolved", "expiring"}
DOING = {"do", "does", "did", "are", "were", "have", "had", "where", "that", "when"}
DAYS = {"日期", "时间", "日", "日子", "date", "day"}
MOST_BETWEEN = 3
LEFT_OUT = {"以外", "之外", "除外"}
FOR = {"帮", "替", "为"}
SORTS = {"级别", "等级", "层级", "级", "档", "档次", "类型", "类别", "种类", "性质", "level", "tier", "grade", "class", "type", "category", "kind"}


def is_own_mention(reading: Reading, item: Item) -> bool:
    """The entity said once more, or a reference that a filter or group already walks over ("rep" in "which rep", "customers")."""
    kinds = {reading.entity, *(part.entity for part in reading.filters if isinstance(part, Exists) and part.entity.startswith("custom:"))}
    if any(term.what == "entity" and term.entity in kinds for term in item.terms):
        return True
    if (
        any(term.what == "measure" and term.entity == reading.entity and not reading.paths.model.measures[term.key].where for term in item.terms)
        and reading.measures
    ):
        own = reading.paths.model.measures
        return any(own[term.key].op == "count" for term in item.terms if term.what == "measure")
    folded = {arg for ref in reading.measures for arg in operands(reading, ref)}
    if any(term.what == "field" and term.entity == reading.entity and term.key in folded for term in item.terms):
        return True
    grouped = {dimension.path for dimension in reading.dimensions}
    if any(term.what == "field" and term.entity == reading.entity and term.key in grouped for term in item.terms):
        return True  # 各种拜访方式: the kind of the record named once more
    if any(term.what == "inverse" for term in item.terms) and (_stands_by_value(reading, item) or (reading.entity == "member" and item.text in THEM)):
        return True
    if any(term.what == "measure" and any(ref.measure == term.key for ref in reading.measures) for term in item.terms) and reading.signals.has("share"):
        return True  # "won value of West as a share of the won value"
    if _is_group_of(reading, item) or _names_filtered_field(reading, item) or _names_day_used(reading, item) or _is_day_of_named(reading, item):
        return True
    if _is_each_of_mean(reading, item):
        return True
    if _is_what_is_due(reading, item):
        return True
    outcomes = {kind for kind in OUTCOMES if kind in item.cues}
    if outcomes and any(
        outcomes & (set(reading.item(other).cues) | _said_status(reading, reading.item(other))) for other in reading.used if reading.item(other) is not item
    ):
        return True  # "how long have open deals been open"
    if any(term.what == "field" and term.entity == reading.entity and term.key in _bounded(reading) for term in item.terms):
        return True  # "customers that employ more than 10,000 people"
    if any(term.what == "inverse" and path.split(".")[-1] == term.key for term in item.terms for path in _touched(reading)):
        return True  # "whose team", where the groups are the managers
    if any(term.what == "field" and term.entity == reading.entity and order.path == term.key for term in item.terms for order in reading.order):
        return True  # "which account employs the most people"
    walked = {path.split(".")[0] for path in _touched(reading)}
    model = reading.paths.model.entities[reading.entity]
    targets = {model.fields[key].to for key in walked if key in model.fields}
    return any(term.what == "entity" and term.entity in targets for term in item.terms)


def _is_what_is_due(reading: Reading, item: Item) -> bool:
    """As in 保费没交的有几笔: the money of those that are said not to be paid, where they are counted and none of it is asked for."""
    unpaid = any(index in reading.used for index in reading.signals.at.get("unpaid", ()))
    if not unpaid or item.values or item.means_more or reading.signals.has("amount", "sum") or any(ref.path for ref in reading.measures):
        return False
    if any(near.start == item.end and "count" in near.cues and near.text.endswith("多少") for near in reading.signals.items):
        return False  # 没到账的保费总共多少 asks for the money
    fields = reading.paths.model.entities[reading.entity].fields
    return any(term.what == "field" and term.entity == reading.entity and fields[term.key].type is FieldType.MONEY for term in item.terms)


def is_object_of_kind(reading: Reading, item: Item) -> bool:
    """As in 拜访了多少次客户, "how many visits to customers": those whom the records of the kind named beside are with anyway."""
    at = reading.signals.items.index(item)
    beside = [next((near for near in places if not reading.item(near).is_only_cue), at) for places in _around(reading, at)]
    if _is_doer(reading, item):
        return any(term.what == "entity" and reading.paths.link_to(reading.entity, term.entity) is not None for term in item.terms)
    if _is_beneficiary(reading, item) or is_party(reading, at):
        return True
    if _is_owner_of_figure(reading, item, at) or _is_payer(reading, item) or _is_subject(reading, item, at):
        return True
    if is_object_of_event(reading, at) and reading.entity not in DOERS:
        return True
    if is_agent(reading, at) or is_bearer_of_state(reading, at) or is_record_noun(reading, at) or is_state_of_named(reading, at):
        return True
    named = any(near in reading.used and names_kind(reading.item(near), reading.entity) for near in beside)
    return named and any(term.what == "entity" and reading.paths.link_to(reading.entity, term.entity) is not None for term in item.terms)


def _is_beneficiary(reading: Reading, item: Item) -> bool:
    """As in 帮客户拿到多少赔款: for whom it was done, whoever they are, of records of an own table."""
    before = reading.signals.tokens[item.start - 1].text if item.start else ""
    told_apart = reading.dimensions or item.values or reading.signals.has("which", "group")
    own = reading.paths.model.entities[reading.entity].custom_table is not None
    return (
        own and before in FOR and bool(reading.measures) and not told_apart and any(term.what == "entity" and term.entity == "account" for term in item.terms)
    )


def _is_payer(reading: Reading, item: Item) -> bool:
    """As in 客户一共付了多少钱: those who pay, whoever they are."""
    paid = any(index in reading.used for index in reading.signals.at.get("paid", ()))
    told_apart = reading.dimensions or reading.signals.superlative or reading.signals.has("which", "group")
    return reading.entity == "payment" and paid and not told_apart and any(term.what == "entity" and term.entity == "account" for term in item.terms)


def _is_owner_of_figure(reading: Reading, item: Item, at: int) -> bool:
    """As in 客户停机多少小时, "customer downtime": right before a figure that only records of theirs have."""
    if not reading.measures or reading.dimensions or item.values or reading.signals.has("which", "group", "average") or reading.signals.superlative:
        return False
    following = reading.signals.items[at + 1] if at + 1 < len(reading.signals.items) else None
    folded = {arg for ref in reading.measures for arg in operands(reading, ref)}
    named = {ref.measure for ref in reading.measures}
    told = following is not None and any(
        term.entity == reading.entity and (term.key in folded or (term.what == "measure" and term.key in named and _is_mean(reading, term.key)))
        for term in following.terms
    )
    if following is None or following.start != item.end or not told:
        return False
    return any(term.what == "entity" and reading.paths.link_to(reading.entity, term.entity) is not None for term in item.terms)


def _is_mean(reading: Reading, key: str) -> bool:
    return reading.paths.model.measures[key].op in {"avg", "days"}


def _is_subject(reading: Reading, item: Item, at: int) -> bool:
    """As in 客户取消订阅最主要的原因: at the beginning, those who do what the records are told of by, whoever they are; the groups are others."""
    following = reading.signals.items[at + 1] if at + 1 < len(reading.signals.items) else None
    if at or item.values or following is None or following.start != item.end or at + 1 not in reading.used or not (reading.measures and reading.dimensions):
        return False
    linked = {link.key for term in item.terms if term.what == "entity" and (link := reading.paths.link_to(reading.entity, term.entity)) is not None}
    if not linked or any(dimension.path.split(".")[0] in linked for dimension in reading.dimensions):
        return False
    return any(value.entity == reading.entity and value.field in {"status", "stage"} for value in following.values) and not following.terms


def _around(reading: Reading, at: int) -> tuple[range, range]:
    """The places before an item, nearest first, and those behind."""
    return range(at - 1, -1, -1), range(at + 1, len(reading.signals.items))


def _is_doer(reading: Reading, item: Item) -> bool:
    """As in "which product do customers raise most tickets about": those who do it, whoever they are."""
    tokens = reading.signals.tokens
    before = tokens[item.start - 1] if item.start else None
    last = tokens[item.end - 1]
    return before is not None and before.norm in DOING and last.kind == "latin" and last.norm != last.stem and item.start > 1


def _names_filtered_field(reading: Reading, item: Item) -> bool:
    """As in 欧洲区: the name of a field right beside the value that it is limited to."""
    at = reading.signals.items.index(item)
    if _says_of_which_sort(reading, item, at):
        return True
    keys = {term.key for term in item.terms if term.what == "field"}
    beside = [next((near for near in places if not _is_passed_over(reading, near)), at) for places in _around(reading, at)]
    if keys & {"status", "stage"} and STATES & {cue for near in beside if near < at and near in reading.used for cue in reading.item(near).cues}:
        return True  # 逾期状态
    states = [value.field for near in beside if near < at and near in reading.used for value in reading.item(near).values]
    if keys & {"status", "stage"} and {"status", "stage"} & set(states):
        return True  # On Hold 状态 of an export that calls it a stage
    return bool(keys & {value.field for near in beside if near in reading.used for value in reading.item(near).values})


def _is_passed_over(reading: Reading, index: int) -> bool:
    """Whether a word stands between a value and the name of its field: 除了公开招标以外其他来源."""
    item = reading.item(index)
    return "filler" in item.cues or (item.is_only_cue and index in reading.used and item.text in LEFT_OUT)


def _says_of_which_sort(reading: Reading, item: Item, at: int) -> bool:
    """As in Major 级别的案件, "Key level accounts": a word for kinds or degrees in general, right behind the one that is meant."""
    before = reading.signals.items[at - 1] if at else None
    named = before is not None and at - 1 in reading.used and before.end == item.start and bool(before.values)
    return named and item.text.casefold() in SORTS and not item.values


def _is_group_of(reading: Reading, item: Item) -> bool:
    """As in "which manager's team", 哪个经理的团队: a word for people behind the word that tells whose."""
    if not item.terms or any(term.filled and term.what != "inverse" for term in item.terms):
        return False
    at = reading.signals.items.index(item)
    before = [near for near in (at - 1, at - 2) if near >= 0 and near in reading.used]
    return any(
        (term.what == "field" and reading.paths.model.entities[term.entity].fields[term.key].to == "member") or term.entity == "member"
        for near in before
        for term in reading.item(near).terms
    ) or any(value.entity == "member" for near in before for value in reading.item(near).values)


def _names_day_used(reading: Reading, item: Item) -> bool:
    """As in "departed last month (ATD)": the day by which a verb of the question has limited the records already."""
    days = {reading.window.path} if reading.window is not None else set()
    days |= {part.path for part in reading.filters if isinstance(part, Compare) and part.op in {"not_null", "is_null"}}
    own = reading.paths.model.entities[reading.entity].fields
    named = [term for term in item.terms if term.what == "field" and term.entity == reading.entity and own[term.key].type.is_time]
    return any(term.key in days for term in named) and not item.means_more


def _is_day_of_named(reading: Reading, item: Item) -> bool:
    """As in 决定日期落在2025年的: a word for days in general, right behind the one by which the records are limited already."""
    before = next((other for other in reading.signals.items if other.end == item.start), None)
    if item.text.casefold() not in DAYS or before is None or before.means_more or reading.window is None:
        return False
    return any(term.what == "field" and term.entity == reading.entity and term.key == reading.window.path for term in before.terms)


def _is_each_of_mean(reading: Reading, item: Item) -> bool:
    """As in "average revenue per won booking", where "bookings" are an amount as well: the records of a mean, once more behind the word for each."""
    before = [token.norm for token in reading.signals.tokens[max(item.start - MOST_BETWEEN, 0) : item.start]]
    measures = reading.paths.model.measures
    if not {"per", "each", "every"} & set(before):
        return False
    means = [measures[ref.measure] for ref in reading.measures if ref.measure and measures[ref.measure].op in {"avg", "median"}]
    said = [measures[term.key] for term in item.terms if term.what == "measure" and term.entity == reading.entity]
    return any(one.op == "sum" and (one.args, one.where) == (mean.args, mean.where) for one in said for mean in means)


def _stands_by_value(reading: Reading, item: Item) -> bool:
    """As in "the Central team": a word for a group of people beside the value that tells which."""
    at = reading.signals.items.index(item)
    return any(reading.signals.items[near].values and near in reading.used for near in (at - 1, at + 1) if 0 <= near < len(reading.signals.items))


def operands(reading: Reading, ref: MeasureRef) -> tuple[str, ...]:
    """The fields that a measure folds."""
    return reading.paths.model.measures[ref.measure].args if ref.measure else (ref.path,) if ref.path else ()


def _said_status(reading: Reading, item: Item) -> set[str]:
    """The outcomes that a counting measure of the item is limited to."""
    measures = [reading.paths.model.measures[term.key] for term in item.terms if term.what == "measure" and term.entity == reading.entity]
    return {status for measure in measures if measure.op == "count" for status in measure.where.get("status", ())}


def _bounded(reading: Reading) -> set[str]:
    """The fields that a bound is set on."""
    if not any(item.number is not None for item in reading.signals.items):
        return set()
    bounds = (part for part in reading.filters if isinstance(part, Between) or (isinstance(part, Compare) and part.op in {"gt", "ge", "lt", "le"}))
    return {part.path for part in bounds}


def _touched(reading: Reading) -> list[str]:
    return [part.path for part in reading.filters if isinstance(part, Compare)] + [dimension.path for dimension in reading.dimensions]
