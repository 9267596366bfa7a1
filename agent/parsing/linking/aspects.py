"""Categories that are a verb with its object, said of what has happened: 交了定金 of 交定金, 签过框架协议 of 签框架协议."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.text import Token
from agent.parsing.linking.items import QUALITY, Item, Readable, item_of, weigh
from agent.parsing.store_words.vocabulary import Vocabulary

ASPECTS = {"了", "过", "完", "好"}
LEAST, MOST = 3, 8
"""So many characters such a category has: of two, as 报价 for 报了价, most are words for other things as well."""


def with_aspects(tokens: tuple[Token, ...], vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """The spans that are the name of a category but for a particle behind their first or second character, with these categories."""
    for at, token in enumerate(tokens):
        if token.text not in ASPECTS:
            continue
        for start in (at - 1, at - 2):
            if start < 0 or any(each.kind != "han" for each in tokens[start:at]):
                break
            verb = "".join(each.norm for each in tokens[start:at])
            for end in range(at + 2, min(start + MOST + 1, len(tokens)) + 1):
                if tokens[end - 1].kind != "han":
                    break
                name = verb + "".join(each.norm for each in tokens[at + 1 : end])
                held = vocabulary.values.get(name, ()) if len(name) >= LEAST else ()
                found = tuple(value for value, source in held if source == "exact" and not value.title and readable(value))
                if found:
                    yield weigh(tokens, start, end, QUALITY["alias"]), item_of(tokens, start, end, values=found, source="part")
