"""Categories said in the plural, for the records that are of them: counted, ranked by, and told from all records. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, ImportRun, Member, Opportunity, Ticket
from tools.crm.query import Query
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('categories') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all([Member(id=1, name="Ada Brook", **sourced("m1")), Member(id=2, name="Ben Stone", **sourced("m2"))])
        session.flush()
        session.add_all([Account(id=at, name=f"Alder {word}", owner_id=1, **sourced(f"a{at}")) for at, word in enumerate(("Foods", "Optics"), 1)])
        session.flush()
        for at, (kind, status) in enumerate([("Retrofit", "won"), ("Retrofit", "lost"), ("Upgrade", "won"), ("Upgrade", "open")], 1):
            held = {"kind": kind, "stage": status, "status": status, "amount": Decimal(at), "opened_on": date(2025, at, 1), "close_on": date(2025, at, 9)}
            session.add(Opportunity(id=at, name=f"Deal {at}", account_id=1 + at % 2, owner_id=1 + at % 2, **held, **sourced(f"o{at}")))
        for at, category in enumerate(("Complaint", "Incident", "Complaint"), 1):
            day = datetime(2026, 1, at, tzinfo=UTC)
            session.add(Ticket(id=at, account_id=1 + at % 2, owner_id=1 + at % 2, category=category, opened_at=day, subject=f"Case {at}", **sourced(f"t{at}")))
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


def told(query: Query) -> tuple[list[str | None], list[str], dict[str, tuple[str, ...]]]:
    parts = getattr(query.where, "parts", (query.where,)) if query.where is not None else ()
    return [each.measure for each in query.measures], [each.path for each in query.dimensions], {part.path: part.values for part in parts}


@pytest.mark.parametrize(
    ("question", "measure", "by", "where"),
    [
        ("Who handles the most complaints?", "ticket_count", ["owner"], {"category": ("Complaint",)}),
        ("Which account has the most retrofits?", "deal_count", ["account"], {"kind": ("Retrofit",)}),
        ("Who won the most retrofits?", "won_count", ["owner"], {"kind": ("Retrofit",)}),
        ("How many incidents are there?", "ticket_count", [], {"category": ("Incident",)}),
    ],
)
def test_a_category_in_the_plural_is_counted(ask: Reader, question: str, measure: str, by: list[str], where: dict[str, tuple[str, ...]]) -> None:
    assert told(ask.plan(question).queries[0]) == ([measure], by, where)


def test_records_are_not_listed_where_their_customers_are_asked_for(ask: Reader) -> None:
    found = ask("Which accounts filed a complaint?")

    assert found.plan is None or found.plan.queries[0].entity != "ticket"


@pytest.mark.parametrize("question", ["accounts with more than 1 deal, which ones", "有过2个以上商机的客户有哪些"])
def test_a_number_before_records_counts_them(ask: Reader, question: str) -> None:
    query = ask.plan(question).queries[0]

    assert [each.path for each in query.dimensions] == ["account"]
    assert len(query.having) == 1
