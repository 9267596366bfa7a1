"""The door of the importing room: load a mapped export, read its report line by line, and hand back what was refused."""

from __future__ import annotations

import csv
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from prompts.words import say
from tools.crm.importing.corrections import recognise, write_refused
from tools.crm.importing.errors import ImportUnknown
from tools.crm.importing.loading import run_load
from tools.crm.importing.report import Assumption, ImportReport, IssueGroup, IssueLine, Reading, Staying, TableReport
from tools.crm.importing.reusing import known_mapping
from tools.crm.importing.spreadsheets import inert
from tools.crm.models import ImportIssue, ImportRun

__all__ = [
    "Assumption", "ImportReport", "IssueGroup", "IssueLine", "Reading", "Staying", "TableReport", "export_refused", "import_issues", "known_mapping",
    "recognise", "run_load", "write_issues",
]  # fmt: skip


def import_issues(session: Session, import_id: int) -> tuple[IssueLine, ...]:
    """Every issue of an import, line by line. Raises ImportUnknown."""
    if session.get(ImportRun, import_id) is None:
        raise ImportUnknown(number=import_id)
    issues = session.scalars(select(ImportIssue).where(ImportIssue.import_id == import_id).order_by(ImportIssue.id))
    return tuple(
        IssueLine.model_validate(
            {
                "outcome": issue.outcome, "reason": issue.reason, "entity": issue.entity, "file": issue.file, "sheet": issue.sheet, "line": issue.line,
                "record": issue.record, "column": issue.column_name, "before": issue.before, "after": issue.after, "row": issue.row,
                "settled_by": issue.settled_by,
            }
        )
        for issue in issues
    )  # fmt: skip


def export_refused(session: Session, import_id: int, folder: Path, language: str = "en") -> tuple[Path, ...]:
    """Write the rows that an import refused and that are still open, one CSV for each file, with the reason in front of each row.

    Corrected there, they go in with ``plumb import FOLDER``; nothing else of the system is taken for gone then. Raises ImportUnknown.
    """
    return write_refused(session, import_id, folder, lambda issue: reason_of(issue, language))


def write_issues(session: Session, import_id: int, path: Path, language: str = "en") -> Path:
    """Write every issue of an import as CSV for people. Cells that a spreadsheet would take for a formula are marked as text."""
    columns = ("outcome", "file", "sheet", "line", "record", "column", "why", "before", "after")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for issue in import_issues(session, import_id):
            why = say(f"import_reason_{issue.reason}", language, column=issue.column or "", before=issue.before or "", after=issue.after or "")
            outcome = say(f"import_outcome_{issue.outcome}", language)
            writer.writerow(
                [outcome, *map(_inert, (issue.file, issue.sheet)), issue.line, *map(_inert, (issue.record, issue.column, why, issue.before, issue.after))]
            )
    return path


def _inert(text: str | None) -> str | None:
    return None if text is None else inert(text)


def reason_of(issue: ImportIssue, language: str) -> str:
    """Why a row was refused, in words."""
    return say(f"import_reason_{issue.reason}", language, column=issue.column_name or "", before=issue.before or "", after=issue.after or "")
