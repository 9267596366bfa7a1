"""Frees cell text from what nobody meant to write, and reduces names to what makes two spellings the same."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Control characters but tab and line ends, invisible joiners and marks, characters that turn the text around them, lone surrogates.
_UNMEANT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")


def clean(text: str) -> tuple[str, str | None]:
    """The text without unmeant characters and outer spaces, and the reason of the repair where one was made."""
    kept = _UNMEANT.sub("", text) if not text.isprintable() else text
    trimmed = kept.strip()
    if not trimmed:
        return "", None
    if kept != text:
        return trimmed, "control_characters_removed"
    return trimmed, None if trimmed == text else "spaces_trimmed"


@cache
def key_text(text: str) -> str:
    """A key whose case, width and inner spaces don't matter; punctuation does."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


@cache
def plain_name(text: str) -> str:
    """Letters and digits of a name alone: case, width, spaces and punctuation don't matter."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())
