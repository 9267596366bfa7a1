"""Targets of a whole year, of which one column tells it and none a quarter or a day. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import Compare

PEOPLE = (("陶岚", "西"), ("裘岚", "东"), ("蒲岚", "西"), ("鲍岚", "东"))
STAFF = table("业务人员.csv", "工号,姓名,大区,入职日期", *((f"S{at:02d}", name, region, "2021-03-01") for at, (name, region) in enumerate(PEOPLE)))
TASKS = table("年度任务.csv", "年度,工号,销售任务(万元)", *((str(year), f"S{at:02d}", str(100 + at + year % 10)) for year in (2025, 2026) for at in range(4)))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("yearly"), STAFF, TASKS) as reader:
        yield reader


@pytest.mark.parametrize(("question", "year"), [("今年的销售任务一共多少", "2026"), ("2025年销售任务合计多少", "2025"), ("total sales target in 2025", "2025")])
def test_the_year_of_a_target_is_told_by_its_column(read: Reader, question: str, year: str) -> None:
    (query,) = read.plan(question).queries

    assert query.window is None
    assert query.where == Compare(path="period", values=(year,))


@pytest.mark.parametrize("question", ["第一季度的销售任务一共多少", "2025年上半年的销售任务合计"])
def test_part_of_a_year_is_not_told_by_it(read: Reader, question: str) -> None:
    assert read(question).plan is None
