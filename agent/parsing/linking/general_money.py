"""Words for money in general: those that no column is called by, and that mean what the records at hand are worth."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.parsing.linking.items import Item
from agent.parsing.store_words.own_orders import DEALS
from agent.parsing.store_words.vocabulary import Vocabulary

GENERAL_MONEY = re.compile(
    r"(?:total |overall |sum |combined )*(?:values?|amounts?|worth|money)|(?:总|合计|累计)?(?:金额|额|价值)(?:合计|总计|总额|总和)?", re.IGNORECASE
)

OWED = ("款", "款项")  # what is overdue as money: 逾期欠款
HOW_MUCH = {"多少", "有多少", "是多少", "一共多少", "总共多少", "共多少", "合计多少"}


def spoken_money(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with such a word, where it names only what is empty here and an own table is named, as one that asks how much."""
    entities = vocabulary.model.entities
    named = [{term.entity for term in item.terms if term.what == "entity" and term.filled} for item in items]
    if not any(entities[key].custom_table is not None for keys in named for key in keys):
        return items
    of_orders = any(keys == {vocabulary.orders} for keys in named) and not any(keys & {*DEALS} for keys in named)
    behind = (False, *(keys == {vocabulary.orders} and item.end == after.start for keys, item, after in zip(named, items, items[1:], strict=False)))
    told = (
        _is_money_of_nothing(item) or (of_orders and (_is_money_of_deals(item) or (of_them and _is_money_of_others(item, vocabulary))))
        for item, of_them in zip(items, behind, strict=False)
    )
    return tuple(replace(item, cues=("amount",), terms=()) if money else item for item, money in zip(items, told, strict=True))


def _is_money_of_deals(item: Item) -> bool:
    """As in "order value", 订单总金额, where orders are kept by themselves: what such a word names of deals is not meant."""
    plain = bool(item.terms) and not (item.values or item.cues or item.means_more or item.topic)
    return plain and {term.entity for term in item.terms if term.filled} <= {*DEALS} and bool(GENERAL_MONEY.fullmatch(item.text))


def _is_money_of_others(item: Item, vocabulary: Vocabulary) -> bool:
    """As in "order amount": right behind the orders, such a word is of no other records."""
    plain = bool(item.terms) and not (item.values or item.cues or item.means_more or item.topic)
    return plain and all(term.entity != vocabulary.orders for term in item.terms if term.filled) and bool(GENERAL_MONEY.fullmatch(item.text))


def _is_money_of_nothing(item: Item) -> bool:
    plain = bool(item.terms) and not (item.values or item.cues or item.means_more or item.topic)
    return plain and not any(term.filled for term in item.terms) and bool(GENERAL_MONEY.fullmatch(item.text))
