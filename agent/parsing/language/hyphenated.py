"""English words that a hyphen joins to a particle, such as check-in, in-person, follow-up: each is one word, whatever its halves may mean."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.columns.concepts import phrases
from agent.parsing.language.lexicon import stopwords
from agent.parsing.language.text import Token

FIRST = {"in", "on", "off", "up", "out", "over", "under"}
LAST = {"in", "ins", "up", "ups", "off", "offs", "out", "outs", "on", "ons", "over", "overs", "down", "downs", "back", "backs", "live", "through"}


def compound_spans(tokens: tuple[Token, ...]) -> tuple[tuple[int, int], ...]:
    """The tokens of each such compound, the hyphens among them."""
    spans, at = [], 0
    while at < len(tokens):
        end = at + 1
        while end + 1 < len(tokens) and _joins(tokens, end) and tokens[end - 1].kind == tokens[end + 1].kind == "latin":
            end += 2
        known = "".join(token.norm for token in tokens[at:end]) in phrases()  # on-time says how two days lie
        if end - at > 1 and not known and (tokens[at].norm in FIRST or tokens[end - 1].norm in LAST):
            spans.append((at, end))
        at = end
    return tuple(spans)


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
    if not 2 <= at < len(tokens) or {tokens[at].kind, tokens[at - 2].kind} != {"latin"} or not _joins(tokens, at - 1):
        return False
    return tokens[at - 2].norm in FIRST or tokens[at].norm in LAST


def _joins(tokens: tuple[Token, ...], at: int) -> bool:
    return tokens[at].text in {"-", "‑"} and tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start
