"""One filled store per database, for all tests of the query engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from tests.tools.crm.few_rows import Store
from tests.tools.crm.query_rows import fill
from tools.crm import models
from tools.crm.semantic import SemanticModel, load_model
from tools.store.base import Base
from tools.store.engine import open_engine


@pytest.fixture(scope="session")
def filled_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('queries') / 'plumbline.db'}")
    yield _filled(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def filled_postgres(postgres_url: str) -> Iterator[Engine]:
    import psycopg

    with psycopg.connect(postgres_url.format(name="postgres"), autocommit=True) as connection:
        for name in ("queries", "few_rows"):
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    engine = open_engine(postgres_url.format(name="queries"))
    yield _filled(engine)
    engine.dispose()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest) -> Engine:
    """The filled store, once on SQLite and once on PostgreSQL."""
    return request.getfixturevalue("filled_sqlite" if request.param == "sqlite" else "filled_postgres")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def few_rows_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A second store for tests that bring their own few rows and clear them away."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('few') / 'plumbline.db'}"
    else:
        request.getfixturevalue("filled_postgres")
        url = request.getfixturevalue("postgres_url").format(name="few_rows")
    engine = open_engine(url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def store(few_rows_engine: Engine) -> Iterator[Store]:
    yield Store(few_rows_engine)
    with Session(few_rows_engine) as session:
        for table in (models.Budget, models.Opportunity, models.Interaction, models.Ticket, models.Account, models.Member):
            session.execute(delete(table))
        session.commit()


class Both:
    """SQLite and PostgreSQL with the same rows, and their semantic model."""

    def __init__(self, sqlite: Engine, postgres: Engine, model: SemanticModel) -> None:
        self.engines, self.model = (sqlite, postgres), model

    def __repr__(self) -> str:
        return "both databases"


@pytest.fixture(scope="session")
def both(filled_sqlite: Engine, filled_postgres: Engine, company_model: SemanticModel) -> Both:
    return Both(filled_sqlite, filled_postgres, company_model)


@pytest.fixture(scope="session")
def company_model(filled_sqlite: Engine) -> SemanticModel:
    """The semantic model with the custom fields of the filled store."""
    with Session(filled_sqlite) as session:
        return load_model(session)


def _filled(engine: Engine) -> Engine:
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        fill(session)
    return engine
