from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.tools.sandbox.capabilities.unit import Unit
from tools.trace.signing import InstallationKey


@pytest.fixture
def unit(engine: Engine, tmp_path: Path) -> Unit:
    return Unit(engine, InstallationKey.open(tmp_path))
