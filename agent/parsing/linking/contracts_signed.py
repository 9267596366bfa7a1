"""Chinese words for signing before the contracts themselves, 签过的合同, 今年签下来的合同: they say that these were signed, and nothing of won deals."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Vocabulary

SIGNED, OF = "签", "的"
DEEDS = {"signed", "won"}


def with_contracts_signed(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with such words as those of signing alone, where contracts are kept."""
    if not vocabulary.rows("contract"):
        return items
    found = list(items)
    for at, item in enumerate(items[:-1]):
        behind = items[at + 1]
        between = "".join(token.text for token in tokens[item.end : behind.start])
        named = any(term.what == "entity" and term.entity == "contract" for term in behind.terms)
        if item.is_only_cue and item.text.startswith(SIGNED) and set(item.cues) <= DEEDS and between == OF and named:
            found[at] = replace(item, cues=("signed",))
    return tuple(found)
