"""The share of records that fulfil a bound, or lack or have something: "what share of won deals is worth at least 100k", 没有竞品的商机占比."""

from __future__ import annotations

from agent.parsing.linking.items import OUTCOMES
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.vocabulary import Term
from agent.parsing.targets.mentions import mentions_entity
from tools.crm.measuring import conditions_of
from tools.crm.query import Beside, Between, Compare, Exists, Filter, Lasted, MeasureRef, Unlike

INSIDE = {"中", "里", "内"}


def portioned(reading: Reading, shares: list[int]) -> Reading | None:
    """The reading with its one such condition as what the share is of; None where it has none, several, or one that only says of what the share is."""
    parts = [part for part in reading.filters if _sets_bound(part)]
    ref = reading.measures[0]
    measure = reading.paths.model.measures[ref.measure] if ref.measure is not None else None
    counts = measure.op == "count" if measure is not None else ref.fold == "count" and ref.path is None
    if len(parts) != 1 or len(reading.measures) > 1 or not counts or ref.per or ref.part or reading.dimensions:
        return None
    held = _held_in(reading, parts[0])
    if held is not None:
        parts = [held]  # "of those with a rating, what share is good": what they hold is the part
    noun, bound = _noun(reading, shares[0]), _place(reading, parts[0])
    if noun is None or bound is None or not _is_part(reading, noun, bound, shares[0]) or _ends_in_outcome(reading, bound, shares[0]):
        return None
    if _is_of_those(reading, max(noun, bound), shares[0]):
        return None
    base = (*(conditions_of(measure) if measure is not None else ()), *(each for each in reading.filters if each is not parts[0]))
    noted = reading.signals.at.get("recorded_only", []) if isinstance(parts[0], Compare | Between) else []
    base += tuple(Compare(path=part.path, op="not_null") for part in parts if noted and isinstance(part, Compare | Between))
    told = [*noted, *(index for index in reading.signals.at.get("count", ()) if index not in reading.used)]
    told += [index for index in reading.signals.at.get("group", ()) if index + 1 in reading.signals.at.get("count", ())]  # （按单数）
    fit = reading.fit + (2.5 if isinstance(parts[0], Exists) else 0.6)
    window = reading.window
    if window is not None and window.path is None and measure is not None and measure.time:
        window = window.model_copy(update={"path": measure.time})
    return reading.using(*shares, *told, measures=(MeasureRef(fold="count", part=parts[0]),), filters=base, window=window, focus="figure", fit=fit)


def _is_of_those(reading: Reading, last: int, share: int) -> bool:
    """As in 试过的样品里通过的占几成: what is asked of those within the condition is the category said behind them."""
    tokens, end = reading.signals.tokens, reading.item(last).end
    behind = (reading.item(index) for index in range(last + 1, share) if index in reading.used and reading.item(index).values)
    return any(INSIDE & {token.text for token in tokens[end : item.start]} for item in behind)


def _held_in(reading: Reading, part: Filter) -> Compare | None:
    """The value that records are said to hold in the column that they have something in: a part of these, while all that hold it have something."""
    if not isinstance(part, Compare) or part.op != "not_null":
        return None
    return next((each for each in reading.filters if isinstance(each, Compare) and each.op == "eq" and each.path == part.path), None)


def _ends_in_outcome(reading: Reading, bound: int, share: int) -> bool:
    """As in "what percentage of deals over 5k did we win": what is asked of those within the bound is how they ended."""
    return share < bound and any(OUTCOMES & set(item.cues) for item in reading.signals.items[bound + 1 :])


def _sets_bound(part: Filter) -> bool:
    """Whether it is a condition that no group of records is called by."""
    return isinstance(part, Between | Lasted | Beside | Unlike | Exists) or (
        isinstance(part, Compare) and part.op in {"gt", "ge", "lt", "le", "is_null", "not_null"}
    )


def _noun(reading: Reading, share: int) -> int | None:
    """Where the records are named that the share is of; 占比（按单数） only says how these are counted."""
    at = reading.notes.get("measure_item")
    by = reading.signals.at.get("group", ())
    if at is not None and mentions_counted(reading, int(at)) and not (int(at) > share and int(at) - 1 in by):
        return int(at)
    return next((index for index in range(len(reading.signals.items)) if mentions_counted(reading, index)), None)


def mentions_counted(reading: Reading, index: int) -> bool:
    """Whether the item names what is counted: the kind of record, or how the deals ended."""
    ref, item = reading.measures[0], reading.item(index)
    return mentions_entity(reading, index) or any(term.what == "measure" and term.key == ref.measure for term in item.terms)


def _place(reading: Reading, part: Filter) -> int | None:
    """The item that the condition was made of: its number or length, the word for what is missing, the field itself."""
    for index in sorted(reading.used):
        item = reading.item(index)
        if (item.number is not None or item.length is not None) and item.period is None and not isinstance(part, Exists):
            return index
        if {"without"} & set(item.cues) and (isinstance(part, Exists) or (isinstance(part, Compare) and part.op == "is_null")):
            return index
    if isinstance(part, Compare | Between):
        key = part.path.split(".")[-1]
        return next((i for i in sorted(reading.used) if any(term.what == "field" and term.key == key for term in reading.item(i).terms)), None)
    if isinstance(part, Exists):
        return next((i for i in sorted(reading.used) if any(_is_kind(term, part.entity) for term in reading.item(i).terms)), None)
    return None


def _is_kind(term: Term, entity: str) -> bool:
    return term.entity == entity and term.what in {"entity", "kind", "measure"}


def _is_part(reading: Reading, noun: int, bound: int, share: int) -> bool:
    """Whether the condition is what is asked of the records, as in "share of deals over 100k", rather than which these are: 10万以上的商机中赢单的占比."""
    item, tokens = reading.item(share), reading.signals.tokens
    if share < min(noun, bound):
        behind = tokens[item.end].norm if item.end < len(tokens) else ""
        return noun < bound and (item.text.casefold().split()[-1] == "of" or behind == "of" or not item.text.isascii())
    between = {token.text for token in tokens[reading.item(min(noun, bound)).end : reading.item(max(noun, bound)).start]}
    return share > max(noun, bound) and (noun < bound or not INSIDE & between)
