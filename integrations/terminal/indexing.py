"""Indexes the texts of the records from the command line, with a line that says how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import Engine

from integrations.settings import Settings
from prompts.words import say

if TYPE_CHECKING:
    from tools.crm.text_indexing import IndexReport


def run_index(engine: Engine, settings: Settings, quiet: bool, language: str) -> IndexReport:
    """Bring the index in step with the records; progress and the outcome go to standard error. Raises VectorServerUnreachable."""
    from integrations.embeddings import SentenceEncoder
    from integrations.vectors.chroma import open_index
    from tools.crm.text_indexing import TextIndexer
    from tools.store.engine import open_sessions

    console = Console(stderr=True, quiet=quiet, highlight=False)
    bars = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True, disable=quiet)
    indexer = TextIndexer(open_sessions(engine), SentenceEncoder(), open_index(settings))
    with bars:
        task = bars.add_task(say("index_texts", language), total=None)
        report = indexer.run(lambda _step, done, total: bars.update(task, completed=done, total=total))
    figures = {"texts": report.texts, "seconds": report.seconds, "rate": report.texts_per_second, "removed": report.removed, "held": report.held}
    console.print(say("index_done", language, **{name: f"{value:,.0f}" if name != "seconds" else f"{value:,.1f}" for name, value in figures.items()}))
    return report
