"""An export whose orders count their goods in a unit of their own: what is sold, owed, shipped and driven is told by those columns. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import And, Compare, Filter

ORDERS = "custom:鞋履订单"
SHOPS = ("青禾", "白鹭", "松涛", "云岭", "沧海", "晴川", "飞瀑", "春山", "秋水", "长亭")
PEOPLE = ("汪海", "刘怡", "章峰", "程敏")
REGIONS = ("江南大区", "淮北大区")
STAFF = table(
    "人员表.csv",
    "工号,姓名,大区,岗位,入职日期,离职日期",
    *((f"Y{at:02d}", name, REGIONS[at % 2], "业务员", "2020-03-01", "2025-05-31" if at == 3 else "") for at, name in enumerate(PEOPLE)),
)
FIRMS = table(
    "客户表.csv",
    "客户编号,客户名称,客户类型,大区,维护人工号,信用额度(万元),自有车辆数",
    *(
        (f"K{at:03d}", f"{name}鞋业商行", ("门店", "车队")[at % 2], REGIONS[at % 2], f"Y{at % 4:02d}", str(50 - at), str(at + 3))
        for at, name in enumerate(SHOPS)
    ),
)
WISHES = table(
    "意向登记.csv",
    "意向单号,登记日期,客户编号,跟进人,预估总价(万元),当前节点,结案日期,战败原因",
    *(
        (f"YX{at:03d}", f"2024-0{at % 9 + 1}-03", f"K{at % 10:03d}", PEOPLE[at % 4], str(at + 20),
         *(("成交", f"2024-0{at % 9 + 1}-20", ""), ("战败", f"2024-0{at % 9 + 1}-25", "价格"), ("报价", "", ""))[at % 3])
        for at in range(24)
    ),
)  # fmt: skip
SOLD = table(
    "鞋履订单.csv",
    "订单号,客户编号,业务员工号,下单日期,品牌,双数,单价(元/双),订单金额(元),出库仓,出库日期,订单状态",
    *(
        (f"DD-{at:04d}", f"K{at % 10:03d}", f"Y{at % 4:02d}", f"2025-0{at % 6 + 1}-08", ("云步", "疾行")[at % 2], str(at % 5 + 10), "120",
         str((at % 5 + 10) * 120), ("东仓", "西仓")[at % 2], "" if at % 9 == 8 else f"2025-0{at % 6 + 1}-{11 + at % 4}", ("已签收", "已取消")[at % 9 == 8])
        for at in range(40)
    ),
)  # fmt: skip
DUE = table(
    "收款登记.csv",
    "流水号,订单号,应收日期,应收金额(元),实收日期,实收金额(元)",
    *((f"HK-{at:03d}", f"DD-{at:04d}", f"2025-0{at % 6 + 1}-20", "900", *((f"2025-0{at % 6 + 1}-25", "900") if at % 3 else ("", ""))) for at in range(30)),
)


@pytest.fixture(scope="module")
def shoes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("shoes"), STAFF, FIRMS, WISHES, SOLD, DUE) as reader:
        yield reader


@pytest.mark.parametrize(
    ("question", "fold", "column"),
    [
        ("2025年卖了多少双鞋", "sum", "双数"),
        ("2025年卖了多少双", "sum", "双数"),
        ("云步的鞋平均卖多少钱一双", "avg", "单价_元_双"),
    ],
)
def test_goods_are_counted_and_priced_by_the_unit_of_the_orders(shoes: Reader, question: str, fold: str, column: str) -> None:
    query = shoes.plan(question).queries[0]

    assert (query.entity, [(ref.fold, ref.path) for ref in query.measures]) == (ORDERS, [(fold, column)])


@pytest.mark.parametrize("question", ["2025年旧鞋卖了多少双", "上个月退货了几双鞋"])
def test_a_sort_of_goods_or_a_deed_that_nothing_holds_is_not_passed_over(shoes: Reader, question: str) -> None:
    assert shoes(question).plan is None


@pytest.mark.parametrize("question", ["2025年各品牌卖了多少双鞋？取消的订单别算", "2025年各品牌卖了多少双鞋，取消的订单不算"])
def test_what_is_left_out_behind_is_left_out_of_the_pieces(shoes: Reader, question: str) -> None:
    query = shoes.plan(question).queries[0]

    assert [(ref.fold, ref.path) for ref in query.measures] == [("sum", "双数")]
    assert query.where == Compare(path="订单状态", op="ne", values=("已取消",))


@pytest.mark.parametrize(("question", "column"), [("车最多的车队客户是哪家", "自有车辆数"), ("各大区的客户加起来有多少台车", "自有车辆数")])
def test_a_noun_said_without_its_measure_word_is_the_column_of_both(shoes: Reader, question: str, column: str) -> None:
    query = shoes.plan(question).queries[0]

    assert column in {*(ref.path for ref in query.measures), *(order.path for order in query.order)}


def test_to_says_which_of_two_days_comes_first(shoes: Reader) -> None:
    query = shoes.plan("2025年哪个出库仓发货最慢（下单到出库平均天数）").queries[0]

    assert [(ref.since, ref.path) for ref in query.measures] == [("下单日期", "出库日期")]


def test_the_region_of_the_customer_comes_before_that_of_the_seller_over_an_order_too(shoes: Reader) -> None:
    query = shoes.plan("2025年各大区的回款金额").queries[0]

    assert [dimension.path.split(".")[-2:] for dimension in query.dimensions] == [["account", "region"]]


@pytest.mark.parametrize("question", ["how many receivables are overdue", "overdue receivables: count"])
def test_receivables_are_the_payments_that_are_due_where_there_are_no_invoices(shoes: Reader, question: str) -> None:
    query = shoes.plan(question).queries[0]

    assert (query.entity, [ref.measure for ref in query.measures]) == ("payment", ["payment_count"])


@pytest.mark.parametrize(
    ("question", "entity"),
    [
        ("维护人已经离职了的客户有哪些", "account"),
        ("离职的业务员名下有几个客户", "account"),
        ("Customers whose account owner (维护人) has already left, please list", "account"),
    ],
)
def test_records_are_found_by_those_who_left(shoes: Reader, question: str, entity: str) -> None:
    query = shoes.plan(question).queries[0]

    assert query.entity == entity
    assert Compare(path="owner.离职日期", op="not_null") in _parts(query.where)


def _parts(where: Filter | None) -> tuple[Filter | None, ...]:
    return where.parts if isinstance(where, And) else (where,)
