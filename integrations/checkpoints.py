"""Where the graph keeps its checkpoints: SQLite beside the embedded database, or PostgreSQL when one is configured."""

from __future__ import annotations

import os
import sqlite3
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver

from integrations.settings import Settings

TIMEOUT_S = 5


def open_checkpointer(settings: Settings) -> BaseCheckpointSaver[Any]:
    """A checkpointer that refuses anything but plain data."""
    os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")
    if settings.database_url and settings.database_url.startswith("postgresql"):
        return _postgres(settings.database_url)
    from langgraph.checkpoint.sqlite import SqliteSaver

    connection = sqlite3.connect(settings.data_dir / "checkpoints.db", check_same_thread=False, timeout=TIMEOUT_S)
    connection.execute("PRAGMA synchronous=NORMAL")
    saver = SqliteSaver(connection)
    saver.setup()
    return saver


def _postgres(url: str) -> BaseCheckpointSaver[Any]:
    from langgraph.checkpoint.postgres import PostgresSaver
    from psycopg import Connection
    from psycopg.rows import dict_row

    connection: Any = Connection.connect(url, autocommit=True, prepare_threshold=0, row_factory=dict_row)
    saver = PostgresSaver(connection)
    saver.setup()
    return saver
