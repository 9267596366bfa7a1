"""A small store in two languages to parse questions against; its names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import Parse, ParseContext, Vocabulary, build_vocabulary, parse
from tools.crm.models import Account, CustomField, ImportRun, Interaction, Member, Opportunity, Product, Ticket
from tools.crm.query import Plan
from tools.crm.semantic import SemanticModel, load_model
from tools.store.base import Base
from tools.store.engine import open_engine

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TODAY = date(2026, 3, 1)


def sourced(key: str) -> dict[str, object]:
    """What every imported row carries."""
    return {"source_system": "crm", "source_id": key, "version": 1, "version_hash": key, "as_of": NOW, "custom": {}}


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('parsing') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all(
            [
                Member(id=1, name="Ada Brook", region="North", manager_ref="Nora Quill", **sourced("m1")),
                Member(id=2, name="林晓", region="South", manager_ref="Nora Quill", **sourced("m2")),
                Member(id=3, name="Ben Stone", region="South", manager_ref="Otto Vale", **sourced("m3")),
                Product(id=1, name="Lift Basic", family="Lift", list_price=Decimal(550), **sourced("p1")),
                Product(id=2, name="Lift Pro", family="Lift", list_price=Decimal(4800), **sourced("p2")),
            ]
        )
        session.flush()
        session.add_all(
            [
                Account(id=1, name="Granite Foods Ltd", sector="food", country="Kenya", employees=1200, founded_year=1980, owner_id=1, **sourced("a1")),
                Account(id=2, name="恒星科技股份有限公司", sector="技术", country="China", employees=300, founded_year=2010, owner_id=2, **sourced("a2")),
                Account(
                    id=3,
                    name="Granite Optics",
                    sector="medical",
                    country="China",
                    employees=90,
                    founded_year=2001,
                    parent_ref="Granite Foods Ltd",
                    **sourced("a3"),
                ),
            ]
        )
        session.flush()
        session.get_one(Account, 3).parent_id = 1
        session.add(CustomField(entity="account", key="rating_1", label="Partner grade", type="text"))
        session.get_one(Account, 1).custom = {"rating_1": "gold"}
        stages = [("Signed", "won"), ("Dropped", "lost"), ("Proposal", "open")]
        for number in range(1, 13):
            stage, status = stages[number % 3]
            whose = {"account_id": 1 + number % 3, "owner_id": 1 + number % 3, "product_id": 1 + number % 2}
            days = {"opened_on": date(2025, number, 1), "close_on": date(2025, number, 20) if status != "open" else None}
            deal = {"name": f"Deal {number}", "stage": stage, "status": status, "amount": Decimal(1000 * number)}
            session.add(Opportunity(id=number, **deal, **whose, **days, **sourced(f"o{number}")))
        session.add_all(
            [
                Interaction(id=1, account_id=1, owner_id=1, kind="visit", occurred_at=datetime(2026, 2, 1, tzinfo=UTC), **sourced("i1")),
                Interaction(id=2, account_id=2, owner_id=2, kind="call", occurred_at=datetime(2025, 8, 1, tzinfo=UTC), **sourced("i2")),
                Ticket(id=1, account_id=1, subject="Door jams", priority="high", opened_at=datetime(2026, 1, 5, tzinfo=UTC), **sourced("t1")),
            ]
        )
        session.commit()
        yield session
    engine.dispose()


@pytest.fixture(scope="session")
def model(store: Session) -> SemanticModel:
    return load_model(store)


@pytest.fixture(scope="session")
def vocabulary(store: Session, model: SemanticModel) -> Vocabulary:
    return build_vocabulary(store, model)


class Reader:
    """Parses questions against the store."""

    def __init__(self, model: SemanticModel, vocabulary: Vocabulary) -> None:
        self.model, self.vocabulary = model, vocabulary

    def __call__(self, question: str, previous: Plan | None = None, speaker: str | None = None) -> Parse:
        return parse(question, self.model, self.vocabulary, ParseContext(today=TODAY, speaker=speaker, previous=previous))

    def plan(self, question: str, previous: Plan | None = None) -> Plan:
        found = self(question, previous)
        assert found.plan is not None, (question, found.reason, found.not_understood, found.clarify)
        return found.plan


@pytest.fixture(scope="session")
def read(model: SemanticModel, vocabulary: Vocabulary) -> Reader:
    return Reader(model, vocabulary)
