"""Questions about signed deals, in an export whose won stage is called so and whose contracts are of something else. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import Compare

WON = Compare(path="status", values=("won",))
ENDS = ("已签约", "已落标", "方案交流", "已签约", "投标报价")
CLIENTS = table(
    "客户表.csv", "客户编号,客户名称,行业", *((f"K{at:03d}", f"青禾{name}有限公司", "制造") for at, name in enumerate(["纸业", "木业", "铝业", "陶业"]))
)
DEALS = table(
    "项目表.csv",
    "项目编号,项目名称,客户编号,项目阶段,预估金额(万元),签约金额(万元),登记日期,办结日期",
    *(
        (
            *(f"XM{at:03d}", f"青禾第{at}期项目", f"K{at % 4:03d}", stage, str(40 + at), str(38 + at) if stage == "已签约" else ""),
            *(f"2025-{at % 6 + 1:02d}-03", f"2025-{at % 6 + 4:02d}-11" if stage in {"已签约", "已落标"} else ""),
        )
        for at, stage in enumerate(ENDS * 8)
    ),
)
SERVICES = table(
    "服务合同.csv",
    "合同编号,客户编号,签订日期,起始日期,终止日期,合同金额(元)",
    *((f"FW{at:03d}", f"K{at % 4:03d}", f"2025-0{at % 6 + 1}-05", f"2025-0{at % 6 + 1}-06", "2026-12-31", str(9000 + at)) for at in range(12)),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("signed"), CLIENTS, DEALS, SERVICES) as reader:
        yield reader


@pytest.mark.parametrize(
    ("question", "entity", "measure"),
    [
        ("2025年签了多少个项目？", "opportunity", "won_count"),
        ("How many projects did we sign in 2025?", "opportunity", "won_count"),
        ("2025年的签约金额总共是多少", "opportunity", "won_value"),
        ("2025年签约额是多少", "opportunity", "won_value"),
        ("2025年二季度和一季度的签约金额对比", "opportunity", "won_value"),
        ("2025年签了多少份合同？", "contract", "contract_count"),
        ("How many contracts did we sign in 2025?", "contract", "contract_count"),
    ],
)
def test_signing_is_winning_for_deals_and_stays_signing_for_contracts(read: Reader, question: str, entity: str, measure: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, [ref.measure for ref in query.measures]) == (entity, [measure])


def test_an_amount_called_by_signing_ranks_signed_deals_alone(read: Reader) -> None:
    query = read.plan("签约金额最大的项目是哪一个？").queries[0]

    assert (query.entity, query.where, query.order[0].path) == ("opportunity", WON, "amount")


def test_an_estimate_leaves_deals_as_they_are(read: Reader) -> None:
    query = read.plan("预估金额最大的项目是哪一个？").queries[0]

    assert (query.entity, query.where) == ("opportunity", None)
