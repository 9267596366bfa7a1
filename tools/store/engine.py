"""Opens the database and hands out sessions. SQLite by default, PostgreSQL by URL; callers see no difference."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

BUSY_TIMEOUT_S = 5


def open_engine(url: str) -> Engine:
    """Engine for ``url``. SQLite runs in WAL mode with foreign keys on and waits five seconds for a lock."""
    if not url.startswith("sqlite"):
        return create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), pool_pre_ping=True, connect_args={"options": "-c timezone=UTC"})
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:  # noqa: ANN401 - DB-API connection
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA wal_autocheckpoint=4000")  # at 1,000 pages one small write in 80 pays for moving all of them
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA mmap_size=268435456")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.close()
        connection.create_function("local_time", 2, local_time, deterministic=True)
        connection.create_function("unicode_lower", 1, lambda text: None if text is None else str(text).lower(), deterministic=True)

    return engine


def local_time(moment: str | None, zone: str) -> str | None:
    """A UTC time as SQLite stores it, as local ISO text down to the minute; for zones with summer time."""
    return None if moment is None else _local_minute(moment[:16], zone)


@lru_cache(maxsize=200_000)
def _local_minute(minute: str, zone: str) -> str:
    return datetime.fromisoformat(minute).replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def sqlite_url(data_dir: Path) -> str:
    """URL of the embedded database in a data directory."""
    return f"sqlite:///{data_dir / 'plumbline.db'}"


def open_sessions(engine: Engine) -> sessionmaker[Session]:
    """Session factory; objects stay readable after commit."""
    return sessionmaker(engine, expire_on_commit=False)
