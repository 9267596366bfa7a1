"""A circuit breaker: closed while calls come through, open for a while after too many failed in a row, half-open for one call that tries.

After Michael Nygard, *Release It!* (2007). Each process has its own; nothing about it is stored.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Literal

from tools.sandbox.capabilities.ports import Resting

State = Literal["closed", "open", "half_open"]


class Failure(Exception):
    """What counts against a service: no answer, a fault of its own, an answer that is none. A refusal is an answer and doesn't."""


class Breaker:
    """The circuit to one service."""

    def __init__(self, failures: int, rest: timedelta, clock: Callable[[], datetime]) -> None:
        """It opens after ``failures`` in a row, for ``rest``."""
        self.most, self.rest, self.clock = failures, rest, clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until: datetime | None = None

    @property
    def state(self) -> State:
        """As of now. While the one call of a half-open circuit tries, it is open to all others."""
        with self._lock:
            return "closed" if self._until is None else "open" if self.clock() < self._until else "half_open"

    def resting_until(self) -> datetime | None:
        """When a call may be tried; None where one may go now."""
        with self._lock:
            return self._until if self._until is not None and self.clock() < self._until else None

    @contextmanager
    def passing(self) -> Iterator[None]:
        """One call on its way. Raises Resting where none may go; what ends in anything but a Failure shows that the service is there.

        A call that ends by the program's own end says nothing. One that tries and never comes back is followed by the next after a rest.
        """
        self._enter()
        try:
            yield
        except Failure:
            self._failed()
            raise
        except Exception:
            self._came_through()
            raise
        else:
            self._came_through()

    def _enter(self) -> None:
        with self._lock:
            now = self.clock()
            if self._until is None:
                return
            if now < self._until:
                raise Resting(self._until)
            self._until = now + self.rest

    def _came_through(self) -> None:
        with self._lock:
            self._failures, self._until = 0, None

    def _failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= self.most:
                self._until = self.clock() + self.rest
