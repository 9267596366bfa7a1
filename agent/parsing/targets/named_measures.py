"""Measures that a question names: one, several together, each as it is folded, counted or limited there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.conditions.leaving_out import BEHIND
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.vocabulary import Term
from agent.parsing.targets.counted_sums import HALVES, SIDE_BY_SIDE
from agent.parsing.targets.extremes import asks_extreme, extreme, measured_by, others_grouped
from agent.parsing.targets.mentions import asks_which_one, is_plain_count, mentions_entity, mentions_kind
from agent.parsing.targets.pairing import joined, same_records
from tools.crm.measuring import conditions_of
from tools.crm.query import MeasureRef
from tools.crm.semantic import FieldType, Measure

BARE = re.compile(r"(?:一共|总共|合计|总计|共计|共|累计|加起来)?(?:有|是)?多少(?:来着)?")
FOLDS = {"average": "avg", "median": "median", "sum": "sum", "most": "max", "least": "min", "latest": "max", "earliest": "min"}


def named_measures(reading: Reading) -> Iterator[Reading]:
    """Measures that the question names; several different ones together."""
    model = reading.paths.model
    places = [
        (index, term)
        for index in range(len(reading.signals.items))
        for term in reading.item(index).terms
        if term.what == "measure" and term.entity == reading.entity and term.filled
    ]
    places = [(index, term) for index, term in places if not _is_denied(reading, index)]
    places = [(index, term) for index, term in places if not (is_plain_count(reading, term) and mentions_kind(reading, index))]
    if not places:
        return
    if len({index for index, _ in places}) > 1:
        best = {index: min((term for i, term in places if i == index), key=lambda term: term.rank) for index, _ in places}
        leads = _leads(reading, best)
        best = {index: term for index, term in best.items() if index not in leads}
        once = {term.key: term for term in reversed(best.values())}
        distinct = [term for term in dict.fromkeys(best.values()) if term is once[term.key] and not _is_implied(reading, term, best)]
        refs = same_records([model.measures[term.key] for term in distinct], reading)
        counted = _in_numbers(reading, best)
        if counted is not None:
            yield measured_by(reading, *best, measures=(MeasureRef(measure=counted.key),), fit=1.2)
        elif (len(refs) > 1 or leads or len(once) < len(best)) and not _is_ranked_by(reading, best):
            beside = any(joined(reading, one, other) for one in best for other in best if one < other)
            several = measured_by(reading, *best, *leads, measures=refs, fit=1.0 if beside else 0.5)
            alike = len({frozenset(model.measures[str(ref.measure)].where.items()) for ref in refs}) == 1
            note = HALVES if alike else SIDE_BY_SIDE
            yield replace(several, notes=several.notes | {note: ""}) if beside and not reading.signals.superlative else several
    for index, term in places:
        measure = model.measures[term.key]
        refold = refolded(reading, measure)
        if measure.op == "count" and measure.where and lists_bounded(reading):
            continue
        bare = all(BARE.fullmatch(reading.item(i).text) for i in reading.signals.at.get("count", ()))  # 回款多少 asks for money as well
        count = "count" in reading.signals.at and measure.op != "count" and not bare
        fit = 0.6 - 0.05 * term.rank + (0.2 if index in reading.signals.at.get("open", ()) else 0.0)
        counting = reading.signals.at.get("count", []) if measure.op == "count" else []
        if measure.op == "count" and reading.signals.has("amount"):
            fit -= 0.6
        if measure.op == "sum" and bare and reading.signals.has("count"):
            fit += 0.3  # 回款多少
            counting = reading.signals.at["count"]
        if measure.op == "sum" and is_bounded(reading, index) and (counting or reading.signals.has("count", "list") or _mentioned_besides(reading, index)):
            fit -= 1.4 if _counts_besides(reading, index) else 0.8  # 成交金额不少于1万的赢单有多少: the amount is a condition
        bounded = reading.signals.has("gt", "ge", "lt", "le", "between") and not reading.signals.has("which")
        listed = reading.signals.has("list", "which") or bounded  # "open deals above 60k" wants to see them
        if measure.op == "count" and listed and not counting and not reading.signals.superlative:
            fit -= 0.8 if bounded and measure.where else 0.5
        if refold is None and measure.op == "sum" and measure.where and reading.signals.has("average", "median"):
            filters = conditions_of(measure)
            fold = next(FOLDS[kind] for kind in ("average", "median") if reading.signals.has(kind))
            folded = MeasureRef(fold=fold, path=measure.args[0])
            yield measured_by(replace(reading, filters=(*reading.filters, *filters)), index, *fold_items(reading), measures=(folded,), fit=fit + 0.2)
            continue
        if (
            measure.op == "days"
            and reading.signals.superlative
            and not reading.signals.timely
            and not asks_which_one(reading)
            and not others_grouped(reading, index)
        ):
            furthest = MeasureRef(measure=term.key, fold="max" if reading.signals.descending else "min")
            yield reading.using(index, *reading.signals.superlative, measures=(furthest,), fit=reading.fit + fit + 0.1)
        if measure.op == "sum" and measure.where and reading.signals.has("count") and not bare:
            same = (m for m in model.measures.values() if m.op == "count" and m.entity == measure.entity and m.where == measure.where)
            mentioned = [other for other in range(len(reading.signals.items)) if other != index and mentions_entity(reading, other)]
            both = any(joined(reading, place, index) for place in reading.signals.at["count"])  # "the number and value of won deals"
            for counted in same:  # "our pipeline in number of deals"
                refs = (MeasureRef(measure=counted.key), *((MeasureRef(measure=measure.key),) if both else ()))
                yield measured_by(reading, index, *reading.signals.at["count"], *mentioned[:1], measures=refs, fit=fit + 0.3)
        if measure.op == "sum" and asks_extreme(reading, index):
            yield extreme(reading, index, measure.args[0], conditions_of(measure))
        if measure.op == "count" and measure.where and reading.signals.has("when") and reading.signals.superlative and measure.time:
            found = MeasureRef(fold="max" if reading.signals.descending else "min", path=measure.time)
            used = (index, *reading.signals.superlative, *reading.signals.at["when"])
            yield reading.using(*used, measures=(found,), filters=(*reading.filters, *conditions_of(measure)), fit=reading.fit + 0.9)
        if measure.op == "count" and measure.where and reading.signals.has("average") and not reading.signals.has("group"):
            money = next((f.key for f in model.entities[reading.entity].fields.values() if f.type is FieldType.MONEY), None)
            mean = next((m for m in model.measures.values() if m.op == "avg" and m.where == measure.where and m.entity == measure.entity), None)
            if mean is not None or money is not None:
                averaged_ = MeasureRef(measure=mean.key) if mean else MeasureRef(fold="avg", path=money)
                limits = () if mean else conditions_of(measure)
                yield reading.using(index, *fold_items(reading), measures=(averaged_,), filters=(*reading.filters, *limits), fit=reading.fit + 0.4)
        if measure.op == "days" and reading.signals.has("median"):
            yield measured_by(reading, index, *reading.signals.at["median"], measures=(MeasureRef(measure=term.key, fold="median"),), fit=fit + 0.2)
            continue
        if refold is not None:
            yield measured_by(reading, index, *fold_items(reading), measures=(refold,), fit=fit + 0.2)
        if not (reading.signals.has("average", "median") and measure.op in {"sum", "count"} and refold is not None):
            meant = reading.signals.at.get("average", []) if measure.op in {"avg", "days", "rate"} else []  # "average sales cycle"
            meant = [*meant, *(reading.signals.at.get("duration", ()) if measure.op == "days" else ())]  # 平均周期多少天
            yield measured_by(reading, index, *counting, *meant, measures=(MeasureRef(measure=term.key),), fit=fit - (0.8 if count else 0.0))


def _is_ranked_by(reading: Reading, named: dict[int, Term]) -> bool:
    """As in "which sector do we win best in, by win rate": the figure that "by" leads to is the one to rank by, and not one of two."""
    leading = {*reading.signals.at.get("group", ()), *reading.signals.at.get("rank", ())}
    return bool(reading.signals.superlative) and sum(index - 1 in leading for index in named) == 1 and any("won" in reading.item(index).cues for index in named)


def is_bounded(reading: Reading, index: int) -> bool:
    """Whether a comparator and a number follow, or a number with its comparator: "amount over 10k", 金额1万以上."""
    items = reading.signals.items[index + 1 : index + 3]
    bounds = {"gt", "ge", "lt", "le", "between", "eq"}
    return any(item.number is not None for item in items) and any(bounds & set(item.cues) for item in reading.signals.items[index + 1 : index + 4])


def lists_bounded(reading: Reading) -> bool:
    """As in 金额大于29000的赢单有哪些: the records within a bound are to be listed, not counted or added up."""
    signals, fields = reading.signals, reading.paths.model.entities[reading.entity].fields
    if not signals.has("list") or signals.has("count", "amount", "sum", "which", "group", "share", "average"):
        return False
    return any(
        term.what == "field" and term.entity == reading.entity and fields[term.key].type.is_numeric and is_bounded(reading, index)
        for index, item in enumerate(signals.items)
        for term in item.terms
    )


def _counts_besides(reading: Reading, index: int) -> bool:
    """Whether another word names records that are counted: won deals."""
    measures = reading.paths.model.measures
    terms = (term for other, item in enumerate(reading.signals.items) if other != index for term in item.terms)
    return any(term.what == "measure" and term.entity == reading.entity and measures[term.key].op == "count" for term in terms)


def _mentioned_besides(reading: Reading, index: int) -> bool:
    return any(mentions_entity(reading, other) for other in range(len(reading.signals.items)) if other != index)


def _is_implied(reading: Reading, term: Term, named: dict[int, Term]) -> bool:
    """As in "average deal size of won deals": a count of records that another measure is about anyway."""
    others = list(named.values())
    if any(joined(reading, index, other) for index, own in named.items() if own is term for other in named if named[other] is not term):
        return False  # "won deals and won value"
    model = reading.paths.model.measures
    own = model[term.key]
    if own.op != "count":
        return False
    same = any(model[other.key].where == own.where and model[other.key].op not in {"count", "rate"} for other in others)
    limited = bool(own.where) and any(not model[other.key].where and model[other.key].op in {"sum", "avg"} for other in others)
    return same or limited  # 在跟的商机总金额: the amount of the deals that are open


def _in_numbers(reading: Reading, named: dict[int, Term]) -> Measure | None:
    """As in "our pipeline by number of deals", "as deal counts": how many there are of what another figure is the money of."""
    model = reading.paths.model.measures
    plain = [index for index, term in named.items() if is_plain_count(reading, term)]
    money = [model[term.key] for term in named.values() if model[term.key].op == "sum" and model[term.key].where]
    if len(named) != 2 or len(plain) != 1 or len(money) != 1:
        return None
    start = reading.item(plain[0]).start
    if start == 0 or reading.signals.tokens[start - 1].norm not in {"by", "as", "in", "on"}:
        return None
    return next((m for m in model.values() if m.op == "count" and m.entity == reading.entity and m.where == money[0].where), None)


def _leads(reading: Reading, named: dict[int, Term]) -> set[int]:
    """As in "average won-deal sales cycle": a mean right before another mean or a duration only says of what that is one."""
    model = reading.paths.model.measures
    return {
        index for index, term in named.items()
        if model[term.key].op == "avg" and index + 1 in named and model[named[index + 1].key].op in {"days", "avg"}
        and reading.item(index + 1).start == reading.item(index).end
    }  # fmt: skip


def _is_denied(reading: Reading, index: int) -> bool:
    """Whether a negation stands right before the item: "not won", 没有赢."""
    denials = {*reading.signals.at.get("not", ()), *reading.signals.at.get("without", ())}
    before = index - 1
    return before in denials and reading.item(before).is_only_cue and reading.item(before).text not in BEHIND


def refolded(reading: Reading, measure: Measure) -> MeasureRef | None:
    """As in "average won value": the mean of what the measure sums. Only where the measure has no condition of its own, or one that a filter repeats."""
    fold = next((FOLDS[kind] for kind in ("average", "median") if reading.signals.has(kind)), None)
    if fold is None or measure.op != "sum":
        return None
    same = [
        other
        for other in reading.paths.model.measures.values()
        if other.entity == measure.entity and other.op == fold and other.args == measure.args and other.where == measure.where
    ]
    return MeasureRef(measure=same[0].key) if same else MeasureRef(fold=fold, path=measure.args[0]) if not measure.where else None


def fold_items(reading: Reading) -> list[int]:
    """The words for a mean or a median."""
    return [index for kind in ("average", "median") for index in reading.signals.at.get(kind, ())]
