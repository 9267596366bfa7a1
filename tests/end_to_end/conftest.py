"""The ``plumb`` command in real processes, on a small export of its own."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.starting import FORKER, start

LOCALES = {"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}
DIARY = ("runs", "citation_traces", "evidence_blocks")
"""Tables in which questions leave something, other than records do."""

EXPORT = {
    "accounts.csv": (
        "Account ID,Account name,Sector,Region,Employees\n"
        "a1,Blue Harbor,Shipping,North,120\n"
        "a2,宁波凌拓,制造,East,900\n"
        "a3,Quarry Lane,Mining,North,45\n"
    ),
    "members.csv": (
        "Member ID,Name,Email,Access role,Region\n"
        "m1,Ines Moreau,ines@northwind.example,director,North\n"
        "m2,Tom Adeyemi,tom@northwind.example,rep,North\n"
        "m3,李静怡,jing@northwind.example,rep,East\n"
    ),
    "opportunities.csv": (
        "Opportunity ID,Opportunity name,Account ID,Owner ID,Stage,Amount,Created date,Close date\n"
        "d1,Alder,a1,m2,Closed won,1200,2026-01-05,2026-02-20\n"
        "d2,Birch,a1,m2,Closed won,800,2026-01-08,2026-03-02\n"
        "d3,Cedar,a2,m3,Closed lost,500,2026-01-11,2026-02-21\n"
        "d4,Damson,a2,m3,Closed won,3000,2026-01-15,2026-03-10\n"
        "d5,Elm,a3,m2,Proposal,700,2026-02-01,2026-04-15\n"
        "d6,Fir,a3,m2,Negotiation,950,2026-02-11,2026-04-30\n"
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Done:
    """How a process ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    def says_one_sentence(self, language: str) -> None:
        """Standard error is one line for people, in their language, and nothing of a stack trace stands anywhere."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.out + self.err
        assert lines[0].endswith("。" if language == "zh" else "."), lines[0]
        assert any("\u4e00" <= letter <= "\u9fff" for letter in lines[0]) == (language == "zh"), lines[0]


@dataclass(frozen=True)
class Plumb:
    """The command with a data directory."""

    data: Path
    anew: bool = False
    """Started as people start it. Otherwise its process has read the modules already."""

    @property
    def started(self) -> Plumb:
        """The same, from the very start: for what the start itself has a share in, and once for every command."""
        return replace(self, anew=True)

    def __call__(self, *words: str | Path, language: str = "en", stdin: str | None = None, **settings: str) -> Done:
        run, given = start if self.anew else FORKER.start, None if stdin is None else stdin.encode()
        done = run([*map(str, words)], self.environment(language) | settings, given)
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def environment(self, language: str = "en") -> dict[str, str]:
        """Nothing of the developer's own settings or language."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLUMB", "LC_"))}
        return kept | {"LANG": LOCALES[language], "PLUMB_DATA_DIR": str(self.data), "PLUMB_TODAY": "2026-03-18"}

    def ask(self, question: str, *words: str) -> dict[str, Any]:
        """The answer to a question, as JSON."""
        done = self("ask", question, "--json", *words)
        assert done.code == 0, done.err
        return done.json

    def records(self) -> list[str]:
        """Everything in the store but what questions leave behind."""
        with closing(sqlite3.connect(f"file:{self.data / 'plumbline.db'}?mode=ro", uri=True)) as connection:
            return [line for line in connection.iterdump() if not any(f'"{table}"' in line[:60] for table in DIARY)]


def write_export(folder: Path, **changed: str) -> Path:
    """Write the export; ``changed`` replaces whole files by their name without ending."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in EXPORT.items():
        (folder / name).write_text(changed.get(name.removesuffix(".csv"), content), "utf-8")
    return folder


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plumb, Done]:
    """A data directory into which the export was imported, and how that ended. Nobody changes its records."""
    folder = tmp_path_factory.mktemp("imported")
    plumb = Plumb(folder / "data")
    return plumb, plumb.started("import", write_export(folder / "northwind"), "--yes", "--json")


@pytest.fixture
def filled(imported: tuple[Plumb, Done]) -> Plumb:
    """The imported data, to be asked."""
    return imported[0]


@pytest.fixture
def own(filled: Plumb, tmp_path: Path) -> Plumb:
    """A copy of the imported data, to be changed."""
    shutil.copytree(filled.data, tmp_path / "data")
    return Plumb(tmp_path / "data")


@pytest.fixture
def empty(tmp_path: Path) -> Plumb:
    """A data directory that doesn't exist yet."""
    return Plumb(tmp_path / "data")
