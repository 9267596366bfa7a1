"""Yes-or-no columns in a sentence: "racking is not OK" of RackingOK, "POD isn't signed", and the Y or N behind such a column's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.parsing.language.text import Token, term_key
from tools.crm.semantic import FieldType

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item
    from agent.parsing.store_words.vocabulary import Value, Vocabulary

NEGATIONS = {"not", "never", "isn't", "wasn't", "aren't", "weren't", "hasn't", "haven't"}
LINKING = {"is", "was", "are", "were", "been", "be", "has", "have", "had", "yet", "the", "still"}
MOST_BETWEEN = 4
LETTERS = {"y": True, "n": False}
SIDES = {"versus", "vs", "against", "and", "or", "和", "与", "跟", "比"}
BESIDE = {*SIDES, "是", "为", "=", "＝", ":", "：", "(", "（", "is", "/", "[", "y", "n"}


def read_flag_words(vocabulary: Vocabulary) -> list[tuple[str, str, Value, Value]]:
    """Flags whose header has several words: the first of them and the others as keys, and both values."""
    from agent.parsing.store_words.vocabulary import Value  # which keeps what is read here

    found = []
    for entity in vocabulary.model.entities.values():
        for spec in entity.fields.values():
            count = vocabulary.content(entity.key, spec.key).count if spec.type is FieldType.FLAG and spec.custom else 0
            yes, no = (Value(entity.key, spec.key, stored, count, False, spec.classification) for stored in ("true", "false"))
            for label in spec.words.en if count else ():
                words = label.split()
                for at in range(1, len(words)):
                    entry = (term_key(" ".join(words[:at])), term_key(" ".join(words[at:])), yes, no)
                    if all(entry[:2]) and label.isascii() and entry not in found:
                        found.append(entry)
    return found


def parted_flags(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> Iterator[tuple[int, int, Value]]:
    """The places of a header in whose middle the question says that it is so or not."""
    for first, last, yes, no in vocabulary.flag_words:
        for start in range(len(tokens)):
            end = _spelt(tokens, start, first)
            if end is None:
                continue
            between = next((n for n in range(MOST_BETWEEN + 1) if end + n >= len(tokens) or not _links(tokens[end + n])), 0)
            for size in range(1, between + 1):
                close = _spelt(tokens, end + size, last)
                if close is not None:
                    denied = any(token.norm in NEGATIONS for token in tokens[end : end + size])
                    yield start, close, no if denied else yes


def _links(token: Token) -> bool:
    return token.norm in NEGATIONS or token.norm in LINKING or token.text in LINKING


def _spelt(tokens: tuple[Token, ...], start: int, key: str) -> int | None:
    """Where the words end, from ``start``, that are a key."""
    said = ""
    for at in range(start, min(start + MOST_BETWEEN, len(tokens))):
        if tokens[at].kind == "mark":
            return None
        said += tokens[at].stem
        if said == key:
            return at + 1
        if not key.startswith(said):
            return None
    return None


def with_letters(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> tuple[tuple[Item, ...], list[int]]:
    """The items with what a Y or N behind a flag says of it: "FireCert is N", 是否投标为N, "by tender (Y/N)"."""
    left, found = list(unknown), list(items)
    for at in unknown:
        if tokens[at].norm not in LETTERS or not tokens[at].text.isupper():
            continue
        place = next((place for place, item in enumerate(found) if item.end <= at and _is_flag(item, vocabulary) and _is_beside(tokens, item.end, at)), None)
        if place is None:
            continue
        left.remove(at)
        both = any(token.norm in LETTERS for token in (*tokens[at - 1 : at], *tokens[at - 2 : at - 1], *tokens[at + 1 : at + 3]) if token.text.isupper())
        if both and any(token.norm in SIDES for token in tokens[max(at - 2, 0) : at]):
            first = found[place]  # "tender Y versus N"
            found[place] = replace(first, terms=(), values=_valued(first, vocabulary, LETTERS[tokens[at].norm] is False))
            found.append(replace(first, start=at, end=at + 1, text=tokens[at].text, terms=(), values=_valued(first, vocabulary, LETTERS[tokens[at].norm])))
            continue
        denied = any({"not", "without"} & set(found[near].cues) for near in (place - 1, place - 2) if near >= 0)
        if not LETTERS[tokens[at].norm] and not both and not denied:
            found[place] = replace(found[place], end=at + 1, terms=(), values=_valued(found[place], vocabulary, False))
    return tuple(sorted(found, key=lambda item: item.start)), left


def _is_flag(item: Item, vocabulary: Vocabulary) -> bool:
    return any(term.what == "field" and vocabulary.model.entities[term.entity].fields[term.key].type is FieldType.FLAG for term in item.terms)


def _is_beside(tokens: tuple[Token, ...], end: int, at: int) -> bool:
    between = tokens[end:at]
    return len(between) <= MOST_BETWEEN and all(token.norm in BESIDE or token.text in BESIDE for token in between)


def _valued(item: Item, vocabulary: Vocabulary, yes: bool) -> tuple[Value, ...]:
    """The yes or the no of the flags that an item names."""
    from agent.parsing.store_words.vocabulary import Value

    entities = vocabulary.model.entities
    named = dict.fromkeys((term.entity, term.key) for term in item.terms if term.what == "field")
    flags = [(entity, entities[entity].fields[key]) for entity, key in named if entities[entity].fields[key].type is FieldType.FLAG]
    return tuple(
        Value(entity, spec.key, "true" if yes else "false", vocabulary.content(entity, spec.key).count, False, spec.classification) for entity, spec in flags
    )
