"""Spells out what column names shorten: dt_exp_close is the date of the expected close."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

LEADING = frozenset(("date", "amount", "number", "revenue", "gross profit"))
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATORS = re.compile(r"[\s_.\-/]+")


@cache
def _full() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load((Path(__file__).parent / "spelling" / "abbreviations.yaml").read_text("utf-8"))
    return found


def spelt_out(words: str) -> str:
    """Words in lower case with those in full that are usually shortened; the same text where none is."""
    parts = words.split()
    return " ".join(_full().get(part, part) for part in parts)


def readings(words: str) -> Iterator[str]:
    """How people say a shortened name: in full, and with its kind at the end ("date closed" is the closed date, "revenue estimated" the estimated revenue)."""
    full = spelt_out(words)
    if full != words:
        yield full
    for lead in LEADING:
        if full.startswith(f"{lead} ") and len(full.split()) <= len(lead.split()) + 3:
            yield f"{full[len(lead) + 1 :]} {lead}"


def spoken_names(label: str) -> tuple[str, ...]:
    """What a label such as ``dt_exp_close`` or ``KeyAcct`` is called beside how it is written."""
    words = " ".join(_SEPARATORS.sub(" ", _CAMEL.sub(" ", label)).casefold().split())
    if not words.isascii():
        return ()
    return tuple(dict.fromkeys(name for name in (words, *readings(words)) if name != label.casefold()))
