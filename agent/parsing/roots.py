"""Roots of English words: what is left of installed, installation and installing without their endings. Knows no vocabulary."""

from __future__ import annotations

LEAST_SHORTENED = 4
LEAST_DOER = 6
ENDINGS = (
    *("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ures", "ure", "ies", "als", "al", "ers", "er", "ors", "or", "ly"),
    *("ed", "es", "y", "s", "e"),
)


def is_like(one: str, other: str) -> bool:
    """Whether two roots are of one word, though one may be shortened."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= LEAST_SHORTENED and long.startswith(short) and not long.endswith("+"))  # auto, automatic


def root_of(word: str) -> str:
    """An English word in small letters without the endings that grammar gives it."""
    person = word.removesuffix("s")
    if person.endswith(("er", "or")) and len(person) >= LEAST_DOER:
        return f"{root_of(person[:-2])}+"  # a visitor is no visit
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            doubled = len(stem) > 4 and stem[-1] == stem[-2] and ending in {"ed", "ing", "er"} and stem[-1] not in "ls"
            return root_of(stem[:-1] if doubled else stem)
    return word
