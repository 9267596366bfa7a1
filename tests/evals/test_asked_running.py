"""A set of questions asked of a real store, judged, counted and reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evals.asked import stores
from evals.asked.asking import ask_set
from evals.asked.expecting import AnyOf, Case, Expected, Figure, Groups, QuestionSet
from evals.asked.judging import judge
from evals.asked.metrics import Judged, figures, readings
from evals.asked.raw import Raw, total
from evals.asked.reporting import write_report
from evals.asked.sets import CALIBRATING
from evals.asked.switching import WHOLE, Switches

DEALS = (
    "Opportunity ID,Opportunity name,Region,Stage,Amount,Created date,Close date\n"
    "d1,Alder,North,Closed won,1200,2026-01-05,2026-02-20\n"
    "d2,Birch,North,Closed won,800,2026-01-08,2026-03-02\n"
    "d3,Cedar,East,Closed lost,500,2026-01-11,2026-02-21\n"
    "d4,Damson,East,Closed won,3000,2026-01-15,2026-03-10\n"
)


@pytest.fixture
def questions() -> QuestionSet:
    """Questions of every outcome; one of them expects something wrong, to be found out."""
    found = QuestionSet("maven_try", date(2026, 3, 20), "own")

    @found.asks("How many deals did we win?", "共赢单多少单？")
    def won(raw: Raw) -> Expected:
        return Figure(sum(row["Stage"] == "Closed won" for row in raw["opportunities"]))

    @found.asks("How many deals were lost?")
    def mistaken(raw: Raw) -> Expected:
        return Figure(total(raw["opportunities"], "Amount"))

    def won_by_month(raw: Raw) -> Expected:
        return AnyOf((Groups({"2026-02": 1, "2026-03": 2}), Groups({"2026-01": 3})))

    found.unanswerable(("How is the weather in Oslo?", "weather"))
    found.thread("months", ("How many deals did we win?", won), ("and by month?", won_by_month))
    return found


@pytest.fixture
def _export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "opportunities.csv").write_text(DEALS, "utf-8")
    build = tmp_path / "build"
    build.mkdir()
    monkeypatch.setattr(stores, "BUILD", build)
    monkeypatch.setattr(stores, "MAVEN", folder)


@pytest.mark.usefixtures("_export")
def test_set_is_asked_judged_counted_and_reported(questions: QuestionSet, tmp_path: Path) -> None:
    cases = [Judged(questions, asked, judge(asked)) for asked in ask_set(questions, questions.cases)]

    outcomes = {case.asked.case.id.removeprefix("maven_try."): case.verdict.outcome for case in cases}
    assert outcomes == {
        "won.1": "right",
        "won.2": "right",
        "mistaken.1": "wrong",
        "unanswerable.3": "right",
        "months.0": "right",
        "months.1": "right",
    }
    found = figures(cases)
    assert (found["crm_accuracy"].metric, found["crm_accuracy"].n) == (0.75, 4)
    assert (found["crm_accuracy_zh"].metric, found["crm_accuracy_zh"].n) == (1, 1)
    assert (found["abstention_recall"].metric, found["abstention_recall"].n) == (1, 1)
    assert (found["followup_accuracy"].metric, found["followup_accuracy"].n) == (1, 1)
    assert (found["wrong_when_answered"].metric, found["wrong_when_answered"].n) == (0.2, 5)
    assert found["parser_auroc"].n == 0  # nothing here was kept from those who tune

    report = tmp_path / "report.md"
    write_report(report, cases, found, {"Ablations": {"whole": found}}, 1.0)
    written = report.read_text("utf-8")
    assert "How many deals were lost?" in written
    assert "weather" not in written.partition("## Failures")[2]
    assert (tmp_path / "report-reliability.svg").is_file()


@pytest.mark.usefixtures("_export")
def test_failures_of_a_set_that_others_wrote_stay_unread(questions: QuestionSet, tmp_path: Path) -> None:
    questions.written_by = "fresh"
    cases = [Judged(questions, asked, judge(asked)) for asked in ask_set(questions, _named(questions, "mistaken"))]

    write_report(tmp_path / "report.md", cases, figures(cases), {}, 1.0)

    assert [case.verdict.outcome for case in cases] == ["wrong"]
    assert "How many deals were lost?" not in (tmp_path / "report.md").read_text("utf-8")


@pytest.mark.usefixtures("_export")
def test_set_kept_for_calibration_is_in_no_figure(questions: QuestionSet) -> None:
    cases = [Judged(questions, asked, judge(asked)) for asked in ask_set(questions, _named(questions, "won"))]
    assert any(figure.n for figure in figures(cases).values())

    questions.name = CALIBRATING[0]

    assert not any(figure.n for figure in figures(cases).values())


@pytest.mark.usefixtures("_export")
def test_reading_that_was_refused_counts_as_one_that_confidence_has_to_tell(questions: QuestionSet) -> None:
    questions.written_by = "fresh"
    questions.unanswerable(("How many deals did Zorblax win?", "Zorblax"))
    case = questions.cases[-1]
    (asked,) = ask_set(questions, [case])
    (guess,) = ask_set(questions, [case], Switches(without_refusal=True))

    refused = Judged(questions, asked, judge(asked))

    assert asked.answer.abstained
    assert figures([refused])["parser_auroc"].n == 0
    assert [(trial.stated, trial.right) for trial in readings([replace(refused, guess=guess)])] == [(guess.confidence, False)]


@pytest.mark.usefixtures("_export")
def test_store_is_imported_once_and_stays_as_it_was(questions: QuestionSet) -> None:
    place = stores.imported("maven", stores.MAVEN)
    before = (place / "plumbline.db").read_bytes()

    list(ask_set(questions, _named(questions, "won")))

    assert stores.imported("maven", stores.MAVEN) == place
    assert (place / "plumbline.db").read_bytes() == before
    assert [each.name for each in stores.BUILD.iterdir()] == [place.name]


@pytest.mark.usefixtures("_export")
def test_without_the_words_of_the_store_its_values_are_not_understood(questions: QuestionSet) -> None:
    case = Case("maven_try.north.1", "How many deals did we win in North?", lambda raw: Figure(2), "en")

    (whole,) = ask_set(questions, [case], WHOLE)
    (without,) = ask_set(questions, [case], Switches(without_own_vocabulary=True))

    assert judge(whole).outcome == "right"
    assert judge(without).outcome != "right"


def test_set_whose_export_is_absent_is_not_asked(questions: QuestionSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "MAVEN", tmp_path / "nowhere")

    assert list(ask_set(questions, questions.cases)) == []


def _named(questions: QuestionSet, name: str) -> list[Case]:
    return [case for case in questions.cases if case.id.split(".")[1] == name]
