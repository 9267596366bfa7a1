"""The commands about stage criteria."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from integrations.terminal.commands.house import at_work, changed
from integrations.terminal.ways_out import As, Json, Today, language_for, print_json, user_language
from prompts.words import say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tools.access.principal import Principal
    from tools.journey.criteria.service import Criterion

commands = typer.Typer(no_args_is_help=True, help="Stage criteria in plain language: try, save, list and undo them.")


@commands.command("try")
def try_(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="A criterion in Chinese or English.")],
    member: As = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Say what a criterion means, and whom it finds now with which records; nothing is saved."""
    from integrations.terminal.rules import render_outcome, try_rule
    from integrations.terminal.screen import console

    spoken = language_for(text)
    with at_work(context, as_json, spoken) as house:
        settings = house.settings(today)
        engine = house.open(settings)
        outcome = try_rule(engine, settings, house.speaker(engine, member), text, datetime.now(UTC), quiet=as_json, language=spoken)
        if as_json:
            print_json(outcome)
        else:
            render_outcome(outcome, console(), spoken)


@commands.command("save")
def save(
    context: typer.Context,
    name: str,
    text: Annotated[str, typer.Argument(help="The criterion in Chinese or English.")],
    level: Annotated[str, typer.Option("--for", help="own, team or company.")] = "own",
    yes: Annotated[bool, typer.Option("--yes", help="Save what is shown back without asking.")] = False,
    member: As = None,
    as_json: Json = False,
) -> None:
    """Show back what a criterion means and save it under a name, as its next version."""
    from integrations.terminal.rules import as_row, confirmed, save_rule
    from integrations.terminal.screen import console
    from tools.journey.criteria.service import confirm_rule, level_named
    from tools.store.engine import open_sessions

    spoken = language_for(text)
    with at_work(context, as_json, spoken) as house:
        settings = house.settings()
        engine = house.open(settings)
        with open_sessions(engine)() as session:
            principal, now = house.speaker(engine, member), datetime.now(UTC)
            proposal = save_rule(session, settings, principal, name, text, level_named(level), now)
            session.commit()
            if as_json and not yes:
                print_json({"proposed": proposal.model_dump(mode="json")})
            elif yes or confirmed(proposal, console(), spoken, typer.confirm):
                saved = confirm_rule(session, principal, proposal.id, now)
                session.commit()
                if as_json:
                    print_json({"saved": as_row(saved)})
                else:
                    typer.echo(say("rule_saved", spoken, name=saved.name, version=saved.version))
            else:
                typer.echo(say("rule_not_saved", spoken))


@commands.command("confirm")
def confirm(
    context: typer.Context, proposal: Annotated[str, typer.Argument(help="The id that save --json gave.")], member: As = None, as_json: Json = False
) -> None:
    """Say yes to a rule that was proposed."""
    from tools.journey.criteria.service import confirm_rule

    _change_rule(context, lambda session, principal, now: confirm_rule(session, principal, proposal, now), "saved", member, as_json)


@commands.command("list")
def list_(context: typer.Context, member: As = None, as_json: Json = False) -> None:
    """List the rules that you see."""
    from tools.journey.criteria.service import rules

    _tell_rules(context, lambda session, principal: rules(session, principal), member, as_json)


@commands.command("show")
def show(context: typer.Context, name: str, member: As = None, as_json: Json = False) -> None:
    """Show one rule as it counts now."""
    from tools.journey.criteria.service import show_rule

    _tell_rules(context, lambda session, principal: (show_rule(session, principal, name),), member, as_json)


@commands.command("history")
def history(context: typer.Context, name: str, member: As = None, as_json: Json = False) -> None:
    """Show every version of a rule, ended ones too."""
    from tools.journey.criteria.service import rule_history

    _tell_rules(context, lambda session, principal: rule_history(session, principal, name), member, as_json)


@commands.command("undo")
def undo(context: typer.Context, name: str, member: As = None, as_json: Json = False) -> None:
    """Go back to the version before; it becomes the newest one."""
    from tools.journey.criteria.service import undo_rule

    _change_rule(context, lambda session, principal, now: undo_rule(session, principal, name, now), "undone", member, as_json)


@commands.command("forget")
def forget(context: typer.Context, name: str, member: As = None, as_json: Json = False) -> None:
    """Forget a rule; its history stays."""
    from tools.journey.criteria.service import forget_rule

    _change_rule(context, lambda session, principal, now: forget_rule(session, principal, name, now), "forgotten", member, as_json)


def _change_rule(context: typer.Context, change: Callable[[Session, Principal, datetime], Criterion], done: str, member: str | None, as_json: bool) -> None:
    from integrations.terminal.rules import as_row

    with at_work(context, as_json) as house:
        rule = changed(house, member, change)
        if as_json:
            print_json({done: as_row(rule)})
        else:
            typer.echo(say(f"rule_{done}", user_language(), name=rule.name, version=rule.version))


def _tell_rules(context: typer.Context, find: Callable[[Session, Principal], Sequence[Criterion]], member: str | None, as_json: bool) -> None:
    from integrations.terminal.rules import as_row, render_rules
    from integrations.terminal.screen import console
    from tools.store.engine import open_sessions

    with at_work(context, as_json) as house:
        engine = house.open(house.settings())
        with open_sessions(engine)() as session:
            found = find(session, house.speaker(engine, member))
        if as_json:
            print_json({"rules": [as_row(each) for each in found]})
        else:
            render_rules(found, console(), user_language())
