"""Words that say nothing of their own, words for what has ended, single characters, and what the thesaurus takes for one thing."""

from __future__ import annotations

import pytest

from agent.parsing.language.lexicon import neutral_words
from agent.parsing.language.text import tokenise
from agent.parsing.language.word_forms import key_of
from agent.parsing.linking.neutral import without_neutral
from agent.parsing.linking.validity import _PATTERNS, LAPSED, VALID
from agent.parsing.wording.rewording import reword
from tools.crm.semantic.thesaurus import MODIFYING, concepts


def cue_of(text: str) -> str | None:
    return next((cue for cue, pattern in _PATTERNS if pattern.search(text)), None)


@pytest.mark.parametrize(
    "text", ["还在质保期内的设备", "仍在有效期内的卡", "没过期的证", "still under warranty", "valid today", "aren't expired", "not yet expired"]
)
def test_what_has_not_ended_is_valid(text: str) -> None:
    assert cue_of(text) == VALID


@pytest.mark.parametrize("text", ["已经过保的设备", "已过期的证", "out of warranty", "out-of-warranty repairs", "no longer under warranty", "have expired"])
def test_what_has_ended_is_lapsed(text: str) -> None:
    assert cue_of(text) == LAPSED


@pytest.mark.parametrize("text", ["账期内付的款", "本期内的拜访", "试用期内的客户", "60天内到期"])
def test_another_span_of_time_says_nothing_of_validity(text: str) -> None:
    assert cue_of(text) is None


@pytest.mark.parametrize(("question", "left"), [("draws", []), ("落", []), ("passed", [0]), ("rate", [0]), ("应付", [0, 1]), ("cancelled", [0])])
def test_only_words_without_a_meaning_of_their_own_are_left_out(question: str, left: list[int]) -> None:
    tokens = tokenise(question)
    assert without_neutral(tokens, list(range(len(tokens)))) == left


def test_words_that_tell_records_apart_are_not_neutral() -> None:
    assert not neutral_words() & {"cancelled", "returned", "late", "valid", "hot", "healthy", "passed", "获得", "退回", "应付"}


@pytest.mark.parametrize(("one", "other"), [("机器", "设备"), ("churn", "流失"), ("installed", "装机"), ("payment terms", "账期")])
def test_words_for_one_thing_share_a_concept(one: str, other: str) -> None:
    assert concepts(one) & concepts(other)


@pytest.mark.parametrize(("one", "other"), [("保修", "维修"), ("planned", "actual"), ("quote", "contract"), ("to be shipped", "shipped")])
def test_words_that_differ_share_none(one: str, other: str) -> None:
    assert not concepts(one) & concepts(other)


def test_words_that_only_say_more_are_marked() -> None:
    assert all(key.startswith(MODIFYING) for key in concepts("primary"))
    assert concepts("primary")


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("区域×产品线的数量", "按区域和产品线的数量"),
        ("按区域乘产品线，拆开", "按区域和产品线，拆开"),
        ("won by region x sector", "won by region and sector"),
    ],
)
def test_two_groups_crossed_are_two_groups(said: str, plain: str) -> None:
    assert reword(said) == plain


@pytest.mark.parametrize("word", ["supplied", "supplies", "supplying"])
def test_verbs_in_y_are_one_word_in_all_their_forms(word: str) -> None:
    assert key_of(word) == key_of("supply")


@pytest.mark.parametrize(("said", "plain"), [("5次以上（含5次）的客户", "5次以上的客户"), ("1 to 3 million, both ends included", "1 million to 3 million")])
def test_a_bound_said_to_be_included_is_said_once(said: str, plain: str) -> None:
    assert reword(said) == plain
