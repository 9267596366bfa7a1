from __future__ import annotations

import time
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Engine

from integrations.sweeping_behind import SweepingBehind
from tests.tools.sandbox.company import bank_unit, fill
from tests.tools.sandbox.units.test_changing import hold
from tools.sandbox.budgets.ledger import audit, balances
from tools.store.engine import open_sessions


def test_money_that_was_held_too_long_is_freed_while_the_program_serves(engine: Engine) -> None:
    with open_sessions(engine)() as session:
        fill(session)
        unit = bank_unit(session)
        hold(session, unit.id, 70)
    behind = SweepingBehind(engine, lambda: datetime.now(UTC), look_every_s=0.05)

    behind.start()
    ends = time.monotonic() + 20
    freed = False
    while not freed and time.monotonic() < ends:
        with open_sessions(engine)() as session:
            freed = balances(session, unit.id).available == Decimal(50_000)
        time.sleep(0.05)
    behind.stop()

    assert freed
    with open_sessions(engine)() as session:
        assert audit(session) == ()
