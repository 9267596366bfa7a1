"""The words by which columns and people say the same event or amount, and the places of such words in a question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from agent.parsing.language.text import Token, tokenise
from tools.crm.semantic.abbreviations import spelt_out

LONGEST = 6
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "concepts.yaml").read_text("utf-8"))
    return found


@cache
def phrases() -> dict[str, frozenset[str]]:
    """Kinds of word by normalised phrase: ``event:pay``, ``amount:cost``, ``planned``."""
    found: dict[str, set[str]] = defaultdict(set)
    for group, kind in (("events", "event"), ("amounts", "amount")):
        for name, words in _words()[group].items():
            for phrase in (*words["en"], *words["zh"]):
                found[_key(str(phrase))].add(f"{kind}:{name}")
    for role, words in _words().items():
        if role not in {"events", "amounts", "near"}:
            for phrase in (*words.get("en", ()), *words.get("zh", ())):
                found[_key(str(phrase))].add(role)
    return {key: frozenset(kinds) for key, kinds in found.items()}


@cache
def near_events() -> tuple[frozenset[str], ...]:
    """Events of which one stands in for the other."""
    return tuple(frozenset(group) for group in _words()["near"])


def _key(phrase: str) -> str:
    return "".join(token.norm for token in tokenise(phrase))


def kinds_at(tokens: Sequence[Token], start: int) -> list[tuple[int, frozenset[str]]]:
    """The phrases that begin at a token, longest first: where each ends, and what it is."""
    found, key = [], ""
    for end in range(start, min(start + LONGEST, len(tokens))):
        key += tokens[end].norm
        kinds = phrases().get(key)
        if kinds:
            found.append((end + 1, kinds))
    return found[::-1]


def _of_label(label: str) -> tuple[Token, ...]:
    """The words of a header, in full and apart: dt_inv_due, BuyRate."""
    spaced = _CAMEL.sub(" ", label.replace("_", " "))
    return tokenise(spelt_out(" ".join(spaced.split()).casefold()))


@cache
def concepts(label: str, kind: str) -> frozenset[str]:
    """The events or amounts that a header names; with ``role`` whether it is planned or actual."""
    tokens = _of_label(label)
    found: set[str] = set()
    at = 0
    while at < len(tokens):
        here = [
            (end, kinds)
            for end, kinds in kinds_at(tokens, at)
            if any(each.startswith(f"{kind}:") or (kind == "role" and each in {"planned", "actual"}) for each in kinds)
        ]
        if not here:
            at += 1
            continue
        end, kinds = here[0]
        found |= {each.partition(":")[2] or each for each in kinds if each.startswith(f"{kind}:") or (kind == "role" and each in {"planned", "actual"})}
        at = end
    return frozenset(found)


def rest_of(label: str) -> str:
    """What is left of a header without the words for its role and for days: 交房 of 预计交房日."""
    tokens = _of_label(label)
    left: list[str] = []
    at = 0
    while at < len(tokens):
        skip = next((end for end, kinds in kinds_at(tokens, at) if kinds & {"planned", "actual", "dates"}), None)
        if skip is None:
            left.append(tokens[at].stem if tokens[at].kind != "mark" else "")
        at = skip or at + 1
    return "".join(left)


def says_more(label: str) -> bool:
    """Whether a header has words beside those for its amount: 批复 of 批复预算."""
    tokens = [token for token in _of_label(label.split("(")[0]) if token.kind != "mark"]
    at = 0
    while at < len(tokens):
        end = next((end for end, kinds in kinds_at(tokens, at) if any(each.startswith("amount:") or each == "weak" for each in kinds)), None)
        if end is None:
            return True
        at = end
    return False


__all__ = ["concepts", "kinds_at", "near_events", "phrases", "rest_of", "says_more"]
