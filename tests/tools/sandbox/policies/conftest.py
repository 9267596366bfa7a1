"""A session on an empty store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tools.store.engine import open_sessions


@pytest.fixture
def session_of_nobody(engine: Engine) -> Iterator[Session]:
    with open_sessions(engine)() as opened:
        yield opened
