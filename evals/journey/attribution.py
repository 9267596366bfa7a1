"""Whether what is shown adds up: a stage's log-odds in a store against the sum of its contributions, and against the formula applied to the raw events.

The formula is applied here anew, to the YAML as it stands and to the events as they were sent, in exact sums; no code of the engine takes part.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import exp, fsum
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from sqlalchemy import insert
from sqlalchemy.orm import Session

from evals.figures import Figure
from tools.access.principal import Principal
from tools.crm.models import Account
from tools.journey.reading_weights import SHIPPED, shipped_weights
from tools.journey.schemas import AccountStanding, NewEvent
from tools.journey.service import standing
from tools.journey.taking import settle, take
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_engine, sqlite_url
from tools.store.migrating import migrate
from tools.trace.cells import SourceRef

SEED = 4
ACCOUNTS, MOST_EVENTS = 60, 400
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def evaluate_attribution() -> dict[str, Figure]:
    """``attribution_error``: the largest difference in log-odds over all stages of all accounts, ``n`` of them, at two times each."""
    rng = Random(SEED)  # noqa: S311 - drawn to be tried, not to be secret
    events = [event for account in range(1, ACCOUNTS + 1) for event in _events(account, rng)]
    file = yaml.safe_load(SHIPPED.read_text("utf-8"))
    errors: list[float] = []
    with TemporaryDirectory() as folder:
        url = sqlite_url(Path(folder))
        migrate(url)
        engine = open_engine(url)
        with Session(engine) as session:
            about = {"source_system": "made", "version": 1, "version_hash": "1", "as_of": NOW, "custom": {}}
            session.execute(insert(Account), [{"id": number, "name": f"A{number}", "source_id": str(number), **about} for number in range(1, ACCOUNTS + 1)])
            sent = rng.sample(events, len(events)) + rng.sample(events, len(events) // 10)  # out of order, and some of them twice
            for start in range(0, len(sent), 997):
                take(session, sent[start : start + 997], shipped_weights(), NOW)
            settle(session, shipped_weights(), NOW)
            for number in range(1, ACCOUNTS + 1):
                own = [event for event in events if event.account_id == number]
                for at in (NOW, NOW - timedelta(days=100)):
                    errors += _errors(file, standing(session, Principal.local_owner(), PolicyScope(), number, at, top=None), own, at)
        engine.dispose()
    return {"attribution_error": Figure(metric=max(errors), interval=(min(errors), max(errors)), n=len(errors))}


def _errors(file: dict[str, Any], found: AccountStanding, events: list[NewEvent], at: datetime) -> list[float]:
    """Of each stage the larger of both differences."""
    expected = independent_log_odds(file, events, at)
    return [
        max(abs(stage.log_odds - fsum(part.log_odds for part in stage.contributions)), abs(stage.log_odds - expected[stage.stage])) for stage in found.stages
    ]


def independent_log_odds(file: dict[str, Any], events: list[NewEvent], at: datetime) -> dict[str, float]:
    """The log-odds of every stage by the formula, from the file as YAML gives it and the raw events; those after ``at`` don't count."""
    own = {stage: spec["base"] + fsum(_effects(file, stage, events, at)) for stage, spec in file["stages"].items()}
    found: dict[str, float] = {}

    def total(stage: str) -> float:
        if stage not in found:
            acting = [each for each in file["relations"] if each["target"] == stage]
            found[stage] = own[stage] + fsum(
                each["gain"] * max(0.0, _weight(total(each["source"])) - _weight(file["stages"][each["source"]]["base"])) for each in acting
            )
        return found[stage]

    return {stage: total(stage) for stage in own}


def _effects(file: dict[str, Any], stage: str, events: list[NewEvent], at: datetime) -> list[float]:
    effects = []
    for event in events:
        weight = file["evidence"][event.evidence]["stages"].get(stage)
        if weight is not None and event.at <= at:
            days = (at - event.at).total_seconds() / 86_400
            half_life = weight.get("half_life_days") or file["stages"][stage]["half_life_days"]
            effects.append(weight["weight"] * file["origins"][event.origin]["reliability"] * event.counts * 0.5 ** (days / half_life))
    return effects


def _weight(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))


def _events(account: int, rng: Random) -> list[NewEvent]:
    """Any number of events of any kind, from long ago to a little after the time that is asked about."""
    weights = shipped_weights()
    found = []
    for number in range(rng.randrange(MOST_EVENTS) if account > 1 else 0):
        at = NOW + timedelta(seconds=rng.randrange(-900 * 86_400, 20 * 86_400))
        source = SourceRef(system="made", table="interactions", record=str(number), field="subject", version="1", as_of=NOW)
        found.append(
            NewEvent(
                key=f"{account}:{number}",
                account_id=account,
                evidence=rng.choice(list(weights.evidence)),
                origin=rng.choice(list(weights.origins)),
                at=at,
                counts=rng.choice((1.0, rng.uniform(0.01, 1.0))),
                source=source,
            )
        )
    return found
