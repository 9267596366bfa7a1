"""Decides about proposals: authorises again at the moment of use, checks that what was approved is what stands there, and applies it once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role
from tools.access.scope import RowScope
from tools.journey.reconstruction.errors import AnotherWasApproved, MayNotDecide, NothingToUndo, ProposalExpired, ProposalOutdated, ProposalRefused
from tools.journey.reconstruction.models import ReconstructionProposal
from tools.journey.reconstruction.okr_changes import apply_okr, okr_fingerprint, take_back_okr
from tools.journey.reconstruction.reading import read_proposal
from tools.journey.reconstruction.reweighting import apply_reweighting, fingerprint, take_back_reweighting
from tools.journey.reconstruction.schemas import OkrDiff, Proposal, ProposalKind, ReweightingDiff, Status
from tools.threads.service import speaker_of

MAY_DECIDE: dict[ProposalKind, tuple[Role, ...]] = {
    "okr_weights": (Role.OWNER, Role.DIRECTOR),
    "reweighting": (Role.OWNER, Role.DIRECTOR, Role.MANAGER),
    "talk_track": (),
}
"""Who decides. A talk track is advice: it is delivered with its run, and nobody has to decide about it."""


def approve(session: Session, principal: Principal, scope: RowScope, proposal_id: str, diff_hash: str, now: datetime) -> Proposal:
    """Apply a proposal in the caller's transaction, once: approving it again changes nothing and gives it back as it is.

    ``diff_hash`` is that of what the person was shown. Raises ProposalUnknown, MayNotDecide, ProposalRefused, AnotherWasApproved, ProposalExpired and, where
    what it would change was changed meanwhile, ProposalOutdated; the caller then rolls back.
    """
    proposal = _decidable(session, principal, scope, proposal_id)
    if proposal.diff_hash != diff_hash:
        raise AnotherWasApproved()
    if proposal.status == "open" and proposal.expires_at <= now:
        raise ProposalExpired(day=proposal.expires_at.date().isoformat())
    if _settle(session, principal, proposal_id, "applied", now):
        diff = proposal.diff
        if isinstance(diff, OkrDiff):
            if okr_fingerprint(session, diff) != proposal.before_hash:
                raise ProposalOutdated()
            apply_okr(session, diff, now)
        elif isinstance(diff, ReweightingDiff):
            if fingerprint(session, diff.account_id, diff.before) != proposal.before_hash:
                raise ProposalOutdated()
            apply_reweighting(session, diff, proposal_id, speaker_of(principal), now)
    return _after(session, principal, scope, proposal_id)


def refuse(session: Session, principal: Principal, scope: RowScope, proposal_id: str, now: datetime) -> Proposal:
    """Settle a proposal without doing it; one that was applied stays applied. Raises ProposalUnknown, MayNotDecide and ProposalRefused."""
    _decidable(session, principal, scope, proposal_id)
    _settle(session, principal, proposal_id, "refused", now)
    return read_proposal(session, principal, scope, proposal_id)


def undo(session: Session, principal: Principal, scope: RowScope, proposal_id: str, now: datetime) -> Proposal:
    """Take back what was applied, in the caller's transaction, once: undoing it again changes nothing.

    Raises ProposalUnknown, MayNotDecide, ProposalRefused, NothingToUndo and, where it was changed since it was applied, ProposalOutdated.
    """
    proposal = _decidable(session, principal, scope, proposal_id)
    if proposal.status == "open":
        raise NothingToUndo()
    if _settle(session, principal, proposal_id, "undone", now, was="applied"):
        if isinstance(proposal.diff, OkrDiff):
            take_back_okr(session, proposal.diff, now)
        elif isinstance(proposal.diff, ReweightingDiff):
            take_back_reweighting(session, proposal.diff, proposal_id, now)
    return read_proposal(session, principal, scope, proposal_id)


def _decidable(session: Session, principal: Principal, scope: RowScope, proposal_id: str) -> Proposal:
    proposal = read_proposal(session, principal, scope, proposal_id)
    if principal.role not in MAY_DECIDE[proposal.kind]:
        raise MayNotDecide(kind=proposal.kind)
    if proposal.status == "refused":
        raise ProposalRefused()
    return proposal


def _after(session: Session, principal: Principal, scope: RowScope, proposal_id: str) -> Proposal:
    """As it stands now. Raises ProposalRefused where another process refused it at the same moment."""
    found = read_proposal(session, principal, scope, proposal_id)
    if found.status == "refused":
        raise ProposalRefused()
    return found


def _settle(session: Session, principal: Principal, proposal_id: str, status: Status, now: datetime, was: Status = "open") -> bool:
    """Whether it was us who settled it."""
    row = ReconstructionProposal
    mine = update(row).where(row.id == proposal_id, row.status == was).values(status=status, decided_by=speaker_of(principal), decided_at=now)
    return len(session.scalars(mine.returning(row.id)).all()) == 1
