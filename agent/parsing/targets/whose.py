"""As in 谁的客户最多, "whose customers opened most tickets": people are told apart by what is theirs, and that is not what is told apart."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.mentions import WHO, is_relative, sizes_records
from tools.crm.query import MeasureRef


def whose(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """The word for who, the place of what is theirs, and what kind of record that is; only where somebody is ranked by it."""
    asking = [index for kind in ("which", "lookup") for index in reading.signals.at.get(kind, ()) if reading.item(index).text.casefold().rstrip("的") in WHO]
    asking += [index for index in reading.signals.at.get("sold", ()) if reading.item(index).text.startswith("谁")]  # 谁处理的工单最多
    for index in asking if reading.signals.superlative else ():
        if index + 1 >= len(reading.signals.items) or is_relative(reading, index):
            continue
        item, behind = reading.item(index), reading.item(index + 1)
        between = [token.text for token in reading.signals.tokens[item.end : behind.start]]
        if not (between == ["的"] or (not between and (item.text.casefold() == "whose" or item.text.endswith("的")))):
            continue
        kind = next((term.entity for term in behind.terms if term.what == "entity" and term.filled), None)
        if kind is not None and kind != "member":
            yield index, index + 1, kind


def is_whose(reading: Reading, index: int) -> bool:
    """Whether an item names what somebody has."""
    return any(index == place for _, place, _ in whose(reading))


def holders_through(reading: Reading) -> tuple[list[int], list[str]]:
    """The ways to those who look after what is named, where the records are of another kind: the owner of the customer of a ticket."""
    for asking, place, kind in whose(reading):
        if kind != reading.entity:
            ways = reading.paths.to_entity(reading.entity, kind)
            owners = [end for end in reading.paths.to_entity(kind, "member") if "." not in end]
            through = [f"{way}.{end}" for way in ways[:1] for end in owners[:1] if way]
            return [asking, place], through or (reading.paths.to_entity(reading.entity, "member")[:1] if ways else [])
    return [], []


def different_ones(reading: Reading) -> Iterator[Reading]:
    """How many different ones somebody has by the records that name both, where they themselves name nobody: the customers of a rep's deals."""
    for _, place, kind in whose(reading):
        if (
            place + 1 not in reading.signals.superlative
            or kind == reading.entity
            or reading.paths.to_entity(kind, "member")
            or not reading.paths.to_entity(reading.entity, "member")
        ):
            continue
        ways = [way for way in reading.paths.to_entity(reading.entity, kind) if "." not in way]
        for way in ways[:1]:
            yield reading.using(
                place, measures=(MeasureRef(fold="count_distinct", path=way),), fit=reading.fit + 0.4, notes=reading.notes | {"measure_item": str(place)}
            )


def tells_whose(reading: Reading) -> bool:
    """Whether people are told apart, or listed, or it is told of one record whose it is."""
    model = reading.paths.model
    if reading.focus == "top" and reading.limit == 1 and sizes_records(reading):
        return any(model.field(reading.entity, path)[1].to == "member" for path in reading.select)
    ends = [model.field(reading.entity, each.path)[1] for each in reading.dimensions]
    return reading.entity == "member" or any(field.to == "member" or field.entity == "member" for field in ends)
