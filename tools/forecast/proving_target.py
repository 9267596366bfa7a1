"""The proof of how targets stand: what is won, what is expected by their end, and in how many of the draws that is enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.models import Target, Team
from tools.forecast.backtesting import TRUSTED, own_share
from tools.forecast.errors import NoTargets, TargetsElsewhere
from tools.forecast.looking import EVERYTHING, Part
from tools.forecast.proving import CENTS, Ledger
from tools.forecast.proving_period import PeriodProof, SpanAt, WonAt, prove_period, prove_won
from tools.forecast.sourcing import Row, classification_of, source_of
from tools.forecast.study import Study
from tools.store.base import Base
from tools.trace.cells import CellType, Formula

MOST_PERIODS = 6
TARGETS = Target.__tablename__
LEVELS = ("all", "region", "team", "owner")
"""For whom a target is, the widest first: targets of several levels are never added up."""
Holder = Mapping[str, tuple[object, ...]]
"""Columns of a target with the values that it may hold, the ones meant first."""
Days = tuple[date, date]


@dataclass(slots=True)
class StandAt:
    """Addresses of how one target stands: the share that is won, what is missing, and the chance with its interval.

    The interval holds how far the chance moves when the forecast is off on the mean by as much as so many past looks leave open (90 %).
    """

    name: str | None
    amount: str
    booked: str
    share: str
    missing: str
    span: SpanAt
    chance: str
    low: str
    high: str


@dataclass(slots=True)
class TargetProof:
    """The forecast, how the target stands, and the address of how many targets it is the sum of."""

    forecast: PeriodProof
    stand: StandAt
    count: str | None


@dataclass(slots=True)
class TargetOver:
    """Addresses of a target whose period is over: what was won, and the share of the target that it is."""

    won: WonAt
    amount: str
    share: str


def targets_for(study: Study, session: Session, principal: Principal, scope: RowScope, start: date, end: date, holder: Holder) -> list[Row]:
    """The targets that the person may see for this period and holder, all of one level and metric; for everybody where the holder is empty.

    They are for exactly these days, or for shorter periods that make them up without a gap, as the quarters of a year.

    Raises NoTargets where there is none at all, and TargetsElsewhere where there are some for other periods or holders.
    """
    rows = _known(study, session, principal, scope)
    if not rows:
        raise NoTargets(start=start, end=end)
    within = [row for row in rows if row["start_on"] and row["end_on"] and start <= row["start_on"] <= row["end_on"] <= end]
    found = next((_of_one_metric(held) for held in _held_by(within, holder) if _is_covered(held, start, end)), [])
    if not found:
        spans = sorted({(row["start_on"], row["end_on"]) for row in rows if row["start_on"] and row["end_on"]}, reverse=True)
        raise TargetsElsewhere(start=start, end=end, n=len(rows), spans=", ".join(f"{a} – {b}" for a, b in spans[:MOST_PERIODS]))
    return found


def prove_target(study: Study, session: Session, days: Days, rows: Sequence[Row], part: Part = EVERYTHING, call: str = "f1") -> TargetProof:
    """How the targets in ``rows``, added up, stand for the part of the deals that they are for. Raises what a forecast raises."""
    forecast = prove_period(study, session, *days, part=part, call=call)
    amount = _amount(forecast.ledger, "target", rows)
    stand = _stand(forecast, "total", None, amount, forecast.booked, forecast.span, f"{call}_draws")
    return TargetProof(forecast, stand, None if len(rows) == 1 else f"{call}.target.n")


def prove_targets(study: Study, session: Session, days: Days, rows: Sequence[Row], by: str, call: str = "f1") -> tuple[PeriodProof, list[StandAt]]:
    """How the targets of each region, team or owner stand, the least likely first. Raises what a forecast raises."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        level = _level_of(row, by, session)
        if level is not None:
            groups.setdefault(level, []).append(row)
    forecast = prove_period(study, session, *days, by=by, levels=frozenset(groups), call=call)
    found = []
    for at, side in enumerate(forecast.sides, 1):
        amount = _amount(forecast.ledger, f"side{at}_target", groups[str(side.level)])
        assert side.booked is not None  # noqa: S101 - every side has it
        found.append(_stand(forecast, f"side{at}", side.name, amount, side.booked, side.span, f"{call}_draws_{at}"))
    found.sort(key=lambda each: forecast.ledger.number(each.chance))
    return forecast, found


def prove_over(study: Study, session: Session, days: Days, rows: Sequence[Row], part: Part = EVERYTHING) -> TargetOver:
    """How targets stood at the end of a period that is over."""
    won = prove_won(study, session, *days, part)
    amount = _amount(won.ledger, "target", rows)
    return TargetOver(won, amount, won.ledger.derive("target.share", CellType.RATE, "ratio", won.booked, amount))


# -- which targets are meant --------------------------------------------------------------------------------------------


def _known(study: Study, session: Session, principal: Principal, scope: RowScope) -> list[Row]:
    """All targets of an amount in the currency of the deals that the person may see."""
    table = Base.metadata.tables[TARGETS]
    limit = scope.limit(principal, "target", table)
    if classification_of(TARGETS, "amount") > principal.clearance:
        return []
    known = select(table).where(table.c.gone_at.is_(None), table.c.amount > 0, *(() if limit is None else (limit,)))
    rows: list[Row] = [dict(row) for row in session.execute(known.order_by(table.c.id)).mappings()]
    return [row for row in rows if row["currency"] == study.history.unit]


def _held_by(rows: Sequence[Row], holder: Holder) -> list[list[Row]]:
    """Sets of targets that may be meant, the best first: of the holder named first, then of those led by it; of the widest level there is."""
    found = [list(rows)]
    for column, values in holder.items():
        found = [[row for row in held if row[column] in wanted] for held in found for wanted in (values[:1], values[1:])]
    return [[row for row in held if _level(row) == level] for held in found for level in LEVELS]


def _is_covered(rows: Sequence[Row], start: date, end: date) -> bool:
    """Whether the periods of targets follow one another from the first day to the last."""
    at = start
    for first, last in sorted({(row["start_on"], row["end_on"]) for row in rows}):
        if first != at:
            return False
        at = last + timedelta(days=1)
    return bool(rows) and at == end + timedelta(days=1)


def _level(row: Row) -> str:
    if row["owner_id"] is not None or row["owner_ref"]:
        return "owner"
    return "team" if row["team_id"] is not None or row["team_ref"] else "region" if row["region"] else "all"


def _of_one_metric(rows: Sequence[Row]) -> list[Row]:
    most = max(sorted(Counter(row["metric"] or "" for row in rows).items()), key=lambda each: each[1])[0]
    return [row for row in rows if (row["metric"] or "") == most]


def _level_of(row: Row, by: str, session: Session) -> str | None:
    """The level of the side that a target is for."""
    if by == "region":
        return row["region"]  # type: ignore[no-any-return] # a text column
    if by == "owner":
        return f"#{row['owner_id']}" if row["owner_id"] is not None else row["owner_ref"]
    name = session.scalar(select(Team.name).where(Team.id == row["team_id"]))
    return row["team_ref"] if name is None else name


# -- how they stand ------------------------------------------------------------------------------------------------------


def _amount(ledger: Ledger, name: str, rows: Sequence[Row]) -> str:
    """The target, or the sum of several, each read from its record."""
    level = classification_of(TARGETS, "amount")
    read = [
        ledger.read(f"{name}{at}.amount", row["amount"], CellType.MONEY, source_of(TARGETS, row, "amount"), level, ledger.unit)
        for at, row in enumerate(rows, 1)
    ]
    ledger.constant(f"{name}.n", len(rows), CellType.COUNT)
    return read[0] if len(read) == 1 else ledger.derive(f"{name}.amount", CellType.MONEY, "add", *read, unit=ledger.unit)


def _stand(forecast: PeriodProof, row: str, name: str | None, amount: str, booked: str, span: SpanAt, draws: str) -> StandAt:
    ledger, at = forecast.ledger, f"{forecast.ledger.call}.{row}"

    def money(cell: str, formula: Formula, *operands: str, places: int = 6) -> str:
        return ledger.derive(f"{row}.{cell}", CellType.MONEY, formula, *operands, places=places, unit=ledger.unit)

    share = ledger.derive(f"{row}.share", CellType.RATE, "ratio", booked, amount)
    missing = money("missing", "largest", money("gap", "delta", amount, booked), ledger.money("where.nought", 0.0))
    period, looks = forecast.seen.period, len(forecast.seen.pasts)
    trusted = ledger.number_constant("where.looks", (TRUSTED + looks * own_share(period.end - period.day)) ** 0.5)
    half = money("half", "ratio", money("width", "delta", span.high, span.low), ledger.constant("where.two", 2, CellType.NUMBER))
    off = money("off", "ratio", half, trusted, places=CENTS)
    count = ledger.derive(f"{row}.draws", CellType.COUNT, "count", draws)
    chances = []
    for goal_name, goal in (("chance", amount), ("chance_low", money("harder", "add", amount, off)), ("chance_high", money("easier", "delta", amount, off))):
        if ledger.number(goal) <= ledger.number(booked):  # it is reached already, in every draw
            chances.append(ledger.derive(f"{row}.{goal_name}", CellType.RATE, "rate", count, count))
            continue
        beyond = money(f"{goal_name}_beyond", "ratio", money(f"{goal_name}_above", "delta", goal, f"{at}.point"), forecast.factor)
        threshold = money(f"{goal_name}_threshold", "add", f"{at}.point", beyond)
        reached = ledger.derive(f"{row}.{goal_name}_reached", CellType.COUNT, "at_least", f"{draws}.total", threshold)
        chances.append(ledger.derive(f"{row}.{goal_name}", CellType.RATE, "rate", reached, count))
    return StandAt(name, amount, booked, share, missing, span, chances[0], chances[1], chances[2])
