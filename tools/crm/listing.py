"""Lists records with chosen fields; each cell cites its record, and the whole list is kept as evidence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, func, select, true
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.columns import Columns
from tools.crm.currency import RateBook
from tools.crm.errors import FieldNotReadable, QueryNamesUnknownField
from tools.crm.filtering import Filters
from tools.crm.packing import pack
from tools.crm.query import Query
from tools.crm.results import ResultColumn, ResultRow, ResultSet
from tools.crm.semantic import Field, FieldType, SemanticModel, Words
from tools.crm.worth import Worth
from tools.store.classification import Classification
from tools.trace.arithmetic import canonical
from tools.trace.cells import BlockColumn, Cell, CellType, Derivation, EvidenceBlock, SourceRef

DEFAULT_LIMIT = 50
CONVERTED = "converted"


@dataclass(frozen=True, slots=True)
class _Shown:
    """One selected field; one that the reader may not see is masked. Numbers are whole numbers of ``10**-places``."""

    path: str
    field: Field
    classification: Classification
    readable: bool
    places: int = 0

    @property
    def key(self) -> str:
        return self.path.replace(".", "_")


class Lister:
    """One run of one listing."""

    def __init__(self, session: Session, query: Query, call: str, model: SemanticModel, principal: Principal, scope: RowScope, rates: RateBook) -> None:
        """``call`` is the first part of every address (``q1``)."""
        self.session, self.query, self.call, self.model, self.principal, self.scope, self.rates = session, query, call, model, principal, scope, rates
        self.entity = model.entities[query.entity]
        self.dialect = session.get_bind().dialect.name
        self.columns = Columns(model, self.entity, principal, self.dialect, scope=scope)  # by which records are chosen and ordered
        self.shown = Columns(model, self.entity, principal, self.dialect, prefix="s", scope=scope)  # by which the chosen ones are read
        self.filters = Filters(self.columns, scope)
        self.block_id = f"b{call.removeprefix('q')}"
        self.limit = query.skip + (DEFAULT_LIMIT if query.limit is None else max(query.limit, 0))

    def run(self) -> ResultSet:
        """Execute and cite."""
        fields = [self._show(path) for path in self.query.select]
        worth = self._worth()
        return self._by_order(fields) if worth is None else self._by_worth(fields, worth)

    def _by_order(self, fields: list[_Shown]) -> ResultSet:
        statement, ordered = self._compile(fields)
        found = self.session.execute(statement).all()
        head = found[0] if found else None
        rows = tuple(self._row(row, index + 1, fields) for index, row in enumerate(found[: self.limit]))[self.query.skip :]
        block = self._block(ordered, head.block, head.total, head.newest) if head else self._block(ordered, "[]", 0, None)
        return self._result(fields, rows, block, self._tied(found, block.rows_json, len(ordered)))

    def _block(self, ordered: tuple[BlockColumn, ...], rows_json: str, n: int, newest: datetime | None) -> EvidenceBlock:
        columns = (BlockColumn(name="record", type=CellType.TEXT), BlockColumn(name="version", type=CellType.COUNT), *ordered)
        level, table = self.columns.level, self.entity.table
        return EvidenceBlock(id=self.block_id, table=table, columns=columns, rows_json=rows_json, n=n, classification=level, as_of=newest)

    def _result(self, fields: list[_Shown], rows: tuple[ResultRow, ...], block: EvidenceBlock, tied: int) -> ResultSet:
        count = Cell(
            address=f"{self.call}.total.count", value=str(block.n), type=CellType.COUNT, classification=self.columns.level,
            derivation=Derivation(formula="count", operands=(self.block_id,)),
        )  # fmt: skip
        return ResultSet(
            call=self.call, query=self.query, columns=tuple(self._describe(each, rows) for each in fields), rows=rows,
            groups=block.n, tied=tied, support=(count,), blocks=(block,), as_of=block.as_of, n=block.n,
        )  # fmt: skip

    # -- amounts in several currencies ----------------------------------------------------------------------------

    def _worth(self) -> Worth | None:
        """What to compare amounts by, where the first order is by money and the records' amounts are in several currencies."""
        path = self.query.order[0].path if self.query.order else None
        if path is None:
            return None
        table, field = self.columns.resolve(path)
        if field.type is not FieldType.MONEY or field.unit is not None or "currency" not in table.c:
            return None
        amount, places = self.columns.number(path)
        currency = func.nullif(table.c.currency, "", type_=String())
        conditions = self._conditions()  # before the source, which joins what they name
        statement = select(currency).select_from(self.columns.source()).where(and_(*conditions, amount.is_not(None))).distinct()
        held = list(self.session.scalars(statement))
        return Worth(held, places, self.rates) if len(held) > 1 else None

    def _by_worth(self, fields: list[_Shown], worth: Worth) -> ResultSet:
        order, described = self._order()
        conditions = self._conditions()
        table, _ = self.columns.resolve(str(self.query.order[0].path))
        root = self.columns.root
        keys = [each.label(f"o{i}") for i, (_, each, _) in enumerate(order)]
        again = [(key.desc() if down else key.asc()).nulls_last() for key, _, down in order[1:]]
        all_of_them = select(root.c.id, root.c.version, root.c.as_of, *keys, func.nullif(table.c.currency, "", type_=String()).label("currency"))
        rows = self.session.execute(all_of_them.select_from(self.columns.source()).where(and_(*conditions)).order_by(*again, root.c.id)).all()
        apart = max(DEFAULT_LIMIT // (len(worth.currencies) + 1), 1) if self.query.limit is None and worth.target is None else self.limit
        standing = worth.rank(rows, len(order), self.query.order[0].descending, apart)
        meta, cells = self._read(fields)
        statement = select(self.shown.root.c.id, *meta, *cells).select_from(self.shown.source()).where(self.shown.root.c.id.in_(standing.shown))
        found = {row.id: row for row in self.session.execute(statement)}
        listed = tuple(self._row(found[each], index + 1, fields) for index, each in enumerate(each for each in standing.shown if each in found))[
            self.query.skip :
        ]
        block = self._block(worth.columns(described), standing.rows_json, standing.n, standing.newest)
        result = self._result(fields, listed, block, standing.tied)
        return result.model_copy(update={"mixed_currencies": worth.currencies}) if worth.target is None else self._converted(result, worth)

    def _converted(self, result: ResultSet, worth: Worth) -> ResultSet:
        """The amounts also in the currency that they were compared in, with the rates that say so."""
        key = str(self.query.order[0].path).replace(".", "_")
        added = f"{key}_{CONVERTED}"
        support = {cell.address: cell for cell in result.support}
        rows = []
        for row in result.rows:
            if (own := row.cells.get(key)) is not None and own.value is not None and own.unit is not None:
                cell, *rest = worth.cells(self.call, own)
                support |= {each.address: each for each in rest}
                row = row.model_copy(update={"cells": row.cells | {added: cell}})
            rows.append(row)
        if any(added not in row.cells for row in rows) or all(row.cells[key].unit == worth.target for row in rows):
            return result.model_copy(update={"converted_to": worth.target})
        words = Words(en=(f"in {worth.target}",), zh=(f"折合 {worth.target}",))
        column = ResultColumn(key=added, words=words, type=CellType.MONEY, unit=worth.target, role="field")
        return result.model_copy(
            update={"rows": tuple(rows), "columns": (*result.columns, column), "support": tuple(support.values()), "converted_to": worth.target}
        )

    # -- the statement --------------------------------------------------------------------------------------------

    def _conditions(self) -> list[ColumnElement[bool]]:
        conditions = [] if self.query.where is None else [self.filters.condition(self.query.where)]
        if self.query.window is not None and (self.query.window.start or self.query.window.end):
            by = self.query.window.path or self.entity.time
            if by is None:
                raise QueryNamesUnknownField("date")
            conditions.append(self.filters.window(self.query.window, by))
        return [self.filters.readable(self.principal, self.entity.key), *conditions]

    def _read(self, fields: list[_Shown]) -> tuple[list[ColumnElement[Any]], list[ColumnElement[Any]]]:
        """What cites a record, and its selected fields."""
        meta: list[ColumnElement[Any]] = [
            self.shown.root.c[name].label(f"meta_{name}") for name in ("id", "source_system", "source_id", "version_hash", "as_of")
        ]
        return meta, [cell for index, each in enumerate(fields) if each.readable for cell in self._opened(each, index)]

    def _compile(self, fields: list[_Shown]) -> tuple[Select[Any], tuple[BlockColumn, ...]]:
        """One statement: all records that fulfil the query, packed as evidence, and the first of them with their fields."""
        order, described = self._order()
        conditions = self._conditions()
        root, source = self.columns.root, self.columns.source()
        shown = [each.label(f"o{i}") for i, (_, each, _) in enumerate(order)]
        chosen = select(root.c.id, root.c.version, root.c.as_of, *shown).select_from(source).where(and_(*conditions)).subquery("chosen")
        inside = [chosen.c.id, chosen.c.version, *(chosen.c[each.name] for each in described)]
        totals = select(pack(inside, self.dialect).label("block"), func.count().label("total"), func.max(chosen.c.as_of).label("newest")).cte("totals")
        keys = [(key.desc() if down else key.asc()).nulls_last() for key, _, down in order]
        # one more than is shown tells whether the limit cut through equals; chosen apart from the totals, so that an index on the order serves
        first = select(root.c.id, *(key.label(f"k{i}") for i, (key, _, _) in enumerate(order)), *shown)
        first = first.select_from(source).where(and_(*conditions)).order_by(*keys, root.c.id).limit(self.limit + 1)
        page = first.cte("page")
        meta, cells = self._read(fields)
        joined = page.join(totals, true()).join(self.shown.source(), self.shown.root.c.id == page.c.id)
        ranks = [page.c[f"o{i}"].label(f"rank{i}") for i in range(len(order))]
        statement = select(*meta, *ranks, *cells, totals.c.block, totals.c.total, totals.c.newest).select_from(joined)
        again = [(page.c[f"k{i}"].desc() if down else page.c[f"k{i}"].asc()).nulls_last() for i, (_, _, down) in enumerate(order)]
        return statement.order_by(*again, page.c.id), described

    def _order(self) -> tuple[list[tuple[ColumnElement[Any], ColumnElement[Any], bool]], tuple[BlockColumn, ...]]:
        """Sort keys with what they show and their direction; those asked for are packed, so that an extreme can be checked from the evidence."""
        keys: list[tuple[ColumnElement[Any], ColumnElement[Any], bool]] = []
        described: list[BlockColumn] = []
        for order in self.query.order:
            path = order.path or self.entity.time or self.entity.title
            if path is None:
                continue
            field = self.columns.resolve(path)[1]
            described.append(BlockColumn(name=f"o{len(keys)}", type=field.type.cell_type, scale=_scale(self.columns, path)))
            keys.append((*self.columns.ranked(path), order.descending))
        if not keys and self.entity.time:
            keys.append((*self.columns.ranked(self.entity.time), True))
        return keys, tuple(described)

    def _tied(self, found: Sequence[Any], rows_json: str, ordered: int) -> int:
        """How many records that the limit left out rank equal to the last one shown."""
        if not ordered or not 0 < self.limit < len(found):
            return 0
        last = [found[self.limit - 1]._mapping[f"rank{i}"] for i in range(ordered)]
        if last != [found[self.limit]._mapping[f"rank{i}"] for i in range(ordered)]:
            return 0
        equal: int = sum(row[2:] == last for row in json.loads(rows_json))
        shown: int = sum([row._mapping[f"rank{i}"] for i in range(ordered)] == last for row in found[: self.limit])
        return equal - shown

    def _show(self, path: str) -> _Shown:
        try:
            places = _scale(self.shown, path)
            return _Shown(path, self.shown.resolve(path)[1], self.shown.classification(path), True, places)
        except FieldNotReadable:
            walked, field = self.model.field(self.entity.key, path)
            return _Shown(path, field, max(link.classification for link in (*walked, field)), False)

    def _opened(self, shown: _Shown, index: int) -> list[ColumnElement[Any]]:
        """What is selected of a field; of a record that is open less far than the field is classified, only that it is withheld."""
        selected = self._selected(shown.path, index)
        if not self.principal.units or shown.classification <= self.columns.level:
            return selected
        limit = self.scope.limit(self.principal.up_to(shown.classification), self.entity.key, self.shown.root)
        if limit is None:
            return selected
        return [case((limit, each)).label(each.name) for each in selected] + [case((limit, 1), else_=0).label(f"open{index}")]

    def _selected(self, path: str, index: int) -> list[ColumnElement[Any]]:
        table, field = self.shown.resolve(path)
        if field.type.is_time:
            value: ColumnElement[Any] = self.shown.minute(path) if field.type is FieldType.DATETIME and not field.custom else self.shown.day(path)
        elif field.type.is_numeric or field.type is FieldType.YEAR:
            value = self.shown.number(path)[0]
        elif field.type is FieldType.REF:
            value = self.shown.title(path)
        else:
            value = self.shown.raw(path)
        chosen: list[ColumnElement[Any]] = [value.label(f"v{index}")]
        if "currency" in table.c and field.type is FieldType.MONEY:
            chosen.append(func.nullif(table.c.currency, "").label(f"cur{index}"))
        cited = self.shown.referenced(path) if field.type is FieldType.REF else table
        if cited is not self.shown.root:
            chosen += [
                cited.c[name].label(f"{short}{index}")
                for name, short in (("source_system", "sys"), ("source_id", "sid"), ("version_hash", "ver"), ("as_of", "asof"))
            ]
        return chosen

    # -- cells ----------------------------------------------------------------------------------------------------

    def _row(self, row: Any, number: int, fields: list[_Shown]) -> ResultRow:  # noqa: ANN401 - built at run time
        cells = {each.key: self._cell(f"{self.call}.r{number}.{each.key}", each, index, row._mapping) for index, each in enumerate(fields)}
        return ResultRow(key=f"r{number}", cells=cells, held=(str(row.meta_id),))

    def _cell(self, address: str, shown: _Shown, index: int, values: Any) -> Cell:  # noqa: ANN401
        kind = shown.field.type.cell_type
        if not shown.readable:
            return Cell(address=address, value=None, type=kind, classification=shown.classification, sources=(self._own(values, shown.path),))
        if values.get(f"open{index}") == 0:
            above = Classification(min(self.principal.clearance + 1, Classification.SENSITIVE))
            return Cell(address=address, value=None, type=kind, classification=above, sources=(self._own(values, shown.path),))
        unit = shown.field.unit or values.get(f"cur{index}")
        source = self._cited(shown, index, values)
        return Cell(address=address, value=_text(shown, values[f"v{index}"]), type=kind, unit=unit, classification=shown.classification, sources=(source,))

    def _own(self, values: Any, path: str) -> SourceRef:  # noqa: ANN401
        return SourceRef(
            system=values["meta_source_system"], table=self.entity.table, record=values["meta_source_id"], field=path,
            version=values["meta_version_hash"], as_of=values["meta_as_of"],
        )  # fmt: skip

    def _cited(self, shown: _Shown, index: int, values: Any) -> SourceRef:  # noqa: ANN401
        if values.get(f"sid{index}") is None:
            return self._own(values, shown.path.split(".")[0])
        field = shown.field
        owner = self.model.entities[str(field.to) if field.type is FieldType.REF else field.entity]
        if field.type is FieldType.REF and field.custom and owner.title is None:
            return self._own(values, shown.path.split(".")[0])  # what is shown is what the record itself says
        name = (owner.title or "source_id") if field.type is FieldType.REF else field.key
        return SourceRef(
            system=values[f"sys{index}"], table=owner.table, record=values[f"sid{index}"], field=name,
            version=values[f"ver{index}"], as_of=values[f"asof{index}"],
        )  # fmt: skip

    def _describe(self, shown: _Shown, rows: tuple[ResultRow, ...]) -> ResultColumn:
        units = {row.cells[shown.key].unit for row in rows}
        unit = next(iter(units)) if len(units) == 1 else None
        return ResultColumn(key=shown.key, words=shown.field.words, type=shown.field.type.cell_type, unit=unit, role="field")


def _scale(columns: Columns, path: str) -> int:
    field = columns.resolve(path)[1]
    return columns.number(path)[1] if field.type.is_numeric or field.type is FieldType.YEAR else 0


def _text(shown: _Shown, held: Any) -> str | None:  # noqa: ANN401 - a value of any column
    """The canonical text of a stored value."""
    if held is None:
        return None
    if shown.field.type.is_numeric or shown.field.type is FieldType.YEAR:
        return canonical(Decimal(held).scaleb(-shown.places))
    return str(held).lower() if shown.field.type is FieldType.FLAG else str(held)
