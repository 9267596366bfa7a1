"""``plumb stages``: the file of stages and weights, its versions, and what a proposal would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from integrations.terminal.screen import inert
from prompts.words import say
from tools.journey.schemas import WeightsProposal


def as_row(proposal: WeightsProposal, in_force: int) -> dict[str, Any]:
    """A version as ``--json`` shows it."""
    return {
        "version": proposal.id,
        "state": _state(proposal, in_force),
        "based_on": proposal.based_on or 0,
        "why": proposal.why,
        "changes": [{"place": place, "before": before, "after": after} for place, before, after in proposal.changes],
        "proposed_by": proposal.proposed_by,
        "proposed_at": proposal.proposed_at.isoformat(),
        "applied_by": proposal.applied_by,
        "applied_at": proposal.applied_at.isoformat() if proposal.applied_at else None,
    }


def render_proposal(proposal: WeightsProposal, console: Console, language: str) -> None:
    """What a proposal changes, and how it is put into force."""
    table = Table(*(say(f"stages_{column}", language) for column in ("place", "before", "after")), box=None, pad_edge=False)
    for change in proposal.changes:
        table.add_row(*(inert(each or "–") for each in change))
    console.print(table)
    console.print(inert(say("stages_proposed", language, id=proposal.id)))


def render_history(found: Sequence[WeightsProposal], in_force: int, console: Console, language: str) -> None:
    """Every version and proposal, oldest first."""
    if not found:
        console.print(say("stages_as_shipped", language))
        return
    table = Table(*(say(f"stages_{column}", language) for column in ("version", "state", "when", "by", "why", "changes")), box=None, pad_edge=False)
    for each in found:
        when = (each.applied_at or each.proposed_at).strftime("%Y-%m-%d %H:%M")
        state = say(f"stages_state_{_state(each, in_force)}", language)
        table.add_row(*(inert(text) for text in (str(each.id), state, when, each.applied_by or each.proposed_by, each.why, str(len(each.changes)))))
    console.print(table)


def _state(proposal: WeightsProposal, in_force: int) -> str:
    if proposal.applied_at is None:
        return "proposed"
    return "in_force" if proposal.id == in_force else "earlier"
