"""Questions about flags whose headers ask (停了没), and about days of an own table that are said in other words. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.store_words.asked_flags import said_of_flag
from tests.agent.parsing.conftest import NOW, TODAY, Reader, sourced
from tools.crm.models import Account, CustomField, CustomRow, CustomTable, ImportRun, Member
from tools.crm.query import And, Compare
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

TRIALS = "custom:trials"
FIELDS = (
    ("account", "halted", "flag", "停了没"),
    ("account", "linked", "flag", "已加群聊"),
    ("account", "called", "text", "客户简称"),
    ("account", "going", "text", "合作情况"),
    (TRIALS, "number", "text", "试用单号"),
    (TRIALS, "sent", "date", "哪天寄的"),
    (TRIALS, "tasted", "date", "哪天尝的"),
    (TRIALS, "passed", "flag", "过没过"),
    (TRIALS, "cleared", "flag", "押金结清没"),
    (TRIALS, "next_check", "date", "下次复检日期"),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('flags') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(CustomTable(id=1, source_system="crm", key="trials", label="试用单"))
        session.add_all(
            CustomField(entity=entity, table_id=1 if entity == TRIALS else None, key=key, label=label, type=kind, classification=1)
            for entity, key, kind, label in FIELDS
        )
        session.add_all(Member(id=at, name=name, **sourced(f"m{at}")) for at, name in ((1, "陈立安"), (2, "周一鸣")))
        session.flush()
        for at in (1, 2, 3):
            session.add(
                Account(
                    id=at,
                    name=f"Alder {at}",
                    owner_id=1 + at % 2,
                    **(sourced(f"a{at}") | {"custom": {"halted": at == 3, "linked": at == 1, "called": "桤木坊", "going": "流失客户" if at == 2 else "在保"}}),
                )
            )
        session.flush()
        for at in range(1, 9):
            sent = TODAY - timedelta(days=at * 10)
            held = {"number": f"SY00{at}", "sent": sent.isoformat(), "passed": bool(at % 2), "cleared": bool(at % 3)}
            held["next_check"] = (TODAY + timedelta(days=at * 9 - 30)).isoformat()
            if at % 4:
                held["tasted"] = (sent + timedelta(days=3)).isoformat()
            session.add(CustomRow(id=at, table_id=1, account_id=1 + at % 3, **(sourced(f"r{at}") | {"custom": held})))
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


def _parts(read: Reader, question: str) -> tuple[object, ...]:
    (query,) = read.plan(question).queries
    return query.where.parts if isinstance(query.where, And) else (query.where,)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("停了的客户有几家", Compare(path="halted", values=("true",))),
        ("已经停掉的客户有几家", Compare(path="halted", values=("true",))),
        ("没停掉的客户有几家", Compare(path="halted", values=("false",))),
        ("没停的客户有几家", Compare(path="halted", values=("false",))),
        ("没过的试用单有几张", Compare(path="passed", values=("false",))),
        ("过了的试用单有几张", Compare(path="passed", values=("true",))),
        ("押金结清了的试用单有几张", Compare(path="cleared", values=("true",))),
        ("下次复检日期已经过期的试用单有几张", Compare(path="next_check", op="lt", values=(TODAY.isoformat(),))),
        ("客户还没尝的试用单有几张", Compare(path="tasted", op="is_null")),
    ],
)
def test_what_a_header_asks_is_told_of_the_records(read: Reader, question: str, part: Compare) -> None:
    assert _parts(read, question) == (part,)


@pytest.mark.parametrize("question", ["寄了超过30天还没尝的试用单有几张", "寄了超过30天客户到现在还没尝的试用单有多少"])
def test_a_length_counts_from_the_day_of_the_event_before_it(read: Reader, question: str) -> None:
    before = Compare(path="sent", op="lt", values=((TODAY - timedelta(days=30)).isoformat(),))
    parts = _parts(read, question)
    assert before in parts
    assert Compare(path="tasted", op="is_null") in parts


@pytest.mark.parametrize("question", ["赔了的试用单有几张", "停机的试用单有几张", "烤了超过30天的试用单有几张"])
def test_a_deed_without_a_column_is_not_understood(read: Reader, question: str) -> None:
    assert read(question).plan is None


def test_a_header_that_asks_nothing_has_no_such_words(read: Reader) -> None:
    fields = read.model.entities[TRIALS].fields
    assert not list(said_of_flag(fields["number"]))
    assert ("false", "没过") in set(said_of_flag(fields["passed"]))


@pytest.mark.parametrize("question", ["还没加上群聊的客户有几家", "没加群聊的客户有几家", "未加群聊的客户有几家"])
def test_header_of_what_is_done_already_is_denied_as_one_that_asks(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].where == Compare(path="linked", values=("false",))


@pytest.mark.parametrize("question", ["how many customers have we lost", "which clients did we lose", "list our lost customers"])
def test_lost_customers_are_those_that_the_export_calls_so(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].where == Compare(path="going", values=("流失客户",))


@pytest.mark.parametrize("question", ["桤木坊归哪位业务员负责", "桤木坊归谁服务"])
def test_who_looks_after_a_short_name_is_told_with_the_full_one(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]
    assert (query.where, query.select) == (Compare(path="called", values=("桤木坊",)), ("called", "name", "owner"))
