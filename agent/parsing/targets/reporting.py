"""Records of which another of the same kind is said to be the superior: "who reports to X", 谁的上级是X, "whose parent company is X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.columns import shown_columns
from agent.parsing.targets.mentions import asks_who, mentions_entity
from tools.crm.query import Compare
from tools.crm.semantic import Field

EQUALS = {"is", "are", "was", "were", "be", "being", "called", "named", "是", "为", "叫", "就", "都"}
TOWARDS = {"向", "跟", "给", "归", "由", "对", "被"}
AS = {"as"}
ANYBODY = re.compile(r"\bany(?:one|body)\b|有没有人|有人", re.IGNORECASE)


def reporting(reading: Reading) -> Iterator[Reading]:
    """Those whose own field names the person or firm that the question names; "who is the manager of X" asks the other way."""
    for field in own_references(reading):
        for name in range(len(reading.signals.items)):
            texts = tuple(sorted({value.text for value in reading.item(name).values if value.title and value.entity == reading.entity}))
            said = next(iter(_said(reading, field, name)), None) if texts else None
            if said is not None:
                mentions = [index for index in range(name) if mentions_entity(reading, index)]
                made = reading.using(name, *said, *mentions, filters=(*reading.filters, Compare(path=field.key, values=texts)), select=shown_columns(reading))
                exists = bool({*said} & {*reading.signals.at.get("exists", ())})  # "does anyone report to X"
                yield replace(made, focus="exists" if exists else "list", fit=reading.fit + 1.4)
                return


def reports_to(reading: Reading, index: int) -> bool:
    """As in 谁向X汇报, X向谁汇报: whether what stands at a place is whom somebody reports to."""
    tokens, item = reading.signals.tokens, reading.item(index)
    return item.start > 0 and tokens[item.start - 1].text in TOWARDS and "".join(token.text for token in tokens[item.end : item.end + 2]) == "汇报"


def own_references(reading: Reading) -> list[Field]:
    """The filled fields that lead to a record of the same kind."""
    entity = reading.paths.model.entities[reading.entity]
    return [field for field in entity.fields.values() if field.to == entity.key and reading.paths.vocabulary.content(entity.key, field.key).count]


def _said(reading: Reading, field: Field, name: int) -> Iterator[tuple[int, ...]]:
    """The items that say so, where whoever is asked for stands before both the relation and the name."""
    which = [
        index
        for index in reading.signals.at.get("which", ())
        if reading.item(index).text.endswith("人") or (index < name and mentions_entity(reading, index + 1))
    ]
    anybody = [index for index in reading.signals.at.get("exists", ()) if ANYBODY.search(reading.item(index).text)]
    asked = [*asks_who(reading), *(index for index in which if index + 1 < name), *anybody]
    first = min((index for index in asked if index < name), default=None)
    if first is None:
        return
    tokens, items = reading.signals.tokens, reading.signals.items
    if reports_to(reading, name):
        yield (first,)
    for index, item in enumerate(items):
        relation = any(term.what == "field" and (term.entity, term.key) == (field.entity, field.key) for term in item.terms)
        if index == name or index < first or not (relation or "sold" in item.cues):
            continue
        before, after = (items[index], items[name]) if index < name else (items[name], items[index])
        between = {token.norm for token in tokens[before.end : after.start] if token.kind != "mark"}
        verb = item.text.casefold().endswith(" to") or "sold" in item.cues
        led = tokens[items[name].start - 1].norm in TOWARDS if items[name].start else False
        equal = index < name and between <= EQUALS and (between or verb)
        if relation and (equal or (index > name and AS & between)):
            yield asked[0], index
        elif index > name and led and verb and not between:
            yield asked[0], index  # 谁向X汇报
