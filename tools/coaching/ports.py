"""What coaching needs from outside, as a small protocol: how values are written."""

from __future__ import annotations

from typing import Literal, Protocol

from tools.trace.cells import Cell

Language = Literal["zh", "en"]


class Shown(Protocol):
    """Writes the value of a cell in a language, as all answers do."""

    def __call__(self, cell: Cell, language: Language) -> str:
        """The value as words."""
        ...
