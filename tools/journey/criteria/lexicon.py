"""The words of criteria in both languages, from the lists beside this file, with the forms of English verbs. Knows no grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Literal

import yaml

from tools.journey.acts import Act, Side, Status
from tools.journey.criteria.schemas import Deed, Kind, Move
from tools.journey.reading.lexicon import forms

Language = Literal["zh", "en"]
Form = Literal["base", "past", "part", "ing", "noun", "zh", "zh_noun"]
_FOLDER = Path(__file__).parent
_NO_ROLES = {
    "accounts",
    "the floor",
    "office",
    "chair",
    "应付",
    "临床",
    "生产",
    "质量",
    "门店",
    "科室",
    "产线",
    "办公室",
    "仓库",
    "品质",
    "一线",
    "前台",
    "principal",
}
"""Words that name people in a note and things in a criterion."""
_PARTED = frozenset("字章款面单约会职价话费账课")
"""Second halves of Chinese verbs that let an aspect in between: 签过字, 下了单."""
_UNDONE = {"sign", "pay", "answer", "approve", "confirm", "accept"}
HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_DOUBLED = {
    "stop": "stopp",
    "commit": "committ",
    "refer": "referr",
    "swap": "swapp",
    "submit": "submitt",
    "defer": "deferr",
    "quit": "quitt",
    "cancel": "cancell",
}


@dataclass(frozen=True, slots=True)
class DeedWord:
    """What a word for an act means, and its forms. ``said`` holds the canonical ones: base, past and participle in English; verb in Chinese."""

    id: str
    acts: tuple[Deed, ...]
    record: Kind | None
    side: Side | None
    status: Status
    base: str
    past: str
    part: str
    noun: str | None
    zh: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one entry of the lexicon is: its ``kind`` (deed, role, side, or a word that connects) and which."""

    kind: str
    value: str = ""
    form: Form | None = None


@dataclass(slots=True)
class Lexicon:
    """All words by their folded form."""

    deeds: dict[str, DeedWord] = field(default_factory=dict)
    entries: dict[str, list[Meaning]] = field(default_factory=dict)
    gapped: dict[str, list[tuple[tuple[str, ...], Meaning]]] = field(default_factory=dict)
    """Verbs with an object inside ("put the project on hold"), by their first word: what stands behind the object."""
    longest: int = 0
    generic: frozenset[str] = frozenset()
    noun_tails: tuple[str, ...] = ()
    word_ends: tuple[str, ...] = ()
    roles: dict[str, tuple[str, str]] = field(default_factory=dict)
    tiers: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, word: str, meaning: Meaning) -> None:
        """Take one more word in; the same word may mean several things."""
        found = self.entries.setdefault(word.casefold(), [])
        if all((each.kind, each.value) != (meaning.kind, meaning.value) for each in found):
            found.append(meaning)
        self.longest = max(self.longest, len(word))


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    found = Lexicon()
    connecting = _read("connecting.yaml")
    found.generic = frozenset((*connecting.pop("generic")["en"], *_read("connecting.yaml")["generic"]["zh"]))
    too_wide = frozenset(_words(connecting.pop("too_wide")))
    found.noun_tails = tuple(connecting.pop("noun_tails"))
    found.word_ends = tuple(connecting.pop("word_ends"))
    for side, words in connecting.pop("sides").items():
        for word in _words(words):
            found.add(word, Meaning("side", side))
    for tier, words in connecting.pop("tiers").items():
        found.tiers[tier] = (words["en"][0], words["zh"][0])
        for word in _words(words):
            found.add(word, Meaning("tier", tier))
    for role, words in _read("roles.yaml").items():
        found.roles[role] = (words["en"][0], words["zh"][0])
        for word in _words(words):
            found.add(word, Meaning("role", role))
    for kind, words in connecting.items():
        for word in _words(words):
            found.add(word, Meaning(kind, word))
    for word in map("".join, product("一半", "次份个封分笔回趟场遍家张声条件句点", ("", "都", "也"), ("没", "没有", "未", "不"))):
        found.add(word, Meaning("not", word))
    for entry in _read("deeds.yaml"):
        _add_deed(found, entry)
    _add_told(found, too_wide)
    for word, meanings in list(found.entries.items()):
        if len(word) == 2 and word[1] in _PARTED:
            for meaning in (each for each in meanings if each.kind == "deed" and each.form == "zh"):
                for inside in ("过", "了", "完", "好", "上"):
                    found.add(word[0] + inside + word[1], meaning)
    for word, role in _titles():
        if word not in found.entries and word not in _NO_ROLES:
            found.add(word, Meaning("role", role))
    return found


_FORMS: dict[str, Form] = {"b": "base", "s": "base", "d": "past", "n": "part", "g": "ing"}


def _add_told(found: Lexicon, too_wide: frozenset[str]) -> None:
    """The words by which texts tell acts name them in criteria as well, where criteria have no use of their own for them."""
    for act, words in _read("../reading/acts.yaml").items():
        if act == "version":
            continue
        for verb in words.get("en", ()):
            if verb in too_wide:
                continue
            if "…" in verb:
                head, _, rest = verb.partition(" … ")
                for each, form in ({} if head == "told" else forms(head)).items():
                    found.gapped.setdefault(each, []).append((tuple(rest.split()), Meaning("deed", act, _FORMS[form])))
                continue
            for each, form in forms(str(verb)).items():
                if each.casefold() not in found.entries:
                    found.add(each, Meaning("deed", act, _FORMS[form]))
        for noun in words.get("en_nouns", ()):
            if noun.casefold() not in found.entries:
                found.add(noun, Meaning("deed", act, "noun"))
        for word in words.get("zh_nouns", ()):
            if word not in found.entries and word not in too_wide:
                found.add(word, Meaning("deed", act, "zh_noun"))
        for word in words.get("zh", ()):
            if len(word) > 1 and "…" not in word and word not in too_wide and word.casefold() not in found.entries:
                found.add(word, Meaning("deed", act, "zh"))
        for word in words.get("zh_short", ()):
            if word not in found.entries and word not in too_wide:
                found.add(word, Meaning("deed", act, "zh"))


def _titles() -> Iterator[tuple[str, str]]:
    """What texts call people in a role; criteria may call them so as well."""
    for role, words in _read("../reading/roles.yaml")["roles"].items():
        for word in _words(words):
            if len(word) > 2 or (len(word) == 2 and not word.isascii()):
                yield word.casefold(), role


WITHIN: dict[str, tuple[str, ...]] = {
    "finance": ("cfo",),
    "technical": ("cto",),
    "it": ("cio",),
    "operations": ("coo",),
    "marketing": ("cmo",),
    "management": ("ceo", "cfo", "cto", "cio", "coo", "cmo", "board"),
}
"""A department is heard when its head speaks, and management when one of its members does; not the other way about."""


def kinds_in(text: str) -> frozenset[str]:
    """The occasions that words speak of: 拜访, a demo."""
    folded = text.casefold()
    found = lexicon()
    return frozenset(kind for word, kind in _occasions(found) if word in folded)


@cache
def occasion_words() -> dict[str, Kind]:
    """Words of records' own kinds ("On-site visit", 上门拜访) to the kind."""
    return dict(_occasions(lexicon()))


def _occasions(found: Lexicon) -> Iterator[tuple[str, Kind]]:
    for word, meanings in found.entries.items():
        for each in meanings:
            kind = found.deeds[each.value].record if each.kind == "deed" else None
            if kind in ("visit", "meeting", "call", "mail", "demo", "training"):
                yield word, kind


def _read(name: str) -> Any:  # noqa: ANN401 - checked by the functions that take it apart
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((_FOLDER / name).read_text("utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders


def _words(words: dict[str, list[str]]) -> Iterator[str]:
    yield from words.get("en", ())
    yield from words.get("zh", ())


def _add_deed(found: Lexicon, entry: dict[str, Any]) -> None:
    acts = tuple(Act(each) if each in Act.__members__.values() else Move(each) for each in entry["acts"])
    forms = [_forms(word) for word in entry["en"]]
    nouns = entry.get("nouns_en", [])
    deed = DeedWord(
        id=entry["id"],
        acts=acts,
        record=entry.get("kind"),
        side=entry.get("side"),
        status=Status(entry.get("status", "done")),
        base=forms[0][0],
        past=forms[0][2],
        part=forms[0][3],
        noun=nouns[0] if nouns else None,
        zh=entry["zh"][0],
    )
    found.deeds[deed.id] = deed
    names: tuple[Form, ...] = ("base", "base", "past", "part", "ing")
    for form in forms:
        for name, word in zip(names, form, strict=True):
            found.add(word, Meaning("deed", deed.id, name))
    for noun in nouns:
        for word in (noun, _plural(noun)):
            found.add(word, Meaning("deed", deed.id, "noun"))
    if deed.id in _UNDONE:
        for meaning in (Meaning("deed", deed.id, "part"), Meaning("undone", deed.id)):
            found.add(f"un{deed.part}", meaning)
    for word in entry.get("nouns_zh", ()):
        found.add(word, Meaning("deed", deed.id, "zh_noun"))
    for word in entry["zh"]:
        found.add(word, Meaning("deed", deed.id, "zh"))


def _forms(word: str) -> tuple[str, str, str, str, str]:
    """Base, third person, past, participle and -ing of a verb or of a phrase that begins with one."""
    base, *irregular = word.split("/")
    verb, _, rest = base.partition(" ")
    tail = f" {rest}" if rest else ""
    stem = _DOUBLED.get(verb, verb)
    past = irregular[0] if irregular else _past(stem) + tail
    part = irregular[1] if len(irregular) > 1 else past
    third = (
        verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "go")) else "s")
    ) + tail
    ing = (stem[:-1] if stem.endswith("e") and not stem.endswith("ee") else stem) + "ing" + tail
    return base, third, past, part, ing


def _past(stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    return stem[:-1] + "ied" if stem.endswith("y") and stem[-2] not in "aeiou" else stem + "ed"


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")
