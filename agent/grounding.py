"""Holds a live model's plan to the question: every value in it was named there, and nothing that was named there is left out.

A value that the store does not hold is repaired by what the question's words were linked to, or the plan is refused: it would
answer with a wrong zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz

from agent.authorising import NotAuthorised
from agent.parsing.language.text import name_key
from agent.parsing.linking.items import Linked
from agent.parsing.store_words.vocabulary import Vocabulary
from tools.crm.query import About, Against, Among, And, Beside, Between, Compare, Exists, Filter, Lasted, Not, Or, Plan, Query, Unlike
from tools.crm.semantic import Field, FieldType, SemanticModel
from tools.store.classification import Classification

ALIKE = 80.0
NAMED = {FieldType.NAME, FieldType.TEXT, FieldType.STAGE, FieldType.REF}
LEADERS = 5  # who is on top is shown with the next ones


@dataclass(frozen=True, slots=True)
class Named:
    """What the question and the conversation before it name. ``texts`` are stored spellings, ``meant`` those that a word was taken for."""

    linked: Linked
    texts: frozenset[str]
    numbers: frozenset[Decimal]
    days: frozenset[date]
    meant: frozenset[str] = frozenset()


def named_in(linked: Linked, earlier: tuple[Plan, ...], meant: frozenset[str] = frozenset()) -> Named:
    """Collect what may be used: from the question's links, and from the readings and the plan before."""
    texts = {value.text for item in linked.items for value in item.values}
    numbers = {item.number.value for item in linked.items if item.number is not None}
    periods = [item.period for item in linked.items if item.period is not None]
    days = {day for period in periods for day in (period.start, period.end) if day is not None}
    for plan in earlier:
        for query in plan.queries:
            for part in conditions(query.where):
                texts |= set(part.values) if isinstance(part, Compare) else set()
    numbers |= {Decimal(day.year) for day in days} | {number / 100 for number in numbers}
    return Named(linked, frozenset(texts), frozenset(numbers), frozenset(days), meant)


def ground(plan: Plan, named: Named, vocabulary: Vocabulary, clearance: Classification) -> Plan:
    """The plan in the spelling of the store. Raises NotAuthorised for a path that leads nowhere and for a value that nobody named."""
    return plan.model_copy(update={"queries": tuple(_Grounding(query, named, vocabulary, clearance).query() for query in plan.queries)})


def conditions(where: Filter | None) -> Iterator[Compare | Between | Exists]:
    """All single conditions of a filter, those of related records too."""
    match where:
        case None | About() | Lasted() | Beside() | Unlike():
            return
        case And() | Or():
            for part in where.parts:
                yield from conditions(part)
        case Not():
            yield from conditions(where.part)
        case Exists():
            yield where
            yield from conditions(where.where)
        case Among() | Against():
            yield from conditions(where.query.where)
        case _:
            yield where


class _Grounding:
    """One query being held to the question."""

    def __init__(self, query: Query, named: Named, vocabulary: Vocabulary, clearance: Classification) -> None:
        self.asked, self.named, self.vocabulary, self.clearance = query, named, vocabulary, clearance
        self.model: SemanticModel = vocabulary.model

    def query(self) -> Query:
        asked = self.asked
        for path in (*asked.select, *(each.path for each in asked.dimensions), *(ref.path for ref in asked.measures), *(each.path for each in asked.order)):
            if path is not None:
                self._field(asked.entity, path)
        for dimension in asked.dimensions:
            if (dimension.grain is not None) is not self._field(asked.entity, dimension.path).type.is_time:
                raise NotAuthorised(f"{dimension.path}: dates are grouped by a grain, nothing else is", "bad_arguments")
        for ref in asked.measures:
            if ref.over is not None or ref.less is not None or ref.of is not None or ref.against is not None or ref.part is not None:
                raise NotAuthorised("two fields of a record are compared by the readings only")
            if ref.fold is not None and ref.path is not None and not _folds(ref.fold, self._field(asked.entity, ref.path)):
                raise NotAuthorised(f"no {ref.fold} of {ref.path}", "bad_arguments")
        for bound in asked.having:
            self._number(bound.value)
        where = self._filter(asked.where, asked.entity) if asked.where is not None else None
        return asked.model_copy(update={"where": where, "limit": self._limit()})

    def _limit(self) -> int | None:
        limit = self.asked.limit
        if limit == 1:
            return LEADERS if self.asked.dimensions else 1
        return limit if limit is not None and Decimal(limit) in self.named.numbers else None

    def _filter(self, part: Filter, entity: str) -> Filter:
        match part:
            case And() | Or():
                return part.model_copy(update={"parts": tuple(self._filter(each, entity) for each in part.parts)})
            case Not():
                return part.model_copy(update={"part": self._filter(part.part, entity)})
            case Exists():
                return self._exists(part, entity)
            case Between():
                field = self._field(entity, part.path)
                for value in (part.low, part.high):
                    if value is not None:
                        self._value(value, field)
                return part
            case Compare():
                field = self._field(entity, part.path)
                if part.by_id:
                    raise NotAuthorised("records are named, not numbered")
                return part.model_copy(update={"values": tuple(self._value(value, field) for value in part.values)})
            case Lasted() | Beside() | Unlike():
                raise NotAuthorised("two fields of a record are compared by the readings only")
            case About():
                raise NotAuthorised("texts are searched by the readings only")
            case Among() | Against():
                raise NotAuthorised("questions are nested by the readings only")

    def _exists(self, part: Exists, entity: str) -> Exists:
        other = self.model.entities.get(part.entity)
        via = other.fields.get(part.via) if other else None
        if via is None or via.to != entity or part.of:
            raise NotAuthorised(f"no reference {part.entity}.{part.via} to {entity}", "unknown_name")
        return part.model_copy(update={"where": self._filter(part.where, part.entity)}) if part.where is not None else part

    def _field(self, entity: str, path: str) -> Field:
        try:
            walked, field = self.model.field(entity, path)
        except KeyError as error:
            raise NotAuthorised(f"no field {path} of {entity}", "unknown_name") from error
        if any(each.classification > self.clearance for each in (*walked, field)):
            raise NotAuthorised(f"no field {path} of {entity}", "unknown_name")  # as if it were not there
        return field

    def _value(self, value: str, field: Field) -> str:
        if field.type in NAMED:
            return self._text(value, field)
        if field.type is FieldType.FLAG:
            if value.lower() not in {"true", "false"}:
                raise NotAuthorised("a yes or no is true or false")
            return value.lower()
        if field.type.is_time:
            if _day(value) not in self.named.days:
                raise NotAuthorised("a day that the question does not name", "not_in_question")
            return value
        return self._number(value)

    def _number(self, value: str) -> str:
        try:
            number = Decimal(value)
        except InvalidOperation as error:
            raise NotAuthorised("a number in digits is needed") from error
        if number not in self.named.numbers:
            raise NotAuthorised("a number that the question does not name", "not_in_question")
        return value

    def _text(self, value: str, field: Field) -> str:
        """The stored spelling of a name: as it stands, by another form of it, or as the question's words were linked."""
        homes = _homes(field, self.model)
        known = [text for home in homes for text in self.vocabulary.content(*home).values]
        stored = [value] if value in known else [text for text in known if name_key(text) == name_key(value)]
        if not stored:
            stored = [hit.text for hit, _ in self.vocabulary.values.get(name_key(value), ()) if (hit.entity, hit.field) in homes]
        if not stored:
            stored = list(self._linked_like(value, homes))
        if len(set(stored)) != 1:
            raise NotAuthorised("a name that the store does not hold, or holds several of", "unknown_name")
        if stored[0] not in self.named.texts | self.named.meant and not self._is_outcome(stored[0], field):
            raise NotAuthorised("a name that the question does not name", "not_in_question")
        return stored[0]

    def _linked_like(self, value: str, homes: set[tuple[str, str]]) -> Iterator[str]:
        for item in self.named.linked.items:
            if fuzz.ratio(name_key(item.text), name_key(value)) >= ALIKE:
                yield from (hit.text for hit in item.values if (hit.entity, hit.field) in homes)

    def _is_outcome(self, text: str, field: Field) -> bool:
        """How a deal ended is said by verbs: won, lost, still open."""
        return field.key == "status" and any(text in item.cues for item in self.named.linked.items)


def _folds(fold: str, field: Field) -> bool:
    """Whether a fold makes sense of what a field holds."""
    return fold == "count_distinct" or field.type.is_numeric or (fold in {"min", "max"} and field.type.is_time)


def _homes(field: Field, model: SemanticModel) -> set[tuple[str, str]]:
    """The fields whose values a comparison with this one may name: of a reference, the title of what it refers to."""
    homes = {(field.entity, field.key)}
    if field.to is not None and (title := model.entities[field.to].title) is not None:
        homes.add((field.to, title))
    return homes


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
