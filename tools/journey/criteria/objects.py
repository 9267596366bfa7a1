"""Whether what a criterion names and what an event was about are the same thing, across wordings and languages. Knows no acts and no records.

A phrase is taken apart into words (Latin stems, Chinese words); each word of the criterion must be found among those of the event, and the
event must not be about something further ("POC agreement" is not the POC report). Words agree when they are the same, when the list of the
trade says so, or when the dictionary translates one into the other. What people asked or talked about, which is said in many ways, may
also be near in meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from tools.journey.criteria.lexicon import HAN, lexicon
from tools.journey.criteria.linking import fold
from tools.journey.criteria.times import number

if TYPE_CHECKING:
    from tools.crm.ports import Dictionary, Embedder

NEAR_IN_MEANING = 0.72
"""Cosine similarity of two topics' sentence vectors from which they are taken for one; chosen on pairs of topics, see evals/journey_rules."""
_PARTS = re.compile(r"\s*(?:,|;|、|，|；|\band\b|&|以及|和|及|与|\+)\s*")
_NUMBERED = re.compile("第?([一二三四五六七八九十]{1,3})(?=[号期批条台次])")
_LATIN = re.compile(r"[a-z]+[a-z0-9.\-/]*|[0-9]+(?:\.[0-9]+)?[a-z]*")
_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "on",
        "about",
        "to",
        "in",
        "with",
        "and",
        "or",
        "our",
        "their",
        "its",
        "your",
        "my",
        "this",
        "that",
        "by",
        "from",
        "at",
        "as",
        "is",
        "are",
        "be",
        "was",
        "regarding",
        "concerning",
        "over",
        "against",
        "的",
        "了",
        "对",
        "关于",
        "就",
        "于",
        "号",
        "个",
        "份",
        "台",
        "套",
        "张",
        "批",
        "条",
        "家",
        "名",
        "笔",
        "期",
        "no",
        "第",
    ]
)
_SUFFIXES = (
    "ization",
    "isation",
    "ations",
    "ation",
    "ments",
    "ment",
    "ency",
    "ance",
    "ence",
    "ings",
    "ing",
    "ions",
    "ion",
    "ies",
    "ed",
    "es",
    "al",
    "er",
    "or",
    "ity",
    "ly",
    "e",
    "s",
    "y",
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase with the keys under which it may agree with another."""

    text: str
    keys: frozenset[str]
    generic: bool


class Objects:
    """Compares phrases; what it found out about a pair it keeps."""

    def __init__(
        self,
        dictionary: Dictionary | None = None,
        embedder: Embedder | None = None,
        taught: Mapping[str, str] | None = None,
    ) -> None:
        """``taught``: words of the company with what they mean ("POC paper" → "POC agreement")."""
        self.dictionary, self.embedder = dictionary, embedder
        self.taught = tuple(sorted(((fold(word), fold(means)) for word, means in (taught or {}).items()), key=lambda each: -len(each[0])))
        self._words: Callable[[str], tuple[Word, ...]] = lru_cache(maxsize=65536)(self._split)
        self._pairs: dict[tuple[str, str, str, bool], bool] = {}

    def same(self, asked: str, found: str, context: str = "", *, topic: bool = False) -> bool:
        """Whether an event about ``found``, in a record headed ``context``, is about what was ``asked``.

        ``topic``: it is something talked about, not a paper or thing.
        """
        key = (asked, found, context, topic)
        if key not in self._pairs:
            self._pairs[key] = self._same(self._plain(asked), self._plain(found), self._plain(context), topic=topic)
        return self._pairs[key]

    def any(self, asked: Sequence[str], found: str, context: str = "", *, topic: bool = False) -> bool:
        """Whether it is about one of several things; about anything where none is asked for."""
        return not asked or any(self.same(each, found, context, topic=topic) for each in asked)

    def _plain(self, text: str) -> str:
        text = _NUMBERED.sub(lambda match: f" {number(match[1])} ", fold(text))
        for word, means in self.taught:
            if word in text and means not in text:
                text = text.replace(word, f" {means} ")
        return text

    def _same(self, asked: str, found: str, context: str, *, topic: bool) -> bool:
        wanted = self._words(asked)
        solid = [word for word in wanted if not word.generic] or list(wanted)
        if not solid:
            return True
        heads = self._words(context)
        for part in _PARTS.split(found):
            if self._covers(solid, part, heads, topic=topic):
                return True
        if _PARTS.search(found) and self._covers(solid, found, heads, topic=topic):
            return True
        return topic and bool(found) and self._near(asked, found)

    def _covers(self, solid: Sequence[Word], part: str, heads: Sequence[Word], *, topic: bool) -> bool:
        words = self._words(part)
        own = [word for word in words if not word.generic]
        missing, near = [], 0
        for each in solid:
            if any(_agree(each, word) for word in words):
                continue
            if any(_close(each, word) for word in words):
                near += 1
            else:
                missing.append(each)
        if near and near + len(missing) == len(solid):
            return False
        if not missing:
            return topic or near + self._foreign(solid, own) == near or self._head_agrees(solid, part)
        fragment = all(any(_agree(each, word) or _close(each, word) for each in solid) for word in own)
        completed = all(any(_agree(each, word) for word in heads) for each in missing)
        return fragment and completed and len(missing) < len(solid) + (not own)

    def _foreign(self, solid: Sequence[Word], own: Sequence[Word]) -> int:
        return sum(not any(_agree(each, word) or _close(each, word) for each in solid) for word in own)

    def _head_agrees(self, solid: Sequence[Word], part: str) -> bool:
        """The noun that the phrase is a kind of: in Chinese the last word, in English the last before "of" or "for", unless that says nothing ("copy of …")."""
        head_words: Sequence[Word] = ()
        for piece in re.split(r"\b(?:of|for|on|about|to|in|with|regarding|from)\b", part):
            head_words = [word for word in self._words(piece) if not word.generic]
            if head_words:
                break
        return not head_words or any(_agree(each, head_words[-1]) or _close(each, head_words[-1]) for each in solid)

    def _near(self, asked: str, found: str) -> bool:
        if self.embedder is None:
            return False
        vectors = self.embedder.embed([asked, found])
        return float(vectors[0] @ vectors[1]) >= NEAR_IN_MEANING

    def _split(self, text: str) -> tuple[Word, ...]:
        found: list[Word] = []
        at, concepts = 0, _concepts()
        while at < len(text):
            end = next(
                (stop for stop in range(min(len(text), at + concepts.longest), at, -1) if text[at:stop] in concepts.of and _bounded(text, at, stop)), None
            )
            if end is not None:
                found.append(Word(text[at:end], frozenset({*concepts.of[text[at:end]], _stem(text[at:end])}), text[at:end] in lexicon().generic))
                at = end
            elif HAN.match(text[at]):
                end = self._han_end(text, at)
                word = text[at:end]
                if word not in _STOP:
                    found.append(Word(word, frozenset({word, *self._meanings(word)}), word in lexicon().generic))
                at = end
            elif (match := _LATIN.match(text, at)) is not None:
                for word in re.split(r"[-/]", match[0].strip(".-/")):
                    if word and word not in _STOP:
                        found.append(
                            Word(word, frozenset({*concepts.of.get(word, ()), _stem(word)}), word in lexicon().generic or _singular(word) in lexicon().generic)
                        )
                at = match.end()
            else:
                at += 1
        return tuple(found)

    def _han_end(self, text: str, at: int) -> int:
        generic = lexicon().generic
        for end in range(min(len(text), at + 6), at + 1, -1):
            word = text[at:end]
            if word in generic or (self.dictionary is not None and self.dictionary.glosses(word)):
                return end
        return at + 1

    def _meanings(self, word: str) -> frozenset[str]:
        if self.dictionary is None or len(word) < 2:
            return frozenset()
        stems = set()
        for gloss in self.dictionary.glosses(word):
            words = [each for each in re.findall(r"[a-z]+", gloss.lower()) if each not in _STOP]
            if len(words) == 1 and len(words[0]) > 2:
                stems.add(_stem(words[0]))
        return frozenset(stems)


def _agree(one: Word, other: Word) -> bool:
    return not one.keys.isdisjoint(other.keys)


def _close(one: Word, other: Word) -> bool:
    near = _concepts().near
    return any((a, b) in near for a in one.keys for b in other.keys if a[0] == "#" == b[0])


@dataclass(frozen=True, slots=True)
class _Concepts:
    of: dict[str, frozenset[str]]
    near: frozenset[tuple[str, str]]
    longest: int


@cache
def _concepts() -> _Concepts:
    content = yaml.safe_load((Path(__file__).parent / "objects.yaml").read_text("utf-8"))
    found: dict[str, set[str]] = {}
    for place, words in enumerate(content["same"]):
        for word in words:
            for form in {fold(word), _plural(fold(word))}:
                found.setdefault(form, set()).add(f"#{place}")
    near = set()
    for group in content["near"]:
        for one in group:
            for other in group:
                near |= {(a, b) for a in found[one] for b in found[other] if one != other}
    return _Concepts({word: frozenset(keys) for word, keys in found.items()}, frozenset(near), max(map(len, found)))


def _plural(word: str) -> str:
    return word + "s" if word.isascii() and not word.endswith("s") else word


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") else word


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """A short stem: "residency", "reside" and "residence" are one. Words of fewer than five letters stay."""
    word = word.strip()
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def _bounded(text: str, start: int, end: int) -> bool:
    """Latin words whole, a hyphen parts them."""
    before = start > 0 and text[start - 1].isascii() and text[start - 1].isalnum() and text[start].isascii()
    behind = end < len(text) and text[end].isascii() and text[end].isalnum() and text[end - 1].isascii()
    return not before and not behind
