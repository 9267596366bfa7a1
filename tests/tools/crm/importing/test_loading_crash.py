"""An import that dies half-way leaves the store as it was, and imports never overlap."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.exports import MONDAY, load, table, to
from tools.crm.importing.errors import ImportBusy
from tools.crm.importing.loading.storing import begin_alone
from tools.crm.models import Account, CustomField, ImportIssue, ImportRun, Opportunity
from tools.crm.service import store_version
from tools.store.engine import open_engine

ROWS = 30_000
CHILD = f"""
import sys, time
from datetime import UTC
from pathlib import Path
from tests.tools.crm.importing.exports import MONDAY, table, to
from tools.crm.importing.mapping import Mapping
from tools.crm.importing.service import run_load
from tools.store.engine import open_engine

def stop_half_way(step, done, total):
    if step == "store" and done >= {ROWS} // 2:
        Path(sys.argv[2]).touch()
        time.sleep(60)

deals = table("deals.csv", "ID,Name,Mood", *((f"x{{n}}", "New", "good") for n in range({ROWS})))
mapping = Mapping(system="north", tables=(to(deals, "opportunity", "id", "name", "custom"),))
run_load(open_engine(sys.argv[1]), [deals], mapping, "export", MONDAY, UTC, stop_half_way)
"""


def test_import_killed_half_way_leaves_the_store_as_it_was(engine: Engine, database_url: str, tmp_path: Path) -> None:
    deals = table("deals.csv", "ID,Name", ("d1", "Alder"))
    first = load(engine, (deals, to(deals, "opportunity", "id", "name")))
    half_way = tmp_path / "half-way"
    child = subprocess.Popen([sys.executable, "-c", CHILD, database_url, str(half_way)], cwd=Path(__file__).parents[4])
    deadline = time.monotonic() + 60
    while not half_way.exists():
        assert child.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()

    with Session(engine) as session:
        names = session.execute(select(Opportunity.source_id, Opportunity.gone_at)).all()
        runs = session.scalar(select(func.count()).select_from(ImportRun))
        fields = session.scalar(select(func.count()).select_from(CustomField))
        assert store_version(session)[0] == first.import_id
    assert (names, runs, fields) == ([("d1", None)], 1, 0)
    again = _load_when_free(engine, deals)
    assert again.total("unchanged") == 1


def _load_when_free(engine: Engine, deals):
    """The server needs a moment to notice that the killed client is gone."""
    deadline = time.monotonic() + 20
    while True:
        try:
            return load(engine, (deals, to(deals, "opportunity", "id", "name")))
        except ImportBusy:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_fault_in_the_middle_leaves_no_trace(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from tools.crm.importing.mapping import Mapping
    from tools.crm.importing.service import run_load

    accounts = table("accounts.csv", "ID,Name", ("a1", "Alder"), ("", "Nobody"))

    def fail(step: str, done: int, total: int) -> None:
        if step == "store" and done == total:
            raise OSError("pulled the plug")

    with pytest.raises(OSError, match="plug"):
        run_load(engine, [accounts], Mapping(system="north", tables=(to(accounts, "account", "id", "name"),)), "export", MONDAY, MONDAY.tzinfo, fail)  # type: ignore[arg-type]

    with Session(engine) as session:
        assert [session.scalar(select(func.count()).select_from(each)) for each in (Account, ImportRun, ImportIssue)] == [0, 0, 0]


def test_second_import_at_the_same_time_is_told_to_wait(engine: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.store.engine.BUSY_TIMEOUT_S", 0.2)
    impatient = open_engine(database_url)
    accounts = table("accounts.csv", "ID,Name", ("a1", "Alder"))

    with engine.connect() as running:
        begin_alone(running)
        with pytest.raises(ImportBusy):
            load(impatient, (accounts, to(accounts, "account", "id", "name")))

    assert load(engine, (accounts, to(accounts, "account", "id", "name"))).total("new") == 1
