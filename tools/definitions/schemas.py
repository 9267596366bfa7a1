"""What a taught word means, in types. Days in a meaning may stand relative to today (see :mod:`tools.definitions.relative`)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tools.crm.query import Filter, MeasureRef
from tools.trace.cells import Frozen

Level = Literal["own", "team", "company", "shipped"]
Action = Literal["save", "forget"]


class Meaning(Frozen):
    """A condition on records of ``entity``, or with ``measure`` a figure of those records that fulfil it (all, without a condition)."""

    entity: str
    where: Filter | None = None
    measure: MeasureRef | None = None


class Definition(Frozen):
    """A word with its meaning, by whom and since when; ``names`` are further words for it. ``shipped`` ones have neither owner nor day.

    ``general`` is the meaning as it is kept where ``meaning`` has the days of one day.
    """

    id: str
    name: str
    names: tuple[str, ...] = ()
    level: Level
    owner: str = ""
    owner_name: str = ""
    sentence: str = ""
    meaning: Meaning
    general: Meaning | None = None
    version: int = 1
    created_at: datetime | None = None
    ended_at: datetime | None = None


class Proposal(Frozen):
    """A change that waits for a yes: a word to save for ``level``, or the definition ``forgets`` to end."""

    id: str
    action: Action
    name: str
    level: Level = "own"
    sentence: str = ""
    meaning: Meaning | None = None
    forgets: str = ""
