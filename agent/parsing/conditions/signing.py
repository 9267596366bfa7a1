"""Customers and other records that have signed, told by a day of signing of their own: 签过约的客户, "signed customers", "have never signed"."""

from __future__ import annotations

import re

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare
from tools.crm.semantic import Field

_SIGNING = re.compile(r"签|\bsign(?:ed|ing|up)?\b", re.IGNORECASE)
OWN_ENDS = {"opportunity", "contract"}  # whose states say how they ended


def add_signings(reading: Reading) -> Reading:
    """Whether the day is noted, as a condition; together with a period it says by which day that counts, and is none."""
    places = [index for index in reading.signals.at.get("signed", ()) if index not in reading.used and _signs_itself(reading, index)]
    day = _day_of_signing(reading) if places and reading.entity not in OWN_ENDS else None
    if day is None or any(item.period is not None and _is_beside(reading, at, places) for at, item in enumerate(reading.signals.items)):
        return reading
    absent = [place for kind in ("not", "without") for place in reading.signals.at.get(kind, ()) if place not in reading.used]
    denied = [place for place in absent if any(place in {index - 1, index - 2} and reading.item(place).is_only_cue for index in places)]
    denied = [place for place in denied if not any(reading.item(between).terms for between in range(place + 1, max(places)))]
    again = [index for index in reading.open_items() if any((term.entity, term.key) == (reading.entity, day.key) for term in reading.item(index).terms)]
    again += [place for place in absent if place + 1 in again]
    return reading.using(*places, *denied, *again, filters=(*reading.filters, Compare(path=day.key, op="is_null" if denied else "not_null")))


def _day_of_signing(reading: Reading) -> Field | None:
    """The one day of signing that the records have, noted only for some of them."""
    fields, vocabulary = reading.paths.model.entities[reading.entity].fields.values(), reading.paths.vocabulary
    found = [field for field in fields if field.type.is_time and any(_SIGNING.search(label) for label in (*field.words.zh, *field.words.en))]
    filled = [field for field in found if vocabulary.content(reading.entity, field.key).count]
    some = len(filled) == 1 and vocabulary.content(reading.entity, filled[0].key).count < vocabulary.rows(reading.entity)
    return filled[0] if some else None


def _signs_itself(reading: Reading, index: int) -> bool:
    """Whether nothing behind it says what was signed: 签过单 tells of deals."""
    item, tokens = reading.item(index), reading.signals.tokens
    return item.is_only_cue and not (item.end < len(tokens) and tokens[item.end].text == "单")


def _is_beside(reading: Reading, at: int, places: list[int]) -> bool:
    """As in 今年新签的客户, "customers signed in May": with no comma in between."""
    tokens = reading.signals.tokens
    for index in places:
        first, last = sorted((reading.item(at), reading.item(index)), key=lambda item: item.start)
        if abs(at - index) <= 1 and not any(token.kind == "mark" for token in tokens[first.end : last.start]):
            return True
    return False
