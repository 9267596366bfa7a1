"""A live model may reword a draft; what it turns, adds or loses is not said."""

from __future__ import annotations

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from agent.composing.draft import Draft, Sentence, render
from agent.verifying.text import check_sentence, check_text
from agent.wording import reword
from tests.agent.composing.company import ask, by_measure, draft_of, of, year

WON = ask("won_count", where=of("owner.region", "West"), window=year(2024))
TOP = ask("won_value", focus="top", by="owner", order=by_measure(), limit=2)


def slots(draft: Draft) -> str:
    return draft.sentences[0].template


def said(draft: Draft, reply: str, names: tuple[str, ...] = ()) -> str:
    """The text after a model replied so to the draft."""
    return render(reword(draft, FakeListChatModel(responses=[reply]), names)).text


def test_honest_rewording_is_said() -> None:
    draft = draft_of(WON, "en")
    who, count, when = ("{{q1.where.1}}", "{{q1.r1.m0|no}}", "{{q1.window}}")
    assert slots(draft) == f"{who} won {count} deals in {when}."
    assert said(draft, f"In {when}, {who} closed {count} won deals.") == "In 2024, West closed 13 [1] won deals."


@pytest.mark.parametrize(
    "reply",
    [
        "In {{q1.window}}, {{q1.where.1}} lost {{q1.r1.m0|no}} deals.",
        "{{q1.where.1}} won {{q1.r1.m0|no}} deals in {{q1.window}} because of better prices.",
        "{{q1.where.1}} won about {{q1.r1.m0|no}} deals in {{q1.window}}.",
        "{{q1.where.1}} won {{q1.r1.m0|no}} deals in {{q1.window}}. Ana should be promoted.",
        "{{q1.where.1}} won {{q1.r1.m0|no}} of 40 deals in {{q1.window}}.",
        "{{q1.where.1}} and East won {{q1.r1.m0|no}} deals in {{q1.window}}.",
        "{{q1.where.1}} won {{q1.r1.m0|no}} deals.",
        "{{q1.window}} won {{q1.r1.m0|no}} deals in {{q1.where.1}}.",
        "{{q1.where.1}} won {{q9.r1.m0}} deals in {{q1.window}}.",
        "Here is your answer:\n{{q1.where.1}} won {{q1.r1.m0|no}} deals in {{q1.window}}.",
        "",
    ],
)
def test_dishonest_rewording_is_not_said(reply: str) -> None:
    assert said(draft_of(WON, "en"), reply) == "West won 13 [1] deals in 2024."


def test_emphasis_and_numbering_are_taken_off() -> None:
    draft = draft_of(WON, "zh")
    assert said(draft, f"1. **{slots(draft)}**") == "2024年 West 共赢单 13 [1] 单。"


def test_names_known_to_the_data_cannot_come_in_as_ordinary_words() -> None:
    draft = draft_of(WON, "en")
    reply = "Overall {{q1.where.1}} won {{q1.r1.m0|no}} deals in {{q1.window}}."
    assert said(draft, reply, names=("Overall",)) == "West won 13 [1] deals in 2024."


def test_second_may_not_be_told_as_the_first() -> None:
    draft = draft_of(TOP, "en")
    turned = "Moses Frase leads with 687,403 in won value, ahead of 王芳 (486,495)."
    assert [fault.reason for fault in check_sentence(turned, draft.sentences[0], draft)] == ["misplaced"]


def test_text_with_another_number_of_sentences_or_other_notes_is_refused() -> None:
    draft = draft_of(WON, "en")
    whole = "West won 13 deals in 2024."
    assert check_text(f"{whole}\n\nCounted by close date.", draft, [whole]) == []
    assert [fault.reason for fault in check_text(f"{whole}\n\nCounted by open date.", draft, [whole])] == ["notes_differ"]
    assert [fault.reason for fault in check_text(whole, draft, [whole, "It was a good year."])] == ["sentences_differ"]


def test_failing_model_leaves_the_draft() -> None:
    draft = Draft("en", [Sentence("There is nothing.")])
    assert reword(draft, FakeListChatModel(responses=[])).sentences == draft.sentences


@pytest.mark.parametrize(
    "text",
    [
        "West lost no deals and won 13 in 2024.",
        "West won all 13 deals in 2024.",
        "West won its first 13 deals in 2024.",
        "West won 13 deals a month in 2024.",
        "West won 13 more deals in 2024.",
        "West won 13 deals by 2024.",
        "West won 13 deals from 2024 on.",
        "West would have won 13 deals in 2024.",
        "North West won 13 deals in 2024.",
        "West won 13 deals in 2024, a record.",
        "West won 13 accounts in 2024.",
    ],
)
def test_words_that_bound_blur_or_move_a_figure_are_refused(text: str) -> None:
    draft = draft_of(WON, "en")
    assert check_sentence(text, draft.sentences[0], draft)


@pytest.mark.parametrize(
    "text", ["赢单金额不到 150.6 万。", "每单赢单金额为 150.6 万。", "赢单数量为 150.6 万。", "赢单金额为 150.6 万元。", "赢单金额上升到 150.6 万。"]
)
def test_chinese_words_that_turn_a_figure_are_refused(text: str) -> None:
    draft = draft_of(ask("won_value"), "zh")
    assert check_sentence(text, draft.sentences[0], draft)
