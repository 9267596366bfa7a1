"""What the function words of a question ask for: counting, ranking, grouping, comparing, listing, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item, Linked
from tools.crm.query import Grain

FREE = {
    "list", "which", "lookup", "all", "company", "amount", "sum", "sold", "breakdown", "rank", "trend", "exists", "change", "when", "where", "count", "eq",
    "group", "top", "bottom", "performing", "filler", "moved", "closing", "pronoun", "sells", "ever",
    "held",
}  # fmt: skip
NUMBERED = {"most", "fewest", "least", "最多", "最少", "最多的", "最少的"}
"""Superlatives of how many there are: no single record is the most."""
GRAINS: dict[str, Grain] = {"grain_day": "day", "grain_week": "week", "grain_month": "month", "grain_quarter": "quarter", "grain_year": "year"}
PLACES = {"place_2": 2, "place_3": 3, "place_4": 4, "place_5": 5}
UP, DOWN = {"most", "latest"}, {"least", "earliest"}


@dataclass(slots=True)
class Signals:
    """The items with the cues among them. ``top`` is the N of "top N", ``place`` the 2 of "second largest"."""

    items: tuple[Item, ...]
    tokens: tuple[Token, ...] = ()
    today: date | None = None
    at: dict[str, list[int]] = field(default_factory=dict)
    top: int | None = None
    top_items: frozenset[int] = frozenset()
    descending: bool = True
    timely: bool = False
    superlative: frozenset[int] = frozenset()
    place: int = 1
    grain: Grain | None = None

    def has(self, *kinds: str) -> bool:
        """Whether any cue of these kinds is there."""
        return any(kind in self.at for kind in kinds)

    def near(self, index: int, kind: str, reach: int = 1) -> int | None:
        """The item with such a cue within ``reach`` items before or after; None when there is none."""
        for distance in range(1, reach + 1):
            for other in (index - distance, index + distance):
                if other in self.at.get(kind, ()):
                    return other
        return None


def read_signals(linked: Linked) -> Signals:
    """Collect the cues of a question."""
    found = Signals(linked.items, linked.tokens, linked.today)
    for index, item in enumerate(linked.items):
        for kind in item.cues:
            found.at.setdefault(kind, []).append(index)
            if kind in GRAINS:
                found.grain = GRAINS[kind]
    if not found.has("count", "list"):
        for index, item in enumerate(linked.items):
            if item.currency is not None and item.number is None:
                found.at.setdefault("amount", []).append(index)  # "the highest total in dollars" asks for money
    _read_top(found)
    if found.top is None:
        _read_number_of(found)
    _read_superlative(found)
    return found


def _read_top(found: Signals) -> None:
    """As in "top 5", "5 largest", 前五名: a number beside a ranking word."""
    for index, item in enumerate(found.items):
        if item.number is None or item.number.percent or item.number.money or not 1 <= item.number.value <= 100 or item.number.value % 1:
            continue
        before = found.items[index - 1] if index else None
        after = found.items[index + 1] if index + 1 < len(found.items) else None
        for other, place in ((before, index - 1), (after, index + 1)):
            if other is None or other.period is not None:
                continue
            if {"top", "bottom", "most", "least", "latest", "earliest"} & set(other.cues):
                found.top, found.top_items = int(item.number.value), frozenset({index, place})
                found.descending = not {"bottom", "least"} & set(other.cues) or bool({"top", "most"} & set(other.cues))
                if {"latest", "earliest"} & set(other.cues) and not {"top", "most", "bottom", "least"} & set(other.cues):
                    found.timely, found.descending = True, "latest" in other.cues
                return


def _read_number_of(found: Signals) -> None:
    """As in "which three reps won most": a number right before what is ranked, and the rank elsewhere."""
    ranked = any((UP | DOWN) & set(item.cues) and item.period is None for item in found.items)
    last = len(found.items) - 1
    if ranked and last and found.items[last].number and _closes_question(found, last):
        number = found.items[last].number
        assert number is not None  # noqa: S101 - looked at above
        found.top, found.top_items = int(number.value), frozenset({last})
        return
    for index, item in enumerate(found.items[:-1]):
        number, after = item.number, found.items[index + 1]
        if not ranked or number is None or number.percent or number.money or item.period or not 2 <= number.value <= 100 or number.value % 1:
            continue
        before = found.items[index - 1] if index else None
        bounded = before is not None and {"gt", "ge", "lt", "le", "eq", "between"} & set(before.cues)
        gap = "".join(token.text for token in found.tokens[item.end : after.start])
        named = {term.what for term in after.terms} & ({"entity"} if after.cues else {"entity", "field"})
        if not bounded and gap in {"", "个", "位", "名", "家", "款", "种", "条", "张", "台", "类"} and named:
            found.top, found.top_items = int(number.value), frozenset({index})
            return


def _closes_question(found: Signals, index: int) -> bool:
    """As in 最常见的职务是哪三个: the number behind 哪 at the end of the question, with its measure word."""
    item = found.items[index]
    behind = "".join(token.text for token in found.tokens[item.end :] if token.kind != "mark")
    number = item.number
    whole = number is not None and not number.percent and not number.money and 2 <= number.value <= 100 and not number.value % 1
    return whole and item.period is None and found.tokens[item.start - 1].text == "哪" and len(behind) <= 1


def _is_grade(items: tuple[Item, ...], index: int) -> bool:
    """As in 高优先级, "high priority": a value of the field that stands beside it, not the highest."""
    fields = {(value.entity, value.field) for value in items[index].values}
    beside = [items[near] for near in (index - 1, index + 1) if 0 <= near < len(items)]
    return any(term.what == "field" and (term.entity, term.key) in fields for item in beside for term in item.terms)


def _counts_by_number(found: Signals, index: int, ranked: list[int]) -> bool:
    """As in "how many went to a third round": what is counted has that number of something, and nothing is ranked."""
    behind = found.items[index + 1] if index + 1 < len(found.items) else None
    named = behind is not None and behind.start == found.items[index].end and bool(behind.terms) and all(term.what == "field" for term in behind.terms)
    return named and not ranked and found.has("count") and not found.has("which", "group", "sum", "rank")


def _read_superlative(found: Signals) -> None:
    places = []
    for index, item in enumerate(found.items):
        kinds = set(item.cues)
        if item.period is not None or not kinds & (UP | DOWN) or _is_grade(found.items, index):
            continue
        places.append(index)
        if index in found.top_items:
            continue
        found.descending = bool(kinds & UP)
        found.timely = bool(kinds & {"latest", "earliest"}) and not kinds & {"most", "least"}
        if item.text.casefold() in {"longest", "the longest"} and index and {"open", "waiting"} & set(found.items[index - 1].cues):
            found.timely, found.descending = True, False  # "has been open the longest": since the earliest day
    for kind, descending in (("fast", False), ("slow", True)):
        for index in found.at.get(kind, ()):
            if not places:
                found.descending = descending
            places.append(index)
    for kind, number in PLACES.items():
        for index in found.at.get(kind, ()):
            if found.items[index].period is None and found.top is None and not _counts_by_number(found, index, places):
                found.place, found.top = number, 1
                places.append(index)
                if index - 1 in found.at.get("bottom", ()) and found.items[index - 1].end == found.items[index].start:
                    found.descending = False  # 倒数第二 counts from the end
    if found.has("ascending"):
        found.descending = False
    found.superlative = frozenset(places) | found.top_items
