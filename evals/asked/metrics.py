"""The figures of the evaluation, each with its interval and the number of trials behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from evals.asked.asking import Asked, data_of
from evals.asked.calibration import Trial, area_under_curve, calibration_error, resampled
from evals.asked.checking import Checked, check_claims
from evals.asked.expecting import Ambiguous, QuestionSet, Unanswerable
from evals.asked.judging import Verdict, fault_of, judge
from evals.asked.sets import CALIBRATING
from evals.figures import Figure, share


@dataclass(frozen=True)
class Judged:
    """A case of a set with what came and the verdict on it. ``guess`` is what the best reading would have brought, where it was refused."""

    questions: QuestionSet
    asked: Asked
    verdict: Verdict
    guess: Asked | None = None

    @property
    def is_answerable(self) -> bool:
        """Whether the question has one answer."""
        return not isinstance(self.asked.expected, Unanswerable | Ambiguous)

    @property
    def is_followup(self) -> bool:
        """Whether turns came before."""
        return bool(self.asked.case.before)

    @property
    def is_answered(self) -> bool:
        """Whether the copilot asserted something, instead of asking back or abstaining."""
        return not self.asked.answer.abstained and not self.asked.answer.clarify

    @property
    def is_unseen(self) -> bool:
        """Whether nobody looked at the question while the copilot was made."""
        return self.questions.written_by == "fresh"

    @property
    def is_sealed(self) -> bool:
        """Whether its question and what came of it stay unread, so that the set goes on measuring."""
        return is_sealed(self.questions)

    @property
    def is_for_calibration(self) -> bool:
        """Whether its set only shows how well the confidence holds, and is in no figure."""
        return self.questions.name in CALIBRATING

    @property
    def checked(self) -> Checked:
        """The claims of the answer."""
        return check_claims(self.asked.case.question, self.asked.expected, self.asked.answer)


def figures(cases: Sequence[Judged]) -> dict[str, Figure]:
    """Every metric of the evaluation by its name.

    Accuracies are over questions that have an answer and stand alone; asking back or abstaining there is not right. ``wrong_when_answered``
    is over everything that was answered, follow-ups and questions without an answer included. The confidence is held against sets that
    nobody tuned on, over every best reading, whether it was answered or refused. Sets kept for calibration count nowhere.
    """
    cases = [case for case in cases if not case.is_for_calibration]
    single = [case for case in cases if case.is_answerable and not case.is_followup]
    answerable = [case for case in cases if case.is_answerable]
    unanswerable = [case for case in cases if isinstance(case.asked.expected, Unanswerable)]
    aside = [case for case in single if data_of(case.questions) == "aside"]
    unseen = [case for case in single if case.is_unseen and data_of(case.questions) != "aside"]
    sealed = [case for case in cases if case.is_sealed]
    trials = list(readings(sealed))
    claims = reduce(add, (case.checked for case in cases), Checked())
    return {
        "crm_accuracy": _right(single),
        "crm_accuracy_zh": _right(case for case in single if case.asked.case.language == "zh"),
        "crm_accuracy_unseen": _right(unseen),
        "crm_accuracy_aside": _right(aside),
        "wrong_when_answered": _share(case.verdict.outcome == "wrong" for case in cases if case.is_answered),
        "claim_precision": share(claims.held, claims.held + claims.failed),
        "abstention_recall": _right(unanswerable),
        "false_abstention": _share(not case.is_answered and not case.verdict.right for case in answerable),
        "followup_accuracy": _right(case for case in answerable if case.is_followup),
        "clarify_right": _right(case for case in cases if isinstance(case.asked.expected, Ambiguous)),
        "parser_ece": resampled(trials, calibration_error),
        "parser_auroc": resampled(trials, area_under_curve),
    }


def is_sealed(questions: QuestionSet) -> bool:
    """Whether the questions of a set and what came of them stay unread."""
    return questions.written_by == "fresh" or data_of(questions) == "aside"


def readings(cases: Iterable[Judged]) -> Iterable[Trial]:
    """Each best reading with its confidence, and whether it was right."""
    for case in cases:
        read = case.asked if case.guess is None else case.guess
        right = read_right(read)
        if right is not None:
            yield Trial(read.confidence, right, cluster(case))


def read_right(asked: Asked) -> bool | None:
    """Whether the best reading was right: as answered, or as the first choice where the copilot asked back.

    None where there is no reading to be right about: where it abstained, or where several readings are equally right.
    """
    if asked.answer.abstained or isinstance(asked.expected, Ambiguous):
        return None
    if not asked.answer.clarify:
        return judge(asked).right
    if not asked.chosen or isinstance(asked.expected, Unanswerable):
        return None
    return not fault_of(asked.case.question, asked.expected, asked.chosen[0])


def cluster(case: Judged) -> str:
    """The truth that a case shares with its other phrasings."""
    return case.asked.case.id.rpartition(".")[0] if not isinstance(case.asked.expected, Unanswerable) else case.asked.case.id


def _right(cases: Iterable[Judged]) -> Figure:
    return _share(case.verdict.right for case in cases)


def _share(trials: Iterable[bool]) -> Figure:
    held = list(trials)
    return share(sum(held), len(held))
