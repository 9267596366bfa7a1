"""English compounds with a particle, such as in-person, check-in, kick-off: each is one word, whatever its pieces may mean."""

from __future__ import annotations

from agent.parsing.text import Token

FIRST = {"in", "on", "off", "up", "out", "over", "under"}
LAST = {"in", "ins", "up", "ups", "off", "offs", "out", "outs", "on", "ons", "over", "overs", "down", "downs", "back", "backs", "live", "through"}


def compound_spans(tokens: tuple[Token, ...]) -> tuple[tuple[int, int], ...]:
    """The tokens of each such compound, the hyphens among them."""
    spans, at = [], 0
    while at < len(tokens):
        end = at + 1
        while end + 1 < len(tokens) and _joins(tokens, end) and tokens[end - 1].kind == tokens[end + 1].kind == "latin":
            end += 2
        if end - at > 1 and (tokens[at].norm in FIRST or tokens[end - 1].norm in LAST):
            spans.append((at, end))
        at = end
    return tuple(spans)


def _joins(tokens: tuple[Token, ...], at: int) -> bool:
    return tokens[at].text in {"-", "‑"} and tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start
