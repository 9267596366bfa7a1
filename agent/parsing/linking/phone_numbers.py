"""A word for calls that stands for the number to call: 联系人的电话, 电话是多少, "their phone"."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Vocabulary

CONTACT, CALLS = "contact", "interaction"
NUMBERS = {"phone", "mobile"}
ASKED = {"是多少", "多少", "是什么", "是几", "号码", "有吗"}
POSSESSIVE = {"的", "'s", "s", "'"}


def with_phone_numbers(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with such a word as the contacts' own column alone, where that is filled."""
    made = list(items)
    for index, item in enumerate(items):
        own = tuple(term for term in item.terms if term.what == "field" and term.entity == CONTACT and term.key in NUMBERS and term.filled)
        calls = any(term.entity == CALLS for term in item.terms) or any(value.entity == CALLS for value in item.values)
        if own and calls and (_is_of_contacts(tokens, items, index) or _asks_number(tokens, items, index)):
            made[index] = replace(item, terms=own, values=())
    return tuple(made)


def _is_of_contacts(tokens: tuple[Token, ...], items: tuple[Item, ...], index: int) -> bool:
    """As in 联系人电话, 联系人的电话: the contact stands right before it."""
    before = items[index - 1] if index else None
    if before is None or not any(term.what == "entity" and term.entity == CONTACT for term in before.terms):
        return False
    return {token.text for token in tokens[before.end : items[index].start]} <= POSSESSIVE


def _asks_number(tokens: tuple[Token, ...], items: tuple[Item, ...], index: int) -> bool:
    """As in 电话是多少: nothing that is counted is so asked for behind it, where no classifier follows."""
    end = items[index].end
    asked = items[index + 1] if index + 1 < len(items) else None
    if asked is None or asked.start != end or asked.text not in ASKED:
        return False
    return asked.end == len(tokens) or tokens[asked.end].kind == "mark"
