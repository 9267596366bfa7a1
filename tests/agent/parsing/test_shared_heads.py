"""Words that the headers of several tables end with, verbs said apart from their object, and states of own tables. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, CustomField, CustomRow, CustomTable, ImportRun, Member, Opportunity, Payment
from tools.crm.query import And, Compare, Filter
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

PERMITS, CASES, GOALS = "custom:permits", "custom:cases", "custom:goals"
OWN = ((1, "permits", "准入证"), (2, "cases", "案件"), (3, "goals", "季度目标"))
QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
COLUMNS = (
    *((PERMITS, 1, "issued", "date", "出证日期"), (PERMITS, 1, "fee", "money", "核定租费(元)"), (PERMITS, 1, "lab", "text", "检测机构")),
    *((GOALS, 3, "year", "count", "年度"), (GOALS, 3, "quarter", "text", "季度"), (GOALS, 3, "goal", "money", "租费目标(元)")),
    *((CASES, 2, "taken", "date", "受理日期"), (CASES, 2, "done", "date", "结案日期"), (CASES, 2, "claimed", "money", "索赔租费(元)")),
)
MAPPING = {
    "tables": [
        {"entity": "opportunity", "label": "", "file": "项目.csv", "columns": [{"to": "amount", "header": "预计租费(元)"}]},
        {"entity": "payment", "label": "", "file": "到账.csv", "columns": [{"to": "amount", "header": "到账租费(元)"}]},
        {"entity": "member", "label": "", "file": "人员.csv", "columns": [{"to": "region", "header": "营业部"}]},
    ]
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('heads') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping=MAPPING, totals={}))
        session.add_all(Member(id=at, name=name, region=place, **sourced(f"m{at}")) for at, name, place in ((1, "何秀兰", "东部"), (2, "马立群", "西部")))
        session.flush()
        session.add(Account(id=1, name="晋面坊", owner_id=1, **sourced("a1")))
        session.flush()
        session.add_all(CustomTable(id=at, source_system="crm", key=key, label=label) for at, key, label in OWN)
        session.flush()
        session.add(CustomField(entity=CASES, table_id=2, key="permit", label="证号", type="ref", unit=PERMITS, classification=1))
        session.add_all(
            CustomField(entity=entity, table_id=table, key=key, label=label, type=kind, classification=1) for entity, table, key, kind, label in COLUMNS
        )
        for at in range(1, 7):
            deal: dict[str, Any] = {"stage": "won", "status": "won", "account_id": 1, "owner_id": 1, "amount": at * 1000}
            session.add(Opportunity(id=at, name=f"项目{at}", **deal, **sourced(f"o{at}")))
        session.flush()
        for at in range(1, 7):
            permit = {"issued": f"2026-01-0{at}", "fee": at * 10_000, "lab": "蓝石" if at < 4 else "青木"}
            case = {"taken": f"2026-02-0{at}", "claimed": at * 5_000} | ({"done": f"2026-03-0{at}"} if at < 5 else {})
            session.add(CustomRow(id=at, table_id=1, owner_id=1 + at % 2, **(sourced(f"p{at}") | {"custom": permit})))
            session.add(CustomRow(id=10 + at, table_id=2, owner_id=1, **(sourced(f"c{at}") | {"custom": case | {"permit": at}})))
            session.add(Payment(id=at, account_id=1, amount=at * 100, paid_on=date(2026, 2, at), **sourced(f"z{at}")))
        for at in range(8):
            goal = {"year": (2025 + at // 4) * 10_000, "quarter": QUARTERS[at % 4], "goal": at * 10_000}
            session.add(CustomRow(id=20 + at, table_id=3, owner_id=1, **(sourced(f"g{at}") | {"custom": goal})))
        session.flush()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


@pytest.mark.parametrize(
    ("question", "entity", "path"),
    [
        ("租费一共多少", PERMITS, "fee"),
        ("案件的租费一共多少", CASES, "claimed"),
        ("预计租费一共多少", "opportunity", "amount"),
        ("准入证的租费合计", PERMITS, "fee"),
    ],
)
def test_amount_called_by_the_end_of_its_header_is_that_of_the_records_named_or_of_those_that_others_belong_to(
    read: Reader, question: str, entity: str, path: str
) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.measures[0].fold, query.measures[0].path) == (entity, "sum", path)


def test_open_records_of_an_own_table_are_those_without_the_day_on_which_they_end(read: Reader) -> None:
    query = read.plan("还没结的案子有几个").queries[0]

    assert (query.entity, query.where) == (CASES, Compare(path="done", op="is_null"))


@pytest.mark.parametrize("question", ["2026年1月出了几张证", "2026年1月出的证有几张"])
def test_verb_said_apart_from_its_object_names_the_table_and_its_day(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == PERMITS
    assert query.window is not None
    assert query.window.path in {None, "issued"}


def test_two_characters_of_a_header_of_two_words_stand_for_it(read: Reader) -> None:
    assert [each.path for each in read.plan("哪家检构的核定租费最高").queries[0].dimensions] == ["lab"]


def test_number_of_the_groups_before_the_word_for_them_is_no_condition(read: Reader) -> None:
    query = read.plan("两个营业部今年的核定租费各是多少").queries[0]

    assert [each.path for each in query.dimensions] == ["owner.region"]
    assert query.where is None


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("2025年租费目标一共多少", Compare(path="year", values=("2025",))),
        (
            "2025年三季度的租费目标合计",
            And(parts=(Compare(path="year", values=("2025",)), Compare(path="quarter", values=("第三季度",)))),
        ),
        (
            "2025年上半年的租费目标合计",
            And(parts=(Compare(path="year", values=("2025",)), Compare(path="quarter", values=("第一季度", "第二季度")))),
        ),
    ],
)
def test_period_of_records_without_a_day_is_told_by_their_columns_for_year_and_quarter(read: Reader, question: str, where: Filter) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.where, query.window) == (GOALS, where, None)


def test_month_of_records_that_are_told_by_quarter_is_not_guessed(read: Reader) -> None:
    assert read("2025年5月的租费目标合计").plan is None


def test_end_of_a_header_is_no_payment_though_theirs_is_called_by_it_and_by_their_name(read: Reader) -> None:
    """As 租费 of the 到账租费 of payments: the word alone stays that of all the amounts that end with it."""
    assert read.plan("租费一共多少").queries[0].entity == PERMITS
    received = read.plan("到账租费一共多少").queries[0]
    assert (received.entity, received.measures[0].fold, received.measures[0].path) == ("payment", "sum", "amount")
