"""Figures per group: deals per rep, 人均业绩; what is counted or added up, over the number of different groups."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.text import term_key
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.vocabulary import Term
from agent.parsing.targets.group_places import group_places
from agent.parsing.targets.group_words import those_named
from prompts.words import say
from tools.crm.query import Assumption, MeasureRef
from tools.crm.semantic import Measure

_EACH_ONE = ("每家", "每位", "每名", "每人", "每个")
PER_PERSON = {"人均", "percapita", "perhead", "perperson"}


def averaged(reading: Reading) -> Iterator[Reading]:
    """As in "how many deals does each rep have on average", 平均每个客户有多少工单, 人均业绩."""
    cues = reading.signals.at.get("average", [])
    if not cues:
        return
    named = False
    joined = any(index in reading.signals.at.get("group", ()) for index in cues)  # 平均每个客户
    for place, path in _over(reading):
        if place is None and not _per_person(reading):
            continue
        for index in range(len(reading.signals.items)):
            for term in reading.item(index).terms:
                measure = _measure(reading, term) if index != place else None
                own = index != place and term.what == "entity" and term.entity == reading.entity and reading.paths.model.entities[term.entity].custom_table
                if measure is None and not own:
                    continue
                named = True
                plain = measure is None or (measure.op == "count" and not measure.where)
                if measure is not None and (measure.op not in {"count", "sum"} or (measure.op == "sum" and not measure.where)):
                    continue
                used = [index, *cues, *reading.signals.at.get("group", ()), *reading.signals.at.get("count", ()), *([place] if place is not None else [])]
                fit = reading.fit + 1.5 - 0.05 * term.rank - (0.2 if plain else 0.0) + (0.6 if joined else 0.0)
                group = reading.paths.field(reading.entity, path).words
                said = Assumption(en=say("per_assumed", "en", group=group.label("en").lower()), zh=say("per_assumed", "zh", group=group.label("zh")))
                yield reading.using(
                    *used, measures=(_per(measure, path),), fit=fit, assumptions=(*reading.assumptions, said),
                    notes=reading.notes | {"measure_item": str(index)},
                )  # fmt: skip
    if not named:
        yield from _unnamed(reading)


def _per(measure: Measure | None, path: str) -> MeasureRef:
    """The measure, or the records of an own table, over the number of different values of a path."""
    return MeasureRef(measure=measure.key, per=path) if measure is not None else MeasureRef(fold="count", per=path)


def _unnamed(reading: Reading) -> Iterator[Reading]:
    """As in 平均每个销售赢了多少单, 人均成交多少钱: deals or their money, told by how they ended."""
    signals = reading.signals
    asked = [*signals.at.get("count", ()), *signals.at.get("amount", ())]
    if reading.entity != "opportunity" or not asked or not signals.has("won", "lost", "sells", "signed"):
        return
    key = "deal_value" if signals.has("amount") else "deal_count"
    for place, path in _over(reading):
        if place is None and not _per_person(reading):
            continue
        used = [*asked, *signals.at["average"], *signals.at.get("group", ()), *([place] if place is not None else [])]
        group = reading.paths.field(reading.entity, path).words
        said = Assumption(en=say("per_assumed", "en", group=group.label("en").lower()), zh=say("per_assumed", "zh", group=group.label("zh")))
        yield reading.using(
            *used,
            measures=(MeasureRef(measure=key, per=path),),
            fit=reading.fit + (2.1 if any(index in signals.at.get("group", ()) for index in signals.at["average"]) else 1.5),
            assumptions=(*reading.assumptions, said),
            notes=reading.notes | {"measure_item": str(asked[0])},
        )
        return


def _measure(reading: Reading, term: Term) -> Measure | None:
    """What is counted or added up: a measure that is named, or the count of the records that are."""
    if term.entity != reading.entity or not term.filled:
        return None
    if term.what == "measure":
        return reading.paths.model.measures[term.key]
    own = (each for each in reading.paths.model.measures.values() if each.entity == term.entity and each.op == "count" and not each.where)
    return next(own, None) if term.what == "entity" else None


def _per_person(reading: Reading) -> bool:
    """As in 人均, "per head", 各小组平均每人: the word itself says that it is taken over people."""
    bare = _bare_each(reading)
    said = any(term_key(reading.item(index).text) in PER_PERSON for index in reading.signals.at.get("average", ()))
    return said or (bare is not None and reading.item(bare).text.endswith("人"))


def _bare_each(reading: Reading) -> int | None:
    """As in 客户平均每家, 销售平均每人: the word for each with nothing right behind it that it could be each of."""
    both = set(reading.signals.at.get("group", ()))
    for cue in reading.signals.at.get("average", ()):
        item, behind = reading.item(cue), reading.signals.items[cue + 1 : cue + 2]
        kinds = {term.what for term in behind[0].terms} if behind else set()
        nouns = bool(behind) and behind[0].start == item.end and bool((kinds and "measure" not in kinds) or behind[0].values)
        if cue in both and item.text.endswith(_EACH_ONE) and not nouns:
            return cue
    return None


def _named_before(reading: Reading, cue: int) -> Iterator[tuple[int | None, str]]:
    """The word right before such an each that says what it is each of, as customers or people; else, for 每人, the person responsible."""
    before = reading.item(cue - 1) if cue else None
    beside = before is not None and before.end == reading.item(cue).start
    kinds = {term.entity for term in before.terms if term.what == "entity"} if before is not None and beside else set()
    if before is not None and beside and not before.terms:  # 重点客户平均每家
        kinds = {value.entity for value in before.values if not value.title}
    for kind in (each for each in ("account", "member") if each in kinds):
        for path in [each for each in reading.paths.to_entity(reading.entity, kind) if each][:1]:
            yield cue - 1 if before is not None and before.terms else cue, path
            return
    if reading.item(cue).text.endswith("人"):
        for path in [each for each in reading.paths.to_entity(reading.entity, "member") if each][:1]:
            yield None, path


def _over(reading: Reading) -> Iterator[tuple[int | None, str]]:
    """What the average is taken over: the group that is named, or, for 人均, the person responsible."""
    if (bare := _bare_each(reading)) is not None:
        yield from _named_before(reading, bare)
        return
    for place in group_places(reading):
        for _, path in reading.paths.dimension(reading.entity, reading.item(place).terms)[:1]:
            if not reading.paths.field(reading.entity, path).type.is_time:
                yield place, path
    yield from those_named(reading)
    for path in [each for each in reading.paths.to_entity(reading.entity, "member") if each][:1]:
        yield None, path
