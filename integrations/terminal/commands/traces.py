"""The commands about proofs of answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from integrations.terminal.commands.house import at_work
from integrations.terminal.ways_out import OWN_FAULT, As, Json, print_json, user_language

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from integrations.settings import Settings
    from tools.crm.current import StoreReader

commands = typer.Typer(no_args_is_help=True, help="Show, export and verify the proof of an answer.")


@commands.command("show")
def show(context: typer.Context, trace_id: str, member: As = None, as_json: Json = False) -> None:
    """Show a recorded trace."""
    with at_work(context, as_json) as house:
        settings = house.settings()
        engine = house.open(settings)
        trace = house.copilot(settings, engine).trace(trace_id, house.speaker(engine, member))
        if as_json:
            print_json(trace.model_dump(mode="json"))
        else:
            from integrations.terminal.screen import console
            from integrations.terminal.tracing import render_trace

            render_trace(trace, console(), user_language())


@commands.command("export")
def export(
    context: typer.Context,
    trace_id: str,
    out: Annotated[Path, typer.Option(help="File to write.")],
    kind: Annotated[str, typer.Option("--format", help="json, prov or svg.")] = "json",
    member: As = None,
    as_json: Json = False,
) -> None:
    """Export a trace as JSON, W3C PROV-JSON or a drawing."""
    with at_work(context, as_json) as house:
        from integrations.terminal.tracing import write_trace

        settings = house.settings()
        engine = house.open(settings)
        trace = house.copilot(settings, engine).trace(trace_id, house.speaker(engine, member))
        write_trace(trace, kind, out)
        if as_json:
            print_json({"trace_id": trace.id, "format": kind, "out": str(out)})


@commands.command("verify")
def verify(
    context: typer.Context,
    file: Path,
    key: Annotated[Path | None, typer.Option(help="Public key (PEM) of the installation that signed it; this installation's by default.")] = None,
    against_store: Annotated[bool, typer.Option("--against-store", help="Also compare the source cells with this store.")] = False,
    as_json: Json = False,
) -> None:
    """Verify an exported trace offline; ends non-zero when anything does not hold."""
    with at_work(context, as_json) as house:
        from integrations.terminal.tracing import print_report, verify_file

        settings = house.settings()
        if against_store:
            with store_reader(house.open(settings), settings, file) as reader:
                report = verify_file(file, settings, key, reader)
        else:
            report = verify_file(file, settings, key)
        if as_json:
            print_json({**report.model_dump(mode="json"), "holds": report.holds})
        else:
            print_report(report, user_language())
        if not report.holds:
            raise typer.Exit(OWN_FAULT)


@commands.command("key")
def public_key(context: typer.Context) -> None:
    """Print the public key (PEM) that this installation's traces are verified with."""
    with at_work(context, False) as house:
        from tools.trace.signing import InstallationKey

        settings = house.settings()
        settings.make_data_dir()
        typer.echo(InstallationKey.open(settings.data_dir).public_pem().strip())


@contextmanager
def store_reader(engine: Engine, settings: Settings, file: Path) -> Iterator[StoreReader]:
    """The records as they are now, asked as the trace in a file asked them."""
    from integrations.terminal.tracing import traced_queries
    from tools.crm.current import StoreReader
    from tools.crm.semantic import load_model
    from tools.store.engine import open_sessions

    with open_sessions(engine)() as session:
        yield StoreReader(session, load_model(session, settings.time_zone), traced_queries(file))
