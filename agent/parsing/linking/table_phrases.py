"""English words before the word for a kind of record that only say what its table is called, or whose records they are: "quoted projects", "client visits"."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import Token, has_han
from agent.parsing.linking.items import Item
from agent.parsing.linking.nearby import Nearby
from agent.parsing.store_words.own_headers import own_names
from agent.parsing.store_words.vocabulary import Vocabulary
from tools.crm.semantic import FieldType

HALF = 2
TELLING_APART = {"which", "what", "whose", "each", "every", "per", "by", "one", "any", "no", "top", "best"}


def with_table_phrases(
    tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], nearby: Nearby, vocabulary: Vocabulary
) -> tuple[tuple[Item, ...], list[int]]:
    """The items with such words as a part of the one for the records, and the unknown places without them."""
    left, joined = set(unknown), list[Item]()
    for item in items:
        kinds = _kinds(item, vocabulary) if tokens[item.start].kind == "latin" else set()
        before = joined[-1] if joined and joined[-1].end == item.start else None
        at = item.start - 1
        names = [name for kind in kinds for name in own_names(vocabulary.model.entities[kind]) if has_han(name)]
        if at in left and tokens[at].kind == "latin" and any(nearby.is_word_of(tokens[at].norm, name) for name in names):
            left.discard(at)
            item = replace(item, start=at, text=f"{tokens[at].text} {item.text}")
        elif before is not None and tokens[before.start].kind == "latin" and _says_no_more(before, item, tokens, names, nearby, vocabulary):
            joined.pop()
            item = replace(item, start=before.start, text=f"{before.text} {item.text}")
        joined.append(item)
    return tuple(joined), sorted(left)


def _kinds(item: Item, vocabulary: Vocabulary) -> set[str]:
    if item.values or item.cues or item.means_more:
        return set()
    return {term.entity for term in item.terms if term.what == "entity" and term.filled and vocabulary.rows(term.entity)}


def _says_no_more(before: Item, item: Item, tokens: tuple[Token, ...], names: list[str], nearby: Nearby, vocabulary: Vocabulary) -> bool:
    if before.cues or before.means_more or before.topic or any(value.title for value in before.values) or not names:
        return False
    if any(_is_called(before.text, item.text, name, nearby) for name in names):
        return True
    told = before.start > 0 and tokens[before.start - 1].norm in TELLING_APART
    last = tokens[before.end - 1]
    return not (told or before.values or last.norm != last.stem) and _are_theirs(before, item, vocabulary)


def _is_called(before: str, word: str, name: str, nearby: Nearby) -> bool:
    """As in "quoted projects" of 报价项目: each of the two words is one half of the name."""
    return len(name) == HALF + HALF and nearby.is_word_of(before, name[:HALF]) and nearby.is_word_of(word, name[HALF:])


def _are_theirs(before: Item, item: Item, vocabulary: Vocabulary) -> bool:
    """As in "client visits": the records refer to those anyway."""
    owners = {term.entity for term in before.terms if term.what == "entity" and term.filled}
    for kind in _kinds(item, vocabulary) - owners if len(owners) == 1 else ():
        fields = vocabulary.model.entities[kind].fields.values()
        if any(field.type is FieldType.REF and field.to in owners and vocabulary.content(kind, field.key).count for field in fields):
            return True
    return False
