"""Questions about records that are not so, that wait for something, that are being done, or that are left out. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import Compare, Query

STATES = ("待发货", "已发货", "已取消", "待排程")
VERDICTS = ("合格", "超差", "偏高")
REPAIRS = ("修理中", "待取件", "已取走", "未受理")
CLIENTS = table("客户表.csv", "客户编号,客户名称", *((f"K{at:03d}", f"青禾{name}有限公司") for at, name in enumerate(["纸业", "木业", "铝业", "陶业"])))
ORDERS = table(
    "发货订单.csv",
    "订单编号,客户编号,下单日期,金额(元),订单状态",
    *((f"DD{at:03d}", f"K{at % 4:03d}", f"2025-0{at % 6 + 1}-05", str(900 + at), STATES[at % 4]) for at in range(32)),
)
CHECKS = table(
    "抽检记录.csv",
    "抽检单号,客户编号,抽检日期,检验结论",
    *((f"CJ{at:03d}", f"K{at % 4:03d}", f"2025-0{at % 6 + 1}-08", VERDICTS[at % 3]) for at in range(30)),
)
REPAIR = table(
    "返修单.csv",
    "返修单号,客户编号,送修日期,返修状态",
    *((f"FX{at:03d}", f"K{at % 4:03d}", f"2025-0{at % 6 + 1}-11", REPAIRS[at % 4]) for at in range(28)),
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("denied"), CLIENTS, ORDERS, CHECKS, REPAIR) as reader:
        yield reader


def conditions(query: Query) -> set[tuple[str, str, tuple[str, ...]]]:
    where = query.where
    parts = [] if where is None else getattr(where, "parts", [where])
    return {(part.path, part.op, tuple(part.values)) for part in parts if isinstance(part, Compare)}


@pytest.mark.parametrize("question", ["没取消的订单有几张", "还没有取消的订单有几张", "订单，没取消的，有几张", "没被取消的订单有几张"])
def test_denied_state_leaves_out_its_records(ask: Reader, question: str) -> None:
    assert ("stage", "ne", ("已取消",)) in conditions(ask.plan(question).queries[0])


@pytest.mark.parametrize("question", ["没有超差抽检的客户有几家", "没有修理中的返修单的客户有几家"])
def test_customers_without_records_in_a_state_have_none_of_these(ask: Reader, question: str) -> None:
    query = ask.plan(question).queries[0]

    assert query.entity == "account"
    assert "absent=True" in repr(query.where)


def test_denied_verdict_leaves_out_its_records(ask: Reader) -> None:
    assert conditions(ask.plan("没合格的抽检有几次").queries[0]) == {("检验结论", "ne", ("合格",))}


@pytest.mark.parametrize(
    "question",
    [
        "订单除掉取消的还有几张",
        "刨掉取消的，订单有几张",
        "撇去取消的，订单有几张",
        "取消的去掉，订单有几张",
        "订单有几张，取消的刨掉",
        "把取消的剔掉，订单有几张",
    ],
)
def test_what_is_left_out_before_or_behind_the_word_is_left_out(ask: Reader, question: str) -> None:
    assert conditions(ask.plan(question).queries[0]) == {("stage", "ne", ("已取消",))}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("等着发货的订单有几张", ("stage", "eq", ("待发货",))),
        ("还在等发货的订单有几张", ("stage", "eq", ("待发货",))),
        ("有几件等着取的件", ("返修状态", "eq", ("待取件",))),
        ("还在修理的返修单有几张", ("返修状态", "eq", ("修理中",))),
        ("还在修的返修单有几张", ("返修状态", "eq", ("修理中",))),
        ("还没被受理的返修单有几张", ("返修状态", "eq", ("未受理",))),
    ],
)
def test_what_is_awaited_or_under_way_is_the_state_called_so(ask: Reader, question: str, expected: tuple[str, str, tuple[str, ...]]) -> None:
    assert expected in conditions(ask.plan(question).queries[0])


@pytest.mark.parametrize("question", ["判为超差的抽检有几次", "判超差的抽检有几次", "判成超差的抽检有几次"])
def test_verb_of_judging_says_no_more_than_the_verdict(ask: Reader, question: str) -> None:
    assert conditions(ask.plan(question).queries[0]) == {("检验结论", "eq", ("超差",))}
