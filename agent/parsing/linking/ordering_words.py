"""Words for ordering where orders are kept by themselves: 去年下单最多的客户, 订了多少台, "what did they order" are told of these, and not of won deals."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.lexicon import verbs
from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Term, Vocabulary

ORDERING = {
    *("下单", "下了单", "下过单", "下的单", "下订单", "订货", "订货的", "订购", "订购了", "落单"),
    *("ordered", "ordering", "placed orders", "placed an order", "place orders", "order placed", "orders placed"),
}
ORDERED, MONEY, GOODS, RECORD, LINE = "订", "额", "货", "单", "行"
BEHIND = ("了", "过", "的", "出", "出去", "走", "货", "购", "下")
PART_OF = set("签制修预装拟商定约")


def with_orders(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> tuple[tuple[Item, ...], list[int]]:
    """The items and the unknown places, with words for ordering taken for the orders."""
    if vocabulary.orders is None:
        return items, unknown
    orders = (Term("entity", vocabulary.orders, vocabulary.orders, 1),)
    found = [_told(item, orders) for item in items]
    found += [Item(at, at + 1, ORDERED, terms=orders) for at in unknown if tokens[at].text == ORDERED and not (at and tokens[at - 1].text in PART_OF)]
    found = [_widened(item, tokens, unknown) if _is_of(item, vocabulary.orders) else item for item in found]
    found = [item for item in found if not any(each.text.startswith(ORDERED) and each.start < item.start < each.end for each in found)]
    covered = {at for item in found for at in range(item.start, item.end)}
    ends = {item.end for item in found if _is_of(item, vocabulary.orders)}
    worth = [at for at in ends - covered if at < len(tokens) and tokens[at].text == MONEY]
    found += [Item(at, at + 1, MONEY, ("amount",)) for at in worth]  # 订单额
    said = {at for at in unknown if tokens[at].text in verbs()["order"]} if ends else set[int]()
    return tuple(sorted(found, key=lambda item: item.start)), [at for at in unknown if at not in covered and at not in worth and at not in said]


def is_ordering(item: Item) -> bool:
    """Whether it is the verb, and not a word for the orders."""
    return item.text.casefold() in ORDERING or (item.text.startswith(ORDERED) and not item.text.startswith(ORDERED + RECORD))


def _told(item: Item, orders: tuple[Term, ...]) -> Item:
    return replace(item, cues=(), terms=orders) if item.text.casefold() in ORDERING and not item.values else item


def _is_of(item: Item, orders: str) -> bool:
    return not item.values and {term.entity for term in item.terms if term.filled} == {orders}


def _widened(item: Item, tokens: tuple[Token, ...], unknown: list[int]) -> Item:
    """With the characters that make a longer word of it: 订货, whatever else 货 means here, 订出去了."""
    end = item.end
    if item.text.endswith(RECORD) and end < len(tokens) and tokens[end].text == LINE:
        return replace(item, end=end + 1, text=item.text + LINE)  # 订单行
    while item.text == ORDERED and end < len(tokens) and (tokens[end].text == GOODS or (end in unknown and tokens[end].text in BEHIND)):
        end += 1
    if end == item.end:
        return item
    return replace(item, end=end, text="".join(token.text for token in tokens[item.start : end]))
