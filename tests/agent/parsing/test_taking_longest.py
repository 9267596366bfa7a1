"""Records ranked by how long they took, times between events of two tables, and shares of points, in both languages. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, Contract, ImportRun, Member, Opportunity, Payment, Ticket
from tools.crm.query import Compare
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('longest') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(Member(id=1, name="Pia Ma", **sourced("m1")))
        session.flush()
        session.add(Account(id=1, name="Alder One", owner_id=1, **sourced("a1")))
        session.flush()
        for at in range(1, 7):
            own = {"account_id": 1, "owner_id": 1}
            told = {"stage": "Won" if at < 4 else "Lost", "status": "won" if at < 4 else "lost", "amount": Decimal(at * 1000), "currency": "CNY"}
            days = {"opened_on": date(2025, 1, at), "close_on": date(2025, 2, at)}
            session.add(Opportunity(id=at, name=f"Deal {at}", **told, **days, **own, **sourced(f"o{at}")))
            moments = {"opened_at": datetime(2025, 3, at, tzinfo=UTC), "closed_at": datetime(2025, 3, at + 2, tzinfo=UTC) if at < 5 else None}
            moments["first_response_at"] = datetime(2025, 3, at, at, tzinfo=UTC)
            sorts = {"category": "Motor" if at % 2 else "Door", "channel": "Phone" if at % 3 else "Mail", "priority": "High" if at % 2 else "Low"}
            session.add(Ticket(id=at, subject=f"Noise {at}", satisfaction=Decimal(at % 5 + 1), **sorts, **moments, **own, **sourced(f"T-{at}")))
            money = {"amount": Decimal(at * 500), "currency": "CNY"}
            session.add(Contract(id=at, name=f"Paper {at}", signed_on=date(2025, 2, at), **money, **own, **sourced(f"c{at}")))
            session.flush()
            session.add(Payment(id=at, contract_id=at, account_id=1, paid_on=date(2025, 4, at), **money, **sourced(f"p{at}")))
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


@pytest.mark.parametrize(
    ("question", "entity", "measure", "descending"),
    [
        ("which deal took the longest to close", "opportunity", "sales_cycle", True),
        ("销售周期最长的商机", "opportunity", "sales_cycle", True),
        ("which ticket took longest to resolve", "ticket", "ticket_resolution", True),
        ("解决最慢的工单", "ticket", "ticket_resolution", True),
        ("处理时间最短的工单", "ticket", "ticket_resolution", False),
    ],
)
def test_longest_time_ranks_the_records_by_how_long_they_took(read: Reader, question: str, entity: str, measure: str, descending: bool) -> None:
    query = read.plan(question).queries[0]
    assert (query.entity, query.measures[0].measure, query.order[0].descending, query.limit) == (entity, measure, descending, 1)
    assert len(query.dimensions) == 1


@pytest.mark.parametrize("question", ["average days from contract signing to payment", "合同签订到回款平均多少天"])
def test_days_up_to_an_event_of_another_table_are_those_of_its_records(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]
    assert (query.entity, query.measures[0].since, query.measures[0].path) == ("payment", "contract.signed_on", "paid_on")


@pytest.mark.parametrize("question", ["从商机登记到第一笔到账多少天", "average days from contract signing to first payment"])
def test_days_up_to_the_first_of_several_records_are_refused(read: Reader, question: str) -> None:
    assert read(question).plan is None


@pytest.mark.parametrize(
    ("question", "op", "points"),
    [("打了5分的工单占比", "eq", "5"), ("满意度2分及以下的工单占比", "le", "2"), ("what share of tickets scored 2 or less", "le", "2")],
)
def test_share_of_points_is_taken_of_the_records_that_have_any(read: Reader, question: str, op: str, points: str) -> None:
    query = read.plan(question).queries[0]
    assert query.measures[0].part == Compare(path="satisfaction", op=op, values=(points,))
    assert query.where == Compare(path="satisfaction", op="not_null")


@pytest.mark.parametrize(
    ("question", "measure", "path"),
    [
        ("哪类工单满意度平均最低", None, "category"),
        ("满意度最低的是哪类工单", "satisfaction_average", "category"),
        ("which kind of ticket has the lowest average satisfaction", "satisfaction_average", "category"),
        ("哪类问题解决得最慢", "ticket_resolution", "category"),
        ("解决时长最长的是哪个渠道", "ticket_resolution", "channel"),
        ("各优先级平均首次响应时间", "ticket_first_response", "priority"),
        ("不同优先级的首次响应时间分别是多少", "ticket_first_response", "priority"),
    ],
)
def test_sort_of_records_is_ranked_by_their_mean_whichever_word_comes_first(read: Reader, question: str, measure: str | None, path: str) -> None:
    (query,) = read.plan(question).queries

    assert (query.entity, query.measures[0].measure, query.measures[0].fold) == ("ticket", measure, None if measure else "avg")
    assert [each.path for each in query.dimensions] == [path]


def test_time_of_the_first_response_stays_a_day_where_a_period_selects_by_it(read: Reader) -> None:
    (query,) = read.plan("首次响应时间在2025年3月的工单有几张").queries

    assert (query.measures[0].measure, query.window and query.window.path) == ("ticket_count", "first_response_at")
