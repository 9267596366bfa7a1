"""What any engine gives besides its answer: the cells that it found and the records behind them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from tools.trace.cells import Cell, EvidenceBlock


class Proof(Protocol):
    """The evidence of one result, whatever engine it comes from."""

    @property
    def blocks(self) -> tuple[EvidenceBlock, ...]:
        """The records behind computed cells."""

    @property
    def as_of(self) -> datetime | None:
        """When the newest of the records was read; None where there is none."""

    def cells(self) -> dict[str, Cell]:
        """All cells by address."""
