"""A transaction that will write: on SQLite behind the one writer's lock from its start, so that what it reads is what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker


@contextmanager
def writing(sessions: sessionmaker[Session], *, each_alone: bool = False) -> Iterator[Session]:
    """A session that commits at the end, and nothing where it fails. With ``each_alone`` every statement is whole by itself on PostgreSQL."""
    with sessions() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("BEGIN IMMEDIATE"))
        elif each_alone:
            session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        yield session
        session.commit()
