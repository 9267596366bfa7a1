"""Function words: cues that say what is asked for, and stop words that say nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from agent.parsing.language.text import has_han, name_key, term_key

_HERE = Path(__file__).parent
DENIALS = ("没", "没有", "未", "尚未", "还没", "还没有", "还未", "仍未", "并未", "仍没")


@cache
def cues() -> dict[str, tuple[str, ...]]:
    """Kinds of cue by normalised phrase."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind, phrases in _load("lexicon.yaml").items():
        for phrase in (*phrases.get("en", ()), *phrases.get("zh", ())):
            key = term_key(str(phrase))
            if kind not in found[key]:
                found[key].append(kind)
    for phrase, kind in (*_with_measure_words(), *_unclosed(found)):
        found[phrase] = found.get(phrase) or [kind]
    for phrase in _load("stopwords.yaml")["zh"]:
        if len(str(phrase)) > 1:  # Han characters are single tokens: a word of several is found as a phrase
            found[term_key(str(phrase))] = found.get(term_key(str(phrase))) or ["filler"]
    return {key: tuple(kinds) for key, kinds in found.items()}


def said_within(word: str) -> set[str]:
    """What the words that a longer Chinese word begins with ask for: 成交 in 成交价."""
    return {kind for size in range(2, len(word)) if has_han(word) for kind in cues().get(term_key(word[:size]), ())}


def _with_measure_words() -> Iterator[tuple[str, str]]:
    """Function words that are made with a measure word, such as 哪张 and 一场都没有, with their kinds."""
    made = _load("measures.yaml")
    for kind, patterns in made["patterns"].items():
        for pattern in patterns:
            for word in made["words"]:
                counted = kind == "count" and word in made["distinct"]
                yield pattern.replace("_", word), "distinct" if counted else kind


@cache
def measure_words() -> frozenset[str]:
    """Measure words by which records are counted."""
    return frozenset(_load("measures.yaml")["words"])


def _unclosed(found: dict[str, list[str]]) -> list[tuple[str, str]]:
    """As in 还没跟完, 尚未落定: what is not closed is open."""
    ends = (["closed"], ["closed", "resolved"])
    closed = [phrase for phrase, kinds in found.items() if kinds in ends and has_han(phrase) and len(phrase) > 1 and phrase[0] not in "已有"]
    return [(denial + phrase, "open") for phrase in closed for denial in DENIALS]


@cache
def verbs() -> dict[str, frozenset[str]]:
    """Verbs that add nothing to the kind of record that they are used of, by kinds of record."""
    return {entity: frozenset(words) for entity, words in _load("verbs.yaml").items()}


@cache
def function_words() -> tuple[str, ...]:
    """Single Latin function words of some length, to recognise misspelt ones by."""
    return tuple(key for key in (*cues(), *stopwords()) if key.isascii() and key.isalpha() and 5 <= len(key) <= 12)


@cache
def function_words_by_letters() -> dict[str, str]:
    """For the letters of a function word in order the first word of them: "cretaed" has those of "created"."""
    return {"".join(sorted(word)): word for word in reversed(function_words())}


@cache
def stopwords() -> frozenset[str]:
    """Normalised stop words of both languages."""
    return frozenset(term_key(str(word)) for words in _load("stopwords.yaml").values() for word in words)


@cache
def glossary() -> dict[str, frozenset[str]]:
    """Words of the field that mean the same, in both languages, by the normalised form of each."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in _load("glossary.yaml"):
        for word in line:
            found[name_key(str(word))] |= {str(other) for other in line}
    return {key: frozenset(words) for key, words in found.items()}


@cache
def synonyms() -> dict[str, dict[str, Any]]:
    """Further words for entities, fields and measures of the shipped model, by key, then by language."""
    found: dict[str, dict[str, Any]] = _load("synonyms.yaml")
    return found


@cache
def currencies() -> dict[str, str]:
    """ISO codes of currencies by their normalised words, and by their marks as they are."""
    found: dict[str, str] = {}
    for code, words in _load("currencies.yaml").items():
        found |= {str(mark): code for mark in words.get("marks", ())}
        found |= {term_key(str(word)): code for word in (*words["en"], *words["zh"])}
    return found


@cache
def english_function_words() -> frozenset[str]:
    """Latin words that show that a question is asked in English."""
    phrases = [str(phrase) for entry in _load("lexicon.yaml").values() for phrase in entry.get("en", ())]
    words = {word for phrase in phrases for word in phrase.split()} | {str(word) for word in _load("stopwords.yaml")["en"]}
    return frozenset(word.casefold() for word in words)


@cache
def neutral_words() -> frozenset[str]:
    """Words that only tie together what stands around them, where nothing of the store is meant by them."""
    return frozenset(str(word) for words in _load("neutral_words.yaml").values() for word in words)


def _load(name: str) -> Any:  # noqa: ANN401 - as YAML has it
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((_HERE / name).read_text("utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders
