"""Cuts a text into tokens that carry what each word may be. Knows words and names, and no grammar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tools.journey.reading.dates import DATE, Day, read_day
from tools.journey.reading.lexicon import Lexicon, Tags, load_lexicon
from tools.journey.reading.script import SIMPLER

WORD = re.compile(r"[a-z\u00c0-\u024f][a-z0-9\u00c0-\u024f]*(?:['&-][a-z0-9\u00c0-\u024f]+)*|\d+(?:[.,:%/]\d+)*%?")
HAN = re.compile(r"[\u3400-\u9fff]")
ADDRESS = re.compile(r"\S+@\S+|\w+://\S+|www\.\S+")
ENDS = frozenset("。！？!?；;\n\r")
PAUSES = frozenset('，,：:—()（）[]【】“”"…|')
AFTER_TOTAL = frozenset("部价额量计共体结数是算的会装包线")
NOTHING: Tags = {}
SENTENCE_TAIL = re.compile(r"\.(?=\s|$)")
ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|no|vs|approx|dept|inc|ltd|co|corp|fig|st|sr|jr|e\.g|i\.e|etc|incl|ca|min|max|rev|attn|est|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|wed|thu|fri))$"
)


@dataclass(slots=True)
class Token:
    """One word, date, name or mark, from ``start`` to ``end``. ``tags`` is shared with the lexicon and never changed."""

    tags: Tags
    start: int
    end: int
    word: str
    latin: bool = False
    day: Day | None = None

    def has(self, *tags: str) -> bool:
        """Whether the word may be one of these."""
        return bool(self.tags) and not self.tags.keys().isdisjoint(tags)


def simplified(text: str) -> str:
    """The text in lower case, half width and simplified script, character for character: every position stays what it was."""
    lowered = text.lower()
    return (lowered if len(lowered) == len(text) else text).translate(SIMPLER)


@lru_cache(maxsize=4096)
def name_parts(name: str) -> tuple[str, ...]:
    """The ways in which a person is called: the whole name, the given name, the surname of a Latin one."""
    whole = simplified(name).strip()
    if not whole:
        return ()
    if HAN.search(whole):
        return (whole, whole[1:]) if len(whole) == 3 and whole.isalpha() and not whole[1:].isascii() else (whole,)
    words = [word for word in re.split(r"[\s.]+", whole) if len(word) > 1 and word not in {"dr", "mr", "mrs", "ms", "sr", "jr"}]
    return (" ".join(words), *words) if len(words) > 1 else tuple(words)


class Tokens:
    """The tokens of one text. ``names`` gives for every way of calling a person the person's tags."""

    def __init__(self, text: str, names: dict[str, Tags], lexicon: Lexicon | None = None) -> None:
        """Cut the text."""
        self.text = simplified(text)
        self.lexicon = lexicon or load_lexicon()
        self.names = names
        self.heads = {name[0] for name in names if HAN.match(name)}
        self.found: list[Token] = []
        self._cut()

    def _cut(self) -> None:
        text, at, plain = self.text, 0, -1
        length = len(text)
        while at < length:
            character = text[at]
            token = self._token(at, character)
            if token is None:
                if plain < 0:
                    plain = at
                at += 1
                continue
            if plain >= 0:
                self.found.append(Token(NOTHING, plain, at, text[plain:at]))
                plain = -1
            if token.end > token.start and token.word != " ":
                self.found.append(token)
            at = token.end
        if plain >= 0:
            self.found.append(Token(NOTHING, plain, length, text[plain:]))

    def _token(self, at: int, character: str) -> Token | None:
        if character in " \t\u3000\xa0":
            return Token(NOTHING, at, at + 1, " ")
        if character in DAY_BEGINS and (character >= "\u3000" or character.isdigit()):
            dated = self._dated(at)
            if dated is not None:
                return dated
        if character >= "\u3400":
            return self._han(at) if character <= "\u9fff" else Token(_mark(character), at, at + 1, character)
        if character.isalnum():
            return self._latin(at)
        if character == ".":
            return Token(END if self._ends(at) else NOTHING, at, at + 1, ".", True)
        return Token(_mark(character), at, at + 1, character)

    def _dated(self, at: int) -> Token | None:
        match = DATE.match(self.text, at)
        return None if match is None else Token(DATED, at, match.end(), match.group(), self.text[at] < "\u3000", read_day(match))

    def _ends(self, at: int) -> bool:
        after = self.text[at + 1 : at + 2]
        return (not after or after.isspace() or HAN.match(after) is not None) and not ABBREVIATION.search(self.text[max(0, at - 8) : at])

    def _han(self, at: int) -> Token | None:
        text, character = self.text, self.text[at]
        if character in self.heads:
            for name, tags in self.names.items():
                if text.startswith(name, at):
                    return Token(tags, at, at + len(name), name)
        best: tuple[str, Tags] | None = None
        for word, tags in self.lexicon.han.get(character, ()):
            if text.startswith(word, at):
                if "RANK" in tags and len(tags) == 1 and not self._ranked(at):
                    continue
                best = (word, tags)
                break
        if (best is None or len(best[0]) < 3) and (character in self.lexicon.surnames or character in "老小"):
            person = self._person(at)
            if person is not None and (best is None or person.end - person.start > len(best[0])):
                return person
        if best is None:
            return None
        return Token(best[1], at, at + len(best[0]), best[0])

    def _ranked(self, at: int) -> bool:
        """Whether a rank stands right behind a department."""
        last = self.found[-1] if self.found else None
        return last is not None and last.end == at and last.has("ROLE", "RANK", "US", "THEM", "PERSON")

    def _person(self, at: int) -> Token | None:
        """A surname with a title behind it (李总, 谢律师, 张伟经理), or 老王, 小李."""
        text = self.text
        if text[at] in "老小":
            following = text[at + 1 : at + 3]
            if (
                following[:1] in self.lexicon.surnames
                and (not following[1:] or following[1:] not in self.lexicon.surnames or True)
                and following[:1] not in "时程成单向项"
            ):
                return Token({"PERSON": following[:1], "ROLE": ""}, at, at + 2, text[at : at + 2])
            return None
        for given in (0, 1, 2):
            for width in (3, 2, 1):
                start = at + 1 + given
                title = text[start : start + width]
                if title in self.lexicon.titles and (given == 0 or width > 1):
                    if title == "总" and text[start + 1 : start + 2] in AFTER_TOTAL:
                        continue
                    return Token({"PERSON": text[at], "ROLE": self.lexicon.titles[title] or ""}, at, start + width, text[at : start + width])
        return None

    def _latin(self, at: int) -> Token:
        text = self.text
        match = WORD.match(text, at)
        if match is None:
            return Token(NOTHING, at, at + 1, text[at], True)
        word, end = match.group(), match.end()
        if word in DAY_WORDS or word[:3] in DAY_WORDS:
            dated = self._dated(at)
            if dated is not None:
                return dated
        for mark, tags in SLASHED.items():
            if text.startswith(mark, at):
                return Token(tags, at, at + len(mark), mark, True)
        for mixed, tags in self.lexicon.han.get(word[0], ()):
            if text.startswith(mixed, at) and (len(mixed) >= len(word) or not word.isascii()):
                return Token(tags, at, at + len(mixed), mixed)
        for key in (word, word[:-2] if word.endswith("'s") else word):
            if key in self.names:
                longest = max((name for name in self.names if name.startswith(key) and text.startswith(name, at)), key=len, default=key)
                return Token(self.names[longest], at, at + len(longest), longest, True)
            phrase = self._phrase(key, at + len(key))
            if phrase is not None:
                return Token(phrase[1], at, phrase[0], text[at : phrase[0]], True)
        if word.endswith("'s"):
            return Token(NOTHING, at, end - 2, word[:-2], True)
        if (
            "-" in word
            and word.split("-", 1)[0] in self.lexicon.latin
            and len(word.split("-", 1)[0]) > 2
            and word.split("-", 1)[0] not in {"pre", "non", "well"}
        ):
            return Token(NOTHING, at, end, word, True)
        near = self.lexicon.near.get(word)
        if near is not None:
            return Token(self.lexicon.latin[near][-1][1], at, end, near, True)
        return Token(NOTHING, at, end, word, True)

    def _phrase(self, word: str, end: int) -> tuple[int, Tags] | None:
        for words, tags in self.lexicon.latin.get(word, ()):
            if len(words) == 1:
                return end, tags
            at, whole = end, True
            for wanted in words[1:]:
                while at < len(self.text) and self.text[at] in " \t":
                    at += 1
                if not self.text.startswith(wanted, at) or self.text[at + len(wanted) : at + len(wanted) + 1].isalnum() or (at == end and wanted[0].isalpha()):
                    whole = False
                    break
                at += len(wanted)
            if whole:
                return at, tags
        return None


DAY_BEGINS = frozenset("0123456789今昨前明后大上下这本个周星礼去年月季节春国元五中暑寒一二三四六七八九十两几半最近日早晚凌傍刚当之过")
DAY_WORDS = frozenset(
    ["on", "the", "by", "till", "until", "from", "this", "last", "next", "coming", "in", "within", "a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "few", "couple", "today", "tonight", "yesterday", "tomorrow", "tmrw", "tmr", "day", "end", "early", "late", "mid", "start", "beginning", "later", "since", "before", "after", "eow", "eod", "eom", "eoy", "q1", "q2", "q3", "q4", "h1", "h2", "year-end", "month-end", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun"]
)
"""Words with which a day may begin; months and days of the week by their first three letters."""
SLASHED: dict[str, Tags] = {"b/c": {"BOUND": "because"}, "w/o": {"NEG": "without"}, "w/": {"PREP": "with"}}
DATED: Tags = {"DATE": ""}
END: Tags = {"END": ""}
PAUSE: Tags = {"PAUSE": ""}
LIST: Tags = {"CONJ": "、"}


def _mark(character: str) -> Tags:
    if character in ENDS:
        return END
    if character in PAUSES:
        return PAUSE
    if character == "、":
        return LIST
    return PAUSE if character in "•*→>" else NOTHING
