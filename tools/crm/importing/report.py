"""What an import says of itself: how many rows went where, what was repaired, merged or refused and why, what moved since the last one."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tools.trace.cells import Frozen

Outcome = Literal["refused", "repaired", "merged", "reference_not_found"]


class Example(Frozen):
    """One distinct case of a group: what stood there, what it became, how often, and the first lines where it stands."""

    before: str | None
    after: str | None
    count: int
    lines: tuple[int, ...]


class IssueGroup(Frozen):
    """Issues of one kind in one column of one file; the commonest cases as examples."""

    outcome: Outcome
    reason: str
    entity: str
    file: str
    sheet: str | None
    column: str | None
    count: int
    distinct: int
    examples: tuple[Example, ...]


class IssueLine(Frozen):
    """One issue as it is on record; ``row`` is the whole row where it was refused or merged."""

    outcome: Outcome
    reason: str
    entity: str
    file: str
    sheet: str | None
    line: int | None
    record: str | None
    column: str | None
    before: str | None
    after: str | None
    row: tuple[str, ...] | None
    settled_by: int | None


class TableReport(Frozen):
    """Rows of one kind of record. ``read`` = new + changed + unchanged + merged + refused; ``gone`` and ``returned`` are beside that.

    ``repaired`` and ``not_found`` count cells, the others rows. ``blank`` rows hold nothing and are not among those read.
    """

    entity: str
    label: str
    files: tuple[str, ...]
    read: int
    blank: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    merged: int = 0
    gone: int = 0
    returned: int = 0
    repaired: int = 0
    not_found: int = 0


class Reading(Frozen):
    """How a word of the export is understood: a stage as open, won or lost, a kind of interaction, a tier.

    ``how`` is ``words`` or ``data``, or ``code`` for one of a list of codes.
    """

    entity: str
    field: str
    text: str
    read_as: str
    how: Literal["words", "data", "code"]
    count: int


class Assumption(Frozen):
    """Something that the export leaves open and that was taken to be so; ``key`` names its sentence, ``data`` fills it."""

    key: str
    data: dict[str, str]


class Move(Frozen):
    """How many records of a kind changed a field since the last import."""

    entity: str
    field: str
    count: int


class Unreferenced(Frozen):
    """How many rows of a kind leave a reference empty; no fault of theirs."""

    entity: str
    field: str
    count: int


class Staying(Frozen):
    """Records of an earlier import that this export doesn't hold and that count on all the same.

    ``many``: too many to be taken for gone without being told so; ``empty``: the export has a table of them without a row;
    ``absent``: it has no such table. ``since`` is when the last import was taken.
    """

    entity: str
    label: str
    count: int
    why: Literal["many", "empty", "absent"]
    since: datetime | None


class ImportReport(Frozen):
    """The report of one import. Every issue, line by line, is on record under ``import_id``."""

    import_id: int
    system: str
    folder: str
    imported_at: datetime
    seconds: float
    partial: bool
    tables: tuple[TableReport, ...]
    issues: tuple[IssueGroup, ...]
    readings: tuple[Reading, ...]
    assumptions: tuple[Assumption, ...]
    unreferenced: tuple[Unreferenced, ...]
    moved: tuple[Move, ...]
    settled: int
    staying: tuple[Staying, ...] = ()

    def total(self, name: Literal["read", "new", "changed", "unchanged", "refused", "merged", "gone", "returned", "repaired", "not_found"]) -> int:
        """One count over all tables."""
        return sum(getattr(table, name) for table in self.tables)
