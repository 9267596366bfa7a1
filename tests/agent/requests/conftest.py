"""Two customers of two reps, one of them in the middle of a technical evaluation, and a copilot that has its sentence encoder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from agent.copilot import Copilot, CopilotParts
from integrations.embeddings.sentences import SentenceEncoder
from tools.crm.models import Account, Contact, ImportRun, Interaction, Member, Signal
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_engine, open_sessions
from tools.trace.signing import InstallationKey

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def copilot(tmp_path_factory: pytest.TempPathFactory, sqlite_template: bytes) -> Iterator[Copilot]:
    folder: Path = tmp_path_factory.mktemp("requests")
    (folder / "store.db").write_bytes(sqlite_template)
    engine = open_engine(f"sqlite:///{folder / 'store.db'}")
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all(Member(id=each, name=name, **_from(f"m{each}")) for each, name in ((1, "Ann Wu"), (2, "Bo Lin")))
        session.flush()
        session.add_all(
            Account(id=each, name=name, owner_id=owner, **_from(f"a{each}")) for each, name, owner in ((1, "Harbour Foundry", 1), (2, "华辰精密", 2))
        )
        session.flush()
        session.add(Contact(id=1, name="Iris Falk", title="Purchasing director", account_id=1, **_from("c1")))
        session.flush()
        for number in range(8):
            session.add(
                Interaction(
                    id=number + 1,
                    account_id=1,
                    contact_id=1,
                    owner_id=1,
                    kind="email",
                    direction="inbound",
                    subject="Technical questions",
                    body="How many users does one node take?",
                    occurred_at=NOW - timedelta(days=4 + 3 * number),
                    **_from(f"i{number}"),
                )
            )
        seen = NOW - timedelta(days=3)
        session.add(
            Signal(id=1, account_id=1, contact_id=1, kind="Public activity", headline="Shared the news", competitor="Vantora", observed_at=seen, **_from("s1"))
        )
        session.commit()
    parts = CopilotParts(open_sessions(engine), PolicyScope(), InstallationKey.open(folder), lambda: TODAY, embedder=SentenceEncoder())
    yield Copilot(parts)
    engine.dispose()


def _from(record: str) -> dict[str, object]:
    return {"source_system": "crm", "source_id": record, "version": 1, "version_hash": "v", "as_of": NOW, "custom": {}}
