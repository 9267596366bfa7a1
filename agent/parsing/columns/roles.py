"""The columns of a store that belong together: the day that was planned for an event and the day on which it happened; amounts by what they are of."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from agent.parsing.columns.concepts import concepts, near_events, rest_of, says_more
from agent.parsing.columns.happening import done_of, state_words
from agent.parsing.store_words.own_headers import own_labels
from tools.crm.semantic import Field, FieldType

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

MAIN = "amount"
MAIN_OF = {"opportunity": ("close",), "contract": ("sign",), "invoice": ("invoice",), "payment": ("pay",)}
AGAIN = ("next ", "next_", "下次", "下一次", "下期", "下回")
AHEAD = ("eta", "etd", *AGAIN)


@dataclass(frozen=True, slots=True)
class Day:
    """A filled column of days: the events that its header names, and whether it holds what was planned."""

    path: str
    events: frozenset[str]
    planned: bool
    rest: str
    states: tuple[tuple[str, str], ...] = ()
    recurring: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A filled column of numbers or money, by what its header says it is of; ``more`` where it says other things besides."""

    path: str
    about: frozenset[str]
    type: FieldType
    more: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """The day that was planned and the day on which it happened."""

    actual: Day
    planned: Day

    @property
    def events(self) -> frozenset[str]:
        """The events that either of them is about."""
        return self.actual.events | self.planned.events


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of days and of amounts of every kind of record that there are any of.

    ``states`` are the words by which a header's own event is said to have happened or not, with the event; ``unfinished`` are the
    days that some records have not come to yet; ``planned_events`` the Chinese events that were planned, each with the words for what is done.
    """

    days: dict[str, tuple[Day, ...]]
    pairs: dict[str, tuple[Pair, ...]]
    amounts: dict[str, tuple[Amount, ...]]
    own_events: tuple[str, ...] = ()
    states: dict[str, str] = field(default_factory=dict)
    unfinished: frozenset[tuple[str, str]] = frozenset()
    planned_events: tuple[tuple[str, str], ...] = ()

    def days_of_paying(self, entity: str) -> list[str]:
        """The columns of one kind of record that hold the day on which money came in."""
        return [day.path for day in self.days.get(entity, ()) if "pay" in day.events and not day.planned]


def read_columns(vocabulary: Vocabulary) -> Columns:
    """What the headers of a store say of its columns."""
    kinds = [key for key in vocabulary.model.entities if vocabulary.rows(key)]
    days = {key: found for key in kinds if (found := _days(vocabulary, key))}
    unfinished = frozenset((key, day.path) for key, found in days.items() for day in found if vocabulary.content(key, day.path).count < vocabulary.rows(key))
    pairs = {key: _pairs(found) or _only_pair(key, found, unfinished) for key, found in days.items()}
    states = {word: event for found in days.values() for day in found if not day.planned for word, event in day.states}
    own = {pair.planned.rest for found in pairs.values() for pair in found if pair.planned.rest and pair.events == {pair.planned.rest}}
    awaited = {pair.planned.rest for found in pairs.values() for pair in found if any(event == pair.planned.rest for _, event in pair.planned.states)}
    planned = tuple((event, done_of(event)) for event in sorted(awaited))
    return Columns(days, pairs, {key: _amounts(vocabulary, key) for key in kinds}, tuple(sorted(own)), states, unfinished, planned)


def _only_pair(entity: str, days: tuple[Day, ...], unfinished: frozenset[tuple[str, str]]) -> tuple[Pair, ...]:
    """As in 应回日期 and 到账日期: the one day that was planned and the one that some records have not come to yet, whatever they are called."""
    if any(day.recurring for day in days):
        return ()  # 下次检验日期 is when something is done again, whatever else has happened
    planned, actual = [day for day in days if day.planned], [day for day in days if not day.planned and (entity, day.path) in unfinished]
    return (Pair(actual[0], planned[0]),) if len(planned) == len(actual) == 1 else ()


def _days(vocabulary: Vocabulary, entity: str) -> tuple[Day, ...]:
    """The filled columns of days of one kind of record."""
    found = []
    for spec in vocabulary.model.entities[entity].fields.values():
        if spec.type.is_time and vocabulary.content(entity, spec.key).count:
            label = _label(spec)
            events = concepts(label, "event")
            if "pay" in events and "invoice" in events:
                events -= {"invoice"}  # an invoice is due on the day on which it is to be paid
            rest = rest_of(label)
            events = events or frozenset({rest} - {""})  # an event that no other trade knows
            states = state_words(rest) if own_labels(spec) else ()
            events |= {event for _, event in states}
            found.append(
                Day(
                    spec.key,
                    events,
                    "planned" in concepts(label, "role") or label.casefold().startswith(AHEAD),
                    rest,
                    states,
                    label.casefold().startswith(AGAIN),
                )
            )
    return tuple(found)


def _pairs(days: tuple[Day, ...]) -> tuple[Pair, ...]:
    """Planned and actual days of one event: the same event, else the same header but for the role, else a neighbouring event."""
    actual = [day for day in days if not day.planned]
    found = []
    for planned in (day for day in days if day.planned):
        tests = (
            [day for day in actual if day.events & planned.events],
            [day for day in actual if day.rest and day.rest == planned.rest],
            [day for day in actual for near in near_events() if day.events & near and planned.events & near],
        )
        best = next((each for each in tests if each), [])
        found += [Pair(day, planned) for day in best]
    return tuple(found)


def _amounts(vocabulary: Vocabulary, entity: str) -> tuple[Amount, ...]:
    """The filled columns of numbers and money of one kind of record."""
    found = []
    for spec in vocabulary.model.entities[entity].fields.values():
        if not spec.type.is_numeric or not vocabulary.content(entity, spec.key).count:
            continue
        about = concepts(_label(spec), "amount") | (frozenset(MAIN_OF.get(entity, ())) if spec.key == MAIN else frozenset())
        found.append(Amount(spec.key, about, spec.type, says_more(_label(spec))))
    return tuple(found)


def _label(spec: Field) -> str:
    """What the export calls a column; where it has no word of its own, the canonical one."""
    return next(iter(own_labels(spec)), spec.words.label("en"))


@cache
def is_same_kind(one: FieldType, other: FieldType) -> bool:
    """Whether two amounts can be held against each other."""
    plain = {FieldType.NUMBER, FieldType.COUNT}
    return one is other or {one, other} <= plain
