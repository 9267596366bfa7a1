"""What was won of a quota that people have as a column of theirs. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.access.principal import Principal
from tools.crm.currency import RateBook
from tools.crm.errors import QueryNamesUnknownField
from tools.crm.models import Account, CustomField, ImportRun, Member, Opportunity
from tools.crm.query import Compare, Dimension, MeasureRef, Order, Query, Window
from tools.crm.results import ResultSet
from tools.crm.semantic import load_model
from tools.crm.service import run_query
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import Base
from tools.store.engine import open_engine
from tools.trace.recompute import recompute

ATTAINED = MeasureRef(measure="won_value", of="owner.quota")
QUOTAS = {1: ("林晓", 400_000), 2: ("Ada Brook", 100_000), 3: ("周舟", None), 4: ("陈伟", 100_000), 5: ("陈伟", 100_000)}
WON = ((1, 2025, 100), (1, 2026, 300), (2, 2026, 120), (3, 2026, 50), (4, 2026, 10), (5, 2026, 20))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('quotas') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(CustomField(entity="member", key="quota", label="年度指标", type="number", classification=1))
        for at, (name, quota) in QUOTAS.items():
            session.add(Member(id=at, name=name, **(sourced(f"m{at}") | {"custom": {"quota": quota}})))
        session.flush()
        session.add(Account(id=1, name="Alder Ltd", owner_id=1, **sourced("a1")))
        session.flush()
        for at, (owner, year, amount) in enumerate(WON, 1):
            held = {"amount": Decimal(amount) / 10, "stage": "won", "status": "won", "opened_on": date(year, 1, 1), "close_on": date(year, 2, 1)}
            session.add(Opportunity(id=at, name=f"Deal {at}", account_id=1, owner_id=owner, **held, **sourced(f"o{at}")))
        session.commit()
        yield session
    engine.dispose()


@pytest.fixture(scope="module")
def read(session: Session) -> Reader:
    model = load_model(session)
    return Reader(model, build_vocabulary(session, model))


def ask(session: Session, query: Query) -> ResultSet:
    found = run_query(session, query, "q1", load_model(session), Principal.local_owner(), PolicyScope(), RateBook())
    assert [each for each in recompute(found.cells(), {block.id: block for block in found.blocks}) if each.outcome != "ok"] == []
    return found


def test_attainment_by_person_is_won_over_quota_and_cites_both(session: Session) -> None:
    window = Window(start=date(2026, 1, 1), end=date(2026, 12, 31))
    query = Query(entity="opportunity", measures=(ATTAINED,), dimensions=(Dimension(path="owner"),), window=window, order=(Order(measure=0),))
    found = ask(session, query)

    told = [(row.cells["owner"].value, row.cells["m0"].value) for row in found.rows]
    assert told[:2] == [("Ada Brook", "1.2"), ("林晓", "0.75")]
    assert ("周舟", None) in told  # who has no quota attained no share of one
    derivation = found.rows[0].cells["m0"].derivation
    assert derivation is not None
    assert [found.cells()[address].value for address in derivation.operands] == ["12", "10"]


def test_attainment_of_two_people_of_one_name_is_refused(session: Session) -> None:
    with pytest.raises(QueryNamesUnknownField):
        ask(session, Query(entity="opportunity", measures=(ATTAINED,), where=Compare(path="owner", values=("陈伟",))))


@pytest.mark.parametrize("where", [None, Compare(path="owner", values=("林晓", "Ada Brook")), Compare(path="owner", op="ne", values=("林晓",))])
def test_attainment_over_people_with_several_quotas_is_refused(session: Session, where: Compare | None) -> None:
    with pytest.raises(QueryNamesUnknownField):
        ask(session, Query(entity="opportunity", measures=(ATTAINED,), where=where))


@pytest.mark.parametrize(
    "question",
    [
        "who has the best target attainment this year?",
        "Who has the best quota attainment this year, won value over annual target?",
        "今年谁的指标完成率最高？",
        "今年谁的年度指标完成率最高，按成交额除以指标？",
        "各销售今年的目标达成率",
    ],
)
def test_attainment_is_asked_by_person(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert (query.measures, [each.path for each in query.dimensions]) == ((ATTAINED,), ["owner"])


@pytest.mark.parametrize(
    "question",
    ["林晓今年的成交额达成了年度指标的百分之几？", "what share of the annual target did 林晓 reach this year?", "林晓今年的指标完成率是多少"],
)
def test_attainment_of_one_person_is_one_figure(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert (query.measures, query.where, query.dimensions) == ((ATTAINED,), Compare(path="owner", values=("林晓",)), ())


@pytest.mark.parametrize("question", ["林晓上个月的指标完成率", "who has the best target attainment last quarter?"])
def test_attainment_of_an_annual_quota_in_another_period_is_not_told(read: Reader, question: str) -> None:
    found = read(question)

    assert found.plan is None or ATTAINED not in found.plan.queries[0].measures
