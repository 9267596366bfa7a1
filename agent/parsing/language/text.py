"""Splits a question into tokens: Latin words, numbers, single Han characters, marks. Knows no vocabulary."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["latin", "number", "han", "mark"]
HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(
    rf"(?P<han>[{HAN}])|(?P<number>\d+(?:[,，]\d{{3}})+(?:\.\d+)?|\d+\.\d+|\d+)|(?P<possessive>['’]s\b)|(?P<latin>[^\W\d_{HAN}]+(?:['’](?!s\b)[^\W\d_{HAN}]+)*)|(?P<mark>\S)"
)
_HAN = re.compile(f"[{HAN}]")
_MARKS = re.compile(r"[\W_]+")
_TRICKY = re.compile(r"['’]|\d[.,，]\d|[²³¹¼½¾İ]")
_IRREGULAR = {
    "people": "person",
    "persons": "person",
    "companies": "company",
    "men": "man",
    "women": "woman",
    "children": "child",
    "salespeople": "salesperson",
    "salesmen": "salesman",
    "saleswomen": "saleswoman",
}


@dataclass(frozen=True, slots=True)
class Token:
    """One unit of the question. ``norm`` is case-folded and width-folded, ``stem`` also loses an English plural."""

    text: str
    norm: str
    stem: str
    start: int
    end: int
    kind: Kind


def tokenise(text: str) -> tuple[Token, ...]:
    """Tokens in order; possessive endings belong to no token."""
    letters = [fold(letter) for letter in text]
    folded = "".join(letters)
    places = range(len(text)) if len(folded) == len(text) else [at for at, letter in enumerate(letters) for _ in letter]  # ㎡ is m2
    tokens = []
    for match in _TOKEN.finditer(folded):
        kind = match.lastgroup or "mark"
        if kind == "possessive":
            continue
        norm = match.group().casefold().replace("’", "'")
        if kind == "number":
            norm = norm.replace(",", "").replace("，", "")
        stem = singular(norm) if kind == "latin" else norm
        start, end = places[match.start()], places[match.end() - 1] + 1
        tokens.append(Token(text[start:end], norm, stem, start, end, kind))  # type: ignore[arg-type]
    return tuple(tokens)


def fold(text: str) -> str:
    """Full-width letters and digits to plain ones."""
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """English noun without its plural ending; short words stay."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def name_key(text: str) -> str:
    """How a name is looked up: its letters and digits without case, width, spaces and marks."""
    if not _TRICKY.search(text):  # most names: the same as by tokens, many times faster
        return _MARKS.sub("", text.casefold() if text.isascii() else fold(text).casefold())
    return "".join(token.norm for token in tokenise(text) if token.kind != "mark")


@lru_cache(maxsize=65536)
def term_key(text: str) -> str:
    """How a word of the vocabulary is looked up: like a name, without English plurals."""
    return "".join(token.stem for token in tokenise(text) if token.kind != "mark")


def has_han(text: str) -> bool:
    """Whether any Han character is there."""
    return not text.isascii() and bool(_HAN.search(text))
