"""What is remembered while a text is read: who and what was spoken of last."""

from __future__ import annotations

from tools.journey.reading.actors import Note, Who
from tools.journey.reading.dates import Day


class Memory:
    """State of one reading. ``text`` is as it was written: objects are cut from it."""

    def __init__(self, text: str, note: Note) -> None:
        """Nothing was spoken of yet."""
        self.text, self.note = text, note
        self.subject: Who | None = None
        self.speaker: Who | None = None
        self.named: Who | None = None
        self.topic = ""
        self.supposed = False
        self.asked = False
        self.met = False
        self.day: Day | None = None
