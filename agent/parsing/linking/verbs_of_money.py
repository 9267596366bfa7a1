"""The verb before how much money: 赔下来多少钱 of a column 赔款金额, 返了多少钱 of 返利, where one amount of the records named begins with it."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import FieldType

BESIDE = {"了", "过", "掉", "给", "出", "出去", "下来", "进来", "回来", "我们", "客户", "一共", "总共"}
MONEY = ("钱", "万", "元", "万元")
OF_COLUMN = 3


def with_verbs_of_money(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> tuple[tuple[Item, ...], list[int]]:
    """The items with the column for such a verb, and the unknown places without it."""
    kinds = {term.entity for item in items for term in item.terms if term.what == "entity" and term.filled and len(item.text) > 1}
    for item in items:
        if not item.is_only_cue or "amount" not in item.cues or not item.text.endswith(MONEY):
            continue
        place = _verb_before(tokens, item.start)
        here = next((each for each in items if each.start <= place < each.end), None)
        free = here is None or (here.source == "part" and here.end - here.start == 1 and not here.values)
        term = _column(tokens[place].text, kinds, vocabulary) if place >= 0 and free else None
        if term is None:
            continue
        verb = Item(place, place + 1, tokens[place].text, terms=(term,), source="part") if here is None else replace(here, terms=(term,), cues=())
        others = (each for each in items if each is not here)
        return tuple(sorted((*others, verb), key=lambda each: each.start)), [other for other in unknown if other != place]
    return items, unknown


def _verb_before(tokens: tuple[Token, ...], start: int) -> int:
    """The place of the character before how much, past what only says how it was done; -1 where there is none."""
    place = start - 1
    while place >= 0 and (tokens[place].text in BESIDE or (place and tokens[place - 1].text + tokens[place].text in BESIDE)):
        place -= 1 if tokens[place].text in BESIDE else 2
    return place if place >= 0 and tokens[place].kind == "han" and len(tokens[place].text) == 1 else -1


def _column(verb: str, kinds: set[str], vocabulary: Vocabulary) -> Term | None:
    """The one amount of money of these kinds whose header begins with the verb."""
    entities = vocabulary.model.entities
    found = [
        Term("field", kind, spec.key, OF_COLUMN)
        for kind in kinds
        for spec in entities[kind].fields.values()
        if spec.type is FieldType.MONEY and vocabulary.content(kind, spec.key).count
        if any(label.startswith(verb) for label in own_labels(spec))
    ]
    return found[0] if len(found) == 1 else None
