"""Questions about the states, results and lengths that an export notes in its own Chinese words. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.linking.translating import Translations
from integrations.dictionary import CcCedict
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tests.agent.parsing.words_only import Dictionary
from tools.crm.models import Account, CustomField, CustomRow, CustomTable, ImportRun, Lead, Member, Opportunity, Ticket
from tools.crm.query import Compare, Exists, MeasureRef
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

LEASES = "custom:leases"
FIELDS = (
    ("ticket", "verdict", "text", "质检判定"),
    ("ticket", "first", "number", "首响时长(分钟)"),
    ("ticket", "solving", "number", "解决时长(小时)"),
    ("ticket", "fixer", "text", "处理工程师"),
    ("account", "signing", "date", "首签日期"),
    ("account", "fit", "number", "健康分"),
    ("lead", "became", "text", "转化商机号"),
    (LEASES, "state", "text", "续租状态"),
    (LEASES, "line", "text", "机型"),
    (LEASES, "rent", "money", "年费"),
    (LEASES, "ends", "date", "到期日"),
)
STATES = ("已续租", "已续租", "已退租", "待续租", "租用中", "租用中")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('states') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(CustomTable(id=1, source_system="crm", key="leases", label="租约"))
        session.add_all(
            CustomField(entity=entity, table_id=1 if entity == LEASES else None, key=key, label=label, type=kind, classification=1)
            for entity, key, kind, label in FIELDS
        )
        session.add_all(Member(id=at, name=name, **sourced(f"m{at}")) for at, name in ((1, "陈立安"), (2, "陈小雨"), (3, "周一鸣")))
        session.flush()
        for at in (1, 2, 3):
            own = {"signing": f"2026-01-0{at}"} if at < 3 else {}
            session.add(
                Account(id=at, name=f"Alder {at}", tier="A" if at == 1 else "B", owner_id=at, **(sourced(f"a{at}") | {"custom": own | {"fit": at * 30}}))
            )
        session.flush()
        for at in range(1, 7):
            held = {"verdict": "合规" if at % 3 else "违规", "first": at * 60, "solving": at, "fixer": ("袁芳", "邓凯")[at % 2]}
            opened = NOW - timedelta(days=at * 9)
            session.add(Ticket(id=at, subject=f"T{at}", priority=f"P{1 + at % 2}", account_id=1, opened_at=opened, **(sourced(f"t{at}") | {"custom": held})))
            session.add(Lead(id=at, name=f"L{at}", source=("fair", "web")[at % 2], **(sourced(f"l{at}") | {"custom": {"became": f"OP{at}"} if at < 3 else {}})))
            status = {"stage": "won" if at % 3 else "lost", "status": "won" if at % 3 else "lost"}
            closed = date(2025, 12, at) if at < 4 else date(2026, 1, at)
            session.add(Opportunity(id=at, name=f"Deal {at}", owner_id=1 + at % 3, account_id=1, close_on=closed, **status, **sourced(f"o{at}")))
            lease = {"state": STATES[at - 1], "line": ("小型机", "大型机")[at % 2], "rent": at * 100, "ends": f"2025-12-0{at}"}
            session.add(CustomRow(id=at, table_id=1, account_id=1 + at % 3, **(sourced(f"r{at}") | {"custom": lease})))
        session.commit()
        model = load_model(session)
        vocabulary = build_vocabulary(session, model)
        vocabulary.nearby = Dictionary(Translations(vocabulary, CcCedict()))
        yield Reader(model, vocabulary)
    engine.dispose()


RENEWED = Compare(path="state", values=("已续租",))
SETTLED = Compare(path="state", op="ne", values=("待续租", "租用中"))


@pytest.mark.parametrize(
    ("question", "dimension"),
    [("续租率是多少", None), ("各机型的续租率", "line"), ("哪个机型的续租率最低", "line"), ("A和B两类客户的续租率分别是多少", "account.tier")],
)
def test_rate_of_a_state_is_its_share_of_what_is_decided(read: Reader, question: str, dimension: str | None) -> None:
    (query,) = read.plan(question).queries

    assert query.measures == (MeasureRef(fold="count", part=RENEWED),)
    assert SETTLED in (query.where, *getattr(query.where, "parts", ()))
    assert [each.path for each in query.dimensions] == ([dimension] if dimension else [])


@pytest.mark.parametrize(
    ("question", "dimension"), [("各优先级的合规率", "priority"), ("袁芳和邓凯的合规率哪个高", "fixer"), ("哪个处理工程师的合规率最低", "fixer")]
)
def test_rate_of_a_result_can_be_told_by_group(read: Reader, question: str, dimension: str) -> None:
    (query,) = read.plan(question).queries

    assert query.measures == (MeasureRef(fold="count", part=Compare(path="verdict", values=("合规",))),)
    assert [each.path for each in query.dimensions] == [dimension]


@pytest.mark.parametrize("question", ["已有结果的租约里（已续租加已退租），已退租占多大比例", "已续租和已退租的租约里，已退租占百分之几"])
def test_share_is_of_the_value_that_is_said_once_more(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert (query.where, query.only) == (Compare(path="state", values=("已续租", "已退租")), ("已退租",))


def test_rate_of_a_kind_is_not_guessed(read: Reader) -> None:
    assert read("小型机率是多少").plan is None


@pytest.mark.parametrize("question", ["线索转化率是多少", "lead conversion rate", "conversion rate by lead source"])
def test_conversion_without_a_day_is_told_by_the_column_of_what_became(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert query.measures == (MeasureRef(fold="count", part=Compare(path="became", op="not_null")),)
    assert query.where is None


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("续租了的租约有几个", RENEWED),
        ("退租的租约年费一共多少", Compare(path="state", values=("已退租",))),
        ("还没续租的租约有几个", Compare(path="state", values=("待续租",))),
    ],
)
def test_deed_is_the_state_in_which_it_is_done_or_yet_to_do(read: Reader, question: str, part: Compare) -> None:
    (query,) = read.plan(question).queries

    assert query.where == part


@pytest.mark.parametrize(
    ("question", "path"),
    [("P1工单平均首响多少分钟", "first"), ("average ticket response time", "first"), ("average resolution time in hours by priority", "solving")],
)
def test_length_that_a_column_holds_stands_in_for_days_that_are_not_noted(read: Reader, question: str, path: str) -> None:
    (query,) = read.plan(question).queries

    assert query.measures == (MeasureRef(fold="avg", path=path),)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("首响超过4小时的工单有多少", Compare(path="first", op="gt", values=("240",))),
        ("how many tickets whose first response took longer than 90 minutes", Compare(path="first", op="gt", values=("90",))),
        ("首响不超过30分钟的工单有多少", Compare(path="first", op="le", values=("30",))),
    ],
)
def test_length_is_compared_in_the_unit_of_its_column(read: Reader, question: str, part: Compare) -> None:
    (query,) = read.plan(question).queries

    assert query.where == part
    assert not query.dimensions


@pytest.mark.parametrize(
    ("question", "op"),
    [("签过约的客户有几家", "not_null"), ("how many customers have never signed (no 首签日期)", "is_null"), ("没签过约的客户有几家", "is_null")],
)
def test_customers_that_have_signed_are_told_by_their_day(read: Reader, question: str, op: str) -> None:
    (query,) = read.plan(question).queries

    assert query.where == Compare(path="signing", op=op)


def test_signed_customers_may_lack_related_records_besides(read: Reader) -> None:
    (query,) = read.plan("签过约但没有工单的客户有几家").queries

    assert {type(part) for part in getattr(query.where, "parts", ())} == {Compare, Exists}


@pytest.mark.parametrize("question", ["小陈今年赢了几单", "陈经理今年赢了几单"])
def test_surname_of_two_people_is_asked_back(read: Reader, question: str) -> None:
    assert len(read(question).clarify) == 2


def test_surname_of_one_person_is_that_person(read: Reader) -> None:
    (query,) = read.plan("老周今年赢了几单").queries

    assert query.where == Compare(path="owner", values=("周一鸣",))


def test_two_words_that_are_one_header_are_read_together(read: Reader) -> None:
    (query,) = read.plan("average annual fee of leases per 机型").queries

    assert query.measures == (MeasureRef(fold="avg", path="rent"),)
    assert [(each.path, each.grain) for each in query.dimensions] == [("line", None)]


def test_mean_across_all_records_has_no_groups(read: Reader) -> None:
    (query,) = read.plan("average 解决时长 across all tickets").queries

    assert not query.dimensions


@pytest.mark.parametrize(
    "question",
    [
        "how much did won deals grow in January 2026 compared with December 2025, in percent",
        "won deals January 2026 vs December 2025, growth in %",
        "2026年1月赢单数比2025年12月增长了多少个百分比",
    ],
)
def test_change_asked_for_in_percent_is_told_as_such(read: Reader, question: str) -> None:
    assert read.plan(question).focus == "growth"


def test_day_that_records_are_past_is_before_today(read: Reader) -> None:
    (query,) = read.plan("租约 past their 到期日 but still 待续租, how many").queries

    parts = getattr(query.where, "parts", ())
    assert Compare(path="ends", op="lt", values=("2026-03-01",)) in parts
    assert Compare(path="state", values=("待续租",)) in parts


def test_what_a_figure_of_records_comes_to_is_a_second_figure(read: Reader) -> None:
    plan = read.plan("2025年12月到期的租约有几个，涉及年费多少")

    assert [(ref.fold, ref.path) for query in plan.queries for ref in query.measures] == [("count", None), ("sum", "rent")]


@pytest.mark.parametrize(
    ("question", "state"), [("没有已续租租约的客户有几家", "已续租"), ("没有已退租的租约的客户有几家", "已退租"), ("没有待续租租约的客户", "待续租")]
)
def test_state_right_before_what_is_missing_stays_with_it(read: Reader, question: str, state: str) -> None:
    (query,) = read.plan(question).queries

    assert (query.entity, query.where) == ("account", Exists(entity=LEASES, via="account", where=Compare(path="state", values=(state,)), absent=True))
