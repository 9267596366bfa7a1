"""Questions that are answered without one word: only where that is trusted, never without a name, a number or a denial, and the answer says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from agent.parsing import Parse, ParseContext, parse
from agent.parsing.language.text import tokenise
from agent.parsing.linking.items import Item, Linked
from agent.parsing.ranking import Ranker, leaves_one_out, trained_ranker
from agent.parsing.ranking.left_words import left_doubts
from tests.agent.parsing.conftest import TODAY, Reader


@dataclass(frozen=True)
class Vectors:
    """Says how near anything is to anything, and which words there are."""

    near: float
    words: tuple[str, ...] = ()

    def nearness(self, word: str, texts: Sequence[str]) -> float:
        return self.near if texts else 0.0

    def is_word(self, word: str) -> bool:
        return word in self.words


def asked(read: Reader, question: str, least: float) -> Parse:
    trained = trained_ranker()
    ranker = Ranker(trained.weights, trained.certainty.model_copy(update={"answer_without_from": least}))
    return parse(question, read.model, read.vocabulary, ParseContext(today=TODAY, ranker=ranker))


def doubted(question: str, place: int, near: Vectors | None, end: int | None = None) -> dict[str, float]:
    tokens = tokenise(question)
    text = "".join(token.text for token in tokens[place : end or place + 1])
    return dict(left_doubts(question, Linked(tokens, (), ()), (Item(place, end or place + 1, text),), "won value", iter(["won value"]), near))


def test_word_is_left_out_where_that_is_trusted_and_the_answer_says_so(read: Reader) -> None:
    found = asked(read, "won value of zorblax in China", 0.0)

    assert found.plan is not None
    assert [each.en for each in found.plan.assumptions if "zorblax" in each.en] == ["“zorblax” was not understood; this is answered without it."]
    assert found.confidence == pytest.approx(trained_ranker().certainty.chance(found.doubts))


def test_word_is_not_left_out_where_that_is_not_trusted(read: Reader) -> None:
    found = asked(read, "won value of zorblax in China", 1.0)

    assert (found.plan, found.not_understood) == (None, ("zorblax",))


@pytest.mark.parametrize(
    "question",
    [
        "won value of Zorblax in China",
        "won value of zorblax in quuxland",
        "won value in 1802",
        "how many accounts are there and how many zorblax?",
        "魏小宝的赢单金额",
        "魏晓的赢单金额",
    ],
)
def test_names_numbers_two_words_and_second_questions_are_never_left_out(read: Reader, question: str) -> None:
    assert asked(read, question, 0.0).plan is None


@pytest.mark.parametrize(
    "question",
    [
        "deals with zorblax above 10%",
        "zorblax最高的商机",
        "zorblax超过10%的商机有哪些",
        "the 5 deals with the highest zorblax",
        "won value by zorblax",
        "how many of our deals are zorblax?",
    ],
)
def test_what_is_bounded_ranked_or_grouped_by_is_never_left_out(read: Reader, question: str) -> None:
    assert asked(read, question, 0.0).plan is None


def test_words_near_to_what_is_said_are_doubted_less_than_far_ones_and_those_without_vectors_most() -> None:
    near, far, blind = (doubted("won value of zorblax", 3, each) for each in (Vectors(0.9), Vectors(0.2), None))

    for name in ("said otherwise", "left unlike the rest"):
        assert near[name] < far[name] < blind[name] == 1.0


@pytest.mark.parametrize(
    ("question", "place", "end", "turns"),
    [
        ("won value of Zorblax", 3, 4, True),
        ("won value of zorblax", 3, 4, False),
        ("赢单金额韩冰", 4, 6, True),
        ("赢单金额项目", 4, 6, False),
        ("won value of x9", 3, 5, True),
    ],
)
def test_names_and_numbers_turn_a_question(question: str, place: int, end: int, turns: bool) -> None:
    found = doubted(question, place, Vectors(0.5, words=("项目",)), end)

    assert bool(found["left word turns"]) is turns


@pytest.mark.parametrize(
    ("question", "word", "asked_for"),
    [
        ("GTX的库存还有多少台", "库存", True),
        ("项目的运费一共花了多少", "运费", True),
        ("结果没中标的项目有多少", "结果", False),
        ("how much commission did we pay", "commission", True),
        ("what was the gross margin on won deals", "margin", True),
        ("credit rating of the account", "credit", True),
        ("won value of zorblax accounts", "zorblax", False),
        ("欠款的客户", "欠", True),
    ],
)
def test_what_a_question_asks_for_is_never_left_out(question: str, word: str, asked_for: bool) -> None:
    tokens = tokenise(question)
    known = {"多少": ("count",), "how": ("amount",), "what": ("lookup",), "一共": ("sum",), "花了": ("paid",)}
    items = tuple(
        Item(start, end, said, cues=known[said])
        for start in range(len(tokens))
        for end in range(start + 1, min(start + 3, len(tokens) + 1))
        if (said := "".join(token.text for token in tokens[start:end])) in known
    )
    start, end = next((at, to) for at in range(len(tokens)) for to in range(at + 1, len(tokens) + 1) if "".join(token.text for token in tokens[at:to]) == word)
    near = Vectors(0.5, words=("库存", "运费", "结果"))
    found = dict(left_doubts(question, Linked(tokens, items, ()), (Item(start, end, word),), "won value", iter(["won value"]), near))

    assert bool(found["left word turns"]) is asked_for


@pytest.mark.parametrize(
    ("figures", "one"),
    [({"words unexplained": 1.0}, True), ({"words unexplained": 2.0}, False), ({}, False), ({"words unexplained": 1.0, "left word turns": 1.0}, False)],
)
def test_exactly_one_word_that_does_not_turn_the_question_may_be_left_out(figures: dict[str, float], one: bool) -> None:
    assert leaves_one_out(figures) is one
