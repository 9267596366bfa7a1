"""A folder like a fresh clone, with the example export and nothing configured."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.docs.documents import ROOT


@pytest.fixture
def reader_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in os.environ:
        if name.upper().startswith("PLUMB_"):
            monkeypatch.delenv(name)
    shutil.copytree(ROOT / "docs" / "example-crm", tmp_path / "docs" / "example-crm")
    monkeypatch.chdir(tmp_path)
    return tmp_path
