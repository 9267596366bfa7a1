"""The demo in the terminal: an invented company is written and imported where it isn't yet, then asked three questions."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypedDict, cast, get_args

from rich.status import Status
from rich.table import Table as Grid
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from agent.answer import Answer
from agent.composing.formatting import format_date
from integrations.settings import Settings
from integrations.terminal.answering import ID_SHOWN, render_answer
from integrations.terminal.screen import console, inert, progress_console
from prompts.words import say
from tools.access.principal import Principal
from tools.crm.models import ImportRun
from tools.store.errors import PlumbError

if TYPE_CHECKING:
    from tools.crm.demo import DemoTruth
    from tools.crm.demo.world import SizeName

SYSTEM = "demo-company"
"""One name for all sizes, so that another size takes the place of the last one."""
SEED = 7
FRESH_DAYS = 7
"""A company that was invented this many days ago or longer is invented anew, so that "this month" has something to show."""
QUESTIONS = 3


class DemoSizeUnknown(PlumbError):
    """No such size. Data: ``size``, ``sizes``."""

    key: ClassVar[str] = "demo_size_unknown"


class DemoFolderTaken(PlumbError):
    """The folder holds files of somebody else. Data: ``folder``."""

    key: ClassVar[str] = "demo_folder_taken"


class DemoFolderUnwritable(PlumbError):
    """The folder can't be made or written. Data: ``folder``."""

    key: ClassVar[str] = "demo_folder_unwritable"


class DemoStoreTaken(PlumbError):
    """The store holds records of a real system. Data: ``system``."""

    key: ClassVar[str] = "demo_store_taken"


class Asked(Protocol):
    """The copilot as the demo sees it."""

    def ask(self, question: str, principal: Principal, thread_id: str | None = None) -> Answer:
        """One turn, to its end."""


class DemoOutcome(TypedDict):
    """What the demo did. ``written`` and ``imported`` are false where that was there already; ``rows`` are those of the export."""

    size: str
    folder: str
    rows: int
    written: bool
    imported: bool
    seconds: dict[str, float]
    answers: list[dict[str, Any]]


def run_demo(
    engine: Engine,
    settings: Settings,
    copilot: Asked,
    size: str,
    folder: Path | None,
    quiet: bool,
    language: str,
) -> DemoOutcome:
    """Write the demo company, import it, ask three questions and show how to go on. ``quiet`` prints nothing.

    A second run finds the company written and imported and goes on to the questions. Raises DemoSizeUnknown,
    DemoFolderTaken, DemoFolderUnwritable, DemoStoreTaken and the errors of the importing room.
    """
    name = _size(size)
    place = folder or settings.data_dir / f"{SYSTEM}-{name}"
    _keep_clear_of_others(engine, place)
    screen = _Screen(quiet, language)
    began = time.perf_counter()
    truth, written = _company(place, name, settings.clock_today(), screen)
    wrote = time.perf_counter()
    imported = _imported(engine, settings, place, screen)
    loaded = time.perf_counter()
    answers = _ask(copilot, screen)
    screen.next_steps(answers)
    return DemoOutcome(
        size=name,
        folder=str(place),
        rows=sum(truth.rows.values()),
        written=written,
        imported=imported,
        seconds={"write": round(wrote - began, 3), "import": round(loaded - wrote, 3), "ask": round(time.perf_counter() - loaded, 3)},
        answers=[{"question": question, **answer.model_dump(mode="json")} for question, answer in answers],
    )


def _size(size: str) -> SizeName:
    from tools.crm.demo.world import SizeName

    sizes: tuple[str, ...] = get_args(SizeName)
    if size not in sizes:
        raise DemoSizeUnknown(size=size, sizes=", ".join(sizes))
    return cast("SizeName", size)


def _keep_clear_of_others(engine: Engine, place: Path) -> None:
    """Neither somebody's files are written over, nor are invented records mixed with real ones."""
    if place.exists() and not _is_ours(place):
        raise DemoFolderTaken(folder=place)
    with Session(engine) as session:
        systems = set(session.scalars(select(ImportRun.system).where(ImportRun.finished_at.is_not(None))))
    if systems and SYSTEM not in systems:
        raise DemoStoreTaken(system=min(systems))


def _is_ours(place: Path) -> bool:
    """Whether a folder holds nothing but files of a demo company, also where writing it was cut short."""
    from tools.crm.demo.writing import HEADERS

    return place.is_dir() and {each.name for each in place.iterdir()} <= {f"{table}.csv" for table in HEADERS}


def _company(place: Path, size: SizeName, today: date, screen: _Screen) -> tuple[DemoTruth, bool]:
    """The truth about the company in the folder, and whether it had to be written."""
    from tools.crm.demo import write_demo

    found = _written(place, size, today)
    if found is not None:
        screen.tell("demo_kept", folder=place, day=format_date(found.today, screen.spoken))
        return found, False
    began = time.perf_counter()
    try:
        with screen.working("demo_writing", size=size):
            truth = write_demo(place, size, SEED, today)
    except (PermissionError, NotADirectoryError, FileExistsError) as error:
        raise DemoFolderUnwritable(folder=place) from error
    rows = f"{sum(truth.rows.values()):,}"
    screen.tell("demo_written", rows=rows, files=len(list(place.glob("*.csv"))), folder=place, seconds=f"{time.perf_counter() - began:.1f}")
    return truth, True


def _written(place: Path, size: SizeName, today: date) -> DemoTruth | None:
    """The truth about the company that is in the folder; None where it has to be written (again)."""
    from pydantic import ValidationError

    from tools.crm.demo import DemoTruth
    from tools.crm.demo.company import truth_path
    from tools.crm.demo.writing import HEADERS

    try:
        truth = DemoTruth.model_validate_json(truth_path(place).read_bytes())
    except (OSError, ValidationError):
        return None
    whole = all((place / f"{table}.csv").is_file() for table in HEADERS)
    fresh = 0 <= (today - truth.today).days < FRESH_DAYS
    return truth if whole and fresh and (truth.size, truth.seed) == (size, SEED) else None


def _imported(engine: Engine, settings: Settings, place: Path, screen: _Screen) -> bool:
    """Import the folder unless the store has it as it stands."""
    if _is_current(engine, place):
        screen.tell("demo_loaded")
        return False
    from integrations.terminal.importing import run_import

    with screen.working("demo_importing"):
        report = run_import(engine, settings, place, None, None, yes=True, system=SYSTEM, quiet=True, language=screen.language)
    if report is not None:
        screen.tell("demo_imported", rows=f"{report.total('read') - report.total('refused') - report.total('merged'):,}", seconds=f"{report.seconds:.1f}")
    return True


def _is_current(engine: Engine, place: Path) -> bool:
    """Whether the last import of the demo was of this folder, after its files were last written."""
    with Session(engine) as session:
        done = ImportRun.finished_at.is_not(None)
        last = session.execute(select(ImportRun.folder, ImportRun.started_at).where(ImportRun.system == SYSTEM, done).order_by(ImportRun.id.desc())).first()
    if last is None or last.folder != str(place):
        return False
    return all(datetime.fromtimestamp(file.stat().st_mtime, UTC) < last.started_at for file in place.glob("*.csv"))


def _ask(copilot: Asked, screen: _Screen) -> list[tuple[str, Answer]]:
    principal = Principal.local_owner()
    answers = []
    for number in range(1, QUESTIONS + 1):
        question = say(f"demo_question_{number}", screen.language)
        answer = copilot.ask(question, principal)
        screen.answer(question, answer)
        answers.append((question, answer))
    return answers


class _Screen:
    """What a person sees: progress on standard error, answers on standard output."""

    def __init__(self, quiet: bool, language: str) -> None:
        self.quiet, self.language = quiet, language
        self.spoken: Any = "zh" if language == "zh" else "en"

    def tell(self, key: str, **values: object) -> None:
        """One line of progress."""
        if not self.quiet:
            progress_console().print(inert(say(key, self.language, **values)), soft_wrap=True)

    @contextmanager
    def working(self, key: str, **values: object) -> Iterator[None]:
        """Name what is being done while it is done."""
        if self.quiet:
            yield
            return
        text = inert(say(key, self.language, **values))
        screen = progress_console()
        if not screen.is_terminal:
            screen.print(text)
        with Status(text, console=screen, spinner="dots"):
            yield

    def answer(self, question: str, answer: Answer) -> None:
        """A question and its answer, as ``plumb ask`` prints it."""
        if not self.quiet:
            screen = console()
            screen.print(inert(f"\n› {question}", "bold"))
            render_answer(answer, screen)

    def next_steps(self, answers: list[tuple[str, Answer]]) -> None:
        """Commands to go on with."""
        if self.quiet:
            return
        plumb = _command()
        proof = next((answer.trace_id[:ID_SHOWN] for _, answer in answers if answer.claims), "")
        steps = [
            (f'{plumb} ask "{say("demo_own_question", self.language)}"', "demo_next_ask"),
            (f"{plumb} chat", "demo_next_chat"),
            *([(f"{plumb} trace show {proof}", "demo_next_trace")] if proof else []),
            (f"{plumb} serve", "demo_next_serve"),
            (f"{plumb} import {say('demo_own_folder', self.language)}", "demo_next_import"),
        ]
        screen = console()
        screen.print(inert(f"\n{say('demo_next', self.language)}", "bold"))
        grid = Grid.grid(padding=(0, 2))
        grid.add_column(style="cyan", no_wrap=True)
        grid.add_column(overflow="fold")
        for command, purpose in steps:
            grid.add_row(inert(command), inert(say(purpose, self.language), "dim"))
        screen.print(grid)
        screen.print()


def _command() -> str:
    """How this program is called from here: by its bare name where the shell finds it."""
    called = sys.argv[0]
    found = shutil.which("plumb")
    if found is not None and os.path.realpath(found) == os.path.realpath(called):
        return "plumb"
    return called if Path(called).name == "plumb" else "plumb"
