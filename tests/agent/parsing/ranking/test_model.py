"""The ranker: what it prefers, what it tells of its certainty, and that it can be left out."""

from __future__ import annotations

import pytest

from agent.parsing import ParseContext, Vocabulary, parse
from agent.parsing.linking.links import link
from agent.parsing.parsed import everything
from agent.parsing.ranking import hand_set_ranker, trained_ranker
from agent.parsing.ranking.features import Asked, features
from agent.parsing.ranking.model import SHORTLIST
from agent.parsing.reading.candidates import readings
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.signals import read_signals
from tests.agent.parsing.conftest import TODAY
from tools.crm.semantic import SemanticModel


def read_all(question: str, vocabulary: Vocabulary) -> list[Reading]:
    return readings(read_signals(link(question, vocabulary, TODAY, everything)), Paths(vocabulary), None)


def test_shares_of_belief_add_up_to_one_and_fall(vocabulary: Vocabulary) -> None:
    ranked = trained_ranker().rank(read_all("won value in North by product", vocabulary), "en")
    assert sum(each.share for each in ranked) == pytest.approx(1.0)
    assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)


def test_each_query_is_ranked_once_and_only_the_most_promising(vocabulary: Vocabulary) -> None:
    ranked = trained_ranker().rank(read_all("top 2 reps by won value in 2025", vocabulary), "en")
    assert len({each.query for each in ranked}) == len(ranked) <= SHORTLIST


def test_without_training_the_hand_set_order_stays(vocabulary: Vocabulary) -> None:
    found = read_all("accounts with partner grade gold by owner", vocabulary)
    ranked = hand_set_ranker().rank(found, "en")
    assert [each.score for each in ranked] == pytest.approx([each.reading.fit - each.reading.cost for each in ranked])
    assert ranked[0].query == found[0].query()


def test_nothing_read_is_ranked_as_nothing() -> None:
    ranker = trained_ranker()
    assert ranker.rank([], "en") == []


def test_words_said_back_speak_for_a_reading(vocabulary: Vocabulary) -> None:
    found = read_all("average number of employees", vocabulary)
    asked = Asked(found[0].signals, "en")
    named = next(each for each in found if each.measures and each.measures[0].path == "employees")
    other = next(each for each in found if not (each.measures and each.measures[0].path == "employees"))
    assert features(named, asked)["words heard"] > features(other, asked).get("words heard", 0.0)


def test_plain_question_is_surer_than_one_with_a_guessed_name(model: SemanticModel, vocabulary: Vocabulary) -> None:
    plain = parse("how many accounts are there", model, vocabulary, ParseContext(today=TODAY))
    guessed = parse("恒星的赢单金额，阶段", model, vocabulary, ParseContext(today=TODAY))
    assert plain.plan is not None
    assert plain.confidence > 0.7
    assert guessed.confidence < plain.confidence < 1.0
