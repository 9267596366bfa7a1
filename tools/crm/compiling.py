"""From a typed query to one SQL statement, and the description of what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, and_, case, func, literal, or_, select, type_coerce

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.columns import Columns, Expression
from tools.crm.figures import Figure, FigureCompiler, Fold
from tools.crm.filtering import Filters
from tools.crm.packing import pack
from tools.crm.query import Dimension, Query
from tools.crm.semantic import SemanticModel, Words
from tools.crm.stepping import chosen_groups
from tools.store.classification import Classification
from tools.store.types import UtcDateTime
from tools.trace.cells import BlockColumn, CellType


@dataclass(slots=True)
class Grouping:
    """One dimension: its block column ``d0``, whether it is a reference, and how it is called."""

    key: str
    column: str
    type: CellType
    words: Words
    refers_to: str | None
    classification: Classification
    grain: str | None


@dataclass(slots=True)
class Aggregation:
    """A compiled aggregate query. ``within`` names columns of the evidence in which every row has one of the keys beside it."""

    statement: Select[Any]
    groupings: list[Grouping]
    folds: list[Fold]
    figures: list[Figure]
    before: list[Figure]
    block_columns: list[BlockColumn]
    has_currency: bool
    classification: Classification
    within: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


class AggregateCompiler:
    """Compiles one aggregate query. Every row that counts is also returned, packed, as evidence."""

    def __init__(self, query: Query, model: SemanticModel, principal: Principal, scope: RowScope, dialect: str) -> None:
        """``dialect`` is the name of SQLAlchemy's dialect."""
        self.query, self.model, self.principal, self.dialect = query, model, principal, dialect
        self.entity = model.entities[query.entity]
        self.columns = Columns(model, self.entity, principal, dialect, scope=scope)
        self.filters = Filters(self.columns, scope)
        self.figures = FigureCompiler(query, model, self.columns, self.filters)
        self.parts = self.figures.parts

    def compile(self) -> Aggregation:
        """The statement and the meaning of its columns. Raises when the query names what is not there or not readable."""
        figures = [self.figures.figure(ref, self.query.window, f"m{i}") for i, ref in enumerate(self.query.measures)]
        before = [self.figures.figure(ref, self.query.compare, f"m{i}_before") for i, ref in enumerate(self.query.measures)] if self.query.compare else []
        groupings = [self._grouping(dimension, i) for i, dimension in enumerate(self.query.dimensions)]
        currency = next((expression for _, expression in self.parts.currencies), None)
        within = [("record" if not each.path else self.figures.key(each.path), each.keys or ()) for each in chosen_groups(self.query.where)]
        inner, names = self._inner(currency)
        outer = self._outer(inner, names, currency is not None)
        columns = self._block_columns(groupings, currency is not None)
        return Aggregation(outer, groupings, self.parts.folds, figures, before, columns, currency is not None, self.columns.level, within)

    def _grouping(self, dimension: Dimension, index: int) -> Grouping:
        _, field_ = self.columns.resolve(dimension.path)
        key = dimension.path.replace(".", "_") + (f"_{dimension.grain}" if dimension.grain else "")
        kind = CellType.TEXT if dimension.grain else CellType.DATE if field_.type.is_time else field_.type.cell_type
        return Grouping(key, f"d{index}", kind, field_.words, self.model.named_by(field_), self.columns.classification(dimension.path), dimension.grain)

    def _key_of(self, dimension: Dimension) -> Expression:
        return self.columns.grain(dimension.path, dimension.grain) if dimension.grain else self.columns.key(dimension.path)

    def _inner(self, currency: Expression | None) -> tuple[Select[Any], list[str]]:
        root = self.columns.root
        chosen: list[Expression] = [root.c.id.label("record"), root.c.version.label("version")]
        extra: list[Expression] = [root.c.as_of.label("as_of")]
        for index, dimension in enumerate(self.query.dimensions):
            chosen.append(self._key_of(dimension).label(f"d{index}"))
            extra += self._record_of(dimension, index)
        if currency is not None:
            chosen.append(currency.label("currency"))
        chosen += [expression.label(column.name) for expression, column in self.parts.operands.values()]
        conditions = [] if self.query.where is None else [self.filters.condition(self.query.where)]
        conditions += self._asked_for()
        conditions.insert(0, self.filters.readable(self.principal, self.entity.key))
        chosen += [case((condition, 1), else_=0).label(name) for name, condition in self.parts.flags.values()]
        statement = select(*chosen, *extra).select_from(self.columns.source()).where(and_(*conditions))
        return statement, [each.key or "" for each in chosen]

    def _asked_for(self) -> list[ColumnElement[bool]]:
        """What limits the rows to those of any fold. Where all folds are of the same rows, no flag is needed to tell these apart."""
        used = {fold.flag for fold in self.parts.folds}
        if None in used:
            return []
        asked = or_(*(condition for _, condition in self.parts.flags.values()))
        if len(used) == len(self.parts.flags) == 1:
            self.parts.flags.clear()
            for fold in self.parts.folds:
                fold.flag = None
        return [asked]

    def _record_of(self, dimension: Dimension, index: int) -> list[Expression]:
        """What a referenced record is called, and what a citation of it needs."""
        _, field_ = self.columns.resolve(dimension.path)
        if self.model.named_by(field_) is None or dimension.grain:
            return []
        joined = self.columns.referenced(dimension.path)
        cited = (("source_system", "sys"), ("source_id", "sid"), ("version_hash", "ver"), ("as_of", "asof"))
        return [self.columns.title(dimension.path).label(f"l{index}"), *(joined.c[name].label(f"{short}{index}") for name, short in cited)]

    def _outer(self, inner: Select[Any], names: list[str], has_currency: bool) -> Select[Any]:
        rows = inner.subquery("rows")
        keys = [rows.c[f"d{i}"] for i in range(len(self.query.dimensions))] + ([rows.c.currency] if has_currency else [])
        labels = [
            # points in time stay as the database holds them: most groups are never shown
            func.max(type_coerce(each, String) if isinstance(each.type, UtcDateTime) else each).label(each.key)
            for each in rows.c
            if each.key not in names
        ]
        folds = [_aggregate(fold, rows).label(f"a{i}") for i, fold in enumerate(self.parts.folds)]
        block = pack([rows.c[name] for name in names], self.dialect).label("block")
        statement = select(*keys, *labels, *folds, func.count().label("n"), block).select_from(rows)
        return statement.group_by(*keys) if keys else statement

    def _block_columns(self, groupings: list[Grouping], has_currency: bool) -> list[BlockColumn]:
        columns = [BlockColumn(name="record", type=CellType.TEXT), BlockColumn(name="version", type=CellType.COUNT)]
        columns += [BlockColumn(name=each.column, type=CellType.TEXT) for each in groupings]
        columns += [BlockColumn(name="currency", type=CellType.TEXT)] if has_currency else []
        columns += [column for _, column in self.parts.operands.values()]
        return columns + [BlockColumn(name=name, type=CellType.FLAG) for name, _ in self.parts.flags.values()]


def _aggregate(fold: Fold, rows: Any) -> Expression:  # noqa: ANN401 - a subquery with columns known at run time
    flagged = None if fold.flag is None else rows.c[fold.flag] == 1
    if fold.operand is None:
        return func.count() if flagged is None else func.coalesce(func.sum(rows.c[str(fold.flag)]), 0)
    operand = rows.c[fold.operand]
    counted = operand if flagged is None else case((flagged, operand))
    if fold.name == "count_distinct":
        return func.count(counted.distinct())
    if fold.name == "median":
        return literal(None, Integer)  # no such aggregate everywhere: folded from the evidence block
    return getattr(func, fold.name)(counted)  # type: ignore[no-any-return]
