"""Splits a criterion into items: words of the lexicon, times, quoted names, values of the store, and words of which nothing is known yet.

Knows no grammar: an item may have several meanings, among which reading chooses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tools.journey.criteria.lexicon import HAN, Form, Language, Lexicon, Meaning, lexicon
from tools.journey.criteria.schemas import AccountField, Count, Span, Window
from tools.journey.criteria.times import Timed, find_times

_WORD = re.compile(r"n't\b|['’]s\b|[^\W_]+(?:[-'’./&][^\W_]+)*|\S")
QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|「([^「」]+)」|『([^『』]+)』|《([^《》]+)》|‘([^‘’]+)’")
_NOT_HAN = re.compile("[^\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_ROLE_TAILS = (
    "两边",
    "双方",
    "两个部门",
    "两家",
    "那位",
    "的人",
    "那帮人",
    "那儿",
    "同仁",
    "老师",
    "部门",
    "部",
    "团队",
    "负责人",
    "经理",
    "总监",
    "主管",
    "人员",
    "方面",
    "同事",
    "代表",
    "同学",
    "那边",
    "侧",
)
_ROLE_HEADS = {
    "lady",
    "guy",
    "guys",
    "reps",
    "rep",
    "man",
    "woman",
    "boss",
    "chief",
    "exec",
    "contact",
    "group",
    "function",
    "leader",
    "representative",
    "team",
    "department",
    "dept",
    "director",
    "manager",
    "head",
    "lead",
    "officer",
    "staff",
    "colleague",
    "colleagues",
    "people",
    "folks",
    "side",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What store and company add to the lexicon: people, values of accounts' fields, words for roles; ``is_word`` knows Chinese words."""

    persons: frozenset[str] = frozenset()
    values: Mapping[AccountField, tuple[str, ...]] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    is_word: Callable[[str], bool] | None = None


@dataclass(slots=True)
class Item:
    """One stretch of the criterion. ``kind``: quoted, time, value, person, entry (of the lexicon), word (unknown) or mark."""

    kind: str
    text: str
    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()
    time: Timed | None = None
    used: bool = False
    gapped: bool = False
    """Whether it is a verb that ends behind its object: put … on hold."""

    def is_(self, *kinds: str) -> bool:
        """Whether it may be one of these kinds of lexicon entry."""
        return any(each.kind in kinds for each in self.meanings)

    def value(self, kind: str) -> str:
        """The value that it has as this kind of entry."""
        return next(each.value for each in self.meanings if each.kind == kind)

    def form(self) -> Form | None:
        """The form of the deed word."""
        return next((each.form for each in self.meanings if each.kind == "deed"), None)

    @property
    def is_han(self) -> bool:
        """Whether it is written in Chinese."""
        return HAN.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Linked:
    """The items of a text, and the text with its characters folded one by one, so that places stay."""

    text: str
    folded: str
    items: tuple[Item, ...]
    language: Language


def fold(text: str) -> str:
    """Full-width letters to plain ones and lower case, of the same length."""
    letters = []
    for letter in text:
        plain = unicodedata.normalize("NFKC", letter)
        if letter in "，；：（）":
            plain = letter
        lowered = plain.lower()
        letters.append(lowered if len(lowered) == 1 else letter)
    return "".join(letters).replace("’", "'")


def language_of(text: str) -> Language:
    """Chinese where the words that hold the sentence together are: a third of its letters outside quotation marks."""
    bare = QUOTED.sub(" ", text)
    han = len(HAN.findall(bare))
    return "zh" if han and han * 2 >= len(re.findall(r"[A-Za-z]+", bare)) else "en"


def link(text: str, today: date, known: Known) -> Linked:
    """The items in order, the longest at each place. Quoted text is one item, whatever is in it."""
    folded = fold(text)
    found = lexicon()
    quoted = {match.start(): match for match in QUOTED.finditer(text)}
    blank = folded
    for match in quoted.values():
        blank = blank[: match.start()] + "\0" * (match.end() - match.start()) + blank[match.end() :]
    times: dict[int, Timed] = {}
    for each in find_times(blank, today):
        if each.end > times.get(each.start, each).end or each.start not in times:
            times[each.start] = each
    extra = _extra(known)
    items: list[Item] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        if at in quoted:
            match = quoted[at]
            items.append(Item("quoted", next(group for group in match.groups() if group), at, match.end()))
            at = match.end()
            continue
        item = _longest(text, blank, at, times, found, extra)
        if known.is_word is not None and item.is_han and (len(item.text) == 1 or (len(item.text) == 2 and item.is_("role"))):
            item = _in_word(item, text, found, known.is_word)
        items.append(item)
        at = item.end
    return Linked(text, folded, tuple(_gapped(_joined(items, text), found)), language_of(text))


PAIR = 2
REACH = 7
"""Words that may stand inside a verb with an object inside."""


def _gapped(items: list[Item], found: Lexicon) -> list[Item]:
    """In "put the project on hold" the first word is the act, and what stands behind the object says no more."""
    for at, item in enumerate(items):
        for rest, meaning in found.gapped.get(item.text.lower(), ()) if not item.gapped else ():
            end = next((end for end in range(at + 2, min(len(items), at + REACH + 2)) if _spelled(items, end, rest)), None)
            if end is None or any(each.kind == "mark" for each in items[at:end]):
                continue
            last = _spelled(items, end, rest)
            items[at] = Item("entry", item.text, item.start, item.end, (meaning,), gapped=True)
            tail = Item("entry", " ".join(rest), items[end].start, items[last - 1].end, (Meaning("aspect", rest[-1]),))
            return _gapped([*items[:end], tail, *items[last:]], found)
    return items


def _spelled(items: Sequence[Item], at: int, words: Sequence[str]) -> int:
    """Where items from ``at`` on that spell these words end; 0 where they don't."""
    spelled: list[str] = []
    while at < len(items) and len(spelled) < len(words):
        spelled += items[at].text.lower().split()
        at += 1
    return at if spelled == list(words) else 0


def _extra(known: Known) -> dict[str, list[Meaning]]:
    extra: dict[str, list[Meaning]] = {}
    for person in known.persons:
        extra.setdefault(fold(person), []).append(Meaning("person", person))
    for name, values in known.values.items():
        for value in values:
            extra.setdefault(fold(value), []).append(Meaning("value", f"{name}={value}"))
    for word, role in known.roles.items():
        extra.setdefault(fold(word), []).append(Meaning("role", role))
    return extra


def _longest(text: str, blank: str, at: int, times: dict[int, Timed], found: Lexicon, extra: dict[str, list[Meaning]]) -> Item:
    timed = times.get(at)
    best: Item | None = None
    for end in range(min(len(blank), at + max(found.longest, max(map(len, extra), default=0))), at, -1):
        piece = blank[at:end]
        meanings = (*extra.get(piece, ()), *_cased(found.entries.get(piece, ()), text[at:end]))
        meanings = tuple(each for each in meanings if each.kind != "person" or each.value == text[at:end])
        if meanings and _whole(blank, at, end):
            best = Item("entry", text[at:end], at, end, tuple(meanings))
            break
    if timed is not None and (best is None or timed.end >= best.end):
        return Item("time", text[at : timed.end], at, timed.end, time=timed)
    if best is not None:
        return _extended(best, text, blank, found)
    match = _WORD.match(blank, at)
    assert match is not None  # noqa: S101 - \S matches whatever is no space
    if HAN.match(blank[at]):
        return Item("word", text[at], at, at + 1)
    end = match.end()
    if (han := HAN.search(blank, at, end)) is not None:
        end = han.start()
    word = blank[at:end]
    return Item("word" if any(map(str.isalnum, word)) else "mark", text[at:end], at, end)


def _in_word(item: Item, text: str, found: Lexicon, is_word: Callable[[str], bool]) -> Item:
    """A single character may begin a longer word (合同, 对接人, 后续), unless the rest of that begins another word of the lexicon (未付款)."""
    for end in range(min(len(text), item.start + 4), item.end, -1):
        word = text[item.start : end]
        if _NOT_HAN.search(word) or not is_word(word):
            continue
        if item.is_("object_mark", "toward") and is_word(text[item.end : item.end + 2]) and end - item.start == PAIR:
            return item  # 对价格有异议: 对 + 价格, not 对价 + 格
        rest = text[item.end : item.end + found.longest]
        if item.kind == "entry" and any(rest[:length].casefold() in found.entries for length in range(2, len(rest) + 1)):
            return item
        inner = any(
            len(text[at : at + length]) == length > end - at and text[at : at + length].casefold() in found.entries
            for at in range(item.end, end)
            for length in range(2, 8)
        )
        if not inner:
            return Item("word", word, item.start, end)
    return item


def _cased(meanings: list[Meaning] | tuple[()], written: str) -> tuple[Meaning, ...]:
    """IT in capitals is a department, "it" is not."""
    if written == "IT":
        return tuple(each for each in meanings if each.kind == "role")
    return tuple(each for each in meanings if not (written.lower() == "it" and each.kind == "role"))


def _whole(text: str, start: int, end: int) -> bool:
    """Latin words match whole; a hyphen goes on."""
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if _latin(last) and (_latin(after) or (after == "-" and end + 1 < len(text) and _latin(text[end + 1]))):
        return False
    if first == "'" or text[start:end] == "n't":
        return True
    return not (_latin(first) and (_latin(before) or (before == "-" and start > 1 and _latin(text[start - 2]))))


def _latin(letter: str) -> bool:
    return letter.isalnum() and _NOT_HAN.match(letter) is not None


def _extended(item: Item, text: str, blank: str, found: Lexicon) -> Item:
    """A role goes on over "team" or 部门; a deed or role that only begins a noun (采购合同, 技术方案) is a plain word there."""
    rest = blank[item.end :]
    if item.is_("role"):
        if item.text.endswith("部") and rest.startswith("门"):
            item = Item("entry", item.text + "门", item.start, item.end + 1, item.meanings)
            rest = rest[1:]
        tail = next((each for each in _ROLE_TAILS if rest.startswith(each)), None)
        if tail is None and not item.is_han:
            match = re.match(r"(?:'s)?\s+([a-z]+)\b", rest)
            tail = match[0] if match is not None and match[1] in _ROLE_HEADS else None
        if tail is not None:
            longer = Item(
                "entry", text[item.start : item.end + len(tail)], item.start, item.end + len(tail), tuple(each for each in item.meanings if each.kind == "role")
            )
            return _extended(longer, text, blank, found)
    ends = found.noun_tails if item.is_("role") else found.word_ends if item.is_("deed") else ()
    if item.is_("noun") or (item.is_han and bool(ends) and rest.startswith(ends)):
        return Item("word", item.text, item.start, item.end)
    return item


def _joined(items: list[Item], text: str) -> list[Item]:
    """Neighbouring unknown Han characters are one word, and so is a number behind a word with the word ("line 2")."""
    joined: list[Item] = []
    for item in items:
        if item.time is not None and item.time.bare and joined and joined[-1].kind == "word" and not item.is_han and text[item.start].isdecimal():
            item = Item("word", item.text, item.start, item.end)
        last = joined[-1] if joined else None
        if last is not None and last.kind == item.kind == "word" and last.end == item.start and (last.is_han or item.is_han):
            joined[-1] = Item("word", text[last.start : item.end], last.start, item.end)
        else:
            joined.append(item)
    return joined


def span_of(item: Item) -> Span | None:
    """The length of time that an item says."""
    return item.time.value if item.time is not None and isinstance(item.time.value, Span) else None


def window_of(item: Item) -> Window | None:
    """The window that an item says."""
    return item.time.value if item.time is not None and isinstance(item.time.value, Window) else None


def count_of(item: Item) -> Count | None:
    """The count that an item says."""
    return item.time.value if item.time is not None and isinstance(item.time.value, Count) else None
