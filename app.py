"""Composition root and command line: settings, stores, engines, agent, surfaces, in this order."""

from __future__ import annotations

import json
import locale
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from prompts.words import say
from tools.store.errors import PlumbError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from agent.copilot import Copilot
    from integrations.settings import Settings
    from integrations.watching import Lookout
    from tools.access.principal import Principal
    from tools.crm.current import StoreReader
    from tools.crm.ports import TextSearch
    from tools.journey.criteria.service import Criterion

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="A sales copilot that never says a number it can't prove.")
trace_cli = typer.Typer(no_args_is_help=True, help="Show, export and verify the proof of an answer.")
terms_cli = typer.Typer(no_args_is_help=True, help="Words that you taught, and the ready-made filters.")
cli.add_typer(trace_cli, name="trace")
rule_cli = typer.Typer(no_args_is_help=True, help="Stage criteria in plain language: try, save, list and undo them.")
cli.add_typer(terms_cli, name="terms")
cli.add_typer(rule_cli, name="rule")

Json = Annotated[bool, typer.Option("--json", help="Print exactly one JSON object.")]
As = Annotated[str | None, typer.Option("--as", help="Speak as this member: name, e-mail or id.")]
Today = Annotated[str | None, typer.Option("--today", help="Count relative dates from this day (YYYY-MM-DD).")]

OWN_FAULT, BAD_INPUT = 1, 2


# -- composition ----------------------------------------------------------------------------------------------------


def make_data_dir(settings: Settings) -> None:
    """The folder of all embedded state. Raises DataDirUnusable."""
    from integrations.settings import DataDirUnusable

    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataDirUnusable(path=str(settings.data_dir)) from error


def open_store(settings: Settings) -> Engine:
    """The database, made or brought up to date when needed."""
    from tools.store.engine import open_engine, sqlite_url
    from tools.store.migrating import migrate

    make_data_dir(settings)
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
    from tools.crm.row_scope import RelationScope
    from tools.store.engine import open_sessions
    from tools.trace.signing import InstallationKey

    live = None
    if settings.llm_model:
        from integrations.llm import live_model

        live = lambda: live_model(settings)  # noqa: E731 - opened on the first question
    return Copilot(
        CopilotParts(
            sessions=open_sessions(engine),
            scope=RelationScope(),
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


def speaker(engine: Engine, member: str | None) -> Principal:
    """The member named by ``--as``, else the local owner."""
    from tools.access.principal import Principal
    from tools.crm.service import resolve_member
    from tools.store.engine import open_sessions

    if member is None:
        return Principal.local_owner()
    with open_sessions(engine)() as session:
        return resolve_member(session, member)


@contextmanager
def store_reader(settings: Settings, file: Path) -> Iterator[StoreReader]:
    """The records as they are now, asked as the trace in a file asked them."""
    from integrations.terminal.tracing import traced_queries
    from tools.crm.current import StoreReader
    from tools.crm.semantic import load_model
    from tools.store.engine import open_sessions

    with open_sessions(open_store(settings))() as session:
        yield StoreReader(session, load_model(session, settings.time_zone), traced_queries(file))


def settings_for(today: str | None = None) -> Settings:
    """Settings from the environment and this command's options."""
    from integrations.settings import load_settings

    return load_settings(today=today)


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
    with sentences(as_json, _language(question)):
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
            from integrations.terminal import console, render_answer

            render_answer(answer, console())


@cli.command()
def chat(member: As = None, today: Today = None) -> None:
    """Talk in the terminal."""
    with sentences(False):
        from integrations.terminal import chat_loop, console

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
def approve(
    proposal: Annotated[str | None, typer.Argument(help="Id of a proposal, or its beginning; without it all are listed.")] = None,
    confirm: Annotated[str | None, typer.Option(help="Approve what was shown: the letters that stand below it.")] = None,
    refuse: Annotated[bool, typer.Option("--refuse", help="Say no.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was applied.")] = False,
    member: As = None,
    as_json: Json = False,
) -> None:
    """List the proposals that wait, show one, approve, refuse or undo it."""
    from integrations.terminal import console
    from integrations.terminal.approving import as_row, decide, proposal_of, proposals, render_list, render_proposal
    from tools.crm.row_scope import RelationScope
    from tools.store.engine import open_sessions

    with sentences(as_json):
        settings, language, scope = settings_for(), user_language(), RelationScope()
        engine = open_store(settings)
        who = speaker(engine, member)
        with open_sessions(engine)() as session:
            if proposal is None:
                found = proposals(session, who, scope)
                print_json({"proposals": [as_row(each) for each in found]}) if as_json else render_list(found, console(), language)
                return
            if confirm is None and not refuse and not undo:
                one = proposal_of(session, who, scope, proposal)
                print_json(as_row(one)) if as_json else render_proposal(one, console(), language)
                return
            decision: Literal["approve", "refuse", "undo"] = "undo" if undo else "refuse" if refuse else "approve"
            settled = decide(session, who, scope, proposal, decision, confirm or "", build_lookout(settings, build_copilot(settings, engine)).now())
        key = {"approve": "approve_done", "refuse": "approve_was_refused", "undo": "approve_was_undone"}[decision]
        print_json(as_row(settled)) if as_json else typer.echo(say(key, language, id=settled.id))


@cli.command()
def watch(today: Today = None, as_json: Json = False) -> None:
    """Look for changes at customers now; done by itself while the chat is served."""
    from integrations.logging import log_to_stderr

    with sentences(as_json):
        log_to_stderr()
        settings = settings_for(today)
        engine = open_store(settings)
        runs = build_lookout(settings, build_copilot(settings, engine)).look()
        waiting = sum(each.status == "open" for run in runs for each in run.proposals)
        if as_json:
            print_json({"runs": [each.model_dump(mode="json") for each in runs]})
        else:
            typer.echo(say("watch_found", user_language(), runs=len(runs), proposals=waiting))


@cli.command()
def migrate() -> None:
    """Make the database, or bring it up to date."""
    with sentences(False):
        open_store(settings_for())
        typer.echo(say("migrated", user_language()), err=True)


@terms_cli.command("list")
def terms_list(member: As = None, as_json: Json = False) -> None:
    """List the taught words that you see and the filters that come with Plumbline."""
    _tell_terms(None, member, as_json)


@terms_cli.command("show")
def terms_show(name: str, member: As = None, as_json: Json = False) -> None:
    """Show one taught word with all its versions."""
    _tell_terms(name, member, as_json)


@terms_cli.command("forget")
def terms_forget(name: str, member: As = None, as_json: Json = False) -> None:
    """Forget a taught word; its history stays."""
    from integrations.terminal.terms import forget_term
    from tools.store.engine import open_sessions

    with sentences(as_json):
        engine = open_store(settings_for())
        with open_sessions(engine)() as session:
            ended = forget_term(session, speaker(engine, member), name, datetime.now(UTC))
        if as_json:
            print_json({"forgotten": ended})
        else:
            typer.echo(say("term_forgotten", user_language(), name=ended))


def _tell_terms(name: str | None, member: str | None, as_json: bool) -> None:
    from integrations.terminal import console
    from integrations.terminal.terms import list_terms, render_terms, show_term
    from tools.store.engine import open_sessions

    with sentences(as_json):
        settings = settings_for()
        engine = open_store(settings)
        copilot = build_copilot(settings, engine)
        with open_sessions(engine)() as session:
            catalog = copilot.catalogs.current(session)
            day, _ = catalog.today(copilot.parts.clock_today())
            who, language = speaker(engine, member), user_language()
            rows = list_terms(session, catalog, who, day, language) if name is None else show_term(session, catalog, who, name, day, language)
        if as_json:
            print_json({"terms": rows})
        else:
            render_terms(rows, console(), language)


@rule_cli.command("try")
def rule_try(
    text: Annotated[str, typer.Argument(help="A criterion in Chinese or English.")], member: As = None, today: Today = None, as_json: Json = False
) -> None:
    """Say what a criterion means, and whom it finds now with which records; nothing is saved."""
    from integrations.terminal import console
    from integrations.terminal.rules import render_outcome, try_rule

    spoken = _language(text)
    with sentences(as_json, spoken):
        settings = settings_for(today)
        engine = open_store(settings)
        outcome = try_rule(engine, settings, speaker(engine, member), text, datetime.now(UTC), quiet=as_json, language=spoken)
        if as_json:
            print_json(outcome)
        else:
            render_outcome(outcome, console(), spoken)


@rule_cli.command("save")
def rule_save(
    name: str,
    text: Annotated[str, typer.Argument(help="The criterion in Chinese or English.")],
    level: Annotated[str, typer.Option("--for", help="own, team or company.")] = "own",
    yes: Annotated[bool, typer.Option("--yes", help="Save what is shown back without asking.")] = False,
    member: As = None,
    as_json: Json = False,
) -> None:
    """Show back what a criterion means and save it under a name, as its next version."""
    from integrations.terminal import console
    from integrations.terminal.rules import as_row, confirmed, save_rule
    from tools.journey.criteria.service import confirm_rule, level_named
    from tools.store.engine import open_sessions

    spoken = _language(text)
    with sentences(as_json, spoken):
        settings = settings_for()
        engine = open_store(settings)
        with open_sessions(engine)() as session:
            principal, now = speaker(engine, member), datetime.now(UTC)
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


@rule_cli.command("confirm")
def rule_confirm(proposal: Annotated[str, typer.Argument(help="The id that save --json gave.")], member: As = None, as_json: Json = False) -> None:
    """Say yes to a rule that was proposed."""
    from tools.journey.criteria.service import confirm_rule

    _change_rule(lambda session, principal, now: confirm_rule(session, principal, proposal, now), "saved", member, as_json)


@rule_cli.command("list")
def rule_list(member: As = None, as_json: Json = False) -> None:
    """List the rules that you see."""
    from tools.journey.criteria.service import rules

    _tell_rules(lambda session, principal: rules(session, principal), member, as_json)


@rule_cli.command("show")
def rule_show(name: str, member: As = None, as_json: Json = False) -> None:
    """Show one rule as it counts now."""
    from tools.journey.criteria.service import show_rule

    _tell_rules(lambda session, principal: (show_rule(session, principal, name),), member, as_json)


@rule_cli.command("history")
def rule_history(name: str, member: As = None, as_json: Json = False) -> None:
    """Show every version of a rule, ended ones too."""
    from tools.journey.criteria.service import rule_history as versions

    _tell_rules(lambda session, principal: versions(session, principal, name), member, as_json)


@rule_cli.command("undo")
def rule_undo(name: str, member: As = None, as_json: Json = False) -> None:
    """Go back to the version before; it becomes the newest one."""
    from tools.journey.criteria.service import undo_rule

    _change_rule(lambda session, principal, now: undo_rule(session, principal, name, now), "undone", member, as_json)


@rule_cli.command("forget")
def rule_forget(name: str, member: As = None, as_json: Json = False) -> None:
    """Forget a rule; its history stays."""
    from tools.journey.criteria.service import forget_rule

    _change_rule(lambda session, principal, now: forget_rule(session, principal, name, now), "forgotten", member, as_json)


def _change_rule(change: Callable[[Session, Principal, datetime], Criterion], done: str, member: str | None, as_json: bool) -> None:

    from integrations.terminal.rules import as_row
    from tools.store.engine import open_sessions

    with sentences(as_json):
        engine = open_store(settings_for())
        with open_sessions(engine)() as session:
            changed = change(session, speaker(engine, member), datetime.now(UTC))
            session.commit()
        if as_json:
            print_json({done: as_row(changed)})
        else:
            typer.echo(say(f"rule_{done}", user_language(), name=changed.name, version=changed.version))


def _tell_rules(find: Callable[[Session, Principal], Sequence[Criterion]], member: str | None, as_json: bool) -> None:
    from integrations.terminal import console
    from integrations.terminal.rules import as_row, render_rules
    from tools.store.engine import open_sessions

    with sentences(as_json):
        engine = open_store(settings_for())
        with open_sessions(engine)() as session:
            found = find(session, speaker(engine, member))
        if as_json:
            print_json({"rules": [as_row(each) for each in found]})
        else:
            render_rules(found, console(), user_language())


@trace_cli.command("show")
def trace_show(trace_id: str, member: As = None, as_json: Json = False) -> None:
    """Show a recorded trace."""
    with sentences(as_json):
        settings = settings_for()
        engine = open_store(settings)
        trace = build_copilot(settings, engine).trace(trace_id, speaker(engine, member))
        if as_json:
            print_json(trace.model_dump(mode="json"))
        else:
            from integrations.terminal import console
            from integrations.terminal.tracing import render_trace

            render_trace(trace, console(), user_language())


@trace_cli.command("export")
def trace_export(
    trace_id: str,
    out: Annotated[Path, typer.Option(help="File to write.")],
    kind: Annotated[str, typer.Option("--format", help="json, prov or svg.")] = "json",
    member: As = None,
    as_json: Json = False,
) -> None:
    """Export a trace as JSON, W3C PROV-JSON or a drawing."""
    with sentences(as_json):
        from integrations.terminal.tracing import write_trace

        settings = settings_for()
        engine = open_store(settings)
        trace = build_copilot(settings, engine).trace(trace_id, speaker(engine, member))
        write_trace(trace, kind, out)
        if as_json:
            print_json({"trace_id": trace.id, "format": kind, "out": str(out)})


@trace_cli.command("verify")
def trace_verify(
    file: Path,
    key: Annotated[Path | None, typer.Option(help="Public key (PEM) of the installation that signed it; this installation's by default.")] = None,
    against_store: Annotated[bool, typer.Option("--against-store", help="Also compare the source cells with this store.")] = False,
    as_json: Json = False,
) -> None:
    """Verify an exported trace offline; ends non-zero when anything does not hold."""
    with sentences(as_json):
        from integrations.terminal.tracing import print_report, verify_file

        settings = settings_for()
        if against_store:
            with store_reader(settings, file) as reader:
                report = verify_file(file, settings, key, reader)
        else:
            report = verify_file(file, settings, key)
        if as_json:
            print_json({**report.model_dump(mode="json"), "holds": report.holds})
        else:
            print_report(report, user_language())
        if not report.holds:
            raise typer.Exit(OWN_FAULT)


@trace_cli.command("key")
def trace_key() -> None:
    """Print the public key (PEM) that this installation's traces are verified with."""
    with sentences(False):
        from tools.trace.signing import InstallationKey

        settings = settings_for()
        make_data_dir(settings)
        typer.echo(InstallationKey.open(settings.data_dir).public_pem().strip())


# -- ways out ---------------------------------------------------------------------------------------------------------


def _serve(settings: Settings, engine: Engine) -> None:
    import uvicorn

    from integrations.logging import log_to_stderr
    from integrations.reading_behind import ReadingBehind
    from integrations.vectors.behind import IndexingBehind
    from integrations.vectors.searching import InstalledSearch
    from integrations.watching import WatchingBehind
    from integrations.web import create_app

    log_to_stderr()
    texts = InstalledSearch(settings)
    copilot = build_copilot(settings, engine, texts)
    lookout = build_lookout(settings, copilot)
    behind = (IndexingBehind(engine, texts), ReadingBehind(engine, lambda: datetime.now(UTC), settings.time_zone), WatchingBehind(engine, lookout))
    app = create_app(copilot, settings, signals=lookout)
    typer.echo(say("serving", user_language(), url=f"http://{settings.host}:{settings.port}"), err=True)
    for each in behind:
        each.start()
    try:
        uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")
    finally:
        for each in behind:
            each.stop()


def print_json(content: object) -> None:
    """Exactly one JSON object on standard output."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, default=_as_json) + "\n")


def _as_json(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def user_language() -> Literal["zh", "en"]:
    """Language of the person at the terminal, from the locale."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh" if spoken.lower().startswith("zh") else "en"


def _language(text: str) -> str:
    return "zh" if any("\u3400" <= character <= "\u9fff" for character in text) else user_language()


@contextmanager
def sentences(as_json: bool, language: str | None = None) -> Iterator[None]:
    """Turn what goes wrong into one sentence: exit code 2 for bad input, 1 for a fault of ours, never a stack trace."""
    spoken = language or user_language()
    try:
        yield
    except PlumbError as error:
        _fail(say(error.key, spoken, **error.data), as_json, BAD_INPUT)
    except (typer.Exit, typer.Abort, KeyboardInterrupt):
        raise
    except Exception as error:
        if os.environ.get("PLUMBLINE_DEBUG"):
            raise
        _fail(say(_fault(error), spoken), as_json, OWN_FAULT)


def _fault(error: Exception) -> str:
    text = str(error).lower()
    full = (isinstance(error, OSError) and error.errno == 28) or "disk is full" in text or "disk full" in text
    return "error_disk_full" if full else "error_unexpected"


def _fail(sentence: str, as_json: bool, code: int) -> None:
    if as_json:
        print_json({"error": sentence})
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


def main() -> None:
    """Entry point of ``plumb``."""
    cli()


if __name__ == "__main__":
    main()
