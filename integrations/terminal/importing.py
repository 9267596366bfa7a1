"""The import in the terminal: read, propose, ask, load, report. What is stored and how is decided by the importing room."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from integrations.settings import Settings
from integrations.terminal.import_proposal import render_proposal
from integrations.terminal.import_report import render_report
from integrations.terminal.screen import console, inert, progress_console
from prompts.words import say
from tools.crm.importing.mapping import Mapping
from tools.crm.importing.mapping_file import load_mapping, save_mapping
from tools.crm.importing.proposing import propose_mapping
from tools.crm.importing.reading import ReadFolder, read_folder
from tools.crm.importing.service import Assumption, ImportReport, export_refused, known_mapping, recognise, run_load, write_issues
from tools.crm.ports import Progress
from tools.crm.semantic.model import base_model
from tools.store.collecting import uncollected
from tools.store.errors import PlumbError

YES = frozenset(("y", "yes", "j", "ja", "是", "好", "确定"))
_DATED_END = re.compile(r"[\W_]*(?:19|20)\d{2}[-_.年]?\d{1,2}(?:[-_.月]?\d{1,2}日?)?(?:[T_ -]?\d{2}[-_:]?\d{2}(?:[-_:]?\d{2})?)?$")


class ImportNotConfirmed(PlumbError):
    """Nobody is there to be asked about the mapping."""

    key: ClassVar[str] = "import_not_confirmed"


def run_import(
    engine: Engine,
    settings: Settings,
    folder: Path,
    map_file: Path | None,
    propose_map: Path | None,
    yes: bool,
    system: str | None,
    quiet: bool,
    language: str,
    *,
    accept_gone: bool = False,
    ask: Callable[[str], str] = input,
    now: datetime | None = None,
) -> ImportReport | None:
    """Import a folder or file. None where the mapping was only written, or was turned down.

    A mapping is taken from ``map_file``, else from the last import of the same system where the columns are the same,
    else it is proposed; a proposed one is shown and asked about unless ``yes``. ``quiet`` prints nothing. Rows that were
    refused are written below the data directory, to be corrected and imported again. With ``accept_gone`` records that the
    export doesn't hold are gone however many they are. Raises the errors of the importing room.
    """
    with uncollected(), _progress(quiet, language) as progress:
        read = read_folder(folder, progress)
        mapping, asks = _mapping(engine, read, folder, map_file, system)
    if propose_map is not None:
        save_mapping(mapping, propose_map)
        _tell(quiet, say("import_proposed", language, path=propose_map, folder=folder))
        return None
    if asks and not yes and not _confirmed(mapping, quiet, language, ask):
        _tell(quiet, say("import_declined", language))
        return None
    with uncollected(), _progress(quiet, language) as progress:
        at, zone = now or datetime.now(UTC), ZoneInfo(settings.time_zone)
        report = run_load(engine, read.tables, mapping, str(folder), at, zone, progress, accept_gone=accept_gone)
    unread = tuple(
        Assumption(key="file_unreadable", data={"file": each.file, "reason_key": each.reason}) for each in read.unreadable
    )  # fmt: skip
    report = report.model_copy(update={"assumptions": (*report.assumptions, *unread)})
    issues, refused = _write_files(engine, settings, report, language)
    if not quiet:
        render_report(report, console(), language, issues, refused)
    return report


def default_system(folder: Path) -> str:
    """Name of a source system from that of its folder, without the day of the export: next week's has another."""
    name = folder.resolve().name if folder.is_dir() else folder.stem
    return _DATED_END.sub("", name).strip() or name


def _mapping(engine: Engine, read: ReadFolder, folder: Path, map_file: Path | None, system: str | None) -> tuple[Mapping, bool]:
    """The mapping, and whether it wants to be confirmed."""
    with engine.connect() as connection:
        corrections = recognise(connection, read.tables)
        if corrections is not None:
            return corrections.mapping, False
        if map_file is not None:
            mapping = load_mapping(map_file, read.tables)
            return (mapping.model_copy(update={"system": system}) if system else mapping), False
        from integrations.embeddings.sentences import SentenceEncoder

        name = system or default_system(folder)
        proposed = propose_mapping(read.tables, base_model(), name, SentenceEncoder())
        mapping = known_mapping(connection, name, read.tables, proposed)
        return mapping, True


def _confirmed(mapping: Mapping, quiet: bool, language: str, ask: Callable[[str], str]) -> bool:
    if quiet or (ask is input and not sys.stdin.isatty()):
        raise ImportNotConfirmed
    render_proposal(mapping, console(), language)
    try:
        return ask(say("import_ask", language)).strip().casefold() in YES
    except EOFError:
        return False


def _write_files(engine: Engine, settings: Settings, report: ImportReport, language: str) -> tuple[Path | None, Path | None]:
    """The report line by line, and the refused rows, below the data directory."""
    if not report.issues:
        return None, None
    folder = settings.data_dir / "imports" / str(report.import_id)
    folder.mkdir(parents=True, exist_ok=True)
    with Session(engine) as session:
        issues = write_issues(session, report.import_id, folder / "issues.csv", language)
        refused = export_refused(session, report.import_id, folder / "refused", language) if report.total("refused") else ()
    return issues, folder / "refused" if refused else None


def _tell(quiet: bool, text: str) -> None:
    if not quiet:
        progress_console().print(inert(text))


@contextmanager
def _progress(quiet: bool, language: str) -> Iterator[Progress | None]:
    """A bar a step on standard error; gone when the work is done."""
    if quiet:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    screen = progress_console()
    with Bar(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        steps = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in steps:
                steps[step] = bar.add_task(say(f"import_step_{step}", language), total=total or None)
            bar.update(steps[step], completed=done, total=total or None)

        yield tell
