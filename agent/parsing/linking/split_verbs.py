"""Chinese verbs said apart from their object, of an own table whose day is called by both: 出了多少张单, 单是哪天出的 of 出单日期, 报了几个案 of 报案日期."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.text import Token, has_han
from agent.parsing.linking.items import Item
from agent.parsing.store_words.label_parts import events_of
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Term, Vocabulary

ASPECTS = {"了", "过", "的"}
NOT_YET = {"没", "未", "要", "待", "将"}
REACH = 8
OF_EVENT = 4
CUES_OF_VERBS = {"opened", "closed", "sold", "signed", "filler"}


def with_split_verbs(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> tuple[tuple[Item, ...], list[int]]:
    """The items with the day for such a verb and the table's records for its object, and the unknown places without them."""
    events = dict(_events(vocabulary))
    items = _said_together(tokens, items, events)
    for at in range(len(tokens) - 1):
        if tokens[at + 1].text not in ASPECTS or tokens[at].kind != "han" or (at and tokens[at - 1].text in NOT_YET):
            continue  # 还没开的标 are those whose day is still ahead
        for last in (*range(at + 2, min(at + REACH, len(tokens))), *_asked_before(tokens, items, at)):
            term = events.get(tokens[at].text + tokens[last].text)
            if tokens[last].kind == "mark":
                break
            named = term is not None and any(item.start == last and _names(item, term.entity) for item in items)
            if term is None or not (_is_free(items, at, at + 2, verb=True) and (named or _is_free(items, last, last + 1, verb=False))):
                continue
            verb = Item(at, at + 2, tokens[at].text + tokens[at + 1].text, terms=(term,), source="part")
            thing = next((item for item in items if item.start == last and _names(item, term.entity)), None) or Item(  # 报的案子
                last, last + 1, tokens[last].text, terms=(Term("entity", term.entity, term.entity, OF_EVENT),), source="part"
            )
            around = [item for item in items if not (_meets(item, at, at + 2) or _meets(item, last, last + 1))]
            items = tuple(sorted((*around, verb, thing), key=lambda item: item.start))
            unknown = [place for place in unknown if place not in {at, at + 1, last}]
            break
    return items, unknown


def _said_together(tokens: tuple[Token, ...], items: tuple[Item, ...], events: dict[str, Term]) -> tuple[Item, ...]:
    """As in 最近一次出单是哪天 of 出单日期: the object alone is a word for the deals, and the verb alone says nothing."""
    for at in range(len(tokens) - 1):
        term = events.get(tokens[at].text + tokens[at + 1].text)
        general = any(item.start == at + 1 and item.end == at + 2 and item.terms for item in items)
        if term is None or not general or not (_is_free(items, at, at + 1, verb=True) and _is_free(items, at + 1, at + 2, verb=False)):
            continue
        if at and tokens[at - 1].text in NOT_YET:
            continue
        around = [item for item in items if not _meets(item, at, at + 2)]
        event = Item(at, at + 2, tokens[at].text + tokens[at + 1].text, terms=(term,), source="part")
        items = tuple(sorted((*around, event), key=lambda item: item.start))
    return items


def _asked_before(tokens: tuple[Token, ...], items: tuple[Item, ...], at: int) -> Iterator[int]:
    """Where the object may stand before the verb, 最近一张单是哪天出的: with the question for the day between the two."""
    asked = next((item.start for item in items if "when" in item.cues and item.end == at), None)
    if asked is not None and tokens[at + 1].text == "的":
        yield asked - 1


def _events(vocabulary: Vocabulary) -> Iterator[tuple[str, Term]]:
    """What happens on a day of own tables, in two characters: only one table may have it."""
    found: dict[str, list[Term]] = {}
    for entity in vocabulary.model.entities.values():
        for spec in entity.fields.values() if entity.custom_table is not None and vocabulary.rows(entity.key) else ():
            for label in own_labels(spec) if spec.type.is_time and vocabulary.content(entity.key, spec.key).count else ():
                for event in events_of(label):
                    if len(event) == 2 and all(map(has_han, event)):
                        found.setdefault(event, []).append(Term("field", entity.key, spec.key, OF_EVENT))
    yield from ((event, terms[0]) for event, terms in found.items() if len(terms) == 1)


def _is_free(items: tuple[Item, ...], start: int, end: int, *, verb: bool) -> bool:
    """Whether nothing stands for the places but a function word for the verb, or a general word for the deals that the object may be as well."""
    for item in items:
        if not _meets(item, start, end):
            continue
        if item.start < start or item.end > end or item.values or item.means_more:
            return False
        if verb and (item.terms or not set(item.cues) <= CUES_OF_VERBS):
            return False
        if not verb and any(term.filled and term.what != "entity" for term in item.terms):
            return False
    return True


def _names(item: Item, entity: str) -> bool:
    return any(term.what == "entity" and term.entity == entity for term in item.terms) and not item.values


def _meets(item: Item, start: int, end: int) -> bool:
    return item.start < end and start < item.end
