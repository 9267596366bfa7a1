"""From a typed query to one SQL statement, and the description of what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import ColumnElement, Integer, Select, String, and_, case, func, literal, or_, select, type_coerce

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.columns import DAY_SCALE, Columns, Expression, Table
from tools.crm.errors import QueryNamesUnknownField
from tools.crm.filtering import Filters
from tools.crm.measuring import conditions_of, lasting_words
from tools.crm.packing import pack
from tools.crm.query import And, Beside, Compare, Dimension, Filter, Lasted, MeasureRef, Query, Unlike, Window
from tools.crm.semantic import Field, FieldType, Measure, SemanticModel, Words
from tools.crm.stepping import chosen_groups
from tools.store.classification import Classification
from tools.store.types import UtcDateTime
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
    """One measure of the result, made of base folds.

    It is a fold itself, a mean (sum, count), a rate of two counts (part, whole), a quotient or a difference of two sums, or a sum over
    what all records hold (sum, max, the number of those who hold it): attained, in the ``unit`` of what is held. ``against`` is a
    count or a sum over what another query gives for the like group. ``held`` is
    the fold that counts the amounts of a figure in money: only where there are some does its currency matter.
    """

    key: str
    kind: Literal["fold", "mean", "rate", "quotient", "difference", "attained", "against"]
    folds: tuple[int, ...]
    type: CellType
    words: Words
    define: Words | None
    money: bool
    share: bool = False
    held: tuple[int, ...] = ()
    unit: str | None = None
    of: str = ""
    part: CellType | None = None


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


@dataclass(slots=True)
class _Parts:
    operands: dict[str, tuple[Expression, BlockColumn]] = field(default_factory=dict)
    flags: dict[str, tuple[str, ColumnElement[bool]]] = field(default_factory=dict)
    folds: list[Fold] = field(default_factory=list)
    currencies: list[tuple[str, Expression]] = field(default_factory=list)


class AggregateCompiler:
    """Compiles one aggregate query. Every row that counts is also returned, packed, as evidence."""

    def __init__(self, query: Query, model: SemanticModel, principal: Principal, scope: RowScope, dialect: str) -> None:
        """``dialect`` is the name of SQLAlchemy's dialect."""
        self.query, self.model, self.principal, self.dialect = query, model, principal, dialect
        self.entity = model.entities[query.entity]
        self.columns = Columns(model, self.entity, principal, dialect, scope=scope)
        self.filters = Filters(self.columns, scope)
        self.parts = _Parts()

    def compile(self) -> Aggregation:
        """The statement and the meaning of its columns. Raises when the query names what is not there or not readable."""
        figures = [self._figure(ref, self.query.window, f"m{i}") for i, ref in enumerate(self.query.measures)]
        before = [self._figure(ref, self.query.compare, f"m{i}_before") for i, ref in enumerate(self.query.measures)] if self.query.compare else []
        groupings = [self._grouping(dimension, i) for i, dimension in enumerate(self.query.dimensions)]
        currency = next((expression for _, expression in self.parts.currencies), None)
        within = [("record" if not each.path else self._key(each.path), each.keys or ()) for each in chosen_groups(self.query.where)]
        inner, names = self._inner(currency)
        outer = self._outer(inner, names, currency is not None)
        columns = self._block_columns(groupings, currency is not None)
        return Aggregation(outer, groupings, self.parts.folds, figures, before, columns, currency is not None, self.columns.level, within)

    # -- measures -------------------------------------------------------------------------------------------------

    def _figure(self, ref: MeasureRef, window: Window | None, key: str) -> Figure:
        if ref.against is not None:
            return self._against(self._figure(ref.model_copy(update={"against": None}), window, key))
        if ref.measure is None:
            return self._adhoc(ref, window, key)
        measure = self.model.measures.get(ref.measure)
        if measure is None or measure.entity != self.query.entity:
            raise QueryNamesUnknownField(ref.measure)
        named = Figure(key, "fold", (), measure.type, measure.words, measure.define, False, share=ref.share)
        if ref.per is not None:
            return self._per(named, ref.per, measure, window)
        if ref.of is not None:
            return self._attained(named, ref.of, measure, window)
        if measure.op == "rate":
            return self._rate(named, [self.model.measures[name] for name in measure.args], window, measure.time)
        flag = self._flag(measure, window, measure.time)
        if measure.op == "weighted":
            return self._folded(named, "sum", self._weighted(named, measure.args[0], measure.args[1]), flag)
        if measure.op == "days":
            return self._folded(named, ref.fold or measure.args[2], self._duration(measure.args[0], measure.args[1]), flag)
        return self._folded(named, measure.op, self._operand(measure.args[0], named) if measure.args else None, flag)

    def _rate(self, figure: Figure, parts: list[Measure], window: Window | None, time: str | None) -> Figure:
        flags = [self._flag(part, window, time) for part in parts]
        figure.share = False
        if all(part.op == "count" for part in parts):
            figure.kind, figure.folds = "rate", tuple(self._fold("count", None, flag) for flag in flags)
            return figure
        operands = [self._operand(part.args[0], figure) for part in parts]
        figure.kind, figure.folds = "quotient", tuple(self._fold("sum", operand, flag) for operand, flag in zip(operands, flags, strict=True))
        figure.held = tuple(self._fold("count", operand, flag) for operand, flag in zip(operands, flags, strict=True)) if figure.money else ()
        return figure

    def _per(self, figure: Figure, path: str, measure: Measure, window: Window | None) -> Figure:
        """What is counted or added up over the number of different values of ``path``. Raises for measures that don't add up."""
        if measure.op not in {"count", "sum"}:
            raise QueryNamesUnknownField(measure.key)
        flag = self._flag(measure, window, measure.time)
        operand = self._operand(measure.args[0], figure) if measure.op == "sum" else None
        figure.type = CellType.NUMBER if figure.type is CellType.COUNT else figure.type
        figure.kind, figure.share = "mean", False
        figure.folds = (self._fold(measure.op, operand, flag), self._fold("count_distinct", self._key(path), flag))  # type: ignore[arg-type]
        figure.held = (self._fold("count", operand, flag),) if figure.money else ()
        return figure

    def _against(self, figure: Figure) -> Figure:
        """What is counted or added up over what another query gives. Raises for figures that don't add up."""
        if figure.kind != "fold" or self.parts.folds[figure.folds[0]].name not in {"count", "sum"}:
            raise QueryNamesUnknownField(figure.key)
        figure.part, figure.kind, figure.type, figure.share = figure.type, "against", CellType.RATE, False
        return figure

    def _attained(self, figure: Figure, of: str, measure: Measure, window: Window | None) -> Figure:
        """What is added up over the number that a record referred to holds. Raises where the records of a group may refer to several."""
        reference = of.rpartition(".")[0]
        grouped = any(dimension.path == reference for dimension in self.query.dimensions)
        if measure.op != "sum" or not reference or not (grouped or _is_fixed(self.query.where, reference)):
            raise QueryNamesUnknownField(of)
        flag = self._flag(measure, window, measure.time)
        operand = self._operand(measure.args[0], figure)
        expression, places = self.columns.number(of)
        _, field_ = self.columns.resolve(of)
        whole = self._add_operand(of, expression, field_.type.cell_type, places)
        figure.kind, figure.type, figure.share = "attained", CellType.RATE, False
        figure.of, figure.unit = of, field_.unit if field_.type is FieldType.MONEY else None
        figure.folds = (self._fold("sum", operand, flag), self._fold("max", whole, None), self._fold("count_distinct", self._key(reference), None))
        figure.held = (self._fold("count", operand, flag),) if figure.money else ()
        return figure

    def _adhoc(self, ref: MeasureRef, window: Window | None, key: str) -> Figure:
        if ref.part is not None:
            return self._share_of(ref, ref.part, window, key)
        if ref.over is not None or ref.less is not None:
            return self._of_two(ref, window, key)
        flag, fold = self._condition((), window, None), ref.fold or "count"
        if ref.since is not None:
            return self._lasting(ref, ref.since, flag, key)
        if ref.path is None:
            if fold != "count":
                raise QueryNamesUnknownField(fold)
            counted = Figure(key, "fold", (self._fold("count", None, flag),), CellType.COUNT, self.entity.words, None, False, share=ref.share)
            if ref.per is not None:
                counted.kind, counted.type, counted.share = "mean", CellType.NUMBER, False
                counted.folds = (*counted.folds, self._fold("count_distinct", self._key(ref.per), flag))
            return counted
        _, field_ = self.columns.resolve(ref.path)
        figure = Figure(key, "fold", (), CellType.COUNT, field_.words, None, False, share=ref.share)
        if fold in {"count", "count_distinct"}:
            return self._folded(figure, fold, self._key(ref.path), flag)
        if field_.type.is_time:
            if fold not in {"min", "max"}:
                raise QueryNamesUnknownField(ref.path)
            figure.type = CellType.DATE
            return self._folded(figure, fold, self._day(ref.path), flag)
        figure.type = field_.type.cell_type
        if figure.type is CellType.COUNT and fold in {"avg", "median"}:
            figure.type = CellType.NUMBER
        return self._folded(figure, fold, self._operand(ref.path, figure), flag)

    def _share_of(self, ref: MeasureRef, part: Filter, window: Window | None, key: str) -> Figure:
        """The share of the records that fulfil a condition, among those that hold the two fields which it compares. Raises for what is no count."""
        if (ref.fold or "count") != "count" or ref.path is not None:
            raise QueryNamesUnknownField(str(ref.path or ref.fold))
        folds = tuple(self._fold("count", None, self._condition(where, window, None)) for where in ((part,), _known(part)))
        return Figure(key, "rate", folds, CellType.RATE, self.entity.words, None, False)

    def _of_two(self, ref: MeasureRef, window: Window | None, key: str) -> Figure:
        """A sum over or less that of another field, of the records that hold both. Raises for what can't be set against each other."""
        path, other = str(ref.path), str(ref.over or ref.less)
        fields = [self.columns.resolve(each)[1] for each in (path, other)]
        if ref.fold != "sum" or (ref.over is None) is (ref.less is None) or fields[0].type is not fields[1].type:
            raise QueryNamesUnknownField(other)
        whole, paid = (path, other) if ref.less else (other, path)
        known = tuple(Compare(path=each, op="not_null") for each in ((whole,) if ref.owed else (path, other)))
        one_unit = self.filters.in_one_unit(path, other)
        if ref.owed:
            one_unit = or_(self.columns.raw(paid).is_(None), one_unit)
        flag = self._condition(known, window, None, one_unit)
        kind = CellType.RATE if ref.over else fields[0].type.cell_type
        figure = Figure(key, "quotient" if ref.over else "difference", (), kind, fields[0].words, None, False)
        numbers = [(each, *self.columns.number(each)) for each in (path, other)]
        if ref.owed:
            numbers = [(f"{each} or none", func.coalesce(number, 0), places) if each == paid else (each, number, places) for each, number, places in numbers]
        operands = [self._add_operand(each, number, fields[0].type.cell_type, places) for each, number, places in numbers]
        if fields[0].type is FieldType.MONEY:
            fixed = next((each for each, field_ in zip((path, other), fields, strict=True) if field_.unit is not None), whole if ref.owed else path)
            figure.money = self._money(fixed, *self.columns.resolve(fixed))
        figure.folds = tuple(self._fold("sum", operand, flag) for operand in operands)
        figure.held = tuple(self._fold("count", operand, flag) for operand in operands) if figure.money else ()
        return figure

    def _lasting(self, ref: MeasureRef, since: str, flag: str | None, key: str) -> Figure:
        """The days between two fields of a record, or from one to a day. Raises for folds that make no sense of days, and where no end is given."""
        if ref.fold not in {"avg", "min", "max", "median"} or (ref.path is None) is (ref.upto is None):
            raise QueryNamesUnknownField(since)
        if ref.path is not None:
            operand = self._duration(ref.path, since)
        else:
            operand = self._add_operand(f"{ref.upto}-{since}", self.columns.days_until(str(ref.upto), since), CellType.DURATION, DAY_SCALE)
        return self._folded(Figure(key, "fold", (), CellType.DURATION, lasting_words(self.model, self.query.entity, ref), None, False), ref.fold, operand, flag)

    def _folded(self, figure: Figure, fold: str, operand: str | None, flag: str | None) -> Figure:
        if fold == "avg":
            figure.kind, figure.folds = "mean", (self._fold("sum", operand, flag), self._fold("count", operand, flag))
        else:
            figure.folds = (self._fold(fold, operand, flag),)  # type: ignore[arg-type]
        # only counts and sums of parts add up to those of the whole
        figure.share = figure.share and fold in {"count", "sum"}
        figure.held = (self._fold("count", operand, flag),) if figure.money else ()
        return figure

    def _fold(self, name: FoldName, operand: str | None, flag: str | None) -> int:
        fold = Fold(name, operand, flag)
        if fold not in self.parts.folds:
            self.parts.folds.append(fold)
        return self.parts.folds.index(fold)

    def _flag(self, measure: Measure, window: Window | None, time: str | None) -> str | None:
        return self._condition(conditions_of(measure), window, time or measure.time)

    def _condition(self, where: tuple[Filter, ...], window: Window | None, time: str | None, *also: ColumnElement[bool]) -> str | None:
        conditions = [*(self.filters.condition(part) for part in where), *also]
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

    def _operand(self, path: str, figure: Figure) -> str:
        """A numeric field; an amount of money makes ``figure`` one of money, in the currency of the amount's record."""
        expression, places = self.columns.number(path)
        table, field_ = self.columns.resolve(path)
        if field_.type is FieldType.MONEY:
            figure.money = self._money(path, table, field_)
        return self._add_operand(path, expression, field_.type.cell_type, places)

    def _weighted(self, figure: Figure, path: str, weight: str) -> str:
        """A numeric field, each record's number times its own rate."""
        table, field_ = self.columns.resolve(path)
        if field_.type is FieldType.MONEY:
            figure.money = self._money(path, table, field_)
        expression, places = self.columns.weighted(path, weight)
        return self._add_operand(f"{path}*{weight}", expression, field_.type.cell_type, places)

    def _money(self, path: str, table: Table, field_: Field) -> bool:
        """Note the currency of an amount; False where none is recorded. Raises for amounts of different records in one query."""
        if field_.unit is None and "currency" not in table.c:
            return False
        source = f"={field_.unit}" if field_.unit else table.name
        expression: Expression = literal(field_.unit, String) if field_.unit else func.nullif(table.c.currency, "", type_=String())
        if any(other != source for other, _ in self.parts.currencies):
            raise QueryNamesUnknownField(path)
        if not self.parts.currencies:
            self.parts.currencies.append((source, expression))
        return True

    def _duration(self, later: str, earlier: str) -> str:
        return self._add_operand(f"{later}-{earlier}", self.columns.days_between(later, earlier), CellType.DURATION, DAY_SCALE)

    def _day(self, path: str) -> str:
        return self._add_operand(f"{path}:day", self.columns.day(path), CellType.DATE, 0)

    def _key(self, path: str) -> str:
        return self._add_operand(f"{path}:key", self.columns.key(path), CellType.TEXT, 0)

    def _add_operand(self, key: str, expression: Expression, kind: CellType, places: int) -> str:
        if key not in self.parts.operands:
            self.parts.operands[key] = (expression, BlockColumn(name=f"o{len(self.parts.operands)}", type=kind, scale=places))
        return self.parts.operands[key][1].name

    def _grouping(self, dimension: Dimension, index: int) -> Grouping:
        _, field_ = self.columns.resolve(dimension.path)
        key = dimension.path.replace(".", "_") + (f"_{dimension.grain}" if dimension.grain else "")
        kind = CellType.TEXT if dimension.grain else CellType.DATE if field_.type.is_time else field_.type.cell_type
        return Grouping(key, f"d{index}", kind, field_.words, self.model.named_by(field_), self.columns.classification(dimension.path), dimension.grain)

    def _key_of(self, dimension: Dimension) -> Expression:
        return self.columns.grain(dimension.path, dimension.grain) if dimension.grain else self.columns.key(dimension.path)

    # -- the statement --------------------------------------------------------------------------------------------

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
        conditions = [self.filters.readable(self.principal, self.entity.key)]
        if self.query.where is not None:
            conditions.append(self.filters.condition(self.query.where))
        conditions += self._asked_for()
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


def _is_fixed(where: Filter | None, reference: str) -> bool:
    """Whether all records that count refer to one and the same record there."""
    parts = where.parts if isinstance(where, And) else (where,)
    return any(
        isinstance(part, Compare) and part.path.removesuffix(".name") == reference and part.op == "eq" and len(part.values) == 1 and len(part.records) <= 1
        for part in parts
    )


def _known(part: Filter) -> tuple[Compare, ...]:
    """What a record must hold for a comparison of two of its fields to be told."""
    paths = (part.path, part.since) if isinstance(part, Lasted) else (part.path, part.other) if isinstance(part, Beside | Unlike) else ()
    return tuple(Compare(path=path, op="not_null") for path in paths)


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
