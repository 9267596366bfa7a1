"""What was done for the first time in a period is done then and never before; months in a row; two groups crossed."""

from __future__ import annotations

import pytest

from agent.parsing.wording.rewording import reword


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2025年头一回成交的客户（以前没成交过的）有多少家", "2025年成交过、2025年以前没成交过的客户有多少家"),
        ("去年新下单的客户有哪些", "去年下单过、去年以前没下单过的客户有哪些"),
        ("customers whose first win fell in 2025", "customers with won deals in 2025 and no won deals before 2025"),
    ],
)
def test_first_time_is_then_and_never_before(question: str, said: str) -> None:
    assert reword(question) == said


@pytest.mark.parametrize("question", ["首次成交日期在2025年的客户", "2025年首次响应的平均时间", "时间排在第一二位的客户"])
def test_other_first_things_stay(question: str) -> None:
    assert "以前" not in reword(question)
    assert "-" not in reword(question)


def test_months_in_a_row_are_a_range() -> None:
    assert reword("今年七八月份的拜访") == "今年7-8月的拜访"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("大区和业务类型交叉，统计一下成交单数", "按大区和业务类型，"),
        ("won deals, 大区 by 业务类型", "by 大区 and 业务类型"),
        ("deals, region by type matrix", "by region and type"),
        ("deals, won by Anna", "won by Anna"),
    ],
)
def test_two_groups_are_crossed(question: str, said: str) -> None:
    assert said in reword(question)
