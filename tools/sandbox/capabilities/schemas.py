"""What crosses the door of this room."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from tools.sandbox.calling.deciding import Decision
from tools.store.classification import Classification
from tools.trace.cells import Frozen

Fault = Literal["unreachable", "timed_out", "faulty", "turned_down", "unreadable"]
Outcome = Literal["under_way", "answered", "too_late", "no_longer_allowed", "resting"] | Fault
"""``under_way`` is a call that has not ended, ``too_late`` one whose money was no longer held, ``no_longer_allowed`` one that was to go on
after the facts had changed, ``resting`` one whose circuit opened at the last moment."""
Value = str | int | float | bool
LEAST_TIMEOUT_MS, MOST_TIMEOUT_MS = 50, 60_000


class CapabilityWish(Frozen):
    """What a capability is to be. ``cost`` is what one call costs at most, ``timeout_ms`` the time of one attempt."""

    name_en: str
    name_zh: str
    cost: Decimal
    currency: str
    certificate: str | None = None
    sends: int = Classification.INTERNAL
    purpose: str | None = None
    url: str
    timeout_ms: int = 2_000
    active: bool = True


class CapabilityKept(CapabilityWish):
    """A capability as it stands."""

    key: str
    version: int


class Outgoing(Frozen):
    """One call on its way out. The same ``key`` always comes with the same ``body``; no attempt begins after ``ends_at``."""

    capability: str
    url: str
    timeout_ms: int
    key: str
    body: dict[str, Any]
    ends_at: datetime


class Brought(Frozen):
    """What came back. ``attempts`` counts those that failed as well."""

    answer: dict[str, Any]
    attempts: int


class Called(Frozen):
    """How a call went. Without a reservation it was refused, and ``decision`` says by which rules.

    ``cost`` is in the unit's currency; ``sent`` names the fields of the customer that left; ``repeated`` says that the key had been
    used before, so that this is the earlier answer and nothing was paid again.
    """

    decision: Decision
    answer: dict[str, Any] | None = None
    cost: Decimal | None = None
    sent: tuple[str, ...] = ()
    attempts: int = 0
    duration_ms: int = 0
    repeated: bool = False
