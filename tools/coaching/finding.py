"""A situation as a detector finds it, and how its urgency adds up. Knows no store and no text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import log2

from tools.coaching.schemas import SituationKind, UrgencyPart
from tools.coaching.vocabulary import Duty, Topic, load_urgency
from tools.trace.cells import Cell, Contribution

HUNDREDTH = Decimal("0.01")
OLD_DAYS = 365
_DECIDERS: dict[Topic, tuple[Duty, ...]] = {
    "price": ("purchasing", "finance", "decision"),
    "feature": ("technical", "user"),
    "ease": ("user", "technical"),
    "risk": ("legal", "technical"),
    "time": ("technical", "decision"),
    "other": ("technical", "decision"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A situation of one account: what fills its texts, what makes it urgent, and who is behind it.

    ``about`` is what it is about in the customer's words, "" where nothing is named; ``because`` are further texts of its urgency: rule, units and
    the cell that these rest on.
    """

    kind: SituationKind
    template: str
    slots: Mapping[str, Cell]
    since: date
    ground: Cell
    because: tuple[tuple[str, Decimal, Cell], ...] = ()
    contact_id: int | None = None
    named: bool = False
    duties: tuple[Duty, ...] = ()
    deal_id: int | None = None
    about: str = ""


def deciders(topic: Topic) -> tuple[Duty, ...]:
    """Who decides on what such a matter is about, the nearest first."""
    return _DECIDERS[topic]


def waiting(days: int) -> Decimal:
    """Units of waiting: 0 today, 1 after a week, 2 after three weeks, 3 after seven."""
    return Decimal(str(log2(1 + max(days, 0) / 7))).quantize(HUNDREDTH)


def urgency_parts(finding: Finding) -> tuple[UrgencyPart, ...]:
    """The summands of a finding's urgency, each with its weight, its units and its cell."""
    points = load_urgency()
    base = Contribution(evidence=finding.ground.address, weight=points.base[finding.kind], effect=Decimal(1))
    parts = [UrgencyPart(rule="base", contribution=base)]
    for rule, units, cell in finding.because:
        added = points.added[rule]
        effect = min(units, added.most)
        if effect > 0:
            parts.append(UrgencyPart(rule=rule, contribution=Contribution(evidence=cell.address, weight=added.points, effect=effect)))
    return tuple(parts)
