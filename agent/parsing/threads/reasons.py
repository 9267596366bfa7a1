"""Of what sorts the records of the last answer are: 都是什么毛病, 都是啥原因, "what are the reasons?"; and "why?" of deals that were lost."""

from __future__ import annotations

import re

from agent.parsing.language.lexicon import cues
from agent.parsing.language.text import term_key
from agent.parsing.linking.items import Item, Linked
from agent.parsing.reading.paths import Paths
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.threads.filters import parts_of
from agent.parsing.threads.fragment import Fragment, read_fragment
from agent.parsing.threads.siblings import conditions_of
from tools.crm.query import Compare, Plan, Query

REASON = "lost_reason"
_ASKED = {"lookup", "which", "list", "filler", "exists", "breakdown", "about", "most"}
_WHAT = re.compile(r"什么|啥|哪|\bwhat\b|\bwhich\b", re.IGNORECASE)
_REASONS = re.compile(r"原因$|\breasons?$", re.IGNORECASE)
_BARE_WHY = re.compile(r"why(?: is that| so)?|how come|为什么(?:会这样)?|为啥|为何|怎么会这样", re.IGNORECASE)


def asks_sorts(fragment: Fragment, query: Query, paths: Paths) -> tuple[str, tuple[int, ...]] | None:
    """The column of sorts that a question asks for and names alone, and the items that say so."""
    named = [index for index, item in enumerate(fragment.items) if not item.is_only_cue]
    beside = [item for item in fragment.items if item.is_only_cue]
    if not named and any(_REASONS.search(item.text) for item in beside) and all({*item.cues} <= {*_ASKED, "why"} for item in beside):
        own = _own_reason(query, paths)
        return (own, tuple(range(len(fragment.items)))) if own is not None else None
    if len(named) != 1 or fragment.signals.superlative or not all({*each.cues} <= _ASKED for each in beside):
        return None
    item = fragment.items[named[0]]
    if not _asks_what(fragment, item, beside) or item.values or item.means_more or any(term.what in {"entity", "measure"} for term in item.terms):
        return None
    path = next((path for _, path in paths.dimension(query.entity, item.terms) if _is_sort(query, path, paths)), None)
    return (path, tuple(range(len(fragment.items)))) if path is not None else None


def _asks_what(fragment: Fragment, item: Item, beside: list[Item]) -> bool:
    """As in 是什么, "what were", and of reasons a mere 呢."""
    said = " ".join(token.text for token in fragment.linked.tokens)
    asked = any({"lookup", "which", "list"} & {*each.cues} for each in beside) and _WHAT.search(said) is not None
    return asked or (fragment.has("trail") and any(term.key == REASON for term in item.terms))


def _own_reason(query: Query, paths: Paths) -> str | None:
    """The one column of the records that notes why: 出险原因, "Cancel Reason"."""
    entity = paths.model.entities[query.entity]
    told = [key for key, field in entity.fields.items() if key == REASON or any(_REASONS.search(label) for label in own_labels(field))]
    told = [key for key in told if paths.vocabulary.filled(query.entity, key) and _is_sort(query, key, paths)]
    return told[0] if len(told) == 1 else None


def asks_for_reasons(linked: Linked, previous: Plan, paths: Paths) -> bool:
    """As in "why?" after how many deals were lost: the reasons that were noted, and not how the figure came about."""
    fragment = read_fragment(linked)
    said = " ".join(token.text for token in linked.tokens if token.kind != "mark" and token.text not in {"呢", "啊", "and"})
    bare = _BARE_WHY.fullmatch(said) or _BARE_WHY.fullmatch(said.replace(" ", ""))
    return bare is not None and not fragment.unknown and len(previous.queries) == 1 and tells_of_lost(previous.queries[0], paths)


def tells_of_lost(query: Query, paths: Paths) -> bool:
    """Whether a query is about deals that were lost, of which the reason is noted."""
    if query.entity != "opportunity" or not paths.vocabulary.filled(query.entity, REASON) or any(each.path == REASON for each in query.dimensions):
        return False
    parts = (*parts_of(query.where), *(part for ref in query.measures for part in conditions_of(ref, paths)))
    equal = [part for part in parts if isinstance(part, Compare) and part.op == "eq"]
    return any(part.values == ("lost",) if part.path == "status" else part.path == "stage" and all(map(_is_lost, part.values)) for part in equal)


def _is_lost(stage: str) -> bool:
    return any("lost" in cues().get(term_key(word), ()) for word in (stage, stage.removeprefix("已")))


def _is_sort(query: Query, path: str, paths: Paths) -> bool:
    """Whether a field puts records into sorts and is no day, number or name; that of deals lost says nothing of others."""
    field = paths.field(query.entity, path)
    if field.key == REASON and not tells_of_lost(query, paths):
        return False
    title = paths.model.entities[field.entity].title == field.key
    return field.to is None and not title and not field.type.is_numeric and not field.type.is_time and all(each.path != path for each in query.dimensions)
