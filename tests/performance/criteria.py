"""Milliseconds of judging one stage criterion over many interactions with what their texts tell: ``python -m tests.performance.criteria INTERACTIONS``."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.crm.models import Account, Interaction
from tools.crm.semantic import load_model
from tools.journey.criteria.judging import Judge
from tools.journey.criteria.objects import Objects
from tools.journey.criteria.reading import compile_criterion
from tools.journey.criteria.record_events import RecordEvents
from tools.journey.criteria.text_occurrences import TextOccurrences
from tools.journey.reading.models import TextEventRow
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_engine, open_sessions
from tools.store.migrating import migrate

SEED, RUNS, PER_ACCOUNT = 11, 7, 100
TODAY = date(2026, 6, 30)
CRITERION = "legal raised the data-residency question twice within a month and nobody answered within five days"
ACTS = ("sign", "approve", "ask", "answer", "object", "send", "meet", "show", "confirm", "order", "pay", "compare", "promise")
THINGS = ("data residency", "数据驻留", "price", "价格", "delivery date", "POC agreement", "quote", "报价单", "contract", "budget")
ROLES = ("legal", "cto", "cfo", "purchasing", "it", None)


def main() -> None:
    """Fill a store, judge the criterion several times, and print the times as JSON."""
    count = int(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="plumb-rules-") as folder:
        url = f"sqlite:///{folder}/rules.db"
        migrate(url)
        with open_sessions(open_engine(url))() as session:
            _fill(session, count)
            model = load_model(session)
            rule = compile_criterion(CRITERION, TODAY).rule
            assert rule is not None
            times = []
            for _ in range(RUNS):
                judge = Judge(session, Principal.local_owner(), PolicyScope(), (RecordEvents(), TextOccurrences(model)), Objects(), TODAY)
                began = time.perf_counter()
                found = judge.judge(rule)
                times.append((time.perf_counter() - began) * 1000)
    print(json.dumps({"judged_ms": times[1:], "median_ms": statistics.median(times[1:]), "matches": len(found.matches), "near": len(found.near_misses)}))


def _fill(session: Session, count: int) -> None:
    """Interactions of accounts, half of which tell an act."""
    rng = Random(SEED)
    about: dict[str, Any] = {"source_system": "crowd", "version": 1, "version_hash": "h", "as_of": datetime(2026, 1, 1, tzinfo=UTC), "custom": {}}
    accounts = max(1, count // PER_ACCOUNT)
    session.execute(insert(Account), [{"id": number, "name": f"Account {number}", "source_id": f"A{number}", **about} for number in range(1, accounts + 1)])
    start = datetime(2024, 7, 1, tzinfo=UTC)
    kinds = ("call", "email", "meeting", "visit", "message", "demo")
    days = [start + timedelta(days=rng.randrange(729), hours=rng.randrange(8, 18)) for _ in range(count)]
    rows = [
        {
            "id": number,
            "source_id": f"I{number}",
            "account_id": number % accounts + 1,
            "kind": rng.choice(kinds),
            "occurred_at": day,
            "subject": "",
            "body": "told " * 8,
            **about,
        }
        for number, day in enumerate(days, 1)
    ]
    session.execute(insert(Interaction), rows)
    events = []
    for number, day in enumerate(days, 1):
        if rng.random() < 0.5:
            act = {
                "act": rng.choice(ACTS),
                "status": rng.choice(("done", "done", "promised")),
                "actor": "",
                "side": rng.choice(("customer", "us")),
                "role": rng.choice(ROLES),
            }
            place = {"entity": "interaction", "field": "body", "record_id": number, "version": 1, "start": 0, "end": 4, "means": "hand"}
            events.append({**act, **place, "person": None, "object": rng.choice(THINGS), "on": day.date(), "on_stated": False})
    session.execute(insert(TextEventRow), events)
    session.commit()


if __name__ == "__main__":
    main()
