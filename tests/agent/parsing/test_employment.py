"""People who still work here and people who left, where only a day of leaving tells. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table

NAMES = ("汪海", "刘怡", "章峰", "程敏", "孔亮", "陶然")
STAFF = table(
    "人员表.csv",
    "工号,姓名,岗位,入职日期,离职日",
    *((f"Y{at:02d}", name, ("业务员", "区域经理")[at % 2], "2020-03-01", "2024-06-30" if at % 3 == 2 else "") for at, name in enumerate(NAMES)),
)
FIRMS = table(
    "客户表.csv", "客户编号,客户名称,业务员", *((f"K{at:03d}", f"{name}机械有限公司", NAMES[at]) for at, name in enumerate(["青禾", "白鹭", "松涛", "云岭"]))
)


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("staff"), STAFF, FIRMS) as reader:
        yield reader


@pytest.mark.parametrize(
    ("question", "op"),
    [("现在在职的业务员有几个", "is_null"), ("how many 业务员 are still with the company", "is_null"), ("已经离职的业务员有几个", "not_null")],
)
def test_who_works_here_is_told_by_the_day_of_leaving(staff: Reader, question: str, op: str) -> None:
    query = staff.plan(question).queries[0]

    assert query.entity == "member"
    assert [each["op"] for each in _compared(query.model_dump()) if each["path"] == "离职日"] == [op]


@pytest.mark.parametrize("question", ["哪些客户的业务员已经离职了", "业务员已离职的客户有几家", "customers whose account owner has already left"])
def test_that_they_left_is_said_of_the_people_whom_records_refer_to(staff: Reader, question: str) -> None:
    query = staff.plan(question).queries[0]

    assert query.entity == "account"
    assert [(each["path"], each["op"]) for each in _compared(query.model_dump())] == [("owner.离职日", "not_null")]


@pytest.mark.parametrize("question", ["章峰什么时候走的", "章峰是哪天离职的", "when did 章峰 leave"])
def test_when_somebody_left_is_that_day(staff: Reader, question: str) -> None:
    query = staff.plan(question).queries[0]

    assert (query.entity, query.select) == ("member", ("name", "离职日"))


def _compared(query: dict[str, object]) -> list[dict[str, object]]:
    where = query["where"]
    assert isinstance(where, dict)
    return where.get("parts", [where])
