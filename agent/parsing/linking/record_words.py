"""Words for single records behind the word for their kind: the entries of "diary entries", the lines of "order lines", 行 of 订单行."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item

RECORDS = {"entry", "line", "row", "record", "item", "note", "slip", "sheet"}
ROW, TRADE = "行", {"业", "情", "程", "动", "为"}


def with_record_words(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int]) -> tuple[tuple[Item, ...], list[int]]:
    """The items with such a word, where it is not understood, as a part of the name before it."""
    left, found = set(unknown), list[Item]()
    for item in items:
        at = item.end
        kind = any(term.what == "entity" and term.filled for term in item.terms) and not item.values
        if not kind or at not in left or not _is_record(tokens, at):
            found.append(item)
            continue
        left.discard(at)
        found.append(replace(item, end=at + 1, text=f"{item.text}{'' if tokens[at].kind == 'han' else ' '}{tokens[at].text}"))
    return tuple(found), sorted(left)


def _is_record(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a token is such a word; 行 begins other words too."""
    if tokens[at].kind != "han":
        return tokens[at].stem in RECORDS
    return tokens[at].text == ROW and not (at + 1 < len(tokens) and tokens[at + 1].text in TRADE)
