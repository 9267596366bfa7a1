"""The screens: answers go to standard output, progress to standard error. Colour only where a person looks (NO_COLOR is honoured)."""

from __future__ import annotations

import re

from rich.console import Console
from rich.text import Text

# Control characters could move the cursor or recolour the screen, bidirectional ones turn the text around them.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def console() -> Console:
    """Standard output."""
    return Console(highlight=False, markup=False, emoji=False)


def progress_console() -> Console:
    """Standard error."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def inert(text: str, style: str = "") -> Text:
    """Text from anywhere, with nothing in it that a terminal would obey."""
    return Text(plain(text), style=style)


def plain(text: str) -> str:
    """The text without characters that a terminal would obey; tabs become spaces."""
    return _UNSEEN.sub("", text.replace("\t", " "))
