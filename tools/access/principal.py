"""The person on whose behalf everything in a turn happens."""

from __future__ import annotations

from enum import StrEnum

from tools.store.classification import Classification
from tools.trace.cells import Frozen


class Role(StrEnum):
    """What a person is to the sales organisation; decides clearance and row scope."""

    OWNER = "owner"
    DIRECTOR = "director"
    MANAGER = "manager"
    REP = "rep"


CLEARANCE = {
    Role.OWNER: Classification.SENSITIVE,
    Role.DIRECTOR: Classification.PERSONAL,
    Role.MANAGER: Classification.PERSONAL,
    Role.REP: Classification.PERSONAL,
}


class Principal(Frozen):
    """A resolved speaker. ``member_id`` is None for the local owner of the installation, who sees all."""

    role: Role
    member_id: int | None = None
    name: str = ""
    region: str | None = None
    report_ids: tuple[int, ...] = ()
    clearance: Classification

    @classmethod
    def local_owner(cls) -> Principal:
        """Whoever runs the command line without ``--as``."""
        return cls(role=Role.OWNER, clearance=Classification.SENSITIVE)
