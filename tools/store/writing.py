"""A transaction that will write: on SQLite behind the one writer's lock from its start, so that what it reads is what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker


@contextmanager
def writing(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session that commits at the end, and nothing where it fails."""
    with sessions() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("BEGIN IMMEDIATE"))
        yield session
        session.commit()
