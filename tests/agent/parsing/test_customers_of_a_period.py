"""Customers by what happened with them in a period: who signed, won, lost or was billed then, and not who became a customer then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.wording.rewording import reword
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, Contract, ImportRun, Member, Opportunity, Product
from tools.crm.query import And, Between, Compare, Exists, Filter, MeasureRef
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('periods') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all(Member(id=at, name=f"Seller {at}", **sourced(f"m{at}")) for at in (1, 2))
        session.add_all(Product(id=at, name=f"Lift {at}", list_price=Decimal(at * 500), **sourced(f"p{at}")) for at in (1, 2))
        session.flush()
        session.add_all(
            Account(id=at, name=f"Alder {at}", owner_id=1 + at % 2, created_on=date(2023 + at % 3, 4, at), **sourced(f"a{at}")) for at in range(1, 9)
        )
        session.flush()
        for at in range(24):
            status = ("won", "lost", "open")[at % 3]
            who = {"account_id": 1 + at % 8, "owner_id": 1 + at % 2, "product_id": 1 + at % 2}
            day = date(2024 + at % 2, 1 + at % 9, 20)
            deal = {"name": f"Deal {at}", "stage": status.title(), "status": status, "amount": Decimal(1000 * at)}
            session.add(Opportunity(id=at + 1, **deal, **who, opened_on=date(2024, 1, 2), close_on=day, **sourced(f"o{at}")))
            if status == "won" and at < 12:
                session.add(
                    Contract(
                        id=at + 1,
                        number=f"C{at}",
                        account_id=who["account_id"],
                        amount=Decimal(900),
                        signed_on=day,
                        status="已完结" if at % 2 else "履行中",
                        **sourced(f"c{at}"),
                    )
                )
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


def parts(where: Filter | None) -> tuple[Filter, ...]:
    return where.parts if isinstance(where, And) else () if where is None else (where,)


def held(read: Reader, question: str) -> tuple[Exists, bool]:
    """What the customers of a question have, and whether a period limits them themselves."""
    query = read.plan(question).queries[0]
    assert query.entity == "account"
    found = [part for part in parts(query.where) if isinstance(part, Exists)]
    assert len(found) == 1
    return found[0], query.window is not None


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("2025年成交的客户有几家", "won"),
        ("2025年赢单的客户有多少家", "won"),
        ("2025年成交过的客户有几家", "won"),
        ("2025年下过单的客户有多少家", "won"),
        ("2025年丢过单的客户有哪些", "lost"),
        ("accounts with won deals in 2025", "won"),
        ("accounts that had a lost deal in 2025", "lost"),
    ],
)
def test_a_period_before_what_happened_is_when_it_did(read: Reader, question: str, status: str) -> None:
    there, limited = held(read, question)

    assert there.entity == "opportunity"
    assert not limited
    assert Compare(path="status", values=(status,)) in parts(there.where)
    assert [part.path for part in parts(there.where) if isinstance(part, Between)] == ["close_on"]


@pytest.mark.parametrize(
    "question",
    [
        "签了合同的客户有几家",
        "签过合同的客户有多少家",
        "how many accounts have signed a contract",
        "how many accounts signed a contract",
        "跟我们签约的客户有几家",
    ],
)
def test_who_signed_has_a_contract(read: Reader, question: str) -> None:
    there, _ = held(read, question)

    assert (there.entity, there.where) == ("contract", None)


@pytest.mark.parametrize("question", ["2025年新增的签过合同的客户有几家", "accounts created in 2025 with won deals"])
def test_a_period_beside_a_beginning_is_when_the_customers_came(read: Reader, question: str) -> None:
    there, limited = held(read, question)

    assert limited
    assert not any(isinstance(part, Between) for part in parts(there.where))


@pytest.mark.parametrize("question", ["产品一共有几款", "有几种产品"])
def test_sorts_of_goods_are_those_that_there_are(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == "product"


@pytest.mark.parametrize("question", ["最贵的产品卖多少钱", "how much is the most expensive product"])
def test_the_dearest_has_the_highest_price_and_sold_no_more_than_others(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.order[0].path, query.limit) == ("product", "list_price", 1)


def test_a_mean_of_each_head_is_of_the_sellers(read: Reader) -> None:
    assert read.plan("销售人均赢了几单").queries[0].measures == (MeasureRef(measure="won_count", per="owner"),)


@pytest.mark.parametrize(
    ("said", "plain"),
    [("今年下过两单以上的客户", "今年下单两次以上的客户"), ("签了三单以上的客户", "赢了三单以上的客户"), ("销售人均赢了几单", "人均赢了几单")],
)
def test_deeds_are_said_whole(said: str, plain: str) -> None:
    assert reword(said) == plain
    assert reword(plain) == plain


@pytest.mark.parametrize("question", ["合同里最高金额是多少", "签过的合同里金额最大的一份是多少钱"])
def test_the_highest_value_among_records_is_the_value(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == "contract"
    assert query.measures == (MeasureRef(fold="max", path="amount"),)


def test_the_record_that_has_the_highest_value_is_the_record(read: Reader) -> None:
    query = read.plan("金额最高的合同是哪份").queries[0]

    assert (query.entity, query.measures, query.limit) == ("contract", (), 1)


@pytest.mark.parametrize(("question", "op"), [("how many contracts are completed", "eq"), ("how many contracts are not completed yet", "ne")])
def test_completed_is_what_the_own_state_calls_so(read: Reader, question: str, op: str) -> None:
    query = read.plan(question).queries[0]

    assert parts(query.where) == (Compare(path="status", op=op, values=("已完结",)),)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("报修最多的三种故障是什么，各几单", "报修最多的三种故障是什么"),
        ("今年签合同金额最多的前三个人，分别签了多少", "今年签合同金额最多的前三个人"),
        ("拜访最多的三家客户，各成交了多少", "拜访最多的三家客户，各成交了多少"),
        ("上半年签下来多少份合同", "上半年签了多少份合同"),
        ("去年付过款的客户", "去年有回款的客户"),
        ("没付过款的客户", "没有回款的客户"),
        ("本季度签约客户有哪些", "本季度签约的客户有哪些"),
        ("客户平均有几张工单", "平均每个客户有几张工单"),
        ("一笔都没到账的验收款", "没到账的验收款"),
        ("没取消掉的订单", "没取消的订单"),
        ("最贵的产品卖多少钱", "最贵的产品多少钱"),
    ],
)
def test_everyday_turns_are_said_as_the_rest_is_read(said: str, plain: str) -> None:
    assert reword(said) == plain
    assert reword(plain) == plain
