"""Relative clauses about records of another kind, over one reference or two; days of a record that lie apart. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tools.crm.query import And, Compare, Exists, Lasted

CLIENTS = table(
    "客户表.csv",
    "客户编号,客户名称,客户状态",
    *(
        (f"K{at:03d}", f"青禾{name}有限公司", ("合作客户", "流失客户")[at % 2])
        for at, name in enumerate(["纸业", "木业", "铝业", "陶业", "玻业", "棉业", "麻业", "丝业"])
    ),
)
LEASES = table(
    "租约台账.csv",
    "租约号,客户编号,签租日期,签租租费(元),租约状态",
    *((f"ZY{at:04d}", f"K{at % 6:03d}", f"2025-0{at % 6 + 1}-05", str(900 + at), ("有效", "已退租")[at % 2]) for at in range(24)),
)
INSTALMENTS = table(
    "租费分期到账.csv",
    "租约号,期次,应缴日期,应缴租费(元),到账日期,到账租费(元),缴费状态",
    *(
        (f"ZY{at % 24:04d}", str(at // 24 + 1), f"2025-0{at % 6 + 1}-20", "300", *((f"2025-0{at % 6 + 1}-25", "300", "已缴清") if at % 5 else ("", "", "待缴")))
        for at in range(48)
    ),
)
END = (("", "处理中"), ("2025-07-19", "已完结"))
REPAIRS = table(
    "返修登记.csv",
    "返修号,租约号,受理日期,派工日期,完结日期,返修状态",
    *((f"FX{at:04d}", f"ZY{at % 10:04d}", f"2025-0{at % 6 + 1}-02", f"2025-0{at % 6 + 1}-0{at % 7 + 3}", *END[at % 3 > 0]) for at in range(24)),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("clauses"), CLIENTS, LEASES, INSTALMENTS, REPAIRS) as reader:
        yield reader


def parts(read: Reader, question: str) -> list[Exists]:
    query = read.plan(question).queries[0]
    assert query.entity == "account"
    found = query.where.parts if isinstance(query.where, And) else (query.where,)
    return [part for part in found if isinstance(part, Exists)]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("有逾期待缴租费的客户有几家", [("payment", "租约号.account", False)]),
        ("哪些客户有逾期没付的租费", [("payment", "租约号.account", False)]),
        ("customers with overdue unpaid payments", [("payment", "租约号.account", False)]),
        ("有有效租约但没有待缴租费的客户有几家", [("custom:租约台账", "account", False), ("payment", "租约号.account", True)]),
        ("一边有有效的租约，一边又欠着待缴租费的客户是哪几家", [("custom:租约台账", "account", False), ("payment", "租约号.account", False)]),
    ],
)
def test_clause_of_having_is_a_condition_on_records_over_one_reference_or_two(read: Reader, question: str, told: list[tuple[str, str, bool]]) -> None:
    assert [(part.entity, part.via, part.absent) for part in parts(read, question)] == told


@pytest.mark.parametrize("question", ["一份租约都没买过的客户有几家", "没买过租约的客户有几家"])
def test_verb_of_what_is_missing_says_nothing_of_deals(read: Reader, question: str) -> None:
    assert [(part.entity, part.absent) for part in parts(read, question)] == [("custom:租约台账", True)]


def test_word_for_an_outcome_is_the_state_of_the_customer_that_begins_with_it(read: Reader) -> None:
    query = read.plan("哪些客户已经流失了").queries[0]

    assert (query.entity, query.where) == ("account", Compare(path="status", values=("流失客户",)))


@pytest.mark.parametrize(
    ("question", "op"),
    [
        ("从受理到派工超过3天的返修有几条", "gt"),
        ("派工比受理晚3天以上的返修有几条", "ge"),
        ("受理后拖了3天以上才派工的返修有几条", "ge"),
        ("受理早于派工3天以上的返修有几条", "ge"),
    ],
)
def test_length_beside_two_days_of_a_record_is_the_time_between_them(read: Reader, question: str, op: str) -> None:
    query = read.plan(question).queries[0]

    assert query.where == Lasted(path="派工日期", since="受理日期", op=op, days="3")


def test_what_is_owed_of_a_waiting_state_is_the_amount_due(read: Reader) -> None:
    query = read.plan("逾期待缴的租费，哪家客户最多").queries[0]

    assert (query.entity, query.measures[0].path, [each.path for each in query.dimensions]) == ("payment", "应缴租费_元", ["租约号.account"])


@pytest.mark.parametrize("question", ["租费没交的有几笔", "没付的租费有几笔"])
def test_money_of_what_is_not_paid_is_no_sum_where_records_are_counted(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.measures[0].measure, query.where) == ("payment_count", Compare(path="paid_on", op="is_null"))
