"""Reads runs back for a principal: of accounts within reach, and of OKR weights only those of people whom the principal may lead."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role
from tools.access.scope import RowScope
from tools.crm.models import Account
from tools.journey.reconstruction.errors import ProposalUnknown
from tools.journey.reconstruction.models import ReconstructionProposal, ReconstructionRun
from tools.journey.reconstruction.schemas import Change, Large, OkrDiff, Proposal, Run

SEE_ALL = {Role.OWNER, Role.DIRECTOR}


def read_run(session: Session, principal: Principal, scope: RowScope, run_id: str) -> Run | None:
    """One run; None where its account is out of reach."""
    return next(iter(_runs(session, principal, scope, ReconstructionRun.id == run_id)), None)


def runs_of(session: Session, principal: Principal, scope: RowScope, account_id: int | None = None) -> tuple[Run, ...]:
    """The runs of an account, or of all within reach, newest first."""
    return _runs(session, principal, scope, ReconstructionRun.account_id == account_id if account_id is not None else True)


def read_proposal(session: Session, principal: Principal, scope: RowScope, proposal_id: str) -> Proposal:
    """One proposal as the principal may see it. Raises ProposalUnknown, also for one out of reach."""
    run_id = session.scalar(select(ReconstructionProposal.run_id).where(ReconstructionProposal.id == proposal_id))
    run = read_run(session, principal, scope, run_id) if run_id is not None else None
    found = next((each for each in run.proposals if each.id == proposal_id), None) if run is not None else None
    if found is None:
        raise ProposalUnknown(id=proposal_id)
    return found


def _runs(session: Session, principal: Principal, scope: RowScope, which: object) -> tuple[Run, ...]:
    limit = scope.limit(principal, "account", Account.__table__)
    reached = select(Account.id).where(Account.gone_at.is_(None))
    wanted = select(ReconstructionRun).where(which, ReconstructionRun.account_id.in_(reached if limit is None else reached.where(limit)))  # type: ignore[arg-type]
    rows = session.scalars(wanted.order_by(ReconstructionRun.started_at.desc(), ReconstructionRun.id)).all()
    proposals = select(ReconstructionProposal).where(ReconstructionProposal.run_id.in_([row.id for row in rows]))
    held = list(session.scalars(proposals.execution_options(populate_existing=True).order_by(ReconstructionProposal.id)))
    return tuple(
        Run(
            id=row.id, account_id=row.account_id, change=Change.model_validate(row.change), large=Large.model_validate(row.large),
            proposals=tuple(seen for each in held if each.run_id == row.id and (seen := _seen(_proposal(each), principal)) is not None),
            absent=row.absent, started_at=row.started_at,
        )
        for row in rows
    )  # fmt: skip


def _seen(proposal: Proposal, principal: Principal) -> Proposal | None:
    """The proposal without the weights of people whom the principal neither is nor leads; None where nothing is left."""
    diff = proposal.diff
    if principal.role in SEE_ALL or not isinstance(diff, OkrDiff):
        return proposal
    people = {principal.member_id, *principal.report_ids}
    own = {
        "moves": tuple(each for each in diff.moves if each.member_id in people),
        "effects": tuple(each for each in diff.effects if each.member_id in people),
        "left_out": tuple(each for each in diff.left_out if each.member_id in people),
    }
    return proposal.model_copy(update={"diff": diff.model_copy(update=own)}) if own["moves"] or own["left_out"] else None


def _proposal(row: ReconstructionProposal) -> Proposal:
    return Proposal(
        id=row.id, run_id=row.run_id, kind=row.kind, diff=row.content["diff"], suggestion=row.content["suggestion"], trace_id=row.trace_id or "",
        diff_hash=row.diff_hash,
        before_hash=row.before_hash, idempotency_key=row.idempotency_key, expires_at=row.expires_at, status=row.status, decided_by=row.decided_by,
        decided_at=row.decided_at,
    )  # fmt: skip
