"""The measures of an aggregate query as base folds over columns of its evidence: counts, sums, means, rates, quotients, durations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, String, and_, func, literal, or_

from tools.crm.columns import DAY_SCALE, Columns, Expression, Table
from tools.crm.errors import QueryNamesUnknownField
from tools.crm.filtering import Filters
from tools.crm.measuring import conditions_of, lasting_words
from tools.crm.query import And, Beside, Compare, Filter, Lasted, MeasureRef, Query, Unlike, Window
from tools.crm.semantic import Field, FieldType, Measure, SemanticModel, Words
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
class Parts:
    """What the statement must hold for the figures: operands and flags by what they are, the folds, and the currencies of amounts."""

    operands: dict[str, tuple[Expression, BlockColumn]] = field(default_factory=dict)
    flags: dict[str, tuple[str, ColumnElement[bool]]] = field(default_factory=dict)
    folds: list[Fold] = field(default_factory=list)
    currencies: list[tuple[str, Expression]] = field(default_factory=list)


class FigureCompiler:
    """Makes the figures of one query, and gathers what they are made of in ``parts``."""

    def __init__(self, query: Query, model: SemanticModel, columns: Columns, filters: Filters) -> None:
        """``columns`` and ``filters`` are those of the statement."""
        self._query, self._model, self._columns, self._filters = query, model, columns, filters
        self._entity = model.entities[query.entity]
        self.parts = Parts()

    def figure(self, ref: MeasureRef, window: Window | None, key: str) -> Figure:
        """A measure over a window; ``key`` names it. Raises when it names what is not there, or makes no sense of what it is folded from."""
        if ref.against is not None:
            return self._against(self.figure(ref.model_copy(update={"against": None}), window, key))
        if ref.measure is None:
            return self._adhoc(ref, window, key)
        measure = self._model.measures.get(ref.measure)
        if measure is None or measure.entity != self._query.entity:
            raise QueryNamesUnknownField(ref.measure)
        named = Figure(key, "fold", (), measure.type, measure.words, measure.define, False, share=ref.share)
        if ref.per is not None:
            return self._per(named, ref.per, measure, window)
        if ref.of is not None:
            return self._attained(named, ref.of, measure, window)
        if measure.op == "rate":
            return self._rate(named, [self._model.measures[name] for name in measure.args], window, measure.time)
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
        figure.folds = (self._fold(measure.op, operand, flag), self._fold("count_distinct", self.key(path), flag))  # type: ignore[arg-type]
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
        grouped = any(dimension.path == reference for dimension in self._query.dimensions)
        if measure.op != "sum" or not reference or not (grouped or _is_fixed(self._query.where, reference)):
            raise QueryNamesUnknownField(of)
        flag = self._flag(measure, window, measure.time)
        operand = self._operand(measure.args[0], figure)
        expression, places = self._columns.number(of)
        _, field_ = self._columns.resolve(of)
        whole = self._add_operand(of, expression, field_.type.cell_type, places)
        figure.kind, figure.type, figure.share = "attained", CellType.RATE, False
        figure.of, figure.unit = of, field_.unit if field_.type is FieldType.MONEY else None
        figure.folds = (self._fold("sum", operand, flag), self._fold("max", whole, None), self._fold("count_distinct", self.key(reference), None))
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
            counted = Figure(key, "fold", (self._fold("count", None, flag),), CellType.COUNT, self._entity.words, None, False, share=ref.share)
            if ref.per is not None:
                counted.kind, counted.type, counted.share = "mean", CellType.NUMBER, False
                counted.folds = (*counted.folds, self._fold("count_distinct", self.key(ref.per), flag))
            return counted
        _, field_ = self._columns.resolve(ref.path)
        figure = Figure(key, "fold", (), CellType.COUNT, field_.words, None, False, share=ref.share)
        if fold in {"count", "count_distinct"}:
            return self._folded(figure, fold, self.key(ref.path), flag)
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
        return Figure(key, "rate", folds, CellType.RATE, self._entity.words, None, False)

    def _of_two(self, ref: MeasureRef, window: Window | None, key: str) -> Figure:
        """A sum over or less that of another field, of the records that hold both. Raises for what can't be set against each other."""
        path, other = str(ref.path), str(ref.over or ref.less)
        fields = [self._columns.resolve(each)[1] for each in (path, other)]
        if ref.fold != "sum" or (ref.over is None) is (ref.less is None) or fields[0].type is not fields[1].type:
            raise QueryNamesUnknownField(other)
        whole, paid = (path, other) if ref.less else (other, path)
        known = tuple(Compare(path=each, op="not_null") for each in ((whole,) if ref.owed else (path, other)))
        one_unit = self._filters.in_one_unit(path, other)
        if ref.owed:
            one_unit = or_(self._columns.raw(paid).is_(None), one_unit)
        flag = self._condition(known, window, None, one_unit)
        kind = CellType.RATE if ref.over else fields[0].type.cell_type
        figure = Figure(key, "quotient" if ref.over else "difference", (), kind, fields[0].words, None, False)
        numbers = [(each, *self._columns.number(each)) for each in (path, other)]
        if ref.owed:
            numbers = [(f"{each} or none", func.coalesce(number, 0), places) if each == paid else (each, number, places) for each, number, places in numbers]
        operands = [self._add_operand(each, number, fields[0].type.cell_type, places) for each, number, places in numbers]
        if fields[0].type is FieldType.MONEY:
            fixed = next((each for each, field_ in zip((path, other), fields, strict=True) if field_.unit is not None), whole if ref.owed else path)
            figure.money = self._money(fixed, *self._columns.resolve(fixed))
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
            operand = self._add_operand(f"{ref.upto}-{since}", self._columns.days_until(str(ref.upto), since), CellType.DURATION, DAY_SCALE)
        return self._folded(
            Figure(key, "fold", (), CellType.DURATION, lasting_words(self._model, self._query.entity, ref), None, False), ref.fold, operand, flag
        )

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
        conditions = [*(self._filters.condition(part) for part in where), *also]
        key = repr(where)
        if window is not None and (window.start or window.end):
            path = window.path or time or self._entity.time
            if path is None:
                raise QueryNamesUnknownField("date")
            conditions.append(self._filters.window(window, path))
            key += f"{path}{window.start}{window.end}"
        if not conditions:
            return None
        if key not in self.parts.flags:
            self.parts.flags[key] = (f"f{len(self.parts.flags)}", and_(*conditions))
        return self.parts.flags[key][0]

    # -- operands -------------------------------------------------------------------------------------------------

    def _operand(self, path: str, figure: Figure) -> str:
        """A numeric field; an amount of money makes ``figure`` one of money, in the currency of the amount's record."""
        expression, places = self._columns.number(path)
        table, field_ = self._columns.resolve(path)
        if field_.type is FieldType.MONEY:
            figure.money = self._money(path, table, field_)
        return self._add_operand(path, expression, field_.type.cell_type, places)

    def _weighted(self, figure: Figure, path: str, weight: str) -> str:
        """A numeric field, each record's number times its own rate."""
        table, field_ = self._columns.resolve(path)
        if field_.type is FieldType.MONEY:
            figure.money = self._money(path, table, field_)
        expression, places = self._columns.weighted(path, weight)
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
        return self._add_operand(f"{later}-{earlier}", self._columns.days_between(later, earlier), CellType.DURATION, DAY_SCALE)

    def _day(self, path: str) -> str:
        return self._add_operand(f"{path}:day", self._columns.day(path), CellType.DATE, 0)

    def key(self, path: str) -> str:
        """The operand that tells values of a field apart."""
        return self._add_operand(f"{path}:key", self._columns.key(path), CellType.TEXT, 0)

    def _add_operand(self, key: str, expression: Expression, kind: CellType, places: int) -> str:
        if key not in self.parts.operands:
            self.parts.operands[key] = (expression, BlockColumn(name=f"o{len(self.parts.operands)}", type=kind, scale=places))
        return self.parts.operands[key][1].name


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
