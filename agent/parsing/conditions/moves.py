"""As in "moved from Proposal to Negotiation", 从提案进入谈判: changes of stage, by the stage before and the stage after."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare, Filter

FROM, TO = {"from", "out", "从", "由", "自"}, {"to", "into", "到", "至", "入", "为"}
REACH = 3


def add_moves(reading: Reading) -> Reading:
    """The stages that a change led from and to, for the records of such changes; other kinds of record leave the words unused."""
    fields = reading.paths.model.entities[reading.entity].fields
    if "stage" not in fields:
        return reading
    led_from, led_to = _stages(reading, "from_stage" if "from_stage" in fields else "stage", FROM), _stages(reading, "stage", TO)
    moved = reading.signals.at.get("moved", [])
    if not led_to or not (led_from or moved):
        return reading
    if not tells_moves(reading):
        return reading.paying(1.2) if moved else reading  # a deal has one stage: it is not in both
    parts: list[Filter] = [Compare(path="from_stage", values=tuple(led_from.values()))] if led_from else []
    parts.append(Compare(path="stage", values=tuple(led_to.values())))
    deals = [
        index for index in reading.open_items() if any(term.what == "entity" and fields["opportunity"].to == term.entity for term in reading.item(index).terms)
    ]
    return reading.using(*led_from, *led_to, *moved, *deals, filters=(*reading.filters, *parts), fit=reading.fit + 1.2)


def tells_moves(reading: Reading) -> bool:
    """Whether the records read are changes from one stage to another."""
    fields = reading.paths.model.entities[reading.entity].fields
    return {"from_stage", "stage"} <= fields.keys() and reading.paths.vocabulary.content(reading.entity, "from_stage").count > 0


def _stages(reading: Reading, key: str, words: set[str]) -> dict[int, str]:
    """The stages with such a word right before them, by their places."""
    found = {}
    for index in reading.open_items():
        item = reading.item(index)
        value = next((each for each in item.values if each.entity == reading.entity and each.field == key), None)
        near = [token.norm for token in reading.signals.tokens[max(item.start - REACH, 0) : item.start]]
        last = next((word for word in reversed(near) if word in FROM | TO), None)
        if value is not None and last in words:
            found[index] = value.text
    return found
