"""Other kinds of record that a condition is about, and what is said of them: "without open tickets", 没有拜访记录的客户."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.conditions.contrasting import condition_of
from agent.parsing.conditions.defined import conditions_of_item
from agent.parsing.conditions.named_times import between
from agent.parsing.conditions.outcomes import STATUSES, closing_day
from agent.parsing.conditions.own_states import day_of_end
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.vocabulary import Term
from tools.crm.measuring import conditions_of
from tools.crm.query import Compare, Filter
from tools.crm.semantic import Field

COMES_BY = {"contract": {"signed", *STATUSES}, "payment": {"paid"}}
"""How one comes to have records of a kind: the verb right before the word for them says no more."""


def related_kind(reading: Reading, item: Item) -> tuple[str, Field, tuple[Filter, ...]] | None:
    """The kind of record that belongs to the entity and that the item names; an outcome alone (没赢过) is one of deals."""
    outcome = next((kind for kind in STATUSES if kind in item.cues), None) if item.is_only_cue else None
    if item.is_only_cue and "sells" in item.cues:
        outcome = "won"  # 哪些产品还没卖出去过
    if item.is_only_cue and "signed" in item.cues and not _leads_on(reading, item):
        contracts = reading.paths.link_to("contract", reading.entity) if reading.paths.vocabulary.rows("contract") else None
        if contracts is not None:
            return "contract", contracts, ()  # 跟我们签约的客户
        outcome = "won"
    if outcome is not None and _leads_on(reading, item):
        return None  # 在谈项目, 签过合同: the noun that follows is what is meant
    deals = reading.paths.link_to("opportunity", reading.entity) if outcome and reading.paths.vocabulary.rows("opportunity") else None
    if outcome is not None and deals is not None:
        return "opportunity", deals, (Compare(path="status", values=("won", "lost") if outcome == "closed" else (outcome,)),)
    for term in sorted(item.terms, key=lambda term: (term.what != "entity", term.what != "measure", term.rank)):
        if term.what == "measure" and reading.paths.model.measures[term.key].op != "count":
            continue
        if term.what == "kind" and not term.filled:
            continue
        if term.what in {"entity", "measure", "kind"} and term.entity != reading.entity and reading.paths.vocabulary.rows(term.entity):
            link = reading.paths.link_to(term.entity, reading.entity)
            if link is not None:
                return term.entity, link, (*_own_conditions(reading, term), *conditions_of_item(reading, item, term.entity))
    return None


def _leads_on(reading: Reading, item: Item) -> bool:
    at = reading.signals.items.index(item) + 1
    following = reading.signals.items[at] if at < len(reading.signals.items) else None
    return following is not None and any(
        term.what in {"entity", "kind"} and term.entity != reading.entity and reading.paths.link_to(term.entity, reading.entity) for term in following.terms
    )


def _own_conditions(reading: Reading, term: Term) -> tuple[Filter, ...]:
    """What the word itself says of the related records: their kind, or the condition of a measure such as "won deals"."""
    if term.what == "kind":
        return (Compare(path="kind", values=(term.key,)),)
    if term.what == "measure":
        return conditions_of(reading.paths.model.measures[term.key])
    return ()


def conditions_inside(reading: Reading, child: str, index: int, place: int) -> tuple[tuple[Filter, ...], set[int]]:
    """Conditions on the related records: outcome, period and values beside their mention."""
    parts: list[Filter] = []
    used: set[int] = set()
    spoken_before = (index - 1,) if index < place else ()  # 一个决策人联系人都没有
    for near in (*spoken_before, *range(place + 1, index), index + 1, index + 2, place - 1):
        if not 0 <= near < len(reading.signals.items) or near in reading.used or near in used:
            continue
        item = reading.item(near)
        kind = next((kind for kind in STATUSES if kind in item.cues), None)
        time = reading.paths.model.entities[child].time
        if near == index - 1 and item.is_only_cue and set(item.cues) & COMES_BY.get(child, set()):
            used.add(near)  # 签过合同: signing is what contracts are for
        elif kind is not None and child == "opportunity":
            parts.append(Compare(path="status", values=("won", "lost") if kind == "closed" else (kind,)))
            used.add(near)
        elif kind in {"open", "closed"} and (closing := closing_day(reading, child)) is not None:
            parts.append(Compare(path=closing.key, op="is_null" if kind == "open" else "not_null"))
            used.add(near)
        elif kind in {"open", "closed"} and not (item.values or item.terms) and (end := day_of_end(reading, child)) is not None:
            parts.append(Compare(path=end, op="is_null" if kind == "open" else "not_null"))
            used.add(near)
        elif near == index - 1 and (told := _of_columns(reading, child, item)):
            parts += told
            used.add(near)
        elif item.period is not None and time is not None:
            parts.append(between(time, item.period))
            used.add(near)
        elif item.values and (near > place or near == index - 1):
            held: dict[str, list[str]] = {}
            for value in item.values:
                for each in reading.paths.to_value(child, value):
                    held.setdefault(each, []).append(value.text)
            path = min(held, key=lambda each: each.count("."), default=None)  # "open claims": by their own state before that of their deals
            own = [each for value in item.values for each in reading.paths.to_value(reading.entity, value)]
            if path is not None and not any(each.count(".") <= path.count(".") for each in own):
                parts.append(Compare(path=path, values=tuple(dict.fromkeys(held[path]))))
                used.add(near)
    if len(parts) == 0 and index in reading.signals.at.get("won", ()):
        parts.append(Compare(path="status", values=("won",)))
    return tuple(parts), used


def _of_columns(reading: Reading, child: str, item: Item) -> tuple[Filter, ...]:
    """As in 没有未处理完投诉的客户: what an item says of columns of the related records, right before the word for them."""
    own = next((pair for pair in item.pairs if pair.entity == child), None)
    if own is None or own.bounded:
        return ()
    if own.what == "filled":
        return (Compare(path=own.path, op="not_null"),)
    return condition_of(replace(reading, entity=child, measures=(), filters=()), own) or ()
