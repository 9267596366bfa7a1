"""Related records that are there, as filters: "accounts with open deals", 签过合同的客户, 今年成交的客户."""

from __future__ import annotations

from agent.parsing.conditions.bearing import leads_to_bearer
from agent.parsing.conditions.lacking import kinds_behind
from agent.parsing.conditions.outcomes import STATUSES
from agent.parsing.conditions.related import ACQUIRING, HAVING
from agent.parsing.conditions.related_kinds import conditions_inside, related_kind
from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from tools.crm.query import And, Exists

ARTICLES = {"a", "an", "any", "at", "least", "one", "their", "its", "the", "new"}


def add_presence(reading: Reading) -> Reading:
    """As in "accounts with open deals", "customers that have tickets": related records that are there."""
    for index in reading.open_items():
        happened = _has_happened(reading, index)
        related = related_kind(reading, reading.item(index)) if happened or _is_possessed(reading, index) or leads_to_bearer(reading, index) else None
        if related is None:
            continue
        child, link, own = related
        if any(isinstance(part, Exists) and part.absent and (part.entity, part.via) == (child, link.key) for part in reading.filters):
            continue  # 一台设备都没装过: those that are not there, named once more
        inside, used = conditions_inside(reading, child, index, -1 if happened else index - 2)
        parts = tuple(dict.fromkeys((*own, *inside)))
        where = None if not parts else parts[0] if len(parts) == 1 else And(parts=parts)
        there = Exists(entity=child, via=link.key, where=where)
        filters = reading.filters if there in reading.filters else (*reading.filters, there)
        reading = reading.using(index, *used, *(_goods_behind(reading, index) if happened else ()), filters=filters).paying(0.3)
    return reading


def _is_possessed(reading: Reading, index: int) -> bool:
    """Whether a word of having or getting stands before the item: "with open deals", "that have tickets", 有工单的, 签过合同的, "signed a contract"."""
    before, tokens = reading.item(index - 1) if index else None, reading.signals.tokens
    if before is not None and _did(reading, before, index):
        return True
    state = before is not None and bool(before.values or before.pairs or set(STATUSES) & set(before.cues)) and bool(kinds_behind(reading, index - 1))
    start = before.start if before is not None and state else reading.item(index).start
    return any(tokens[at].norm in HAVING for at in range(max(start - 4, 0), start))


def _did(reading: Reading, before: Item, index: int) -> bool:
    """As in 签过合同, "signed a contract": a verb of getting that is over, right before what was got."""
    if not before.is_only_cue or not set(before.cues) & ACQUIRING or reading.entity not in {"account", "contact", "member"}:
        return False
    between = {token.norm for token in reading.signals.tokens[before.end : reading.item(index).start]}
    return (before.text.endswith(("过", "了")) and not between) or (before.text.isascii() and "signed" in before.cues and between <= ARTICLES)


def _has_happened(reading: Reading, index: int) -> bool:
    """As in 有多少客户跟我们成交过: a verb for how a deal ended, of something that happened at some time."""
    item, tokens = reading.item(index), reading.signals.tokens
    following = [reading.item(near) for near in range(index + 1, min(index + 3, len(reading.signals.items)))]
    counted = (
        len(following) == 2 and "count" in following[0].cues and any(term.what == "entity" and term.entity == reading.entity for term in following[1].terms)
    )
    if counted and item.is_only_cue and "won" in item.cues and reading.entity == "account":
        return True  # 拿下多少客户
    past = _is_whose(reading, index) or item.text.endswith("过") or (item.end < len(tokens) and tokens[item.end].text == "过")
    deed = item.is_only_cue or all(term.what == "measure" for term in item.terms)
    return (
        past and deed and not item.values and bool({"won", "lost", "sells", "signed"} & set(item.cues)) and reading.entity in {"account", "product", "contact"}
    )


def _is_whose(reading: Reading, index: int) -> bool:
    """As in 今年成交的客户, 赢单客户: right before the word for those whose records so ended."""
    item, behind = reading.item(index), reading.item(index + 1) if index + 1 < len(reading.signals.items) else None
    if behind is None or reading.entity != "account":
        return False
    if item.text.endswith("的") and "count" in behind.cues and behind.start == item.end:
        return _is_of_before(reading, index)
    if not any(term.what in {"entity", "measure"} and term.entity == reading.entity for term in behind.terms):
        return False
    return all(token.text == "的" for token in reading.signals.tokens[item.end : behind.start]) and has_han(item.text)


def _is_of_before(reading: Reading, index: int) -> bool:
    """As in 今年新建的客户中成交的有几家: they are those of the clause before."""
    tokens = reading.signals.tokens
    named = (item for item in reading.signals.items[:index] if any(term.what == "entity" and term.entity == reading.entity for term in item.terms))
    return any(tokens[item.end].text in {"中", "里", "当", "内"} for item in named if item.end < len(tokens))


def _goods_behind(reading: Reading, index: int) -> tuple[int, ...]:
    """As in 买过产品的客户: what was bought, where no one of them is named."""
    items = reading.signals.items
    behind = items[index + 1] if index + 1 < len(items) else None
    bought = behind is not None and "sells" in items[index].cues and behind.start == items[index].end and not behind.values
    return (index + 1,) if behind is not None and bought and any(term.what == "entity" and term.entity == "product" for term in behind.terms) else ()
