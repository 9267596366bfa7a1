"""What this room needs from outside: somebody who brings a call to its service and the answer back."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from tools.sandbox.capabilities.schemas import Brought, Fault, Outgoing


class NotBrought(Exception):
    """A call brought no answer. ``said`` is what the service said to a call that it turned down."""

    def __init__(self, fault: Fault, attempts: int, said: str = "") -> None:
        """``attempts`` counts all that were made."""
        super().__init__(fault)
        self.fault, self.attempts, self.said = fault, attempts, said


class Resting(Exception):
    """The capability's circuit is open, so nothing left. ``until`` is when a call may be tried again."""

    def __init__(self, until: datetime) -> None:
        """``until`` is aware UTC."""
        super().__init__()
        self.until = until


class Outlet(Protocol):
    """Brings calls to services."""

    def resting_until(self, capability: str) -> datetime | None:
        """When a call may be tried again; None where one may go now."""
        ...

    def bring(self, call: Outgoing) -> Brought:
        """Make the call, again where that may help, always under its key. Raises NotBrought and Resting."""
        ...
