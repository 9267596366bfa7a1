"""The commands about the file of stages: reading it, proposing another one, putting a proposal into force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from integrations.terminal.commands.house import at_work, changed
from integrations.terminal.ways_out import As, Json, print_json, user_language
from prompts.words import say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tools.access.principal import Principal
    from tools.journey.schemas import WeightsProposal

commands = typer.Typer(no_args_is_help=True, help="Stages, evidence, weights and half-lives: one file in versions; a change is a proposal.")
Why = Annotated[str, typer.Option("--why", help="The reason, kept with the version.")]


@commands.command("show")
def show(
    context: typer.Context,
    version: Annotated[int | None, typer.Option(help="Another version or proposal than the one in force; 0 as shipped.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the file here instead of printing it.")] = None,
    as_json: Json = False,
) -> None:
    """Show the file of stages in force."""
    from tools.journey.versions import stages_file
    from tools.store.engine import open_sessions

    with at_work(context, as_json) as house:
        with open_sessions(house.open(house.settings()))() as session:
            number, text = stages_file(session, version)
        if out is not None:
            out.write_text(text, "utf-8")
        if as_json:
            print_json({"version": number, "file": text} if out is None else {"version": number, "out": str(out)})
        elif out is None:
            typer.echo(text)


@commands.command("propose")
def propose(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The whole file as it should be (YAML).")],
    why: Why,
    member: As = None,
    as_json: Json = False,
) -> None:
    """Propose a changed file; nothing moves before it is put into force."""
    from tools.journey.versions import propose_weights

    def change(session: Session, principal: Principal, now: datetime) -> WeightsProposal:
        return propose_weights(session, principal, file.read_text("utf-8", errors="replace"), why, now)

    _change(context, change, "stages_proposed", member, as_json)


@commands.command("undo")
def undo(
    context: typer.Context,
    version: Annotated[int, typer.Argument(help="The version to go back to; 0 as shipped.")],
    why: Why,
    member: As = None,
    as_json: Json = False,
) -> None:
    """Propose to go back to an earlier version."""
    from tools.journey.versions import propose_undo

    _change(context, lambda session, principal, now: propose_undo(session, principal, version, why, now), "stages_proposed", member, as_json)


@commands.command("apply")
def apply(context: typer.Context, proposal: int, member: As = None, as_json: Json = False) -> None:
    """Put a proposal into force; where it asks for other sums, every event is replayed."""
    from tools.journey.versions import apply_weights

    _change(context, lambda session, principal, now: apply_weights(session, principal, proposal, now), "stages_applied", member, as_json)


@commands.command("history")
def history(context: typer.Context, as_json: Json = False) -> None:
    """List every version and proposal."""
    from integrations.terminal.screen import console
    from integrations.terminal.stages import as_row, render_history
    from tools.journey.versions import weights_history, weights_in_force
    from tools.store.engine import open_sessions

    with at_work(context, as_json) as house:
        with open_sessions(house.open(house.settings()))() as session:
            found, (in_force, _) = weights_history(session), weights_in_force(session)
        if as_json:
            print_json({"in_force": in_force, "versions": [as_row(each, in_force) for each in found]})
        else:
            render_history(found, in_force, console(), user_language())


def _change(context: typer.Context, change: Callable[[Session, Principal, datetime], WeightsProposal], done: str, member: str | None, as_json: bool) -> None:
    from integrations.terminal.screen import console
    from integrations.terminal.stages import as_row, render_proposal
    from tools.journey.versions import weights_in_force

    with at_work(context, as_json) as house:
        proposal, in_force = changed(house, member, lambda session, principal, now: (change(session, principal, now), weights_in_force(session)[0]))
        if as_json:
            print_json(as_row(proposal, in_force))
        elif done == "stages_proposed":
            render_proposal(proposal, console(), user_language())
        else:
            typer.echo(say(done, user_language(), id=proposal.id))
