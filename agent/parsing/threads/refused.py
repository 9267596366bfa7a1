"""A follow-up to a question that got no answer: 那南区呢 asks that very question of another value, and what leans on it in any other way can't be told."""

from __future__ import annotations

from agent.parsing.linking.items import Item, Linked
from agent.parsing.threads.eliding import asks_shortly
from agent.parsing.threads.fragment import Fragment, read_fragment

_TURNS = {"lead", "trail", "correct"}


def asked_again(text: str, unanswered: Linked, linked: Linked) -> str | None:
    """The unanswered question ``text`` with the value or the period that a follow-up names in the place of its own; None where it names anything else."""
    fragment = read_fragment(linked)
    named = [item for item in fragment.items if item.values or item.period is not None or item.terms or item.number is not None]
    turned = fragment.has(*_TURNS) and {mark.kind for mark in fragment.marks} <= _TURNS
    if len(named) != 1 or not turned or fragment.unknown or any(not item.is_only_cue for item in fragment.items if item is not named[0]):
        return None
    places = [item for item in unanswered.items if _are_alike(item, named[0])]
    if len(places) != 1:
        return None
    start, end = unanswered.tokens[places[0].start].start, unanswered.tokens[places[0].end - 1].end
    return f"{text[:start]}{named[0].text}{text[end:]}"


def leans_on_nothing(linked: Linked) -> bool:
    """Whether a message right behind what got no answer says too little by itself: 合计金额？, 只看南区, 列出来, "by region please"."""
    fragment = read_fragment(linked)
    if fragment.names_target() and fragment.asks():
        return False
    bare = all(item.is_only_cue for item in fragment.items)
    split = fragment.has("sort", "split") and not fragment.names_target()
    return fragment.leans() or fragment.has("only") or split or _groups_alone(fragment) or asks_shortly(fragment) or (bare and fragment.has("list", "total"))


def _groups_alone(fragment: Fragment) -> bool:
    """As in 按大区分, "by region": nothing but what something is told apart by."""
    first = fragment.items[0] if fragment.items else None
    return first is not None and "group" in first.cues and not fragment.names_target() and not any(item.values for item in fragment.items)


def _are_alike(one: Item, other: Item) -> bool:
    """Whether both are periods, or values of the same column."""
    if one.period is not None or other.period is not None:
        return one.period is not None and other.period is not None
    return bool({(value.entity, value.field) for value in one.values} & {(value.entity, value.field) for value in other.values})
