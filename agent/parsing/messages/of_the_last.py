"""What is asked besides of the one record that a part before has found by its day: 最近一次拜访X是哪天，谁去的, "when did we last visit X, and who went"."""

from __future__ import annotations

import re

from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Linked
from agent.parsing.threads.filters import joined, parts_of
from tools.crm.query import Compare, Order, Query
from tools.crm.semantic import SemanticModel

EXTREMES = {"max": True, "min": False}
_WHO = re.compile(
    r"^\W*(?:当时|那次)?(?:又|还)?是?谁[一-鿿]{0,4}\W*$"  # what was done is told by the records: 谁去的, 谁跟的
    r"|^\W*(?:and )?(?:by whom|who(?: \w+)?(?: (?:there|it|them))?)\W*$",
    re.IGNORECASE,
)


def whose_was_the_last(part: str, earlier: Query, linked: Linked, model: SemanticModel) -> Query | None:
    """The record of that day with whoever did it; None where something else is asked, or the part before tells of no single day of its records."""
    ref = earlier.measures[0] if len(earlier.measures) == 1 else None
    entity = model.entities[earlier.entity]
    if ref is None or ref.fold not in EXTREMES or ref.path is None or ref.since is not None or earlier.dimensions or earlier.compare is not None:
        return None
    field = entity.fields.get(ref.path)
    owner = next((each.key for each in entity.fields.values() if each.to == "member" and not each.custom), None)
    if field is None or not field.type.is_time or owner is None or not _WHO.match(part) or _names_other(linked, earlier.entity):
        return None
    dated = (*parts_of(earlier.where), Compare(path=ref.path, op="not_null"))
    shown = tuple(dict.fromkeys((*((entity.title,) if entity.title else ()), ref.path, owner)))
    order = (Order(path=ref.path, descending=EXTREMES[ref.fold]),)
    return Query(entity=earlier.entity, select=shown, where=joined(dated), window=earlier.window, order=order, limit=1)


def _names_other(linked: Linked, entity: str) -> bool:
    """Whether a part has a name or another kind of record of its own."""
    kinds = {term.entity for item in linked.items for term in item.terms if term.what in {"entity", "kind"}}
    return any(item.values and not has_han(item.text) for item in linked.items) or bool(kinds - {entity, "member"})
