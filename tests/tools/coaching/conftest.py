"""A part of the demo company with its texts read, once for all tests of this room, and short ways to ask."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from agent.composing.formatting import format_cell
from tests.tools.crm.importing.exports import map_by_words, read_csv
from tools.access.principal import Principal
from tools.coaching.schemas import NothingToSay, TalkTrack
from tools.coaching.service import talk_track
from tools.crm.demo import DemoTruth, write_demo
from tools.crm.importing.mapping import Mapping
from tools.crm.importing.service import run_load
from tools.crm.models import Account
from tools.crm.semantic import load_model
from tools.crm.semantic.model import base_model
from tools.journey.reading.filling import TextEventFiller
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_engine, open_sessions

TODAY = date(2026, 11, 20)
OTHERS = {f"A{number:05d}" for number in (*range(1, 12), *range(41, 50), 177)}


@dataclass(frozen=True)
class Company:
    """The store and what is true about it."""

    engine: Engine
    truth: DemoTruth

    def account(self, session: Session, story: str) -> int:
        found = session.scalar(select(Account.id).where(Account.source_id == self.truth.stories[story].account_id))
        assert found is not None
        return found

    def track(self, story: str, language: str = "zh", principal: Principal | None = None) -> TalkTrack | NothingToSay:
        with Session(self.engine) as session:
            return ask(session, self.account(session, story), language, principal)


def ask(session: Session, account: int, language: str = "zh", principal: Principal | None = None) -> TalkTrack | NothingToSay:
    who = principal or Principal.local_owner()
    return talk_track(session, load_model(session, "UTC"), who, PolicyScope(), account, TODAY, language, format_cell)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory, sqlite_template: bytes) -> Iterator[Company]:
    folder = tmp_path_factory.mktemp("coaching")
    truth = write_demo(folder / "demo", "small", 7, today=TODAY)
    for path in (folder / "demo").glob("*.csv"):
        _keep_some(path)
    (folder / "plumbline.db").write_bytes(sqlite_template)
    engine = open_engine(f"sqlite:///{folder / 'plumbline.db'}")
    entities = {entity.table: key for key, entity in base_model().entities.items()}
    tables = [read_csv(path) for path in sorted((folder / "demo").glob("*.csv"))]
    maps = tuple(map_by_words(table, entities[table.file.removesuffix(".csv")]) for table in tables)
    run_load(engine, tables, Mapping(system="demo", tables=maps), "demo", datetime(2026, 11, 20, 8, tzinfo=UTC), UTC)
    TextEventFiller(open_sessions(engine)).run()
    yield Company(engine, truth)
    engine.dispose()


def _keep_some(path: Path) -> None:
    """Leave the rows of other accounts out: what is tested needs a part of the company alone."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file))
    if "Account ID" in head:
        place = head.index("Account ID")
        rows = [row for row in rows if row[place] in OTHERS]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
