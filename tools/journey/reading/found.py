"""What reading finds in one text, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass

from tools.journey.acts import Act, Status
from tools.journey.reading.actors import Who
from tools.journey.reading.dates import Day


@dataclass(slots=True)
class Found:
    """One act told by a text, from ``start`` to ``end``. ``means`` says by which kind of evidence it was read; its confidence hangs on that."""

    act: Act
    status: Status
    who: Who
    object: str
    day: Day | None
    start: int
    end: int
    means: str


AHEAD = frozenset({Status.PLANNED, Status.PROMISED, Status.POSSIBLE})
"""What is still to come: a weekday named beside it is the next one."""
