"""Words for ordering where orders are kept by themselves: 去年下单最多的客户, 订了多少台, "what did they order" are told of these, and not of won deals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.language.lexicon import verbs
from agent.parsing.language.text import Token
from agent.parsing.linking.general_money import GENERAL_MONEY
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Term, Vocabulary

ORDERING = {
    *("下单", "下了单", "下过单", "下的单", "下订单", "订货", "订货的", "订购", "订购了", "落单"),
    *("拿货", "拿了货", "拿货的", "进货", "进货的", "提货", "提货的"),
    *("下单过", "下单了", "订货过", "订货了", "拿货过", "进货过", "进货了", "提货了"),
    *("ordered", "ordering", "placed orders", "placed an order", "place orders", "order placed", "orders placed"),
}
PLACING = {"place", "places", "placed", "placing"}
BEFORE_ORDER = {"a", "an", "any", "single", "their", "its", "more", "new", "further", "another", "the", "first"}
ORDERED_BY = {"ordered by", "ordered per"}
ORDERED, MONEY, GOODS, RECORD, LINE = "订", "额", "货", "单", "行"
BEHIND = ("了", "过", "的", "出", "出去", "走", "货", "购", "下")
PART_OF = set("签制修预装拟商定约")


def with_orders(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> tuple[tuple[Item, ...], list[int]]:
    """The items and the unknown places, with words for ordering taken for the orders."""
    if vocabulary.orders is None:
        return items, unknown
    orders = (Term("entity", vocabulary.orders, vocabulary.orders, 1),)
    found = [each for item in _nouns(items, vocabulary.orders) for each in _told(item, tokens, orders, items)]
    found += [Item(at, at + 1, ORDERED, terms=orders) for at in unknown if tokens[at].text == ORDERED and not (at and tokens[at - 1].text in PART_OF)]
    found = _with_placing(tokens, found, vocabulary.orders)
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


def _told(item: Item, tokens: tuple[Token, ...], orders: tuple[Term, ...], items: tuple[Item, ...]) -> Iterator[Item]:
    if item.text.casefold() in ORDERED_BY and any(before.end == item.start and _is_figure_of(before, orders[0].entity) for before in items):
        yield Item(item.start, item.start + 1, tokens[item.start].text, terms=orders)  # "units ordered by region"
        yield Item(item.start + 1, item.end, tokens[item.start + 1].text, ("group",))
        return
    yield replace(item, cues=(), terms=orders) if item.text.casefold() in ORDERING and not item.values else item


def _with_placing(tokens: tuple[Token, ...], items: list[Item], orders: str) -> list[Item]:
    """As in "placed a single order", "place any more orders": the verb and what stands between say no more than the noun."""
    for item in [item for item in items if _is_of(item, orders) and tokens[item.start].stem == "order"]:
        at = item.start - 1
        while at >= 0 and tokens[at].norm in BEFORE_ORDER:
            at -= 1
        inside = [other for other in items if at <= other.start and other.end <= item.start]
        if at < 0 or tokens[at].norm not in PLACING or any(other.values or other.number for other in inside):
            continue
        said = " ".join(token.text for token in tokens[at : item.end])
        placed = replace(item, start=at, text=said, cues=())
        items = [other for other in items if other is not item and other not in inside] + [placed]
    return items


def _nouns(items: tuple[Item, ...], orders: str) -> Iterator[Item]:
    """The items, with "order" no word for ranking where what it is worth or of stands right behind: "order value", "order units"."""
    for item, behind in zip(items, (*items[1:], None), strict=False):
        noun = "rank" in item.cues and _is_of(item, orders) and behind is not None and behind.start == item.end and _is_figure_of(behind, orders)
        yield replace(item, cues=tuple(cue for cue in item.cues if cue != "rank")) if noun else item


def _is_figure_of(item: Item, orders: str) -> bool:
    return not item.values and (bool(GENERAL_MONEY.fullmatch(item.text)) or any(term.what == "field" and term.entity == orders for term in item.terms))


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
