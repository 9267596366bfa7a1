"""Chinese words for money that is to come in, 11月应收多少钱, 本月该收多少款: the day by which it has to, where payments are kept with such a day."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.columns import Paired
from agent.parsing.columns.days import payable
from agent.parsing.columns.owing import owed_pair
from agent.parsing.language.text import Token
from agent.parsing.linking.general_money import HOW_MUCH
from agent.parsing.linking.items import Item
from agent.parsing.store_words.own_headers import own_labels, without_unit
from agent.parsing.store_words.vocabulary import Term, Vocabulary

SHOULD, TAKE = {"该", "要", "应", "得", "待"}, {"收", "缴", "交"}
MONEY = {"应收款", "应收账款", "应收款项", "应收的款"}
ASKED = ("应收多少", "应收款多少", "应付多少", "应付款多少")


def with_money_to_come(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> tuple[tuple[Item, ...], list[int]]:
    """The items with that day for such words, where a period is named and money asked for, and the places that stay unknown."""
    due = tuple(payable(vocabulary))
    asked = any({"amount", "count"} & set(item.cues) for item in items)
    if len(due) != 1 or not asked or not any(item.period for item in items):
        return items, unknown
    items = tuple(_asked_for(items, at, due[0]) for at in range(len(items)))
    told = tuple(part for item in items for part in (_apart(tokens, item, due) if item.text.startswith(ASKED) and item.is_only_cue else (item,)))
    taken = {at for item in told for at in range(item.start, item.end)}
    places = [at for at in range(1, len(tokens)) if tokens[at].text in TAKE and tokens[at - 1].text in SHOULD and not {at - 1, at} & taken]
    if len(places) == 1:
        at = places[0]
        made = Item(at - 1, at + 1, tokens[at - 1].text + tokens[at].text, pairs=due)
        told = tuple(sorted((*told, made), key=lambda item: item.start))
        unknown = [each for each in unknown if each not in {at - 1, at}]
    said = any(pair in due for item in told for pair in item.pairs)
    return tuple(_of_amount_due(item, due[0], said, vocabulary) for item in told), unknown


def _asked_for(items: tuple[Item, ...], at: int, due: Paired) -> Item:
    """As in 本月应收款多少, which asks for money and does not count it."""
    item, before = items[at], items[at - 1] if at else None
    if _is_money_due(item, due) and at + 1 < len(items) and _asks_how_much(item, items[at + 1]):
        return replace(item, terms=(), pairs=(due,), read_as="")
    return replace(item, cues=("amount",)) if before is not None and _is_money_due(before, due) and _asks_how_much(before, item) else item


def _is_money_due(item: Item, due: Paired) -> bool:
    return item.text in MONEY and any((term.entity, term.key) == (due.entity, due.path) for term in item.terms)


def _asks_how_much(item: Item, behind: Item) -> bool:
    return behind.start == item.end and behind.is_only_cue and behind.text in HOW_MUCH


def _apart(tokens: tuple[Token, ...], item: Item, due: tuple[Paired, ...]) -> tuple[Item, ...]:
    """As in 应收多少钱: what is to come in, and that its amount is asked for."""
    cut = item.start + len("应收")
    said = ("".join(token.text for token in tokens[start:end]) for start, end in ((item.start, cut), (cut, item.end)))
    return Item(item.start, cut, next(said), pairs=due), replace(item, start=cut, text=next(said))


def _of_amount_due(item: Item, due: Paired, said: bool, vocabulary: Vocabulary) -> Item:
    """As in 要收的保费, "premium due", of a header 应缴保费: what is to come in of it, and not what was agreed in all. ``said`` is that it is due."""
    entity = due.entity
    pair = owed_pair(entity, vocabulary.columns.amounts.get(entity, ()))
    if pair is None or not item.terms or item.values or item.cues or any(term.what != "field" for term in item.terms):
        return item
    spec = vocabulary.model.entities[entity].fields[pair[0].path]
    word = item.read_as or item.text
    if not said or not any(without_unit(label).endswith(word) for label in own_labels(spec)):
        return item
    return replace(item, terms=(Term("field", entity, spec.key, 0),))
