"""The person on whose behalf everything in a turn happens."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

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


class UnitReach(Frozen):
    """What membership in a sales unit opens, beyond what is the person's own: ``kinds`` of record of the unit's customers.

    Fields up to ``clearance`` are read, but none at or above ``masks_from``.
    """

    unit_id: str
    kinds: frozenset[str]
    clearance: Classification
    masks_from: int


class Principal(Frozen):
    """A resolved speaker. ``member_id`` is None for the local owner of the installation, who sees all."""

    role: Role
    member_id: int | None = None
    name: str = ""
    region: str | None = None
    report_ids: tuple[int, ...] = ()
    units: tuple[UnitReach, ...] = ()
    suspended: bool = False
    clearance: Classification

    @classmethod
    def local_owner(cls) -> Principal:
        """Whoever runs the command line without ``--as``."""
        return cls(role=Role.OWNER, clearance=Classification.SENSITIVE)

    def up_to(self, level: Classification) -> Self:
        """The same person, reading no field above ``level``: records that are open only so far come into reach."""
        return self if level >= self.clearance else self.model_copy(update={"clearance": level})
