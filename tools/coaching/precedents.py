"""Finds the deals in which a situation came up before, what was done next, and whether they moved on: all in reach of the principal, all before its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from tools.coaching.comparing import HORIZON_DAYS, WINDOW_DAYS, Precedent
from tools.coaching.likeness import Likeness
from tools.coaching.occasions import occasions
from tools.coaching.schemas import SituationKind
from tools.coaching.sight import Sight
from tools.coaching.steps_taken import steps_taken
from tools.crm.models import Account, Opportunity, StageHistory
from tools.journey.acts import Act

MOST_DEALS = 2_000
BATCH = 300


@dataclass(frozen=True, slots=True)
class _Deal:
    id: int
    version: int
    account_id: int
    tier: str | None
    opened: date | None
    closed: date | None
    status: str | None
    stage: str | None


def precedents_of(
    sight: Sight, kind: SituationKind, likeness: Likeness | None = None, without: int | None = None, told_by: Act = Act.OBJECT
) -> Sequence[Precedent]:
    """The first time that the situation came up in each deal but ``without``, newest first.

    Only deals that were undecided at the landmark count, and only those whose whole horizon lies before the sight's day: so nothing
    is counted that the outcome brought about, and no deal is counted as stuck only because it is young.
    """
    latest = sight.today - timedelta(days=WINDOW_DAYS + HORIZON_DAYS["deals"])
    found = occasions(sight, kind, told_by)
    deals = _deals(sight)
    by_account: dict[int, list[_Deal]] = defaultdict(list)
    for deal in deals.values():
        by_account[deal.account_id].append(deal)
    first: dict[int, tuple[date, str]] = {}
    for each in sorted(found, key=lambda one: one.at):
        named = deals.get(each.deal_id) if each.deal_id is not None else None
        own = [named] if named is not None else by_account.get(each.account_id, []) if each.deal_id is None else []
        for deal in own:
            if _is_open(deal, each.at) and _is_open(deal, each.at + timedelta(days=WINDOW_DAYS)):
                first.setdefault(deal.id, (each.at, each.about))
    chosen = sorted(
        ((deal_id, at, about) for deal_id, (at, about) in first.items() if at <= latest and deal_id != without), key=lambda one: one[1], reverse=True
    )
    chosen = chosen[:MOST_DEALS]
    moves, steps = (
        _moves(sight, [deals[deal_id] for deal_id, _, _ in chosen]),
        steps_taken(sight, [(deal_id, deals[deal_id].account_id, at) for deal_id, at, _ in chosen]),
    )
    alike = likeness.among([about for _, _, about in chosen]) if likeness is not None else [False] * len(chosen)
    return [
        Precedent(
            id=deal_id, version=deals[deal_id].version, at=at, tier=deals[deal_id].tier, stage=_stage_at(moves.get(deal_id, ()), at), alike=same,
            progressed=_progressed(deals[deal_id], moves.get(deal_id, ()), at), steps=steps.get(deal_id, frozenset()),
        )
        for (deal_id, at, _), same in zip(chosen, alike, strict=True)
    ]  # fmt: skip


def _is_open(deal: _Deal, day: date) -> bool:
    """Whether a deal was there and undecided on a day."""
    begun = deal.opened is None or deal.opened <= day
    return begun and (deal.status not in {"won", "lost"} or (deal.closed is not None and deal.closed > day))


def _deals(sight: Sight) -> Mapping[int, _Deal]:
    wanted = (
        select(
            Opportunity.id,
            Opportunity.version,
            Opportunity.account_id,
            Account.tier,
            Opportunity.opened_on,
            Opportunity.close_on,
            Opportunity.status,
            Opportunity.stage,
        )
        .join(Account, Account.id == Opportunity.account_id)
        .where(Opportunity.gone_at.is_(None), *sight.limits(Opportunity))
        .order_by(Opportunity.opened_on.desc())
        .limit(5 * MOST_DEALS)
    )
    return {
        ident: _Deal(ident, version, account, tier, opened, closed, status, stage)
        for ident, version, account, tier, opened, closed, status, stage in sight.session.execute(wanted)
        if account is not None
    }


def _moves(sight: Sight, deals: Sequence[_Deal]) -> Mapping[int, Sequence[tuple[date, str]]]:
    """The stages that each deal entered, oldest first."""
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    ids = [deal.id for deal in deals]
    for start in range(0, len(ids), BATCH):
        wanted = select(StageHistory.opportunity_id, StageHistory.entered_on, StageHistory.stage).where(
            StageHistory.opportunity_id.in_(ids[start : start + BATCH]),
            StageHistory.entered_on.is_not(None),
            StageHistory.gone_at.is_(None),
            *sight.limits(StageHistory),
        )
        for deal_id, entered, stage in sight.session.execute(wanted.order_by(StageHistory.entered_on, StageHistory.id)):
            if deal_id is not None and entered is not None:
                found[deal_id].append((entered, stage))
    return found


def _stage_at(moves: Sequence[tuple[date, str]], day: date) -> str | None:
    return next((stage for entered, stage in reversed(moves) if entered <= day), None)


def _progressed(deal: _Deal, moves: Sequence[tuple[date, str]], at: date) -> bool:
    """Whether the deal was won, or entered a stage in which it had not been, within the horizon after the landmark."""
    landmark = at + timedelta(days=WINDOW_DAYS)
    end = landmark + timedelta(days=HORIZON_DAYS["deals"])
    if deal.status == "won" and deal.closed is not None and landmark < deal.closed <= end:
        return True
    seen = {stage for entered, stage in moves if entered <= landmark}
    lost_in = deal.stage if deal.status == "lost" else None  # the stage in which lost deals end is no progress
    return any(landmark < entered <= end and stage not in seen and stage != lost_in for entered, stage in moves)
