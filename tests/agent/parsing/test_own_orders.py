"""Orders and what is owed for them, kept beside deals: lines of orders under one number, instalments by that number, some paid in part. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent.parsing.linking.parted_headers import with_whole_headers
from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import And, Compare, Exists, Or

ORDERS, INSTALMENTS = "custom:窑炉订单明细", "payment"
HOUSES = ("青禾", "白鹭", "松涛", "云岭", "沧海", "晴川")
RIVALS, REASONS = ("火神窑业", "赤焰机电"), ("价格", "交期")
KILNS = ("辊道窑", "梭式窑", "电热窑")
FIRMS = table(
    "客户表.csv",
    "客户编号,客户名称,客户性质,所在省,年产能(吨)",
    *(
        (f"K{at:03d}", f"{name}陶瓷有限公司", ("代理商", "自营厂")[at % 2], "江西", str(90 - at))
        for at, name in enumerate(["青禾", "白鹭", "松涛", "云岭", "沧海", "晴川"])
    ),
)
PEOPLE = ("汪海", "刘怡", "章峰", "程敏")
STAFF = table("人员表.csv", "工号,姓名,岗位,入职日期", *((f"Y{at:02d}", name, "业务员", "2020-03-01") for at, name in enumerate(PEOPLE)))
GOODS = table("型号表.csv", "型号代码,品名,大类", *((f"M{at}", f"{kind}{at}型", kind) for at, kind in enumerate(KILNS)))
WISHES = table(
    "意向登记.csv",
    "意向单号,登记日期,客户编号,跟进人,型号代码,意向台数,预估总价(万元),当前节点,结案日期,战败竞品,战败原因",
    *(
        (f"YX{at:03d}", f"2024-0{at % 9 + 1}-03", f"K{at % 6:03d}", PEOPLE[at % 4], f"M{at % 3}", str(at % 4 + 1), str(at + 20),
         *(("成交", f"2024-0{at % 9 + 1}-20", "", ""), ("战败", f"2024-0{at % 9 + 1}-25", RIVALS[at % 2], REASONS[at % 2]), ("报价", "", "", ""))[at % 3])
        for at in range(24)
    ),
)  # fmt: skip
LINES = table(
    "窑炉订单明细.csv",
    "订单号,行,下单日,客户编号,业务员工号,型号代码,台数,结算单价(元),金额(元),行状态",
    *(
        (f"DD-{at // 2:04d}", str(at % 2 + 1), f"2025-0{at // 2 % 6 + 1}-08", f"K{at // 2 % 6:03d}", f"Y{at // 2 % 4:02d}", f"M{at % 3}", str(at % 3 + 1),
         "1000", str((at % 3 + 1) * 1000), ("已发车", "已取消")[at % 7 == 6])
        for at in range(40)
    ),
)  # fmt: skip
SCHEDULE = table(
    "应收核销台账.csv",
    "订单号,款项,应收(元),到期日,实收(元),最近到账日",
    *(
        (f"DD-{at:04d}", part, "900", f"2025-0{at % 6 + 1}-20", *((("900", "300")[at % 5 == 1], f"2025-0{at % 6 + 1}-25") if at % 3 else ("", "")))
        for at in range(20)
        for part in ("定金", "尾款")
    ),
)
TASKS = table(
    "季度任务分解.csv",
    "年度,季度,业务员工号,任务台数,下达日期",
    *(
        (str(year), f"{'一二三四'[at]}季度", f"Y{who:02d}", str(who + at + 3), f"{year - 1}-12-20")
        for year in (2024, 2025)
        for at in range(4)
        for who in range(4)
    ),
)


@pytest.fixture(scope="module")
def kilns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("orders"), FIRMS, STAFF, GOODS, WISHES, LINES, SCHEDULE, TASKS) as reader:
        yield reader


@pytest.mark.parametrize(
    "question",
    [
        "2025年订单总金额",
        "2025年订货额是多少",
        "2025年订单额多少",
        "2025年订单额多少，已取消的别算",
        "2025年下单金额合计",
        "total order value in 2025",
        "what was our order value in 2025",
        "order amount in 2025",
    ],
)
def test_what_orders_are_worth_is_told_of_the_orders_and_of_no_deals(kilns: Reader, question: str) -> None:
    query = kilns.plan(question).queries[0]

    assert query.entity == ORDERS
    assert [(ref.fold, ref.path) for ref in query.measures] == [("sum", "金额_元")]


@pytest.mark.parametrize("question", ["2025年订了多少台", "2025年下单多少台", "2025年的订单台数", "order units in 2025", "how many units were ordered in 2025"])
def test_pieces_of_orders_are_added_up_and_not_their_lines(kilns: Reader, question: str) -> None:
    query = kilns.plan(question).queries[0]

    assert (query.entity, [(ref.fold, ref.path) for ref in query.measures]) == (ORDERS, [("sum", "台数")])


@pytest.mark.parametrize(
    ("question", "measure", "party"),
    [
        ("2025年下单金额前三的代理商", "金额_元", "account"),
        ("订单金额最高的两家代理商", "金额_元", "account"),
        ("哪家代理商下单金额最高", "金额_元", "account"),
        ("赢单金额最高的两家代理商", "won_value", "account"),
        ("代理商里赢单金额最高的是谁", "won_value", "account"),
    ],
)
def test_a_sort_of_customers_right_behind_the_rank_is_who_is_ranked(kilns: Reader, question: str, measure: str, party: str) -> None:
    query = kilns.plan(question).queries[0]

    assert [dimension.path for dimension in query.dimensions] == [party]
    assert [ref.path or ref.measure for ref in query.measures] == [measure]


def test_a_sort_of_customers_before_the_records_only_says_whose_they_are(kilns: Reader) -> None:
    query = kilns.plan("最大的三张代理商订单").queries[0]

    assert (query.entity, [dimension.path for dimension in query.dimensions], query.limit) == (ORDERS, ["订单号"], 3)


@pytest.mark.parametrize(("question", "groups"), [("2025年接了几张订单", []), ("how many orders in 2025", []), ("哪个客户订单最多", ["account"])])
def test_an_order_of_several_lines_counts_once(kilns: Reader, question: str, groups: list[str]) -> None:
    query = kilns.plan(question).queries[0]

    assert [(ref.fold, ref.path) for ref in query.measures] == [("count_distinct", "订单号")]
    assert [dimension.path for dimension in query.dimensions] == groups


@pytest.mark.parametrize(("question", "path"), [("2025 order value by 大类", "product.family"), ("units ordered by customer in 2025", "account")])
def test_orders_are_no_word_for_ranking_beside_what_they_are_worth(kilns: Reader, question: str, path: str) -> None:
    query = kilns.plan(question).queries[0]

    assert (query.entity, [dimension.path for dimension in query.dimensions]) == (ORDERS, [path])


@pytest.mark.parametrize("question", ["2025年有几条订单明细", "2025年的订单有几行"])
def test_lines_that_are_named_are_counted_as_lines(kilns: Reader, question: str) -> None:
    query = kilns.plan(question).queries[0]

    assert [(ref.fold, ref.path) for ref in query.measures] == [("count", None)]


@pytest.mark.parametrize(
    ("question", "groups"),
    [("逾期欠款一共多少", []), ("各业务员的逾期款", ["owner"]), ("哪家客户逾期欠款最多", ["account"]), ("overdue amount by customer", ["account"])],
)
def test_what_is_overdue_is_what_is_left_of_instalments_by_whose_order_they_are_of(kilns: Reader, question: str, groups: list[str]) -> None:
    query = kilns.plan(question).queries[0]

    assert (query.entity, [dimension.path for dimension in query.dimensions]) == (INSTALMENTS, groups)
    assert [(ref.path, ref.less, ref.owed) for ref in query.measures] == [("应收_元", "amount", True)]
    assert isinstance(query.where, And)
    due, owing = query.where.parts
    assert isinstance(due, Compare)
    assert (due.path, due.op) == ("到期日", "lt")
    assert isinstance(owing, Or), "what was paid in part is overdue as well"


def test_bound_on_what_is_left_of_a_part_paid_debt_is_refused_rather_than_read_of_another_amount(kilns: Reader) -> None:
    assert kilns("单笔逾期欠款超过500的有几笔").plan is None


def test_who_ordered_for_most_is_no_ranking_of_order_numbers(kilns: Reader) -> None:
    plan = kilns("不是代理商的客户2025年下单金额前三").plan

    assert plan is None or [dimension.path for dimension in plan.queries[0].dimensions] != ["订单号"]


def test_what_came_in_of_what_is_owed_counts_instalments_of_which_nothing_has_been_paid(kilns: Reader) -> None:
    query = kilns.plan("2025年到期的回款率").queries[0]

    assert [(ref.path, ref.over, ref.owed) for ref in query.measures] == [("amount", "应收_元", True)]


@pytest.mark.parametrize(
    "question",
    [
        "2025年没下单的客户有哪些",
        "2025年没下过单的代理商有哪些",
        "代理商里2025年一张单都没下的有哪些",
        "which customers haven't ordered in 2025?",
        "which customers haven't placed any order in 2025?",
    ],
)
def test_who_did_not_order_has_no_orders_as_every_order_has_its_day(kilns: Reader, question: str) -> None:
    query = kilns.plan(question).queries[0]
    parts = query.where.parts if isinstance(query.where, And) else (query.where,)

    assert query.entity == "account"
    assert [(part.entity, part.absent) for part in parts if isinstance(part, Exists)] == [(ORDERS, True)]


@pytest.mark.parametrize("question", ["2025年各季度的订单额，取消的行不要", "2025年订单额多少，取消的订单不要", "取消的行别算，2025年订单额多少"])
def test_a_word_for_the_records_before_a_denial_is_nothing_that_is_asked_for(kilns: Reader, question: str) -> None:
    query = kilns.plan(question).queries[0]

    assert [(ref.fold, ref.path) for ref in query.measures] == [("sum", "金额_元")]
    assert query.where == Compare(path="行状态", op="ne", values=("已取消",))


@pytest.mark.parametrize("question", ["预估总价最大的未结意向是哪个，谁负责？", "在谈的里头，预估总价最大的是哪一单、谁在跟？"])
def test_whose_the_largest_is_is_asked_of_that_one(kilns: Reader, question: str) -> None:
    (query,) = kilns.plan(question).queries

    assert (query.entity, query.limit, query.measures) == ("opportunity", 1, ())
    assert "owner" in query.select


def test_which_customer_the_largest_order_is_of_is_no_list_of_customers(kilns: Reader) -> None:
    queries = kilns.plan("金额最大的订单是哪一张，客户是谁？").queries

    assert [dimension.path for dimension in queries[-1].dimensions] == ["订单号", "account"]
    assert kilns.plan("金额最大的未结意向是哪个，客户是谁？").queries[-1].select[-1] == "account"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("成交的意向多少台", "成交的意向台数多少"),
        ("平均意向了几台", "平均意向台数多少"),
        ("2025年订了多少台", "2025年订了多少台"),
        ("意向单有多少个客户", "意向单有多少个客户"),
    ],
)
def test_a_header_that_is_asked_within_is_said_as_one_word(kilns: Reader, said: str, told: str) -> None:
    assert with_whole_headers(said, kilns.vocabulary) == told


@pytest.mark.parametrize("question", ["what is the status of YX004?", "what's the status of YX001?"])
def test_where_a_deal_stands_is_its_stage_as_the_export_has_it(kilns: Reader, question: str) -> None:
    assert "stage" in kilns.plan(question).queries[0].select


@pytest.mark.parametrize("question", ["没下过单的客户有哪些", "一张订单都没下过的客户有几家", "customers that never placed a single order"])
def test_who_never_ordered_has_no_orders(kilns: Reader, question: str) -> None:
    query = kilns.plan(question).queries[0]

    assert (query.entity, query.where) == ("account", Exists(entity=ORDERS, via="account", absent=True))


def test_whether_somebody_ordered_is_whether_there_are_orders(kilns: Reader) -> None:
    plan = kilns.plan("2025年3月松涛陶瓷下单了吗")

    assert (plan.focus, plan.queries[0].entity) == ("exists", ORDERS)
