"""The words that reading rests on, compiled for looking up: acts in all their forms, cues, roles. Knows no sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Tags = dict[str, str]
"""What a word may be: the tag, and what it says within it (the act of a verb, the role of a title, the word of a cue)."""

FIXED = frozenset({"said yes", "said no", "wrote back"})
"""Given in the one form in which they mean the act."""
VOWELS = "aeiou"
FOLDER = Path(__file__).parent


@dataclass(slots=True)
class Lexicon:
    """``han`` and ``latin`` give the entries by their first character or word, longest first; ``gapped`` phrasal verbs with an object inside."""

    version: int
    han: dict[str, list[tuple[str, Tags]]] = field(default_factory=dict)
    latin: dict[str, list[tuple[tuple[str, ...], Tags]]] = field(default_factory=dict)
    gapped: dict[str, list[tuple[tuple[str, ...], str, str]]] = field(default_factory=dict)
    near: dict[str, str] = field(default_factory=dict)
    surnames: frozenset[str] = frozenset()
    titles: dict[str, str | None] = field(default_factory=dict)


def forms(verb: str) -> dict[str, str]:
    """The forms of an English verb: b base, s third person, d past (or past and participle), n participle, g gerund.

    Irregular ones are given as ``base/past/participle``; in a phrase the first word is inflected.
    """
    head, _, rest = verb.partition(" ")
    base, *irregular = head.split("/")
    tail = f" {rest}" if rest else ""
    if base == "be":
        return {tail.strip(): "d"}
    if base in IRREGULAR and not irregular:
        irregular = list(IRREGULAR[base])
    past, participle = (irregular[0], irregular[-1]) if irregular else (_suffixed(base, "ed"), "")
    found = {base + tail: "b", _suffixed(base, "s") + tail: "s", _suffixed(base, "ing") + tail: "g"}
    found.setdefault(past + tail, "d")
    if participle and participle != past:
        found.setdefault(participle + tail, "n")
    return found


IRREGULAR = {
    "go": ("went", "gone"), "get": ("got", "gotten"), "put": ("put", "put"), "take": ("took", "taken"), "come": ("came", "come"), "give": ("gave", "given"),
    "sit": ("sat", "sat"), "fit": ("fitted", "fitted"), "drop": ("dropped", "dropped"), "break": ("broke", "broken"), "set": ("set", "set"), "run": ("ran", "run"), "hold": ("held", "held"),
    "step": ("stepped", "stepped"), "cut": ("cut", "cut"), "bring": ("brought", "brought"), "write": ("wrote", "written"), "know": ("knew", "known"),
    "stop": ("stopped", "stopped"), "wrap": ("wrapped", "wrapped"), "ship": ("shipped", "shipped"), "refer": ("referred", "referred"), "withdraw": ("withdrew", "withdrawn"),
    "hand": ("handed", "handed"), "do": ("did", "done"), "nod": ("nodded", "nodded"), "defer": ("deferred", "deferred"), "commit": ("committed", "committed"),
    "submit": ("submitted", "submitted"), "annul": ("annulled", "annulled"), "slip": ("slipped", "slipped"), "scrap": ("scrapped", "scrapped"), "swap": ("swapped", "swapped"),
    "pin": ("pinned", "pinned"), "top": ("topped", "topped"), "opt": ("opted", "opted"), "quit": ("quit", "quit"), "vet": ("vetted", "vetted"), "mail": ("mailed", "mailed"),
    "seal": ("sealed", "sealed"), "rubber-stamp": ("rubber-stamped", "rubber-stamped"), "begin": ("began", "begun"), "transfer": ("transferred", "transferred"), "beg": ("begged", "begged"),
    "have": ("had", "had"), "cancel": ("cancelled", "cancelled"), "nail": ("nailed", "nailed"), "beta-test": ("beta-tested", "beta-tested"), "make": ("made", "made"),
    "sample": ("sampled", "sampled"), "leave": ("left", "left"), "send": ("sent", "sent"), "pay": ("paid", "paid"), "buy": ("bought", "bought"), "freeze": ("froze", "frozen"),
}  # fmt: skip
DOUBLED = {base: base + base[-1] for base in (
    "put", "get", "set", "cut", "run", "drop", "stop", "ship", "wrap", "step", "refer", "defer", "submit", "commit", "slip", "scrap", "swap", "pin", "top", "opt", "quit", "vet",
    "beg", "begin", "cancel", "transfer", "nod", "annul", "sit", "fit",
)} | {"opt": "opt"}  # fmt: skip


def _suffixed(base: str, ending: str) -> str:
    if ending == "s":
        if base.endswith(("s", "x", "ch", "sh", "z", "o")):
            return base + "es"
        return base[:-1] + "ies" if base.endswith("y") and base[-2] not in VOWELS else base + "s"
    if ending == "ing":
        if base in DOUBLED:
            return DOUBLED[base] + "ing"
        return base[:-1] + "ing" if base.endswith("e") and not base.endswith("ee") else base + "ing"
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if base.endswith("y") and base[-2] not in VOWELS else base + "ed"


@cache
def load_lexicon() -> Lexicon:
    """The shipped lexicon; read once a process."""
    acts, cues, roles = (_read(name) for name in ("acts", "cues", "roles"))
    lexicon = Lexicon(version=int(acts["version"]) * 10000 + int(cues["version"]) * 100 + int(roles["version"]))
    for tag, words in cues.items():
        if tag != "version":
            _add_cue(lexicon, tag, words)
    for role, words in roles["roles"].items():
        for word in words["zh"]:
            _add_han(lexicon, word.lower(), {"ROLE": role})
        for word in words["en"]:
            _add_latin(lexicon, word, {"ROLE": role})
            if word.isascii() and not word.endswith("s") and len(word) > 4:
                _add_latin(lexicon, word + "s", {"ROLE": role})
    for rank in roles["ranks"]["zh"]:
        _add_han(lexicon, rank, {"RANK": rank})
    for rank in roles["ranks"]["en"]:
        _add_latin(lexicon, rank, {"RANK": rank})
    for act, words in acts.items():
        if act != "version":
            _add_act(lexicon, act, words)
    for word in _read("nouns")["plain"]:
        if all(known != word for known, _ in lexicon.han.get(word[0], ())):
            lexicon.han.setdefault(word[0], []).append((word, {}))
    lexicon.surnames, lexicon.titles = frozenset(roles["surnames"]), dict(roles["surname_titles"])
    for entries in lexicon.han.values():
        entries.sort(key=lambda each: -len(each[0]))
    for phrases in lexicon.latin.values():
        phrases.sort(key=lambda each: -len(each[0]))
    _add_near(lexicon)
    return lexicon


def _read(name: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), loader)  # noqa: S506 - a safe loader, in C where there is one
    return found


def _add_cue(lexicon: Lexicon, tag: str, words: dict[str, list[Any]]) -> None:
    for word in words.get("zh", ()):
        _add_han(lexicon, str(word), {tag: str(word)})
    for word in words.get("en", ()):
        text = ("on" if word else "no") if isinstance(word, bool) else str(word)  # YAML reads these words as flags
        _add_latin(lexicon, text, {tag: text})


def _add_act(lexicon: Lexicon, act: str, words: dict[str, list[str]]) -> None:
    for verb in words.get("en", ()):
        if "…" in verb:
            head, _, rest = verb.partition(" … ")
            fixed = head.startswith("told")
            for each, form in ({head: "d"} if fixed else forms(head)).items():
                lexicon.gapped.setdefault(each, []).append((tuple(rest.split()), act, form))
            continue
        if verb in FIXED:
            _add_latin(lexicon, verb, {"V": act, "FORM": "d"})
            continue
        for each, form in forms(str(verb)).items():
            _add_latin(lexicon, each, {"V": act, "FORM": form})
    for verb in words.get("en_papers", ()):
        for each, form in forms(verb).items():
            _add_latin(lexicon, each, {"V": act, "FORM": form, "PAPER": "1"})
    for verb in words.get("en_money", ()):
        for each, form in forms(verb).items():
            _add_latin(lexicon, each, {"V": act, "FORM": form, "MONEY": "1"})
    for noun in words.get("en_nouns", ()):
        _add_latin(lexicon, noun, {"N": act})
    for word in words.get("zh", ()):
        if "…" not in word:
            _add_han(lexicon, word, {"V": act, "FORM": "z"})
    for word in words.get("zh_short", ()):
        _add_han(lexicon, word, {"V": act, "FORM": "z", "SHORT": "1"})
    for word in words.get("zh_nouns", ()):
        _add_han(lexicon, word, {"N": act})


def _add_han(lexicon: Lexicon, word: str, tags: Tags) -> None:
    entries = lexicon.han.setdefault(word[0], [])
    for known, held in entries:
        if known == word:
            for tag, value in tags.items():
                held.setdefault(tag, value)
            return
    entries.append((word, dict(tags)))


def _add_latin(lexicon: Lexicon, phrase: str, tags: Tags) -> None:
    words = tuple(phrase.split())
    entries = lexicon.latin.setdefault(words[0], [])
    for known, held in entries:
        if known == words:
            for tag, value in tags.items():
                held.setdefault(tag, value)
            return
    entries.append((words, dict(tags)))


def _add_near(lexicon: Lexicon) -> None:
    """Words of seven letters and more are found with one letter left out, doubled or swapped."""
    known = set(lexicon.latin)
    for word in sorted(known):
        tags = next((held for words, held in lexicon.latin[word] if len(words) == 1), None)
        if tags is None or "V" not in tags or len(word) < 7 or not word.isalpha():
            continue
        slips = {word[:at] + word[at + 1 :] for at in range(1, len(word))}
        slips |= {word[:at] + word[at] + word[at:] for at in range(1, len(word))}
        slips |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)}
        for slip in slips - known:
            lexicon.near.setdefault(slip, word)
