"""An export that keeps no leads, but where its deals came from. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table

WISHES = table(
    "商机登记.csv",
    "商机编号,登记日期,客户名称,负责人,预计金额(元),当前阶段,结案日期,线索来源",
    *(
        (f"SJ{at:03d}", f"2024-0{at % 9 + 1}-03", f"{'青白松云'[at % 4]}湖陶瓷", "汪海", str(at + 2000), ("成交", "丢单", "报价")[at % 3],
         f"2024-0{at % 9 + 1}-20" if at % 3 < 2 else "", ("展会", "老客户转介绍", "官网")[at % 3 - at % 2])
        for at in range(24)
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def wishes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("wishes"), WISHES) as reader:
        yield reader


@pytest.mark.parametrize(
    ("question", "measure", "day"),
    [
        ("老客户转介绍的线索赢单率怎么样", "win_rate", None),
        ("2024年老客户转介绍的线索有多少", "deal_count", "opened_on"),
        ("how many 老客户转介绍 leads were won in 2024", "won_count", None),
    ],
)
def test_leads_of_a_source_are_the_deals_that_came_from_it(wishes: Reader, question: str, measure: str, day: str | None) -> None:
    query = wishes.plan(question).queries[0]

    assert (query.entity, [ref.measure for ref in query.measures]) == ("opportunity", [measure])
    assert (query.window.path if query.window else None) == day
