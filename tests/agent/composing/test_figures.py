"""One figure, said as an analyst would: who did what, how much, when, how sure."""

from __future__ import annotations

from datetime import date

import pytest

from agent.answer import Language
from tests.agent.composing.company import answer, ask, draft_of, of, quarter, store, text, year
from tools.crm.query import And, Exists, MeasureRef, Plan, Window

SAID: list[tuple[Plan, str, str]] = [
    (ask("account_count", "account"), "There are 6 accounts.", "共有 6 个客户。"),
    (ask("account_count", "account", where=of("country", "Norway")), "There is 1 account in Norway.", "Norway 的客户共有 1 个。"),
    (ask("account_count", "account", where=of("country", "Peru")), "There are no accounts in Peru.", "Peru 的客户共有 0 个。"),
    (ask("won_count", where=of("owner", "Moses Frase")), "Moses Frase won 15 deals.", "Moses Frase 共赢单 15 单。"),
    (ask("won_count", where=of("owner.region", "West"), window=year(2024)), "West won 13 deals in 2024.", "2024年 West 共赢单 13 单。"),
    (ask("won_count", window=quarter(2025, 1)), "6 deals were won in Q1 2025.", "2025年第一季度共赢单 6 单。"),
    (ask("open_count", where=of("owner", "王芳")), "王芳 has 5 open deals.", "王芳有 5 个未结商机。"),
    (ask("deal_count", where=of("stage", "Engaging")), "There are 10 deals in stage Engaging.", "Engaging 阶段的商机共有 10 个。"),
    (ask("won_value"), "Won deals are worth 1.51 M.", "赢单金额为 150.6 万。"),
    (ask("won_value", where=of("owner.region", "West", op="ne")), "Won deals not in West are worth 687,403.", "West 以外的赢单金额为 68.74 万。"),
    (ask("won_value", where=of("owner", "王芳"), window=year(2025)), "王芳 won deals worth 540,975 in 2025.", "2025年王芳的赢单金额为 54.1 万。"),
    (
        ask("win_rate", window=quarter(2025, 2)),
        "The win rate in Q2 2025 was 50.0 % (23.7 to 76.3): 5 won of 10 closed deals.",
        "2025年第二季度的赢单率为 50.0 %（23.7 至 76.3）：10 个已关闭商机中赢单 5 个。",
    ),
    (
        ask("average_won_value", where=of("product", "GTX Pro")),
        "The average deal size for GTX Pro is 32,949 across 17 won deals.",
        "GTX Pro 的平均成交金额为 3.29 万，基于 17 个赢单商机。",
    ),
    (
        ask("account_revenue", "account", where=of("sector", "retail")),
        "The revenue of accounts in the retail sector adds up to 702.68.",
        "retail 行业的客户营业额合计为 702.68。",
    ),
    (ask("interaction_count", "interaction", where=of("kind", "visit")), "There are 18 visits.", "共有 18 次拜访。"),
    (ask("pipeline_value"), "No amount is recorded for open deals, so there is no sum.", "未结商机没有记录金额，无法合计。"),
    (
        ask("won_value", where=of("product", "Nothing"), window=year(2024)),
        "No amount is recorded for won deals for Nothing in 2024, so there is no sum.",
        "2024年 Nothing 的赢单商机没有记录金额，无法合计。",
    ),
]


@pytest.mark.parametrize(("plan", "english", "chinese"), SAID)
def test_figure_is_said_in_one_sentence(plan: Plan, english: str, chinese: str) -> None:
    assert text(plan, "en") == english
    assert text(plan, "zh") == chinese


def test_first_claim_is_the_figure() -> None:
    first = answer(ask("won_count", where=of("owner", "Moses Frase")), "en").claims[0]
    assert (first.text, first.value) == ("15", 15)


def test_zero_is_a_claim_too() -> None:
    first = answer(ask("account_count", "account", where=of("country", "Peru")), "en").claims[0]
    assert (first.text, first.value) == ("no", 0)


def test_what_the_question_named_is_no_claim() -> None:
    claims = answer(ask("won_count", where=of("owner.region", "West"), window=year(2024)), "en").claims
    assert [claim.value for claim in claims] == [13]


@pytest.mark.parametrize(
    ("where", "english", "chinese"),
    [
        (of("amount", "20000", op="gt"), "over 20,000", "金额超过 2 万的商机"),
        (of("amount", "20000", op="le"), "of 20,000 or less", "金额不超过 2 万的商机"),
        (of("owner.manager", "Dustin Brinkmann"), "of Dustin Brinkmann's team", "Dustin Brinkmann 团队的商机"),
        (of("owner", "王芳", "Ana Lima"), "of 王芳 or Ana Lima", "王芳或 Ana Lima 的商机"),
        (of("product", "GTX Pro", op="ne"), "not for GTX Pro", "GTX Pro 以外的商机"),
        (of("amount", op="is_null"), "without amount", "没有金额的商机"),
        (And(parts=(of("owner", "王芳"), of("amount", "20000", op="gt"))), "of 王芳 over 20,000", "王芳、金额超过 2 万的商机"),
    ],
)
def test_conditions_are_said_naturally(where: object, english: str, chinese: str) -> None:
    plan = ask(None, focus="list", where=where, select=("name",))
    assert english in text(plan, "en")
    assert text(plan, "zh").startswith(chinese)


def test_related_records_are_said_with_their_own_conditions() -> None:
    plan = ask("account_count", "account", where=Exists(entity="opportunity", via="account", where=of("status", "won"), absent=True))
    assert text(plan, "en") == "There is 1 account without won deals."
    assert text(plan, "zh") == "没有赢单商机的客户共有 1 个。"


def test_earlier_period_is_compared_with_the_difference_in_words() -> None:
    plan = ask("won_value", window=quarter(2025, 2), compare=quarter(2025, 1), focus="compare")
    assert text(plan, "en") == "The won value in Q2 2025 was 222,838, 1,731 (0.8 %) less than the 224,569 in Q1 2025."
    assert text(plan, "zh") == "2025年第二季度的赢单金额为 22.28 万，比 2025年第一季度的 22.46 万少 1,731（0.8 %）。"


def test_rates_of_two_periods_differ_in_points() -> None:
    plan = ask("win_rate", window=year(2025), compare=year(2024), focus="compare")
    assert text(plan, "en") == "The win rate in 2025 was 57.5 %, 2.5 pp higher than the 55.0 % in 2024."
    assert text(plan, "zh") == "2025年的赢单率为 57.5 %，比 2024年的 55.0 % 高 2.5 个百分点。"


def test_currencies_that_cannot_be_added_stand_apart() -> None:
    assert text(ask("won_value"), "en", session=store(True)) == "Won deals are worth ¥654,508 and $851,030."
    assert text(ask("won_value"), "zh", session=store(True)) == "赢单金额为 65.45 万元、85.1 万美元。"


def test_period_over_another_day_names_that_day() -> None:
    window = year(2024).model_copy(update={"path": "opened_on"})
    assert text(ask("deal_count", window=window), "en") == "There are 49 deals created in 2024."
    assert text(ask("deal_count", window=window), "zh") == "2024年创建的商机共有 49 个。"


LAST = Window(start=date(2025, 10, 1), end=date(2025, 12, 31), words_en="last quarter (Q4 2025)", words_zh="上季度（2025 年第四季度）")


@pytest.mark.parametrize(
    ("language", "note"), [("en", "Relative dates count from 31 Dec 2025, where the data ends."), ("zh", "数据截至 2025年12月31日，相对日期由此起算。")]
)
def test_relative_dates_say_where_they_count_from(language: Language, note: str) -> None:
    assert note in draft_of(ask("won_count", window=LAST), language, data_end=date(2025, 12, 31)).notes
    assert note not in draft_of(ask("won_count", window=year(2025)), language, data_end=date(2025, 12, 31)).notes


def test_notes_stay_short() -> None:
    plan = ask(MeasureRef(measure="sales_cycle"), window=LAST)
    assert len(draft_of(plan, "en", data_end=date(2025, 12, 31)).notes) == 2
