"""Decides whether an answer is right: what it asserts first is what was asked, and every value that can be checked is the independent one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from agent.answer import Answer, Claim
from evals.asked.asking import BROKE, Asked
from evals.asked.asserted import DATED, is_value, label, place_of, rows_of, same, shown
from evals.asked.expecting import Ambiguous, AnyOf, Compared, Each, Expected, Figure, Groups, Listed, Plain, Ranked, Unanswerable, YesNo
from evals.asked.grouping import compared_fault, groups_fault, ranked_fault
from tools.trace.cells import CellType

Outcome = Literal["right", "wrong", "abstained", "asked_back", "stated"]
YES = re.compile(r"^(yes\b|是|有|对|存在)", re.IGNORECASE)
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
            return ranked_fault(expected, answer)
        case Groups():
            return groups_fault(expected, answer)
        case Compared():
            return compared_fault(expected, answer)
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
