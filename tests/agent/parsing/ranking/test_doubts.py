"""The doubts about a plan: each shows where the question gives cause for it, and every way to a plan states a confidence that comes from them."""

from __future__ import annotations

import pytest

from agent.parsing import Parse, ParseContext, Vocabulary, parse
from agent.parsing.ranking import Certainty, Ranker, together, trained_ranker
from tests.agent.parsing.conftest import TODAY, Reader
from tools.crm.query import Plan
from tools.crm.semantic import SemanticModel

TWO_STEPS = "average deal size of the two reps with the most won deals"
WAYS = {
    "one step": ("how many won deals are there", None),
    "two steps": (TWO_STEPS, None),
    "thread": ("and in South?", "won deals in North"),
    "several questions": ("How many accounts are there? And which rep won the most deals?", None),
    "overview": ("what can I ask?", None),
}


@pytest.mark.parametrize(
    ("question", "plainer", "name"),
    [
        ("won value of Granit Optics", "won value of Granite Optics", "found by typo"),
        (TWO_STEPS, "average deal size", "two steps"),
        (TWO_STEPS, "average deal size", "chosen groups"),
        ("accounts with partner grade gold", "accounts in China", "own columns"),
        ("how many accounts are not in China", "how many accounts are in China", "exceptions"),
        ("won value by sector", "won value", "joins"),
        ("won value by month", "won value", "units of time"),
        ("won value in 2025", "won value", "period"),
        ("恒星的赢单金额", "赢单金额", "found by part"),
    ],
)
def test_cause_for_doubt_shows_where_it_is_and_not_where_it_is_not(question: str, plainer: str, name: str, read: Reader) -> None:
    assert read(question).doubts.get(name, 0.0) > read(plainer).doubts.get(name, 0.0)


@pytest.mark.parametrize("way", list(WAYS))
def test_every_way_to_a_plan_states_the_confidence_of_its_doubts(way: str, read: Reader) -> None:
    found = asked(way, read.model, read.vocabulary, trained_ranker())

    assert found.plan is not None
    assert found.confidence == pytest.approx(trained_ranker().certainty.chance(found.doubts))
    assert 0.0 < found.confidence < 1.0
    assert way == "one step" or found.doubts[way] == 1.0


@pytest.mark.parametrize("way", list(WAYS))
def test_plan_below_the_least_confidence_is_not_given_whichever_way_it_was_made(way: str, read: Reader) -> None:
    careful = Ranker(trained_ranker().weights, trained_ranker().certainty.model_copy(update={"answer_from": 1.0}))

    found = asked(way, read.model, read.vocabulary, careful)

    assert found.plan is None
    assert found.reason == "not_understood"


def test_follow_up_is_doubted_for_what_it_adds_and_not_for_what_was_there(read: Reader) -> None:
    before = read.plan("won value by sector in 2025")
    found = read("only accounts in China", before)

    assert found.doubts["conditions"] == 1.0
    assert not {"period", "groups"} & found.doubts.keys()


def test_several_questions_are_as_doubtful_as_the_most_doubtful_of_them() -> None:
    found = together([{"constant": 1.0, "cost": 0.2, "joins": 2.0}, {"constant": 1.0, "cost": 0.9}])

    assert found == {"constant": 1.0, "cost": 0.9, "joins": 2.0, "several questions": 1.0}


def test_more_doubt_lowers_the_chance_and_unknown_doubts_leave_it() -> None:
    certainty = Certainty(version=1, settings="", weights={"constant": 1.0, "cost": -2.0}, answer_from=0.0)

    assert certainty.chance({"constant": 1.0, "cost": 1.0}) < certainty.chance({"constant": 1.0})
    assert certainty.chance({"constant": 1.0, "new": 9.0}) == certainty.chance({"constant": 1.0})


def asked(way: str, model: SemanticModel, vocabulary: Vocabulary, ranker: Ranker) -> Parse:
    question, before = WAYS[way]
    previous: Plan | None = parse(before, model, vocabulary, ParseContext(today=TODAY)).plan if before else None
    return parse(question, model, vocabulary, ParseContext(today=TODAY, previous=previous, ranker=ranker))


def test_question_refused_for_its_words_still_has_a_best_reading_which_is_trusted_less(read: Reader) -> None:
    guessing = Ranker(trained_ranker().weights, trained_ranker().certainty.model_copy(update={"answer_from": 0.0}), guesses=True)
    question = "won value of zorblax in China"

    guess = parse(question, read.model, read.vocabulary, ParseContext(today=TODAY, ranker=guessing))
    plain = parse("won value in China", read.model, read.vocabulary, ParseContext(today=TODAY, ranker=guessing))

    assert parse(question, read.model, read.vocabulary, ParseContext(today=TODAY)).plan is None
    assert guess.plan is not None
    assert guess.doubts["words unexplained"] == 1.0
    assert guess.confidence < plain.confidence
    assert "refused" not in plain.doubts
