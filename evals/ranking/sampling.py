"""Draws typed queries from what a store holds, each with the words in both languages that its parts may be called by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from agent.answer import Language
from agent.parsing import periods
from agent.parsing.drafting import Focus
from agent.parsing.paths import Paths
from agent.parsing.periods import Period
from evals.ranking.naming import Naming, Said
from evals.ranking.schemas import TODAY, Invented
from tools.crm.query import And, Between, Compare, Dimension, Exists, Filter, Grain, Having, MeasureRef, Operator, Order, Query, Window
from tools.crm.semantic import Field, FieldType, Measure
from tools.crm.semantic.model import RECORD_ID

GROUPED_BY = {FieldType.TEXT, FieldType.STAGE, FieldType.REF}
MOST_GROUPS = 40
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True)
class Sample:
    """A query with the shape of question that asks for it, what its slots may be called, and whether the question gives the limit."""

    shape: str
    query: Query
    slots: dict[str, Said]
    focus: Focus = "figure"
    asked_limit: bool = False
    conditions: tuple[Said, ...] = ()
    when: Said = field(default_factory=Said)


class Sampler:
    """Draws queries from one store."""

    def __init__(self, store: Invented, random: Random) -> None:
        """``random`` decides everything that is drawn."""
        self.model, self.vocabulary, self.random = store.model, store.vocabulary, random
        self.paths = Paths(store.vocabulary)
        self.naming = Naming(self.paths)
        self.entities = [key for key in self.model.entities if self.vocabulary.rows(key)]
        self.measures = [each for each in self.model.measures.values() if self._can_be_asked(each)]

    def draw(self) -> Sample:
        """One query; its shape is drawn first."""
        shapes: dict[Callable[[], Sample | None], int] = {
            self._figure: 16, self._count: 10, self._fold: 8, self._breakdown: 12, self._top: 10, self._which: 8, self._listed: 10, self._extreme: 7,
            self._lookup: 8, self._trend: 6, self._except: 4, self._absent: 4, self._versus: 4, self._share: 4, self._exists: 3, self._change: 4,
            self._distinct: 2, self._groups_bound: 4, self._latest: 5, self._two_figures: 3, self._dated: 4, self._of_kind: 3, self._related: 4, self._winners: 3,
        }  # fmt: skip
        while True:
            shape = self.random.choices(list(shapes), list(shapes.values()))[0]
            found = shape()
            if found is not None:
                return found

    # figures

    def _figure(self) -> Sample:
        measure = self._measure()
        where, said = self._conditions(measure.entity, 1, without=_told(measure))
        window, when = self._window(measure.entity, 0.4)
        query = Query(entity=measure.entity, measures=(MeasureRef(measure=measure.key),), where=where, window=window)
        return Sample("figure" if measure.op != "count" else "count_named", query, {"measure": self.naming.measure(measure)}, "figure", False, said, when)

    def _count(self) -> Sample:
        entity = self._entity()
        where, said = self._conditions(entity, 2, least=0)
        window, when = self._window(entity, 0.3)
        return Sample(
            "count", Query(entity=entity, measures=(self._counting(entity),), where=where, window=window), self._kind(entity), "figure", False, said, when
        )

    def _fold(self) -> Sample | None:
        entity = self._entity()
        numbers = [each for each in self._fields(entity) if each.type.is_numeric]
        if not numbers:
            return None
        number, fold = self.random.choice(numbers), self.random.choice(("avg", "avg", "median", "sum"))
        where, said = self._conditions(entity, 1)
        slots = self._kind(entity) | {"field": self.naming.field(entity, number.key)}
        return Sample(f"fold_{fold}", Query(entity=entity, measures=(MeasureRef(fold=fold, path=number.key),), where=where), slots, "figure", False, said)

    def _distinct(self) -> Sample | None:
        entity = self._entity()
        path = self._group(entity)
        if path is None:
            return None
        slots = self._kind(entity) | {"group": self.naming.field(entity, path)}
        return Sample("distinct", Query(entity=entity, measures=(MeasureRef(fold="count_distinct", path=path),)), slots)

    def _change(self) -> Sample | None:
        measure = self._measure()
        if not self._time(measure):
            return None
        later = periods.quarter(2025, self.random.randint(2, 4)) if self.random.random() < 0.5 else periods.year(2025)
        earlier = periods.previous(later) if self.random.random() < 0.7 else periods.year_before(later)
        if earlier is None:
            return None
        slots = {"measure": self.naming.measure(measure), "later": self.naming.period(later), "earlier": self.naming.period(earlier)}
        query = Query(entity=measure.entity, measures=(MeasureRef(measure=measure.key),), window=_window(later), compare=_window(earlier))
        return Sample("change", query, slots)

    def _two_figures(self) -> Sample | None:
        one = self._measure()
        others = [each for each in self.measures if each.entity == one.entity and each.key != one.key]
        if not others:
            return None
        other, path = self.random.choice(others), self._group(one.entity)
        window, when = self._window(one.entity, 0.3)
        grouped = path is not None and self.random.random() < 0.5
        query = Query(
            entity=one.entity,
            measures=(MeasureRef(measure=one.key), MeasureRef(measure=other.key)),
            dimensions=(Dimension(path=path),) if path is not None and grouped else (),
            window=window,
        )
        slots = {"measure": self.naming.measure(one), "second": self.naming.measure(other)}
        if path is not None and grouped:
            slots["group"] = self.naming.field(one.entity, path)
        return Sample("two_figures_by" if grouped else "two_figures", query, slots, "breakdown" if grouped else "figure", False, (), when)

    # groups

    def _breakdown(self) -> Sample | None:
        return self._grouped("breakdown", "breakdown")

    def _which(self) -> Sample | None:
        return self._grouped("which", "top", descending=self.random.random() < 0.8)

    def _top(self) -> Sample | None:
        return self._grouped("top", "top", limit=self.random.randint(2, 10))

    def _grouped(self, shape: str, focus: Focus, limit: int | None = None, descending: bool = True) -> Sample | None:
        measure = self._measure()
        path = self._group(measure.entity)
        if path is None:
            return None
        where, said = self._conditions(measure.entity, 1, without=_told(measure) | {path})
        window, when = self._window(measure.entity, 0.3)
        order = (Order(measure=0, descending=descending),)
        given = limit or (5 if focus == "top" else None)
        query = Query(
            entity=measure.entity,
            measures=(MeasureRef(measure=measure.key),),
            dimensions=(Dimension(path=path),),
            where=where,
            window=window,
            order=order,
            limit=given,
        )
        slots = {"measure": self.naming.measure(measure), "group": self.naming.field(measure.entity, path), "n": Said.same(str(limit or ""))}
        return Sample(shape if descending else f"{shape}_least", query, slots, focus, limit is not None, said, when)

    def _winners(self) -> Sample | None:
        """Who won or lost most, said with a verb."""
        measure = self.random.choice([each for each in self.measures if each.key in {"won_count", "lost_count"}] or self.measures)
        path = self._group(measure.entity)
        if measure.entity != "opportunity" or not measure.where or path is None:
            return None
        window, when = self._window(measure.entity, 0.4)
        query = Query(
            entity=measure.entity, measures=(MeasureRef(measure=measure.key),), dimensions=(Dimension(path=path),), window=window, order=(Order(measure=0),), limit=5
        )
        won = measure.where.get("status") == ("won",)
        slots = {"group": self.naming.field(measure.entity, path), "ended": Said(("won", "closed"), ("赢单", "成交")) if won else Said(("lost",), ("输单", "丢单"))}
        return Sample("winners", query, slots, "top", False, (), when)

    def _trend(self) -> Sample | None:
        measure = self._measure()
        path = self._time(measure)
        if path is None:
            return None
        grain: Grain = self.random.choice(("month", "quarter", "year"))
        where, said = self._conditions(measure.entity, 1, without=_told(measure))
        query = Query(entity=measure.entity, measures=(MeasureRef(measure=measure.key),), dimensions=(Dimension(path=path, grain=grain),), where=where)
        return Sample("trend", query, {"measure": self.naming.measure(measure), "grain": self.naming.grain(grain)}, "trend", False, said)

    def _versus(self) -> Sample | None:
        measure = self._measure()
        drawn = self._value_at(measure.entity)
        if drawn is None or len(drawn[1]) < 2:
            return None
        path, held = drawn
        one, other = self.random.sample(held, 2)
        query = Query(
            entity=measure.entity,
            measures=(MeasureRef(measure=measure.key),),
            dimensions=(Dimension(path=path),),
            where=Compare(path=path, values=(one, other)),
            order=(Order(measure=0),),
        )
        last = self.paths.field(measure.entity, path)
        if not self.naming.plain_enough(measure.entity, path, one) or not self.naming.plain_enough(measure.entity, path, other):
            return None
        slots = {"measure": self.naming.measure(measure), "one": self.naming.value(last, one), "other": self.naming.value(last, other)}
        return Sample("versus", query, slots, "compare")

    def _share(self) -> Sample | None:
        measure = self._measure()
        path = self._group(measure.entity)
        if path is None or measure.op not in {"sum", "count"}:
            return None
        query = Query(entity=measure.entity, measures=(MeasureRef(measure=measure.key, share=True),), dimensions=(Dimension(path=path),))
        return Sample("share", query, {"measure": self.naming.measure(measure), "group": self.naming.field(measure.entity, path)}, "breakdown")

    def _groups_bound(self) -> Sample | None:
        measure = self._measure()
        path = self._group(measure.entity)
        if path is None or measure.op not in {"sum", "count"}:
            return None
        number = str(self.random.choice((3, 5, 8, 10)) if measure.op == "count" else self.random.choice((5000, 20000, 100000)))
        query = Query(
            entity=measure.entity,
            measures=(MeasureRef(measure=measure.key),),
            dimensions=(Dimension(path=path),),
            having=(Having(op="gt", value=number),),
            order=(Order(measure=0),),
        )
        slots = {"measure": self.naming.measure(measure), "group": self.naming.field(measure.entity, path), "number": Said.same(number)}
        return Sample("groups_bound", query, slots, "breakdown")

    # records

    def _listed(self) -> Sample | None:
        entity = self._entity()
        where, said = self._conditions(entity, 2, least=1)
        window, when = self._window(entity, 0.2)
        return Sample("list", Query(entity=entity, where=where, window=window), self._kind(entity), "list", False, said, when) if where else None

    def _except(self) -> Sample | None:
        entity = self._entity()
        drawn = self._value_at(entity)
        if drawn is None:
            return None
        path, held = drawn
        value = self.random.choice(held)
        if not self.naming.plain_enough(entity, path, value):
            return None
        counted = self.random.random() < 0.5
        query = Query(entity=entity, measures=(self._counting(entity),) if counted else (), where=Compare(path=path, op="ne", values=(value,)))
        slots = self._kind(entity) | {"value": self.naming.value(self.paths.field(entity, path), value)}
        return Sample("count_except" if counted else "list_except", query, slots, "figure" if counted else "list")

    def _absent(self) -> Sample | None:
        related = [(child, link) for entity in self.entities for child, link in self.paths.holders(entity) if link.to != child and not child.startswith("custom:")]
        if not related:
            return None
        child, link = self.random.choice(related)
        entity, counted = str(link.to), self.random.random() < 0.4
        part = Exists(entity=child, via=link.key, absent=True)
        slots = self._kind(entity) | {"child": self.naming.entity(child, plural=True)}
        query = Query(entity=entity, measures=(self._counting(entity),) if counted else (), where=part)
        return Sample("count_absent" if counted else "list_absent", query, slots, "figure" if counted else "list")

    def _exists(self) -> Sample | None:
        entity = self._entity()
        where, said = self._conditions(entity, 1, least=1)
        return Sample("exists", Query(entity=entity, where=where), self._kind(entity), "exists", False, said) if where else None

    def _extreme(self) -> Sample | None:
        entity = self._entity()
        numbers = [each for each in self._fields(entity) if each.type.is_numeric and each.type is not FieldType.RATE]
        if not numbers:
            return None
        number, limit = self.random.choice(numbers), self.random.choice((None, 3, 5, 10))
        descending = self.random.random() < 0.75
        where, said = self._conditions(entity, 1, least=0)
        query = Query(entity=entity, where=where, order=(Order(path=number.key, descending=descending),), limit=limit or 1)
        slots = self._kind(entity) | {"field": self.naming.field(entity, number.key), "n": Said.same(str(limit or ""))}
        shape = ("extreme" if limit is None else "extremes") + ("" if descending else "_least")
        return Sample(shape, query, slots, "top", True, said)

    def _latest(self) -> Sample | None:
        entity = self._entity()
        time, limit = self.model.entities[entity].time, self.random.choice((None, 3, 5))
        if time is None or not self.vocabulary.filled(entity, time):
            return None
        where, said = self._conditions(entity, 1)
        query = Query(entity=entity, where=where, order=(Order(path=time, descending=True),), limit=limit or 1)
        slots = self._kind(entity) | {"n": Said.same(str(limit or ""))}
        return Sample("latest" if limit is None else "latest_few", query, slots, "top", True, said)

    def _dated(self) -> Sample | None:
        """Records by a day that is not their default one, which the question must name."""
        entity = self._entity()
        times = [each for each in self._fields(entity) if each.type.is_time and each.key != self.model.entities[entity].time and self.naming.can_be_said(entity, each.key)]
        if not times:
            return None
        time, period, counted = self.random.choice(times), self._period(), self.random.random() < 0.5
        window = _window(period).model_copy(update={"path": time.key})
        query = Query(entity=entity, measures=(self._counting(entity),) if counted else (), window=window)
        slots = self._kind(entity) | {"field": self.naming.field(entity, time.key), "day": self.naming.period(period)}
        return Sample("count_dated" if counted else "list_dated", query, slots, "figure" if counted else "list")

    def _of_kind(self) -> Sample | None:
        kinds = [(key, kind) for key in self.entities for kind in self.model.entities[key].kinds if kind in self.vocabulary.content(key, "kind").values]
        if not kinds:
            return None
        entity, kind = self.random.choice(kinds)
        where, said = self._conditions(entity, 1, without=frozenset({"kind"}))
        window, when = self._window(entity, 0.3)
        own = Compare(path="kind", values=(kind,))
        every = And(parts=(own, *(where.parts if isinstance(where, And) else (where,)))) if where is not None else own
        query = Query(entity=entity, measures=(self._counting(entity),), where=every, window=window)
        return Sample("count", query, {"kinds": self.naming.kind(entity, kind)}, "figure", False, said, when)

    def _related(self) -> Sample | None:
        """Records that others belong to."""
        related = [(child, link) for entity in self.entities for child, link in self.paths.holders(entity) if link.to != child and not child.startswith("custom:")]
        if not related:
            return None
        child, link = self.random.choice(related)
        entity = str(link.to)
        query = Query(entity=entity, where=Exists(entity=child, via=link.key))
        return Sample("list_related", query, self._kind(entity) | {"child": self.naming.entity(child, plural=True)}, "list")

    def _lookup(self) -> Sample | None:
        entity = self._entity()
        title = self.model.entities[entity].title
        names = list(self.vocabulary.content(entity, title).values) if title else []
        wanted = [each for each in self._fields(entity) if each.key != title and self.naming.can_be_said(entity, each.key)]
        if title is None or not names or not wanted or self.model.entities[entity].fields[title].type is not FieldType.NAME:
            return None
        name, shown = self.random.choice(names), self.random.choice(wanted)
        query = Query(entity=entity, select=(title, shown.key), where=Compare(path=title, values=(name,)))
        slots = {"field": self.naming.field(entity, shown.key), "value": self.naming.value(self.model.entities[entity].fields[title], name)}
        return Sample("lookup", query, slots, "lookup")

    # parts

    def _can_be_asked(self, measure: Measure) -> bool:
        if not self.vocabulary.rows(measure.entity):
            return False
        if measure.op == "rate":
            return all(self._can_be_asked(self.model.measures[arg]) for arg in measure.args)
        args = [arg for arg in measure.args if arg in self.model.entities[measure.entity].fields]
        held = all(self.vocabulary.content(measure.entity, arg).count for arg in args)
        return held and all(self.vocabulary.content(measure.entity, path).count for path in measure.where)

    def _measure(self) -> Measure:
        weights = [3.0 if each.entity == "opportunity" else 1.5 if each.op != "count" else 1.0 for each in self.measures]
        return self.random.choices(self.measures, weights)[0]

    def _entity(self) -> str:
        return self.random.choices(self.entities, [2.0 if each in {"opportunity", "account"} else 1.0 for each in self.entities])[0]

    def _kind(self, entity: str) -> dict[str, Said]:
        return {"kind": self.naming.entity(entity, plural=False), "kinds": self.naming.entity(entity, plural=True)}

    def _counting(self, entity: str) -> MeasureRef:
        named = next((each for each in self.model.measures.values() if each.entity == entity and each.op == "count" and not each.where), None)
        return MeasureRef(measure=named.key) if named else MeasureRef(fold="count")

    def _fields(self, entity: str) -> list[Field]:
        fields = self.model.entities[entity].fields.values()
        return [each for each in fields if each.key not in {RECORD_ID, "currency"} and self.vocabulary.content(entity, each.key).count]

    def _time(self, measure: Measure) -> str | None:
        path = measure.time or self.model.entities[measure.entity].time
        return path if path and self.vocabulary.filled(measure.entity, path) else None

    def _group_paths(self, entity: str) -> list[tuple[float, str]]:
        title = self.model.entities[entity].title
        found = []
        for own in self._fields(entity):
            if own.type in GROUPED_BY and own.key not in {title, "status"} and self.naming.can_be_said(entity, own.key):
                found.append((1.0, own.key))
            if own.type is FieldType.REF and own.to not in {None, entity} and self.vocabulary.rows(str(own.to)):
                for far in self._fields(str(own.to)):
                    path = f"{own.key}.{far.key}"
                    if far.type in GROUPED_BY and far.key != self.model.entities[far.entity].title and self.naming.can_be_said(entity, path):
                        found.append((0.35, path))
        return found

    def _group(self, entity: str) -> str | None:
        options = self._group_paths(entity)
        return self.random.choices([path for _, path in options], [weight for weight, _ in options])[0] if options else None

    def _value_at(self, entity: str) -> tuple[str, list[str]] | None:
        path = self._group(entity)
        if path is None:
            return None
        last = self.paths.field(entity, path)
        title = self.model.entities[last.to].title if last.to else None
        held = list(self.vocabulary.content(str(last.to), str(title)).values) if last.type is FieldType.REF else list(self.vocabulary.content(last.entity, last.key).values)
        return (path, held) if held and (last.type is FieldType.REF or len(held) <= MOST_GROUPS) else None

    def _conditions(self, entity: str, most: int, least: int = 0, without: frozenset[str] = frozenset()) -> tuple[Filter | None, tuple[Said, ...]]:
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
        flags = [each for each in self._fields(entity) if each.type is FieldType.FLAG]
        if flags and self.random.random() < 0.2:
            flag = self.random.choice(flags)
            return flag.key, Compare(path=flag.key, values=("true",)), self.naming.flag(entity, flag.key)
        drawn = self._value_at(entity)
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
        numbers = [each for each in self._fields(entity) if each.type.is_numeric and each.type is not FieldType.RATE]
        if not numbers:
            return None
        number = self.random.choice(numbers)
        low = self.random.choice((3, 10, 50, 100, 500, 2000, 10000, 50000))
        if self.random.random() < 0.2:
            high = low * 4
            return number.key, Between(path=number.key, low=str(low), high=str(high)), self.naming.between(entity, number.key, low, high)
        op: Operator = self.random.choice(("gt", "ge", "lt", "le"))
        return number.key, Compare(path=number.key, op=op, values=(str(low),)), self.naming.bound(entity, number.key, op, low)

    def _window(self, entity: str, chance: float) -> tuple[Window | None, Said]:
        time = self.model.entities[entity].time
        if time is None or not self.vocabulary.filled(entity, time) or self.random.random() > chance:
            return None, Said()
        period = self._period()
        return _window(period), self.naming.period(period)

    def _period(self) -> Period:
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


def _told(measure: Measure) -> frozenset[str]:
    """What the measure says itself of its records; a deal that is won is not also lost."""
    return frozenset({"status", "stage"}) if measure.op in {"rate", "days"} or measure.where else frozenset()


def _window(period: Period) -> Window:
    return Window(start=period.start, end=period.end)
