"""What customers still owe, and what came in short: by two amounts of a payment, or by records that a flag calls unpaid. Names are made up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.orm import Session

from agent.parsing import build_vocabulary
from tests.agent.parsing.conftest import Reader
from tests.tools.crm.importing.exports import table
from tests.tools.crm.importing.test_own_references import bring
from tools.crm.query import And, Beside, Compare, Filter, MeasureRef, Or
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

CLIENTS = table(
    "客户表.csv", "客户编号,客户名称,行业", *((f"K{at:03d}", f"青禾{name}有限公司", "制造") for at, name in enumerate(["纸业", "木业", "铝业", "陶业"]))
)
RECEIPTS = table(
    "回款明细.csv",
    "回款编号,客户编号,计划回款日期,计划金额(元),到账日期,到账金额(元)",
    *(
        (f"HK{at:03d}", f"K{at % 4:03d}", f"2025-0{at % 6 + 1}-05", "900", *((f"2025-0{at % 6 + 1}-09", str(900 - at % 2 * 100)) if at % 5 else ("", "")))
        for at in range(20)
    ),
)
BILLS = table(
    "送货单.csv",
    "送货单号,客户编号,送货日,箱数,货款(元),结清没",
    *((f"SH{at:03d}", f"K{at % 4:03d}", f"2025-0{at % 6 + 1}-05", str(at + 3), str(300 + at), "NY"[at % 2]) for at in range(20)),
)
Reading = Callable[..., Reader]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    engines = []

    def read(*tables: object) -> Reader:
        engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('owed') / 'store.db'}")
        engines.append(engine)
        Base.metadata.create_all(engine)
        bring(engine, CLIENTS, *tables)
        with Session(engine) as session:
            model = load_model(session)
            return Reader(model, build_vocabulary(session, model))

    yield read
    for engine in engines:
        engine.dispose()


def leaves(part: Filter | None) -> list[Compare | Beside]:
    """The conditions of a filter, whatever joins them."""
    if isinstance(part, And | Or):
        return [leaf for each in part.parts for leaf in leaves(each)]
    return [part] if isinstance(part, Compare | Beside) else []


@pytest.fixture(scope="module")
def receipts(reader: Reading) -> Reader:
    return reader(RECEIPTS)


@pytest.fixture(scope="module")
def bills(reader: Reading) -> Reader:
    return reader(BILLS)


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("还欠多少", []),
        ("未收款一共多少", []),
        ("还欠多少没收回来", []),
        ("哪个客户欠款最多", ["account"]),
        ("哪家客户欠得最多", ["account"]),
        ("how much is still outstanding", []),
        ("who owes us most?", ["account"]),
    ],
)
def test_what_is_owed_is_planned_less_received_with_what_has_not_come_in_at_all(receipts: Reader, question: str, groups: list[str]) -> None:
    query = receipts.plan(question).queries[0]
    assert query.entity == "payment"
    (ref,) = query.measures
    assert ref.owed
    assert (ref.fold, ref.less) == ("sum", "amount")
    assert [dimension.path for dimension in query.dimensions] == groups


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("少收的有几笔", True),
        ("哪些回款少收了", False),
        ("回款不足额的有哪些", False),
        ("到账比计划少的有几笔", True),
        ("哪些回款到账金额比计划金额少", False),
        ("which payments came in short", False),
        ("how many payments were underpaid", True),
    ],
)
def test_payments_that_came_in_short_are_those_with_less_than_was_planned(receipts: Reader, question: str, counted: bool) -> None:
    query = receipts.plan(question).queries[0]
    assert (query.entity, bool(query.measures)) == ("payment", counted)
    assert isinstance(query.where, Beside)
    assert (query.where.path, query.where.op) == ("amount", "lt")


@pytest.mark.parametrize("question", ["一共少收了多少钱", "少收了多少", "how much are we short on payments?"])
def test_how_much_came_in_short_is_the_difference_of_those_payments_alone(receipts: Reader, question: str) -> None:
    query = receipts.plan(question).queries[0]
    (ref,) = query.measures
    assert (ref.less, ref.owed) == ("amount", False)
    assert isinstance(query.where, Beside)


@pytest.mark.parametrize("question", ["逾期未收的有几笔", "逾期未付的有几笔"])
def test_overdue_and_not_received_is_planned_before_today_without_a_day_of_receipt(receipts: Reader, question: str) -> None:
    query = receipts.plan(question).queries[0]
    assert query.entity == "payment"
    assert {(part.op, part.path) for part in leaves(query.where)} >= {("is_null", "paid_on")}


@pytest.mark.parametrize("question", ["逾期没收回的款，哪家客户欠得最多", "逾期的欠款一共多少"])
def test_what_is_owed_and_overdue_is_what_was_planned_before_today_and_no_late_receipt(receipts: Reader, question: str) -> None:
    query = receipts.plan(question).queries[0]
    assert query.measures[0].owed
    assert isinstance(query.where, Compare)
    assert query.where.op == "lt"


@pytest.mark.parametrize("question", ["还有没有逾期没付的", "青禾纸业的款有没有逾期没付的", "有没有一分钱都没到账的"])
def test_whether_something_is_not_paid_yet_shows_the_payments(receipts: Reader, question: str) -> None:
    query = receipts.plan(question).queries[0]
    assert (query.entity, query.measures) == ("payment", ())


@pytest.mark.parametrize(
    ("question", "groups"), [("欠款最多的客户", ["account"]), ("未收款一共多少", []), ("还欠多少货款", []), ("how much is outstanding", [])]
)
def test_without_an_amount_received_it_is_the_bill_of_what_a_flag_calls_unpaid(bills: Reader, question: str, groups: list[str]) -> None:
    query = bills.plan(question).queries[0]
    assert query.measures == (MeasureRef(fold="sum", path="货款_元"),)
    assert query.where == Compare(path="结清没", values=("false",))
    assert [dimension.path for dimension in query.dimensions] == groups


@pytest.mark.parametrize("question", ["which customer has the largest overdue balance?", "逾期没到账的钱，哪个客户欠得最多"])
def test_an_overdue_balance_is_of_payments_that_were_due_and_have_not_come_in(receipts: Reader, question: str) -> None:
    query = receipts.plan(question).queries[0]
    parts = query.where.parts if isinstance(query.where, And) else (query.where,)

    assert (query.entity, [each.path for each in query.dimensions]) == ("payment", ["account"])
    assert {(part.path, part.op) for part in leaves(query.where)} >= {("paid_on", "is_null")}
    assert len(parts) > 1
    assert query.measures[0].path != "amount"


def test_what_falls_due_in_a_month_is_the_amount_that_was_planned(receipts: Reader) -> None:
    query = receipts.plan("what amount falls due in May 2025?").queries[0]

    assert query.entity == "payment"
    assert query.window is not None
    assert query.window.path != "paid_on"
    assert query.measures[0].path not in {None, "amount"}


@pytest.mark.parametrize("question", ["一共逾期了多少钱？", "How much money is overdue?", "还有多少逾期款挂着"])
def test_money_that_is_overdue_is_what_payments_were_to_bring_and_have_not(receipts: Reader, question: str) -> None:
    query = receipts.plan(question).queries[0]

    assert query.entity == "payment"
    assert [(ref.fold, ref.path, ref.less, ref.owed) for ref in query.measures] == [("sum", "计划金额_元", "amount", True)]
    assert isinstance(query.where, And)
    assert [(part.path, part.op) for part in leaves(query.where)] == [("计划回款日期", "lt"), ("paid_on", "is_null"), ("amount", "lt")], "paid in part"


@pytest.mark.parametrize("question", ["单笔超过300万的回款有几笔", "超过300万的回款有几笔"])
def test_more_than_there_are_records_is_an_amount_of_each(receipts: Reader, question: str) -> None:
    query = receipts.plan(question).queries[0]

    assert not query.having
    assert query.where == Compare(path="amount", op="gt", values=("3000000",))


@pytest.mark.parametrize("question", ["到期还没付的回款有几笔", "how many payments are due and unpaid"])
def test_what_has_fallen_due_and_is_unpaid_is_late(reader: Reading, question: str) -> None:
    where = reader(RECEIPTS).plan(question).queries[0].where

    assert isinstance(where, And)
    assert {(part.path, part.op) for part in where.parts if isinstance(part, Compare)} == {("paid_on", "is_null"), ("计划回款日期", "lt")}
    assert len(where.parts) == 2


def test_late_money_is_counted_and_summed_by_what_is_left_of_it(reader: Reading) -> None:
    counted, summed = reader(RECEIPTS).plan("逾期超过30天的款有几笔，一共多少").queries
    assert [ref.measure for ref in counted.measures] == ["payment_count"]
    assert [(ref.less, ref.owed) for ref in summed.measures] == [("amount", True)]
    assert summed.where == counted.where


@pytest.mark.parametrize(("question", "in_part"), [("逾期还没到账的有几笔", False), ("逾期一分没到账的有几笔", False), ("逾期没付清的有几笔", True)])
def test_what_has_not_arrived_at_all_is_none_that_came_in_part(receipts: Reader, question: str, in_part: bool) -> None:
    where = receipts.plan(question).queries[0].where

    assert any(isinstance(each, Beside) for each in leaves(where)) == in_part


@pytest.mark.parametrize(
    "question", ["还没到账的有几笔，总共多少？", "逾期、钱还没进来的有几笔，总共多少", "how many payments are overdue, and how much in total?"]
)
def test_total_behind_what_has_not_come_in_is_of_what_was_due(receipts: Reader, question: str) -> None:
    last = receipts.plan(question).queries[-1]
    assert ("sum", "计划金额_元") in [(ref.fold, ref.path) for ref in last.measures]
    assert any(isinstance(leaf, Compare) and leaf.op == "is_null" for leaf in leaves(last.where))
