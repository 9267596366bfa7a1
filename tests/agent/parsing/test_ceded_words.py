"""An export with a sales area and a province for each customer, and dealers that look after others. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import Compare

NAMES = ("青禾", "白鹭", "松涛", "云岭", "沧海", "晴川", "远帆", "丹枫")
FIRMS = table(
    "客户表.csv",
    "客户编号,客户名称,片区,省,上级客户",
    *(
        (f"K{at:03d}", f"{name}机械有限公司", ("华东片区", "华南片区")[at % 2], ("浙江", "广东", "江苏")[at % 3], "" if at < 2 else "K000")
        for at, name in enumerate(NAMES)
    ),
)


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("placed"), FIRMS) as reader:
        yield reader


@pytest.mark.parametrize(
    ("question", "path"),
    [("customers by province", "省"), ("各省份的客户数", "省"), ("哪个省的客户最多", "省"), ("customers by region", "region"), ("各片区的客户数", "region")],
)
def test_a_shipped_word_means_the_own_column_that_is_called_so(placed: Reader, question: str, path: str) -> None:
    assert [dimension.path for dimension in placed.plan(question).queries[0].dimensions] == [path]


@pytest.mark.parametrize("question", ["上级客户是青禾机械有限公司的客户有几家", "how many customers have 青禾机械有限公司 as their 上级客户"])
def test_who_is_named_as_what_others_refer_to_is_none_of_those_counted(placed: Reader, question: str) -> None:
    query = placed.plan(question).queries[0]

    assert [ref.measure for ref in query.measures] == ["account_count"]
    assert query.where == Compare(path="parent", values=("青禾机械有限公司",))
