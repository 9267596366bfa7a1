"""A word for calls that stands for the number to call, kept or not: 联系人的电话, 电话是多少, "their phone"."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Term, Vocabulary

CONTACT, CALLS = "contact", "interaction"
NUMBERS = {"phone", "mobile"}
ASKED = {"是多少", "多少", "是什么", "是几", "号码", "有吗"}
FIRMLY = ASKED - {"多少", "有吗"}
POSSESSIVE = {"的", "'s", "s", "'"}


def with_phone_numbers(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with such a word as the contacts' own column alone; where none is filled, only for the number of somebody who is named."""
    made = list(items)
    named = any(value.title for item in items for value in item.values) and not any(item.period for item in items)
    for index, item in enumerate(items):
        own = tuple(term for term in item.terms if term.what == "field" and term.entity == CONTACT and term.key in NUMBERS and term.filled)
        calls = any(term.entity == CALLS for term in item.terms) or any(value.entity == CALLS for value in item.values)
        if own and calls and (_is_of_contacts(tokens, items, index) or _asks_number(tokens, items, index)):
            made[index] = replace(item, terms=own, values=())
        elif calls and not own and named and _asks_number(tokens, items, index, FIRMLY):
            made[index] = replace(item, terms=(_kept(items, vocabulary),), values=(), cues=())
    return tuple(made)


def _kept(items: tuple[Item, ...], vocabulary: Vocabulary) -> Term:
    """The column of numbers that is filled, where a customer or one of its people is named; else an empty one."""
    theirs = any(value.title and value.entity in {CONTACT, "account"} for item in items for value in item.values)
    key = next((key for key in ("phone", "mobile") if theirs and vocabulary.filled(CONTACT, key)), None)
    return Term("field", CONTACT, key or "phone", 0, key is not None)


def _is_of_contacts(tokens: tuple[Token, ...], items: tuple[Item, ...], index: int) -> bool:
    """As in 联系人电话, 联系人的电话: the contact stands right before it."""
    before = items[index - 1] if index else None
    if before is None or not any(term.what == "entity" and term.entity == CONTACT for term in before.terms):
        return False
    return {token.text for token in tokens[before.end : items[index].start]} <= POSSESSIVE


def _asks_number(tokens: tuple[Token, ...], items: tuple[Item, ...], index: int, asking: set[str] = ASKED) -> bool:
    """As in 电话是多少: nothing that is counted is so asked for behind it, where no classifier follows."""
    end = items[index].end
    asked = items[index + 1] if index + 1 < len(items) else None
    if asked is None or asked.start != end or asked.text not in asking:
        return False
    return asked.end == len(tokens) or tokens[asked.end].kind == "mark"
