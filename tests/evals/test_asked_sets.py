"""The sets of questions hold together: every truth can be worked out from the raw files. What they ask stays unread here."""

from __future__ import annotations

import pytest

from evals.asked.asking import data_of
from evals.asked.expecting import Ambiguous, AnyOf, Compared, Each, Figure, Groups, Listed, QuestionSet, Ranked, Unanswerable, YesNo
from evals.asked.raw import Raw
from evals.asked.sets import SETS, load_set
from evals.asked.stores import export

KINDS = (Figure, Ranked, Groups, Compared, Listed, YesNo, AnyOf, Each, Unanswerable, Ambiguous)


@pytest.fixture(params=SETS)
def questions(request: pytest.FixtureRequest) -> QuestionSet:
    found = load_set(request.param)
    if found is None:
        pytest.skip(f"the set {request.param} is not there")
    assert found.name == request.param
    return found


def test_cases_have_names_of_their_own_and_no_question_is_asked_twice_alone(questions: QuestionSet) -> None:
    names = [case.id for case in questions.cases]
    alone = [case.question for case in questions.cases if not case.before and "opening" not in case.tags]

    assert len(names) == len(set(names))
    assert len(alone) == len(set(alone))


def test_every_truth_can_be_worked_out_from_the_raw_files(questions: QuestionSet) -> None:
    folder = export(data_of(questions))
    if folder is None:
        pytest.skip(f"the export {data_of(questions)} is not there")
    raw = Raw(folder)

    broken = []
    for case in questions.cases:
        try:
            holds = isinstance(case.truth(raw), KINDS)
        except Exception:
            holds = False
        if not holds:
            broken.append(case.id)

    assert broken == []
