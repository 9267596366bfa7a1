"""The proof of how a target stands: what is won, what is expected by its end, and in how many of the draws that is enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.models import Target
from tools.forecast.backtesting import TRUSTED, own_share
from tools.forecast.errors import NoTargets, TargetsElsewhere
from tools.forecast.looking import EVERYTHING, Part
from tools.forecast.proving import CENTS
from tools.forecast.proving_period import PeriodProof, prove_period
from tools.forecast.sourcing import Row, source_of
from tools.forecast.study import Study
from tools.store.base import Base
from tools.trace.cells import CellType, Formula

MOST_PERIODS = 6


@dataclass(slots=True)
class TargetProof:
    """Addresses of a target with its forecast: the share that is won, and the chance with its interval.

    The interval holds how far the chance moves when the forecast is off on the mean by as much as so many past looks leave open (90 %).
    """

    forecast: PeriodProof
    amount: str
    share: str
    missing: str
    chance: str
    low: str
    high: str
    targets: int
    count: str


def targets_for(study: Study, session: Session, principal: Principal, scope: RowScope, start: date, end: date, holder: Mapping[str, object]) -> list[Row]:
    """The targets that the person may see for exactly this period, of one holder (columns of the target with their values), or all where it is empty.

    Raises NoTargets where there is none at all, and TargetsElsewhere where there are some for other periods or holders.
    """
    table = Base.metadata.tables[Target.__tablename__]
    limit = scope.limit(principal, "target", table)
    if table.c.amount.info["classification"] > principal.clearance:
        raise NoTargets(start=start, end=end)
    known = select(table).where(table.c.gone_at.is_(None), table.c.amount > 0, *(() if limit is None else (limit,)))
    rows: list[Row] = [dict(row) for row in session.execute(known.order_by(table.c.id)).mappings()]
    rows = [row for row in rows if row["currency"] == study.history.unit]
    if not rows:
        raise NoTargets(start=start, end=end)
    found = [row for row in rows if (row["start_on"], row["end_on"]) == (start, end) and all(row[column] == value for column, value in holder.items())]
    if not found:
        spans = sorted({(row["start_on"], row["end_on"]) for row in rows if row["start_on"] and row["end_on"]}, reverse=True)
        raise TargetsElsewhere(start=start, end=end, n=len(rows), spans=", ".join(f"{a} – {b}" for a, b in spans[:MOST_PERIODS]))
    return found


def prove_target(study: Study, session: Session, rows: list[Row], part: Part = EVERYTHING, call: str = "f1") -> TargetProof:
    """How the targets in ``rows``, added up, stand for the part of the deals that they are for. Raises what a forecast raises."""
    start, end = rows[0]["start_on"], rows[0]["end_on"]
    forecast = prove_period(study, session, start, end, part=part, call=call)
    ledger, total = forecast.ledger, f"{call}.total"

    def money(name: str, formula: Formula, *operands: str, places: int = 6) -> str:
        return ledger.derive(f"target.{name}", CellType.MONEY, formula, *operands, places=places, unit=ledger.unit)

    level = Base.metadata.tables[Target.__tablename__].c.amount.info["classification"]
    read = [
        ledger.read(f"target{at}.amount", row["amount"], CellType.MONEY, source_of(Target.__tablename__, row, "amount"), level, ledger.unit)
        for at, row in enumerate(rows, 1)
    ]
    amount = read[0] if len(read) == 1 else money("amount", "add", *read)
    count = ledger.constant("target.n", len(rows), CellType.COUNT)
    share = ledger.derive("target.share", CellType.RATE, "ratio", forecast.booked, amount)
    missing = money("missing", "largest", money("gap", "delta", amount, forecast.booked), ledger.money("where.nought", 0.0))
    looks = len(forecast.seen.pasts)
    trusted = ledger.number_constant("where.looks", (TRUSTED + looks * own_share(forecast.seen.period.end - forecast.seen.period.day)) ** 0.5)
    half = money("half", "ratio", money("width", "delta", forecast.span.high, forecast.span.low), ledger.constant("where.two", 2, CellType.NUMBER))
    off = money("off", "ratio", half, trusted, places=CENTS)
    chances = []
    for name, goal in (("chance", amount), ("low", money("harder", "add", amount, off)), ("high", money("easier", "delta", amount, off))):
        if ledger.number(goal) <= ledger.number(forecast.booked):  # it is reached already
            threshold = money(f"{name}_threshold", "smallest", goal, f"{total}.drawn_low", forecast.booked)
        else:
            above = money(f"{name}_beyond", "ratio", money(f"{name}_above", "delta", goal, f"{total}.point"), forecast.factor)
            threshold = money(f"{name}_threshold", "add", f"{total}.point", above)
        reached = ledger.derive(f"target.{name}_reached", CellType.COUNT, "at_least", f"{call}_draws.total", threshold)
        drawn = ledger.derive(f"target.{name}_draws", CellType.COUNT, "count", f"{call}_draws")
        chances.append(ledger.derive(f"target.{name}", CellType.RATE, "rate", reached, drawn))
    return TargetProof(forecast, amount, share, missing, chances[0], chances[1], chances[2], len(rows), count)
