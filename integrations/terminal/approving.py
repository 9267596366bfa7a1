"""``plumb approve``: the proposals that wait, one as it stands, and saying yes, no or undo to it. ``plumb watch``: look for changes now."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from agent.answer import Language
from prompts.words import say
from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.journey.reconstruction.deciding import approve, refuse, undo
from tools.journey.reconstruction.errors import AnotherWasApproved, ProposalUnknown
from tools.journey.reconstruction.reading import read_proposal, runs_of
from tools.journey.reconstruction.schemas import OkrDiff, Proposal, ReweightingDiff, TalkTrackDiff

Decision = Literal["approve", "refuse", "undo"]
SHOWN_HASH, LEAST_HASH = 12, 8


def proposals(session: Session, principal: Principal, scope: RowScope) -> list[Proposal]:
    """All that the person may see, those that wait first, then the newest."""
    found = [each for run in runs_of(session, principal, scope) for each in run.proposals]
    return sorted(found, key=lambda each: each.status != "open")


def proposal_of(session: Session, principal: Principal, scope: RowScope, wanted: str) -> Proposal:
    """The proposal of an id, or of its beginning where only one begins so. Raises ProposalUnknown."""
    named = [each for each in proposals(session, principal, scope) if each.id.startswith(wanted)] if wanted else []
    if len(named) != 1:
        raise ProposalUnknown(id=wanted)
    return named[0]


def decide(session: Session, principal: Principal, scope: RowScope, wanted: str, decision: Decision, confirmed: str, now: datetime) -> Proposal:
    """Settle a proposal. ``confirmed`` is the beginning of the hash of what was shown. Raises what approving, refusing and undoing raise."""
    shown = proposal_of(session, principal, scope, wanted)
    if decision == "refuse":
        found = refuse(session, principal, scope, shown.id, now)
    elif decision == "undo":
        found = undo(session, principal, scope, shown.id, now)
    else:
        if len(confirmed) < LEAST_HASH or not shown.diff_hash.startswith(confirmed):
            raise AnotherWasApproved()
        found = approve(session, principal, scope, shown.id, shown.diff_hash, now)
    session.commit()
    return read_proposal(session, principal, scope, found.id)


def as_row(proposal: Proposal) -> dict[str, Any]:
    """What a machine is told of a proposal."""
    return proposal.model_dump(mode="json")


def render_list(found: list[Proposal], console: Console, language: Language) -> None:
    """The proposals, each with its id to be copied whole."""
    if not found:
        console.print(say("approve_none", language))
    for each in found:
        console.print(
            f"{each.id} · {say(f'approve_kind_{each.kind}', language)} · {say(f'approve_status_{each.status}', language)}", soft_wrap=True, style="bold"
        )
        console.print(_statement(each) + "\n")


def render_proposal(proposal: Proposal, console: Console, language: Language) -> None:
    """One proposal as it stands, with what would change and how to approve exactly that."""
    console.print(f"{say(f'approve_kind_{proposal.kind}', language)} · {say(f'approve_status_{proposal.status}', language)}")
    console.print(_statement(proposal))
    console.print(say("approve_serves", language, value=proposal.suggestion.customer_value))
    diff = proposal.diff
    if isinstance(diff, ReweightingDiff):
        table = Table(*(say(f"approve_column_{name}", language) for name in ("stage", "before", "after")))
        for move in diff.stages:
            table.add_row(move.label.label(language), f"{move.before * 100:.1f} %", f"{move.after * 100:.1f} %")
        console.print(table)
    elif isinstance(diff, OkrDiff):
        names = {each.member_id: each.member for each in diff.effects}
        table = Table(*(say(f"approve_column_{name}", language) for name in ("rep", "key_result", "before", "after")))
        for each in diff.moves:
            table.add_row(names.get(each.member_id, str(each.member_id)), each.key_result, f"{each.before:f}", f"{each.after:f}")
        console.print(table)
    if proposal.trace_id:
        console.print(say("approve_proof", language, id=proposal.trace_id[:SHOWN_HASH]))
    if proposal.status == "open":
        console.print(say("approve_how", language, id=proposal.id, hash=proposal.diff_hash[:SHOWN_HASH]))


def _statement(proposal: Proposal) -> str:
    return proposal.diff.text if isinstance(proposal.diff, TalkTrackDiff) else proposal.suggestion.statement
