"""How much of money that is said as a mass: 还有多少货款没结清, 质保金还有多少没收回来. It is the money that is asked for, and not how many records."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.general_money import GENERAL_MONEY
from agent.parsing.linking.items import Item
from agent.parsing.store_words.own_headers import own_labels, without_unit
from agent.parsing.store_words.vocabulary import Vocabulary
from tools.crm.semantic import FieldType

HOW_MUCH = {"多少", "有多少", "还有多少", "一共多少", "总共多少", "共多少", "合计多少", "一共有多少", "总共有多少", "还剩多少"}
MASS = re.compile(r"[款费金账债]$")
PASSED = {"filler", "sum", "opened", "paid", "unpaid"}
BRIDGES = {*"开收付回缴交了过", "还", "有", "还有", "还剩", "剩", "剩下", "的", "里", "里面", "一共", "总共", "共", "现在", "目前", "到底"}


def with_money_asked(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with such a 多少 asking for an amount."""
    return tuple(
        replace(item, cues=tuple("amount" if cue == "count" else cue for cue in item.cues))
        if _is_bare(item) and _is_of_money(tokens, items, index, vocabulary)
        else item
        for index, item in enumerate(items)
    )


def _is_bare(item: Item) -> bool:
    return item.is_only_cue and item.text in HOW_MUCH and "count" in item.cues and "amount" not in item.cues


def _is_of_money(tokens: tuple[Token, ...], items: tuple[Item, ...], index: int, vocabulary: Vocabulary) -> bool:
    """Whether the noun right behind, or the nearest before, is a word for money; what is behind comes first: 各合同有多少质保金."""
    behind = items[index + 1] if index + 1 < len(items) else None
    if behind is not None and behind.start == items[index].end and (behind.terms or behind.values):
        return _is_mass(behind, vocabulary) and _ends(tokens, behind.end)
    before = next((item for item in reversed(items[:index]) if not (item.period or (item.is_only_cue and {*item.cues} & PASSED))), None)
    if before is not None and before.is_only_cue and "amount" in before.cues and GENERAL_MONEY.fullmatch(before.text):
        return tokens[before.end : items[index].start] == () and _ends(tokens, items[index].end)  # 订单额多少
    summed = before is not None and not before.values and any(_sums(item) for item in items[: index + 1] if item.start >= before.end)
    if before is None or summed or not _is_mass(before, vocabulary):
        return False
    said = {at for item in items[:index] if item.period or item.is_only_cue for at in range(item.start, item.end)}  # 培训费今年开了多少
    between = {tokens[at].text for at in range(before.end, items[index].start) if at not in said}
    return between <= BRIDGES and _ends(tokens, items[index].end)


def _sums(item: Item) -> bool:
    """As in 租费一共多少, which is a sum of that column as it stands."""
    return "sum" in item.cues or "共" in item.text or "总" in item.text


def _ends(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether no classifier or noun follows by which records would be counted after all: 多少货款单."""
    return end == len(tokens) or tokens[end].text not in {"笔", "单", "条", "个", "份", "张", "次", "项", "期", "家"}


def _is_mass(item: Item, vocabulary: Vocabulary) -> bool:
    """An amount by its header, or a category of payments, that ends in a word for money: 货款, 质保金."""
    if item.cues or item.means_more or not MASS.search(item.text):
        return False
    if item.values:
        return any(not value.title and _has_money(value.entity, vocabulary) for value in item.values)
    fields = [vocabulary.model.entities[term.entity].fields[term.key] for term in item.terms if term.what == "field" and term.filled]
    money = [field for field in fields if field.type is FieldType.MONEY]
    return bool(money) and any(MASS.search(without_unit(label)) for field in money for label in own_labels(field))


def _has_money(entity: str, vocabulary: Vocabulary) -> bool:
    fields = vocabulary.model.entities[entity].fields.values()
    return any(field.type is FieldType.MONEY and vocabulary.content(entity, field.key).count for field in fields)
