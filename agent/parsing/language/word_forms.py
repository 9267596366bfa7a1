"""English words without what only grammar adds to them, so that installed, installation and install are one. Knows no store."""

from __future__ import annotations

import re
from functools import lru_cache

from tools.crm.semantic.thesaurus import PARTICLES

SILENT = {"to", "a", "an", "the", "be", "of", "sth", "sb"}
_WORD = re.compile(r"[a-z]+")
LEAST_SHORTENED = 4
LEAST_DOER = 6
LEAST_OF_Y = 6
ENDINGS = (
    *("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ures", "ure", "ies", "als", "al", "ers", "er", "ors", "or", "ly"),
    *("ed", "es", "y", "s", "e"),
)


def is_form_of(one: str, other: str) -> bool:
    """Whether two words differ by their endings alone: "serving" and "service", "certified" and "certificate"."""
    return is_like(root_of(one), root_of(other))


def is_like(one: str, other: str) -> bool:
    """Whether one root is the other, or begins it: auto, automatic."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= LEAST_SHORTENED and long.startswith(short) and not long.endswith("+"))


def root_of(word: str) -> str:
    """A word without its endings; one for somebody who does it keeps a mark of that."""
    person = word.removesuffix("s")
    if person.endswith(("er", "or")) and len(person) >= LEAST_DOER:
        return f"{root_of(person[:-2])}+"  # a visitor is no visit
    if word.endswith(("ied", "ies")) and len(word) >= LEAST_OF_Y:
        return root_of(f"{word[:-3]}y")  # supplied as supply is
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            doubled = len(stem) > 4 and stem[-1] == stem[-2] and ending in {"ed", "ing", "er"} and stem[-1] not in "ls"
            return root_of(stem[:-1] if doubled else stem)
    return word


@lru_cache(maxsize=65536)
def key_of(words: str) -> str:
    """English words without what only grammar adds to them: installed, installation and install are one."""
    return " ".join(root_of(PARTICLES.get(word, word)) for word in _WORD.findall(words.casefold()) if word not in SILENT)
