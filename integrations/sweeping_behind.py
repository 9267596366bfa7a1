"""Frees the money of calls that were held too long while the program serves, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import Engine

from integrations.behind import LOOK_EVERY_S, Behind


class Swept(BaseModel):
    """How many reservations were freed."""

    freed: int


class SweepingBehind(Behind):
    """Ends reservations whose time is over, and the calls that waited under them."""

    name, done, failed = "sweeping", "reservations swept", "reservations not swept, will try again"

    def __init__(self, engine: Engine, clock: Callable[[], datetime], look_every_s: float = LOOK_EVERY_S) -> None:
        """``clock`` says what time it is."""
        super().__init__(engine, look_every_s)
        self.clock = clock

    def state(self) -> Hashable:
        """How many are due."""
        from tools.sandbox.budgets.reservations import due

        with self.sessions() as session:
            return due(session, self.clock())

    def work(self) -> BaseModel:
        """Free them."""
        from tools.sandbox.capabilities.ending import sweep
        from tools.store.writing import writing

        with writing(self.sessions) as session:
            return Swept(freed=sweep(session, self.clock()))
