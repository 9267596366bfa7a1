"""Holds every claim of an answer against the independent values, where it can be: labels, their values, and what follows from two of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import permutations

from agent.answer import Answer, Claim
from evals.asked.asserted import is_value, label, nameless, place_of, rows_of, same
from evals.asked.expecting import AnyOf, Compared, Each, Expected, Figure, Groups, Listed, Plain, Ranked, Worth, YesNo
from evals.asked.grouping import Values, group_of
from evals.asked.judging import asserted, fault_of
from tools.trace.cells import CellType

MOST_PAIRED = 60  # more values than these have so many differences that one of them fits anything


@dataclass(frozen=True)
class Checked:
    """How many claims hold, how many don't, and how many nothing is known about."""

    held: int = 0
    failed: int = 0
    unchecked: int = 0

    def __add__(self, other: Checked) -> Checked:
        return Checked(self.held + other.held, self.failed + other.failed, self.unchecked + other.unchecked)


def check_claims(question: str, expected: Expected, answer: Answer) -> Checked:
    """Every claim of one answer. Nothing is known where the question has no answer, or more than one reading."""
    found = [_holds(question, expected, claim, answer) for claim in answer.claims]
    return Checked(found.count(True), found.count(False), found.count(None))


def _holds(question: str, expected: Expected, claim: Claim, answer: Answer) -> bool | None:
    match expected:
        case Each():
            found = [_holds(question, part, claim, answer) for part in expected.parts]
            return True if True in found else False if False in found else None
        case AnyOf():
            return _holds(question, _taken(question, expected, answer), claim, answer)
        case Figure():
            return _figure(question, expected, claim, answer)
        case Ranked() | Groups() | Compared():
            return _group(expected.values, claim, answer)
        case Listed():
            return _listed(expected, claim, answer)
        case YesNo():
            return None if expected.count is None or claim.type is not CellType.COUNT or claim is not answer.claims[0] else claim.value == expected.count
    return None


def _taken(question: str, expected: AnyOf, answer: Answer) -> Plain | Each:
    """The reading that the answer took; the first where it took none."""
    return next((option for option in expected.options if not fault_of(question, option, answer)), expected.options[0])


def _figure(question: str, expected: Figure, claim: Claim, answer: Answer) -> bool | None:
    if expected.value is None:
        return None
    if claim is asserted(question, expected, answer):
        return same(claim.value, claim.type, expected.value)
    if any(same(claim.value, claim.type, each) for each in expected.also.values()):
        return True
    numbers = list(_numbers((expected.value, *expected.also.values())))
    part = place_of(claim.cell).part
    if part in DERIVED and len(numbers) > 1:
        return _follows(part, claim, numbers)
    return None


def _group(values: Values, claim: Claim, answer: Answer) -> bool | None:
    place = place_of(claim.cell)
    key = group_of(claim, values, answer)
    if place.row == "total" or place.part in {"low", "high", "n"}:
        return None
    if not place.measure and not is_value(claim):
        row = next((row for row in rows_of(answer) if (row.call, row.row) == (place.call, place.row)), None)
        if key is not None:
            return True
        return None if row is None or not row.measures or nameless(str(claim.value), answer.language) else False
    if place.part in DERIVED:
        return _follows(place.part, claim, list(_numbers(values.values())))
    if key is not None:
        return same(claim.value, claim.type, values[key])
    return any(same(claim.value, claim.type, each) for each in values.values()) if place.measure else None


def _listed(expected: Listed, claim: Claim, answer: Answer) -> bool | None:
    place = place_of(claim.cell)
    if claim.type is CellType.COUNT and claim is answer.claims[0]:
        return claim.value == (expected.count if expected.count is not None else len(expected.names))
    if claim.type is not CellType.NAME or place.measure:
        return None
    names = {label(name) for name in expected.names}
    row = next((row for row in rows_of(answer) if (row.call, row.row) == (place.call, place.row)), None)
    return label(str(claim.value)) in names or (row is not None and any(label(str(each)) in names for each in row.labels))


def _follows(part: str, claim: Claim, values: list[Decimal]) -> bool | None:
    """Whether a difference, growth or share follows from two (or all) of the independent values."""
    if len(values) > MOST_PAIRED:
        return None
    return any(same(claim.value, claim.type, each) for each in DERIVED[part](values))


def _deltas(values: list[Decimal]) -> Iterable[Decimal]:
    return (later - earlier for later, earlier in permutations(values, 2))


def _growths(values: list[Decimal]) -> Iterable[Decimal]:
    return ((later - earlier) / abs(earlier) for later, earlier in permutations(values, 2) if earlier)


def _shares(values: list[Decimal]) -> Iterable[Decimal]:
    whole = sum(values, Decimal(0))
    return (*values, *(part / whole for part in values if whole))


DERIVED: Mapping[str, Callable[[list[Decimal]], Iterable[Decimal]]] = {
    "delta": _deltas,
    "growth": _growths,
    "share": _shares,
    "before": lambda values: values,
}


def _numbers(values: Iterable[Worth | date | str]) -> Iterable[Decimal]:
    return (Decimal(str(each)) for each in values if not isinstance(each, str | date))
