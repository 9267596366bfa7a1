"""Records that a question may be after: a list, the first of a ranking, fields of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.conditions.moves import tells_moves
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.columns import shown_columns
from agent.parsing.targets.extreme_records import default_extreme, extremes, is_composed, is_figure, is_inverse
from agent.parsing.targets.lookups import lookups
from agent.parsing.targets.mentions import asks_for_others, asks_who, mentions_entity, named_by_value
from agent.parsing.targets.ranked_parties import is_one_of_sort, sort_ranked
from agent.parsing.targets.reporting import reporting
from tools.crm.measuring import conditions_of
from tools.crm.query import Order
from tools.crm.semantic import FieldType

_ONE_RECORD = re.compile(r"(?:是|为)?哪一?[笔起张条单件份项]|which one")
SEVERAL = {"是哪几个", "是哪些", "是哪几款", "是哪几种", "是哪几家", "分别是哪几个", "分别是哪些"}


def records(reading: Reading) -> Iterator[Reading]:
    """Readings that show records: a list, the first of a ranking, fields of one."""
    mentions = [index for index in range(len(reading.signals.items)) if mentions_entity(reading, index) or is_inverse(reading, index)]
    others = list(reporting(reading))
    yield from others or lookups(reading, mentions)
    if others:
        return
    if reading.signals.has("overspent"):
        return  # a comparison of two figures, which measuring makes
    if not mentions:
        reading, mentions = _conditioned(reading)
    if not mentions and reading.signals.superlative:
        mentions = [index for index in range(len(reading.signals.items)) if is_composed(reading, index)][:1] or _asked_record(reading)
    mentions = mentions or _asked_people(reading) or sort_ranked(reading)[:1] or (reading.signals.at.get("moved", [])[:1] if tells_moves(reading) else [])
    asked = reading.signals.has("list", "which", "exists") or any(reading.item(i).text in SEVERAL for i in reading.signals.at.get("lookup", ()))
    if not mentions and (asked or asks_who(reading)) and not reading.signals.has("count"):
        own = (
            i
            for i, item in enumerate(reading.signals.items)
            if any(v.entity == reading.entity and not v.title for v in item.values) or _is_flag(reading, i) or _is_not_paid(reading, item)
        )
        mentions = list(own)[:1]  # 区域经理有哪些人: the people of whom that value is said
        if mentions and not asks_for_others(reading):
            at_customer = reading.entity == "lead" and any(value.entity == "account" for item in reading.signals.items for value in item.values)
            who = asks_who(reading)  # "the CTO of Acme" is a contact there before it is a lead
            focus = "exists" if reading.signals.has("exists") and not reading.signals.has("list", "which") else "list"
            yield reading.using(*who, select=shown_columns(reading), focus=focus, fit=reading.fit + 0.3).paying(0.3 if at_customer else 0.0)
        return
    if not mentions:
        return
    used = () if named_by_value(reading, mentions[0]) or _is_category(reading, mentions[0]) else (mentions[0],)
    if reading.signals.timely and reading.signals.has("when") and not reading.signals.has("list") and reading.paths.model.entities[reading.entity].time:
        return  # "when was the last payment" asks for the day, not for the record
    asked = reading.signals.has("list", "which", "lookup", "exists")
    fit = (0.45 if asked else 0.1) - (0.6 if reading.signals.has("count") else 0.0)
    if reading.signals.has("lookup", "amount") and not reading.signals.has("list") and is_figure(reading, mentions[0]):
        fit -= 0.6  # "what is her target" asks for the amount
    if asks_who(reading) and any(term.what == "field" and term.rank == 0 for term in reading.item(mentions[0]).terms):
        fit -= 0.5  # "who is its owner" asks for one person, not for all owners
    select = shown_columns(reading)
    if reading.signals.superlative:
        yield from extremes(reading, mentions[0], used, select)
        return
    order = _said_order(reading)
    if order is not None:
        reading = reading.using(*order[0], order=(Order(path=order[1], descending=order[2]),))
    focus = "exists" if reading.signals.has("exists") and not reading.signals.has("list") else "list"
    if asks_for_others(reading):
        fit -= 0.5  # "which accounts had a demo" asks for the accounts
    yield reading.using(*used, select=select, focus=focus, fit=reading.fit + fit)


def _asked_record(reading: Reading) -> list[int]:
    """As in 索赔金额最大的是哪一笔: the word that asks for one record, beside a figure that records of this kind have as a column."""
    fields = reading.paths.model.entities[reading.entity].fields
    figures = (
        term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].type.is_numeric
        for item in reading.signals.items
        for term in item.terms
    )
    return [index for index in reading.signals.at.get("which", ()) if _ONE_RECORD.fullmatch(reading.item(index).text.casefold())][:1] if any(figures) else []


def _is_not_paid(reading: Reading, item: Item) -> bool:
    """As in 有没有逾期没付的: what of payments is said not to have come in."""
    return reading.entity == "payment" and "unpaid" in item.cues and reading.signals.has("exists")


def _is_flag(reading: Reading, index: int) -> bool:
    """As in 集采品种是哪几个: what a yes-or-no header calls its records."""
    fields = reading.paths.model.entities[reading.entity].fields
    return any(
        term.what == "field" and term.entity == reading.entity and term.rank < 2 and fields[term.key].type is FieldType.FLAG
        for term in reading.item(index).terms
    )


def _asked_people(reading: Reading) -> list[int]:
    """As in "who joined us in 2024", 今年入职的有谁: a word for who, and a day of the people themselves."""
    who = asks_who(reading)
    fields = reading.paths.model.entities[reading.entity].fields
    dated = any(
        term.what == "field"
        and term.entity == reading.entity
        and term.filled
        and (fields[term.key].type.is_time or (fields[term.key].type.is_numeric and reading.signals.superlative))
        for item in reading.signals.items
        for term in item.terms
    )
    return who[:1] if dated and (reading.entity == "member" or is_one_of_sort(reading)) else []


def _said_order(reading: Reading) -> tuple[tuple[int, ...], str, bool] | None:
    """As in "largest first", 从大到小: the items that ask for an order, by what and which way."""
    signals = reading.signals
    cue = [*signals.at.get("rank", ()), *signals.at.get("ascending", ())]
    fields = reading.paths.model.entities[reading.entity].fields
    named = [
        path
        for index in range(len(signals.items))
        if signals.near(index, "rank", 2) is not None
        for _, path in reading.paths.dimension(reading.entity, signals.items[index].terms)
        if "." not in path and (fields[path].type.is_numeric or fields[path].type.is_time)
    ]
    path = next(iter(named), None) or default_extreme(reading, fields, False)
    return (tuple(cue), path, not signals.has("ascending")) if cue and path is not None else None


def _conditioned(reading: Reading) -> tuple[Reading, list[int]]:
    """As in "list the won deals": a counting measure with a condition names the records that fulfil it."""
    for index in range(len(reading.signals.items)):
        for term in reading.item(index).terms:
            if term.what == "measure" and term.entity == reading.entity:
                measure = reading.paths.model.measures[term.key]
                if measure.op == "count" and measure.where and term.filled:
                    return replace(reading, filters=(*reading.filters, *conditions_of(measure))).paying(0.15), [index]
    return reading, []


def _is_category(reading: Reading, index: int) -> bool:
    """As in "which 业务员 joined last", where that is the title of some of the people: the word says which of them."""
    item = reading.item(index)
    held = [value for value in item.values if value.entity == reading.entity and not value.title and value.text == item.text]
    return item.source == "exact" and any(value.count < reading.paths.vocabulary.rows(reading.entity) for value in held)
