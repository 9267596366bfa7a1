"""Makes the database or brings it up to date. A database that is current costs one query."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, MetaData
from sqlalchemy.exc import DatabaseError

from tools.store.engine import open_engine
from tools.store.errors import PlumbError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0008"
"""The newest revision. Stands here so that a current database is recognised without loading Alembic."""

_LOCK = 0x706C756D
_MIGRATIONS = Path(__file__).parent / "migrations"


class StoreIsNewer(PlumbError):
    """The database was made by a newer version of the program. Data: ``revision``."""

    key = "store_is_newer"


def migrate(url: str) -> None:
    """Make or upgrade the database at ``url`` in one transaction; several processes may do so at once.

    Raises StoreIsNewer when the database has a revision that this program doesn't know.
    """
    engine = open_engine(url)
    try:
        if _revision(engine) != HEAD:
            _upgrade(engine)
    finally:
        engine.dispose()


def _revision(engine: Engine) -> str | None:
    """The revision of the database; None where there is none yet."""
    try:
        with engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except DatabaseError as error:
        if "alembic_version" in str(error.orig):
            return None
        raise
    return None if found is None else str(found)


def _upgrade(engine: Engine) -> None:
    """Whoever comes second waits for the lock and then finds nothing left to do."""
    from alembic import command
    from alembic.util import CommandError

    with engine.begin() as connection:
        _lock(connection)
        config = migration_config(connection)
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            if "Can't locate revision" in str(error):
                raise StoreIsNewer(revision=_revision(engine)) from error
            raise


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def migration_config(connection: Connection, metadata: MetaData | None = None) -> Config:
    """Alembic's configuration for an open connection. ``metadata`` is needed only to draft a new revision from the models."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    return config
