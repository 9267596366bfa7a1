"""Tells what a table holds by how its columns depend on one another, where the words of its file and headers say nothing or something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tools.crm.importing.loading.outcomes import Status, status_word
from tools.crm.importing.loading.placed_orders import ORDERS
from tools.crm.importing.mapping import CUSTOM, RECORD_ID
from tools.crm.importing.proposing.contents import FEWEST_SHARED, Keys, fold
from tools.crm.importing.proposing.instalments import is_schedule
from tools.crm.importing.proposing.matching import Vocabulary
from tools.crm.importing.proposing.personal_names import is_latin, is_personal
from tools.crm.importing.proposing.places import Column, place_all
from tools.crm.importing.proposing.sampled_rows import FEWEST, follows, held
from tools.crm.importing.proposing.shown_outcomes import rows_by_outcome, shown_outcomes
from tools.crm.importing.proposing.value_words import JOBS, PAYING, URGENCY, WAYS, ValueWords
from tools.crm.importing.source import SourceTable

MOST_WORDS = 25
NEARLY_ALL, MOST, HALF, HARDLY = 0.97, 0.8, 0.5, 0.1
LEAST_DEPENDING, LEAST_SIGNS = 2, 4
LEAST_REFERRING = 2
BY_CONTENTS = 0.75
ALL_BUT_EVIDENT = 1  # of a table that is what its words say, more columns than that tell what such records tell
LEAST_DIGITS, LOOKED_AFTER = 4, 3.0
Row = Sequence[int]
People = frozenset[int]


def by_behaviour(
    tables_columns: Sequence[Sequence[Column]], entities: Sequence[tuple[str, float]], vocabularies: Map[str, Vocabulary], dictionaries: Sequence[bool]
) -> list[tuple[str, float]]:
    """The kinds of record with those that what the tables hold speaks for, each where no table holds such records by its words.

    ``dictionaries`` marks the tables that only speak of others.
    """
    found = list(entities)
    telling = [[] if about else _telling(columns) for columns, about in zip(tables_columns, dictionaries, strict=True)]
    behaviours = [Behaviour(at, tables_columns, telling) for at in range(len(tables_columns))]
    for kind, strength in STRENGTHS.items():
        if any(entity == kind for entity, _ in found):
            continue
        people = frozenset(at for at, (entity, _) in enumerate(found) if entity == "member")
        free = [at for at, columns in enumerate(tables_columns) if not dictionaries[at] and _is_free(found[at][0], columns, kind, vocabularies)]
        referring = Counter(target for behaviour in behaviours for target in behaviour.targets.values())
        told = {at: strength(behaviours[at], people, referring[at]) for at in free}
        best = max(told, key=lambda at: (told[at], referring[at], -at), default=None)
        if best is not None and told[best] > 0:
            found[best] = (kind, BY_CONTENTS)
    return found


def with_outcomes(tables_columns: Sequence[Sequence[Column]], entities: Sequence[tuple[str, float]], dictionaries: Sequence[bool]) -> tuple[int, int] | None:
    """The table taken for deals although none of its records was lost, and the own one that tells what was won and what was lost: orders, enquiries.

    None where there are no two such tables.
    """
    taken = [at for at, (entity, _) in enumerate(entities) if entity == "opportunity"]
    telling = [[] if about else _telling(columns) for columns, about in zip(tables_columns, dictionaries, strict=True)]
    behaviours = [Behaviour(at, tables_columns, telling) for at in range(len(tables_columns))]
    if len(taken) != 1 or behaviours[taken[0]].outcomes:
        return None
    people = frozenset(at for at, (entity, _) in enumerate(entities) if entity == "member")
    told = {at: _deals(behaviours[at], people, 0) for at, (entity, _) in enumerate(entities) if entity == CUSTOM and not dictionaries[at]}
    best = max(told, key=lambda at: (told[at], -at), default=None)
    return (taken[0], best) if best is not None and told[best] > 0 else None


def beside_deals(tables: Sequence[SourceTable], tables_columns: Sequence[Sequence[Column]], entities: Sequence[tuple[str, float]]) -> list[int]:
    """The tables taken for deals of which none was lost, or which are called orders, beside another that tells what was won and lost in other columns.

    Empty where all tables of deals tell it, none does, or they have the same columns: one file for each year.
    """
    taken = [at for at, (entity, _) in enumerate(entities) if entity == "opportunity"]
    ordered = {at for at in taken if ORDERS.search(Path(tables[at].file).stem)}
    telling = [at for at in taken if at not in ordered and Behaviour(at, tables_columns, []).outcomes]
    headers = {at: {column.header.raw for column in tables_columns[at]} for at in taken}
    return [at for at in taken if telling and at not in telling and not any(len(headers[at] & headers[deals]) > HALF * len(headers[at]) for deals in telling)]


def _is_free(entity: str, columns: Sequence[Column], kind: str, vocabularies: Map[str, Vocabulary]) -> bool:
    """Whether nothing but a word of its name, and perhaps one column, speaks for what a table is taken for; only deals are told that surely."""
    if entity == CUSTOM or kind != "opportunity":
        return entity == CUSTOM
    vocabulary = vocabularies[entity]
    places = {placed.place for placed in place_all(columns, vocabulary, Keys())[0].values()}
    return (
        len({place for place in places if place.partition("#")[0] not in vocabulary.references} - {RECORD_ID, "number", vocabulary.entity.title})
        <= ALL_BUT_EVIDENT
    )


@dataclass(frozen=True)
class Behaviour:
    """One table among those of its export: which columns refer to other tables, and which hold something when others do."""

    at: int
    tables: Sequence[Sequence[Column]]
    telling: Sequence[Sequence[set[str]]]

    @property
    def columns(self) -> Sequence[Column]:
        """The columns of this table."""
        return self.tables[self.at]

    @cached_property
    def targets(self) -> dict[int, int]:
        """The columns that hold values by which another table tells its records apart, with that table."""
        found: dict[int, int] = {}
        for at, column in enumerate(self.columns):
            values = {fold(value) for value in column.profile.distinct}
            if len(values) < FEWEST_SHARED or column.profile.dates >= HALF or all(value.isdecimal() and len(value) < LEAST_DIGITS for value in values):
                continue
            others = (other for other in range(len(self.tables)) if other != self.at)
            target = next((other for other in others if any(len(values & known) >= MOST * len(values) for known in self.telling[other])), None)
            if target is not None:
                found[at] = target
        return found

    def refers_to(self, people: People) -> bool:
        """Whether some column names people of one's own, by name or by number."""
        return not people.isdisjoint(self.targets.values())

    def refers_beyond(self, people: People) -> bool:
        """Whether some column names something else that the export has a table of, such as a customer."""
        return not people >= set(self.targets.values())

    @cached_property
    def outcomes(self) -> Map[Status, Row]:
        """The rows of each outcome, by the column of few words that tells which were won and which lost; empty where there is none."""
        best: dict[Status, list[int]] = {}
        for at, column in enumerate(self.columns):
            words = column.profile.distinct
            if not 2 <= len(words) <= MOST_WORDS or not {"won", "lost"} <= {*map(status_word, words), *shown_outcomes(at, self.columns).values()}:
                continue
            rows = rows_by_outcome(at, self.columns)
            if min(len(rows["won"]), len(rows["lost"])) >= FEWEST and len(rows["won"]) + len(rows["lost"]) > len(best.get("won", ())) + len(
                best.get("lost", ())
            ):
                best = rows
        return best

    def days(self) -> list[int]:
        """The columns of days."""
        return [at for at, column in enumerate(self.columns) if column.profile.dates >= MOST]

    def has(self, words: ValueWords) -> bool:
        """Whether some column of few words holds such values."""
        return any(len(column.profile.distinct) <= MOST_WORDS and words.matched(column.profile.distinct) for column in self.columns)


def _telling(table: Sequence[Column]) -> list[set[str]]:
    return [
        {fold(value) for value in column.profile.column()} - {""}
        for column in table
        if column.profile.uniqueness >= NEARLY_ALL and column.profile.dates < HALF and column.profile.length < 60
    ]


def _named(table: Sequence[Column], least: float) -> Column | None:
    """The column that names people, hardly one of them twice."""
    return next(
        (each for each in table if each.profile.share(is_personal) >= MOST and len(each.profile.distinct) >= least * len(each.profile.sample) > 0), None
    )


def _is_of_people(table: Sequence[Column]) -> bool:
    """Whether a table is of people of one's own: names, and jobs or superiors from among themselves where names of companies would look alike."""
    names = _named(table, MOST)
    if names is None:
        return False
    if names.profile.share(is_latin) < HALF:
        return True
    known = {fold(value) for column in table if column.profile.uniqueness >= NEARLY_ALL for value in column.profile.column()}
    superiors = any(
        2 <= len(column.profile.distinct) <= HALF * len(column.profile.sample) and {fold(value) for value in column.profile.distinct} <= known
        for column in table
    )
    return superiors or any(JOBS.matched(column.profile.distinct) or column.profile.emails >= MOST for column in table)


def _deals(table: Behaviour, people: People, referring: int) -> float:
    """A customer, somebody who looks after it, an outcome, and what only won, only lost or only finished ones have."""
    rows = table.outcomes
    if not rows or not table.refers_beyond(people):
        return 0.0
    everyone = [*rows["won"], *rows["lost"], *rows["open"]]
    others = [column for column in table.columns if not column.profile.is_empty]
    came = any(
        column.profile.numbers >= MOST and held(column, rows["won"]) >= MOST and held(column, [*rows["lost"], *rows["open"]]) <= HARDLY for column in others
    )
    why = any(held(column, rows["lost"]) >= HALF and held(column, [*rows["won"], *rows["open"]]) <= HARDLY for column in others if _is_words(column))
    days = table.days()
    ended = (
        any(held(table.columns[at], [*rows["won"], *rows["lost"]]) >= MOST and held(table.columns[at], rows["open"]) <= HARDLY for at in days) and rows["open"]
    )
    begun = any(held(table.columns[at], everyone) >= NEARLY_ALL for at in days)
    depending = sum(map(bool, (came, why, ended)))
    signs = depending + begun + table.refers_to(people) + table.refers_beyond(people)
    return float(signs) if depending >= LEAST_DEPENDING and signs >= LEAST_SIGNS else 0.0


def _is_words(column: Column) -> bool:
    return column.profile.numbers < HARDLY and column.profile.dates < HARDLY and len(column.profile.distinct) <= HALF * max(2, len(column.profile.sample))


def _touches(table: Behaviour, people: People, referring: int) -> float:
    """A day, a person of ours, a customer, a way of being in touch, and no outcome."""
    days = [at for at in table.days() if table.columns[at].profile.filled >= NEARLY_ALL]
    done_by = table.refers_to(people) or any(_is_doing(column) for column in table.columns)
    if not days or len(days) > 2 or table.outcomes or not (done_by and table.refers_beyond(people)):
        return 0.0
    return 1.0 if table.has(WAYS) else 0.0


def _is_doing(column: Column) -> bool:
    """Whether a column names a few people again and again."""
    return column.profile.share(is_personal) >= NEARLY_ALL and len(column.profile.distinct) <= HALF * HALF * len(column.profile.sample)


def _cases(table: Behaviour, people: People, referring: int) -> float:
    """Opened and closed, the one hardly after the other, with degrees of urgency, and for somebody."""
    days = sorted(table.days(), key=lambda at: -table.columns[at].profile.filled)
    if len(days) < 2 or table.outcomes or not table.refers_beyond(people) or not table.has(URGENCY):
        return 0.0
    opened = [at for at in days if table.columns[at].profile.filled >= NEARLY_ALL]
    later = any(follows(table.columns[first], table.columns[last]) for first in opened for last in days if last != first)
    return 1.0 if later else 0.0


def _people(table: Behaviour, people: People, referring: int) -> float:
    """People to whom other tables refer, and who belong to nobody else."""
    return float(referring) if not table.targets and referring >= LEAST_REFERRING and _is_of_people(table.columns) else 0.0


def _customers(table: Behaviour, people: People, referring: int) -> float:
    """Those to whom most others refer, with names, who refer to people at most; somebody who looks after them tells them from goods."""
    looked_after = table.refers_to(people)
    if not any(map(_is_naming, table.columns)) or table.refers_beyond(people) or table.outcomes or _is_of_people(table.columns):
        return 0.0
    if referring < LEAST_REFERRING or (_is_priced(table) and not looked_after):
        return 0.0
    return referring * (LOOKED_AFTER if looked_after else 1.0)


def _goods(table: Behaviour, people: People, referring: int) -> float:
    """What others refer to and that has a name and a price, and refers to nothing itself."""
    is_one = any(map(_is_naming, table.columns)) and _is_priced(table) and not (table.targets or table.days() or table.outcomes)
    return float(referring) if is_one else 0.0


def _is_naming(column: Column) -> bool:
    profile = column.profile
    return profile.uniqueness >= NEARLY_ALL and profile.numbers < HARDLY and profile.telling_ids < HALF and profile.dates < HARDLY and profile.emails < HARDLY


def _is_priced(table: Behaviour) -> bool:
    return any(column.profile.numbers >= MOST and _in_currency(column) and column.profile.filled >= HALF for column in table.columns)


def _in_currency(column: Column) -> bool:
    return column.header.unit is not None or bool(column.profile.units)


def _sums_received(table: Behaviour, people: People, referring: int) -> float:
    """An amount, a day, a way of paying, and what it was paid for; or what was due with what has come of it, and when."""
    if is_schedule(table.columns):
        return 1.0
    money = any(column.profile.numbers >= MOST and _in_currency(column) for column in table.columns)
    return 1.0 if money and 1 <= len(table.days()) <= 2 and table.refers_beyond(people) and not table.outcomes and table.has(PAYING) else 0.0


def _persons_met(table: Behaviour, people: People, referring: int) -> float:
    """People with a job or a number to call, who belong to somebody."""
    named = _named(table.columns, MOST) is not None
    reached = any(max(column.profile.phones, column.profile.emails) >= MOST for column in table.columns)
    return 1.0 if named and reached and table.refers_beyond(people) and not table.outcomes and table.has(JOBS) else 0.0


STRENGTHS: Map[str, Callable[[Behaviour, People, int], float]] = {
    "member": _people,
    "account": _customers,
    "product": _goods,
    "opportunity": _deals,
    "contact": _persons_met,
    "interaction": _touches,
    "ticket": _cases,
    "payment": _sums_received,
}
"""How surely a table holds each kind of record, 0 where it doesn't, in the order in which they are told."""
