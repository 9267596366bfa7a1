"""The commands about taught words."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from integrations.terminal.commands.house import at_work
from integrations.terminal.ways_out import As, Json, print_json, user_language
from prompts.words import say

commands = typer.Typer(no_args_is_help=True, help="Words that you taught, and the ready-made filters.")


@commands.command("list")
def list_(context: typer.Context, member: As = None, as_json: Json = False) -> None:
    """List the taught words that you see and the filters that come with Plumbline."""
    _tell_terms(context, None, member, as_json)


@commands.command("show")
def show(context: typer.Context, name: str, member: As = None, as_json: Json = False) -> None:
    """Show one taught word with all its versions."""
    _tell_terms(context, name, member, as_json)


@commands.command("forget")
def forget(context: typer.Context, name: str, member: As = None, as_json: Json = False) -> None:
    """Forget a taught word; its history stays."""
    from integrations.terminal.terms import forget_term
    from tools.store.engine import open_sessions

    with at_work(context, as_json) as house:
        engine = house.open(house.settings())
        with open_sessions(engine)() as session:
            ended = forget_term(session, house.speaker(engine, member), name, datetime.now(UTC))
        if as_json:
            print_json({"forgotten": ended})
        else:
            typer.echo(say("term_forgotten", user_language(), name=ended))


def _tell_terms(context: typer.Context, name: str | None, member: str | None, as_json: bool) -> None:
    from integrations.terminal.screen import console
    from integrations.terminal.terms import list_terms, render_terms, show_term
    from tools.store.engine import open_sessions

    with at_work(context, as_json) as house:
        settings = house.settings()
        engine = house.open(settings)
        copilot = house.copilot(settings, engine)
        with open_sessions(engine)() as session:
            catalog = copilot.catalogs.current(session)
            day, _ = catalog.today(copilot.parts.clock_today())
            who, language = house.speaker(engine, member), user_language()
            rows = list_terms(session, catalog, who, day, language) if name is None else show_term(session, catalog, who, name, day, language)
        if as_json:
            print_json({"terms": rows})
        else:
            render_terms(rows, console(), language)
