"""Groups: the first, the last, how far apart, how it went, which pass a bound."""

from __future__ import annotations

from tests.agent.composing.company import answer, ask, by_measure, draft_of, of, store, text, year
from tools.crm.query import Dimension, Having, MeasureRef


def test_top_names_the_first_then_its_value() -> None:
    plan = ask("won_value", focus="top", by="owner", order=by_measure(), limit=2)
    assert text(plan, "en") == "王芳 leads with 687,403 in won value, ahead of Moses Frase (486,495)."
    assert text(plan, "zh") == "赢单金额最高的是王芳，为 68.74 万，其次是 Moses Frase（48.65 万）。"
    assert [claim.value for claim in answer(plan, "zh").claims[:2]] == ["王芳", 687403]


def test_bottom_is_said_as_such() -> None:
    plan = ask("win_rate", focus="top", by="product", order=by_measure(False), limit=1)
    assert text(plan, "en") == "GTX Basic has the lowest win rate, 25.0 % (12.7 to 43.4)."
    assert text(plan, "zh") == "赢单率最低的是 GTX Basic，为 25.0 %（12.7 至 43.4）。"


def test_single_row_of_a_ranking_is_a_superlative() -> None:
    draft = draft_of(ask("won_count", focus="top", by="owner", order=by_measure(), limit=1), "en")
    assert draft.sentences[0].direction == "up"
    assert any(address.endswith("_rank") for address in draft.cells)


def test_ties_at_the_top_share_it() -> None:
    plan = ask("account_count", "account", focus="top", by="sector", order=by_measure(), limit=5)
    assert text(plan, "en") == "medical, retail and software share the most accounts, 2 each."
    assert text(plan, "zh") == "客户数最多的是 medical、retail、software，并列为 2。"


def test_ties_at_the_border_are_said() -> None:
    plan = ask("account_count", "account", focus="top", by="country", order=by_measure(), limit=2)
    assert text(plan, "en").endswith("Others equal the last one listed.")
    assert text(plan, "zh").endswith("另有与最后一名并列的。")


def test_many_groups_are_told_by_both_ends() -> None:
    plan = ask("won_count", focus="breakdown", by=Dimension(path="account"), where=of("account.country", "Kenya", "Japan", "China"))
    assert "ahead of" in text(plan, "en")
    assert len(draft_of(plan, "en").tables[0].rows) == 5


def test_two_groups_are_compared_absolutely_and_relatively() -> None:
    plan = ask("won_value", focus="compare", by="owner.region", where=of("owner.region", "West", "East"))
    assert text(plan, "en") == "In won value, West (818,135) is 130,732 (19.0 %) ahead of East (687,403)."
    assert text(plan, "zh") == "赢单金额：West 为 81.81 万，比 East 的 68.74 万高出 13.07 万（19.0 %）。"


def test_two_groups_are_compared_by_each_of_the_figures_asked_for() -> None:
    plan = ask("won_count", focus="compare", by="owner.region", where=of("owner.region", "West", "East"))
    both = (MeasureRef(measure="won_count"), MeasureRef(measure="won_value"))
    plan = plan.model_copy(update={"queries": (plan.queries[0].model_copy(update={"measures": both}),)})
    assert [sentence.direction for sentence in draft_of(plan, "zh").sentences[:2]] == ["up", "up"]
    assert "赢单数" in text(plan, "zh")
    assert "赢单金额" in text(plan, "zh")


def test_rates_are_compared_in_points_and_by_their_intervals() -> None:
    plan = ask("win_rate", focus="compare", by="owner", where=of("owner", "Ana Lima", "王芳"))
    assert text(plan, "en") == "In win rate, 王芳 (80.0 %, 60.9 to 91.1) is 40.0 pp ahead of Ana Lima (40.0 %, 23.4 to 59.3). Their intervals don't overlap."
    assert text(plan, "zh") == "赢单率：王芳（80.0 %，60.9 至 91.1）比 Ana Lima（40.0 %，23.4 至 59.3）高出 40.0 个百分点。两者区间不重叠。"


def test_overlapping_intervals_are_admitted() -> None:
    plan = ask("win_rate", focus="compare", by="product", where=of("product", "GTX Pro", "MG Special"))
    assert text(plan, "en").endswith("Their intervals overlap, so chance may explain the difference.")


def test_trend_has_its_ends_and_its_peak() -> None:
    plan = ask("won_count", focus="trend", by=Dimension(path="close_on", grain="quarter"))
    assert text(plan, "en") == "Won deals rose from 4 in Q1 2024 to 6 in Q4 2025; the peak was 7 in Q2 2024."
    assert text(plan, "zh") == "赢单数从 2024年第一季度的 4 升至 2025年第四季度的 6；最高在 2024年第二季度，为 7。"


def test_share_comes_first() -> None:
    plan = ask(MeasureRef(measure="won_value", share=True), focus="share", by="product", only=("GTX Pro",))
    assert text(plan, "en") == "GTX Pro accounts for 37.2 % of the won value: 560,133 of 1.51 M."
    assert text(plan, "zh") == "GTX Pro 占赢单金额的 37.2 %，即 56.01 万，总计为 150.6 万。"
    assert answer(plan, "en").claims[0].text == "37.2 %"


def test_groups_beyond_a_bound_are_counted_and_named() -> None:
    plan = ask("won_count", focus="list", by="owner", having=(Having(op="gt", value="12"),), order=by_measure())
    assert text(plan, "en") == "2 sales reps have more than 12 won deals: 王芳 (20) and Moses Frase (15)."
    assert text(plan, "zh") == "赢单数超过 12 的销售有 2 名：王芳（20）、Moses Frase（15）。"
    assert answer(plan, "en").claims[0].value == 2


def test_no_group_beyond_a_bound_is_zero() -> None:
    plan = ask("won_count", focus="list", by="owner", having=(Having(op="gt", value="900"),), order=by_measure())
    assert text(plan, "en") == "no sales reps have more than 900 won deals.".capitalize()
    assert answer(plan, "zh").claims[0].value == 0


def test_amounts_in_several_currencies_are_ranked_apart() -> None:
    plan = ask("won_value", focus="top", by="owner", order=by_measure(), limit=5)
    assert text(plan, "en", session=store(True)).startswith("In CNY, Moses Frase has the highest won value: ¥")


def test_columns_have_readable_titles() -> None:
    table = draft_of(ask("win_rate", focus="top", by="owner", order=by_measure(), limit=3), "en").tables[0]
    assert table.columns == ("sales rep", "win rate", "interval low", "interval high")
    table = draft_of(ask("won_count", focus="trend", by=Dimension(path="close_on", grain="month"), window=year(2025)), "zh").tables[0]
    assert table.columns == ("月", "赢单数")
