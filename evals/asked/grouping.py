"""Judges answers by groups: rankings, every group with its value, and values side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from agent.answer import Answer, Claim, Scalar
from evals.asked.asserted import is_value, label, labels, nameless, place_of, rows_of, same, size
from evals.asked.expecting import Compared, Groups, Label, Ranked, Worth
from tools.trace.cells import CellType

SHOWN_PERIOD = re.compile(
    r"\d{4} ?年 ?(?:\d{1,2} ?月(?: ?\d{1,2} ?日)?|第?[一二三四1-4] ?季度)?"
    r"|(?:Q[1-4]|[A-Z][a-z]{2}|\d{1,2} [A-Z][a-z]{2}) \d{4}|\b\d{4}\b"
)
TIE = Decimal("1e-9")
Values = Mapping[Label, Worth | date]


def ranked_fault(expected: Ranked, answer: Answer) -> str:
    """What is wrong with a ranking: its first label, the value beside it, how many are shown, or any value of another label."""
    if not answer.claims:
        return "asserts nothing"
    order = sorted(expected.values.values(), key=size, reverse=not expected.lowest)
    if not order or expected.place > len(order):
        return "asserts a rank where there is none"
    due = order[expected.place - 1]
    first = answer.claims[0]
    group = group_of(first, expected.values, answer)
    if group is None or is_value(first):
        return f"first asserts {first.value}"
    if abs(size(expected.values[group]) - size(due)) > TIE:
        return f"first asserts {first.value}, which is not on place {expected.place}"
    value, kind = _value_beside(first, answer)
    if not same(value, kind, due):
        return f"gives {first.value} the value {value}"
    if expected.top is not None and expected.place == 1:
        held = _shown_values(answer, place_of(first.cell).call)
        due_many = min(expected.top, len(order))
        if len(held) < due_many or any(not same(one, kind, order[due_many - 1]) for one, kind in held[due_many:]):
            return f"shows {len(held)} instead of {due_many}"
        if any(not same(one, kind, right) for (one, kind), right in zip(held, order, strict=False)):
            return "shows others than the best"
    return _contradicted(expected.values, answer, next(iter(columns_of(answer)), "m0"))


def groups_fault(expected: Groups, answer: Answer) -> str:
    """What is wrong with groups: one is missing, was not asked for, or has another value. Any column may hold the values."""
    faults = [_groups_in(column, expected, answer) for column in columns_of(answer)]
    return "" if "" in faults else faults[0] if faults else "shows no group"


def _groups_in(column: str, expected: Groups, answer: Answer) -> str:
    held = values_by_label(expected.values, answer, column)
    missing = [key for key, value in expected.values.items() if key not in held and value != 0]
    if missing and not _is_cut(answer, len(expected.values)):
        return f"lacks {_words(missing[0])}"
    if not held:
        return "shows no group"
    strange = _strangers(expected.values, answer, column)
    if strange:
        return f"shows {strange}, which was not asked for"
    return _contradicted(expected.values, answer, column)


def compared_fault(expected: Compared, answer: Answer) -> str:
    """What is wrong with values side by side, as groups with labels or as a period and the one before."""
    for column in columns_of(answer):
        held = values_by_label(expected.values, answer, column)
        if all(key in held for key in expected.values):
            return _contradicted(expected.values, answer, column)
    sides = [claim for claim in answer.claims if place_of(claim.cell).part in {"", "before"} and is_value(claim)]
    for key, value in expected.values.items():
        side = next((claim for claim in sides if same(claim.value, claim.type, value)), None)
        if side is None:
            return f"lacks {_words(key)} = {value}"
        sides.remove(side)
    return _swapped(expected, answer)


def _swapped(expected: Compared, answer: Answer) -> str:
    """Where the labels stand in the text once each, they come in the order of their values."""
    text = answer.answer.split("\n\n")[0]
    places = {key: spots for key in expected.values if len(spots := _spots(key, text)) == 1}
    if len(places) < len(expected.values) or len(set(expected.values.values())) < len(expected.values):
        return ""
    by_text = sorted(places, key=lambda key: places[key][0])
    claims = [claim for claim in answer.claims if place_of(claim.cell).part in {"", "before"} and is_value(claim)]
    by_claim = [key for claim in claims for key, value in expected.values.items() if same(claim.value, claim.type, value)]
    return "" if by_text == list(dict.fromkeys(by_claim)) else "gives the values to each other's names"


def _spots(key: Label, text: str) -> list[int]:
    """Where a name stands in a text, in any of the forms in which periods are displayed."""
    wanted, found = labels(key), []
    for match in re.finditer(
        r"\d{4} ?年 ?(?:\d{1,2} ?月(?: ?\d{1,2} ?日)?|第?[一二三四1-4] ?季度)?|(?:Q[1-4]|[A-Z][a-z]{2}|\d{1,2} [A-Z][a-z]{2}) \d{4}|\b\d{4}\b", text
    ):
        if label(match.group().strip()) in wanted:
            found.append(match.start())
    for part in (key,) if isinstance(key, str) else key:
        found += [match.start() for match in re.finditer(re.escape(part), text)]
    return sorted(set(found))


def columns_of(answer: Answer) -> list[str]:
    """The columns of measures, without their intervals and numbers of records; the one that is asserted first comes first."""
    claimed = [place_of(claim.cell) for claim in answer.claims if is_value(claim)]
    held = [place_of(cell) for table in answer.tables for row in table.cells[:1] for cell in row]
    return list(dict.fromkeys(place.column for place in (*claimed, *held) if place.measure and place.part not in {"low", "high", "n"}))


def values_by_label(values: Values, answer: Answer, column: str) -> dict[Label, Scalar]:
    """The value that an answer gives each expected label in a column."""
    keys = {labels(key): key for key in values}
    found: dict[Label, Scalar] = {}
    for row in rows_of(answer):
        key = _key_of(row.labels, keys)
        if key is not None and column in row.measures:
            found.setdefault(key, row.measures[column])
    return found


def _key_of(shown_labels: tuple[Scalar, ...], keys: dict[frozenset[str], Label]) -> Label | None:
    said = frozenset(label(str(each)) for each in shown_labels if each is not None)
    if said in keys:
        return keys[said]
    within = [key for parts, key in keys.items() if parts <= said]
    return within[0] if len(within) == 1 else None


def group_of(claim: Claim, values: Values, answer: Answer) -> Label | None:
    """The expected group that a claim names, by the row in which it stands."""
    keys = {labels(key): key for key in values}
    place = place_of(claim.cell)
    row = next((row for row in rows_of(answer) if (row.call, row.row) == (place.call, place.row)), None)
    return (_key_of(row.labels, keys) if row else None) or _key_of((claim.value,), keys)


def _value_beside(claim: Claim, answer: Answer) -> tuple[Scalar, CellType]:
    """The first measure, or else the first value, of the row of a claim: as claimed next, or else in the table."""
    place = place_of(claim.cell)
    for other in answer.claims:
        at = place_of(other.cell)
        if (at.call, at.row) == (place.call, place.row) and is_value(other):
            return other.value, other.type
    for row in rows_of(answer):
        if (row.call, row.row) == (place.call, place.row) and row.measures:
            column, value = next(iter(row.measures.items()))
            return value, row.types[column]
    return None, CellType.TEXT


def _shown_values(answer: Answer, call: str) -> list[tuple[Scalar, CellType]]:
    rows = [row for row in rows_of(answer) if row.call == call]
    column = next((place_of(claim.cell).column for claim in answer.claims if is_value(claim) and place_of(claim.cell).call == call), "m0")
    return [({**row.fields, **row.measures}.get(column), row.types.get(column, CellType.TEXT)) for row in rows]


def _contradicted(values: Values, answer: Answer, column: str) -> str:
    """A row with an expected label that has another value than the independent one in a column."""
    keys = {labels(key): key for key in values}
    for row in rows_of(answer):
        key = _key_of(row.labels, keys)
        if key is None or column not in row.measures:
            continue
        found, right = row.measures[column], values[key]
        if not same(found, row.types[column], right) and not (right == 0 and found is None):
            return f"gives {_words(key)} the value {found} instead of {right}"
    return ""


def _strangers(values: Values, answer: Answer, column: str) -> str:
    """The label of a row with a value that is not expected; records without a label may be shown, and groups that hold nothing."""
    keys = {labels(key): key for key in values}
    for row in rows_of(answer):
        said = [str(each) for each in row.labels if each is not None]
        is_filled = row.measures.get(column) not in (None, 0)
        if said and is_filled and _key_of(row.labels, keys) is None and not any(nameless(each, answer.language) for each in said):
            return ", ".join(said)
    return ""


def _is_cut(answer: Answer, n: int) -> bool:
    """Whether the only table shows the head of as many rows as there are groups."""
    return any(len(table.rows) < table.total_rows and table.total_rows >= n for table in answer.tables)


def _words(key: Label) -> str:
    return key if isinstance(key, str) else " / ".join(key)
