from __future__ import annotations

import pytest

from tests.tools.trace.example import draft
from tools.trace.citation import CitationTrace
from tools.trace.sealing import seal_trace
from tools.trace.signing import InstallationKey


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> InstallationKey:
    return InstallationKey.open(tmp_path_factory.mktemp("installation"))


@pytest.fixture(scope="session")
def trace(key: InstallationKey) -> CitationTrace:
    return seal_trace(draft(), key)
