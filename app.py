"""Composition root and command line: settings, stores, engines, agent, surfaces, in this order."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from integrations.terminal.commands import capabilities, proposals, risk_service, rules, stages, terms, traces, units
from integrations.terminal.commands.house import House
from integrations.terminal.ways_out import As, Json, Today, language_for, print_json, sentences, user_language
from prompts.words import say

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from agent.copilot import Copilot
    from integrations.settings import Settings
    from integrations.watching import Lookout
    from tools.access.principal import Principal
    from tools.crm.ports import TextSearch
    from tools.sandbox.capabilities.calling import CapabilityCaller

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="A sales copilot that never says a number it can't prove.")
cli.add_typer(traces.commands, name="trace")
cli.add_typer(terms.commands, name="terms")
cli.add_typer(rules.commands, name="rule")
cli.add_typer(stages.commands, name="stages")
cli.add_typer(units.commands, name="unit")
cli.add_typer(capabilities.commands, name="capability")


# -- composition ----------------------------------------------------------------------------------------------------


def open_store(settings: Settings) -> Engine:
    """The database, made or brought up to date when needed."""
    from tools.store.engine import open_engine, sqlite_url
    from tools.store.migrating import migrate

    settings.make_data_dir()
    url = settings.database_url or sqlite_url(settings.data_dir)
    migrate(url)
    return open_engine(url)


def build_copilot(settings: Settings, engine: Engine, texts: TextSearch | None = None) -> Copilot:
    """The copilot with everything that it needs. ``texts`` is opened on the first question about what texts say."""
    from agent.copilot import Copilot, CopilotParts
    from integrations.checkpoints import open_checkpointer
    from integrations.dictionary import CcCedict
    from integrations.embeddings.sentences import SentenceEncoder
    from integrations.vectors.searching import InstalledSearch
    from tools.sandbox.row_scope import PolicyScope
    from tools.store.engine import open_sessions
    from tools.trace.signing import InstallationKey

    live = None
    if settings.llm_model:
        from integrations.llm import live_model

        live = lambda: live_model(settings)  # noqa: E731 - opened on the first question
    return Copilot(
        CopilotParts(
            sessions=open_sessions(engine),
            scope=PolicyScope(),
            key=InstallationKey.open(settings.data_dir),
            clock_today=settings.clock_today,
            checkpointer=open_checkpointer(settings),
            live=live,
            rewords=settings.llm_rewords,
            reporting_currency=settings.reporting_currency,
            time_zone=settings.time_zone,
            texts=texts or InstalledSearch(settings),
            embedder=SentenceEncoder(),
            dictionary=CcCedict(),
            kept=settings.data_dir / "vocabulary",
            learnt=settings.data_dir / "learnt",
        )
    )


def build_lookout(settings: Settings, copilot: Copilot) -> Lookout:
    """What looks out for changes at customers, tells their reps and takes in signals."""
    from integrations.watching import InboxNotifier, Lookout

    parts = copilot.parts
    return Lookout(parts.sessions, parts.scope, copilot.tracks(), InboxNotifier(), copilot.today, settings.time_zone, user_language(), copilot.sealer())


def build_caller(settings: Settings, engine: Engine) -> CapabilityCaller:
    """Where members call capabilities: decided on live facts, paid from the unit's budget, brought over HTTP."""
    from integrations.capabilities import HttpOutlet
    from tools.sandbox.calling.deciding import CallDesk
    from tools.sandbox.capabilities.calling import CapabilityCaller
    from tools.store.engine import open_sessions
    from tools.trace.signing import InstallationKey

    desk = CallDesk(open_sessions(engine), InstallationKey.open(settings.data_dir))
    return CapabilityCaller(desk, HttpOutlet(settings), lambda: datetime.now(UTC))


def speaker(engine: Engine, member: str | None) -> Principal:
    """The member named by ``--as``, else the local owner."""
    from tools.access.principal import Principal
    from tools.crm.service import resolve_member
    from tools.sandbox.units.reading import with_units
    from tools.store.engine import open_sessions

    if member is None:
        return Principal.local_owner()
    with open_sessions(engine)() as session:
        return with_units(session, resolve_member(session, member))


def settings_for(today: str | None = None) -> Settings:
    """Settings from the environment and this command's options."""
    from integrations.settings import load_settings

    return load_settings(today=today)


@cli.callback()
def house(context: typer.Context) -> None:
    """Hand what it works with to every command."""
    context.obj = House(settings_for, open_store, build_copilot, build_lookout, speaker, build_caller)


# -- commands -------------------------------------------------------------------------------------------------------


@cli.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question in Chinese or English.")],
    member: As = None,
    today: Today = None,
    thread: Annotated[str | None, typer.Option(help="Go on with this conversation.")] = None,
    as_json: Json = False,
) -> None:
    """Ask one question."""
    with sentences(as_json, language_for(question)):
        from tools.threads.service import ThreadUnknown

        settings = settings_for(today)
        engine = open_store(settings)
        copilot, principal = build_copilot(settings, engine), speaker(engine, member)
        if thread is not None and not copilot.history(thread, principal):
            raise ThreadUnknown
        answer = copilot.ask(question, principal, thread)
        if as_json:
            print_json(answer.model_dump(mode="json"))
        else:
            from integrations.terminal.answering import render_answer
            from integrations.terminal.screen import console

            render_answer(answer, console())


@cli.command()
def chat(member: As = None, today: Today = None) -> None:
    """Talk in the terminal."""
    with sentences(False):
        from integrations.terminal.chatting import chat_loop
        from integrations.terminal.screen import console

        settings = settings_for(today)
        engine = open_store(settings)
        chat_loop(build_copilot(settings, engine), speaker(engine, member), console(), user_language())


@cli.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(help="Folder (or file) of CSV and XLSX exports.")],
    map_file: Annotated[Path | None, typer.Option("--map", help="Use this mapping file.")] = None,
    propose_map: Annotated[Path | None, typer.Option("--propose-map", help="Write the proposed mapping to this file and stop.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take the proposed mapping without asking.")] = False,
    system: Annotated[str | None, typer.Option(help="Name of the source system; the folder's name by default.")] = None,
    accept_gone: Annotated[bool, typer.Option("--accept-gone", help="Take records that the export lacks for gone, even where they are many.")] = False,
    as_json: Json = False,
) -> None:
    """Import an export of a CRM."""
    with sentences(as_json):
        from integrations.terminal.importing import run_import
        from integrations.terminal.reading import read_texts

        settings, spoken = settings_for(), user_language()
        engine, options = open_store(settings), (map_file, propose_map, yes, system)
        report = run_import(engine, settings, folder, *options, quiet=as_json, language=spoken, accept_gone=accept_gone)
        if report is not None:
            read_texts(engine, settings, datetime.now(UTC), quiet=as_json, language=spoken)
        if as_json:
            print_json(report.model_dump(mode="json") if report is not None else {"proposed_map": str(propose_map)})


@cli.command()
def demo(
    size: Annotated[str, typer.Option(help="small, large or huge.")] = "small",
    folder: Annotated[Path | None, typer.Option(help="Where to write the demo company; inside the data directory by default.")] = None,
    serve_chat: Annotated[bool, typer.Option("--serve/--no-serve", help="Open the web chat afterwards.")] = False,
    as_json: Json = False,
) -> None:
    """Write the demo company, load it, and ask it three questions."""
    with sentences(as_json):
        from integrations.terminal.demo import run_demo
        from integrations.terminal.reading import read_texts

        settings = settings_for()
        engine = open_store(settings)
        outcome = run_demo(engine, settings, build_copilot(settings, engine), size, folder, quiet=as_json, language=user_language())
        if as_json:
            print_json(outcome)
        if serve_chat:
            _serve(settings, engine)
        else:
            read_texts(engine, settings, datetime.now(UTC), quiet=as_json, language=user_language())


@cli.command()
def serve() -> None:
    """Serve the web chat on this machine."""
    with sentences(False):
        settings = settings_for()
        _serve(settings, open_store(settings))


@cli.command()
def index(as_json: Json = False) -> None:
    """Index the texts of records, so that they are found by meaning; done by itself while the chat is served."""
    with sentences(as_json):
        from integrations.terminal.indexing import run_index

        settings = settings_for()
        report = run_index(open_store(settings), settings, as_json, user_language())
        if as_json:
            print_json(report.model_dump(mode="json"))


@cli.command()
def migrate() -> None:
    """Make the database, or bring it up to date."""
    with sentences(False):
        open_store(settings_for())
        typer.echo(say("migrated", user_language()), err=True)


# -- ways out ---------------------------------------------------------------------------------------------------------


def _serve(settings: Settings, engine: Engine) -> None:
    import uvicorn

    from integrations.logging import log_to_stderr
    from integrations.reading_behind import ReadingBehind
    from integrations.sweeping_behind import SweepingBehind
    from integrations.vectors.behind import IndexingBehind
    from integrations.vectors.searching import InstalledSearch
    from integrations.watching import WatchingBehind
    from integrations.web import create_app

    log_to_stderr()
    texts = InstalledSearch(settings)
    copilot = build_copilot(settings, engine, texts)
    lookout = build_lookout(settings, copilot)
    now = lambda: datetime.now(UTC)  # noqa: E731 - the clock of everything behind
    behind = (IndexingBehind(engine, texts), ReadingBehind(engine, now, settings.time_zone), WatchingBehind(engine, lookout), SweepingBehind(engine, now))
    app = create_app(copilot, settings, signals=lookout)
    typer.echo(say("serving", user_language(), url=f"http://{settings.host}:{settings.port}"), err=True)
    for each in behind:
        each.start()
    try:
        uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")
    finally:
        for each in behind:
            each.stop()


cli.command()(proposals.approve)
cli.command()(proposals.watch)
cli.command("demo-risk-service")(risk_service.demo_risk_service)


def main() -> None:
    """Entry point of ``plumb``."""
    cli()


if __name__ == "__main__":
    main()
