"""Verbs of day headers as states and plans, figures beside their column, units and ends of headers, and trade words for deals. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.columns.happening import state_words
from agent.parsing.language.text import tokenise
from tests.agent.parsing.conftest import NOW, TODAY, Reader, sourced
from tools.crm.models import Account, Contract, CustomField, CustomRow, CustomTable, ImportRun, Member, Opportunity, Payment, Ticket
from tools.crm.query import And, Compare, Filter, MeasureRef, Query
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

RUNS = "custom:到货记录"
OWN = (
    ("opportunity", "mockup", "text", "样板间"),
    ("opportunity", "planned_award", "date", "预计定标日"),
    ("opportunity", "award", "date", "实际定标日"),
    ("opportunity", "drafter", "text", "深化设计师"),
    ("contract", "agreed", "date", "约定供货完成日"),
    ("contract", "supplied", "date", "实际供货完成日"),
    ("contract", "prepaid", "rate", "预付比例(%)"),
    ("payment", "due", "date", "应回日期"),
    ("payment", "due_amount", "money", "应回金额(元)"),
    ("ticket", "paid_out", "money", "赔付(元)"),
)
TABLE = (("planned", "date", "计划到货日"), ("arrived", "date", "实际到货日"), ("area", "count", "到货面积(㎡)"), ("broken", "count", "破损(樘)"))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('days') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(CustomTable(id=1, source_system="crm", key="到货记录", label="到货记录"))
        session.add_all(CustomField(entity=entity, key=key, label=label, type=kind, classification=1) for entity, key, kind, label in OWN)
        session.add_all(CustomField(entity=RUNS, table_id=1, key=key, label=label, type=kind, classification=1) for key, kind, label in TABLE)
        session.add(Member(id=1, name="Ada Brook", **sourced("m1")))
        session.flush()
        session.add(Account(id=1, name="Alder Ltd", owner_id=1, **sourced("a1")))
        session.flush()
        for at in range(1, 9):
            over, day = at < 6, f"2026-02-{at:02d}"
            whose = {"account_id": 1, "owner_id": 1}
            deal: dict[str, Any] = {"mockup": "已做" if at % 2 else "未做", "planned_award": day, "drafter": f"贾{at}"} | ({"award": day} if over else {})
            state = "won" if over else "open"
            told: dict[str, Any] = {"stage": state, "status": state, "opened_on": date(2026, 1, at), "amount": Decimal(at)}
            told |= {"close_on": date(2026, 2, at)} if over else {}
            session.add(Opportunity(id=at, name=f"Deal {at}", **told, **whose, **(sourced(f"o{at}") | {"custom": deal})))
            terms = {"agreed": day, "prepaid": "0.3" if at % 2 else "0"} | ({"supplied": day} if over else {})
            session.add(Contract(id=at, number=f"HT-{at}", account_id=1, signed_on=date(2026, 1, at), **(sourced(f"k{at}") | {"custom": terms})))
            paid = {"amount": Decimal(at), "paid_on": date(2026, 2, at)} if over else {}
            due = {"due": day, "due_amount": at * 10}
            session.add(Payment(id=at, number=f"P-{at}", account_id=1, currency="CNY", **paid, **(sourced(f"p{at}") | {"custom": due})))
            case = {"subject": f"Leak {at}", "opened_at": datetime(2026, 1, at, tzinfo=UTC), "account_id": 1}
            session.add(Ticket(id=at, **case, **(sourced(f"t{at}") | {"custom": {"paid_out": at * 100}})))
            run = {"planned": day, "area": at * 5, "broken": at % 3} | ({"arrived": day} if over else {})
            session.add(CustomRow(id=at, table_id=1, account_id=1, **(sourced(f"r{at}") | {"custom": run})))
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


def parts(where: Filter | None) -> tuple[Filter, ...]:
    return () if where is None else where.parts if isinstance(where, And) else (where,)


def asked(read: Reader, question: str) -> Query:
    return read.plan(question).queries[0]


EMPTY = {"op": "is_null"}
PASSED = {"op": "lt", "values": (TODAY.isoformat(),)}


@pytest.mark.parametrize(
    ("question", "entity", "conditions"),
    [
        ("没供完货的合同有几份", "contract", [Compare(path="supplied", **EMPTY)]),
        ("还没供货完成的合同有多少份？", "contract", [Compare(path="supplied", **EMPTY)]),
        ("已经供完货的合同有几份", "contract", [Compare(path="supplied", op="not_null")]),
        ("还没定标的商机有几个", "opportunity", [Compare(path="award", **EMPTY)]),
        ("已定标的商机有多少个", "opportunity", [Compare(path="award", op="not_null")]),
        ("没到账的回款有几笔", "payment", [Compare(path="paid_on", **EMPTY)]),
        ("how many payments have not been received yet?", "payment", [Compare(path="paid_on", **EMPTY)]),
        ("过了应回日期仍没到账的回款有几笔", "payment", [Compare(path="due", **PASSED), Compare(path="paid_on", **EMPTY)]),
        ("应回日期过了、还没到账的回款有几笔", "payment", [Compare(path="due", **PASSED), Compare(path="paid_on", **EMPTY)]),
    ],
)
def test_a_verb_of_a_day_header_tells_whether_that_day_has_come(read: Reader, question: str, entity: str, conditions: list[Filter]) -> None:
    query = asked(read, question)
    assert query.entity == entity
    assert sorted(map(str, parts(query.where))) == sorted(map(str, conditions))


@pytest.mark.parametrize(
    ("question", "path"),
    [("约定今年供完货的合同有几份", "agreed"), ("预计2026年2月定标的商机有几个", "planned_award"), ("计划2026年2月到货的到货记录有几条", "planned")],
)
def test_a_plan_for_an_event_is_dated_by_the_planned_day(read: Reader, question: str, path: str) -> None:
    query = asked(read, question)
    assert query.window is not None
    assert query.window.path == path


def test_what_falls_due_is_dated_by_the_day_of_payment_that_was_planned(read: Reader) -> None:
    query = asked(read, "How much falls due in February 2026 that we haven't received yet?")
    assert query.measures == (MeasureRef(fold="sum", path="due_amount"),)
    assert query.window is not None
    assert query.window.path == "due"


@pytest.mark.parametrize("question", ["How many open deals do we have today?", "今天在手的商机有多少"])
def test_what_is_open_today_is_what_is_open(read: Reader, question: str) -> None:
    query = asked(read, question)
    assert (query.measures, query.window) == ((MeasureRef(measure="open_count"),), None)


def test_unpaid_records_are_added_up_by_the_amount_due(read: Reader) -> None:
    query = asked(read, "没到账的回款金额合计")
    assert query.measures == (MeasureRef(fold="sum", path="due_amount"),)
    assert parts(query.where) == (Compare(path="paid_on", **EMPTY),)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("预付比例30%的合同有几份", "0.3"),
        ("预付比例为30的合同有几份", "0.3"),
        ("预付比例为0的合同有几份", "0"),
        ("how many contracts have a 预付比例 of 0?", "0"),
    ],
)
def test_a_figure_beside_its_column_is_its_value(read: Reader, question: str, value: str) -> None:
    assert parts(asked(read, question).where) == (Compare(path="prepaid", values=(value,)),)


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("一共到货多少平米", "area"),
        ("total square metres of 到货记录", "area"),
        ("总共破损了多少樘", "broken"),
        ("今年工单一共赔了多少钱", "paid_out"),
        ("赔付金额合计多少", "paid_out"),
    ],
)
def test_units_and_verbs_of_headers_name_their_column(read: Reader, question: str, path: str) -> None:
    assert asked(read, question).measures == (MeasureRef(fold="sum", path=path),)


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("how many bids did we win this year?", "won_count"),
        ("how many open projects do we have?", "open_count"),
        ("tenders won in February", "won_count"),
        ("今年新登记了几个项目", "deal_count"),
    ],
)
def test_words_of_trade_mean_deals_before_any_guess(read: Reader, question: str, measure: str) -> None:
    query = asked(read, question)
    assert query.entity == "opportunity"
    assert query.measures == (MeasureRef(measure=measure),) or "status" in {part.path for part in parts(query.where) if isinstance(part, Compare)}


@pytest.mark.parametrize(("question", "value"), [("做了样板间的商机有几个", "已做"), ("样板间没做的商机有几个", "未做")])
def test_categories_of_done_and_not_done_are_told_by_their_verb(read: Reader, question: str, value: str) -> None:
    assert parts(asked(read, question).where) == (Compare(path="mockup", values=(value,)),)


def test_what_arrived_in_a_period_is_dated_by_the_actual_day(read: Reader) -> None:
    query = asked(read, "今年2月到货多少平米")
    assert query.window is not None
    assert (query.window.path or read.model.entities[query.entity].time) == "arrived"


def test_the_end_of_a_header_names_its_column(read: Reader) -> None:
    query = asked(read, "哪位设计师的商机最多")
    assert [each.path for each in query.dimensions] == ["drafter"]


@pytest.mark.parametrize(("question", "figures"), [("今年赢单有多少单，合计金额？", 2), ("how much did we win this year, in total?", 1)])
def test_a_total_behind_a_count_is_a_second_figure(read: Reader, question: str, figures: int) -> None:
    assert len(read.plan(question).queries) == figures


def test_what_leans_on_a_part_that_was_not_understood_is_not_answered(read: Reader) -> None:
    found = read("咕噜咕噜的商机有几个，金额加起来多少？")
    assert found.plan is None


@pytest.mark.parametrize(
    ("rest", "words"),
    [("定标", {"定标"}), ("供货完成", {"供货完成", "供货完", "供完货", "供完", "完成供货", "供齐"}), ("created", set()), ("货", set())],
)
def test_headers_of_days_give_the_verbs_that_tell_of_them(rest: str, words: set[str]) -> None:
    assert {word for word, _ in state_words(rest)} >= words
    assert bool(state_words(rest)) == bool(words)


def test_a_sign_that_folds_to_several_letters_keeps_its_place() -> None:
    tokens = tokenise("共多少㎡呢")
    assert [token.text for token in tokens][-1] == "呢"
    assert tokens[-1].start == len("共多少㎡")


@pytest.mark.parametrize("question", ["已到账的回款有几笔", "到账了的回款一共几笔", "how many payments have been paid?"])
def test_payments_to_come_are_left_out_where_those_that_came_in_are_asked_for(read: Reader, question: str) -> None:
    query = asked(read, question)
    assert query.entity == "payment"
    assert parts(query.where) == (Compare(path="paid_on", op="not_null"),)


@pytest.mark.parametrize("question", ["应回日期在2026年2月的回款合计多少钱", "amount of payments with 应回日期 in February 2026"])
def test_amount_of_what_is_due_in_a_period_is_the_planned_one(read: Reader, question: str) -> None:
    query = asked(read, question)
    assert query.window is not None
    assert (query.window.path, query.measures) == ("due", (MeasureRef(fold="sum", path="due_amount"),))


@pytest.mark.parametrize("question", ["到货面积最大的一笔是哪个客户的？", "到货记录里到货面积最大的那笔是哪家客户的"])
def test_record_that_a_superlative_singles_out_is_shown_with_whose_it_is(read: Reader, question: str) -> None:
    query = asked(read, question)
    assert (query.entity, query.dimensions, query.limit) == (RUNS, (), 1)
    assert query.order[0].path == "area"
    assert "account" in query.select


@pytest.mark.parametrize("question", ["样板间不是已做的商机有几个（没填样板间的不算）", "样板间不是已做的商机有几个，没写样板间的除外"])
def test_words_that_leave_out_what_is_not_noted_stand_beside_a_value_that_is_left_out(read: Reader, question: str) -> None:
    where = parts(asked(read, question).where)
    assert Compare(path="mockup", op="ne", values=("已做",)) in where
    assert Compare(path="mockup", op="not_null") in where
