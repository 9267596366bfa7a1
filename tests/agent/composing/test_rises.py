"""Who rose or fell most against an earlier period: the sentence, its proof, and what can't be held against anything. Counted by hand from the company."""

from __future__ import annotations

from datetime import date

import pytest

from tests.agent.composing.company import ask, draft_of, store, text
from tools.crm.query import Order, Plan, Window


def year(number: int) -> Window:
    return Window(start=date(number, 1, 1), end=date(number, 12, 31), words_en=str(number), words_zh=f"{number} 年")


def rising(measure: str, by: str = "change", descending: bool = True, before: int = 2024, by_group: str = "owner") -> Plan:
    plan = ask(measure, focus="top", by=by_group, order=(Order.model_validate({"measure": 0, "by": by, "descending": descending}),), limit=5)
    return plan.model_copy(update={"queries": (plan.queries[0].model_copy(update={"window": year(2025), "compare": year(before)}),)})


@pytest.mark.parametrize(
    ("measure", "by", "descending", "said"),
    [
        ("won_value", "change", True, "王芳 rose most in won value in 2025: 394,547 up, from 146,428 in 2024 to 540,975, "),
        ("won_value", "growth", False, "Moses Frase rose least in won value in 2025: 156.0 % up, from 136,656 in 2024 to 349,839, "),
        ("won_count", "growth", False, "Moses Frase fell most in won deals in 2025: 12.5 % down, from 8 in 2024 to 7."),
        ("win_rate", "change", False, "Ana Lima fell most in win rate in 2025: 3.2 pp down, from 41.7 % in 2024 to 38.5 %."),
    ],
)
def test_group_that_moved_most_is_named_with_both_figures(measure: str, by: str, descending: bool, said: str) -> None:
    assert text(rising(measure, by, descending), "en").startswith(said)


def test_same_in_chinese_with_who_comes_next() -> None:
    said = "2025年的赢单金额上升最多的是王芳：比 2024年的 14.64 万上升 39.45 万，为 54.1 万，其次是 Moses Frase（21.32 万）、Ana Lima（16.67 万）。"
    assert text(rising("won_value"), "zh") == said


@pytest.mark.parametrize(("descending", "direction"), [(True, "up"), (False, "down")])
def test_place_among_all_groups_is_proven(descending: bool, direction: str) -> None:
    draft = draft_of(rising("won_value", descending=descending), "en")

    assert draft.sentences[0].direction == direction
    assert any(address.endswith("_delta_rank") for address in draft.cells)


def test_amounts_in_several_currencies_are_ranked_apart() -> None:
    said = text(rising("won_value"), "en", session=store(True))

    assert said.count("rose most") == 2
    assert "$280,242 up" in said
    assert "¥213,183 up" in said


def test_later_place_is_said_and_proven_as_such() -> None:
    plan = rising("won_value")
    second = plan.model_copy(update={"queries": (plan.queries[0].model_copy(update={"skip": 1, "limit": 1}),)})
    draft = draft_of(second, "en")

    assert text(second, "en").startswith("Moses Frase comes second by the change in won value in 2025: 213,183 up, from 136,656 in 2024 to 349,839.")
    assert next(cell.value for address, cell in draft.cells.items() if address.endswith("_delta_rank")) == "2"


def test_groups_that_moved_alike_share_the_place() -> None:
    assert text(rising("won_count", by_group="product"), "en") == "GTX Basic rose most in won deals in 2025: 1 up, from 3 in 2024 to 4. Others equal it."


def test_group_that_did_not_move_is_said_to_be_level() -> None:
    assert text(rising("deal_count", by_group="product"), "en") == "In deals in 2025, GTX Basic is level with the 14 in 2024. Others equal it."


def test_growth_says_what_it_leaves_out() -> None:
    assert text(rising("won_value", "growth"), "en").endswith("Growth is told where there was something before.")


def test_nothing_to_hold_it_against_is_said() -> None:
    assert text(rising("win_rate", before=2020), "zh") == "2020年没有可以对比的数据，无法说明 2025年的赢单率的变化。"
