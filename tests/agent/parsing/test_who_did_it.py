"""Who did something with the records, and what "signed by" is before what is no person. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table

STAFF = table(
    "员工表.csv", "工号,姓名,片区,岗位", *((f"E{at}", name, "东西"[at % 2] + "区", "业务员") for at, name in enumerate(["林知夏", "周鹿鸣", "孟清和"]))
)
CLIENTS = table(
    "客户表.csv",
    "客户编号,客户名称,行业,负责人工号",
    *((f"K{at:03d}", f"青禾{name}有限公司", "制造", f"E{at % 3}") for at, name in enumerate(["纸业", "木业", "铝业", "陶业"])),
)
CONTRACTS = table(
    "合同台账.csv",
    "合同号,客户编号,签约业务员,签订日期,合同总额(元)",
    *((f"HT{at:03d}", f"K{at % 4:03d}", ["林知夏", "周鹿鸣", "孟清和"][at % 3], f"2025-0{at % 6 + 1}-11", str(9000 + at)) for at in range(18)),
)
CLAIMS = table(
    "破损单.csv",
    "破损单号,客户编号,登记日期,破损现象,查验员",
    *((f"PS{at:03d}", f"K{at % 4:03d}", f"2025-0{at % 6 + 1}-05", "裂口挤压"[at % 2 * 2 :][:2], ["祁师傅", "卓然", "段青"][at % 3]) for at in range(24)),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("doers"), STAFF, CLIENTS, CONTRACTS, CLAIMS) as reader:
        yield reader


@pytest.mark.parametrize("question", ["哪位师傅处理的破损单最多？", "哪位师傅查验的破损单最多？", "哪位同事查验的破损单最多"])
def test_who_did_it_is_of_the_own_column_before_the_owner_of_the_customer(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]
    assert [each.path for each in query.dimensions] == ["查验员"]
    assert query.where is None


@pytest.mark.parametrize(
    ("question", "groups"),
    [("contracts signed by month in 2025", "signed_on"), ("contract value signed by customer", "account"), ("contracts signed by 林知夏", "")],
)
def test_signed_by_before_what_is_no_word_for_people_is_the_verb_alone(read: Reader, question: str, groups: str) -> None:
    query = read.plan(question).queries[0]
    assert query.entity == "contract"
    assert "".join(each.path for each in query.dimensions) == groups


@pytest.mark.parametrize(("question", "most"), [("合同金额前三大客户", 3), ("按合同金额看，前两大客户是谁", 2), ("合同金额前三大的客户有哪些", 3)])
def test_large_behind_the_number_of_a_rank_says_nothing_more(read: Reader, question: str, most: int) -> None:
    query = read.plan(question).queries[0]
    assert (query.limit, [each.path for each in query.dimensions]) == (most, ["account"])
