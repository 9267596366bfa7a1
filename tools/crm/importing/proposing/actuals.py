"""Tells what was planned from what came of it, where an export has a column for each: the expected close from the close, the quoted amount from the won."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tools.crm.importing.proposing.places import Column, Placed
from tools.crm.semantic import Entity, Field, FieldType

PLANNED = re.compile(
    r"^(?:预计|预估|计划|约定|应|拟|目标|预算|估计|估算|报价|意向|期望)|"
    r"\b(?:expected|estimated|est|exp|planned|plan|forecast|projected|target|budget(?:ed)?|promised|agreed|due|quoted|scheduled|proposed|erwartet\w*|geplant\w*)\b"
)
ACTUAL = re.compile(
    r"^(?:实际|实收|实付|实|最终|中标|成交|结案|结单|赢单|签约|签单|关闭|落单)|"
    r"\b(?:actual|act|real|realised|realized|final|won|closed|close|booked|signed|received|tatsächlich\w*)\b"
)
CAME = 0.8
"""Where a deal's own plan is known as well, most rows have that; what came of it is known of the settled ones."""


def prefer_actual(placed: Mapping[int, Placed], columns: Sequence[Column], entity: Entity) -> tuple[dict[int, Placed], dict[int, str]]:
    """The places with what came of it instead of what was planned; and the fields that a planned column of deals still fills where nothing came yet.

    A planned column stays one of its own, so that both can be asked for.
    """
    found, fills = dict(placed), dict[int, str]()
    for at, place in placed.items():
        field = entity.fields.get(place.place)
        if field is None or not (field.type.is_time or field.type is FieldType.MONEY) or _is_plan(field) or ACTUAL.search(columns[at].header.spoken):
            continue
        planned = PLANNED.search(columns[at].header.spoken) is not None
        actual = [
            other
            for other, column in enumerate(columns)
            if other not in placed and _alike(field.type, column) and ACTUAL.search(column.header.spoken) and not PLANNED.search(column.header.spoken)
        ]
        if len(actual) != 1 or not (planned or (_is_pending(entity, place.place) and columns[actual[0]].profile.filled <= CAME * columns[at].profile.filled)):
            continue
        found[actual[0]] = replace(place, because=f"it is what came of “{columns[at].header.raw.strip()}”")
        del found[at]
        if _is_pending(entity, place.place):
            fills[at] = place.place
    return found, fills


def _is_pending(entity: Entity, place: str) -> bool:
    """Whether a record without the outcome still counts by its plan, as an open deal does."""
    return bool(entity.pending) and place in {entity.due, "amount"}


def _is_plan(field: Field) -> bool:
    """Whether the field itself holds what is planned, such as the day on which an invoice is due."""
    return any(PLANNED.search(word.casefold()) for word in (*field.words.en[:1], *field.words.zh[:1]))


def _alike(kind: FieldType, column: Column) -> bool:
    profile = column.profile
    if kind.is_time:
        return profile.dates >= CAME
    return profile.numbers >= CAME and not column.header.percent and column.header.measure is None
