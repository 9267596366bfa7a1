"""Which days are meant: that of what reasons are given for, the planned one of what should arrive, and none for what has not come. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import And, Compare, Filter, Lasted

CLIENTS = table("客户表.csv", "客户编号,客户名称,行业", *((f"K{at:03d}", f"青禾{name}有限公司", "制造") for at, name in enumerate(["纸业", "木业", "铝业"])))
RENTALS = table(
    "租赁单.csv",
    "租赁单号,客户编号,起租日,退租日期,退租原因",
    *((f"ZL{at:03d}", f"K{at % 3:03d}", f"2024-0{at % 6 + 1}-05", *((f"2025-0{at % 6 + 1}-09", "预算没了") if at % 4 == 0 else ("", ""))) for at in range(24)),
)
LOADS = table(
    "到货单.csv",
    "到货单号,租赁单号,计划到货日,实际到货日,箱数",
    *((f"DH{at:03d}", f"ZL{at % 24:03d}", f"2025-0{at % 6 + 1}-05", f"2025-0{at % 6 + 1}-09" if at % 5 else "", str(at + 1)) for at in range(40)),
)

TICKETS = table(
    "售后工单.csv",
    "工单号,客户编号,工单类别,优先级,提交时间,首次响应时间,关闭时间",
    *(
        (
            f"GD{at:03d}",
            f"K{at % 3:03d}",
            "漏水",
            "高低"[at % 2],
            f"2025-0{at % 6 + 1}-05 09:00",
            *((f"2025-0{at % 6 + 1}-07 09:00", f"2025-0{at % 6 + 1}-11 09:00") if at % 4 else ("", "")),
        )
        for at in range(24)
    ),
)


def parts(where: Filter | None) -> tuple[Filter, ...]:
    return where.parts if isinstance(where, And) else () if where is None else (where,)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("days"), CLIENTS, RENTALS, LOADS, TICKETS) as reader:
        yield reader


@pytest.mark.parametrize(
    ("question", "day"), [("2025年按退租原因各有几张租赁单", "退租日期"), ("2025年5月该到的货有哪些", "计划到货日"), ("2025年5月到货的有哪些", "实际到货日")]
)
def test_period_is_of_the_day_that_is_meant(read: Reader, question: str, day: str) -> None:
    query = read.plan(question).queries[0]
    usual = read.model.entities[query.entity].time
    assert query.window is not None
    assert (query.window.path or usual) == day


def test_another_kind_of_record_is_counted_of_the_one_that_was_looked_up(read: Reader) -> None:
    first, second = read.plan("ZL003是谁的客户，到货过几次").queries
    assert (first.entity, second.entity) == ("custom:租赁单", "custom:到货单")
    assert any(isinstance(part, Compare) and part.values == ("ZL003",) for part in parts(second.where))


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("超过7天还没解决的工单有几张", "closed_at"),
        ("超过48小时没首次响应的工单", "first_response_at"),
        ("how many tickets have not been resolved for more than 7 days", "closed_at"),
    ],
)
def test_what_has_not_happened_for_so_long_is_still_to_happen(read: Reader, question: str, day: str) -> None:
    held = parts(read.plan(question).queries[0].where)
    assert Compare(path=day, op="is_null") in held
    assert [(part.path, part.op) for part in held if isinstance(part, Compare) and part.path != day] == [("opened_at", "lt")]


def test_what_happened_in_no_more_than_so_long_has_happened(read: Reader) -> None:
    assert Lasted(path="closed_at", since="opened_at", op="le", days="7") in parts(read.plan("没超过7天就解决的工单有几张").queries[0].where)
