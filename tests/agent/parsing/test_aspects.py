"""Stages that are a verb with its object, said of what has happened: 交了定金 of 交定金. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import And, Compare, Query

PEOPLE = ("汪海", "刘怡", "章峰")
STAGES = ("交定金", "签意向书", "谈方案", "成交", "战败")
STAFF = table("人员表.csv", "工号,姓名,岗位,入职日期", *((f"Y{at:02d}", name, "业务员", "2020-03-01") for at, name in enumerate(PEOPLE)))
FIRMS = table("客户表.csv", "客户编号,客户名称,所在省", *((f"K{at:03d}", f"{name}机械有限公司", "江西") for at, name in enumerate(("青禾", "白鹭", "松涛"))))
DEALS = table(
    "意向登记.csv",
    "意向单号,登记日期,客户编号,跟进人,预估总价(万元),当前节点,结案日期,战败原因",
    *(
        (f"YX{at:03d}", f"2025-0{at % 5 + 1}-03", f"K{at % 3:03d}", PEOPLE[at % 3], str(at + 20), STAGES[at % 5],
         f"2025-0{at % 5 + 1}-20" if at % 5 > 2 else "", "价格" if at % 5 == 4 else "")
        for at in range(30)
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("aspects"), STAFF, FIRMS, DEALS) as reader:
        yield reader


def filters(query: Query) -> list[tuple[str, str, tuple[object, ...]]]:
    parts = query.where.parts if isinstance(query.where, And) else (query.where,)
    return [(part.path, part.op, part.values) for part in parts if isinstance(part, Compare)]


@pytest.mark.parametrize(
    ("question", "stage"), [("已经交了定金的意向有几条", "交定金"), ("交过定金的意向有多少", "交定金"), ("签完意向书的有几条意向", "签意向书")]
)
def test_a_particle_inside_a_stage_means_the_stage(read: Reader, question: str, stage: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == "opportunity"
    assert [(path, values) for path, _, values in filters(query) if path == "stage"] == [("stage", (stage,))]


def test_a_particle_before_another_word_means_no_stage(read: Reader) -> None:
    found = read("交了押金的意向有几条")

    assert found.plan is None
    assert found.not_understood
