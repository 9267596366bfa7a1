"""What began, was won and was lost, asked for in one list: "deals opened, won and lost this month", 本月新建、赢单、输单各多少. Each has a day of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from agent.parsing.language.lexicon import cues
from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Item, Linked

EVENTS = ("opened", "won", "lost")
FIGURES = {"deal_count": "", "won_count": "won", "lost_count": "lost"}
PLAIN = {"count", "breakdown", "list", "filler", "exists", "lookup", "total", "sum", *EVENTS}
SAID = {"en": {"opened": "created", "won": "won", "lost": "lost"}, "zh": {"opened": "新建", "won": "赢单", "lost": "输单"}}
MOST_LETTERS = 120


def events_apart(text: str, find: Callable[[str], Linked]) -> str:
    """The message with a question for each event of such a list; as it stands where it has none, or says more of the deals than whose they are."""
    folded = text.casefold()
    if len(text) > MOST_LETTERS or not any(word in folded for word in _lost()):
        return text
    linked = find(text)
    told = [_event(item) for item in linked.items]
    events = [event for event in told if event]
    apart = sorted(events) == ["lost", "won"] and sum(_names_deals(item) for item in linked.items) == len(events)
    if linked.unknown or not (apart or sorted(events) == sorted(EVENTS)):
        return text
    rest = [item for item, event in zip(linked.items, told, strict=True) if not event]
    periods = [item for item in rest if item.period is not None]
    named = [item for item in rest if item.values]
    if len(periods) > 1 or len(named) > 1 or not all(item in periods or item in named or _is_plain(item) for item in rest):
        return text
    when, whose = (f"{each[0].text}" if each else "" for each in (periods, named))
    if has_han(text):
        return "".join(f"{whose}{when}{SAID['zh'][event]}的商机有多少？" for event in events)
    of = f" of {whose}" if whose else ""
    return " ".join(f"How many deals{of} were {SAID['en'][event]}{f' {when}' if when else ''}?" for event in events)


@cache
def _lost() -> tuple[str, ...]:
    return tuple(word for word, kinds in cues().items() if "lost" in kinds)


def _event(item: Item) -> str:
    """Which of the events a word names, if any; not one for a figure in money."""
    if item.means_more or any(term.what == "measure" and term.filled and term.key not in FIGURES for term in item.terms):
        return ""
    counted = next((FIGURES[term.key] for term in item.terms if term.what == "measure" and term.filled), "")
    return counted or next((event for event in EVENTS if event in item.cues), "")


def _names_deals(item: Item) -> bool:
    return any((term.what, term.entity) == ("entity", "opportunity") or (term.what, term.key) == ("measure", "deal_count") for term in item.terms)


def _is_plain(item: Item) -> bool:
    """Whether it is the word for deals, or asks how many there are."""
    return (_names_deals(item) or not item.terms) and not item.values and not item.means_more and set(item.cues) <= PLAIN
