"""The last and the first day on which something happened, whatever the question says of it; and slips of which a table keeps the lines. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.agent.parsing.test_own_orders import FIRMS, GOODS, STAFF, WISHES
from tests.tools.crm.importing.exports import table
from tools.crm.query import Compare

SLIPS, POLICIES = "custom:发货明细", "custom:保单台账"
LINES = table(
    "发货明细.csv",
    "发货单号,行号,客户编号,发货日期,承运方,品名,箱数,装卸方式",
    *(
        (f"FH{at // 3:04d}", str(at % 3 + 1), f"K{at // 3 % 6:03d}", f"2025-0{at // 3 % 6 + 1}-12", ("顺风危运", "宏达物流")[at // 3 % 2], "釉料",
         str(at + 1), ("叉车装卸", "人工装卸")[at % 2])
        for at in range(36)
    ),
)  # fmt: skip
COVERS = table(
    "保单台账.csv",
    "保单号,客户编号,出单日期,保险止期,业务性质,保费(元)",
    *((f"BD{at:03d}", f"K{at % 6:03d}", f"2025-0{at % 6 + 1}-09", f"2027-0{at % 6 + 1}-08", ("新保", "续保")[at % 2], str(at + 500)) for at in range(24)),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("days"), FIRMS, STAFF, GOODS, WISHES, LINES, COVERS) as reader:
        yield reader


@pytest.mark.parametrize(
    ("question", "entity", "fold", "path"),
    [
        ("最近一次叉车装卸是哪天", SLIPS, "max", "发货日期"),
        ("最早一次人工装卸是哪一天？", SLIPS, "min", "发货日期"),
        ("最近一张单是哪天出的", POLICIES, "max", "出单日期"),
        ("最近一次出单是什么时候", POLICIES, "max", "出单日期"),
        ("最近一次续保是哪天", POLICIES, "max", "出单日期"),
    ],
)
def test_what_happened_is_said_without_a_word_for_its_records_and_its_day_is_told(read: Reader, question: str, entity: str, fold: str, path: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == entity
    assert [(ref.fold, ref.path) for ref in query.measures] == [(fold, path)]


@pytest.mark.parametrize("question", ["最近一次签约是哪天？", "最近一次成交是几号"])
def test_last_signing_is_that_of_the_deals_won(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == "opportunity"
    assert [ref.fold for ref in query.measures] == ["max"]
    assert isinstance(query.where, Compare)
    assert query.where.path in {"status", "stage"}


def test_order_that_was_received_last_has_a_day(read: Reader) -> None:
    query = read.plan("最近一次接到梭式窑的意向是哪天").queries[0]

    assert [ref.fold for ref in query.measures] == ["max"]
    assert query.where is not None


@pytest.mark.parametrize("question", ["顺风危运2025年拉了几张发货单", "顺风危运2025年给我们运了多少张发货单"])
def test_slips_are_counted_by_their_number_where_lines_share_it(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == SLIPS
    assert [(ref.fold, ref.path) for ref in query.measures] == [("count_distinct", "发货单号")]


def test_lines_of_slips_are_counted_as_lines(read: Reader) -> None:
    assert [ref.fold for ref in read.plan("2025年的发货明细有几条").queries[0].measures] == ["count"]
