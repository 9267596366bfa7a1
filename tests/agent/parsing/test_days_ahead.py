"""Days of records that lie ahead for some of them: what falls in a month, what takes place then, what is still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.linking.translating import Translations
from integrations.dictionary import CcCedict
from tests.agent.parsing.conftest import NOW, TODAY, Reader, sourced
from tests.agent.parsing.words_only import Dictionary
from tests.tools.crm.importing.exports import table
from tests.tools.crm.importing.test_own_references import bring
from tools.crm.models import Account, Contract, CustomField, ImportRun, Member, Opportunity
from tools.crm.query import And, Between, Compare, Query
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

FIELDS = (("opportunity", "deal_date", "date", "Deal Date"),)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('ahead') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all(CustomField(entity=entity, key=key, label=label, type=kind, classification=1) for entity, key, kind, label in FIELDS)
        session.add_all(Member(id=at, name=name, manager_ref="Ada Brook", **sourced(f"m{at}")) for at, name in ((1, "Ada Brook"), (2, "Ben Stone")))
        session.add(Account(id=1, name="Granite Foods Ltd", city="Brookby", **sourced("a1")))
        session.flush()
        session.get_one(Member, 2).manager_id = 1
        for at in range(1, 13):
            session.add(Contract(id=at, account_id=1, signed_on=date(2025, 1, 1), end_on=date(2025 + at % 2, at, 9), **sourced(f"c{at}")))
            held = {"deal_date": f"2026-{at:02}-12"}
            days = {"opened_on": date(2025, 1, 1), "close_on": date(2025, at, 20)}
            deal = {"name": f"Deal {at}", "stage": "Signed", "status": "won", "amount": Decimal(1000), "owner_id": 1 + at % 2}
            session.add(Opportunity(id=at, account_id=1, **deal, **days, **sourced(f"o{at}") | {"custom": held}))
        session.commit()
        model = load_model(session)
        vocabulary = build_vocabulary(session, model)
        vocabulary.nearby = Dictionary(Translations(vocabulary, CcCedict()))
        yield Reader(model, vocabulary)
    engine.dispose()


def conditions(query: Query) -> list[object]:
    return list(query.where.parts if isinstance(query.where, And) else (query.where,))


@pytest.mark.parametrize(
    ("question", "path", "start"),
    [
        ("Which contracts have an end date that falls in November?", "end_on", date(2026, 11, 1)),
        ("Which deals take place in October?", "deal_date", date(2026, 10, 1)),
        ("How many deals took place in February?", "deal_date", date(2026, 2, 1)),
        ("How many contracts ended in November?", "end_on", date(2025, 11, 1)),
    ],
)
def test_month_without_its_year_is_the_next_one_where_the_present_tells_of_days_ahead(read: Reader, question: str, path: str, start: date) -> None:
    window = read.plan(question).queries[0].window

    assert window is not None
    assert (window.path, window.start) == (path, start)


def test_what_is_still_to_come_lies_ahead_by_the_day_called_for_the_records(read: Reader) -> None:
    assert Between(path="deal_date", low="2026-03-01") in conditions(read.plan("Which deals are still to come?").queries[0])


def test_second_place_is_a_rank_and_no_town(read: Reader) -> None:
    query = read.plan("Who is in second place in 2025 on won value?").queries[0]

    assert ([dimension.path for dimension in query.dimensions], query.skip) == (["owner"], 1)


@pytest.mark.parametrize("question", ["Does anyone report to Ada Brook?", "Does anybody report to Ada Brook?", "有没有人向Ada Brook汇报？"])
def test_whether_anyone_reports_to_somebody_asks_for_their_people(read: Reader, question: str) -> None:
    plan = read.plan(question)

    assert plan.focus == "exists"
    assert conditions(plan.queries[0]) == [Compare(path="manager", values=("Ada Brook",))]


ROWS = tuple(f"ZX{at:03d},{at * 10},2025-0{at % 9 + 1}-05,2026-{at % 9 + 1:02}-20,{('在网', '暂停')[at % 4 == 0]}".split(",") for at in range(40))


@pytest.mark.parametrize(
    ("last", "question", "start", "end"),
    [
        ("停用日期", "下个月有几条在网专线要停用", date(2026, 4, 1), date(2026, 4, 30)),
        ("终止日期", "年底到期的专线有几条", TODAY, date(2026, 12, 31)),
    ],
)
def test_what_ends_is_dated_by_its_last_day(tmp_path_factory: pytest.TempPathFactory, last: str, question: str, start: date, end: date) -> None:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('lines') / 'store.db'}")
    Base.metadata.create_all(engine)
    bring(engine, table("专线台账.csv", f"专线编号,带宽,开通日期,{last},在网状态", *map(tuple, ROWS)))
    with Session(engine) as session:
        model = load_model(session)
        window = Reader(model, build_vocabulary(session, model)).plan(question).queries[0].window
    engine.dispose()

    assert window is not None
    assert (window.path, window.start, window.end) == (last, start, end)
