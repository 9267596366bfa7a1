"""All rows of one kind of record in an export, column by column, before they meet the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from tools.crm.importing.loading.converting import Stored
from tools.crm.importing.mapping import TableMap
from tools.crm.importing.source import SourceTable
from tools.crm.semantic import Entity


class Missing:
    """What a row holds for a column that its file doesn't have; the store keeps what it has."""

    def __repr__(self) -> str:
        """As the absence that it is."""
        return "None"


MISSING = Missing()
Value = Stored | Missing
Custom = dict[str, Stored]
Item = TypeVar("Item")


@dataclass(slots=True)
class RefTexts:
    """What the rows say of one referenced record: its name, its id in the source, or both."""

    names: list[str | None]
    ids: list[str | None]
    name_column: str | None = None
    id_column: str | None = None


@dataclass(slots=True)
class Batch:
    """Rows of one file, or of all files of an entity once merged. All lists run parallel."""

    entity: Entity
    sources: list[SourceTable]
    maps: list[TableMap]
    source_ids: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    columns: dict[str, list[Value]] = field(default_factory=dict)
    references: dict[str, RefTexts] = field(default_factory=dict)
    customs: list[Custom] = field(default_factory=list)
    custom_keys: set[str] = field(default_factory=set)
    refused_ids: set[str] = field(default_factory=set)
    by_content: bool = False
    incomplete: bool = False
    """Whether some columns are MISSING in some rows."""
    read: int = 0
    blank: int = 0

    def __len__(self) -> int:
        """Rows that are to be stored."""
        return len(self.source_ids)

    def keep(self, indices: list[int]) -> None:
        """Keep these rows only, in this order."""
        self.source_ids = _pick(self.source_ids, indices)
        self.origins = _pick(self.origins, indices)
        self.lines = _pick(self.lines, indices)
        self.rows = _pick(self.rows, indices)
        self.customs = _pick(self.customs, indices) if self.customs else []
        self.columns = {name: _pick(column, indices) for name, column in self.columns.items()}
        for texts in self.references.values():
            texts.names, texts.ids = _pick(texts.names, indices), _pick(texts.ids, indices)


def _pick(items: list[Item], indices: Iterable[int]) -> list[Item]:
    return [items[index] for index in indices]
