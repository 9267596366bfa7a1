"""Where the files and columns of an export belong. Written by the proposal, read by the loader, edited by people as YAML."""

from __future__ import annotations

from typing import Literal

from tools.crm.semantic import FieldType
from tools.trace.cells import Frozen

DateOrder = Literal["ymd", "mdy", "dmy"]
Status = Literal["open", "won", "lost"]
RECORD_ID = "id"
CUSTOM = "custom"
SKIP = "skip"


class ColumnMap(Frozen):
    """Where one column goes.

    ``to`` is ``id`` (the record's id in its own system), a field of the entity (``amount``), a reference by name
    (``account``) or by the other record's id (``account#id``), ``custom`` (kept as a custom field), or ``skip`` (only
    when a person says so: nothing is proposed to be left out). Several text columns may go to one field, which then
    holds them joined in their order (first name, last name). ``type`` is what the column holds, where that matters:
    for custom fields. ``refers`` is the kind of record that a custom column of type ``ref`` names: an entity, or ``custom:`` and
    the label of a table of its own; ``by`` is the header over the same values there, where these are neither the id nor the
    name of the records. ``fills`` is the field that a custom column stands in for in rows that hold nothing for it: an expected
    close date where a deal has not closed. ``date_order`` says how dates such as 3/4/2017 are to be read,
    ``order_assumed`` that no date of the export shows it, ``factor`` what amounts are
    multiplied with (10000 for 万元), ``unit`` an ISO currency that the header or the cells name. ``certainty`` in [0, 1]
    and ``because`` speak for the proposal.
    """

    position: int
    header: str
    to: str
    type: FieldType | None = None
    refers: str | None = None
    by: str | None = None
    fills: str | None = None
    date_order: DateOrder | None = None
    order_assumed: bool = False
    factor: int = 1
    unit: str | None = None
    certainty: float = 1.0
    because: str = ""


class TableMap(Frozen):
    """Where one file or sheet goes: an ``entity`` of the semantic model, or ``custom`` for a table of its own called ``label``.

    ``key`` names the fields that identify a record where no column goes to ``id`` (``("name",)``); empty means the
    whole row does.
    """

    file: str
    sheet: str | None = None
    entity: str
    label: str = ""
    key: tuple[str, ...] = ()
    columns: tuple[ColumnMap, ...]
    certainty: float = 1.0


class Mapping(Frozen):
    """The mapping of one export. ``system`` names the source: records of different systems never overwrite each other.

    ``statuses`` are what a person says of stages and statuses, or what the rows are seen to mean by them: whether deals in them are open, won or lost.
    """

    system: str
    tables: tuple[TableMap, ...]
    statuses: dict[str, Status] = {}
