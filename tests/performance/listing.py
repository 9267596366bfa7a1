"""What limiting a list by the policies costs: ``python -m tests.performance.listing ROWS TIMES``.

Both queries read the same columns of the same deals, about a tenth of ``ROWS``, in the same order. One finds them by what
:meth:`PolicyScope.limit` makes of the policies for a person with deals and accounts of their own and the customers of one unit. The other finds them
without any policy, by one comparison with an indexed column that was filled with the first one's result. Prints milliseconds in pairs as JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from tools.access.principal import CLEARANCE, Principal, Role, UnitReach
from tools.crm.models import Account, Member, Opportunity
from tools.sandbox.models import AccountProtection, SalesUnit, UnitAccount
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import table_of
from tools.store.classification import Classification
from tools.store.engine import open_engine, open_sessions
from tools.store.migrating import migrate

SEED, PER_ACCOUNT, MEMBERS, ME, UNIT = 17, 5, 40, 1, "unit"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
REACHED, OTHER = "reached", "other"


def main(rows: int, times: int) -> None:
    """Fill a store, mark what is reached, and time both queries by turns."""
    with tempfile.TemporaryDirectory(prefix="plumb-list-") as folder:
        url = f"sqlite:///{folder}/list.db"
        migrate(url)
        with open_sessions(open_engine(url))() as session:
            _fill(session, rows)
            deals = table_of(Opportunity)
            reach = UnitReach(unit_id=UNIT, kinds=frozenset({"opportunity"}), clearance=Classification.PERSONAL, masks_from=4)
            me = Principal(role=Role.REP, member_id=ME, clearance=CLEARANCE[Role.REP], units=(reach,))
            limited = PolicyScope().limit(me, "opportunity", deals)
            assert limited is not None
            reached = [row[0] for row in _listed(session, limited)]
            session.execute(update(deals).where(deals.c.id.in_(reached)).values(stage=REACHED))
            session.commit()
            session.connection().exec_driver_sql("ANALYZE")
            session.commit()
            by_column = deals.c.stage == REACHED
            scoped, plain = [], []
            for number in range(times + 1):
                for taken, condition in ((scoped, limited), (plain, by_column))[:: 1 if number % 2 else -1]:
                    began = time.perf_counter()
                    found = _listed(session, condition)
                    taken.append((time.perf_counter() - began) * 1000)
                    assert [row[0] for row in found] == reached
    print(json.dumps({"limited_ms": scoped[1:], "plain_ms": plain[1:], "reached": len(reached)}))


def _listed(session: Session, condition: ColumnElement[bool]) -> list[Any]:
    deals = table_of(Opportunity)
    columns = (deals.c.id, deals.c.name, deals.c.account_id, deals.c.owner_id, deals.c.stage, deals.c.status, deals.c.amount, deals.c.close_on)
    return list(session.execute(select(*columns).where(condition).order_by(deals.c.close_on, deals.c.id)))


def _fill(session: Session, rows: int) -> None:
    """Deals of accounts, an account's deals now and then with another owner; one unit works for some of the accounts."""
    rng, accounts = Random(SEED), rows // PER_ACCOUNT
    about: dict[str, Any] = {"source_system": "made", "version": 1, "version_hash": "h", "as_of": NOW, "custom": {}}
    session.execute(insert(Member), [{"id": number, "name": f"Member {number}", "source_id": str(number), **about} for number in range(1, MEMBERS + 1)])
    owners = [rng.randint(1, MEMBERS) for _ in range(accounts)]
    session.execute(insert(Account), [
        {"id": number, "name": f"Account {number}", "owner_id": owner, "source_id": str(number), **about} for number, owner in enumerate(owners, 1)
    ])  # fmt: skip
    deals = []
    for number in range(rows):
        account = rng.randint(1, accounts)
        owner = owners[account - 1] if rng.random() < 0.98 else rng.randint(1, MEMBERS)
        close_on = date(2026, 1, 1) + timedelta(days=rng.randrange(365))
        deals.append({
            "id": number + 1, "name": f"Deal {number}", "account_id": account, "owner_id": owner, "stage": OTHER, "status": "open",
            "amount": rng.randrange(10**6), "close_on": close_on, "source_id": str(number), **about,
        })  # fmt: skip
    session.execute(insert(Opportunity), deals)
    session.execute(insert(SalesUnit).values(
        id=UNIT, name=UNIT, status="active", template="assault", lead_id=ME, customer_value="", formed_at=NOW, version=1
    ))  # fmt: skip
    customers = rng.sample(range(1, accounts + 1), accounts // 13)
    session.execute(insert(UnitAccount), [{"unit_id": UNIT, "account_id": account, "since": NOW} for account in customers])
    session.execute(insert(AccountProtection), [{"account_id": account, "masks_from": 3, "version": 1} for account in customers[::10]])
    session.commit()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
