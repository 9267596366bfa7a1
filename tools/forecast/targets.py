"""How targets stand: what is booked, what is expected by the end of the period, and how often that is enough."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.models import Target, Team
from tools.forecast.errors import NoTargets
from tools.forecast.looking import look, look_at
from tools.forecast.periods import CENT, confidence
from tools.forecast.schemas import Attainment
from tools.forecast.service import exact
from tools.forecast.study import Study
from tools.store.base import Base


def attainments(study: Study, session: Session, principal: Principal, scope: RowScope, start: date, end: date) -> tuple[Attainment, ...]:
    """How the targets of a member, team or region (or of all) for exactly this period stand, the least likely first.

    A target in a currency that no rate leads from, or of something that is no amount of money where deals are in a currency, is left out. Raises NoTargets
    and what :func:`forecast_period` raises.
    """
    import numpy as np

    look_at(study, start, end)
    table = Base.metadata.tables[Target.__tablename__]
    wanted = select(table).where(table.c.gone_at.is_(None), table.c.start_on == start, table.c.end_on == end, table.c.amount.is_not(None))
    limit = scope.limit(principal, "target", table)
    rows = session.execute((wanted if limit is None else wanted.where(limit)).order_by(table.c.id)).mappings().all()
    cleared = table.c.amount.info["classification"] <= principal.clearance
    rows = [row for row in rows if cleared and row["amount"] > 0 and row["currency"] == study.history.unit]
    if not rows:
        raise NoTargets(start=start, end=end)
    teams = {row.id: row.name for row in session.execute(select(Team.id, Team.name))}
    found = []
    for row in rows:
        by, name = _holder(row, teams)
        if by is not None and not (by in study.history.sides and study.history.sides[by].levels):
            continue
        seen = look(study, start, end, by)
        place = None if seen.side is None else seen.side.levels.index(name) if name in seen.side.levels else -1
        if place == -1:
            continue
        totals = seen.outlook.totals.sum(axis=1) if place is None else seen.outlook.totals[:, place]
        booked = seen.booked(place)
        middle = float(np.median(totals))
        wide = np.maximum(middle + seen.factor * (totals - middle), booked)
        found.append(
            Attainment(
                target=row["id"],
                holder=study.history.labels.get(name or "", name),
                metric=row["metric"],
                start=start,
                end=end,
                amount=row["amount"],
                unit=study.history.unit,
                booked=exact(booked, CENT),
                total=confidence(seen.interval(place), study.decided),
                chance=exact(float((wide >= float(row["amount"])).mean()), Decimal("0.001")),
            )
        )
    if not found:
        raise NoTargets(start=start, end=end)
    return tuple(sorted(found, key=lambda each: (each.chance, each.target)))


def _holder(row: Mapping[Any, Any], teams: Mapping[int, str]) -> tuple[str | None, str | None]:
    """What a target is for: the side that tells deals apart and the level of it; neither where it is for all."""
    if row["owner_id"] is not None or row["owner_ref"]:
        return "owner", f"#{row['owner_id']}" if row["owner_id"] is not None else row["owner_ref"]
    if row["team_id"] is not None or row["team_ref"]:
        return "team", teams.get(row["team_id"], row["team_ref"])
    return ("region", row["region"]) if row["region"] else (None, None)
