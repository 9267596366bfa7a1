"""Keeps cells of the files written for people from being taken for formulas, and takes that mark off again when a file comes back."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_MARKED = re.compile(r"''*[=+\-@\t\r]")


def inert(text: str) -> str:
    """The text, marked with an apostrophe where a spreadsheet would compute it. An apostrophe that stands there already is kept apart."""
    return f"'{text}" if _FORMULA.match(text) else text


def revived(text: str) -> str:
    """What :func:`inert` was given."""
    return text[1:] if _MARKED.match(text) else text
