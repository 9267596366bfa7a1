"""Whether a message holds what the engine of its kind can answer: a cue of the future, a deal to speak of, a reason asked for. Else records answer it."""

from __future__ import annotations

import re

from agent.parsing.linking.items import Item, Linked
from agent.requests.kinds import Kind
from agent.requests.request import Request

ABOUT_FORECASTS: frozenset[Kind] = frozenset({"forecast", "win_chance", "attainment", "why_deal", "why_period"})
FUTURE = {"future", "closing"}
LIKELY, CLEAR = 0.7, 0.85
"""Probabilities that no records are asked for. Below the first, no answer is better than one to another question; from the second on, words that nothing else
explains belong to the engine's question."""
OF_DEALS = {"opportunity", "account", "member", "team", "product", "target", "stage_history", "contact"}
"""Kinds of record that deals and their totals are spoken of by; of tickets or leads nothing is foretold."""
_COUNTED = re.compile(r"\bhow many\b|\bnumber of\b|多少[个单条家笔]|几[个单条家笔]", re.IGNORECASE)


def fits(request: Request, linked: Linked, *, sure: bool) -> bool:
    """Whether the engine can answer it; where the kind is neither ``sure`` nor clear, no word may be left that nothing explains."""
    if request.kind not in ABOUT_FORECASTS:
        return True
    cues = {cue for item in linked.items for cue in item.cues}
    foreign = any(_is_foreign(item) for item in linked.items)
    if not sure and request.chance < LIKELY:
        return False
    clear = sure or request.chance >= CLEAR
    if foreign or (not clear and any(_is_said(item) for item in linked.left) and not request.unknown):
        return False
    speaks = request.deal is not None or request.account is not None or bool(request.unknown)
    counted = _COUNTED.search(request.words) is not None
    match request.kind:
        case "forecast":
            return not counted and (clear or bool(FUTURE & cues))
        case "attainment":
            return not counted and (sure or (bool({*FUTURE, "not"} & cues) and _names(linked, "target")))
        case "win_chance":
            return (speaks or request.several) and not counted and not any(_is_rate(item) for item in linked.items)
        case "why_deal":
            recorded = any(term.key == "lost_reason" for item in linked.items for term in item.terms)
            return "why" in cues or (speaks and not recorded and not {"which", "group"} & cues)
        case _:
            return sure or "why" in cues


def is_plain(kind: Kind, linked: Linked, chance: float) -> bool:
    """Whether it is told by more than the kind that no record answers: a target and what is to come of it, an amount to come, words that only it explains."""
    cues = {cue for item in linked.items for cue in item.cues}
    if kind == "attainment" and FUTURE & cues and _names(linked, "target"):
        return True
    if kind not in ABOUT_FORECASTS or chance < CLEAR:
        return False
    return any(_is_said(item) for item in linked.left) or (kind == "forecast" and bool(FUTURE & cues) and "amount" in cues)


def _is_foreign(item: Item) -> bool:
    """Whether it names a kind of record that no deal is spoken of by, and nothing else."""
    named = [term for term in item.terms if term.what in {"entity", "measure"}]
    return bool(named) and len(named) == len(item.terms) and all(term.entity not in OF_DEALS for term in named)


def _is_rate(item: Item) -> bool:
    return item.is_rate or any(term.what == "measure" and term.key.endswith("rate") for term in item.terms)


def _names(linked: Linked, entity: str) -> bool:
    return any(term.entity == entity for item in linked.items for term in item.terms)


def _is_said(item: Item) -> bool:
    """Whether a word that is left says something: more than one Han letter, or a Latin word of four."""
    return len(item.text) >= (4 if item.text.isascii() else 2)
