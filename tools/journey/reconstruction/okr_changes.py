"""New OKR weights for a region's reps after a change: what moves, who gains and who loses, and setting them when they were approved.

Knows the key results of the store; nothing of runs and of who approves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from sqlalchemy.orm import Session

from tools.crm.key_results import key_results_on, reps_of_region, set_weights
from tools.crm.models import Member, Okr
from tools.journey.reconstruction.errors import ProposalOutdated
from tools.journey.reconstruction.okr_weights import KeyResult, move, points, serves
from tools.journey.reconstruction.policy import Bounds
from tools.journey.reconstruction.schemas import LeftOut, OkrDiff, RepEffect, WeightMove
from tools.journey.weights import Words
from tools.trace.commitment import canonical_json

PLACES = Decimal("0.0001")


def okr_diff(session: Session, region: str, words: Words, factor: Decimal, bounds: Bounds, today: date) -> OkrDiff | None:
    """New weights for the quarter that ``today`` is in; None where no rep of the region has key results that can move.

    ``words`` tell which key results serve; ``factor`` is by how much the rate surely changed.
    """
    reps = reps_of_region(session, region)
    held = key_results_on(session, tuple(each.id for each in reps), today)
    moves: list[WeightMove] = []
    effects: list[RepEffect] = []
    left_out: list[LeftOut] = []
    names = {each.id: each for each in reps}
    for owner, group in groupby(held, key=lambda each: each.owner_id or 0):
        rep, own = names[owner], list(group)
        weights = move([KeyResult(each.weight or Decimal(0), serves(words, each.objective, each.key_result)) for each in own], points(factor, bounds), bounds)
        if isinstance(weights, str):
            left_out.append(LeftOut(member_id=rep.id, member=rep.name, why=weights))
            continue
        moves += [_moved(each, after) for each, after in zip(own, weights, strict=True)]
        effects.append(_effect(rep, own, weights))
    if not moves:
        return None
    moved = {each.okr_id for each in moves}
    days = [each for each in held if each.id in moved]
    return OkrDiff(
        region=region,
        start_on=min(each.start_on for each in days if each.start_on),
        end_on=max(each.end_on for each in days if each.end_on),
        largest_move=Decimal(bounds.largest_move),
        moves=tuple(moves),
        effects=tuple(effects),
        left_out=tuple(left_out),
    )


def okr_fingerprint(session: Session, diff: OkrDiff) -> str:
    """A hash of all key results of the reps that the diff moves, as they stand now: also a new one, or one that went, makes another."""
    held = key_results_on(session, tuple(sorted({each.member_id for each in diff.moves})), diff.start_on)
    rows = [[each.id, each.owner_id, each.version, str(each.weight), each.objective, each.key_result] for each in held]
    return hashlib.sha256(canonical_json(rows)).hexdigest()


def apply_okr(session: Session, diff: OkrDiff, now: datetime) -> None:
    """Set the weights that differ, in the caller's transaction."""
    set_weights(session, {each.okr_id: each.after for each in diff.moves if each.after != each.before}, now)


def take_back_okr(session: Session, diff: OkrDiff, now: datetime) -> None:
    """Set the weights that were moved back, in the caller's transaction. Raises ProposalOutdated where one of them is another by now."""
    held = {each.id: each.weight for each in key_results_on(session, tuple(sorted({each.member_id for each in diff.moves})), diff.start_on)}
    if any(held.get(each.okr_id) != each.after for each in diff.moves):
        raise ProposalOutdated()
    set_weights(session, {each.okr_id: each.before for each in diff.moves if each.after != each.before}, now)


def _moved(row: Okr, after: Decimal) -> WeightMove:
    return WeightMove(
        okr_id=row.id, member_id=row.owner_id or 0, objective=row.objective or "", key_result=row.key_result or "", before=row.weight or Decimal(0), after=after
    )


def _effect(rep: Member, rows: Sequence[Okr], weights: Sequence[Decimal]) -> RepEffect:
    """Attainment as the weighted mean of progress, which is stored as a share or in percent."""
    if any(each.progress is None for each in rows):
        return RepEffect(member_id=rep.id, member=rep.name, before=None, after=None)
    percent = any((each.progress or 0) > 2 for each in rows)
    done = [(each.progress or Decimal(0)) / (100 if percent else 1) for each in rows]
    whole = sum(weights)
    before = sum(((each.weight or Decimal(0)) * share for each, share in zip(rows, done, strict=True)), Decimal(0)) / whole
    after = sum((weight * share for weight, share in zip(weights, done, strict=True)), Decimal(0)) / whole
    return RepEffect(member_id=rep.id, member=rep.name, before=before.quantize(PLACES), after=after.quantize(PLACES))
