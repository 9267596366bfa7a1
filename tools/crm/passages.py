"""Cuts texts into passages and takes from each its gist: what is said, without the names and numbers that it is said of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

HAN = r"\u3400-\u9fff"
SENTENCE_END = re.compile(r"(?<=[。！？!?；\n])\s*|(?<=[.])\s+(?=\S)")
WORD = re.compile(rf"[^\W\d_{HAN}]{{2,}}")
HAN_CHARACTER = re.compile(rf"[{HAN}]")
ADDRESS = re.compile(r"\S+@\S+|\w+://\S+|www\.\S+")
NUMBER = re.compile(r"(?<![A-Za-z\d])[+-]?\d[\d.,:/%-]*(?![A-Za-z\d])")
TERM = re.compile(rf"[A-Za-z0-9\u00c0-\u024f]+(?:[-./+'_][A-Za-z0-9\u00c0-\u024f]+)*|[{HAN}]+")

HAN_PER_WORD = 2
PROSE_WORDS, TITLE_WORDS = 3.0, 1.5
PASSAGE_WORDS = 3.0
PASSAGE_LENGTH = 400
SHORTEST_LATIN_NAME = 4
SHORTEST_HAN_NAME = 3
HEAD = 3


def word_weight(text: str) -> float:
    """How many words a text has; two Han characters count as one word, numbers and addresses as none."""
    plain = ADDRESS.sub(" ", text)
    return len(WORD.findall(plain)) + len(HAN_CHARACTER.findall(plain)) / HAN_PER_WORD


def is_prose(values: Iterable[str], title: bool = False) -> bool:
    """Whether a field holds things said rather than names, codes or labels, judged by a sample of what it holds.

    It does when it has three words on average; half of that will do for a ``title`` (a subject, a headline). A single
    value needs no judgement of what varies: an almost empty store is searched as well.
    """
    held = list(values)
    return bool(held) and sum(map(word_weight, held)) / len(held) >= (TITLE_WORDS if title else PROSE_WORDS)


@lru_cache(maxsize=4096)
def passages(text: str) -> tuple[str, ...]:
    """The sentences of a text in their order. One that is too short to say anything alone goes with its neighbour."""
    cut = [piece for sentence in SENTENCE_END.split(text) if sentence.strip() for piece in _pieces(sentence.strip())]
    joined: list[str] = []
    carried = ""
    for piece in cut:
        carried = f"{carried} {piece}" if carried else piece
        if word_weight(carried) >= PASSAGE_WORDS:
            joined.append(carried)
            carried = ""
    if carried and joined:
        joined[-1] = f"{joined[-1]} {carried}"
    elif carried:
        joined.append(carried)
    return tuple(joined)


def _pieces(sentence: str) -> Iterable[str]:
    while len(sentence) > PASSAGE_LENGTH:
        at = max(sentence.rfind(mark, PASSAGE_LENGTH // 2, PASSAGE_LENGTH) for mark in " ，,、;；")
        at = at + 1 if at > 0 else PASSAGE_LENGTH
        yield sentence[:at].strip()
        sentence = sentence[at:].strip()
    if sentence:
        yield sentence


class Names:
    """The names of a store, to be looked past: two notes say the same when they differ only in who they speak of.

    Names are found exactly as they are written; whoever looks for one finds it by its letters, not by meaning.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Names too short to be told from words are left out."""
        self._by_head: dict[str, list[str]] = {}
        for name in sorted({each.strip() for each in names}, key=lambda each: (-len(each), each)):
            if len(name) >= (SHORTEST_HAN_NAME if HAN_CHARACTER.search(name) else SHORTEST_LATIN_NAME):
                self._by_head.setdefault(name[:HEAD], []).append(name)

    def without(self, text: str) -> str:
        """The text with a gap where each name stood."""
        kept: list[str] = []
        at, since = 0, 0
        while at < len(text):
            name = self._at(text, at)
            if name is None:
                at += 1
                continue
            kept.append(text[since:at])
            at = since = at + len(name)
        return " ".join([*kept, text[since:]])

    def _at(self, text: str, at: int) -> str | None:
        for name in self._by_head.get(text[at : at + HEAD], ()):
            if text.startswith(name, at) and not _inside_word(text, at, at + len(name)):
                return name
        return None


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether cutting here would cut a Latin word."""
    before, first, last, after = text[start - 1 : start], text[start], text[end - 1], text[end : end + 1]
    return (_latin(before) and _latin(first)) or (_latin(last) and _latin(after))


def _latin(character: str) -> bool:
    return character.isalnum() and not HAN_CHARACTER.match(character)


def gist(passage: str, names: Names) -> str:
    """What a passage says, without names, numbers and addresses."""
    plain = NUMBER.sub(" ", ADDRESS.sub(" ", names.without(passage)))
    return " ".join(plain.split())


def is_telling(said: str) -> bool:
    """Whether a gist says enough to be told by its meaning. Two words lie near to anything that shares one of them: those are found by their letters."""
    return word_weight(said) >= PASSAGE_WORDS


def digest(said: str) -> str:
    """The id of a gist; as good as random, so that the smallest ids of an index are a random sample of it."""
    return blake2b(said.encode(), digest_size=16).hexdigest()


def terms(text: str) -> tuple[str, ...]:
    """The words of a text that can be looked for letter by letter; an English plural is looked for by its stem."""
    found = []
    for each in TERM.findall(text.lower()):
        plural = len(each) > SHORTEST_LATIN_NAME and each.endswith("s") and not each.endswith("ss") and each.isascii() and each.isalpha()
        stem = each[:-1] if plural else each
        if len(stem) > 1:
            found.append(stem)
    return tuple(dict.fromkeys(found))


def pattern_of(term: str) -> re.Pattern[str]:
    """Finds a term as a whole word, with an English ending if it has one: “ai” is not found in “maintain” or “aim”."""
    if not term[0].isascii():
        return re.compile(re.escape(term), re.IGNORECASE)
    return re.compile(rf"(?<![a-z0-9]){re.escape(term)}(?:s|es|d|ed|ing|'s)?(?![a-z0-9])", re.IGNORECASE)
