"""One process of callers who race for a unit's last money: each holds, calls, and settles, releases or forgets it. Any statement may be the last.

What a caller knows to have happened is written to a file of the process at once, so that it outlives the process.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from tests.tools.sandbox.calls import CAPABILITY, COST, OF_UNIT, UNIT, caller
from tools.sandbox.budgets import ledger
from tools.sandbox.budgets.reservations import expire_due, release, settle
from tools.sandbox.calling.deciding import HELD_FOR, CallDesk
from tools.sandbox.errors import BudgetTooSmall, KeyUsedForAnother, ReservationEnded, UnitTooBusy
from tools.store.engine import open_engine, open_sessions
from tools.trace.signing import InstallationKey

THREADS = 8
DEADLY = 1 / 2500
"""So likely a process ends itself with SIGKILL before a statement, after it, or before a commit."""
LONG_AFTER = HELD_FOR + timedelta(minutes=1)
STOP = "stop"


def granted_under(number: int) -> Decimal:
    """What is given, or taken back, under the key of this number."""
    return Decimal(-10) if number % 8 == 0 else Decimal(40)


def run(url: str, folder: Path, seed: int, keys: int) -> None:
    """Race until somebody puts a file named ``STOP`` there, or until killed. ``keys`` are shared by all processes."""
    engine = open_engine(url)
    _be_mortal(engine, Random(seed))
    racers = [Racer(engine, folder, seed, seed * THREADS + at, keys) for at in range(THREADS)]
    threads = [threading.Thread(target=each.race) for each in racers]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def _be_mortal(engine: Engine, rng: Random) -> None:
    def maybe_die(*_: object) -> None:
        if rng.random() < DEADLY:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(engine, moment, maybe_die)


class Racer:
    """One caller."""

    def __init__(self, engine: Engine, folder: Path, process: int, seed: int, keys: int) -> None:
        self.sessions, self.folder, self.keys, self.rng = open_sessions(engine), folder, keys, Random(seed)
        self.desk = CallDesk(self.sessions, InstallationKey.open(folder))
        self.log = os.open(folder / f"{process}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def race(self) -> None:
        while not (self.folder / STOP).exists():
            try:
                self.step()
            except OperationalError as error:
                locked = "database is locked" in str(error)  # SQLite has one writer, and nobody stands in line for it
                self.note(*(["locked"] if locked else ["error", repr(error)]))
            except Exception as error:
                self.note("error", repr(error))

    def note(self, *words: object) -> None:
        os.write(self.log, (" ".join(map(str, words)).replace("\n", " ") + "\n").encode())

    def step(self) -> None:
        dice = self.rng.random()
        if dice < 0.06:
            self.grant()
        elif dice < 0.08:
            self.sweep()
        else:
            self.call()

    def grant(self) -> None:
        number = self.rng.randrange(self.keys)
        try:
            with self.sessions.begin() as session:
                ledger.grant(session, UNIT, granted_under(number), f"grant {number}", "more", "owner", datetime.now(UTC))
        except BudgetTooSmall:
            return
        self.note("granted", number)

    def sweep(self) -> None:
        """As if everybody had taken too long."""
        with self.sessions.begin() as session:
            expired = expire_due(session, datetime.now(UTC) + LONG_AFTER)
        with self.sessions() as session:
            findings = ledger.audit(session)
        self.note("swept", expired)
        if findings:
            self.note("error", "audit", findings)

    def call(self) -> None:
        """One round. Now and then all who race come with the same new key at once, and now and then with other content."""
        hot = self.rng.random() < 0.15
        key = f"hot{int(time.time() * 5)}" if hot else f"k{self.rng.randrange(self.keys)}"
        other = self.rng.random() < 0.05
        try:
            decided = self.desk.decide(caller(), UNIT, CAPABILITY, OF_UNIT if other else 1, f"{UNIT}:{key}")
        except KeyUsedForAnother:
            self.note("round", "another", key)
            return
        except UnitTooBusy:
            self.note("round", "busy", key)
            return
        if decided.reservation_id is None:
            self.note("round", "refused", key, *decided.rules)
            return
        self.note("round", "held", key, decided.reservation_id, decided.id)
        time.sleep(self.rng.random() * 0.005)
        self.end(decided.reservation_id)

    def end(self, reservation_id: str) -> None:
        """What is noted was committed before."""
        dice, cost = self.rng.random(), COST * self.rng.randrange(101) / 100
        try:
            if dice < 0.3:
                with self.sessions.begin() as session:
                    status = release(session, reservation_id, "caller", datetime.now(UTC)).status
                self.note("freed", reservation_id, status)
            elif dice < 0.9:
                with self.sessions.begin() as session:
                    settle(session, reservation_id, cost, "caller", datetime.now(UTC))
                self.note("settled", reservation_id, cost)
        except ReservationEnded as error:
            self.note("late", reservation_id, error.data["status"])
