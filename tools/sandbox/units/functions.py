"""Which function of a company somebody works in, by the words of department and title."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

WORDS = Path(__file__).with_name("functions.yaml")


@cache
def functions() -> dict[str, tuple[str, ...]]:
    """The functions that are known, each with its words."""
    return {name: tuple(words) for name, words in yaml.safe_load(WORDS.read_text("utf-8")).items()}


def function_of(*texts: str | None) -> str | None:
    """The function that the first telling text names, by whole words (Han by parts); None where none does."""
    for text in texts:
        for name, words in functions().items():
            if text and any(says(text, word) for word in words):
                return name
    return None


def says(text: str, word: str) -> bool:
    """Whether a text holds a word: whole where it is Latin, anywhere where it is Han."""
    folded, sought = text.casefold(), word.casefold()
    if not sought.isascii():
        return sought in folded
    return re.search(rf"(?<![a-z0-9]){re.escape(sought)}(?![a-z0-9])", folded) is not None
