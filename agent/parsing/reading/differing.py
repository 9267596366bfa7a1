"""Which readings of a question are one and the same, and which are different meanings of the same words."""

from __future__ import annotations

from agent.parsing.ranking import Ranked
from agent.parsing.ranking.model import believed
from agent.parsing.reading.doubting import is_own_and_won
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.explaining import matters
from agent.parsing.reading.wanting import asks_to_list, asks_which_ones
from agent.parsing.saying import say_all
from tools.crm.query import Exists, MeasureRef, Plan
from tools.crm.semantic import SemanticModel


def told_once(ranked: list[Ranked], model: SemanticModel) -> list[Ranked]:
    """Readings that are said back in the same words, such as a region reached over the deal or over its account, are one: the first of them stands.

    So are a list and the count of the same records, and a named sum and the bare sum of its field.
    """
    said: dict[str, Ranked] = {}
    for each in ranked:
        plain = each.query.model_copy(update={"measures": tuple(_unnamed(ref, model) for ref in each.query.measures)})
        words = say_all(Plan(queries=(plain,), focus=each.reading.focus), model, "en")
        if words not in said or _lists_those(each.reading, said[words].reading):
            said[words] = each
    told = [*said.values()]
    kept = [each for each in told if each is told[0] or not _counts_the_same(told[0].reading, each.reading)]
    return believed([(each.reading, each.query, each.score) for each in kept])


def _lists_those(listing: Reading, counting: Reading) -> bool:
    """As in "unresolved tickets, which ones", 有没有未结商机: the records that the other reading only counts, which their number alone does not answer."""
    if counting.focus != "figure" or counting.signals.has("count"):
        return False
    if listing.focus == "exists":
        return counting.signals.has("exists")
    return listing.focus == "list" and (bool(asks_which_ones(counting)) or asks_to_list(counting))


def _unnamed(ref: MeasureRef, model: SemanticModel) -> MeasureRef:
    """A named sum of a field, without conditions and by the usual day, as the sum of that field."""
    measure = model.measures[ref.measure] if ref.measure is not None and ref.fold is None else None
    if measure is None or measure.op not in {"sum", "avg"} or measure.where or measure.time not in {None, model.entities[measure.entity].time}:
        return ref
    return ref.model_copy(update={"measure": None, "fold": measure.op, "path": measure.args[0]})


def _counts_the_same(best: Reading, other: Reading) -> bool:
    """As in "in how many hospitals are machines installed": those that have any, or the different ones that these are of."""
    for whole, part in ((best, other), (other, best)):
        distinct = [ref.path for ref in part.measures if ref.fold == "count_distinct"]
        if distinct and any(isinstance(each, Exists) and (each.entity, each.via) == (part.entity, distinct[0]) for each in whole.filters):
            return True
    return False


def differs(best: Reading, other: Reading) -> bool:
    """Whether two readings are two meanings of the same words: another record of that name, another field or measure of that name."""
    if best.about and other.about:
        return True
    if any(matters(other, index) for index in other.open_items()):
        return False
    if is_own_and_won(best, other):
        return True
    if _nearer(best, other) or _counts_what_is_summed(best, other):
        return False
    same_kind = best.focus == other.focus and bool(best.measures) == bool(other.measures)
    meant = (best.measures, best.dimensions, best.order) != (other.measures, other.dimensions, other.order)
    same_words = best.used == other.used or (best.notes.get("measure_item") == other.notes.get("measure_item") is not None and best.measures != other.measures)
    return same_kind and meant and same_words and len(best.dimensions) == len(other.dimensions)


def _counts_what_is_summed(best: Reading, other: Reading) -> bool:
    """As in "payments by customer": a word that names an amount asks for it, unless something says that the records are to be counted."""
    measures = best.paths.model.measures
    named = [measures[ref.measure] for reading in (best, other) for ref in reading.measures[:1] if ref.measure]
    if len(named) < 2 or best.signals.has("count") or best.notes.get("measure_item") != other.notes.get("measure_item"):
        return False
    summed, counted = named
    return (summed.op, counted.op) == ("sum", "count") and summed.entity == counted.entity and not counted.where


def _nearer(best: Reading, other: Reading) -> bool:
    """Whether only the groups differ, and the first reading groups by a field of the records themselves, the other by one of records that they refer to."""
    if len(best.dimensions) != 1 or len(other.dimensions) != 1 or best.entity != other.entity or best.measures != other.measures:
        return False
    return "." not in best.dimensions[0].path and "." in other.dimensions[0].path
