"""Questions about one record by its number, about the greatest record, about superiors, and of several clauses. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, Contract, CustomField, CustomRow, CustomTable, ImportRun, Interaction, Member, Opportunity
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

OWN = "custom:claims"
LABELS = {"handled": "处理人"}
COLUMNS = (
    *(("claim_no", "text"), ("claim_type", "text"), ("amount_claimed", "number"), ("amount_paid", "number"), ("buy_rate", "number")),
    *(("sell_rate", "number"), ("our_rank", "count"), ("insured", "flag"), ("filed_on", "date"), ("paid_on", "date"), ("handled", "text")),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('records') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(Member(id=1, name="Ada Brook", hired_on=date(2015, 1, 1), **sourced("m1")))
        session.flush()
        session.add_all(Member(id=at, name=name, manager_id=1, hired_on=date(2020, at, 1), **sourced(f"m{at}")) for at, name in ((2, "Ben Stone"), (3, "林晓")))
        session.add(Account(id=1, name="Alder Ltd", country="Kenya", owner_id=1, created_on=date(2019, 1, 1), **sourced("a1")))
        session.flush()
        contract = {"amount": Decimal(900), "signed_on": date(2026, 1, 5), "end_on": date(2026, 2, 1)}
        session.add(Contract(id=1, number="HT2026-0012", account_id=1, **contract, **sourced("k1")))
        deal: dict[str, Any] = {"account_id": 1, "owner_id": 2, "opened_on": date(2026, 1, 3), "close_on": date(2026, 2, 2)}
        session.add(Opportunity(id=1, name="Alder one", status="won", amount=Decimal(500), **deal, **sourced("D26-0211")))
        session.add(Opportunity(id=2, name="Alder two", status="open", amount=Decimal(900), **deal, **sourced("D26-0212")))
        session.add(Interaction(id=1, kind="visit", subject="visit", account_id=1, occurred_at=NOW, **sourced("i1")))
        session.add(CustomTable(id=1, source_system="crm", key="claims", label="claims"))
        session.add_all(
            CustomField(entity=OWN, table_id=1, key=key, label=LABELS.get(key, key.replace("_", " ")), type=kind, classification=1) for key, kind in COLUMNS
        )
        for at in range(1, 7):
            held: dict[str, Any] = {
                "claim_no": f"CLM-2600{at}",
                "claim_type": "damage" if at % 2 else "delay",
                "amount_claimed": at * 100,
                "amount_paid": at * 50,
            }
            held |= {"buy_rate": at, "sell_rate": at * 2, "our_rank": at, "insured": "true" if at % 2 else "false"}
            held |= {"filed_on": f"2026-01-0{at}", "paid_on": f"2026-02-0{at}", "handled": "Otto" if at % 2 else "Vera"}
            session.add(CustomRow(id=at, table_id=1, account_id=1, **(sourced(f"c{at}") | {"custom": held})))
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


@pytest.mark.parametrize(
    ("question", "select"),
    [
        ("CLM-26003: type and amount?", ("claim_no", "claim_type", "amount_claimed")),
        ("clm-26003 的类型、金额分别是什么？", ("claim_no", "claim_type", "amount_claimed")),
        ("buy and sell rate on CLM-26003?", ("claim_no", "buy_rate", "sell_rate")),
        ("CLM-26003 谁处理的", ("claim_no", "handled")),
        ("CLM-26003排第几", ("claim_no", "our_rank")),
        ("Which customer is contract HT2026-0012 with, and for how much?", ("number", "account", "amount")),
        ("D26-0211 这单哪天关的，实际收入多少？", ("source_id", "close_on", "amount")),
        ("谁负责 D26-0211", ("source_id", "owner")),
    ],
)
def test_each_field_that_is_asked_of_a_numbered_record_is_looked_up(read: Reader, question: str, select: tuple[str, ...]) -> None:
    plan = read.plan(question)

    assert (plan.focus, [query.select for query in plan.queries]) == ("lookup", [select])


@pytest.mark.parametrize("number", ["CLM-26009", "HT2026-0013", "D26-0213", "CLM-2600"])
@pytest.mark.parametrize("question", ["type and amount of {}", "{} 的金额是多少", "when was {} signed"])
def test_number_that_no_record_has_is_no_misspelt_other_number(read: Reader, question: str, number: str) -> None:
    found = read(question.format(number))

    assert found.plan is None
    assert number in found.not_understood


@pytest.mark.parametrize(
    ("question", "entity", "path", "descending"),
    [
        ("What's the largest claim we have on file?", OWN, "amount_claimed", True),
        ("longest-serving employee", "member", "hired_on", False),
        ("合作时间最久的客户是哪家", "account", "created_on", False),
        ("有史以来最大的一单是哪个", "opportunity", "amount", True),
        ("the second-largest win of this year, which one was it?", "opportunity", "amount", True),
    ],
)
def test_greatest_record_is_first_by_what_its_kind_is_worth_or_by_its_day(read: Reader, question: str, entity: str, path: str, descending: bool) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, [(order.path, order.descending) for order in query.order]) == (entity, [(path, descending)])


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("biggest deals", 5),
        ("最大的几个商机", 5),
        ("the 2 biggest deals", 2),
        ("biggest deal", 1),
        ("the largest of our deals", 1),
        ("biggest deals of Ada Brook", 5),
        ("what are the biggest deals", 5),
    ],
)
def test_several_are_shown_where_several_of_the_greatest_are_meant(read: Reader, question: str, count: int) -> None:
    plan = read.plan(question)

    assert (plan.queries[0].limit, plan.focus) == (count, "top")


@pytest.mark.parametrize("question", ["list the open deals", "show me open deals", "列出未结商机"])
def test_listing_shows_the_records_whose_number_has_the_same_name(read: Reader, question: str) -> None:
    plan = read.plan(question)

    assert (plan.focus, plan.queries[0].entity, plan.queries[0].measures) == ("list", "opportunity", ())


@pytest.mark.parametrize("question", ["how many open deals", "给我赢单数", "未结商机数"])
def test_number_of_records_is_no_list(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].measures


def test_person_is_asked_of_the_one_record_that_is_singled_out(read: Reader) -> None:
    query = read.plan("who owns the biggest deal").queries[0]

    assert (query.measures, query.limit) == ((), 1)
    assert "owner" in query.select


@pytest.mark.parametrize("question", ["who owns the largest open deal", "最大的未结商机是谁在跟", "谁负责最大的未结商机"])
def test_whose_the_one_record_is_is_told_and_not_who_has_most(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert (query.measures, query.order[0].path, query.limit) == ((), "amount", 1)
    assert query.select == ("name", "owner", "amount")


@pytest.mark.parametrize("question", ["who's our biggest account", "谁是我们最大的客户", "最大的客户是谁"])
def test_who_is_asked_of_customers_is_the_one_who_bought_most(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert [each.path for each in query.dimensions] == ["account"]


@pytest.mark.parametrize("question", ["有史以来最大的一单是哪个", "our biggest deal ever", "the largest win, which one was it"])
def test_biggest_deal_ever_is_one_that_was_won(read: Reader, question: str) -> None:
    where = read.plan(question).queries[0].where

    assert where is not None
    assert where.model_dump(include={"path", "values"}) == {"path": "status", "values": ("won",)}


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("who reports to Ada Brook", "manager"),
        ("谁的上级是Ada Brook", "manager"),
        ("whose manager is Ada Brook", "manager"),
        ("谁向Ada Brook汇报", "manager"),
        ("哪些人的上级是Ada Brook", "manager"),
        ("who is the manager of Ben Stone", "name"),
        ("who does Ben Stone report to", "name"),
        ("Ben Stone向谁汇报", "name"),
        ("Ben Stone的上级是谁", "name"),
    ],
)
def test_those_who_report_to_a_person_are_told_from_whom_the_person_reports_to(read: Reader, question: str, path: str) -> None:
    query = read.plan(question).queries[0]

    assert query.where is not None
    assert (query.entity, query.where.model_dump(include={"path"})) == ("member", {"path": path})


@pytest.mark.parametrize("question", ["uninsured claims over 300 — list them", "list the uninsured claims over 300"])
def test_bare_bound_on_own_records_is_on_what_they_are_worth(read: Reader, question: str) -> None:
    plan = read.plan(question)

    assert plan.queries[0].where is not None
    said = plan.queries[0].where.model_dump_json()
    assert '"amount_claimed","op":"gt","values":["300"]' in said
    assert '"insured","op":"eq","values":["false"]' in said


@pytest.mark.parametrize(
    "question", ["how many customers have had no visit in the last 30 days, counting those without any visit", "30天没联系过的客户有多少家（从没联系过的也算）"]
)
def test_those_never_in_touch_are_among_those_silent_of_late(read: Reader, question: str) -> None:
    where = read.plan(question).queries[0].where

    assert where is not None
    assert (where.kind, where.model_dump_json().count('"kind":"exists"')) == ("exists", 1)
    assert '"low":"2026-01-30"' in where.model_dump_json()


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("今年新开了几单，赢了几单，又丢了几单？", ["deal_count", "won_count", "lost_count"]),
        ("Kenya客户有多少家，累计赢单收入多少？", ["account_count", "won_value"]),
        ("customers in Kenya: how many, and how much revenue have we won with them?", ["account_count", "won_value"]),
        ("我们今年赢了多少单，去年呢", ["won_count", "won_count"]),
    ],
)
def test_each_clause_that_asks_has_its_own_figure(read: Reader, question: str, measures: list[str]) -> None:
    plan = read.plan(question)

    assert [ref.measure for query in plan.queries for ref in query.measures] == measures


def test_what_was_won_in_a_month_is_not_what_was_won_of_the_deals_opened_in_it(read: Reader) -> None:
    apart, within = read.plan("今年新开了几单，赢了几单"), read.plan("今年创建的商机有多少，其中赢了几单")

    assert [query.window.path for query in apart.queries if query.window] == ["opened_on", None]
    assert [query.window.path for query in within.queries if query.window] == ["opened_on", "opened_on"]
