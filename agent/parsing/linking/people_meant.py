"""Whom a word for people in general means: those of the customers, or our own where what is said of them is kept of ours alone."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Item
from agent.parsing.linking.whole_team import TELLING
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import FieldType

PEOPLE = {"people", "persons", "person", "人", "人员"}
TEAM = {"team", "sales team", "roster", "staff", "团队"}
THEIRS, OURS = "contact", "member"
LONGEST = 3


def with_own_people(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """As in "how many people are currently 在岗", "active people on the team": the items with our own people for that word."""
    general = [item for item in items if item.text.casefold() in PEOPLE and item.terms and not item.values]
    if len(general) != 1 or not vocabulary.rows(OURS):
        return items
    others = [item for item in items if item is not general[0]]
    if any(THEIRS in kinds or kinds & {"lead", "account"} for item in others if (kinds := _kinds(item))):
        return items
    if not any(_tells_of_staff(item, vocabulary) for item in others):
        return items
    figure = any(_is_their_figure(item, vocabulary) for item in others)  # 月任务 of people still employed are theirs anyway
    meant = replace(general[0], terms=(), cues=("filler",)) if figure else replace(general[0], terms=(Term("entity", OURS, OURS, 0),))
    whole = not any(TELLING & {*item.cues} or any(value.title for value in item.values) for item in others)  # of the team, and not by team
    return tuple(
        meant if item is general[0] else replace(item, terms=(), cues=("company",)) if whole and item.text.casefold() in TEAM else item for item in items
    )


def without_asked_sort(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """As in 哪位师傅: right behind "which" a word that a name only ends with says what sort of people is asked for, and means none of them."""
    kept = []
    for at, item in enumerate(items):
        before = items[at - 1] if at else None
        asked = before is not None and before.end == item.start and before.is_only_cue and "which" in before.cues and has_han(item.text)
        ending = bool(item.values) and all(value.text != item.text and value.text.endswith(item.text) for value in item.values)
        names = asked and ending and not item.terms and not item.cues and len({value.text for value in item.values}) == 1
        kept.append(replace(item, cues=("filler",), values=()) if names and len(item.text) <= LONGEST else item)
    return tuple(kept)


def _kinds(item: Item) -> set[str]:
    return {value.entity for value in item.values} | {term.entity for term in item.terms if term.filled}


def _tells_of_staff(item: Item, vocabulary: Vocabulary) -> bool:
    """Whether it names a state that our people have and nothing else has, and no person by name."""
    if item.values:
        return all(value.entity == OURS and not value.title for value in item.values)
    if item.text.casefold() in TEAM:
        return _kinds(item) <= {OURS}
    fields = vocabulary.model.entities[OURS].fields
    flags = [term for term in item.terms if term.what == "field" and term.filled and term.entity == OURS and fields[term.key].type is FieldType.FLAG]
    return bool(flags) and _kinds(item) == {OURS}


def _is_their_figure(item: Item, vocabulary: Vocabulary) -> bool:
    fields = vocabulary.model.entities[OURS].fields
    return any(term.what == "field" and term.filled and term.entity == OURS and fields[term.key].type.is_numeric for term in item.terms)
