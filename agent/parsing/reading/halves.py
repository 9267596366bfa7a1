"""Questions for two figures of the same records, "how many, and how much": a reading that gives both goes before one that leaves a half out."""

from __future__ import annotations

from collections.abc import Callable

from agent.parsing.ranking import Ranked
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.counted_sums import HALVES, SIDE_BY_SIDE
from agent.parsing.threads.filters import parts_of
from tools.crm.query import Exists, Query
from tools.crm.semantic import SemanticModel


def both_first(ranked: list[Ranked], is_settled: Callable[[Reading], bool]) -> list[Ranked]:
    """The readings with the first that gives both figures in front, and without those that give only one of them.

    A question that asks for two things has no answer where the words of one of them are left over.
    """
    whole = next((each for each in ranked if {HALVES, SIDE_BY_SIDE} & each.reading.notes.keys() and is_settled(each.reading)), None)
    if whole is None or not (ranked[0] is whole or _leaves_half(ranked[0].reading, whole.reading)):
        return ranked
    return [whole, *(each for each in ranked if each is not whole and not _leaves_half(each.reading, whole.reading))]


def asked_kind_first(ranked: list[Ranked], is_settled: Callable[[Reading], bool]) -> list[Ranked]:
    """The readings with a rate before a list of its records for "what is", and with the fields of one record before a figure of it."""
    best = ranked[0].reading
    if best.focus == "list" and best.signals.has("lookup", "share") and not best.signals.has("which", "list"):
        fit = next((each for each in ranked if any(ref.part for ref in each.reading.measures) and is_settled(each.reading)), None)
    elif best.focus == "figure" and not best.signals.has("count", "sum", "average"):
        fit = next((each for each in ranked if each.reading.focus == "lookup" and len(each.reading.select) > 2 and is_settled(each.reading)), None)
    else:
        fit = None
    return ranked if fit is None else [fit, *(each for each in ranked if each is not fit)]


def _leaves_half(reading: Reading, whole: Reading) -> bool:
    """Whether a reading of the same kind of record gives fewer figures, by the same groups."""
    return reading.entity == whole.entity and len(reading.measures) < len(whole.measures) and reading.dimensions == whole.dimensions


def counts_and_adds(query: Query, model: SemanticModel) -> bool:
    """Whether a query gives how many records there are and what they come to; what others come to that belong to them is another question."""
    if any(isinstance(part, Exists) for part in parts_of(query.where)):
        return False
    ops = [ref.fold or (model.measures[ref.measure].op if ref.measure else "") for ref in query.measures]
    wheres = {frozenset(model.measures[ref.measure].where.items()) if ref.measure else frozenset() for ref in query.measures}
    return sorted(ops) == ["count", "sum"] and len(wheres) == 1
