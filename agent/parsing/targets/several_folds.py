"""One column folded in several ways, or records counted beside the mean of a column of theirs: 平均和最高金额, "open deals and average amount"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from agent.parsing.language.text import has_han
from agent.parsing.linking.general_money import GENERAL_MONEY
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.counted_sums import HALVES, JOINTS, limits_more
from agent.parsing.targets.extremes import measured_by
from agent.parsing.targets.mentions import mentions_entity
from agent.parsing.targets.sizing import worth_field
from tools.crm.measuring import conditions_of
from tools.crm.query import Filter, MeasureRef
from tools.crm.semantic import Measure

COMMAS = {",", "，"}
Fold = Literal["avg", "median", "sum", "max", "min"]
KINDS: tuple[tuple[str, Fold], ...] = (("average", "avg"), ("median", "median"), ("sum", "sum"), ("most", "max"), ("least", "min"))
MEANS = {"avg", "median"}
UNSUITED = ("which", "share", "change", "compare", "duration", "distinct", "latest", "earliest", "gt", "ge", "lt", "le", "between")
_TOTAL = re.compile("总|合计|累计|total|overall|combined|sum", re.IGNORECASE)
BESIDE = {*JOINTS, "the", "their", "its", "as", "well", "what", "is", "有", "的", "它们", "他们", "数", "量", "个", "的数量"}


def several_folds(reading: Reading) -> Iterator[Reading]:
    """Both figures, in the order in which they are asked for; the conditions are those of both."""
    if reading.signals.has(*UNSUITED) or reading.signals.top is not None or reading.signals.place > 1:
        return
    folds = [
        (index, fold) for index in range(len(reading.signals.items)) if _only_asks(reading, index) and (fold := _fold(reading.item(index).cues)) is not None
    ]
    yield from _counted_beside(reading, folds)
    yield from _counted_beside_mean(reading)
    totals: list[tuple[int, Fold]] = [(index, "sum") for index in range(len(reading.signals.items)) if _is_total(reading, index)]
    yield from _folded_twice(reading, sorted((*folds, *totals)))


def _only_asks(reading: Reading, index: int) -> bool:
    """Whether an item names nothing of these records, as "total" may be what others call their amount."""
    item = reading.item(index)
    return not (item.values or item.period or item.number) and not any(term.entity == reading.entity and term.filled for term in item.terms)


def _is_total(reading: Reading, index: int) -> bool:
    """As in 总金额: the column and its fold in one word."""
    text = reading.item(index).text
    return bool(_TOTAL.match(text)) and not _only_asks(reading, index) and _column(reading, index) is not None


def _fold(cues: tuple[str, ...]) -> Fold | None:
    return next((fold for kind, fold in KINDS if kind in cues), None)


def _counted_beside(reading: Reading, folds: list[tuple[int, Fold]]) -> Iterator[Reading]:
    """As in "open deals and average amount": how many there are, and the mean of a column of theirs."""
    if len(folds) != 1 or folds[0][1] not in MEANS:
        return
    at, fold = folds[0]
    column = _column(reading, at + 1) or _column(reading, at - 1)
    for index in range(len(reading.signals.items)) if column is not None else ():
        counted = _count(reading, index)
        if column is None or counted is None or index == column[0]:
            continue
        first, last = sorted((index, min(at, column[0]) if index < at else max(at, column[0])))
        if not _joined(reading, first, last) or limits_more(reading, max(at, column[0], index), min(at, index)):
            continue
        if _is_topic(reading, first, last):
            continue
        where = conditions_of(counted) if isinstance(counted, Measure) else ()
        refs = [MeasureRef(measure=counted.key) if isinstance(counted, Measure) else MeasureRef(fold="count"), _folded(reading, fold, column[1], where)]
        found = measured_by(reading, index, at, column[0], measures=tuple(refs if index < at else reversed(refs)), fit=1.5)
        held = tuple(part for part in where if part not in found.filters)
        yield replace(found, filters=(*found.filters, *held), notes=found.notes | {HALVES: ""})
        return


def _counted_beside_mean(reading: Reading) -> Iterator[Reading]:
    """As in "contracts and average contract value": a mean that has a name of its own."""
    measures = reading.paths.model.measures
    for at, item in enumerate(reading.signals.items):
        named = [measures[term.key] for term in item.terms if term.what == "measure" and term.entity == reading.entity and term.filled]
        mean = next((measure for measure in named if measure.op == "avg"), None)
        for index in (at - 1, at + 1) if mean is not None else ():
            counted = _count(reading, index) if 0 <= index < len(reading.signals.items) else None
            if mean is None or not isinstance(counted, Measure) or counted.where != mean.where or not _joined(reading, min(at, index), max(at, index)):
                continue
            if limits_more(reading, max(at, index), min(at, index)):
                continue
            refs = (MeasureRef(measure=counted.key), MeasureRef(measure=mean.key))
            found = measured_by(reading, index, at, measures=refs if index < at else refs[::-1], fit=1.5)
            yield replace(found, notes=found.notes | {HALVES: ""})
            return


def _folded_twice(reading: Reading, folds: list[tuple[int, Fold]]) -> Iterator[Reading]:
    """As in 平均和最高金额, "total and average amount", 总金额和平均金额: two folds of one column, each said beside it or beside the other."""
    if len(folds) != 2 or folds[0][1] == folds[1][1] or (reading.signals.has("group") and reading.signals.superlative):
        return
    (first, one), (second, other) = folds
    cues = {at for at in (first, second) if _only_asks(reading, at)}
    places = [at for at in dict.fromkeys((first, first + 1, second, second + 1, first - 1)) if at not in cues]
    columns = [column for at in places if (column := _column(reading, at)) is not None]
    if not columns or len({each[1:] for each in columns}) != 1:
        return
    index, path, where = columns[0]
    between = [at for at in range(first + 1, second)]
    if any(at not in {each[0] for each in columns} for at in between) or not _joined(reading, max([first, *between]), second):
        return
    used = (index, first, second, *(each[0] for each in columns), *reading.signals.superlative)
    mention = [place for place in range(len(reading.signals.items)) if mentions_entity(reading, place) and not reading.item(place).values]
    refs = tuple(_folded(reading, fold, path, where) for fold in (one, other))
    found = measured_by(reading, *used, *mention[:1], *_asking(reading), measures=refs, fit=1.6 - 0.1 * _rank(reading, index))
    yield replace(found, filters=(*found.filters, *(part for part in where if part not in found.filters)), notes=found.notes | {HALVES: ""})


def _rank(reading: Reading, index: int) -> int:
    """How far the words of a column are from what this kind of record calls it."""
    return min((term.rank for term in reading.item(index).terms if term.entity == reading.entity and term.filled), default=0)


def _asking(reading: Reading) -> list[int]:
    """As in 各是多少: what only asks for the figures that are named."""
    return [at for kind in ("lookup", "amount", "breakdown") for at in reading.signals.at.get(kind, ()) if reading.item(at).is_only_cue]


def _column(reading: Reading, at: int) -> tuple[int, str, tuple[Filter, ...]] | None:
    """The column of numbers that an item names, or the money of the records; with the conditions of the sum that it names."""
    if not 0 <= at < len(reading.signals.items) or reading.item(at).values or reading.item(at).number is not None:
        return None
    item, model = reading.item(at), reading.paths.model
    sums = [model.measures[term.key] for term in item.terms if term.what == "measure" and term.entity == reading.entity and term.filled]
    added = next((measure for measure in sums if measure.op == "sum"), None)
    fields = model.entities[reading.entity].fields
    own = [term for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].type.is_numeric]
    if own:
        return at, min(own, key=lambda term: term.rank).key, ()
    if added is not None:
        return at, added.args[0], tuple(conditions_of(added))
    general = GENERAL_MONEY.fullmatch(item.text) is not None and (bool(item.terms) or "amount" in item.cues)
    worth = worth_field(reading) if general else None
    return (at, worth, ()) if worth is not None else None


def _count(reading: Reading, index: int) -> Measure | Literal["records"] | None:
    """What an item counts: a state of the records, or all of them, as a noun or by asking how many."""
    item, measures = reading.item(index), reading.paths.model.measures
    if item.values:
        return None
    named = [term for term in item.terms if term.what == "measure" and term.entity == reading.entity and term.filled and measures[term.key].op == "count"]
    if named:
        return measures[min(named, key=lambda term: term.rank).key]
    asks = "count" in item.cues and not any(term.entity == reading.entity for term in item.terms)  # 数量 may be a column of other records
    if not asks and not mentions_entity(reading, index):
        return None
    plain = next((each for each in measures.values() if each.entity == reading.entity and each.op == "count" and not each.where), None)
    return plain if plain is not None else "records"


def _folded(reading: Reading, fold: Fold, path: str, where: tuple[Filter, ...]) -> MeasureRef:
    """The fold of a column; by the measure of that name, where there is one for these records."""
    same = (each for each in reading.paths.model.measures.values() if each.entity == reading.entity and each.op == fold and each.args == (path,))
    named = next((each for each in same if conditions_of(each) == where), None)
    return MeasureRef(measure=named.key) if named is not None else MeasureRef(fold=fold, path=path)


def _is_topic(reading: Reading, first: int, last: int) -> bool:
    """As in 甲和乙做的项目，平均毛利率多少: what stands before a Chinese comma only says of which records the mean is taken, and asks not how many they are."""
    joints = {token.norm for token in reading.signals.tokens[reading.item(first).end : reading.item(last).start]} & JOINTS
    return joints <= COMMAS and has_han(reading.item(last).text) and "count" not in reading.item(first).cues


def _joined(reading: Reading, first: int, last: int) -> bool:
    """Whether nothing but "and", 和 or a comma stands between two items."""
    tokens = reading.signals.tokens[reading.item(first).end : reading.item(last).start]
    words = {token.norm for token in tokens}
    return bool(words & JOINTS) and words <= BESIDE
