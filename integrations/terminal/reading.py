"""Reads the acts out of texts from the command line, with a line that says how far it is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import Engine

from prompts.words import say

if TYPE_CHECKING:
    from integrations.settings import Settings
    from tools.journey.reading.filling import ReadingReport


def read_texts(engine: Engine, settings: Settings, now: datetime, *, quiet: bool, language: str) -> ReadingReport:
    """Read the acts out of texts that are new or changed, and let them move the journey; progress goes to standard error."""
    from tools.journey.reading_step import read_in_step
    from tools.store.engine import open_sessions

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True, quiet=quiet), transient=True, disable=quiet) as bars:
        task = bars.add_task(say("rule_reading", language), total=None)
        return read_in_step(open_sessions(engine), now, settings.time_zone, lambda _step, done, total: bars.update(task, completed=done, total=total))
