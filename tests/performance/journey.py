"""Times the journey on a store of its own: the replay of very many events into all weights, and one event more for accounts with few and with many.

Prints as JSON: seconds of each replay, and microseconds of updates in pairs.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.crm.models import Account
from tools.crm.row_scope import RelationScope
from tools.journey.decaying import moment_of, seconds
from tools.journey.models import JourneyEvent
from tools.journey.reading_weights import shipped_weights
from tools.journey.schemas import NewEvent
from tools.journey.service import stand_all
from tools.journey.summing import rebuild
from tools.journey.taking import take
from tools.store.engine import open_engine, sqlite_url
from tools.store.migrating import migrate
from tools.trace.cells import SourceRef

NOW = datetime(2026, 6, 1, tzinfo=UTC)
OF_EACH = 100
FEW, MANY = 1, 2
PART = 50_000


def main(events: int, past: int, updates: int, replays: int) -> None:
    """``events`` in all, ``past`` of the account that has many."""
    with tempfile.TemporaryDirectory(prefix="plumb-journey-") as folder:
        url = sqlite_url(Path(folder))
        migrate(url)
        engine = open_engine(url)
        _fill(engine, events, past)
        batch = [_replay(engine) for _ in range(replays)]
        few, many = _update(engine, updates)
        engine.dispose()
    print(json.dumps({"batch_s": batch, "few_us": few, "many_us": many, "events": events}))


def _replay(engine: Engine) -> float:
    """Every event from the store, all sums into the store, and the weights of all accounts with their intervals."""
    began = time.perf_counter()
    with Session(engine) as session:
        rebuild(session, shipped_weights(), NOW)
        session.commit()
        accounts, found = stand_all(session, Principal.local_owner(), RelationScope(), NOW)
        found.interval()
    seconds_taken = time.perf_counter() - began
    assert len(accounts) == len(found.log_odds) > 0
    return seconds_taken


def _update(engine: Engine, updates: int) -> tuple[list[float], list[float]]:
    """One event more and its commit, by turns for the account with few and the one with many; medians of blocks, so that a pause of the machine is no pair."""
    times: dict[int, list[float]] = {FEW: [], MANY: []}
    with Session(engine) as session:
        for number in range(updates):
            for account in (FEW, MANY) if number % 2 else (MANY, FEW):
                event = _event(account, f"update:{account}:{number}", seconds(NOW) - number)
                began = time.perf_counter()
                take(session, [event], shipped_weights(), NOW)
                session.commit()
                times[account].append((time.perf_counter() - began) * 1e6)
    few, many = ([statistics.median(values[start : start + 10]) for start in range(0, len(values) - 9, 10)] for values in (times[FEW], times[MANY]))
    return few, many


def _event(account: int, key: str, at: int) -> NewEvent:
    source = SourceRef(system="made", table="interactions", record=key, field="subject", version="1", as_of=NOW)
    return NewEvent(key=key, account_id=account, evidence="technical_question", origin="logged", at=moment_of(at), source=source)


def _fill(engine: Engine, events: int, past: int) -> None:
    accounts = max(2, (events - past) // OF_EACH + 1)
    about = {"source_system": "made", "version": 1, "version_hash": "1", "as_of": NOW, "custom": {}}
    rows = _rows(events, past)
    with Session(engine) as session:
        session.execute(insert(Account), [{"id": number, "name": f"A{number}", "source_id": str(number), **about} for number in range(1, accounts + 1)])
        while part := [row for _, row in zip(range(PART), rows, strict=False)]:
            session.execute(insert(JourneyEvent), part)
        rebuild(session, shipped_weights(), NOW)
        session.commit()


def _rows(events: int, past: int) -> Iterator[dict[str, Any]]:
    """Events of three years; the many of one account, a hundred for each of the others."""
    rng, weights = Random(11), shipped_weights()
    kinds = [(key, each.origin) for key, each in weights.evidence.items()]
    for number in range(events):
        account = MANY if number < past else FEW if number < past + OF_EACH else 3 + (number - past - OF_EACH) // OF_EACH
        evidence, origin = rng.choice(kinds)
        yield {
            "key": f"made:{number}", "account_id": account, "account_ref": None, "evidence": evidence, "origin": origin,
            "at": seconds(NOW) - rng.randrange(3 * 365 * 86_400), "counts": 1.0, "summed": True, "told_by": "record", "source_system": "made",
            "source_table": "interactions", "source_record": str(number), "source_field": "subject", "source_version": "1", "source_as_of": NOW,
        }  # fmt: skip


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
