"""Finds the values of a draft in a finished sentence, and holds each to the name, the period and the role that it has in the draft."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from agent.composing.draft import SLOT, Draft, Sentence, words_of
from agent.verifying.meaning import PATTERNS
from tools.trace.cells import Cell, CellType

MARK = re.compile(r"\s*\[(\d+)\]")
HOLE = "\N{REPLACEMENT CHARACTER}"
LABELS = {CellType.NAME, CellType.STAGE, CellType.TEXT}
CLAUSE = re.compile(r"[,;:.，。；：、()（）]|\b(?:and|while|whereas|but|with)\b|而")
CUES = {name: PATTERNS[name] for name in ("most", "least", "latest", "earliest")}
LEAD = re.compile(r"\b(?:lead(?:s|ing)?|led|tops?)\b|领先", re.IGNORECASE)
BOUNDS = ("more", "less", "at_least", "at_most", "exact")
LEADING = {
    "against": re.compile(r"\b(?:than|compared (?:with|to)|versus|vs|against|relative to|ahead of|over|beats?|behind|leads(?= [^,]{0,3}\ufffd)|tops)\b|"
                          r"相较于|相较|相比于|(?<!相)比(?!重|例|较)|较(?!高|低|多|少)|与(?=[^，。；]*相比)", re.IGNORECASE),
    "from": re.compile(r"\bfrom\b|从|由(?!于)", re.IGNORECASE),
    "to": re.compile(r"\bto\b|(?<!达)[至到]", re.IGNORECASE),
}  # fmt: skip
DIFFERENCE = ".difference"
BEFORE_PERIOD = re.compile(r"(?:\b(?:in|on|of|for|during|than|with|versus|vs|against|and|the)|[(:,])\s*$", re.IGNORECASE)
LAST_WORD = re.compile(r"([A-Za-z]+)\s*$")
OF_WHOLE = re.compile(r"(?:\bof(?: the| a)?|占[^\ufffd，。]{0,6}|总[^\ufffd，。]{0,4}|/)\s*$", re.IGNORECASE)
POSSESSED = re.compile(r"\b(?:of|for|in|by|with|from|at|on|to)(?: the| stage| tier)?\s*$", re.IGNORECASE)
POSSESSING = re.compile(r"\s*(?:['’]s\b|的)")
OF = re.compile(r"\bof\b|\bfrom\b|\bamong\b|/", re.IGNORECASE)
WITHIN = re.compile(r"[中里]|其中")
WHOLE = re.compile(r"共|总|/|占")
RANGE = re.compile(r"\s*(?:%|％)?\s*(?:to|and|through|至|到|[-\u2013\u2014~～])\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A value in the text. ``group`` is what it belongs to: a row, an earlier period; empty where it stands for itself."""

    address: str
    words: str
    group: str
    label: bool
    period: bool = False
    given: bool = False
    kind: str = ""
    start: int = -1
    end: int = -1


def slots_of(meant: Sentence, draft: Draft) -> list[Placed]:
    """The values of a draft's sentence in its order."""
    matches = list(SLOT.finditer(meant.template))
    compared = any(match["address"].split(".")[1].startswith("compare") or match["address"].endswith("_before") for match in matches)
    found = []
    for match in matches:
        cell = draft.cells[match["address"]]
        words = words_of(cell, match["style"], draft.language, draft.labels.get(cell.address, ""))
        label = cell.type in LABELS or match["style"] == "period"
        period = match["style"] == "period" or cell.address.split(".")[1].startswith(("window", "compare"))
        found.append(
            Placed(
                cell.address,
                words,
                _group(cell, compared),
                label,
                period,
                match["style"] == "given",
                cell.type.value,
            )
        )
    return found


def locate(said: str, slots: list[Placed]) -> tuple[list[Placed], str, list[str]]:
    """The values in the order in which the text says them, the text with a hole for each, and the words of those that are missing."""
    missing: list[str] = []
    placed: list[Placed] = []
    taken = [False] * len(said)
    for slot in sorted(slots, key=lambda each: -len(each.words)):
        spot = next((m for m in bounded(slot.words).finditer(said) if not any(taken[m.start() : m.end()])), None)
        if spot is None:
            missing.append(slot.words)
            continue
        mark = MARK.match(said, spot.end())
        end = mark.end() if mark else spot.end()
        taken[spot.start() : end] = [True] * (end - spot.start())
        placed.append(replace(slot, start=spot.start(), end=end))
    placed.sort(key=lambda each: each.start)
    letters = list(said)
    for each in placed:
        letters[each.start : each.end] = HOLE * (each.end - each.start)
    return placed, "".join(letters), missing


def bounded(words: str) -> re.Pattern[str]:
    """The words, not as a part of a longer number or Latin word."""
    number = words[:1].isdigit() or words[:1] in "+-−$¥€£"
    if words == "no":
        return re.compile(r"\b[Nn]o\b")
    before = r"(?<![A-Za-z0-9_.,+\-−$¥€£])" if words[:1].isascii() and words[:1].isalnum() else r"(?<![\d$¥€£])" if number else ""
    if number:
        before = r"(?<![\d.,+\-−$¥€£])(?<![A-Za-z])"
    after = r"(?![A-Za-z0-9_%]|[.,]\d|\s?[%％万亿千百])" if words[-1:].isascii() and words[-1:].isalnum() else ""
    return re.compile(before + re.escape(words) + after)


def misplaced(said: list[Placed], holed: str, meant: list[Placed], template: str) -> str:
    """Why the values don't stand as in the draft; empty when they do. ``template`` is the draft's text, holes for its values."""
    by_address = {each.address: each for each in said}
    for first, second in _pairs(meant):
        if first in by_address and second in by_address and not _paired(by_address[first], by_address[second], holed, said):
            return "pair"
    own = {each.address: each for each in meant}
    if any(each.period and not _dated(each, holed, own[each.address], template) for each in said):
        return "period"
    if _torn(said, meant):
        return "period"
    compared = {each.address for each in meant if each.address.endswith(("_delta", "_before"))}
    if _newly_bound(said, holed) - _newly_bound(meant, template) - compared:
        return "bound"
    if not _owned(said, holed, meant):
        return "owner"
    said = [replace(each, group="") if each.group.endswith(".total") and OF_WHOLE.search(holed[: each.start]) else each for each in said]
    bound = [each for each in said if each.group and not each.address.endswith(("_high", "_n"))]
    free = {each.address for each in said if not each.group}
    wanted = [each for each in meant if each.group and each.address not in free and not each.address.endswith(("_high", "_n"))]
    in_place = [each.address for each in bound] == [each.address for each in wanted]
    if not (in_place or _together(bound) or _parallel(bound)):
        return "mixed"
    return _order(bound, holed, wanted, template) or _roles(said, holed, meant, template)


def _torn(said: list[Placed], meant: list[Placed]) -> bool:
    """Where rows are periods, the period of the whole stands before or after them all, never among them."""
    if not any(each.period and each.group for each in meant):
        return False
    flags = [bool(each.group) for each in said if each.group or each.period]
    inner = flags[flags.index(True) : len(flags) - flags[::-1].index(True)] if True in flags else []
    return not all(inner)


def _dated(placed: Placed, holed: str, meant: Placed, template: str) -> bool:
    """In English a period is when something happened, never who did it, nor until or since when: the draft's preposition stands before it, or "in"."""
    if re.search(r"[\u3400-\u9fff]", placed.words) or re.match(r"[a-z]", placed.words):
        return True
    before, after = holed[: placed.start], holed[placed.end :]
    here, there = LAST_WORD.search(before), LAST_WORD.search(template[: meant.start])
    if re.match(r"\s*on(?:wards?)?\b", after) and not re.match(r"\s*on\b", template[meant.end :]):
        return False
    if here is not None and there is not None and here[1].lower() == there[1].lower():
        return True
    return BEFORE_PERIOD.search(before) is not None or re.match(r"\s*(?:['’]s\b|[:,)]|(?:saw|had|brought|recorded|posted|registered)\b)", after) is not None


def _newly_bound(placed: list[Placed], holed: str) -> set[str]:
    """Numbers directly behind a word that bounds or blurs them ("over 5", "about 5")."""
    found = (match for name in (*BOUNDS, "hedge", "only") for match in PATTERNS[name].finditer(holed))
    words = [match for match in found if not match.group().lower().startswith(("or ", "及以"))]  # "5 or more" is about the number before it
    return {each.address for each in placed if not each.label and any(_directly(word, each, holed) for word in words)}


def _directly(word: re.Match[str], placed: Placed, holed: str) -> bool:
    return 0 <= placed.start - word.end() <= 6 and HOLE not in holed[word.end() : placed.start]


def _owned(said: list[Placed], holed: str, meant: list[Placed]) -> bool:
    """Names that the question gave stay what the others belong to: they come first as in the draft, or as "of X", "X's"."""
    order = [each.address for each in said if each.label]
    for given in (each for each in meant if each.label and not each.period and (each.given or ".where." in each.address)):
        named = (each for each in meant if each.label and not each.given and ".where." not in each.address)
        others = [each.address for each in named if not each.period or (each.group and each.group == given.group)]
        before = [each for each in others if order.index(each) < order.index(given.address)]
        before_meant = [each.address for each in meant if each.address in others and each.start < given.start]
        here = next(each for each in said if each.address == given.address)
        possessed = POSSESSED.search(holed[: here.start]) is not None or POSSESSING.match(holed, here.end) is not None
        if set(before) != set(before_meant) and not (possessed and len(before) == len(others)):
            return False
    return True


def _group(cell: Cell, compared: bool) -> str:
    call, place, *rest = cell.address.split(".")
    key = rest[-1] if rest else ""
    if place == "compare" or place.startswith("compare_") or key.endswith("_before"):
        return f"{call}.before"
    if key.endswith(("_delta", "_growth")):
        return f"{call}{DIFFERENCE}"
    if re.fullmatch(r"r\d+", place):
        return f"{call}.{place}"
    if place == "total":
        return f"{call}.count" if key == "count" else f"{call}.total"
    if place.startswith(("passing", "shown")):
        return f"{call}.count"
    if place == "where" and cell.type not in LABELS:
        return f"{call}.where.{key}"
    return f"{call}.r1" if compared and place.startswith("window") else ""


def _pairs(meant: list[Placed]) -> list[tuple[str, str]]:
    addresses = {each.address for each in meant}
    found = []
    for address in addresses:
        for first, second in (("_low", "_high"), ("_part", "_n")):
            if address.endswith(first) and address.removesuffix(first) + second in addresses:
                found.append((address, address.removesuffix(first) + second))
    return found


def _paired(first: Placed, second: Placed, holed: str, said: list[Placed]) -> bool:
    """Ends of an interval in their order with nothing but "to" between; a part of a whole as such."""
    early, late = sorted((first, second), key=lambda each: each.start)
    between = holed[early.end : late.start]
    if any(early.end <= each.start < late.start for each in said if each.address not in {first.address, second.address}):
        return False
    if first.address.endswith("_low"):
        return early is first and RANGE.fullmatch(between) is not None
    if re.search(r"[\u3400-\u9fff]", holed):
        return bool(WITHIN.search(between)) if early is second else bool(WHOLE.search(between))
    return early is first and OF.search(between) is not None


def _together(bound: list[Placed]) -> bool:
    """Whether each group stands in one piece."""
    runs = [bound[0].group, *(b.group for a, b in pairwise(bound) if a.group != b.group)] if bound else []
    return len(runs) == len(set(runs))


def _parallel(bound: list[Placed]) -> bool:
    """Names first, then values, in one order: "A and B with 3 and 5"."""
    bound = [each for each in bound if not each.group.endswith(DIFFERENCE)]
    labels = [each.group for each in bound if each.label]
    values = [each.group for each in bound if not each.label]
    flags = [each.label for each in bound]
    return flags == sorted(flags, reverse=True) and len(labels) == len(set(labels)) and labels == list(dict.fromkeys(values)) and len(values) == len(labels)


def _order(bound: list[Placed], holed: str, wanted: list[Placed], template: str) -> str:
    """Groups in the draft's order; in another one only where words say of each but one what it is (the highest, the earlier)."""
    said_cues, meant_cues = _cues(bound, holed), _cues(wanted, template)
    for name in {name for name, _ in said_cues} & {name for name, _ in meant_cues}:
        if {group for cue, group in said_cues if cue == name} != {group for cue, group in meant_cues if cue == name}:
            return f"cue {name}"
    bound, wanted = ([each for each in some if not each.group.endswith(DIFFERENCE)] for some in (bound, wanted))
    a, b = list(dict.fromkeys(each.group for each in bound)), list(dict.fromkeys(each.group for each in wanted))
    if a == b:
        return ""
    told = {group for cue, group in said_cues & meant_cues}
    return "" if [each for each in a if each not in told] == [each for each in b if each not in told] else "order"


def _cues(bound: list[Placed], holed: str) -> set[tuple[str, str]]:
    """Which group each cue of the text belongs to."""
    found: set[tuple[str, str]] = set()
    for name, pattern in CUES.items():
        for match in pattern.finditer(holed):
            group = _nearest(match.start(), match.end(), bound, holed)
            if group:
                found.add((name, group))
    for name, pattern in LEADING.items():
        for match in pattern.finditer(holed):
            after = next((each for each in bound if each.start >= match.end()), None)
            if after is not None and not re.search(r"[;；.。]", holed[match.end() : after.start]):
                found.add((name, after.group))
    for name in BOUNDS:
        for match in PATTERNS[name].finditer(holed):
            group = _bound(match, bound)
            if ".where." in group:
                found.add(("bound", group))
    return found


def _bound(word: re.Match[str], bound: list[Placed]) -> str:
    """The group of the number that a comparing word stands before ("more than 5"), else of the one before it ("5 or more")."""
    after = next((each for each in bound if 0 <= each.start - word.end() <= 6), None)
    before = next((each for each in reversed(bound) if 0 <= word.start() - each.end <= 3), None)
    near = after or before
    return near.group if near is not None else ""


def _nearest(start: int, end: int, bound: list[Placed], holed: str) -> str:
    """The group in the clause of a word, the nearer one of several; else the next one."""
    clause_start = max((m.end() for m in CLAUSE.finditer(holed) if m.end() <= start), default=0)
    clause_end = min((m.start() for m in CLAUSE.finditer(holed) if m.start() >= end), default=len(holed))
    inside = [each for each in bound if clause_start <= each.start < clause_end]
    if inside:
        return min(inside, key=lambda each: min(abs(each.start - end), abs(start - each.end))).group
    after = next((each for each in bound if each.start >= end), None)
    return after.group if after is not None else ""


def _roles(said: list[Placed], holed: str, meant: list[Placed], template: str) -> str:
    """Several values of one row keep their order, unless the words beside each say what it counts."""
    free = {each.address for each in said if not each.group}
    sizes = [(each, next(other for other in said if other.address == each.address)) for each in meant if each.address.endswith("_n")]
    if any(_counted(own, template) != _counted(spoken, holed) for own, spoken in sizes):
        return "roles"
    for group, kind in {(each.group, each.kind) for each in meant if each.group and not each.label}:
        a = [each for each in said if (each.group, each.kind) == (group, kind)]
        b = [each for each in meant if (each.group, each.kind) == (group, kind) and each.address not in free]
        if [each.address for each in a] == [each.address for each in b]:
            continue
        if {each.address: _counted(each, holed) for each in a} != {each.address: _counted(each, template) for each in b}:
            return "roles"
    return ""


def _counted(placed: Placed, holed: str) -> bool:
    """Whether a noun follows the value at once."""
    return re.match(r"\s*(?:[A-Za-z]{3,}|[\u3400-\u9fff])", holed[placed.end :]) is not None and not re.match(
        r"\s*(?:over|across|from|based|for|with|and|in|on|of|的|，)", holed[placed.end :]
    )
