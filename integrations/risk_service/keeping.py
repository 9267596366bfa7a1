"""Answers under their idempotency keys, in an SQLite file of the service's own, so that they outlive it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

BUSY_TIMEOUT_S = 5.0


class KeyUsedForAnother(Exception):
    """The key came with another body before."""


class KeptAnswers:
    """Which answer a key had. Each operation has a connection of its own, so that threads don't share one."""

    def __init__(self, path: Path) -> None:
        """``path`` is made where it is missing."""
        self.path = path
        with closing(self._open()) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, body TEXT NOT NULL, answer TEXT NOT NULL)")

    def answer(self, key: str, body: bytes, make: Callable[[], str]) -> str:
        """The answer to a body under a key; made the first time, and the same ever after. Raises KeyUsedForAnother."""
        digest = sha256(body).hexdigest()
        with closing(self._open()) as connection:
            connection.execute("BEGIN IMMEDIATE")  # of two at once the second waits and finds the answer of the first
            held = connection.execute("SELECT body, answer FROM answers WHERE key = ?", (key,)).fetchone()
            if held is not None:
                if held[0] != digest:
                    raise KeyUsedForAnother
                return str(held[1])
            made = make()
            connection.execute("INSERT INTO answers (key, body, answer) VALUES (?, ?, ?)", (key, digest, made))
            connection.execute("COMMIT")
            return made

    def count(self) -> int:
        """How many assessments were made, repetitions not counted."""
        with closing(self._open()) as connection:
            return int(connection.execute("SELECT count(*) FROM answers").fetchone()[0])

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
