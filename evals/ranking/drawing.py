"""Draws the parts of a query from what a store holds: measures, kinds, groups, values, bounds, periods."""

from __future__ import annotations

from random import Random

from agent.parsing.language import periods
from agent.parsing.language.periods import Period
from agent.parsing.reading.paths import Paths
from evals.ranking.naming import Naming, Said
from evals.ranking.schemas import TODAY, Invented
from tools.crm.query import And, Between, Compare, Filter, MeasureRef, Operator, Window
from tools.crm.semantic import Field, FieldType, Measure
from tools.crm.semantic.model import RECORD_ID

GROUPED_BY = {FieldType.TEXT, FieldType.STAGE, FieldType.REF}
MOST_GROUPS = 40


class Parts:
    """Parts of queries to one store."""

    def __init__(self, store: Invented, random: Random) -> None:
        """``random`` decides everything that is drawn."""
        self.model, self.vocabulary, self.random = store.model, store.vocabulary, random
        self.paths = Paths(store.vocabulary)
        self.naming = Naming(self.paths)
        self.entities = [key for key in self.model.entities if self.vocabulary.rows(key)]
        self.measures = [each for each in self.model.measures.values() if self._can_be_asked(each)]

    def _can_be_asked(self, measure: Measure) -> bool:
        if not self.vocabulary.rows(measure.entity):
            return False
        if measure.op == "rate":
            return all(self._can_be_asked(self.model.measures[arg]) for arg in measure.args)
        args = [arg for arg in measure.args if arg in self.model.entities[measure.entity].fields]
        held = all(self.vocabulary.content(measure.entity, arg).count for arg in args)
        return held and all(self.vocabulary.content(measure.entity, path).count for path in measure.where)

    def measure(self) -> Measure:
        """A measure that the store can answer."""
        weights = [3.0 if each.entity == "opportunity" else 1.5 if each.op != "count" else 1.0 for each in self.measures]
        return self.random.choices(self.measures, weights)[0]

    def entity(self) -> str:
        """A kind of record."""
        return self.random.choices(self.entities, [2.0 if each in {"opportunity", "account"} else 1.0 for each in self.entities])[0]

    def kind(self, entity: str) -> dict[str, Said]:
        """The words for one record of a kind and for many."""
        return {"kind": self.naming.entity(entity, plural=False), "kinds": self.naming.entity(entity, plural=True)}

    def counting(self, entity: str) -> MeasureRef:
        """The figure that counts records of a kind."""
        named = next((each for each in self.model.measures.values() if each.entity == entity and each.op == "count" and not each.where), None)
        return MeasureRef(measure=named.key) if named else MeasureRef(fold="count")

    def fields(self, entity: str) -> list[Field]:
        """Filled fields of a kind."""
        fields = self.model.entities[entity].fields.values()
        return [each for each in fields if each.key not in {RECORD_ID, "currency"} and self.vocabulary.content(entity, each.key).count]

    def time(self, measure: Measure) -> str | None:
        """The day by which a measure counts, where it is filled."""
        path = measure.time or self.model.entities[measure.entity].time
        return path if path and self.vocabulary.filled(measure.entity, path) else None

    def _group_paths(self, entity: str) -> list[tuple[float, str]]:
        title = self.model.entities[entity].title
        found = []
        for own in self.fields(entity):
            if own.type in GROUPED_BY and own.key not in {title, "status"} and self.naming.can_be_said(entity, own.key):
                found.append((1.0, own.key))
            if own.type is FieldType.REF and own.to not in {None, entity} and self.vocabulary.rows(str(own.to)):
                for far in self.fields(str(own.to)):
                    path = f"{own.key}.{far.key}"
                    if far.type in GROUPED_BY and far.key != self.model.entities[far.entity].title and self.naming.can_be_said(entity, path):
                        found.append((0.35, path))
        return found

    def group(self, entity: str) -> str | None:
        """A path to group by."""
        options = self._group_paths(entity)
        return self.random.choices([path for _, path in options], [weight for weight, _ in options])[0] if options else None

    def value_at(self, entity: str) -> tuple[str, list[str]] | None:
        """A path with the values that it holds."""
        path = self.group(entity)
        if path is None:
            return None
        last = self.paths.field(entity, path)
        title = self.model.entities[last.to].title if last.to else None
        held = (
            list(self.vocabulary.content(str(last.to), str(title)).values)
            if last.type is FieldType.REF
            else list(self.vocabulary.content(last.entity, last.key).values)
        )
        return (path, held) if held and (last.type is FieldType.REF or len(held) <= MOST_GROUPS) else None

    def conditions(self, entity: str, most: int, least: int = 0, without: frozenset[str] = frozenset()) -> tuple[Filter | None, tuple[Said, ...]]:
        """Up to ``most`` conditions, with their words."""
        parts: dict[str, tuple[Filter, Said]] = {}
        for _ in range(self.random.randint(least, most)):
            drawn = self._bound(entity) if self.random.random() < 0.2 else self._equality(entity)
            if drawn is not None and drawn[0] not in without and not (drawn[0].count(".") and any(key.count(".") for key in parts)):
                parts.setdefault(drawn[0], drawn[1:])
        filters = tuple(part for part, _ in parts.values())
        where = None if not filters else filters[0] if len(filters) == 1 else And(parts=filters)
        return where, tuple(said for _, said in parts.values())

    def _equality(self, entity: str) -> tuple[str, Filter, Said] | None:
        if entity == "opportunity" and self.random.random() < 0.2:
            status = self.random.choice(("won", "lost", "open"))
            return "status", Compare(path="status", values=(status,)), self.naming.status(status)
        flags = [each for each in self.fields(entity) if each.type is FieldType.FLAG]
        if flags and self.random.random() < 0.2:
            flag = self.random.choice(flags)
            return flag.key, Compare(path=flag.key, values=("true",)), self.naming.flag(entity, flag.key)
        drawn = self.value_at(entity)
        if drawn is None:
            return None
        path, held = drawn
        value = self.random.choice(held)
        if len(held) > 2 and self.random.random() < 0.15:
            other = self.random.choice([each for each in held if each != value])
            said = self.naming.either(entity, path, value, other)
            return (path, Compare(path=path, values=(value, other)), said) if said.en and said.zh else None
        said = self.naming.condition(entity, path, value)
        return (path, Compare(path=path, values=(value,)), said) if said.en and said.zh else None

    def _bound(self, entity: str) -> tuple[str, Filter, Said] | None:
        numbers = [each for each in self.fields(entity) if each.type.is_numeric and each.type is not FieldType.RATE]
        if not numbers:
            return None
        number = self.random.choice(numbers)
        low = self.random.choice((3, 10, 50, 100, 500, 2000, 10000, 50000))
        if self.random.random() < 0.2:
            high = low * 4
            return number.key, Between(path=number.key, low=str(low), high=str(high)), self.naming.between(entity, number.key, low, high)
        op: Operator = self.random.choice(("gt", "ge", "lt", "le"))
        return number.key, Compare(path=number.key, op=op, values=(str(low),)), self.naming.bound(entity, number.key, op, low)

    def window(self, entity: str, chance: float) -> tuple[Window | None, Said]:
        """A period, by ``chance``."""
        time = self.model.entities[entity].time
        if time is None or not self.vocabulary.filled(entity, time) or self.random.random() > chance:
            return None, Said()
        period = self.period()
        return days_of(period), self.naming.period(period)

    def period(self) -> Period:
        """A calendar period or a relative one."""
        kind = self.random.randrange(5)
        if kind == 0:
            return periods.year(self.random.choice((2024, 2025)))
        if kind == 1:
            return periods.quarter(2025, self.random.randint(1, 4))
        if kind == 2:
            return periods.month(2025, self.random.randint(1, 12))
        if kind == 3:
            return periods.half(2025, self.random.randint(1, 2))
        return periods.relative_unit(self.random.choice(("year", "quarter", "month")), self.random.choice((0, -1)), TODAY)

    def referring(self) -> list[tuple[str, Field]]:
        """Kinds of record that refer to another kind, with the reference."""
        found = [each for entity in self.entities for each in self.paths.holders(entity)]
        return [(child, link) for child, link in found if link.to != child and not child.startswith("custom:")]


def told(measure: Measure) -> frozenset[str]:
    """What the measure says itself of its records; a deal that is won is not also lost."""
    return frozenset({"status", "stage"}) if measure.op in {"rate", "days"} or measure.where else frozenset()


def days_of(period: Period) -> Window:
    """The days of a period, by the default day."""
    return Window(start=period.start, end=period.end)
