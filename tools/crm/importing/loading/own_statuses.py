"""Keeps the export's own words for the status of deals where several come to one of the model: 跟进中 and 搁置 are both open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tools.crm.importing.loading.batches import Batch, Value
from tools.crm.importing.loading.customs import CustomFields
from tools.crm.importing.mapping import TableMap
from tools.crm.semantic import FieldType

STATUS = "status"


def keep_own_statuses(batch: Batch, written: Sequence[Value], fields: CustomFields) -> None:
    """Put what the rows have ``written`` as their status into a field of its own, unless each word stands for a status alone.

    Called once the statuses were read. The field has the header of the column; without one (flags, a stage) nothing is kept.
    """
    header = _header(batch.maps)
    words = defaultdict(set)
    for text, status in zip(written, batch.columns.get(STATUS, ()), strict=False):
        if isinstance(text, str):
            words[status].add(text)
    if header is None or not any(len(texts) > 1 for texts in words.values()):
        return
    key, _ = fields.key(batch.entity.key, header, FieldType.TEXT, None, batch.entity.custom_table, batch.custom_keys)
    batch.custom_keys.add(key)
    batch.customs = batch.customs or [{} for _ in range(len(batch))]
    for custom, text in zip(batch.customs, written, strict=True):
        if isinstance(text, str):
            custom[key] = text


def _header(maps: Sequence[TableMap]) -> str | None:
    return next((column.header for table in maps for column in table.columns if column.to == STATUS), None)
