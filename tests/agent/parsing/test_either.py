"""Questions that are asked back: a name short for several records, a letter of two columns, the best of people. Names are made up."""

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
from tools.crm.models import Account, CustomField, ImportRun, Member, Opportunity
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

ACCOUNTS = ("上海云帆电子商务有限公司", "厦门云帆电子商务有限公司", "无锡润德机械有限公司")
MEMBERS = ("陈大伟", "陈思雨", "白露")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('either') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(CustomField(entity="opportunity", key="keen", label="意向", type="text", classification=1))
        session.add_all(Member(id=at, name=name, region="华东", **sourced(f"m{at}")) for at, name in enumerate(MEMBERS, 1))
        session.flush()
        session.add_all(Account(id=at, name=name, tier="AB"[at % 2], owner_id=at, **sourced(f"a{at}")) for at, name in enumerate(ACCOUNTS, 1))
        session.flush()
        for at in range(1, 10):
            status = ("won", "lost", "open")[at % 3]
            deal = Opportunity(id=at, name=f"单 {at}", stage=status, status=status, amount=Decimal(1000 * at), **sourced(f"o{at}"))
            deal.account_id, deal.owner_id, deal.custom = 1 + at % 3, 1 + at // 3 % 3, {"keen": "ABC"[at % 3]}
            deal.opened_on, deal.close_on = date(2025, at, 1), date(2025, at, 20)
            session.add(deal)
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


@pytest.mark.parametrize(
    ("question", "choices"),
    [
        ("云帆电子商务有几个商机？", 2),
        ("How many deals do we have with 云帆电子商务?", 2),
        ("A类的商机有几个？", 2),
        ("Who is the best rep?", 3),
        ("哪个销售表现最好？", 3),
        ("How many open deals does Chen have?", 2),
        ("How many open deals does Chen (陈) have?", 2),
    ],
)
def test_question_with_several_meanings_is_asked_back(read: Reader, question: str, choices: int) -> None:
    found = read(question)
    assert (found.plan, len(found.clarify)) == (None, choices)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("上海云帆电子商务有几个商机？", "上海云帆电子商务有限公司"),
        ("A类客户的商机有几个？", "account.tier"),
        ("意向A的商机有几个？", "keen"),
        ("Who is the best rep by won value?", "won_value"),
        ("How many open deals does Bai have?", "白露"),
    ],
)
def test_question_that_says_which_is_answered(read: Reader, question: str, held: str) -> None:
    assert held in read.plan(question).model_dump_json()


def test_surname_beside_an_unknown_name_is_nobody(read: Reader) -> None:
    found = read("How many deals did Kevin Chen win?")
    assert found.plan is None
    assert not found.clarify
