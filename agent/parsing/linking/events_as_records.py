"""A verb whose day every record of an own table has, 没下单 of 下单日期: what was not done leaves no such record, and no record without the day."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.columns import Paired
from agent.parsing.language.lexicon import cues
from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Term, Vocabulary

ASKS = "吗"
DENYING = {"without", "not"}


def with_records_of_events(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items, with a denied verb of that sort as a word for nothing and one for the records; asked whether it happened, as the records alone."""
    asking = [at for at, token in enumerate(tokens) if token.text == ASKS]
    asked = bool(asking) or any("exists" in item.cues for item in items)
    found = tuple(each for item in items for each in _as_records(tokens, item, asked, vocabulary))
    happened = len(found) == len(items) and found != items
    return (*found, Item(asking[-1], asking[-1] + 1, ASKS, ("exists",))) if happened and asking and asking[-1] >= found[-1].end else found


def _as_records(tokens: tuple[Token, ...], item: Item, asked: bool, vocabulary: Vocabulary) -> Iterator[Item]:
    kinds = tuple(dict.fromkeys(pair.entity for pair in item.pairs if _has_always(pair, vocabulary)))
    told = {pair.what for pair in item.pairs}
    terms = tuple(Term("entity", kind, kind, 1) for kind in kinds)
    start = _behind_denial(tokens, item) if told == {"empty"} else item.start
    if not kinds or len(kinds) < len(item.pairs) or item.values or start is None or not (told == {"empty"} or (told == {"filled"} and asked)):
        yield item
        return
    if start > item.start:
        yield Item(item.start, start, "".join(token.text for token in tokens[item.start : start]), ("without",))
    yield Item(start, item.end, "".join(token.text for token in tokens[start : item.end]), terms=terms)


def _has_always(pair: Paired, vocabulary: Vocabulary) -> bool:
    """Whether all records of an own table have the day."""
    own = vocabulary.model.entities[pair.entity].custom_table is not None
    return own and vocabulary.content(pair.entity, pair.path).count >= vocabulary.rows(pair.entity) > 0


def _behind_denial(tokens: tuple[Token, ...], item: Item) -> int | None:
    """The place behind the words that deny, with which an item begins; None where they are none of the word's own."""
    for end in range(item.end - 1, item.start, -1):
        if DENYING & set(cues().get("".join(token.stem for token in tokens[item.start : end]), ())):
            return end
    return None
