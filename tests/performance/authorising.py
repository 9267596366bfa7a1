"""Milliseconds of deciding calls among very many records, and decisions a second of many callers.

``python -m tests.performance.authorising STORE COUNT CALLS S``

``STORE`` is ``sqlite`` or ``postgresql``. Each decision is a whole :meth:`CallDesk.decide`: live facts, ruling, money held, decision signed, all of it
committed. Every call is one that is allowed, which is the longer way. Between two decisions Cedar alone is asked the same again, its policies
parsed before. On PostgreSQL, ``CALLERS`` processes then decide for ``S`` seconds, each with a connection of its own. Prints as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing.synchronize import Barrier
from pathlib import Path

import cedarpy

from tests.performance.manning import CAPABILITY, Asked, calls, fill
from tests.performance.postgres import postgres
from tools.access.principal import CLEARANCE, Principal, Role
from tools.sandbox.calling.deciding import CallDesk, Decision
from tools.sandbox.calling.ruling import case
from tools.sandbox.policies.sets import policies
from tools.store.engine import open_engine, open_sessions, sqlite_url
from tools.store.migrating import migrate
from tools.trace.signing import InstallationKey

WARM_UP = 100
CALLERS = 16
WINDOW_S = 0.25
WAITED_S = 120
_all_are_ready: Barrier


def main(store: str, count: int, measured: int, seconds: float) -> None:
    """Fill a store, decide one call after another, then many callers at once."""
    with tempfile.TemporaryDirectory(prefix="plumb-calls-") as folder, _store(store, Path(folder)) as url:
        migrate(url)
        engine = open_engine(url)
        began = time.perf_counter()
        fill(engine, count)
        filled = time.perf_counter() - began
        desk = CallDesk(open_sessions(engine), InstallationKey.open(Path(folder)))
        decided, bare = [], []
        for number, asked in enumerate(islice(calls(count, "one"), measured + WARM_UP)):
            began = time.perf_counter()
            decision = _decide(desk, asked)
            between = time.perf_counter()
            taken = _bare(decision)
            if number >= WARM_UP:
                decided.append((between - began) * 1000)
                bare.append(taken)
        engine.dispose()
        rates = _crowd(url, Path(folder), count, seconds) if store == "postgresql" else []
    print(json.dumps({"filled_s": filled, "decided_ms": decided, "bare_ms": bare, "per_s": rates}))


@contextmanager
def _store(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield sqlite_url(folder)
    else:
        with postgres() as url:
            yield url


def _decide(desk: CallDesk, asked: Asked) -> Decision:
    principal = Principal(role=Role.REP, member_id=asked.member, clearance=CLEARANCE[Role.REP])
    decision = desk.decide(principal, asked.unit, CAPABILITY, asked.account, asked.key)
    assert decision.allowed, decision
    return decision


def _bare(decision: Decision) -> float:
    """Milliseconds of Cedar's own answer to the case of a decision."""
    member, capability, context = case(decision.facts)
    request = {"principal": member["uid"], "action": {"type": "Action", "id": "Call"}, "resource": capability["uid"], "context": context}
    began = time.perf_counter()
    found = cedarpy.is_authorized(request, policies("calling").parsed, [member, capability])
    taken = (time.perf_counter() - began) * 1000
    assert found.allowed is decision.allowed
    return taken


def _crowd(url: str, folder: Path, count: int, seconds: float) -> list[float]:
    """Decisions a second of all callers together, in each of the windows that are whole."""
    processes = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(CALLERS, processes, initializer=_gather, initargs=(processes.Barrier(CALLERS),)) as pool:
        callers = [pool.submit(_call, url, folder, count, seconds, f"caller {number}") for number in range(CALLERS)]
        moments = [moment for caller in callers for moment in caller.result()]
    first = min(moments)
    done = Counter(int((moment - first) / WINDOW_S) for moment in moments)
    return [done[window] / WINDOW_S for window in range(int(seconds / WINDOW_S))]


def _gather(barrier: Barrier) -> None:
    global _all_are_ready
    _all_are_ready = barrier


def _call(url: str, folder: Path, count: int, seconds: float, name: str) -> list[float]:
    """One process that decides until the time is over: when it had decided each."""
    desk, asked = CallDesk(open_sessions(open_engine(url)), InstallationKey.open(folder)), calls(count, name)
    for each in islice(asked, WARM_UP // CALLERS):
        _decide(desk, each)
    moments = []
    _all_are_ready.wait(WAITED_S)
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        _decide(desk, next(asked))
        moments.append(time.monotonic())
    return moments


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
