"""Sums, what has come in and what is left, and parties that only act or receive, in the words of every day. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent.parsing.linking.guessing import _counts_within
from agent.parsing.linking.items import Item
from agent.parsing.wording.idioms import plainly
from agent.parsing.wording.rewording import reword
from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import And, Beside, Compare, Filter, Or

PEOPLE = ("汪海", "刘怡", "章峰", "程敏")
FIRMS = ("青禾", "白鹭", "松涛", "云岭", "沧海", "晴川", "飞瀑", "春山", "秋水", "长亭")
STAFF = table(
    "人员表.csv",
    "工号,姓名,大区,岗位,入职日期,离职日期",
    *((f"Y{at:02d}", name, "江南大区", "业务员", "2020-03-01", "2025-05-31" if at == 3 else "") for at, name in enumerate(PEOPLE)),
)
CLIENTS = table(
    "客户表.csv",
    "客户编号,客户名称,客户类型,大区,维护人工号",
    *((f"K{at:03d}", f"{name}鞋业商行", ("门店", "车队")[at % 2], "江南大区", f"Y{at % 4:02d}") for at, name in enumerate(FIRMS)),
)
ORDERS = table(
    "鞋履订单.csv",
    "订单号,客户编号,业务员工号,下单日期,品牌,双数,订单金额(元),返利(元),返利点数(%),运费(元),出库日期,订单状态",
    *(
        (f"DD-{at:04d}", f"K{at % 10:03d}", f"Y{at % 4:02d}", f"2025-0{at % 6 + 1}-08", ("云步", "疾行")[at % 2], str(at % 5 + 10), str(at % 5 * 120 + 1200),
         str(at % 7 + 1), str(at % 3 + 1), str(at + 30), "" if at % 9 == 8 else f"2025-0{at % 6 + 1}-{11 + at % 4}", ("已签收", "已取消")[at % 9 == 8])
        for at in range(40)
    ),
)  # fmt: skip
DUE = table(
    "收款登记.csv",
    "流水号,订单号,客户编号,款项名称,应收日期,应收金额(元),实收日期,实收金额(元),收款方式",
    *(
        (f"HK-{at:03d}", f"DD-{at:04d}", f"K{at % 10:03d}", ("预付款", "尾款")[at % 2], f"2025-0{at % 6 + 1}-20", "900",
         *((f"2025-0{at % 6 + 1}-25", str(900 - at % 2 * 300)) if at % 3 else ("", "")), ("电汇", "银行承兑汇票")[at % 2])
        for at in range(30)
    ),
)  # fmt: skip
WISHES = table(
    "商机登记.csv",
    "商机编号,商机名称,登记日期,客户编号,跟进人,台数,预估金额(元),成交金额(元),当前节点,结案日期",
    *(
        (f"YX{at:03d}", f"{FIRMS[at % 10]}{at}期", f"2024-0{at % 9 + 1}-03", f"K{at % 10:03d}", PEOPLE[at % 4], str(at + 2), str(at * 10 + 2000),
         *((str(at * 10 + 1900), "成交", f"2024-0{at % 9 + 1}-20"), ("", "战败", f"2024-0{at % 9 + 1}-25"), ("", "报价", ""))[at % 3])
        for at in range(24)
    ),
)  # fmt: skip

TASKS = table("任务分解.csv", "工号,年度,季度,任务台数", *((f"Y{at % 4:02d}", "2025", f"{'一二三四'[at // 4]}季度", str(at + 40)) for at in range(16)))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("everyday"), STAFF, CLIENTS, ORDERS, DUE, WISHES, TASKS) as reader:
        yield reader


def leaves(part: Filter | None) -> list[Compare | Beside]:
    """The conditions of a filter, whatever joins them."""
    if isinstance(part, And | Or):
        return [leaf for each in part.parts for leaf in leaves(each)]
    return [part] if isinstance(part, Compare | Beside) else []


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ("客户取消掉的订单一共值多少钱", "订单金额_元"),
        ("客户取消的订单金额合计多少", "订单金额_元"),
        ("2025年给客户的返利一共多少钱?", "返利_元"),
        ("2025年客户一共拿了多少返利", "返利_元"),
    ],
)
def test_a_party_that_only_acts_or_receives_tells_nothing_apart(shop: Reader, question: str, column: str) -> None:
    query = shop.plan(question).queries[0]

    assert [(ref.fold, ref.path) for ref in query.measures] == [("sum", column)]
    assert not query.dimensions


@pytest.mark.parametrize("question", ["有多少客户取消过订单", "取消了订单的客户有几家"])
def test_a_party_that_is_counted_is_still_counted(shop: Reader, question: str) -> None:
    query = shop.plan(question).queries[0]

    assert (query.entity, [ref.measure for ref in query.measures]) == ("account", ["account_count"])


def test_customers_told_apart_are_groups_whoever_acts(shop: Reader) -> None:
    assert [each.path for each in shop.plan("每个客户取消的订单金额是多少").queries[0].dimensions] == ["account"]


def test_our_firm_says_nothing_of_its_own_people(shop: Reader) -> None:
    query = shop.plan("公司已经离职的人有几个").queries[0]

    assert (query.entity, query.where) == ("member", Compare(path="离职日期", op="not_null"))


@pytest.mark.parametrize("question", ["已经过了应收日期还没收齐的款有几笔", "到期了还没付清的款有几笔"])
def test_what_is_not_all_in_holds_what_came_in_part(shop: Reader, question: str) -> None:
    query = shop.plan(question).queries[0]

    assert query.entity == "payment"
    assert {(part.path, part.op) for part in leaves(query.where)} == {("应收日期", "lt"), ("paid_on", "is_null"), ("amount", "lt")}


@pytest.mark.parametrize("question", ["尾款这一项现在还有多少没收", "尾款还剩多少没收齐"])
def test_what_is_left_of_an_instalment_is_due_less_received(shop: Reader, question: str) -> None:
    query = shop.plan(question).queries[0]

    assert [(ref.fold, ref.path, ref.less) for ref in query.measures] == [("sum", "应收金额_元", "amount")]
    assert Compare(path="款项名称", values=("尾款",)) in leaves(query.where)


@pytest.mark.parametrize("question", ["一分钱都没到的款有几笔", "一分没收到的款子有几笔", "还没收到的款有几笔"])
def test_where_nothing_came_nothing_came_in_part(shop: Reader, question: str) -> None:
    assert leaves(shop.plan(question).queries[0].where) == [Compare(path="paid_on", op="is_null")]


def test_how_much_behind_the_money_that_is_unpaid_asks_for_the_money(shop: Reader) -> None:
    query = shop.plan("应收日期已经过了、一分钱还没到账的应收金额总共多少？").queries[0]

    assert [(ref.fold, ref.path) for ref in query.measures] == [("sum", "应收金额_元")]


@pytest.mark.parametrize("question", ["用银行承兑汇票付过来的有几笔", "客户用银行承兑汇票付过来的款有几笔"])
def test_the_means_of_paying_are_those_that_are_used(shop: Reader, question: str) -> None:
    query = shop.plan(question).queries[0]

    assert (query.entity, query.measures[0].measure) == ("payment", "payment_count")
    assert Compare(path="method", values=("银行承兑汇票",)) in leaves(query.where)


@pytest.mark.parametrize("question", ["2025年的订单里云步一共多少双", "2025年云步一共多少双", "2025年的订单里云步一共多少双(取消的除外)?"])
def test_goods_are_counted_behind_their_sort(shop: Reader, question: str) -> None:
    assert [(ref.fold, ref.path) for ref in shop.plan(question).queries[0].measures] == [("sum", "双数")]


@pytest.mark.parametrize("question", ["2025年的订单一共返了多少钱", "2025年的订单返给客户多少钱"])
def test_the_verb_before_how_much_is_the_amount_that_begins_with_it(shop: Reader, question: str) -> None:
    assert [(ref.fold, ref.path) for ref in shop.plan(question).queries[0].measures] == [("sum", "返利_元")]


def test_a_verb_that_no_amount_begins_with_is_not_passed_over(shop: Reader) -> None:
    assert shop("2025年的订单一共罚了多少钱").plan is None


def test_the_column_of_pieces_is_named_by_its_records_and_the_rest_of_its_header(shop: Reader) -> None:
    query = shop.plan("2025年的任务分解总共是多少台").queries[0]

    assert [(ref.fold, ref.path) for ref in query.measures] == [("sum", "任务台数")]


def test_the_header_of_pieces_is_their_sum_and_no_number_of_deals(shop: Reader) -> None:
    query = shop.plan("2024年成交的台数按客户分别是多少").queries[0]

    assert [(ref.fold, ref.path) for ref in query.measures] == [("sum", "quantity")]


def test_how_many_by_their_measure_word_is_no_part_of_a_guessed_header() -> None:
    items = (Item(0, 2, "今年"), Item(4, 6, "多少份", cues=("count",)))

    assert _counts_within(items, 2, 6)
    assert not _counts_within(items, 2, 4)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("平均打到几折", "平均折扣是多少"),
        ("平均返几个点", "平均返利是多少"),
        ("平均多少个小时到现场？", "到场平均多少小时？"),
        ("花掉多少招待费", "花了多少招待费"),
        ("除掉已取消的", "除掉已取消的"),
        ("一共到了多少款？", "一共到账了多少钱？"),
        ("今年8月份回了多少万的款？", "今年8月份回款金额是多少？"),
    ],
)
def test_everyday_words_are_said_as_columns_are_called(said: str, plain: str) -> None:
    assert reword(said) == plain
    assert reword(plain) == plain


DEALS_SIGNED = table(
    "合同台账.csv",
    "合同号,客户编号,签订日期,签约金额(元),累计到款(元),验收情况",
    *(
        (f"HT{at:03d}", f"K{at % 10:03d}", f"2025-0{at % 6 + 1}-11", "9000", ("0", "4000", "9000")[at % 3], ("已验收", "施工中")[at % 2])
        for at in range(18)
    ),
)  # fmt: skip
BILLS = table(
    "开票台账.csv",
    "发票号,客户编号,开票日期,开票金额(元),到账日期,到账金额(元),年维护费(元),缴费方式",
    *(
        (f"FP{at:03d}", f"K{at % 10:03d}", f"2025-0{at % 6 + 1}-11", "900",
         *((f"2025-1{at % 3}-09", "900") if at % 4 else ("", "")), str(at + 50), ("季缴", "年缴")[at % 2])
        for at in range(24)
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("office"), CLIENTS, DEALS_SIGNED, BILLS) as reader:
        yield reader


@pytest.mark.parametrize(("question", "column"), [("一分钱都还没到的合同有几份", "eq"), ("钱还没结清的合同有几份", "lt"), ("没付清的合同有几份", "lt")])
def test_a_contract_is_paid_as_far_as_the_column_of_what_came_says(office: Reader, question: str, column: str) -> None:
    query = office.plan(question).queries[0]

    assert query.entity == "contract"
    assert [part.op for part in leaves(query.where)] == ["is_null", column]


@pytest.mark.parametrize("question", ["2025年11月到账了多少钱", "2025年10月到账了多少"])
def test_what_came_in_a_period_came_on_its_own_day(office: Reader, question: str) -> None:
    query = office.plan(question).queries[0]

    assert query.window is not None
    assert (query.entity, query.window.path) == ("invoice", "到账日期")
    assert [(ref.fold, ref.path) for ref in query.measures] == [("sum", "到账金额_元")]


def test_months_of_what_came_in_are_those_of_its_own_day(office: Reader) -> None:
    assert [each.path for each in office.plan("按月看2025年的到账金额").queries[0].dimensions] == ["到账日期"]


def test_a_period_of_the_bills_themselves_stays_theirs(office: Reader) -> None:
    window = office.plan("2025年3月开的票到账金额合计多少").queries[0].window

    assert window is not None
    assert window.path != "到账日期"


def test_what_there_is_of_it_in_a_year_is_the_yearly_column(office: Reader) -> None:
    query = office.plan("一年的维护费加起来多少").queries[0]

    assert [(ref.fold, ref.path) for ref in query.measures] == [("sum", "年维护费_元")]


def test_cash_that_we_receive_is_money_that_we_collect() -> None:
    assert plainly("How much cash did we receive last quarter?") == "how much money did we collect last quarter?"


def test_paid_by_the_quarter_is_how_it_is_paid_and_no_payment(office: Reader) -> None:
    query = office.plan("How many invoices are paid quarterly?").queries[0]

    assert query.entity == "invoice"
    assert query.where == Compare(path="kind", values=("季缴",))
