"""Parts of a message that leave out what the part before has said, filled up with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.answer import Language
from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Linked
from agent.parsing.threads.filters import joined, parts_of
from tools.crm.query import Compare, Plan, Query
from tools.crm.semantic import FieldType, SemanticModel

if TYPE_CHECKING:
    from agent.parsing.messages.splitting import Reader


def filled_up(part: str, linked: Linked, before: Query, reader: Reader) -> Iterator[str]:
    """An elliptical part without what refers to the part before, and with what it leaves out: the groups or the kind of record there."""
    plain = _without_pronouns(part, linked)
    if plain != part:
        yield plain
        part = plain
    language: Language = "zh" if has_han(part) else "en"
    named = [_name(each, before, reader.model) for each in parts_of(before.where) if isinstance(each, Compare) and each.op == "eq" and not each.by_id]
    for name in named:
        yield f"{name}的{part.replace('又', '')}" if language == "zh" else f"{part.rstrip('?. ')} of {name}"
    kinds = [field.words.label(language) for each in before.dimensions if not each.grain and (field := reader.model.field(before.entity, each.path)[1])]
    for noun in (*kinds, reader.model.entities[before.entity].words.label(language)):
        if language == "zh":
            yield f"{noun}{part}"
        else:
            asking = re.match(r"(?:which|who|what)\b(?:\s+one\b)?(?:\s+is\b)?", part, re.IGNORECASE)
            yield f"which {noun}{part[asking.end() :]}" if asking else f"{noun} {part}"


def bounded_alike(part: str, plan: Plan | None, earlier: Query, linked: Linked, reader: Reader) -> Plan | None:
    """As in 平均多久首响，超过30分钟的有几个: a bound by itself is one on what the part before has measured, unless it reads as one anyway."""
    path = earlier.measures[0].path if len(earlier.measures) == 1 else None
    read = plan is not None and plan.queries[0].entity == earlier.entity
    if path is None or read or not has_han(part) or not _bounds(linked):
        return plan
    meant = reader.plan(f"{reader.model.field(earlier.entity, path)[1].words.label('zh')}{part}", None)
    if meant is None or len(meant.queries) != 1 or meant.queries[0].entity != earlier.entity:
        return plan
    where = joined((*parts_of(earlier.where), *parts_of(meant.queries[0].where)))
    return meant.model_copy(update={"queries": (meant.queries[0].model_copy(update={"where": where}),)})


def _bounds(linked: Linked) -> bool:
    """Whether a part begins with a bound, and so leaves out of what."""
    first = next((item for item in linked.items if not (item.is_only_cue and "filler" in item.cues)), None)
    return first is not None and first.is_only_cue and bool({"gt", "ge", "lt", "le"} & set(first.cues))


def _name(part: Compare, before: Query, model: SemanticModel) -> str:
    """What a condition's records are called: a value, or the name of a flag."""
    field = model.field(before.entity, part.path)[1]
    if field.type is not FieldType.FLAG:
        return part.values[0]
    return field.words.label("zh") if part.values == ("true",) else f"非{field.words.label('zh')}"


def _without_pronouns(part: str, linked: Linked) -> str:
    for item in reversed(linked.items):
        if item.is_only_cue and "pronoun" in item.cues:
            start, end = linked.tokens[item.start].start, linked.tokens[item.end - 1].end
            part = re.sub(r"\b(?:of|among|with|from|for|to|by|on)\s+$", "", part[:start]) + part[end:]
    return part


def stands_alone(linked: Linked) -> bool:
    """Whether a part says itself what it is about: a figure, a kind of record or a name."""
    return any(item.values or any(term.what in {"entity", "kind", "measure"} for term in item.terms) for item in linked.items)
