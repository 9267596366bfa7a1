"""Deals that are signed: those won, where the won stage is called so (已签约) or the contracts of a store are not of deals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.parsing.language.lexicon import cues
from agent.parsing.language.text import term_key

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

_DONE = ("已经", "已")


def are_won(vocabulary: Vocabulary) -> bool:
    """Whether deals that are signed are those won: contracts that refer to deals may tell it otherwise, unless the stage says it."""
    return not vocabulary.content("contract", "opportunity").count or is_stage(vocabulary)


def is_stage(vocabulary: Vocabulary) -> bool:
    """Whether the export's own word for won deals is one for signing."""
    words = vocabulary.model.entities["opportunity"].fields["stage"].values.get("won")
    return words is not None and any("signed" in kinds_of(word) for word in (*words.en, *words.zh))


def kinds_of(word: str) -> set[str]:
    """Whether a word says that something was won or signed, also with 已 before it."""
    plain = next((word.removeprefix(start) for start in _DONE if word.startswith(start)), word)
    return {*cues().get(term_key(word), ()), *cues().get(term_key(plain), ())} & {"won", "signed"}
