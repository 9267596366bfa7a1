"""A question seen as a possible continuation: its marks, what is left without them, and whether it stands on its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from agent.parsing.language.lexicon import stopwords
from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item, Linked
from agent.parsing.linking.places_meant import is_place
from agent.parsing.reading.signals import Signals, read_signals
from agent.parsing.threads.marks import Mark, find_marks

LEANING = {"lead", "split", "correct", "trail", "person", "thing", "many", "same", "among", "before", "after", "two"}
PRONOUNS = {"person", "thing", "many", "same", "among", "two"}
AROUND = {"lead", "correct", "trail", "only", *PRONOUNS}
_ONLY_ALONE = {"why", "tally", "next", "total", "way", "up", "yearly", "periodic"}
_ASKING = {"count", "amount", "list", "which", "lookup", "where", "when", "exists", "duration", "why", "future"}
_VERBS = {"is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "can", "could", "will", "would", "should"}
_TURNING = {"most", "least", "share", "average"}
_MANY = {"they", "them", "those", "these"}
_DEICTIC = {"that", "this", "these", "those", "其", "这些", "那些"}


@dataclass(frozen=True)
class Fragment:
    """The question without its marks."""

    linked: Linked
    marks: tuple[Mark, ...]
    items: tuple[Item, ...]
    unknown: bool

    @cached_property
    def signals(self) -> Signals:
        """The cues among the items that are left."""
        return read_signals(Linked(self.linked.tokens, self.items, ()))

    def has(self, *kinds: str) -> bool:
        """Whether a mark of one of these kinds is there."""
        return any(mark.kind in kinds for mark in self.marks)

    def first(self, *kinds: str) -> Mark | None:
        """The first mark of these kinds."""
        return next((mark for mark in self.marks if mark.kind in kinds), None)

    def names_target(self) -> bool:
        """Whether it says itself what is asked for: a measure, a fold of a field, or a kind of record that is not just grouped by."""
        named = [index for index, item in enumerate(self.items) if not item.is_only_cue]
        return self._looks_up() or any(self._is_target(index, alone=len(named) == 1) for index in named)

    def _is_target(self, index: int, alone: bool) -> bool:
        item = self.items[index]
        kinds = {term.what for term in item.terms if term.filled}
        if not kinds or (item.values and not kinds & {"entity", "measure"}):
            return False
        grouped = self._is_grouped_by(index)
        folded = self.signals.has("average", "median", "sum", "count") and not grouped
        if grouped and "measure" in kinds and "entity" not in kinds:
            return not alone  # "by value" alone changes what the last question asked for
        return bool(kinds & {"measure", "inverse"} and not grouped) or (not grouped and bool(kinds & {"entity", "kind"})) or (folded and "field" in kinds)

    def _looks_up(self) -> bool:
        """As in "list price of MG Advanced": a field and the name of a record that has it."""
        called = {value.entity for item in self.items for value in item.values if value.title}
        return any(term.what == "field" and term.entity in called and not item.values for item in self.items for term in item.terms)

    def _is_grouped_by(self, index: int) -> bool:
        """Whether it stands after "by", or is joined by "and" to what does."""
        if not index:
            return False
        before = self.items[index - 1]
        if before.is_only_cue:
            return "group" in before.cues
        return self.items[index].start - before.end == 1 and not before.values and self._is_grouped_by(index - 1)

    def asks(self) -> bool:
        """Whether it is put as a question or a request of its own."""
        if self.linked.tokens[0].norm in _VERBS and not any(mark.start == 0 for mark in self.marks):
            return True
        spread = self.signals.grain is not None or self.signals.has("group")
        return bool((_ASKING - {"list"} if spread else _ASKING) & self.signals.at.keys())  # 按月看看 asks for nothing else

    def leans(self) -> bool:
        """Whether a word of it points back."""
        ones = any(token.norm == "ones" for token in self.linked.tokens) and not any(term.what == "entity" for item in self.items for term in item.terms)
        return ones or any(mark.kind in LEANING and not self._is_answered_within(mark) for mark in self.marks)

    def _is_answered_within(self, mark: Mark) -> bool:
        """As in "deals of Ada over 5k, list them": the pronoun means what the same question named before it."""
        before = [item for item in self.items if item.end <= mark.start]
        if mark.kind == "among":
            return any(term.what == "entity" for item in before for term in item.terms if not item.values)  # 客户里面
        return mark.kind in {"thing", "many"} and any(item.values and not item.cues for item in before) and any(item.terms for item in before)

    def picks(self) -> bool:
        """As in 其中, 里面, "of those": asks for a part of what the last question was about, and names what tells it apart."""
        said = [(mark.kind, "".join(token.norm for token in self.linked.tokens[mark.start : mark.end])) for mark in self.marks]
        pointing = any(kind == "among" or (kind == "only" and text == "其中") or (kind == "many" and text.startswith("of")) for kind, text in said)
        return pointing and any(item.values for item in self.items)

    def is_doubtful(self) -> bool:
        """Whether its only names are guesses: words that resemble a name of the store."""
        named = [item for item in self.items if item.values]
        return bool(named) and all(item.source in {"neighbour", "translated", "typo"} for item in named)


def names_place(fragment: Fragment) -> bool:
    """As in "how many are open there?"."""
    return any(mark.kind == "thing" and is_place(fragment.linked.tokens, mark.start) == mark.end for mark in fragment.marks)


def read_fragment(linked: Linked) -> Fragment:
    """The question as its marks and what is left of it."""
    marks = _standing(linked, find_marks(linked))
    covered = {at for mark in marks for at in range(mark.start, mark.end)}
    items = tuple(item for item in linked.items if not covered & set(range(item.start, item.end)) or _outweighs(item, covered))
    explained = covered | {at for item in items for at in range(item.start, item.end)}
    silent = stopwords()
    open_places = {at for item in linked.left for at in range(item.start, item.end)}  # 走 of 其中走招标的 says nothing beside 招标
    unknown = any(not _is_silent(linked.tokens[at], silent) for at in open_places - explained)
    return Fragment(linked, marks, items, unknown)


def _standing(linked: Linked, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The marks that count: some do only where nothing else is said."""
    tokens = linked.tokens
    around = {at for mark in marks if mark.kind in AROUND for at in range(mark.start, mark.end)}
    meant = {at for item in linked.items if item.values or item.terms or item.period or item.number for at in range(item.start, item.end)}
    silent = stopwords()
    telling = {at for at, token in enumerate(tokens) if at not in around and (at in meant or not _is_silent(token, silent))}
    kept = []
    for mark in marks:
        others = telling.difference(range(mark.start, mark.end)) if mark.kind in _ONLY_ALONE or mark.kind == "list" else None
        if mark.kind in _ONLY_ALONE and others:
            continue
        if mark.kind == "list" and _asks_behind(linked, mark):
            kept.append(mark)
            continue
        if mark.kind == "list" and others and (not _points_back(tokens, mark) or tokens[mark.start].norm == "what"):
            kept += [Mark("many", at, at + 1) for at in range(mark.start, mark.end) if tokens[at].norm in _MANY]  # "what are they worth"
            continue
        if mark.kind == "thing" and mark.end - mark.start == 1 and tokens[mark.start].norm in _DEICTIC and not _is_object(tokens, mark):
            continue
        kept.append(mark)
    return tuple(kept)


def _asks_behind(linked: Linked, mark: Mark) -> bool:
    """As in 只看华东的，列一下, "only the open ones, which are they?": at the end, it asks for the records of which something was said before."""
    tokens = linked.tokens
    words = {token.text for token in tokens[mark.start : mark.end]}
    apart = mark.start > 0 and (tokens[mark.start - 1].kind == "mark" or tokens[mark.start - 1].text == "的") and "谁" not in words
    listing = apart or "列" in words
    closing = listing and all(token.kind == "mark" for token in tokens[mark.end :])
    return closing and not any({"group", "breakdown"} & set(item.cues) for item in linked.items)


def _points_back(tokens: tuple[Token, ...], mark: Mark) -> bool:
    return bool({"them", "those", "these", "ones", "they", "它", "它们"} & {token.norm for token in tokens[mark.start : mark.end]})


def _is_object(tokens: tuple[Token, ...], mark: Mark) -> bool:
    """A bare "that" or "this" points back at the end of a question, or after "of", "by" and verbs of breaking down; before a clause it doesn't."""
    after = tokens[mark.end] if mark.end < len(tokens) else None
    before = tokens[mark.start - 1].norm if mark.start else ""
    if after is None or after.kind in {"mark", "han"}:
        return True
    return before in {"is", "was", "break", "split", "show", "sort", "group", "of", "did", "how"} or after.norm in {"down", "by", "for", "per", "in"}


def _outweighs(item: Item, covered: set[int]) -> bool:
    """A name, a period, a number or a word like "most of" that only partly lies under a mark."""
    rest = [at for at in range(item.start, item.end) if at not in covered]
    return bool(rest) and bool(item.values or item.period or item.number or item.terms or _TURNING & set(item.cues))


def _is_silent(token: Token, silent: frozenset[str]) -> bool:
    return token.kind == "mark" or token.stem in silent or token.norm in silent
