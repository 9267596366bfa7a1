"""Random typed queries that mean something: fields that exist, values that occur, bounds on both sides of them."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from tests.tools.crm.query_reading import text
from tests.tools.crm.query_reference import Reference
from tests.tools.crm.query_rows import FIRST, Row
from tools.crm.query import And, Between, Compare, Dimension, Exists, Filter, Having, MeasureRef, Not, Or, Order, Query, Window
from tools.crm.semantic import Field, SemanticModel

ASKED = ("opportunity", "account", "interaction", "ticket", "contact", "stage_history", "budget", "custom:visits", "custom:other", "member")
RELATED = {
    "account": (("interaction", "account"), ("opportunity", "account"), ("ticket", "account"), ("account", "parent"), ("custom:visits", "account")),
    "opportunity": (("stage_history", "opportunity"), ("custom:visits", "opportunity"), ("ticket", "deal")),
    "member": (("opportunity", "owner"), ("member", "manager"), ("account", "owner"), ("opportunity", "helper")),
    "custom:other": (("custom:visits", "car"),),
}
GRAINS = ("day", "week", "month", "quarter", "year")
DAYS = st.integers(-5, 520).map(lambda days: FIRST + timedelta(days=days))


class Questions:
    """Draws queries over one company; ``clearance`` limits the fields that are named."""

    def __init__(self, rows: dict[str, list[Row]], model: SemanticModel, reference: Reference) -> None:
        self.rows, self.model, self.reference = rows, model, reference

    def paths(self, entity: str, depth: int = 2) -> list[str]:
        """Fields of an entity and of what it refers to."""
        found = []
        for key, held in self.model.entities[entity].fields.items():
            shown = [held, *(field for field in [self._title(held)] if field)]
            if any(field.classification > self.reference.principal.clearance for field in shown) or (held.to and held.to not in self.rows):
                continue
            found.append(key)
            if held.to and depth > 1:
                found += [f"{key}.{rest}" for rest in self.paths(held.to, depth - 1)]
        return found

    def _title(self, held: Field) -> Field | None:
        """What a reference is shown by."""
        target = self.model.entities[held.to] if held.to else None
        return target.fields.get(target.title or "") if target else None

    def path(self, entity: str) -> st.SearchStrategy[str]:
        return st.sampled_from(self.paths(entity))

    @st.composite
    @staticmethod
    def _values(draw: st.DrawFn, self: Questions, entity: str, path: str) -> str:
        held = self.model.field(entity, path)[1]
        occurring = [value for row in self.rows[entity][:40] if (value := self.reference.value(entity, row, path)) is not None]
        value = draw(st.sampled_from(occurring)) if occurring else None
        if held.type.is_numeric or held.type == "year":
            base = value if value is not None else 1
            return text(draw(st.sampled_from([base, base, base + 1, -base, base / 2]))) or "0"
        if held.type.is_time:
            return value if value and draw(st.booleans()) else draw(DAYS).isoformat()
        if held.type == "flag":
            return draw(st.sampled_from(["true", "false"]))
        return value if value is not None and draw(st.integers(0, 4)) else draw(st.sampled_from(["", "e", "éAST", "_", "%", "0%", "\\", "华", "ACME", "East"]))

    @st.composite
    @staticmethod
    def condition(draw: st.DrawFn, self: Questions, entity: str, depth: int = 2) -> Filter:
        relations = [(related, via) for related, via in RELATED.get(entity, ()) if via in self.paths(related, 1)]
        kinds = ["compare"] * 5 + ["between"] * 2 + (["and", "or", "not"] if depth else []) + (["exists"] * 2 if depth and relations else [])
        kind = draw(st.sampled_from(kinds))
        if kind in {"and", "or"}:
            parts = tuple(draw(Questions.condition(self, entity, depth - 1)) for _ in range(draw(st.integers(0, 3))))
            return And(parts=parts) if kind == "and" else Or(parts=parts)
        if kind == "not":
            return Not(part=draw(Questions.condition(self, entity, depth - 1)))
        if kind == "exists":
            related, via = draw(st.sampled_from(relations))
            where = draw(st.none() | Questions.condition(self, related, depth - 1))
            return Exists(entity=related, via=via, where=where, absent=draw(st.booleans()))
        path = draw(self.path(entity))
        held = self.model.field(entity, path)[1]
        value = Questions._values(self, entity, path)
        if kind == "between" and held.type != "flag":
            return Between(path=path, low=draw(st.none() | value), high=draw(st.none() | value))
        ops = ["eq", "ne", "is_null", "not_null"] if held.type == "flag" else ["eq", "ne", "lt", "le", "gt", "ge", "contains", "is_null", "not_null"]
        op = draw(st.sampled_from(ops))
        if held.type == "ref" and op in {"eq", "ne"} and draw(st.booleans()):
            return Compare(path=path, op=op, values=(str(draw(st.integers(1, 12))),), by_id=True)
        return Compare(path=path, op=op, values=tuple(draw(st.lists(value, min_size=0 if op in {"eq", "ne"} else 1, max_size=2))))

    @st.composite
    @staticmethod
    def window(draw: st.DrawFn, self: Questions, entity: str) -> Window | None:
        timed = self.model.entities[entity].time is not None
        paths = [path for path in self.paths(entity) if self.model.field(entity, path)[1].type.is_time]
        if not paths or draw(st.booleans()):
            return None
        start = draw(st.none() | DAYS)
        end = draw(st.none() | (DAYS if start is None else st.integers(0, 300).map(lambda days: start + timedelta(days=days))))
        return Window(start=start, end=end, path=draw((st.none() if timed else st.nothing()) | st.sampled_from(paths)))

    @st.composite
    @staticmethod
    def measure(draw: st.DrawFn, self: Questions, entity: str) -> MeasureRef:
        share = draw(st.booleans())
        clearance = self.reference.principal.clearance
        named = [each.key for each in self.model.measures.values() if each.entity == entity and self._readable(each.key, clearance)]
        if named and draw(st.integers(0, 2)):
            return MeasureRef(measure=draw(st.sampled_from(named)), share=share)
        fold = draw(st.sampled_from(["count", "count_distinct", "sum", "avg", "min", "max", "median"]))
        if fold == "count" and draw(st.booleans()):
            return MeasureRef(fold="count", share=share)

        def fits(held: Field) -> bool:
            return fold in {"count", "count_distinct"} or (held.type.is_time and fold in {"min", "max"}) or held.type.is_numeric

        fitting = [path for path in self.paths(entity) if fits(self.model.field(entity, path)[1])]
        return MeasureRef(fold=fold, path=draw(st.sampled_from(fitting)), share=share) if fitting else MeasureRef(fold="count", share=share)

    def _readable(self, name: str, clearance: int) -> bool:
        measure = self.model.measures[name]
        fields = self.model.entities[measure.entity].fields
        return all(
            fields[each].classification <= clearance if each in fields else each not in self.model.measures or self._readable(each, clearance)
            for each in measure.args
        )

    @st.composite
    @staticmethod
    def query(draw: st.DrawFn, self: Questions) -> Query:
        entity = draw(st.sampled_from(ASKED))
        where = draw(st.none() | Questions.condition(self, entity))
        window = draw(Questions.window(self, entity))
        limit = draw(st.none() | st.integers(0, 7))
        if draw(st.integers(0, 3)) == 0:
            select = tuple(draw(st.lists(self.path(entity), max_size=4, unique=True)))
            order = tuple(Order(path=draw(self.path(entity)), descending=draw(st.booleans())) for _ in range(draw(st.integers(0, 2))))
            if window is not None and window.path is None and self.model.entities[entity].time is None:
                window = None
            return Query(entity=entity, select=select, where=where, window=window, order=order, limit=limit)
        measures = tuple(draw(st.lists(Questions.measure(self, entity), min_size=1, max_size=3)))
        compare = draw(Questions.window(self, entity)) if draw(st.integers(0, 3)) == 0 else None
        dimensions: dict[tuple[str, str | None], Dimension] = {}
        for path in draw(st.lists(self.path(entity), max_size=2, unique=True)):
            grain = draw(st.sampled_from(GRAINS)) if self.model.field(entity, path)[1].type.is_time and draw(st.integers(0, 3)) else None
            dimensions[(path, grain)] = Dimension(path=path, grain=grain)
        dated = {i for i, each in enumerate(measures) if each.path and each.fold in {"min", "max"} and self.model.field(entity, each.path)[1].type.is_time}
        having = ()
        if draw(st.integers(0, 3)) == 0:
            index = draw(st.sampled_from(range(len(measures))))
            value = draw(DAYS).isoformat() if index in dated else str(draw(st.sampled_from([0, 1, 2, "0.5", 5000])))
            having = (Having(measure=index, op=draw(st.sampled_from(["lt", "le", "gt", "ge", "eq"])), value=value),)
        risen = ["change", "growth", "figure"] if compare is not None else ["figure"]
        orders = [
            Order(measure=i, descending=draw(st.booleans()), by="figure" if i in dated else draw(st.sampled_from(risen))) for i in range(len(measures))
        ] + [Order(path=each.path, descending=draw(st.booleans())) for each in dimensions.values()]
        order = tuple(draw(st.lists(st.sampled_from(orders), max_size=2, unique=True)))
        first = next(iter(dimensions.values()), None)
        labels = sorted({str(self.reference.value(entity, row, first.path)) for row in self.rows[entity]}) if first else []
        only = tuple(draw(st.lists(st.sampled_from(labels), max_size=3))) if labels and draw(st.integers(0, 5)) == 0 else ()
        return Query(
            entity=entity, measures=measures, dimensions=tuple(dimensions.values()), where=where, window=window, compare=compare,
            having=having, only=only, order=order, limit=limit
        )  # fmt: skip
