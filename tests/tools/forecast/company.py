"""A store with the deals of one invented company: the source decides who wins, and talks come with each deal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from tools.crm import models
from tools.store.base import Base

TODAY = date(2026, 6, 30)
AS_OF = datetime(2026, 7, 1, tzinfo=UTC)
Row = dict[str, Any]


def put(engine: Engine, table: type[Base], rows: list[Row]) -> None:
    """Insert rows with what every imported row carries."""
    common = {"source_system": "crm", "version_hash": "h", "as_of": AS_OF, "custom": {}}
    with Session(engine) as session:
        session.execute(insert(table), [{**common, "source_id": f"{table.__tablename__}{row['id']}"} | row for row in rows])
        session.commit()


def deal_rows(n: int = 500, *, seed: int = 1, bare: bool = False) -> list[Row]:
    """Deals over two years; with ``bare`` as an export that writes amounts only at the end, as 0 for what was lost."""
    rng = Random(seed)
    rows = []
    for at in range(n):
        opened = TODAY - timedelta(days=rng.randrange(720))
        closed = opened + timedelta(days=rng.randrange(10, 100))
        over = closed <= TODAY and rng.random() < 0.92
        source = rng.choice(("展会", "Referral", "Web"))
        won = rng.random() < {"展会": 0.25, "Referral": 0.8, "Web": 0.5}[source]
        amount = Decimal(rng.randrange(10_000, 90_000))
        status = ("won" if won else "lost") if over else "open"
        if bare:
            amount = amount if status == "won" else Decimal(0) if status == "lost" else None  # type: ignore[assignment]
        rows.append(
            {
                "id": at + 1,
                "name": f"deal {at + 1}",
                "account_id": at % 40 + 1,
                "owner_id": at % 40 % 4 + 1,
                "product_id": at % 3 + 1,
                "stage": {"won": "赢单", "lost": "输单", "open": "方案"}[status],
                "status": status,
                "amount": amount,
                "currency": "CNY",
                "source": source,
                "opened_on": opened,
                "close_on": closed if over else None,
            }
        )
    return rows


def found(engine: Engine, deals: list[Row] | None = None, *, talks: bool = True) -> list[Row]:
    """Fill the store; gives the rows of its deals."""
    deals = deal_rows() if deals is None else deals
    put(engine, models.Team, [{"id": at, "name": f"team {at}", "region": "华东"} for at in (1, 2)])
    put(engine, models.Member, [{"id": at, "name": f"rep {at}", "region": "华东", "team_id": at % 2 + 1} for at in range(1, 5)])
    put(engine, models.Account, [{"id": at, "name": f"account {at}", "owner_id": at % 4 + 1, "sector": ("医疗", "Retail")[at % 2]} for at in range(1, 41)])
    put(engine, models.Product, [{"id": at, "name": f"product {at}"} for at in range(1, 4)])
    put(engine, models.Opportunity, deals)
    if talks:
        put(engine, models.Interaction, talk_rows(deals))
        put(engine, models.StageHistory, move_rows(deals))
    return deals


def talk_rows(deals: list[Row]) -> list[Row]:
    """Three talks a deal, some of them after TODAY where it is open."""
    rows = []
    for deal in deals:
        for step in range(3):
            when = datetime.combine(deal["opened_on"] + timedelta(days=3 * step), datetime.min.time(), UTC) + timedelta(hours=9)
            rows.append({"id": len(rows) + 1, "account_id": deal["account_id"], "opportunity_id": deal["id"], "kind": "call", "occurred_at": when})
    return rows


def move_rows(deals: list[Row]) -> list[Row]:
    """Two stages and the end."""
    rows = []
    for deal in deals:
        steps = [("需求", deal["opened_on"]), ("方案", deal["opened_on"] + timedelta(days=5))]
        for stage, day in steps + ([(deal["stage"], deal["close_on"])] if deal["close_on"] else []):
            rows.append({"id": len(rows) + 1, "opportunity_id": deal["id"], "stage": stage, "entered_on": day})
    return rows
