"""Starts a reconstruction: one run for one change at a large account, with its proposals, in one transaction.

The run's key is unique in the store. Whoever comes second, be it another process at the same moment, gets the run that is there and starts none.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from prompts.words import said_day, say
from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.models import Account, Member, Opportunity
from tools.journey.reconstruction.changes import sure_factor
from tools.journey.reconstruction.errors import ReconstructionAccountUnknown
from tools.journey.reconstruction.largeness import largeness
from tools.journey.reconstruction.models import ReconstructionProposal, ReconstructionRun
from tools.journey.reconstruction.okr_changes import okr_diff, okr_fingerprint
from tools.journey.reconstruction.outbox import put
from tools.journey.reconstruction.policy import Policy
from tools.journey.reconstruction.ports import Sealer, TalkTracks
from tools.journey.reconstruction.reading import read_run
from tools.journey.reconstruction.reweighting import Reweighted, fingerprint
from tools.journey.reconstruction.schemas import AbsentReason, Change, Diff, Large, Notice, ProposalKind, Started, TalkTrack, TalkTrackDiff
from tools.store.inserting import insert_missing
from tools.threads.service import speaker_of
from tools.trace.cells import Confidence, Contribution, Suggestion
from tools.trace.commitment import canonical_json

Language = Literal["zh", "en"]
Built = tuple[Diff, Suggestion, str, TalkTrack | None]
"""A proposal's diff, its ground, the hash of what it would change, and of a talk track the track."""


def reconstruct(
    session: Session,
    principal: Principal,
    scope: RowScope,
    change: Change,
    tracks: TalkTracks,
    policy: Policy,
    today: date,
    now: datetime,
    language: Language,
    sealer: Sealer | None = None,
) -> Started:
    """Start the run of a change, in the caller's transaction; ``language`` is the rep's.

    Nothing is applied but the delivery of the talk track, which waits in the outbox. Raises ReconstructionAccountUnknown.
    """
    account = _visible(session, principal, scope, change.account_id)
    large = largeness(session, account, policy.large, today)
    if large is None:
        return Started(fired=False, run=None)
    known, key = _known(session, change)
    if known is None:
        run_id = _claim(session, principal, change, large, key, now)
        if run_id is not None:
            _propose(session, run_id, _Builder(session, principal, scope, account, change, policy, today, now, language), tracks, sealer)
            return Started(fired=True, run=read_run(session, principal, scope, run_id))
        known, _ = _known(session, change)
    return Started(fired=False, run=read_run(session, principal, scope, known) if known else None)


def _known(session: Session, change: Change) -> tuple[str | None, str]:
    """The run that this change, or one that overlaps it in time, already has; and the key of the next run of its kind.

    Both come from one statement: a run that another process commits after it makes the key a taken one, never a free one.
    """
    run = ReconstructionRun
    like = (run.account_id == change.account_id, run.kind == change.kind, run.direction == change.direction)
    rows = session.execute(select(run.id, run.since, run.noticed).where(*like).order_by(run.started_at, run.id)).all()
    same = [row.id for row in rows if row.since <= change.noticed and row.noticed >= change.since]
    return same[-1] if same else None, f"{change.account_id}:{change.kind}:{change.direction}:{len(rows) + 1}"


def _claim(session: Session, principal: Principal, change: Change, large: Large, key: str, now: datetime) -> str | None:
    """Write the run down; None where another process was first with the same one."""
    run_id = secrets.token_hex(8)
    row = {
        "id": run_id, "key": key, "account_id": change.account_id, "kind": change.kind, "direction": change.direction, "since": change.since,
        "noticed": change.noticed, "change": change.model_dump(mode="json"), "large": large.model_dump(mode="json"), "absent": {},
        "started_by": speaker_of(principal), "started_at": now,
    }  # fmt: skip
    insert_missing(session, ReconstructionRun, [row])
    return run_id if session.scalar(select(ReconstructionRun.id).where(ReconstructionRun.key == key)) == run_id else None


def _propose(session: Session, run_id: str, builder: _Builder, tracks: TalkTracks, sealer: Sealer | None) -> None:
    built: Iterable[tuple[ProposalKind, Built | AbsentReason]] = (
        ("reweighting", builder.reweighting()),
        ("okr_weights", builder.okr_weights()),
        ("talk_track", builder.talk_track(tracks)),
    )
    absent: dict[str, str] = {}
    for kind, found in built:
        if isinstance(found, str):
            absent[kind] = found
            continue
        diff, suggestion, before, track = found
        trace_id = builder.sealed(sealer, diff, suggestion, track) if sealer is not None else None
        proposal_id = f"{run_id}-{kind}"
        content = {"diff": diff.model_dump(mode="json"), "suggestion": suggestion.model_copy(update={"proposal": proposal_id}).model_dump(mode="json")}
        sent = isinstance(diff, TalkTrackDiff)
        session.execute(
            insert(ReconstructionProposal).values(
                id=proposal_id, run_id=run_id, kind=kind, content=content, trace_id=trace_id,
                diff_hash=hashlib.sha256(canonical_json(content)).hexdigest(), before_hash=before,
                idempotency_key=f"reconstruction:{proposal_id}", expires_at=builder.now + timedelta(days=builder.policy.expires_after_days),
                status="applied" if sent else "open", decided_at=builder.now if sent else None,
            )
        )  # fmt: skip
        if isinstance(diff, TalkTrackDiff):
            put(session, _notice(diff, proposal_id), builder.now)
    run = session.get_one(ReconstructionRun, run_id)
    run.absent = absent
    session.flush()


def _notice(diff: TalkTrackDiff, proposal_id: str) -> Notice:
    return Notice(
        key=f"reconstruction:{proposal_id}", recipient_id=diff.recipient_id, account_id=diff.account_id, language=diff.language, text=diff.text,
        proposal_id=proposal_id,
    )  # fmt: skip


class _Builder:
    """Makes the proposals of one run: each of them, or the reason why there is no ground for it."""

    def __init__(
        self, session: Session, principal: Principal, scope: RowScope, account: Account, change: Change, policy: Policy, today: date, now: datetime,
        language: Language,
    ) -> None:  # fmt: skip
        self.session, self.principal, self.scope, self.account, self.change = session, principal, scope, account, change
        self.policy, self.today, self.now, self.language = policy, today, now, language
        self.factor = sure_factor(change)
        self.value = policy.answers[change.direction].customer_value

    def reweighting(self) -> Built | AbsentReason:
        if self.factor <= 1:
            return "change_uncertain"
        keeps = max(self.policy.bounds.least_kept, (1 / self.factor).quantize(Decimal("0.0001")))
        after = Reweighted(self.session, self.account.id, self.change.since, keeps, self.now)
        if not after.old:
            return "no_history"
        diff, stage = after.diff(), after.foremost()
        said = say(
            "reconstruction_reweighting", self.language, account=self.account.name, stage=stage.label.label(self.language),
            since=said_day(self.change.since, self.language),
            keeps=_percent(keeps), before=_percent(diff.stages[0].before), after=_percent(diff.stages[0].after),
        )  # fmt: skip
        return diff, self._suggestion(said, after.contributions(), stage.confidence), fingerprint(self.session, self.account.id, diff.before), None

    def okr_weights(self) -> Built | AbsentReason:
        if self.factor <= 1:
            return "change_uncertain"
        words = self.policy.key_results[self.policy.answers[self.change.direction].key_results]
        region = self.account.region or (owner.region if (owner := self._owner()) else None)
        diff = okr_diff(self.session, region, words, self.factor, self.policy.bounds, self.today) if region else None
        if diff is None:
            return "no_key_results"
        reps = len({each.member_id for each in diff.moves})
        said = say("reconstruction_okr_weights", self.language, account=self.account.name, region=diff.region, reps=reps, points=diff.largest_move)
        return diff, self._suggestion(said, self.change.contributions, self.change.ratio), okr_fingerprint(self.session, diff), None

    def talk_track(self, tracks: TalkTracks) -> Built | AbsentReason:
        rep = self._owner()
        if rep is None:
            return "no_rep"
        track = tracks.tailored(self.session, self.principal, self.scope, self.change, rep.id, self.language, self.now)
        if track is None or not track.suggestion.customer_value.strip():
            return "no_customer_value"
        diff = TalkTrackDiff(account_id=self.account.id, recipient_id=rep.id, recipient=rep.name, language=track.language, text=track.text)
        return diff, track.suggestion, hashlib.sha256(b"").hexdigest(), track

    def sealed(self, sealer: Sealer, diff: Diff, suggestion: Suggestion, track: TalkTrack | None) -> str:
        """The id of the sealed proof of a proposal."""
        return sealer.seal(self.session, self.principal, self.scope, diff, suggestion, track, self.language, self.today, self.now)

    def _owner(self) -> Member | None:
        return rep_of(self.session, self.account)

    def _suggestion(self, said: str, contributions: tuple[Contribution, ...], confidence: Confidence) -> Suggestion:
        score = sum((each.weight * each.effect for each in contributions), Decimal(0))
        return Suggestion(statement=said, score=score, contributions=contributions, confidence=confidence, customer_value=self.value.label(self.language))


def tell_rep(session: Session, principal: Principal, scope: RowScope, change: Change, language: Language, now: datetime) -> None:
    """Put what changed into the outbox of the account's rep, once for each change, in the caller's transaction. Raises ReconstructionAccountUnknown."""
    account = _visible(session, principal, scope, change.account_id)
    rep = rep_of(session, account)
    if rep is None:
        return
    text = say("reconstruction_alert_bare", language, said=change.said.label(language))
    key = f"change:{change.account_id}:{change.kind}:{change.direction}:{change.since.isoformat()}"
    put(session, Notice(key=key, recipient_id=rep.id, account_id=account.id, language=language, text=text, proposal_id=""), now)


def rep_of(session: Session, account: Account) -> Member | None:
    """Whom an account is in the hands of: its owner, else the owner of its newest open deal."""
    newest = select(Opportunity.owner_id).where(Opportunity.account_id == account.id, Opportunity.status == "open", Opportunity.gone_at.is_(None))
    for member_id in (account.owner_id, session.scalar(newest.order_by(Opportunity.opened_on.desc(), Opportunity.id.desc()).limit(1))):
        member = session.get(Member, member_id) if member_id else None
        if member is not None and member.gone_at is None and member.active is not False:
            return member
    return None


def _visible(session: Session, principal: Principal, scope: RowScope, account_id: int) -> Account:
    limit = scope.limit(principal, "account", Account.__table__)
    statement = select(Account).where(Account.id == account_id, Account.gone_at.is_(None))
    account = session.scalar(statement if limit is None else statement.where(limit))
    if account is None:
        raise ReconstructionAccountUnknown(account=account_id)
    return account


def _percent(value: Decimal) -> str:
    return f"{(value * 100).quantize(Decimal(1))} %"
