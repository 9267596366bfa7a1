"""Shares of a reason: those for which one was noted are the whole, and not all the records of the table."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.settling import settle
from tools.crm.query import Compare
from tools.crm.semantic import FieldType

_REASON = re.compile(r"(?:原因|归因|缘由|理由|因由)$|\breasons?\b|\bcause\b", re.IGNORECASE)
LOST = Compare(path="status", values=("lost",))


def of_reasons(reading: Reading) -> Reading:
    """As in 丢单原因里价格太高的占几成: what part it is of what was lost; of an own table, of the records that have a reason."""
    if len(reading.dimensions) != 1 or not any(ref.share for ref in reading.measures):
        return reading
    path = reading.dimensions[0].path
    field = reading.paths.model.entities[reading.entity].fields.get(path)
    if field is None or field.type is not FieldType.TEXT or not _is_named(reading, path) or not any(map(_REASON.search, (*field.words.en, *field.words.zh))):
        return reading
    if path == "lost_reason":
        return settle(replace(reading, filters=(*reading.filters, LOST))) if not _has_outcome(reading) else reading
    whole = reading.paths.vocabulary.content(reading.entity, path).count >= reading.paths.vocabulary.rows(reading.entity)
    noted = Compare(path=path, op="not_null")
    return reading if whole or noted in reading.filters else replace(reading, filters=(*reading.filters, noted))


def _is_named(reading: Reading, path: str) -> bool:
    terms = (term for item in reading.signals.items for term in item.terms)
    return any((term.what, term.entity, term.key) == ("field", reading.entity, path) for term in terms)


def _has_outcome(reading: Reading) -> bool:
    wheres = (reading.paths.model.measures[ref.measure].where for ref in reading.measures if ref.measure)
    return any("status" in where for where in wheres) or any(isinstance(part, Compare) and part.path in {"status", "stage"} for part in reading.filters)
