"""Puts a drawn query into words: a way to ask of its shape, a word for each slot, and what people add or get wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

import yaml

from agent.parsing.language.text import has_han, tokenise
from evals.ranking.naming import Said
from evals.ranking.sampling import Sample

PHRASES = Path(__file__).parent / "phrases.yaml"
PLAINEST = 0.5
FRAMED, MISTYPED, MARKED, SHORTENED = 0.2, 0.08, 0.35, 0.15
SHORTEST_MISTYPED = 6
SILENT = {"the", "of", "is", "are", "there", "all", "me", "do", "we", "have", "in", "for", "with", "的", "是", "了", "个", "有", "在"}


@cache
def phrases() -> dict[str, dict[str, list[str]]]:
    """Ways to ask by shape and language."""
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(PHRASES.read_text("utf-8"))
    return found


def put(sample: Sample, language: Literal["en", "zh"], random: Random) -> tuple[str, int]:
    """One question for the query, and the place of its phrasing among those of its shape."""
    words = {slot: _call(said, language, random) for slot, said in sample.slots.items()}
    glue = " " if language == "en" else ""
    words["where"] = glue.join(_call(said, language, random) for said in sample.conditions)
    words["when"] = _call(sample.when, language, random)
    options = phrases()[sample.shape][language]
    way = random.randrange(len(options))
    question = options[way].format_map(defaultdict(str, words))
    question = re.sub(r"\s+([,:])", r"\1", re.sub(r"\s+", " ", question)).strip(" ，,:")
    if random.random() < SHORTENED:
        question = _shortened(question, random)
    if random.random() < MISTYPED:
        question = _mistyped(question, random)
    if random.random() < FRAMED:
        question = random.choice(phrases()["frames"][language]).format(q=question)
    if random.random() < MARKED:
        question += "?" if language == "en" else "？"
    return (question[:1].upper() + question[1:] if random.random() < 0.5 else question), way


def _call(said: Said, language: Literal["en", "zh"], random: Random) -> str:
    ways = said.of(language)
    return "" if not ways else ways[0] if random.random() < PLAINEST else random.choice(ways)


def _shortened(question: str, random: Random) -> str:
    """Without one of the words that say nothing."""
    silent = [token for token in tokenise(question) if token.kind in {"latin", "han"} and token.stem in SILENT]
    if not silent:
        return question
    token = random.choice(silent)
    return re.sub(r"  +", " ", question[: token.start] + question[token.end :]).strip()


def _mistyped(question: str, random: Random) -> str:
    """Two letters of a longer Latin word changed places, or one of them lost."""
    places = [token for token in tokenise(question) if token.kind == "latin" and token.end - token.start >= SHORTEST_MISTYPED and not has_han(token.text)]
    if not places:
        return question
    token = random.choice(places)
    at = random.randint(token.start + 1, token.end - 2)
    changed = question[at + 1] + question[at] if random.random() < 0.6 else question[at + 1]
    return question[:at] + changed + question[at + 2 :]
