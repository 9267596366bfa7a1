"""From a typed query to one SQL statement, and the description of what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import ColumnElement, Integer, Select, String, and_, case, cast, func, literal, or_, select

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.columns import Columns, Expression
from tools.crm.errors import QueryNamesUnknownField
from tools.crm.filtering import Filters
from tools.crm.query import Compare, Dimension, MeasureRef, Query, Window
from tools.crm.semantic import FieldType, Measure, SemanticModel, Words
from tools.store.classification import Classification
from tools.store.types import SCALE
from tools.trace.cells import BlockColumn, CellType

FoldName = Literal["count", "sum", "min", "max", "median", "count_distinct"]


@dataclass(slots=True)
class Fold:
    """One base aggregate: a fold of a block column over the rows that hold a flag."""

    name: FoldName
    operand: str | None
    flag: str | None


@dataclass(slots=True)
class Figure:
    """One measure of the result, made of base folds: a fold itself, a mean (sum, count) or a rate (part, whole)."""

    key: str
    kind: Literal["fold", "mean", "rate"]
    folds: tuple[int, ...]
    type: CellType
    words: Words
    define: Words | None
    money: bool
    places: int = 6
    share: bool = False


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
    """A compiled aggregate query."""

    statement: Select[Any]
    groupings: list[Grouping]
    folds: list[Fold]
    figures: list[Figure]
    before: list[Figure]
    block_columns: list[BlockColumn]
    has_currency: bool
    classification: Classification


@dataclass(slots=True)
class _Parts:
    operands: dict[str, tuple[Expression, BlockColumn]] = field(default_factory=dict)
    flags: dict[str, tuple[str, ColumnElement[bool]]] = field(default_factory=dict)
    folds: list[Fold] = field(default_factory=list)
    classification: Classification = Classification.INTERNAL


class AggregateCompiler:
    """Compiles one aggregate query. Every row that counts is also returned, packed, as evidence."""

    def __init__(self, query: Query, model: SemanticModel, principal: Principal, scope: RowScope, dialect: str) -> None:
        """``dialect`` is the name of SQLAlchemy's dialect."""
        self.query, self.model, self.principal, self.dialect = query, model, principal, dialect
        self.entity = model.entities[query.entity]
        self.columns = Columns(model, self.entity, principal, dialect)
        self.filters = Filters(self.columns, scope)
        self.parts = _Parts()

    def compile(self) -> Aggregation:
        """The statement and the meaning of its columns. Raises when the query names what is not there or not readable."""
        figures = [self._figure(ref, self.query.window, f"m{i}") for i, ref in enumerate(self.query.measures)]
        before = [self._figure(ref, self.query.compare, f"m{i}_before") for i, ref in enumerate(self.query.measures)] if self.query.compare else []
        groupings = [self._grouping(dimension, i) for i, dimension in enumerate(self.query.dimensions)]
        money = any(figure.money for figure in figures)
        currency = self._currency() if money else None
        inner, names = self._inner(currency)
        outer = self._outer(inner, names, currency is not None)
        columns = self._block_columns(groupings, currency is not None)
        return Aggregation(outer, groupings, self.parts.folds, figures, before, columns, currency is not None, self.parts.classification)

    # -- measures -------------------------------------------------------------------------------------------------

    def _figure(self, ref: MeasureRef, window: Window | None, key: str) -> Figure:
        if ref.measure is None:
            return self._adhoc(ref, window, key)
        measure = self.model.measures.get(ref.measure)
        if measure is None or measure.entity != self.query.entity:
            raise QueryNamesUnknownField(ref.measure)
        named = Figure(key, "fold", (), measure.type, measure.words, measure.define, measure.type is CellType.MONEY, share=ref.share)
        if measure.op == "rate":
            parts = [self.model.measures[name] for name in measure.args]
            named.kind, named.folds = "rate", tuple(self._fold("count", None, self._flag(part, window, measure.time)) for part in parts)
            return named
        flag = self._flag(measure, window, measure.time)
        if measure.op == "days":
            operand = self._duration(measure.args[0], measure.args[1])
            return self._folded(named, measure.args[2], operand, flag)
        return self._folded(named, measure.op, self._operand(measure.args[0]) if measure.args else None, flag)

    def _adhoc(self, ref: MeasureRef, window: Window | None, key: str) -> Figure:
        flag = self._condition((), window, None)
        if ref.fold == "count" or ref.path is None:
            return Figure(key, "fold", (self._fold("count", None, flag),), CellType.COUNT, self.entity.words, None, False, share=ref.share)
        _, field_ = self.columns.resolve(ref.path)
        self._classify(field_.classification)
        kind = CellType.COUNT if ref.fold == "count_distinct" else field_.type.cell_type
        figure = Figure(key, "fold", (), kind, field_.words, None, kind is CellType.MONEY, share=ref.share)
        if ref.fold == "count_distinct":
            operand = self._distinct(ref.path)
        elif field_.type.is_time:
            operand = self._day(ref.path)
        else:
            operand = self._operand(ref.path)
        return self._folded(figure, str(ref.fold), operand, flag)

    def _folded(self, figure: Figure, fold: str, operand: str | None, flag: str | None) -> Figure:
        if fold == "avg":
            figure.kind, figure.folds = "mean", (self._fold("sum", operand, flag), self._fold("count", operand, flag))
        else:
            figure.folds = (self._fold(fold, operand, flag),)  # type: ignore[arg-type]
        return figure

    def _fold(self, name: FoldName, operand: str | None, flag: str | None) -> int:
        fold = Fold(name, operand, flag)
        if fold not in self.parts.folds:
            self.parts.folds.append(fold)
        return self.parts.folds.index(fold)

    def _flag(self, measure: Measure, window: Window | None, time: str | None) -> str | None:
        where = tuple(Compare(path=path, values=values) for path, values in sorted(measure.where.items()))
        return self._condition(where, window, time or measure.time)

    def _condition(self, where: tuple[Compare, ...], window: Window | None, time: str | None) -> str | None:
        conditions = [self.filters.condition(part) for part in where]
        key = repr(where)
        if window is not None and (window.start or window.end):
            path = window.path or time or self.entity.time
            if path is None:
                raise QueryNamesUnknownField("date")
            conditions.append(self.filters.window(window, path))
            key += f"{path}{window.start}{window.end}"
        if not conditions:
            return None
        if key not in self.parts.flags:
            self.parts.flags[key] = (f"f{len(self.parts.flags)}", and_(*conditions))
        return self.parts.flags[key][0]

    # -- operands and dimensions ----------------------------------------------------------------------------------

    def _operand(self, path: str) -> str:
        expression, places = self.columns.number(path)
        _, field_ = self.columns.resolve(path)
        self._classify(field_.classification)
        return self._add_operand(path, expression, field_.type.cell_type, places)

    def _duration(self, later: str, earlier: str) -> str:
        return self._add_operand(f"{later}-{earlier}", self.columns.days_between(later, earlier), CellType.DURATION, SCALE)

    def _day(self, path: str) -> str:
        return self._add_operand(f"{path}:day", self.columns.day(path), CellType.DATE, 0)

    def _distinct(self, path: str) -> str:
        return self._add_operand(f"{path}:distinct", cast(self.columns.raw(path), String), CellType.TEXT, 0)

    def _add_operand(self, key: str, expression: Expression, kind: CellType, places: int) -> str:
        if key not in self.parts.operands:
            self.parts.operands[key] = (expression, BlockColumn(name=f"o{len(self.parts.operands)}", type=kind, scale=places))
        return self.parts.operands[key][1].name

    def _classify(self, level: Classification) -> None:
        self.parts.classification = max(self.parts.classification, level)

    def _grouping(self, dimension: Dimension, index: int) -> Grouping:
        _, field_ = self.columns.resolve(dimension.path)
        self._classify(field_.classification)
        key = dimension.path.replace(".", "_") + (f"_{dimension.grain}" if dimension.grain else "")
        kind = CellType.TEXT if dimension.grain else field_.type.cell_type
        return Grouping(key, f"d{index}", kind, field_.words, field_.to, field_.classification, dimension.grain)

    def _dimension(self, dimension: Dimension) -> tuple[Expression, Expression]:
        """Group key and label."""
        table, field_ = self.columns.resolve(dimension.path)
        if dimension.grain:
            period = self.columns.grain(dimension.path, dimension.grain)
            return period, period
        if field_.type is FieldType.REF:
            ref = table.c[f"{field_.key}_ref"]
            key = func.coalesce(cast(table.c[f"{field_.key}_id"], String), "?" + ref)
            return key, self.columns.title(dimension.path)
        if field_.type.is_time:
            day = self.columns.day(dimension.path)
            return day, day
        if field_.type.is_numeric or field_.type is FieldType.YEAR:
            number = cast(self.columns.number(dimension.path)[0], String)
            return number, number
        value = cast(self.columns.raw(dimension.path), String)
        return value, value

    def _currency(self) -> Expression | None:
        table = self.columns.root
        return table.c.currency if "currency" in table.c else None

    # -- the statement --------------------------------------------------------------------------------------------

    def _inner(self, currency: Expression | None) -> tuple[Select[Any], list[str]]:
        root = self.columns.root
        chosen: list[Expression] = [root.c.id.label("record"), root.c.version.label("version")]
        extra: list[Expression] = []
        for index, dimension in enumerate(self.query.dimensions):
            key, label = self._dimension(dimension)
            chosen.append(key.label(f"d{index}"))
            extra.append(label.label(f"l{index}"))
            extra += self._record_of(dimension, index)
        if currency is not None:
            chosen.append(currency.label("currency"))
        chosen += [expression.label(column.name) for expression, column in self.parts.operands.values()]
        flags = list(self.parts.flags.values())
        used = {fold.flag for fold in self.parts.folds}
        conditions = [self.filters.readable(self.principal, self.entity.key)]
        if self.query.where is not None:
            conditions.append(self.filters.condition(self.query.where))
        if None not in used:
            conditions.append(or_(*(condition for _, condition in flags)))
        chosen += [case((condition, 1), else_=0).label(name) for name, condition in flags]
        statement = select(*chosen, *extra).select_from(self.columns.source()).where(and_(*conditions))
        return statement, [each.key or "" for each in chosen]

    def _record_of(self, dimension: Dimension, index: int) -> list[Expression]:
        """What a citation of the referenced record needs."""
        _, field_ = self.columns.resolve(dimension.path)
        if field_.type is not FieldType.REF or dimension.grain:
            return []
        joined = self.columns.referenced(dimension.path)
        return [
            joined.c[name].label(f"{short}{index}")
            for name, short in (("source_system", "sys"), ("source_id", "sid"), ("version_hash", "ver"), ("as_of", "asof"))
        ]

    def _outer(self, inner: Select[Any], names: list[str], has_currency: bool) -> Select[Any]:
        rows = inner.subquery("rows")
        keys = [rows.c[f"d{i}"] for i in range(len(self.query.dimensions))] + ([rows.c.currency] if has_currency else [])
        labels = [func.min(each).label(each.key) for each in rows.c if each.key not in names]
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


def pack(columns: list[Expression], dialect: str) -> Expression:
    """Rows as canonical JSON text: no spaces, whole numbers, strings or null."""
    if dialect == "sqlite":
        return func.json_group_array(func.json_array(*columns))
    cells = [func.coalesce(cast(func.to_json(column), String), "null") for column in columns]
    line: Expression = literal("[") + cells[0]
    for cell in cells[1:]:
        line = line + literal(",") + cell
    return literal("[") + func.coalesce(func.string_agg(line + literal("]"), literal(",")), "") + literal("]")
