"""Many callers race for the last money of a unit while processes are killed; nothing is overspent, lost or counted twice, on either database.

A round is one call from its decision to its end. How many there are at least is in the environment, so that thousands can be run by hand:

    PLUMB_RACE_ROUNDS=5000 OPENBLAS_NUM_THREADS=1 .venv/bin/pytest -s tests/tools/sandbox/calling/test_racing.py

With ``-s`` each database's storm is told in one line: rounds, kills, how calls were decided and how reservations ended.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.tools.sandbox.books import broken_laws
from tests.tools.sandbox.calling.racers import LONG_AFTER, STOP, granted_under, run
from tests.tools.sandbox.calls import COST, NOW, UNIT, fill
from tools.sandbox.budgets import ledger
from tools.sandbox.budgets.reservations import expire_due
from tools.sandbox.models import DecisionRow, Reservation, Transfer

ROUNDS = int(os.environ.get("PLUMB_RACE_ROUNDS", "200"))
PROCESSES = 8
KILL_EVERY = 60
"""So many rounds are at most between two processes that are killed from outside."""
SECONDS = 60 + ROUNDS / 5
"""Longer than any storm takes; whoever then still waits would wait for ever."""
START = 3 * COST
FORKS = multiprocessing.get_context("forkserver")  # what racers import is imported once, in a process that holds no connection


@pytest.mark.slow
def test_callers_race_for_the_last_money_and_are_killed_and_not_a_cent_is_overspent(engine: Engine, database_url: str, tmp_path: Path) -> None:
    sessions = fill(engine, START)
    kills = _storm(database_url, tmp_path)
    noted = list(_noted(tmp_path))
    with sessions.begin() as session:
        in_flight = expire_due(session, _last_due(session) + LONG_AFTER)
    with sessions() as session:
        assert broken_laws(session, UNIT) == []
        rounds, ends = Counter(words[1] for words in noted if words[0] == "round"), Counter(session.scalars(select(Reservation.status)))
        locked = sum(words[0] == "locked" for words in noted)
        print(f"\n{engine.dialect.name}: {rounds.total()} rounds {dict(rounds)}, {kills} kills, {locked} times locked out,", end=" ")
        print(f"reservations {dict(ends)}, {in_flight} of them by the last sweep")
        assert [" ".join(words) for words in noted if words[0] == "error"] == []
        assert ends.keys() == {"settled", "released", "expired"}
        _money_is_all_there(session)
        _what_callers_know_is_so(session, noted)
    assert rounds.total() >= ROUNDS
    assert kills > 0
    assert rounds["refused"] > 0
    assert all(words[3:] == ["budget-too-small"] for words in noted if words[:2] == ["round", "refused"])


def _storm(url: str, folder: Path) -> int:
    """Races of so many rounds; how many processes were killed in them, by themselves or from here."""
    FORKS.set_forkserver_preload([run.__module__])
    rng, seeds, kills = Random(7), iter(range(1, 1_000_000)), 0
    racing: list[BaseProcess] = []
    deadline, next_kill, rounds = time.monotonic() + SECONDS, rng.randrange(KILL_EVERY), 0
    while rounds < ROUNDS or not kills:
        assert time.monotonic() < deadline, f"after {SECONDS} seconds {rounds} rounds are done"
        dead = [each for each in racing if not each.is_alive()]
        kills += len(dead)
        racing = [each for each in racing if each not in dead] + [_racer(url, folder, next(seeds)) for _ in range(PROCESSES - len(racing) + len(dead))]
        time.sleep(rng.uniform(0.01, 0.04))
        rounds = _rounds(folder)
        if rounds >= next_kill:
            rng.choice(racing).kill()
            next_kill = rounds + rng.randrange(KILL_EVERY)
    (folder / STOP).touch()
    for each in racing:
        each.join(60)
        assert each.exitcode is not None, "a caller waits for ever"
    return kills


def _racer(url: str, folder: Path, seed: int) -> BaseProcess:
    racer = FORKS.Process(target=run, args=(url, folder, seed, ROUNDS))
    racer.start()
    return racer


def _rounds(folder: Path) -> int:
    return sum(path.read_bytes().count(b"round ") for path in folder.glob("*.log"))


def _noted(folder: Path) -> Iterator[list[str]]:
    for path in folder.glob("*.log"):
        yield from (line.split(" ") for line in path.read_text().splitlines())


def _last_due(session: Session) -> datetime:
    return session.scalar(select(func.max(Reservation.expires_at))) or NOW


def _money_is_all_there(session: Session) -> None:
    """What was granted under each key once, less what was spent, is available; nothing stays reserved."""
    grants = session.execute(select(Transfer.key, Transfer.debit, Transfer.amount).where(Transfer.key.startswith("grant "))).all()
    given = {key: -amount if debit == "available" else amount for key, debit, amount in grants}
    assert given == {key: granted_under(int(key.removeprefix("grant "))) for key in given}
    spent = sum(session.scalars(select(Reservation.settled).where(Reservation.status == "settled")), Decimal(0))
    found = ledger.balances(session, UNIT)
    assert (found.granted, found.reserved, found.spent) == (START + sum(given.values()), 0, spent)


def _what_callers_know_is_so(session: Session, noted: list[list[str]]) -> None:
    """One reservation and one decision for a key, whoever asked; what was settled or freed is so, at that cost."""
    found = {each.id: each for each in session.scalars(select(Reservation))}
    by_key: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for what, *words in noted:
        if what == "round" and words[0] == "held":
            by_key[f"{UNIT}:{words[1]}"].add(tuple(words[2:]))
        elif what == "settled":
            assert (found[words[0]].status, found[words[0]].settled) == ("settled", Decimal(words[1]))
        elif what in {"freed", "late"}:
            assert found[words[0]].status == words[1]
        elif what == "granted":
            assert session.scalar(select(func.count()).where(Transfer.key == f"grant {words[0]}")) == 1
    assert by_key
    assert {key: {(each.id, each.decision_id)} for each in found.values() for key in [each.key] if key in by_key} == by_key
    assert session.scalar(select(func.count()).where(DecisionRow.allowed)) == len(found)
