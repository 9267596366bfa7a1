"""Two figures of the same records, references that lead to another person, and what people or accounts have none of. Names are made up."""

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
from agent.parsing.wording.nothing_done import done_nothing
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, Contact, Contract, CustomField, ImportRun, Invoice, Member, Opportunity
from tools.crm.query import And, Compare, Exists, Filter, Query, Unlike
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('two') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(CustomField(entity="contact", key="decides", label="能拍板", type="flag", classification=1))
        session.add(CustomField(entity="contract", key="units", label="维保台量", type="count", classification=1))
        for key, label in (("power", "用电数(度)"), ("saved", "节电数(度)")):
            session.add(CustomField(entity="contract", key=key, label=label, type="count", classification=1))
        session.add(CustomField(entity="opportunity", key="estimate", label="预估金额(万元)", type="money", classification=1))
        session.add_all(Member(id=at, name=name, active=at < 3, **sourced(f"m{at}")) for at, name in ((1, "Ada Brook"), (2, "Ben Cole"), (3, "Cleo Dunn")))
        session.flush()
        session.add_all(Account(id=at, name=name, owner_id=at, **sourced(f"a{at}")) for at, name in ((1, "Alder Ltd"), (2, "Birch AG")))
        session.flush()
        for at in range(1, 7):
            whose: dict[str, Any] = {"account_id": at % 2 + 1, "owner_id": at % 3 + 1, "amount": Decimal(at), "opened_on": date(2026, 1, at)}
            state = ("won", "lost", "open")[at % 3]
            ended = {} if state == "open" else {"close_on": date(2026, 2, at)}
            deal = sourced(f"o{at}") | {"custom": {"estimate": at * 100}}
            session.add(Opportunity(id=at, name=f"Deal {at}", stage=state.title(), status=state, **whose, **ended, **deal))
            session.add(Contact(id=at, name=f"Person {at}", account_id=1, **(sourced(f"c{at}") | {"custom": {"decides": at % 2 == 0}})))
            terms = sourced(f"k{at}") | {"custom": {"units": at, "power": at * 9, "saved": at}}
            session.add(Contract(id=at, number=f"HT-{at}", account_id=1, status="Active" if at % 2 else "Lapsed", signed_on=date(2026, 1, at), **terms))
            billed = {"amount": Decimal(at), "balance": Decimal(1), "issued_on": date(2026, 1, at)}
            session.add(Invoice(id=at, number=f"FP-{at}", account_id=1, currency="CNY", **billed, **sourced(f"i{at}")))
        session.flush()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


def figures(query: Query) -> list[str]:
    return [ref.measure or f"{ref.fold} {ref.path}" for ref in query.measures]


def parts(where: Filter | None) -> tuple[Filter, ...]:
    return where.parts if isinstance(where, And) else () if where is None else (where,)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Active的合同有几份，涉及多少台？", ["contract_count", "sum units"]),
        ("未结商机报一下个数和预估金额", ["deal_count", "sum estimate"]),
        ("未结商机预估金额合计多少，一共几个？", ["sum estimate", "deal_count"]),
        ("this year: number of won deals and won revenue?", ["won_count", "won_value"]),
        ("2026年签了几份合同、多少台", ["contract_count", "sum units"]),
        ("2026年签了几份合同，用电多少度", ["contract_count", "sum power"]),
        ("2026年开了几张发票，金额合计多少", ["invoice_count", "invoice_amount"]),
        ("Alder Ltd in 2026: number of invoices and total amount", ["invoice_count", "invoice_amount"]),
    ],
)
def test_number_of_records_and_sum_of_a_column_are_over_the_same_records(read: Reader, question: str, asked: list[str]) -> None:
    (query,) = read.plan(question).queries

    assert figures(query) == asked


def test_figure_among_the_records_before_keeps_their_conditions(read: Reader) -> None:
    first, second = read.plan("Ada Brook in February 2026: how many deals were closed, and how many of them did we win?").queries

    assert (figures(first), figures(second)) == (["closed_count"], ["won_count"])
    assert first.where == second.where == Compare(path="owner", values=("Ada Brook",))
    assert first.window == second.window


@pytest.mark.parametrize("question", ["How many contracts are Active, and how many are blue?", "Active的合同有几份，其中蓝色的几份？"])
def test_second_half_that_is_not_understood_refuses_the_whole(read: Reader, question: str) -> None:
    assert read(question).plan is None


@pytest.mark.parametrize(
    "question",
    [
        "deals where the owner is not the account owner",
        "Which deals have an owner that differs from the account owner?",
        "负责人和客户负责人不一致的商机有几个",
        "负责人跟客户负责人不是同一个人的商机",
    ],
)
def test_references_that_lead_to_different_people_are_compared(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert Unlike(path="owner", other="account.owner") in parts(query.where)


def test_references_that_lead_to_the_same_person_are_compared(read: Reader) -> None:
    (query,) = read.plan("负责人和客户负责人是同一个人的商机有几个").queries

    assert Unlike(path="owner", other="account.owner", same=True) in parts(query.where)


@pytest.mark.parametrize(
    ("question", "entity", "of"),
    [
        ("一个能拍板的人都没有的客户有哪些", "account", ""),
        ("没有能拍板的联系人的客户有几家", "account", ""),
        ("客户那边一个能拍板的人都没有的未结商机有几个", "opportunity", "account"),
    ],
)
def test_nobody_of_a_kind_is_lacked_by_the_record_or_by_its_account(read: Reader, question: str, entity: str, of: str) -> None:
    (query,) = read.plan(question).queries

    assert query.entity == entity
    lacked = Exists(entity="contact", via="account", where=Compare(path="decides", values=("true",)), absent=True, of=of)
    assert lacked in parts(query.where)


@pytest.mark.parametrize("question", ["open deals whose customer has no contact", "客户没有联系人的未结商机有几个"])
def test_what_stands_before_the_denial_is_what_lacks_the_records(read: Reader, question: str) -> None:
    (query,) = read.plan(question).queries

    assert Exists(entity="contact", via="account", absent=True, of="account") in parts(query.where)


@pytest.mark.parametrize(
    ("question", "active"),
    [
        ("Which reps won nothing in February 2026?", False),
        ("Which current reps won nothing in February 2026?", True),
        ("who hasn't closed a single deal in February 2026?", False),
        ("在职的销售里，2026年2月一单都没成的有谁", True),
        ("哪些销售2026年2月一单都没签？只看在职的", True),
    ],
)
def test_people_who_won_nothing_are_those_without_won_deals(read: Reader, question: str, active: bool) -> None:
    (query,) = read.plan(question).queries

    found = parts(query.where)
    (lacked,) = (part for part in found if isinstance(part, Exists))
    assert (query.entity, lacked.entity, lacked.absent) == ("member", "opportunity", True)
    assert Compare(path="status", values=("won",)) in parts(lacked.where)
    assert (Compare(path="active", values=("true",)) in found) is active


@pytest.mark.parametrize("text", ["Which accounts have not won a prize?", "上个月没成单的商机有几个", "一个都没有的客户", "Who closed no more than two deals?"])
def test_words_that_speak_of_other_things_are_left_as_they_are(text: str) -> None:
    assert done_nothing(text) == text
