"""Whose the records of the last answer are: 涉及哪些客户, 都是哪些客户的, "who signed them?"; it groups them by what they belong to."""

from __future__ import annotations

import re

from agent.parsing.linking.items import Item
from agent.parsing.reading.paths import Paths
from agent.parsing.threads.fragment import Fragment
from tools.crm.query import Query

_WHOSE = re.compile(r"^(?:(?:都|分别|具体)?是哪|(?:都|分别)是$)")
_WHO = re.compile(r"^(?:(?:都|分别)?是?谁|(?:都|分别)?是?哪(?:几)?位|who)\b", re.IGNORECASE)
_ASKING = ("which", "list", "lookup")
_BESIDE = {*_ASKING, "breakdown", "about", "sold", "signed", "sells", "performing", "pronoun", "filler", "exists"}
_DOING = ("sold", "signed", "sells")


def bearer(fragment: Fragment, query: Query, paths: Paths) -> tuple[str, tuple[int, ...]] | None:
    """The path to what the records belong to, and the items that ask for it; None where that is not asked for, or more is said."""
    signals = fragment.signals
    if signals.superlative or any(item.values or item.period or item.number or not set(item.cues) <= _BESIDE for item in fragment.items):
        return None
    named = [item for item in fragment.items if not item.is_only_cue and not (fragment.has("many") and _is_own(item, query))]
    places = tuple(range(len(fragment.items)))
    if named and (len(named) != 1 or not _points(fragment)):
        return None
    found = _party(named[0], query, paths) if named else _owner(query, paths) if _asks_who(fragment) else None
    return (found, places) if found else None


def _party(item: Item, query: Query, paths: Paths) -> str | None:
    """The field of the records that a word like 客户 or 行业 names; None for the records themselves."""
    if _is_own(item, query):
        return None
    for _, path in paths.dimension(query.entity, item.terms):
        field = paths.field(query.entity, path)
        if not field.type.is_numeric and not field.type.is_time:
            return path
    return None


def _is_own(item: Item, query: Query) -> bool:
    return any(term.what == "entity" and term.entity == query.entity for term in item.terms)


def _points(fragment: Fragment) -> bool:
    """As in 涉及哪些, 分别是哪些: what was counted is the subject, though nothing names it."""
    asked = [item for kind in _ASKING for item in _cued(fragment, kind)]
    about = any(item.start == 0 for item in _cued(fragment, "about"))
    return bool(asked) and (about or any(_WHOSE.search(item.text) for item in (*asked, *_cued(fragment, "breakdown"))))


def _asks_who(fragment: Fragment) -> bool:
    """As in 谁签的, "who signed them?": who did it, and nothing else."""
    who = any(_WHO.search(item.text) for kind in ("which", "lookup") for item in _cued(fragment, kind))
    return who and any(_cued(fragment, kind) for kind in _DOING)


def _cued(fragment: Fragment, kind: str) -> list[Item]:
    return [fragment.items[index] for index in fragment.signals.at.get(kind, ())]


def _owner(query: Query, paths: Paths) -> str | None:
    return next((each for each in paths.to_entity(query.entity, "member") if each), None)
