"""What happened with somebody in one period and not in another: "won a deal in 2024 but none in 2025", 去年下过单、今年还没下单的客户."""

from __future__ import annotations

from dataclasses import dataclass

from agent.parsing.conditions.named_times import between
from agent.parsing.conditions.outcomes import STATUSES
from agent.parsing.conditions.related_kinds import related_kind
from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from tools.crm.query import And, Compare, Exists, Filter
from tools.crm.semantic import Field

WITHIN = {"在", "于"}
DEEDS = {"sells", "sold", "won"}
ONLY_HAVING = {"had", "have", "has", "having", "有", "有过"}


@dataclass(frozen=True, slots=True)
class _Deed:
    """What happened: related records, how they refer to those read, what else is said of them, and where."""

    child: str
    link: Field
    parts: tuple[Filter, ...]
    places: frozenset[int]


def add_lapsed(reading: Reading) -> Reading:
    """Related records of one of two periods are there, those of the other are not; what is missing may go without saying."""
    periods = [index for index in reading.open_items() if reading.item(index).period is not None]
    denials = [index for kind in ("without", "not") for index in reading.signals.at.get(kind, ()) if index not in reading.used]
    if len(periods) != 2 or len(denials) != 1:
        return reading
    first, second = _halves(reading, periods, denials[0])
    never, then = (first, second) if denials[0] in first else (second, first)
    happened = _deed(reading, then)
    if happened is None:
        return reading
    lacked = _deed(reading, never) or happened
    day = {deed.child: reading.paths.model.entities[deed.child].time for deed in (happened, lacked)}
    if not all(time and reading.paths.vocabulary.filled(child, time) for child, time in day.items()):
        return reading
    made: list[Filter] = []
    for deed, places, absent in ((happened, then, False), (lacked, never, True)):
        period = reading.item(next(index for index in periods if index in places)).period
        assert period is not None  # noqa: S101 - only items with periods are looked at
        where = And(parts=(*deed.parts, between(str(day[deed.child]), period)))
        made.append(Exists(entity=deed.child, via=deed.link.key, where=where if deed.parts else where.parts[0], absent=absent))
    used = [*periods, *denials, *happened.places, *lacked.places]
    return reading.using(*used, filters=(*reading.filters, *made), fit=reading.fit + 0.5)


def _halves(reading: Reading, periods: list[int], denial: int) -> tuple[range, range]:
    """The places that tell of the first period, and those that tell of the second. In Chinese, a period stands before what happened in it."""
    first, second = periods
    items = reading.signals.items
    if denial < first:
        at = first + 1
    elif denial > second or (has_han(items[denial].text) and not _leads_to(reading, denial, second)):
        at = second
    else:
        at = denial
    return range(at), range(at, len(items))


def _leads_to(reading: Reading, denial: int, period: int) -> bool:
    """As in 没有在今年: the period is the one that is denied."""
    between_them = reading.signals.tokens[reading.item(denial).end : reading.item(period).start]
    return all(token.text in WITHIN for token in between_them)


def _deed(reading: Reading, places: range) -> _Deed | None:
    """The related records that a half of the question tells of."""
    used: set[int] = set()
    named: tuple[str, Field, tuple[Filter, ...]] | None = None
    outcome = ""
    for index in places:
        item = reading.item(index)
        if item.period is not None or {"without", "not"} & set(item.cues):
            continue
        said = next((kind for kind in (*STATUSES, "signed") if kind in item.cues), "")
        sold = bool(DEEDS & set(item.cues)) and item.text.casefold() not in ONLY_HAVING
        if said or sold:
            outcome, used = outcome or said or "won", used | {index}
        found = related_kind(reading, item) if not item.is_only_cue else None
        if found is not None and found[0] != reading.entity:
            named, used = named or found, used | {index}
    if named is None and outcome:
        child = "contract" if outcome == "signed" and reading.paths.vocabulary.rows("contract") else "opportunity"
        link = reading.paths.link_to(child, reading.entity) if child != reading.entity and reading.paths.vocabulary.rows(child) else None
        named = (child, link, ()) if link is not None else None
    categories = _categories(reading, places, named[0] if named else None)
    if named is None and categories:
        child = categories[0][1]
        link = reading.paths.link_to(child, reading.entity)
        named = (child, link, ()) if link is not None else None
    if named is None:
        return None
    parts = [*named[2]]
    if named[0] == "opportunity" and outcome and not any(isinstance(part, Compare) and part.path == "status" for part in parts):
        ended = {"closed": ("won", "lost"), "signed": ("won",)}.get(outcome, (outcome,))
        parts.append(Compare(path="status", values=ended))
    for index, child, part in categories:
        if child == named[0] and part not in parts:
            parts.append(part)
            used.add(index)
    said_again = (i for i in places if _says_no_more(reading.item(i), named[0]))
    return _Deed(named[0], named[1], tuple(parts), frozenset({*used, *said_again}))


def _says_no_more(item: Item, child: str) -> bool:
    """As in "won one in 2024", "had a booking": a pronoun for such a record, or a figure of them."""
    return item.text.casefold() in {"one", "some", "any"} or any(term.what == "measure" and term.entity == child for term in item.terms)


def _categories(reading: Reading, places: range, child: str | None) -> list[tuple[int, str, Compare]]:
    """Categories of the related records themselves that stand in a half: "a site inspection", "definite"."""
    found = []
    for index in places:
        item = reading.item(index)
        if index in reading.used or set(STATUSES) & set(item.cues):
            continue
        for value in item.values:
            own = value.entity == child if child else value.entity != reading.entity and reading.paths.link_to(value.entity, reading.entity) is not None
            if own and not value.title and not any(each.entity == reading.entity for each in item.values):
                found.append((index, value.entity, Compare(path=value.field, values=(value.text,))))
                break
    return found
