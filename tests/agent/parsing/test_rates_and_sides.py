"""Rates of yes-or-no columns, shares of the records that are named, and two things set side by side. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.linking.translating import Translations
from agent.parsing.store_words.own_headers import asked_by
from agent.parsing.store_words.rated_flags import other_rates
from integrations.dictionary import CcCedict
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tests.agent.parsing.words_only import Dictionary
from tools.crm.models import Account, CustomField, CustomRow, CustomTable, ImportRun, Member, Opportunity, Ticket
from tools.crm.query import Among, Compare, MeasureRef, Query
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

TRIALS = "custom:trials"
FIELDS = (
    (TRIALS, "passed", "flag", "过没过"),
    (TRIALS, "goods", "text", "货品"),
    (TRIALS, "score", "number", "试吃打分"),
    ("ticket", "content", "flag", "客户满意没"),
    ("ticket", "service", "text", "SLA"),
    ("account", "stopped", "flag", "停了没"),
    ("account", "rebate", "rate", "返点(%)"),
    ("account", "ownership", "text", "所有制"),
    ("opportunity", "tailored", "flag", "要定制"),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('rates') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(CustomTable(id=1, source_system="crm", key="trials", label="试样"))
        session.add_all(
            CustomField(entity=entity, table_id=1 if entity == TRIALS else None, key=key, label=label, type=kind, classification=1)
            for entity, key, kind, label in FIELDS
        )
        session.add_all(Member(id=at, name=name, **sourced(f"m{at}")) for at, name in ((1, "陈立安"), (2, "方小雨"), (3, "周一鸣")))
        session.flush()
        for at in range(1, 5):
            own = {"stopped": at == 1, "rebate": f"0.0{at}", "ownership": ("国有企业", "民营企业")[at % 2]}
            place = {"city": ("Brookby", "Ashdown")[at % 2], "region": "North"}
            session.add(Account(id=at, name=f"Alder {at}", owner_id=1 + at % 3, **place, **(sourced(f"a{at}") | {"custom": own})))
        session.flush()
        for at in range(1, 9):
            told = {"content": at % 2 == 0} if at < 6 else {}
            held = told | {"service": "达标" if at % 3 else "超时"}
            session.add(Ticket(id=at, subject=f"T{at}", account_id=1, opened_at=NOW, **(sourced(f"t{at}") | {"custom": held})))
            status = ("won", "lost", "open")[at % 3]
            ended = {"stage": status, "status": status, "lost_reason": "价格太高" if status == "lost" else None}
            deal = {"name": f"Deal {at}", "owner_id": 1 + at % 3, "account_id": 1 + at % 4, "amount": at * 100, "close_on": date(2025, at, 3)}
            session.add(Opportunity(id=at, **deal, **ended, **(sourced(f"o{at}") | {"custom": {"tailored": at % 2 == 0}})))
            trial = {"goods": ("底料", "蘸料")[at % 2]} | ({"passed": at % 2 == 0, "score": at} if at < 7 else {})
            session.add(CustomRow(id=at, table_id=1, account_id=1 + at % 3, **(sourced(f"r{at}") | {"custom": trial})))
        session.commit()
        model = load_model(session)
        vocabulary = build_vocabulary(session, model)
        vocabulary.nearby = Dictionary(Translations(vocabulary, CcCedict()))
        yield Reader(model, vocabulary)
    engine.dispose()


def parts(query: Query) -> tuple[object, ...]:
    return getattr(query.where, "parts", (query.where,))


@pytest.mark.parametrize(
    ("label", "core"),
    [("停了没", "停"), ("过没过", "过"), ("客户满意没", "客户满意"), ("是否准时", "准时"), ("能不能用", "能用"), ("结清了吗", "结清"), ("要定制", "要定制")],
)
def test_header_that_asks_is_told_without_the_asking(label: str, core: str) -> None:
    assert asked_by(label) == core


def test_rate_has_other_names_in_both_languages() -> None:
    assert "合格率" in [*other_rates("pass rate")]
    assert "达标率" in [*other_rates("SLA attainment")]


@pytest.mark.parametrize("question", ["试样通过率是多少", "试样合格率是多少，没填的不算", "试样通过率多少？有结果的里面算"])
def test_rate_of_a_flag_is_its_share_of_those_with_a_value(read: Reader, question: str) -> None:
    plan = read.plan(question)

    assert (plan.focus, plan.queries[0].entity, plan.queries[0].only) == ("share", TRIALS, ("true",))
    assert Compare(path="passed", op="not_null") in parts(plan.queries[0])


@pytest.mark.parametrize(
    ("question", "entity", "dimension"),
    [
        ("哪个货品的试样通过率最低", TRIALS, "goods"),
        ("试样 pass rate by 货品", TRIALS, "goods"),
        ("各客户的客户满意率", "ticket", "account"),
        ("satisfaction rate by customer", "ticket", "account"),
    ],
)
def test_rate_of_a_flag_is_told_by_group(read: Reader, question: str, entity: str, dimension: str) -> None:
    (query,) = read.plan(question).queries
    key = "passed" if entity == TRIALS else "content"

    assert query.entity == entity
    assert query.measures == (MeasureRef(fold="count", part=Compare(path=key, values=("true",))),)
    assert [each.path for each in query.dimensions] == [dimension]
    assert Compare(path=key, op="not_null") in parts(query)


@pytest.mark.parametrize("question", ["过期率是多少", "退货率是多少", "return rate", "churn rate by customer"])
def test_rate_that_no_column_tells_is_not_guessed(read: Reader, question: str) -> None:
    assert read(question).plan is None


@pytest.mark.parametrize("question", ["SLA attainment in 2026", "SLA compliance rate in 2026"])
def test_rate_named_otherwise_is_that_of_the_state(read: Reader, question: str) -> None:
    plan = read.plan(question)

    assert (plan.focus, plan.queries[0].entity, plan.queries[0].only) == ("share", "ticket", ("达标",))


@pytest.mark.parametrize(
    "question",
    [
        "share of 试样 with 试吃打分 of at least 5, counting only those with a value",
        "试吃打分5分以上的试样占比，没打分的不算",
        "打过分的试样里，试吃打分5分以上的占比",
    ],
)
def test_words_that_leave_out_the_blanks_limit_what_a_share_is_of(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert query.measures == (MeasureRef(fold="count", part=Compare(path="score", op="ge", values=("5",))),)
    assert query.where == Compare(path="score", op="not_null")


@pytest.mark.parametrize(
    ("question", "path", "only"),
    [
        ("国有企业客户占全部客户的比例是多少", "ownership", "国有企业"),
        ("已经停了的客户占比多少", "stopped", "true"),
        ("停了的客户占全部客户的几成", "stopped", "true"),
    ],
)
def test_share_is_of_the_records_that_are_named(read: Reader, question: str, path: str, only: str) -> None:
    (query,) = read.plan(question).queries

    assert (query.entity, [each.path for each in query.dimensions], query.only) == ("account", [path], (only,))


@pytest.mark.parametrize("question", ["丢的单子里，多大比例是价格太高", "Of the deals we lost, what share was because of 价格太高?"])
def test_share_of_what_was_lost_is_that_of_the_reason_said_behind(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert [each.measure for each in query.measures] == ["lost_count"]
    assert (query.dimensions[0].path, query.only) == ("lost_reason", ("价格太高",))


@pytest.mark.parametrize(
    ("question", "op", "value"),
    [
        ("返点2个点以上的客户有几个", "ge", "0.02"),
        ("返点大于2的客户有几个", "gt", "0.02"),
        ("返点不到2个百分点的客户有几个", "lt", "0.02"),
        ("返点2%以上的客户有几个", "ge", "0.02"),
    ],
)
def test_number_beside_a_column_in_percent_is_in_percent(read: Reader, question: str, op: str, value: str) -> None:
    (query,) = read.plan(question).queries

    assert isinstance(query.where, Compare)
    assert (query.where.path, query.where.op, [f"{float(each):g}" for each in query.where.values]) == ("rebate", op, [value])


@pytest.mark.parametrize(
    ("question", "measure", "path"),
    [
        ("win rate of 要定制 Y versus N", "win_rate", "tailored"),
        ("要定制 Y and N: how many deals each", "deal_count", "tailored"),
        ("Brookby和Ashdown两地，哪边客户多，各多少家", "account_count", "city"),
        ("customers in Brookby compared with Ashdown (城市), how many each", "account_count", "city"),
    ],
)
def test_both_of_two_sides_are_given(read: Reader, question: str, measure: str, path: str) -> None:
    (query,) = read.plan(question).queries

    assert [each.measure for each in query.measures] == [measure]
    assert [each.path for each in query.dimensions] == [path]


def test_bracket_that_limits_a_noun_stays_a_condition(read: Reader) -> None:
    (query,) = read.plan("What's the win rate for deals (要定制 = 是)?").queries

    assert (query.dimensions, query.where) == ((), Compare(path="tailored", values=("true",)))


@pytest.mark.parametrize(
    ("question", "place"),
    [("赢单金额最高的单子是哪个", 0), ("赢单金额排第二的是哪单", 1), ("which deal has the second highest won value", 1), ("赢单金额第二大的单子是哪个", 1)],
)
def test_records_are_ranked_by_what_elsewhere_is_added_up(read: Reader, question: str, place: int) -> None:
    (query,) = read.plan(question).queries

    assert (query.measures, query.order[0].path, query.skip, query.limit) == ((), "amount", place, 1)
    assert query.where == Compare(path="status", values=("won",))


@pytest.mark.parametrize("question", ["谁的赢单金额排第二", "谁的赢单金额仅次于第一名", "whose won value is second only to the best"])
def test_second_of_people_is_one_of_people(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert ([each.path for each in query.dimensions], query.skip, query.limit) == (["owner"], 1, 1)


def test_people_are_ranked_by_the_sum_of_their_amounts(read: Reader) -> None:
    (query,) = read.plan("在跟金额最大的两个销售，赢单率分别是多少").queries

    assert isinstance(query.where, Among)
    assert [ref.measure for ref in query.where.query.measures] == ["pipeline_value"]


def test_count_per_record_of_two_kinds_is_a_mean_for_each_kind(read: Reader) -> None:
    (query,) = read.plan("deals per customer: Brookby vs Ashdown").queries

    assert [(ref.measure, ref.per) for ref in query.measures] == [("deal_count", "account")]
    assert [each.path for each in query.dimensions] == ["account.city"]


@pytest.mark.parametrize("question", ["原因呢", "输单原因呢"])
def test_the_reason_asked_after_what_was_lost_tells_it_by_reason(read: Reader, question: str) -> None:
    (query,) = read.plan(question, read.plan("一共输了几单")).queries

    assert (query.measures[0].measure, query.dimensions[0].path) == ("lost_count", "lost_reason")
