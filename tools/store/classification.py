"""How sensitive a column is. Every column of every table carries one of these levels."""

from enum import IntEnum


class Classification(IntEnum):
    """Sensitivity of a field, ordered: a reader cleared for one level may read every level below it."""

    PUBLIC = 0
    INTERNAL = 1
    CONFIDENTIAL = 2
    PERSONAL = 3
    SENSITIVE = 4

    @property
    def label(self) -> str:
        """Lower-case name as written in traces and documents."""
        return self.name.lower()
