"""A value that is said together with the word for those whose it is, taken apart: 战略客户 is 战略 of the 客户, who may be counted and have deals."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import Token, term_key
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Vocabulary

ACCOUNT = "account"
NOUNS = {"客户", "account", "accounts", "customer", "customers", "client", "clients"}


def with_nouns_apart(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with each such value as two: the value, and the noun with what it is called by alone."""
    return tuple(part for item in items for part in _parts(tokens, item, vocabulary))


def _parts(tokens: tuple[Token, ...], item: Item, vocabulary: Vocabulary) -> tuple[Item, ...]:
    sort = item.is_sort_of(ACCOUNT) and not item.terms and not item.cues
    cut = next((at for at in range(item.end - 1, item.start, -1) if _said(tokens, at, item.end) in NOUNS), None) if sort else None
    if cut is None:
        return (item,)
    noun = _said(tokens, cut, item.end)
    terms = tuple(vocabulary.terms.get(term_key(noun), ()))
    if not any(term.what == "entity" and term.entity == ACCOUNT for term in terms):
        return (item,)
    return replace(item, end=cut, text=_said(tokens, item.start, cut)), Item(cut, item.end, noun, terms=terms)


def _said(tokens: tuple[Token, ...], start: int, end: int) -> str:
    joint = " " if tokens[start].kind == "latin" else ""
    return joint.join(token.norm for token in tokens[start:end])
