"""The team of an export that keeps no teams and of a question that names nobody's: all of the company, as in "who sells most on the team"."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Vocabulary

SAID = {"team", "sales team", "团队", "销售团队"}
TELLING = {"which", "lookup", "group", "breakdown", "pronoun", "mine", "compare"}


def with_whole_team(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with such a word as one for the company."""
    if vocabulary.rows("team") or not any(item.text.casefold() in SAID for item in items):
        return items
    named = any(value.entity == "member" and value.title for item in items for value in item.values)
    led = any(term.what == "field" and term.key == "manager" for item in items if item.text.casefold() not in SAID for term in item.terms)
    return items if named or led else tuple(replace(item, cues=("company",), terms=()) if _is_whole(items, at) else item for at, item in enumerate(items))


def _is_whole(items: tuple[Item, ...], at: int) -> bool:
    item, before = items[at], items[at - 1] if at else None
    asked = before is not None and bool(TELLING & set(before.cues)) and before.end == item.start
    filled = any(term.what == "field" and term.filled for term in item.terms)
    return item.text.casefold() in SAID and not (item.cues or item.values or filled or asked)
