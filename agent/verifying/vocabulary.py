"""Closed vocabulary of a rewording: words of the draft, other words for the same things, and words that add nothing. Any other word adds content."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

import yaml

from agent.answer import Language
from agent.verifying.meaning import class_spans

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_PLAIN = re.compile(r"[\s.,;:()\-\u2013\u2014'’\"“”，。；：（）、「」·]")
_ON_RECORD = re.compile(r"\bon (?:record|file)\b", re.IGNORECASE)  # a record that is none: "the best on record" is refused for its "best"
_LONGEST = 12


Terms = Collection[Sequence[str]]


def unknown_words(said: str, template: str, terms: Terms, language: Language) -> list[str]:
    """Words of ``said`` (values taken out) that neither the template nor its terms nor the carriers explain, and any stray sign."""
    covered = [False] * len(said)
    for start, end, _ in class_spans(said):
        covered[start:end] = [True] * (end - start)
    for term in (term for each in terms for term in each):
        for start, end in _spots(term, said):
            covered[start:end] = [True] * (end - start)
    if language == "en":
        named = [term for each in terms if any(_spots(term, template) for term in each) for term in each]
        return _unknown_english(_ON_RECORD.sub(lambda match: " " * len(match.group()), said), " ".join((template, *named)), covered)
    return _unknown_chinese(said, template, covered)


def lost_words(said: str, template: str, terms: Terms, language: Language) -> list[str]:
    """Content words of the template that ``said`` neither repeats nor says with another word for the same thing."""
    left = list(template)
    missing: list[str] = []
    for each in sorted(terms, key=lambda words: -max(map(len, words), default=0)):
        spots = [spot for term in each for spot in _spots(term, "".join(left))]
        spoken = any(_is_spoken(term, said, language) for term in each) or any(_spots(term, said) for term in _wider(each, terms, template))
        if spots and not spoken and not _said_otherwise("".join(left[slice(*spots[0])]), said, terms, language):
            missing.append("".join(left[slice(*spots[0])]))
        for start, end in spots:
            left[start:end] = " " * (end - start)
    for start, end, _ in class_spans("".join(left)):
        left[start:end] = " " * (end - start)
    rest = "".join(left)
    if language == "en":
        known = {_stem(word) for word in carriers("en")} | carriers("en")
        spoken_words = {_stem(word) for word in _WORD.findall(said.lower())}
        return missing + [word for word in _WORD.findall(rest.lower()) if not {word, _stem(word)} & known and _stem(word) not in spoken_words]
    return missing + [part for run in _HAN_RUN.findall(rest) for part in _residue(run) if part not in said]


def _said_otherwise(term: str, said: str, terms: Terms, language: Language) -> bool:
    """Whether what a term says beside words of meaning ("open deals") is said by another word for it ("opportunities that are open")."""
    letters = list(term)
    for start, end, _ in class_spans(term):
        letters[start:end] = " " * (end - start)
    rest = "".join(letters).split()
    known = carriers(language)
    return len(rest) < len(term.split()) + (language == "zh" and "".join(rest) != term) and all(
        part in known or any(part.lower() in each and any(_spots(other, said) for other in each) for each in terms) for part in rest
    )


def _is_spoken(term: str, said: str, language: Language) -> bool:
    if language == "zh":
        return any(_spots(core, said) for core in _cores(term))
    spoken = {_stem(word) for word in _WORD.findall(said.lower())}
    return bool(_spots(term, said)) or {_stem(word) for word in _WORD.findall(term.lower())} <= spoken


def implied_classes(template: str, terms: Terms) -> set[str]:
    """Classes of words that belong to another name of what the template names: a sales cycle is an average."""
    named = [each for each in terms if any(_spots(term, template) for term in each)]
    return {name for each in named for term in each for _, _, name in class_spans(term)} - {"negation", "more", "less", "most", "least"}


def _cores(term: str) -> tuple[str, ...]:
    """A Chinese term may go without the word for sum or number at its end."""
    short = re.sub(r"(?:合计|总额|总计|数量|数)$", "", term)
    return (term, short) if len(short) > 1 else (term,)


def _wider(each: Sequence[str], terms: Terms, template: str) -> list[str]:
    """Words for something that includes this: "wins" for "won deals" says that they are deals."""
    named = [word for word in each if _spots(word, template)]
    own = [word for word in named if not any(word != other and word in other for other in named)]
    return [word for other in terms if other is not each and any(_spots(part, word) for part in own for word in other) for word in other]


def _spots(term: str, text: str) -> list[tuple[int, int]]:
    """Where a term stands in a text, as words of its own."""
    bound = r"\b" if term[:1].isascii() else ""
    return [match.span() for match in re.finditer(f"{bound}{re.escape(term)}{bound}", text, re.IGNORECASE)]


def _residue(run: str) -> list[str]:
    """The parts of a run of Han that are no carriers."""
    return [part for part in "".join(_uncovered(run, set(carriers("zh")), [False] * len(run), mark=True)).split() if part]


@cache
def carriers(language: Language) -> frozenset[str]:
    """Words that add nothing."""
    raw = yaml.safe_load((Path(__file__).parent / "carriers.yaml").read_text("utf-8"))
    return frozenset(raw[language].split())


def _unknown_english(said: str, template: str, covered: list[bool]) -> list[str]:
    known = {_stem(word) for word in _WORD.findall(template.lower())}
    found: list[str] = []
    taken = [_PLAIN.fullmatch(letter) is not None for letter in said]
    for match in _WORD.finditer(said.lower()):
        taken[match.start() : match.end()] = [True] * (match.end() - match.start())
        word = match.group().replace("’", "'").removesuffix("'s")
        if word == "s" and said[match.start() - 1 : match.start()] in ("'", "’"):
            continue
        if not (word in carriers("en") or _stem(word) in known or all(covered[match.start() : match.end()])):
            found.append(word)
    return found + _stray(said, taken, template)


def _unknown_chinese(said: str, template: str, covered: list[bool]) -> list[str]:
    words = set(carriers("zh"))
    for run in _HAN_RUN.findall(template):
        words |= {run[i:j] for i in range(len(run)) for j in range(i + 2, min(len(run), i + _LONGEST) + 1)} | {run}
    found: list[str] = []
    taken = [_PLAIN.fullmatch(letter) is not None for letter in said]
    for match in _HAN_RUN.finditer(said):
        taken[match.start() : match.end()] = [True] * (match.end() - match.start())
        found += _uncovered(match.group(), words, covered[match.start() : match.end()])
    latin = {word.lower() for word in re.findall(r"[A-Za-z]+", template)}
    for match in re.finditer(r"[A-Za-z]+", said):
        if match.group().lower() in latin or all(covered[match.start() : match.end()]):
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    return found + _stray(said, taken, template)


def _uncovered(run: str, words: set[str], covered: list[bool], mark: bool = False) -> list[str]:
    """The least part of a run of Han that no sequence of known words explains; with ``mark``, gaps for what is explained."""
    best: list[tuple[int, list[str]]] = [(0, [])]
    for end in range(1, len(run) + 1):
        cost, parts = best[end - 1]
        options = [(cost, parts) if covered[end - 1] else (cost + 1, [*parts, run[end - 1]])]
        for start in range(max(0, end - _LONGEST), end):
            if run[start:end] in words:
                options.append((best[start][0], [*best[start][1], " "] if mark else best[start][1]))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]


def _stray(said: str, taken: list[bool], template: str) -> list[str]:
    """Signs and letters of other scripts that the template doesn't have."""
    return [letter for letter, known in zip(said, taken, strict=True) if not known and (letter.isalnum() or letter not in template)]


def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if len(word) > 5:
        word = re.sub(r"(?:ees|ee|ing|ed|es)$", "", word)
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
