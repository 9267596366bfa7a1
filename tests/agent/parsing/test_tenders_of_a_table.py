"""Tenders in an own table: their rate by what only they have, groups that a number counts, days taken from days, shares of what was counted before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, CustomField, CustomRow, CustomTable, ImportRun, Opportunity
from tools.crm.query import And, Compare, Dimension
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

TENDERS = "custom:tenders"
FIELDS = (("method", "text", "招标方式"), ("result", "text", "投标结果"), ("sent", "date", "递交日期"), ("opened", "date", "开标日期"))
DECIDED = Compare(path="result", values=("中标", "未中标"))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('tenders') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(CustomTable(id=1, source_system="crm", key="tenders", label="投标登记"))
        session.add_all(CustomField(entity=TENDERS, table_id=1, key=key, label=label, type=kind, classification=1) for key, kind, label in FIELDS)
        session.add_all(Account(id=at, name=f"Alder {at}", region=("华东区", "华北区")[at % 2], **sourced(f"a{at}")) for at in range(1, 5))
        session.flush()
        for at in range(1, 10):
            status = ("won", "lost", "open")[at % 3]
            days = {"opened_on": date(2025, at, 1), "close_on": date(2025, at, 20)}
            session.add(Opportunity(id=at, name=f"Deal {at}", account_id=1 + at % 4, amount=at, stage=status, status=status, **days, **sourced(f"o{at}")))
            held = {"method": ("公开招标", "邀请招标", "询比价")[at % 3], "result": ("中标", "未中标", "废标")[at % 3]}
            held |= {"sent": f"2025-{at:02}-01", "opened": f"2025-{at:02}-11"}
            session.add(CustomRow(id=at, table_id=1, account_id=1 + at % 4, **(sourced(f"r{at}") | {"custom": held})))
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


@pytest.mark.parametrize("question", ["各招标方式的中标率", "win rate by 招标方式", "公开招标和邀请招标，中标率各是多少"])
def test_a_rate_beside_what_only_the_own_table_has_is_that_of_its_records(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.dimensions) == (TENDERS, (Dimension(path="method"),))
    assert query.measures[0].part == Compare(path="result", values=("中标",))
    assert query.where == DECIDED or (isinstance(query.where, And) and DECIDED in query.where.parts)


def test_a_rate_of_nothing_else_stays_that_of_deals(read: Reader) -> None:
    assert read.plan("华东区的赢单率").queries[0].measures[0].measure == "win_rate"


def test_a_number_of_groups_beside_each_tells_them_apart(read: Reader) -> None:
    query = read.plan("三种招标方式从递交到开标平均各要几天").queries[0]

    assert query.dimensions == (Dimension(path="method"),)
    assert (query.measures[0].since, query.measures[0].path) == ("sent", "opened")


@pytest.mark.parametrize("question", ["开标日期减递交日期的平均天数", "average days of 开标日期 minus 递交日期"])
def test_a_day_less_another_counts_from_the_other(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.measures[0].fold, query.measures[0].since, query.measures[0].path) == ("avg", "sent", "opened")


@pytest.mark.parametrize("question", ["赢单和丢单平均各花了多少天", "average days to close, won deals against lost deals"])
def test_days_of_both_ends_are_told_by_the_end(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.measures[0].fold, query.dimensions) == ("avg", (Dimension(path="status"),))
    assert query.where == Compare(path="status", values=("won", "lost"))


@pytest.mark.parametrize(
    ("first", "second", "only"), [("2025年有多少条投标登记", "其中未中标的占多少", "未中标"), ("2025年有多少商机", "其中赢单的占多少", "won")]
)
def test_a_part_of_what_was_counted_keeps_its_period(read: Reader, first: str, second: str, only: str) -> None:
    before = read.plan(first)
    query = read.plan(second, before).queries[0]

    assert (query.window, query.only) == (before.queries[0].window, (only,))


@pytest.mark.parametrize("question", ["monthly trend of won value over 2025", "won value per month through 2025"])
def test_over_a_year_is_its_months_and_no_bound(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.window is not None
    assert (query.window.start, query.window.end, query.having) == (date(2025, 1, 1), date(2025, 12, 31), ())
