"""In the demo company, the two accounts whose rhythm was changed are found, from the right weeks, and few others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.exports import map_by_words, read_csv
from tools.access.principal import Principal
from tools.crm.demo import DemoTruth, write_demo
from tools.crm.importing.mapping import Mapping
from tools.crm.importing.service import run_load
from tools.crm.models import Account
from tools.crm.semantic.model import base_model
from tools.journey.rhythm.schemas import RhythmReport
from tools.journey.rhythm.service import rhythm_report
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_engine

TODAY = date(2026, 11, 20)
SOON = timedelta(days=21)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, sqlite_template: bytes) -> Iterator[tuple[DemoTruth, RhythmReport, dict[str, int]]]:
    folder = tmp_path_factory.mktemp("rhythm")
    truth = write_demo(folder / "demo", "small", today=TODAY)
    (folder / "plumbline.db").write_bytes(sqlite_template)
    engine = open_engine(f"sqlite:///{folder / 'plumbline.db'}")
    entities = {entity.table: key for key, entity in base_model().entities.items()}
    tables = [read_csv(path) for path in sorted((folder / "demo").glob("*.csv")) if path.stem in {"members", "accounts", "opportunities", "interactions"}]
    maps = tuple(map_by_words(table, entities[table.file.removesuffix(".csv")]) for table in tables)
    run_load(engine, tables, Mapping(system="demo", tables=maps), "demo", datetime(2026, 11, 20, 8, tzinfo=UTC), UTC)
    with Session(engine) as session:
        ids = {row.source_id: row.id for row in session.execute(select(Account.source_id, Account.id))}
        yield truth, rhythm_report(session, Principal.local_owner(), PolicyScope(), TODAY, "Asia/Shanghai"), ids
    engine.dispose()


@pytest.mark.parametrize(("story", "direction"), [("rhythm_break", "down"), ("rhythm_surge", "up")])
def test_planted_change_is_found_from_the_right_week(company: tuple[DemoTruth, RhythmReport, dict[str, int]], story: str, direction: str) -> None:
    truth, report, ids = company
    planted = truth.stories[story]

    found = [each for each in report.alerts if each.account_id == ids[str(planted.account_id)]]

    assert {each.direction for each in found} == {direction}
    assert any(abs(each.changed - planted.days["changed_on"]) <= SOON for each in found)
    assert all(each.noticed >= planted.days["changed_on"] - timedelta(days=6) for each in found)


def test_surge_is_found_in_purchases_too(company: tuple[DemoTruth, RhythmReport, dict[str, int]]) -> None:
    truth, report, ids = company
    surge = ids[str(truth.stories["rhythm_surge"].account_id)]

    assert {each.series for each in report.alerts if each.account_id == surge} == {"purchases", "interactions"}


def test_few_others_are_alarmed(company: tuple[DemoTruth, RhythmReport, dict[str, int]]) -> None:
    truth, report, ids = company
    planted = {ids[str(truth.stories[story].account_id)] for story in ("rhythm_break", "rhythm_surge")}

    others = {each.account_id for each in report.alerts} - planted

    assert len(others) <= sum(each.expected_false_alarms for each in report.series)
    assert len(others) <= 0.03 * len(ids)
