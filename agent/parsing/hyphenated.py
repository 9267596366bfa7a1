"""English words that a hyphen joins to a particle, such as check-in, in-person, follow-up: each is one word, whatever its halves may mean."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.lexicon import stopwords
from agent.parsing.text import Token

PARTICLES = {"in", "ins", "on", "ons", "up", "ups", "out", "outs", "off", "offs"}


def cuts_compound(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether words have one half of such a word and not the other: "person" of "in-person"."""
    return any((start <= at - 2 < end) != (start <= at < end) for at in range(start, min(end + 2, len(tokens))) if is_joint(tokens, at))


def silent_compounds(tokens: tuple[Token, ...], taken: set[int]) -> Iterator[int]:
    """As in "our last check-in": two words that say nothing each by itself."""
    for at in range(len(tokens)):
        halves = (at - 2, at - 1)
        if is_joint(tokens, at) and at not in taken and taken.isdisjoint(halves):
            yield from (each for each in (at - 2, at) if tokens[each].stem in stopwords())


def is_joint(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a hyphen right before the token joins it to the word before, and one of the two is a particle."""
    if not 2 <= at < len(tokens) or tokens[at - 1].text != "-" or {tokens[at].kind, tokens[at - 2].kind} != {"latin"}:
        return False
    joined = tokens[at - 2].end == tokens[at - 1].start and tokens[at - 1].end == tokens[at].start
    return joined and bool({tokens[at].norm, tokens[at - 2].norm} & PARTICLES)
