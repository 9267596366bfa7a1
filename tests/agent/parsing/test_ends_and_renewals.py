"""Contracts that came to their end and were renewed or not, that still run, and that soon end. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import TODAY, Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import Compare

HOUSES = ("青禾", "白鹭", "松涛", "云岭", "沧海", "晴川")
STATES = ("到期已续", "到期未续", "执行中", "提前终止")
FIRMS = table("客户表.csv", "客户编号,客户名称,城市", *((f"K{at:03d}", f"{name}机械有限公司", ("宁波", "合肥")[at % 2]) for at, name in enumerate(HOUSES)))
FRAMES = table(
    "框架合同.csv",
    "合同编号,客户编号,签订日期,生效日期,到期日期,合同金额(元),合同状态",
    *(
        (f"HT-{at:03d}", f"K{at % 6:03d}", f"202{4 + at % 2}-0{at % 9 + 1}-03", f"202{4 + at % 2}-0{at % 9 + 1}-10", f"202{5 + at % 2}-0{at % 9 + 1}-09",
         str(1000 * (at + 1)), STATES[at % 4])
        for at in range(24)
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("frames"), FIRMS, FRAMES) as reader:
        yield reader


@pytest.mark.parametrize("question", ["合同续签率", "合同到期后的续约率怎么样"])
def test_rate_of_renewal_is_of_what_came_to_its_end_alone(frames: Reader, question: str) -> None:
    query = frames.plan(question).queries[0]

    assert [ref.part for ref in query.measures] == [Compare(path="status", values=("到期已续",))]
    assert query.where == Compare(path="status", values=("到期已续", "到期未续"))


def test_running_contracts_are_in_the_state_that_says_so(frames: Reader) -> None:
    assert frames.plan("how many running contracts do we have?").queries[0].where == Compare(path="status", values=("执行中",))


@pytest.mark.parametrize(("question", "start"), [("这季度快到期的合同", TODAY), ("这季度到期的合同", date(2026, 1, 1))])
def test_what_soon_ends_in_a_period_that_has_begun_ends_in_what_is_left_of_it(frames: Reader, question: str, start: date) -> None:
    window = frames.plan(question).queries[0].window

    assert window is not None
    assert (window.start, window.path) == (start, "end_on")
