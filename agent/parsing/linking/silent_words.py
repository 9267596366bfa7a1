"""Function words that say something where they stand: 调 and 查 together (to investigate), "term" behind "payment", 额 behind a verb."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from agent.parsing.language.hyphenated import silent_compounds
from agent.parsing.language.lexicon import cues, stopwords
from agent.parsing.language.text import Token
from agent.parsing.linking.nearby import Nearby

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item

OUTCOMES = {"won", "lost", "open", "closed", "signed", "paid"}
GRAMMATICAL = set("的了着过得是在有无和与及或按各每从到对把被让给向由里中内外上下前后间这那其此个家位笔单名条种次人们些年月日天区级省市以就也都还又再才只仅")

BROKEN = {"broken", "broke"}
HEADS = {"term", "terms", "level", "kind", "type", "sort", "date", "period", "person", "result", "额"}


def silent_words(tokens: tuple[Token, ...], items: Sequence[Item], nearby: Nearby) -> list[int]:
    """The places of such words; of two characters, where nothing else stands for one and neither is mere grammar."""
    taken = {at for item in items for at in range(item.start, item.end)}
    found: set[int] = set()
    for one, other in pairwise(range(len(tokens))):
        word = tokens[one].text + tokens[other].text
        if {one, other} & taken or set(word) & GRAMMATICAL or not all(_is_silent(tokens[at]) for at in (one, other)):
            continue
        if word not in stopwords() and word not in cues() and nearby.is_word(word):
            found |= {one, other}
    nouns = {item.end for item in items if item.terms or item.values or OUTCOMES & set(item.cues)}
    heads = (at for at in nouns if at < len(tokens) and at not in taken and tokens[at].norm in HEADS)
    broken = (at for at, token in enumerate(tokens) if token.norm in BROKEN and at not in taken and not _is_apart(tokens, at + 1))
    return sorted({*found, *heads, *broken, *silent_compounds(tokens, taken)})


def _is_apart(tokens: tuple[Token, ...], at: int) -> bool:
    """As in "broken down by product"."""
    return at < len(tokens) and tokens[at].norm in {"down", "up", "out", "into", "by"}


def _is_silent(token: Token) -> bool:
    return token.kind == "han" and token.stem in stopwords()
