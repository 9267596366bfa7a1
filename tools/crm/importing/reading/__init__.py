"""Reads a folder of exported files, as people and systems write them, into tables of text. Knows nothing of what the columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.crm.importing.reading.errors import ImportPathMissing, NothingToImport
from tools.crm.importing.reading.layout import lay_out
from tools.crm.importing.reading.text import NotText, Record, decode, records
from tools.crm.importing.reading.workbook import WorkbookBroken, WorkbookLocked, sheets
from tools.crm.importing.source import SourceTable
from tools.crm.ports import Progress

TEXT_SUFFIXES = frozenset((".csv", ".tsv", ".txt", ".tab"))
WORKBOOK_SUFFIXES = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"))
WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(slots=True)
class Unreadable:
    """A file that holds no table; ``reason`` is the key of a sentence in ``prompts/import_reading.yaml``."""

    file: str
    reason: str


@dataclass(slots=True)
class ReadFolder:
    """What was found in a folder."""

    tables: list[SourceTable] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)


class _Unread(ValueError):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_folder(path: Path, progress: Progress | None = None) -> ReadFolder:
    """Read all files under a folder, or one file, in the order of their names.

    Hidden files and the lock files of spreadsheets are passed over. Files are named by their path below the folder.
    Raises ImportPathMissing, and NothingToImport where no file holds a table.
    """
    if not path.exists():
        raise ImportPathMissing(str(path))
    root = path if path.is_dir() else path.parent
    files = sorted(found for found in path.rglob("*") if found.is_file() and _counts(found.relative_to(root))) if path.is_dir() else [path]
    read = ReadFolder()
    for done, file in enumerate(files, start=1):
        name = file.relative_to(root).as_posix()
        try:
            read.tables += _read_file(file, name)
        except _Unread as unread:
            read.unreadable.append(Unreadable(name, unread.reason))
        if progress:
            progress("reading", done, len(files))
    if not read.tables:
        raise NothingToImport(str(path), len(files))
    return read


def _counts(below: Path) -> bool:
    return not any(part.startswith((".", "~$", "__MACOSX")) for part in below.parts)


def _read_file(file: Path, name: str) -> list[SourceTable]:
    suffix = file.suffix.lower()
    if suffix not in TEXT_SUFFIXES | WORKBOOK_SUFFIXES:
        raise _Unread("import_file_not_supported")
    try:
        data = file.read_bytes()
    except OSError:
        raise _Unread("import_file_no_access") from None
    if not data.strip():
        raise _Unread("import_file_empty")
    # Systems name plain text .xls, and people rename workbooks to .csv: what the bytes say counts.
    if data.startswith(WORKBOOK_STARTS):
        return _read_workbook(data, name, "import_file_broken" if suffix in WORKBOOK_SUFFIXES else "import_file_binary")
    return _read_text(data, name, single_column=suffix in {".csv", ".tsv"}, reason="import_file_binary" if suffix in TEXT_SUFFIXES else "import_file_broken")


def _read_workbook(data: bytes, name: str, reason: str) -> list[SourceTable]:
    found = []
    try:
        for sheet, rows in sheets(data):
            table = _table(name, sheet, rows, {"format": "workbook"})
            if table is not None:
                found.append(table)
    except WorkbookLocked:
        raise _Unread("import_file_locked") from None
    except WorkbookBroken:
        raise _Unread(reason) from None
    if not found:
        raise _Unread("import_file_empty")
    return found


def _read_text(data: bytes, name: str, *, single_column: bool, reason: str) -> list[SourceTable]:
    try:
        text, encoding = decode(data)
    except NotText:
        raise _Unread(reason) from None
    if text.lstrip()[:1] == "<":
        raise _Unread("import_file_no_table")
    found, delimiter = records(text)
    table = _table(name, None, found, {"encoding": encoding, "delimiter": delimiter})
    if table is None:
        raise _Unread("import_file_empty")
    if len(table.headers) < 2 and not single_column:
        raise _Unread("import_file_no_table")
    return [table]


def _table(name: str, sheet: str | None, rows: Sequence[Record], notes: dict[str, str]) -> SourceTable | None:
    laid_out = lay_out(rows)
    if laid_out is None:
        return None
    headers, body, lines = laid_out
    unclosed = frozenset(record.line for record in rows if record.unclosed)
    return SourceTable(file=name, sheet=sheet, headers=headers, rows=body, lines=lines, notes=notes, unclosed=unclosed)
