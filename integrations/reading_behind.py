"""Reads the acts out of new texts while the program serves, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import Engine

from integrations.behind import LOOK_EVERY_S, Behind


class ReadingBehind(Behind):
    """Reads texts and lets what they tell move the journey; standings go by the records alone until it is done."""

    name, done, failed = "reading", "texts read", "texts not read, will try again"

    def __init__(self, engine: Engine, clock: Callable[[], datetime], time_zone: str, look_every_s: float = LOOK_EVERY_S) -> None:
        """``clock`` says what time it is; days are counted in ``time_zone``."""
        super().__init__(engine, look_every_s)
        self.clock, self.time_zone = clock, time_zone

    def work(self) -> BaseModel:
        """Read what is new or changed."""
        from tools.journey.reading_step import read_in_step

        return read_in_step(self.sessions, self.clock(), self.time_zone, stopped=self.stopped)
