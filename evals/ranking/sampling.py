"""Draws typed queries from what a store holds, each with the words in both languages that its parts may be called by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from agent.answer import Language
from agent.parsing.language import periods
from agent.parsing.reading.drafting import Focus
from evals.ranking.drawing import Parts, days_of, told
from evals.ranking.naming import Said
from tools.crm.query import And, Compare, Dimension, Exists, Grain, Having, MeasureRef, Order, Query
from tools.crm.semantic import FieldType

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


class Sampler(Parts):
    """Draws queries from one store."""

    def draw(self) -> Sample:
        """One query; its shape is drawn first."""
        shapes: dict[Callable[[], Sample | None], int] = {
            self._figure: 16, self._count: 10, self._fold: 8, self._breakdown: 12, self._top: 10, self._which: 8, self._listed: 10, self._extreme: 7,
            self._lookup: 8, self._trend: 6, self._except: 4, self._absent: 4, self._versus: 4, self._share: 4, self._exists: 3, self._change: 4,
            self._distinct: 2, self._groups_bound: 4, self._latest: 5,
            self._two_figures: 3, self._dated: 4, self._of_kind: 3, self._related: 4, self._winners: 3,
        }  # fmt: skip
        while True:
            shape = self.random.choices(list(shapes), list(shapes.values()))[0]
            found = shape()
            if found is not None:
                return found

    # figures

    def _figure(self) -> Sample:
        measure = self.measure()
        where, said = self.conditions(measure.entity, 1, without=told(measure))
        window, when = self.window(measure.entity, 0.4)
        query = Query(entity=measure.entity, measures=(MeasureRef(measure=measure.key),), where=where, window=window)
        return Sample("figure" if measure.op != "count" else "count_named", query, {"measure": self.naming.measure(measure)}, "figure", False, said, when)

    def _count(self) -> Sample:
        entity = self.entity()
        where, said = self.conditions(entity, 2, least=0)
        window, when = self.window(entity, 0.3)
        return Sample(
            "count", Query(entity=entity, measures=(self.counting(entity),), where=where, window=window), self.kind(entity), "figure", False, said, when
        )

    def _fold(self) -> Sample | None:
        entity = self.entity()
        numbers = [each for each in self.fields(entity) if each.type.is_numeric]
        if not numbers:
            return None
        number, fold = self.random.choice(numbers), self.random.choice(("avg", "avg", "median", "sum"))
        where, said = self.conditions(entity, 1)
        slots = self.kind(entity) | {"field": self.naming.field(entity, number.key)}
        return Sample(f"fold_{fold}", Query(entity=entity, measures=(MeasureRef(fold=fold, path=number.key),), where=where), slots, "figure", False, said)

    def _distinct(self) -> Sample | None:
        entity = self.entity()
        path = self.group(entity)
        if path is None:
            return None
        slots = self.kind(entity) | {"group": self.naming.field(entity, path)}
        return Sample("distinct", Query(entity=entity, measures=(MeasureRef(fold="count_distinct", path=path),)), slots)

    def _change(self) -> Sample | None:
        measure = self.measure()
        if not self.time(measure):
            return None
        later = periods.quarter(2025, self.random.randint(2, 4)) if self.random.random() < 0.5 else periods.year(2025)
        earlier = periods.previous(later) if self.random.random() < 0.7 else periods.year_before(later)
        if earlier is None:
            return None
        slots = {"measure": self.naming.measure(measure), "later": self.naming.period(later), "earlier": self.naming.period(earlier)}
        query = Query(entity=measure.entity, measures=(MeasureRef(measure=measure.key),), window=days_of(later), compare=days_of(earlier))
        return Sample("change", query, slots)

    def _two_figures(self) -> Sample | None:
        one = self.measure()
        others = [each for each in self.measures if each.entity == one.entity and each.key != one.key]
        if not others:
            return None
        other, path = self.random.choice(others), self.group(one.entity)
        window, when = self.window(one.entity, 0.3)
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
        measure = self.measure()
        path = self.group(measure.entity)
        if path is None:
            return None
        where, said = self.conditions(measure.entity, 1, without=told(measure) | {path})
        window, when = self.window(measure.entity, 0.3)
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
        path = self.group(measure.entity)
        if measure.entity != "opportunity" or not measure.where or path is None:
            return None
        window, when = self.window(measure.entity, 0.4)
        query = Query(
            entity=measure.entity,
            measures=(MeasureRef(measure=measure.key),),
            dimensions=(Dimension(path=path),),
            window=window,
            order=(Order(measure=0),),
            limit=5,
        )
        won = measure.where.get("status") == ("won",)
        slots = {
            "group": self.naming.field(measure.entity, path),
            "ended": Said(("won", "closed"), ("赢单", "成交")) if won else Said(("lost",), ("输单", "丢单")),
        }
        return Sample("winners", query, slots, "top", False, (), when)

    def _trend(self) -> Sample | None:
        measure = self.measure()
        path = self.time(measure)
        if path is None:
            return None
        grain: Grain = self.random.choice(("month", "quarter", "year"))
        where, said = self.conditions(measure.entity, 1, without=told(measure))
        query = Query(entity=measure.entity, measures=(MeasureRef(measure=measure.key),), dimensions=(Dimension(path=path, grain=grain),), where=where)
        return Sample("trend", query, {"measure": self.naming.measure(measure), "grain": self.naming.grain(grain)}, "trend", False, said)

    def _versus(self) -> Sample | None:
        measure = self.measure()
        drawn = self.value_at(measure.entity)
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
        measure = self.measure()
        path = self.group(measure.entity)
        if path is None or measure.op not in {"sum", "count"}:
            return None
        query = Query(entity=measure.entity, measures=(MeasureRef(measure=measure.key, share=True),), dimensions=(Dimension(path=path),))
        return Sample("share", query, {"measure": self.naming.measure(measure), "group": self.naming.field(measure.entity, path)}, "breakdown")

    def _groups_bound(self) -> Sample | None:
        measure = self.measure()
        path = self.group(measure.entity)
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
        entity = self.entity()
        where, said = self.conditions(entity, 2, least=1)
        window, when = self.window(entity, 0.2)
        return Sample("list", Query(entity=entity, where=where, window=window), self.kind(entity), "list", False, said, when) if where else None

    def _except(self) -> Sample | None:
        entity = self.entity()
        drawn = self.value_at(entity)
        if drawn is None:
            return None
        path, held = drawn
        value = self.random.choice(held)
        if not self.naming.plain_enough(entity, path, value):
            return None
        counted = self.random.random() < 0.5
        query = Query(entity=entity, measures=(self.counting(entity),) if counted else (), where=Compare(path=path, op="ne", values=(value,)))
        slots = self.kind(entity) | {"value": self.naming.value(self.paths.field(entity, path), value)}
        return Sample("count_except" if counted else "list_except", query, slots, "figure" if counted else "list")

    def _absent(self) -> Sample | None:
        related = self.referring()
        if not related:
            return None
        child, link = self.random.choice(related)
        entity, counted = str(link.to), self.random.random() < 0.4
        part = Exists(entity=child, via=link.key, absent=True)
        slots = self.kind(entity) | {"child": self.naming.entity(child, plural=True)}
        query = Query(entity=entity, measures=(self.counting(entity),) if counted else (), where=part)
        return Sample("count_absent" if counted else "list_absent", query, slots, "figure" if counted else "list")

    def _exists(self) -> Sample | None:
        entity = self.entity()
        where, said = self.conditions(entity, 1, least=1)
        return Sample("exists", Query(entity=entity, where=where), self.kind(entity), "exists", False, said) if where else None

    def _extreme(self) -> Sample | None:
        entity = self.entity()
        numbers = [each for each in self.fields(entity) if each.type.is_numeric and each.type is not FieldType.RATE]
        if not numbers:
            return None
        number, limit = self.random.choice(numbers), self.random.choice((None, 3, 5, 10))
        descending = self.random.random() < 0.75
        where, said = self.conditions(entity, 1, least=0)
        query = Query(entity=entity, where=where, order=(Order(path=number.key, descending=descending),), limit=limit or 1)
        slots = self.kind(entity) | {"field": self.naming.field(entity, number.key), "n": Said.same(str(limit or ""))}
        shape = ("extreme" if limit is None else "extremes") + ("" if descending else "_least")
        return Sample(shape, query, slots, "top", True, said)

    def _latest(self) -> Sample | None:
        entity = self.entity()
        time, limit = self.model.entities[entity].time, self.random.choice((None, 3, 5))
        if time is None or not self.vocabulary.filled(entity, time):
            return None
        where, said = self.conditions(entity, 1)
        query = Query(entity=entity, where=where, order=(Order(path=time, descending=True),), limit=limit or 1)
        slots = self.kind(entity) | {"n": Said.same(str(limit or ""))}
        return Sample("latest" if limit is None else "latest_few", query, slots, "top", True, said)

    def _dated(self) -> Sample | None:
        """Records by a day that is not their default one, which the question must name."""
        entity = self.entity()
        times = [
            each
            for each in self.fields(entity)
            if each.type.is_time and each.key != self.model.entities[entity].time and self.naming.can_be_said(entity, each.key)
        ]
        if not times:
            return None
        time, period, counted = self.random.choice(times), self.period(), self.random.random() < 0.5
        window = days_of(period).model_copy(update={"path": time.key})
        query = Query(entity=entity, measures=(self.counting(entity),) if counted else (), window=window)
        slots = self.kind(entity) | {"field": self.naming.field(entity, time.key), "day": self.naming.period(period)}
        return Sample("count_dated" if counted else "list_dated", query, slots, "figure" if counted else "list")

    def _of_kind(self) -> Sample | None:
        kinds = [(key, kind) for key in self.entities for kind in self.model.entities[key].kinds if kind in self.vocabulary.content(key, "kind").values]
        if not kinds:
            return None
        entity, kind = self.random.choice(kinds)
        where, said = self.conditions(entity, 1, without=frozenset({"kind"}))
        window, when = self.window(entity, 0.3)
        own = Compare(path="kind", values=(kind,))
        every = And(parts=(own, *(where.parts if isinstance(where, And) else (where,)))) if where is not None else own
        query = Query(entity=entity, measures=(self.counting(entity),), where=every, window=window)
        return Sample("count", query, {"kinds": self.naming.kind(entity, kind)}, "figure", False, said, when)

    def _related(self) -> Sample | None:
        """Records that others belong to."""
        related = self.referring()
        if not related:
            return None
        child, link = self.random.choice(related)
        entity = str(link.to)
        query = Query(entity=entity, where=Exists(entity=child, via=link.key))
        return Sample("list_related", query, self.kind(entity) | {"child": self.naming.entity(child, plural=True)}, "list")

    def _lookup(self) -> Sample | None:
        entity = self.entity()
        title = self.model.entities[entity].title
        names = list(self.vocabulary.content(entity, title).values) if title else []
        wanted = [each for each in self.fields(entity) if each.key != title and self.naming.can_be_said(entity, each.key)]
        if title is None or not names or not wanted or self.model.entities[entity].fields[title].type is not FieldType.NAME:
            return None
        name, shown = self.random.choice(names), self.random.choice(wanted)
        query = Query(entity=entity, select=(title, shown.key), where=Compare(path=title, values=(name,)))
        slots = {"field": self.naming.field(entity, shown.key), "value": self.naming.value(self.model.entities[entity].fields[title], name)}
        return Sample("lookup", query, slots, "lookup")
