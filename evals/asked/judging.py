"""Decides whether an answer is right: what it asserts first is what was asked, and every value that can be checked is the independent one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from agent.answer import Answer, Claim, Scalar
from evals.asked.asking import BROKE, Asked
from evals.asked.asserted import DATED, is_value, label, labels, nameless, place_of, rows_of, same, shown, size
from evals.asked.expecting import Ambiguous, AnyOf, Compared, Each, Expected, Figure, Groups, Label, Listed, Plain, Ranked, Unanswerable, Worth, YesNo
from tools.trace.cells import CellType

Outcome = Literal["right", "wrong", "abstained", "asked_back", "stated"]
YES = re.compile(r"^(yes\b|是|有|对|存在)", re.IGNORECASE)
SHOWN_PERIOD = re.compile(
    r"\d{4} ?年 ?(?:\d{1,2} ?月(?: ?\d{1,2} ?日)?|第?[一二三四1-4] ?季度)?"
    r"|(?:Q[1-4]|[A-Z][a-z]{2}|\d{1,2} [A-Z][a-z]{2}) \d{4}|\b\d{4}\b"
)
TIE = Decimal("1e-9")
Values = Mapping[Label, Worth | date]
NO = re.compile(r"^(no\b|none\b|there (is|are|was|were) no\b|否|不|没|无)|没有|\bno(ne)?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Verdict:
    """How a case went. ``stated``: where readings differ, it answered all of them, or one of them and said which, instead of asking back.

    ``abstained`` and ``asked_back`` are verdicts on questions that have an answer; doing so where it is right is ``right``.
    """

    outcome: Outcome
    reason: str = ""

    @property
    def right(self) -> bool:
        """Whether the case went as it should."""
        return self.outcome == "right"


def judge(asked: Asked) -> Verdict:
    """The verdict on one case."""
    return judge_answer(asked.case.question, asked.expected, asked.answer, asked.chosen)


def judge_answer(question: str, expected: Expected, answer: Answer, chosen: tuple[Answer, ...] = ()) -> Verdict:
    """The verdict on an answer, and on those to the choices that it offered."""
    if answer.answer.startswith(BROKE):
        return Verdict("wrong", "broke")
    if isinstance(expected, Unanswerable):
        return _unanswerable(answer)
    if isinstance(expected, Ambiguous):
        return _ambiguous(question, expected, answer, chosen)
    if answer.clarify:
        return Verdict("asked_back", "asked back")
    if answer.abstained and not _records_nothing(expected):
        return Verdict("abstained", "abstained")
    fault = fault_of(question, expected, answer)
    return Verdict("wrong", fault) if fault else Verdict("right")


def fault_of(question: str, expected: Plain | AnyOf | Each, answer: Answer) -> str:
    """What is wrong with an answer to a question that has one; empty where nothing is."""
    match expected:
        case AnyOf():
            faults = [fault_of(question, option, answer) for option in expected.options]
            return "" if "" in faults else faults[0]
        case Each():
            return next((fault for part in expected.parts if (fault := _anywhere(question, part, answer))), "")
        case Figure():
            return _figure(question, expected, answer)
        case Ranked():
            return _ranked(expected, answer)
        case Groups():
            return _groups(expected, answer)
        case Compared():
            return _compared(expected, answer)
        case Listed():
            return _listed(expected, answer)
        case YesNo():
            return _yes_no(expected, answer)


def _unanswerable(answer: Answer) -> Verdict:
    if answer.abstained and not any(map(is_value, answer.claims)):
        return Verdict("right")
    return Verdict("asked_back", "asked back") if answer.clarify else Verdict("wrong", "answered what the data can't answer")


def _ambiguous(question: str, expected: Ambiguous, answer: Answer, chosen: tuple[Answer, ...]) -> Verdict:
    if answer.clarify:
        missing = [reading for reading in expected.readings if all(fault_of(question, reading, each) for each in chosen)]
        return Verdict("wrong", f"no choice leads to {missing[0]}") if missing else Verdict("right")
    if answer.abstained:
        return Verdict("abstained", "abstained")
    if any(not fault_of(question, reading, answer) for reading in expected.readings) and "\n\n" in answer.answer:
        return Verdict("stated", "answered one reading, and said which")
    if not any(_anywhere(question, reading, answer) for reading in expected.readings):
        return Verdict("stated", "answered every reading at once")
    return Verdict("wrong", "answered where readings differ")


def _records_nothing(expected: Expected) -> bool:
    return isinstance(expected, Figure) and expected.value is None


# -- one figure -----------------------------------------------------------------------------------------------------


def _figure(question: str, expected: Figure, answer: Answer) -> str:
    if expected.value is None:
        return "" if not any(claim.value is not None and is_value(claim) for claim in answer.claims) else "asserts a value where nothing is recorded"
    if not answer.claims:
        return "asserts nothing"
    first = asserted(question, expected, answer)
    if not same(first.value, first.type, expected.value):
        return f"first asserts {first.value}"
    if expected.unit is not None and first.unit != expected.unit:
        return f"in {first.unit or 'no currency'}"
    return ""


def asserted(question: str, expected: Figure, answer: Answer) -> Claim:
    """The first claim; a name before it that only repeats the question, or that the truth mentions beside the value, is no answer yet."""
    first = answer.claims[0]
    wants_text = isinstance(expected.value, str)
    if len(answer.claims) == 1 or is_value(first) or (wants_text and same(first.value, first.type, expected.value)):
        return first
    said = label(str(first.value))
    known = said in label(question) or any(isinstance(each, str) and label(each) == said for each in expected.also.values())
    return answer.claims[1] if known else first


# -- groups ---------------------------------------------------------------------------------------------------------


def _ranked(expected: Ranked, answer: Answer) -> str:
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


def _groups(expected: Groups, answer: Answer) -> str:
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


def _compared(expected: Compared, answer: Answer) -> str:
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


# -- records --------------------------------------------------------------------------------------------------------


def _listed(expected: Listed, answer: Answer) -> str:
    names = {label(name) for name in expected.names}
    count = expected.count if expected.count is not None else len(expected.names)
    if not answer.claims:
        return "" if count == 0 else "asserts nothing"
    first = answer.claims[0]
    rows = [row for table in answer.tables for row in shown(table)] or [row for row in rows_of(answer) if row.fields]
    named = [{label(str(each)) for each in row.labels if each is not None} | {label(str(each)) for each in row.measures.values()} for row in rows]
    strange = next((row for row, said in zip(rows, named, strict=True) if not said & names), None)
    if strange is not None:
        return f"shows {next(iter(strange.labels), strange.row)}, which does not belong"
    total = max((table.total_rows for table in answer.tables), default=len(rows))
    if first.type is CellType.COUNT:
        if first.value != count:
            return f"counts {first.value} instead of {count}"
    elif expected.first is None and not (total == count and _names_one(first, answer, names)):
        return f"first asserts {first.value}"
    if expected.first is not None and not (named and label(expected.first) in named[0] and _is_about(first, rows[0].row)):
        return f"shows another first than {expected.first}"
    if expected.shown is not None and len(rows) != min(expected.shown, count):
        return f"shows {len(rows)} instead of {min(expected.shown, count)}"
    return ""


def _names_one(claim: Claim, answer: Answer, names: set[str]) -> bool:
    place = place_of(claim.cell)
    row = next((row for row in rows_of(answer) if (row.call, row.row) == (place.call, place.row)), None)
    return label(str(claim.value)) in names or (row is not None and any(label(str(each)) in names for each in row.labels))


def _is_about(claim: Claim, row: str) -> bool:
    return claim.type is CellType.COUNT or place_of(claim.cell).row == row


def _yes_no(expected: YesNo, answer: Answer) -> str:
    first = answer.claims[0] if answer.claims else None
    if first is not None and first.type is CellType.COUNT:
        if expected.count is not None and first.value != expected.count:
            return f"counts {first.value} instead of {expected.count}"
        said: bool | None = first.value != 0
    elif first is not None and first.type is CellType.FLAG:
        said = str(first.value).casefold() in {"true", "1", "yes"}
    elif YES.match(answer.answer):
        said = True
    elif NO.search(answer.answer) and not any(map(is_value, answer.claims)):
        said = False
    else:
        said = True if first is not None and first.type not in DATED and first.value is not None else None
    return "" if said == expected.yes else f"says {'yes' if said else 'no' if said is False else 'neither yes nor no'}"


# -- several questions in one ---------------------------------------------------------------------------------------


def _anywhere(question: str, part: Plain, answer: Answer) -> str:
    """What is wrong with a part wherever in the answer it may begin; empty where it stands somewhere."""
    faults = []
    calls = list(dict.fromkeys(place_of(claim.cell).call for claim in answer.claims))
    for start in range(len(answer.claims)):
        call = place_of(answer.claims[start].cell).call
        tables = tuple(table for table in answer.tables if any(place_of(cell).call == call for row in table.cells for cell in row))
        claims = tuple(claim for claim in answer.claims[start:] if place_of(claim.cell).call == call)
        fault = fault_of(question, part, answer.model_copy(update={"claims": claims, "tables": tables}))
        if not fault:
            return ""
        faults.append(fault)
    return faults[0] if faults else f"asserts nothing in {len(calls)} parts"
