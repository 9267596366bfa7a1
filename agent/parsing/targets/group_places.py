"""Which words of a question name what it is told apart by: "by region", 各大区, "per rep"."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.group_words import (
    goes_over_all,
    names_owner_of_next,
    names_records,
)
from agent.parsing.targets.mentions import is_numeric
from tools.crm.semantic import FieldType

EACH_RECORD = {"per", "each", "per each", "每个", "每", "平均每个", "平均每", "每单", "每笔", "每张", "每条", "平均每单", "平均每笔"}


def group_places(reading: Reading) -> Iterator[int]:
    """Items right after "by", "per", 各, 每个 that name something to group by; and those joined to them by "and"."""
    places: list[int] = []
    for cue in reading.signals.at.get("group", ()):
        if goes_over_all(reading, cue):
            continue
        for index in (cue + 1, cue + 2) if reading.notes.get("per record") != str(cue) else ():
            if index < len(reading.signals.items) and names_owner_of_next(reading, index):
                continue
            if index < len(reading.signals.items) and index not in reading.used and groupable(reading, index) and not _is_no_group(reading, index, cue):
                places.append(index)
                while (
                    index + 1 < len(reading.signals.items)
                    and index + 1 not in reading.used
                    and groupable(reading, index + 1)
                    and _joined_by_and(reading, index)
                ):
                    index += 1
                    places.append(index)
                break
            if index < len(reading.signals.items) and not (reading.item(index).is_only_cue or names_records(reading, index)):
                break
    yield from dict.fromkeys(places)


def _joined_by_and(reading: Reading, index: int) -> bool:
    gap = reading.signals.tokens[reading.item(index).end : reading.item(index + 1).start]
    return len(gap) == 1 and gap[0].norm in {"and", "&", "和", "与", "及", "、", ",", "，", "x", "×", "/", "跟"}


def groupable(reading: Reading, index: int) -> bool:
    """Whether an item names a column, or a kind of record, that the records can be told apart by."""
    if any(item.period is not None for item in reading.signals.items) and reading.signals.grain is None and _names_day(reading, index):
        return False  # 2025年…（按下单时间） tells by which day the period counts
    return any(not is_numeric(reading, path) for _, path in reading.paths.dimension(reading.entity, reading.item(index).terms))


def _is_no_group(reading: Reading, index: int, cue: int) -> bool:
    """As in "effort per project by region" of the projects themselves, or a state right before the records."""
    own = any(term.what == "entity" and term.entity == reading.entity for term in reading.item(index).terms)
    mean = own and reading.signals.has("average", "median") and reading.item(cue).text.casefold() in EACH_RECORD  # 平均每个签约项目
    return mean or _is_adjective(reading, index)


def _is_adjective(reading: Reading, index: int) -> bool:
    """As in "per active subscription", "by number of active customers": a state right before the records is a condition on them, and no group."""
    item, after = reading.item(index), next(iter(reading.signals.items[index + 1 : index + 2]), None)
    if after is None or after.start != item.end or not any(term.what == "entity" for term in after.terms):
        return False
    kinds = {term.entity for term in after.terms if term.what == "entity"}
    flags = [term for term in item.terms if term.what == "field" and reading.paths.model.entities[term.entity].fields[term.key].type is FieldType.FLAG]
    return bool(flags) and (any(value.entity in kinds and not value.title for value in item.values) or any(term.entity in kinds for term in flags))


def _names_day(reading: Reading, index: int) -> bool:
    entities, own = reading.paths.model.entities, reading.paths.model.entities[reading.entity].custom_table is not None
    named = [term for term in reading.item(index).terms if term.what == "field" and (own or term.entity == reading.entity)]
    return any(entities[term.entity].fields[term.key].type.is_time for term in named)


def is_mean_over(reading: Reading) -> bool:
    """As in 平均每个客户有几张工单: one word says both each and on average, so counts of each are not what is asked for."""
    both = set(reading.signals.at.get("group", ())) & set(reading.signals.at.get("average", ()))
    counts = all((reading.paths.model.measures[ref.measure].op if ref.measure else ref.fold) == "count" for ref in reading.measures)
    return bool(both) and counts and not any(ref.per for ref in reading.measures)


def spreads_mean(reading: Reading) -> bool:
    """As in 平均每家客户签了多少钱: one word says both each and on average, so a mean for each of them is hardly what is asked for."""
    both = set(reading.signals.at.get("group", ())) & set(reading.signals.at.get("average", ()))
    means = any((reading.paths.model.measures[ref.measure].op if ref.measure else ref.fold) == "avg" and not ref.per for ref in reading.measures)
    return bool(both) and means and not any(term.what == "measure" for item in reading.signals.items for term in item.terms)
