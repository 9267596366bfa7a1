"""The question within what people say around it, and idioms in plain words."""

from __future__ import annotations

import pytest

from agent.parsing.wording.framing import question_within

TELLING = ("deals", "invoices", "accounts", "leads", "rep", "visits", "Q3", "West", "won", "median", "step", "price", "contracts")


def tells(words: str) -> bool:
    return bool(set(words.replace("?", "").replace(",", "").split()) & set(TELLING))


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Finance wants to know how many of our invoices are open", "how many of our invoices are open"),
        ("A customer keeps asking which deals we won", "which deals we won"),
        ("We're preparing the yearly report - how many deals did we win?", "how many deals did we win?"),
        ("Morning! Quick one for the Monday call: how many accounts are strategic?", "how many accounts are strategic?"),
        ("For a dinner with the board, how many accounts are strategic?", "how many accounts are strategic?"),
        ("How many deals did we win in Q3? I'm putting together some slides.", "How many deals did we win in Q3"),
        ("Which deals did we win, for my weekly report?", "Which deals did we win?"),
        ("Not the average - I need the median of won deals", "I need the median of won deals"),
        ("I'd like to thank the rep with most visits, who's that?", "who is the rep with most visits?"),
        ("Please check whether we have open invoices", "do we have open invoices"),
        ("show deals >= $10,000", "show deals at least $10,000"),
        ("deals w/o a next step", "deals without a next step"),
        ("won deals, leaving West out", "won deals, excluding West"),
    ],
)
def test_what_is_said_around_a_question_is_dropped(said: str, asked: str) -> None:
    assert question_within(said, tells) == asked


@pytest.mark.parametrize(
    "said",
    [
        "I only care about Brazil - how many deals did we win?",  # may well limit what is asked
        "I'm looking at Brazil, how many deals did we win?",
        "We won deals with resellers - how many were there?",
        "The resellers, how many deals did they win?",
        "We sell through resellers, how many deals did they bring?",
        "For resellers, how many deals did we win?",
        "Which accounts asked how many deals we won?",
        "When we lost deals in Q3, which rep was it?",
        "有多少 deals",
    ],
)
def test_what_may_limit_a_question_is_kept(said: str) -> None:
    assert question_within(said, tells) == said


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("How often does Ada Brook win?", "what is the win rate of Ada Brook?"),
        ("Which rival takes the most bookings off us?", "Which rival did we lose the most deals to?"),
        ("Who has bought RiskLens from us?", "which customers bought RiskLens from us?"),
        ("How much does RiskLens cost?", "what is the list price of RiskLens?"),
        ("Ada Brook is on whose team?", "who is the manager of Ada Brook?"),
        ("Show how win rates differ from region to region", "Show how win rates differ by region"),
        ("won value for the third and fourth quarters of 2025", "won value for Q3 2025 and Q4 2025"),
        ("Which source of leads converts best?", "Which source of leads has the highest lead conversion rate?"),
        ("open pipeline weighted by win probability", "weighted pipeline"),
        ("What's the weighted pipeline, amount times probability?", "What's the weighted pipeline?"),
        ("how often did we win deals", "how often did we win deals"),  # that is counted
        ("How much did it cost us?", "How much did it cost us?"),
    ],
)
def test_idiom_is_said_in_plain_words(said: str, plain: str) -> None:
    assert question_within(said, tells) == plain


@pytest.mark.parametrize(
    ("said", "within"),
    [
        ("老板早会要问：今年赢了多少单", "今年赢了多少单"),
        ("财务催我要数: won deals 有几单", "won deals 有几单"),
        ("总部的客户：今年赢了多少单", "总部的客户：今年赢了多少单"),
    ],
)
def test_who_wants_to_know_it_before_a_colon_is_no_part_of_the_question(said: str, within: str) -> None:
    assert question_within(said, lambda words: True) == within
