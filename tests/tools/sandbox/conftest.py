"""A session on a small company, on either database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.tools.sandbox.company import fill
from tools.store.engine import open_sessions


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with open_sessions(engine)() as opened:
        fill(opened)
        yield opened
