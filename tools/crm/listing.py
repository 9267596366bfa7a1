"""Lists records with chosen fields; each cell cites its record, and the whole list is kept as evidence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, func, select, type_coerce
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.columns import Columns
from tools.crm.compiling import pack
from tools.crm.errors import FieldNotReadable, QueryNamesUnknownField
from tools.crm.filtering import Filters
from tools.crm.query import Query
from tools.crm.results import ResultColumn, ResultRow, ResultSet
from tools.crm.semantic import Field, FieldType, SemanticModel
from tools.store.classification import Classification
from tools.store.types import SCALE
from tools.trace.arithmetic import canonical
from tools.trace.cells import BlockColumn, Cell, CellType, Derivation, EvidenceBlock, SourceRef

DEFAULT_LIMIT = 50


class Lister:
    """One run of one listing."""

    def __init__(self, session: Session, query: Query, call: str, model: SemanticModel, principal: Principal, scope: RowScope) -> None:
        """``call`` is the first part of every address (``q1``)."""
        self.session, self.query, self.call, self.model, self.principal = session, query, call, model, principal
        self.entity = model.entities[query.entity]
        self.dialect = session.get_bind().dialect.name
        self.columns = Columns(model, self.entity, principal, self.dialect)
        self.filters = Filters(self.columns, scope)
        self.block_id = f"b{call.removeprefix('q')}"

    def run(self) -> ResultSet:
        """Execute and cite."""
        statement, fields, ordered = self._compile()
        rows = self.session.execute(statement).all()
        rows_json = rows[0].block if rows else "[]"
        total = rows[0].total if rows else 0
        result = tuple(self._row(row, index + 1, fields) for index, row in enumerate(rows))
        columns = (BlockColumn(name="record", type=CellType.TEXT), BlockColumn(name="version", type=CellType.COUNT), *ordered)
        level = max([field.classification for _, field in fields if field], default=Classification.INTERNAL)
        block = EvidenceBlock(id=self.block_id, table=self.entity.table, columns=columns, rows_json=rows_json, n=total, classification=level)
        count = Cell(
            address=f"{self.call}.total.count", value=str(total), type=CellType.COUNT, derivation=Derivation(formula="count", operands=(self.block_id,))
        )
        return ResultSet(
            call=self.call, query=self.query, columns=tuple(self._describe(path, field, result) for path, field in fields), rows=result,
            groups=total, support=(count,), blocks=(block,), n=total,
        )  # fmt: skip

    def _compile(self) -> tuple[Select[Any], list[tuple[str, Field | None]], tuple[BlockColumn, ...]]:
        root, chosen = self.columns.root, []
        fields: list[tuple[str, Field | None]] = []
        for index, path in enumerate(self.query.select):
            field = self._readable(path)
            fields.append((path, field))
            if field is not None:
                chosen += self._selected(path, index)
        order, packed, described = self._order()
        conditions = [self.filters.readable(self.principal, self.entity.key)]
        if self.query.where is not None:
            conditions.append(self.filters.condition(self.query.where))
        if self.query.window is not None:
            path = self.query.window.path or self.entity.time
            if path is None:
                raise QueryNamesUnknownField("date")
            conditions.append(self.filters.window(self.query.window, path))
        meta = [root.c[name].label(f"meta_{name}") for name in ("id", "version", "source_system", "source_id", "version_hash", "as_of")]
        base = select(*meta, *chosen, *packed, *[key.label(f"k{i}") for i, (key, _) in enumerate(order)]).select_from(self.columns.source())
        listed = base.where(and_(*conditions)).cte("listed")
        inside = [listed.c.meta_id, listed.c.meta_version, *(listed.c[each.name] for each in packed)]
        block = select(pack(inside, self.dialect)).select_from(listed).scalar_subquery()
        total = select(func.count()).select_from(listed).scalar_subquery()
        statement = select(listed, block.label("block"), total.label("total")).limit(self.query.limit or DEFAULT_LIMIT)
        for i, (_, descending) in enumerate(order):
            key = listed.c[f"k{i}"]
            statement = statement.order_by((key.desc() if descending else key.asc()).nulls_last())
        return statement.order_by(listed.c.meta_id), fields, described

    def _readable(self, path: str) -> Field | None:
        """The field, or None where the reader may not see it: then its cells are masked."""
        try:
            return self.columns.resolve(path)[1]
        except FieldNotReadable:
            return None

    def _selected(self, path: str, index: int) -> list[ColumnElement[Any]]:
        table, field = self.columns.resolve(path)
        if field.type.is_time:
            value: ColumnElement[Any] = self.columns.day(path) if field.type is FieldType.DATE or field.custom else self._instant(path)
        elif field.type.is_numeric or field.type is FieldType.YEAR:
            value = self.columns.number(path)[0]
        elif field.type is FieldType.REF:
            value = self.columns.title(path)
        else:
            value = self.columns.raw(path)
        chosen = [value.label(f"v{index}")]
        if "currency" in table.c and field.type is FieldType.MONEY:
            chosen.append(table.c.currency.label(f"cur{index}"))
        cited = self.columns.referenced(path) if field.type is FieldType.REF else table
        if cited is not self.columns.root:
            chosen += [
                cited.c[name].label(f"{short}{index}")
                for name, short in (("source_system", "sys"), ("source_id", "sid"), ("version_hash", "ver"), ("as_of", "asof"))
            ]
        return chosen

    def _instant(self, path: str) -> ColumnElement[Any]:
        raw = self.columns.raw(path)
        if self.dialect == "sqlite":
            return func.substr(type_coerce(raw, String), 1, 16)
        return func.to_char(func.timezone("UTC", raw), "YYYY-MM-DD HH24:MI")

    def _order(self) -> tuple[list[tuple[ColumnElement[Any], bool]], list[Any], tuple[BlockColumn, ...]]:
        """Sort keys, and the packed columns that let an extreme be checked from the evidence."""
        keys: list[tuple[ColumnElement[Any], bool]] = []
        packed: list[Any] = []
        described: list[BlockColumn] = []
        for index, order in enumerate(self.query.order):
            path = order.path or self.entity.time or self.entity.title
            if path is None:
                continue
            field = self.columns.resolve(path)[1]
            if field.type.is_numeric or field.type is FieldType.YEAR:
                key, scale = self.columns.number(path)
            else:
                key, scale = (self.columns.day(path), 0) if field.type.is_time else (self.columns.title(path), 0)
            keys.append((key, order.descending))
            packed.append(key.label(f"o{index}"))
            described.append(BlockColumn(name=f"o{index}", type=field.type.cell_type, scale=scale))
        if not keys and self.entity.time:
            keys.append((self.columns.day(self.entity.time), True))
        return keys, packed, tuple(described)

    # -- cells ----------------------------------------------------------------------------------------------------

    def _row(self, row: Any, number: int, fields: list[tuple[str, Field | None]]) -> ResultRow:  # noqa: ANN401 - built at run time
        values = row._mapping
        cells = {}
        for index, (path, field) in enumerate(fields):
            key = path.replace(".", "_")
            cells[key] = self._cell(f"{self.call}.r{number}.{key}", path, field, index, values)
        return ResultRow(key=f"r{number}", cells=cells)

    def _cell(self, address: str, path: str, field: Field | None, index: int, values: Any) -> Cell:  # noqa: ANN401
        _, known = self.model.field(self.entity.key, path)
        if field is None:
            return Cell(address=address, value=None, type=known.type.cell_type, classification=known.classification, sources=(self._own(values, path),))
        value = self._value(path, field, values[f"v{index}"])
        unit = field.unit or (values.get(f"cur{index}") if field.type is FieldType.MONEY else None)
        source = self._cited(path, field, index, values)
        return Cell(address=address, value=value, type=field.type.cell_type, unit=unit, classification=field.classification, sources=(source,))

    def _value(self, path: str, field: Field, held: Any) -> str | None:  # noqa: ANN401
        if held is None:
            return None
        if field.type.is_numeric or field.type is FieldType.YEAR:
            return canonical(Decimal(held).scaleb(-self._scale(path, field)))
        if field.type is FieldType.FLAG:
            return "true" if held in {1, True, "1", "true"} else "false"
        return held.isoformat() if isinstance(held, date) else str(held)

    def _scale(self, path: str, field: Field) -> int:
        return SCALE if field.custom else self.columns.number(path)[1]

    def _own(self, values: Any, path: str) -> SourceRef:  # noqa: ANN401
        return SourceRef(
            system=values["meta_source_system"], table=self.entity.table, record=values["meta_source_id"], field=path,
            version=values["meta_version_hash"], as_of=_aware(values["meta_as_of"]),
        )  # fmt: skip

    def _cited(self, path: str, field: Field, index: int, values: Any) -> SourceRef:  # noqa: ANN401
        if values.get(f"sid{index}") is None:
            return self._own(values, path.split(".")[0])
        owner = self.model.entities[str(field.to)] if field.type is FieldType.REF else self.model.entities[field.entity]
        name = (owner.title or "source_id") if field.type is FieldType.REF else field.key
        return SourceRef(
            system=values[f"sys{index}"], table=owner.table, record=values[f"sid{index}"], field=name,
            version=values[f"ver{index}"], as_of=_aware(values[f"asof{index}"]),
        )  # fmt: skip

    def _describe(self, path: str, field: Field | None, rows: tuple[ResultRow, ...]) -> ResultColumn:
        known = field or self.model.field(self.entity.key, path)[1]
        key = path.replace(".", "_")
        units = {row.cells[key].unit for row in rows}
        unit = next(iter(units)) if len(units) == 1 else None
        return ResultColumn(key=key, words=known.words, type=known.type.cell_type, unit=unit, role="field")


def _aware(value: datetime | str) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
