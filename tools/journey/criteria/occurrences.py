"""What happened, as criteria are judged by it: one act by one record, whether its text or its fields tell it. Knows no rule and no table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from tools.journey.acts import Role, Side, Status
from tools.journey.criteria.schemas import Condition, Deed, Kind, happenings
from tools.trace.cells import Frozen

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tools.access.principal import Principal
    from tools.access.scope import RowScope


class RecordRef(Frozen):
    """The record that tells of something: its system, table and id there, the day, and the words (or the field with its value) that tell it."""

    system: str
    table: str
    id: str
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the other side of a record."""

    side: Side = "unknown"
    role: Role | None = None
    name: str | None = None


NOBODY = Person()


@dataclass(slots=True)
class Occurrence:
    """One act told by one record.

    ``on`` is the day on which it took place; of what did not take place, the day on which it was told. ``moment`` orders the occurrences of a day: the time
    where the record has one, then the place in the text. ``context`` heads the record (a mail's subject), ``partner`` is the customer's person of the record.
    """

    act: Deed
    status: Status
    on: date
    table: str
    record: int
    system: str
    source: str
    words: str
    actor: Person = NOBODY
    partner: Person = NOBODY
    object: str = ""
    context: str = ""
    kinds: frozenset[Kind] = frozenset()
    stated: bool = False
    moment: str = ""
    place: int = 0

    def ref(self) -> RecordRef:
        """How it is cited."""
        return RecordRef(system=self.system, table=self.table, id=self.source, day=self.on, words=self.words)

    def follows(self, other: Occurrence) -> bool:
        """Whether it came later: on a later day, or on the same day later in the same record, or in another record that isn't known to be earlier."""
        if self.on != other.on:
            return self.on > other.on
        if (self.table, self.record) == (other.table, other.record):
            return self.place > other.place
        if self.moment and other.moment and self.moment != other.moment:
            return self.moment > other.moment
        return self.table != other.table or self.record > other.record


Near = Callable[[Deed, Status, Role | None, str, str], bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a rule needs to know of, so that no source reads more than that."""

    acts: frozenset[Deed]
    kinds: frozenset[Kind] = frozenset()
    only_kinds: bool = False
    today: date = field(default_factory=lambda: date.max)
    near: Near = lambda act, status, role, thing, heading: True
    """Whether an act with this status, by somebody in this role, to this thing, in a record headed so, comes near to anything that is asked."""


def wanted(condition: Condition, today: date, near: Near | None = None) -> Wanted:
    """The acts and kinds of record that a condition asks about."""
    asked = tuple(happenings(condition))
    found = Wanted(
        acts=frozenset(act for each in asked for act in each.acts),
        kinds=frozenset(each.record for each in asked if each.record is not None),
        only_kinds=bool(asked) and all(each.record is not None for each in asked),
        today=today,
    )
    return found if near is None else replace(found, near=near)


class OccurrenceSource(Protocol):
    """Tells what happened, as far as the principal may see it."""

    def occurrences(self, session: Session, principal: Principal, scope: RowScope, asked: Wanted) -> Mapping[int, Sequence[Occurrence]]:
        """For each account that has any: the occurrences of the wanted acts, in any order."""
        ...


def gather(sources: Iterable[OccurrenceSource], session: Session, principal: Principal, scope: RowScope, asked: Wanted) -> dict[int, list[Occurrence]]:
    """What all sources tell, of each account in order of time."""
    found: dict[int, list[Occurrence]] = {}
    for source in sources:
        for account, told in source.occurrences(session, principal, scope, asked).items():
            found.setdefault(account, []).extend(told)
    for told in found.values():
        told.sort(key=lambda each: (each.on, each.moment, each.table, each.record, each.place))
    return found
