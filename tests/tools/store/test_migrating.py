from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

import tools.crm.models
import tools.definitions.models
import tools.journey.criteria.models
import tools.journey.models
import tools.journey.reading.models
import tools.journey.reconstruction.models
import tools.sandbox.models
import tools.threads.models
import tools.trace.models  # noqa: F401 - all tables must be known to the comparison
from tools.store.base import Base
from tools.store.engine import open_engine
from tools.store.migrating import HEAD, StoreIsNewer, migrate, migration_config


def test_migrated_database_equals_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})

        differences = compare_metadata(context, Base.metadata)

    assert differences == []
    assert len(Base.metadata.tables) > 30


def test_head_constant_names_the_last_revision(engine: Engine) -> None:
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(migration_config(connection))

    assert script.get_heads() == [HEAD]


def test_empty_postgresql_is_made(fresh_postgres_url: str) -> None:
    migrate(fresh_postgres_url)

    with open_engine(fresh_postgres_url).connect() as connection:
        assert inspect(connection).has_table("accounts")


def test_migrating_twice_changes_nothing(database_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO custom_tables (source_system, key, label) VALUES ('a', 'b', 'c')")

    migrate(database_url)

    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM custom_tables").scalar() == 1


def test_current_database_is_recognised_without_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    migrate(url)
    script = f"import sys; from tools.store.migrating import migrate; migrate({url!r}); sys.exit('alembic' in sys.modules)"

    finished = subprocess.run([sys.executable, "-c", script], check=False)

    assert finished.returncode == 0


def test_several_processes_on_a_fresh_directory_all_succeed(tmp_path: Path) -> None:
    script = f"from tools.store.migrating import migrate; migrate('sqlite:///{tmp_path / 'a.db'}')"

    running = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(3)]

    assert [process.wait() for process in running] == [0, 0, 0]


def test_newer_database_is_left_alone(database_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StoreIsNewer) as caught:
        migrate(database_url)

    assert caught.value.data == {"revision": "9999"}
