"""Words that business people use for one and the same thing, in both languages. General knowledge of the trades: it knows no export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

LONGEST_PHRASE = 4
LEAST_PLAIN = 4
_WORD = re.compile(r"[a-z0-9]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
PARTICLES = {"ins": "in", "ups": "up", "ons": "on", "outs": "out", "offs": "off"}  # of check-ins, add-ons
_ARTICLES = {"a", "an", "the"}


MODIFYING, MODIFIERS = "~", "modifiers.txt"


def concepts(word: str) -> frozenset[str]:
    """The keys of the things that a word may stand for; inflected English counts as its plain form. Nothing for an unknown word.

    The key of what only says more of another thing, such as planned or primary, begins with ``~``.
    """
    return _concepts().get(_key(word), frozenset())


def words_of(concept: str) -> tuple[str, ...]:
    """The words of one thing."""
    return _words()[concept]


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {concept: tuple(word.strip() for word in line.split(",")) for concept, line in _lines()}


@cache
def _concepts() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for concept, line in _lines():
        for word in line.split(","):
            if key := _key(word.strip()):
                found.setdefault(key, set()).add(concept)
    return {key: frozenset(numbers) for key, numbers in found.items()}


def _lines() -> Iterator[tuple[str, str]]:
    """One thing a line, its words parted by commas."""
    for file in sorted(files(__name__).iterdir(), key=lambda each: each.name):
        lines = file.read_text(encoding="utf-8").splitlines() if file.name.endswith(".txt") else ()
        sign = MODIFYING if file.name == MODIFIERS else "§"
        yield from ((f"{sign}{file.name}:{number}", line) for number, line in enumerate(lines) if line and not line.startswith("#"))


def _key(word: str) -> str:
    return word if _HAN.search(word) else " ".join(_plain(each) for each in _WORD.findall(word.casefold()) if each not in _ARTICLES)


def _plain(word: str) -> str:
    """An English word without the endings of number and tense: installed, installing and installs are one, installation is not."""
    if word in PARTICLES:
        return PARTICLES[word]
    if len(word) > LEAST_PLAIN and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > LEAST_PLAIN and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif len(word) >= LEAST_PLAIN and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_PLAIN:
            word = word.removesuffix(ending)
            word = word[:-1] if word[-1] == word[-2] and word[-1] not in "ls" else word
            break
    return word[:-1] if word.endswith("e") and len(word) > LEAST_PLAIN else word
