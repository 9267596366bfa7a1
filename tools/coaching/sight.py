"""What may be read of one account: its records under the principal's row scope, and their fields as cells that name their source."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.coaching.errors import AccountOutOfReach
from tools.crm.models import Account
from tools.crm.semantic import SemanticModel
from tools.crm.semantic.model import base_model
from tools.store.base import Base, Sourced
from tools.store.classification import Classification
from tools.trace.arithmetic import canonical
from tools.trace.cells import BlockColumn, Cell, CellType, Derivation, EvidenceBlock, Formula, SourceRef

MOST_ROWS = 400
QUOTABLE = 80
"""Characters of a text that a line quotes at most: what is longer, or has line breaks, is cited and not quoted."""

Record = TypeVar("Record", bound=Sourced)


class Sight:
    """One account as a principal may see it on one day, or the whole of what it may see. ``call`` begins every address."""

    def __init__(
        self, session: Session, model: SemanticModel, principal: Principal, scope: RowScope, account_id: int | None, today: date, call: str = "k1"
    ) -> None:
        """``model`` says what the store holds and where days begin. Raises AccountOutOfReach."""
        self.session, self.model, self.principal, self.scope, self.today, self.call = session, model, principal, scope, today, call
        self.zone = ZoneInfo(model.time_zone)
        self.blocks: dict[str, EvidenceBlock] = {}
        self.support: dict[str, Cell] = {}
        self._row = 0
        self._account = None if account_id is None else self._found(account_id)

    @property
    def account(self) -> Account:
        """The account that is looked at. Raises AccountOutOfReach where none is."""
        if self._account is None:
            raise AccountOutOfReach()
        return self._account

    @property
    def tier(self) -> str | None:
        """The account's tier, if one is looked at."""
        return None if self._account is None else self._account.tier

    def _found(self, account_id: int) -> Account:
        account = self.session.scalar(select(Account).where(Account.id == account_id, Account.gone_at.is_(None), *self.limits(Account)))
        if account is None or self.principal.clearance < Classification.INTERNAL:
            raise AccountOutOfReach()
        return account

    def limits(self, model: type[Base]) -> tuple[ColumnElement[bool], ...]:
        """The condition under which rows of a table may be seen, if there is one."""
        return limits_of(self.principal, self.scope, model)

    def rows(
        self, model: type[Record], *where: ColumnElement[bool], order: ColumnElement[Any] | InstrumentedAttribute[Any], most: int = MOST_ROWS
    ) -> Sequence[Record]:
        """The account's records that fulfil ``where``, at most ``most``; what its source no longer has is left out."""
        own = select(model).where(model.__table__.c.account_id == self.account.id, model.gone_at.is_(None), *where, *self.limits(model))  # type: ignore[arg-type,attr-defined]
        return self.session.scalars(own.order_by(order, model.id).limit(most)).all()

    def place(self) -> str:
        """The address of the next line's cells."""
        self._row += 1
        return f"{self.call}.r{self._row}"

    def local_day(self, moment: datetime) -> date:
        """The day on which something happened, where the company is."""
        return moment.astimezone(self.zone).date()

    def moment(self, day: date) -> datetime:
        """When a day begins, where the company is."""
        return datetime.combine(day, time(), tzinfo=self.zone)

    def end_of_today(self) -> datetime:
        """The last moment that counts: what is recorded of later days has not happened."""
        return self.moment(self.today + timedelta(days=1)) - timedelta(microseconds=1)

    def cell(self, address: str, record: Sourced, field: str, kind: CellType = CellType.TEXT, value: object = None, unit: str | None = None) -> Cell | None:
        """One field of one record; None where it is empty or above the principal's clearance. ``value`` is a part of the field to show instead of all of it."""
        column = record.__table__.c[field]  # type: ignore[attr-defined]
        classification: Classification = column.info["classification"]
        held = getattr(record, field) if value is None else value
        if held is None or held == "" or classification > self.principal.clearance:
            return None
        return Cell(address=address, value=self._text(held), type=kind, unit=unit, classification=classification, sources=(source_of(record, field),))

    def dated(self, address: str, record: Sourced, field: str) -> tuple[Cell, date]:
        """A day that a record is known to hold, as a cell and as a day."""
        cell = self.cell(address, record, field, CellType.DATE)
        if cell is None or cell.day is None:
            raise ValueError(f"{field} of {record.source_id} is empty")
        return cell, cell.day

    def quote(self, address: str, record: Sourced, field: str) -> Cell | None:
        """A title or name as it stands; None where it is no single short line."""
        held = getattr(record, field)
        text = held.strip() if isinstance(held, str) else ""
        return self.cell(address, record, field, value=text) if is_quotable(text) else None

    def named(self, address: str, record: Sourced, field: str) -> Cell:
        """What a record is called: its title where that can be quoted, else its id in its source."""
        found = self.quote(address, record, field)
        return found or Cell(address=address, value=record.source_id, type=CellType.NAME, sources=(source_of(record, "source_id"),))

    def now(self) -> Cell:
        """The day from which is counted."""
        return self.keep(Cell(address=f"{self.call}.today", value=self.today.isoformat(), type=CellType.DATE, derivation=Derivation(formula="constant")))

    def days(self, address: str, later: Cell, earlier: Cell) -> Cell:
        """Whole days between two cells."""
        if later.day is None or earlier.day is None:
            raise ValueError(f"{address} counts between days, one of which is empty")
        span = str((later.day - earlier.day).days)
        return self.computed(address, CellType.DURATION, span, "days_between", later, earlier)

    def computed(self, address: str, kind: CellType, value: str, formula: Formula, *operands: Cell) -> Cell:
        """A cell that follows from others, which are kept."""
        level = max(operand.classification for operand in operands)
        names = tuple(self.keep(operand).address for operand in operands)
        return Cell(address=address, value=value, type=kind, classification=level, derivation=Derivation(formula=formula, operands=names))

    def count(self, address: str, records: Sequence[Sourced]) -> Cell:
        """How many records these are, provable from a block of them."""
        block = self.block(records[0].__tablename__, (), [(record.id, record.version) for record in records])  # type: ignore[attr-defined]
        return Cell(address=address, value=str(len(records)), type=CellType.COUNT, derivation=Derivation(formula="count", operands=(block.id,)))

    def block(
        self, table: str, columns: Sequence[BlockColumn], rows: Sequence[Sequence[str | int | None]], classification: Classification = Classification.INTERNAL
    ) -> EvidenceBlock:
        """Keep rows as evidence: ``[record id, version, operand, …]``."""
        heads = (BlockColumn(name="record", type=CellType.COUNT), BlockColumn(name="version", type=CellType.COUNT), *columns)
        block = EvidenceBlock(
            id=f"{self.call}b{len(self.blocks) + 1}", table=table, columns=heads, n=len(rows), classification=classification,
            rows_json=json.dumps([list(row) for row in rows], ensure_ascii=False, separators=(",", ":")),
        )  # fmt: skip
        self.blocks[block.id] = block
        return block

    def keep(self, cell: Cell) -> Cell:
        """Remember a cell on which another one rests."""
        self.support[cell.address] = cell
        return cell

    def _text(self, value: object) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, datetime):
            return self.local_day(value).isoformat()
        if isinstance(value, date):
            return value.isoformat()
        return str(canonical(value)) if isinstance(value, int | Decimal) else str(value)


def limits_of(principal: Principal, scope: RowScope, model: type[Base]) -> tuple[ColumnElement[bool], ...]:
    """The condition under which a principal may see rows of a table, as what to add to a query."""
    entities = {entity.table: key for key, entity in base_model().entities.items()}
    limit = scope.limit(principal, entities[model.__tablename__], model.__table__)
    return () if limit is None else (limit,)


def source_of(record: Sourced, field: str) -> SourceRef:
    """Where a field of a record comes from."""
    return SourceRef(
        system=record.source_system, table=record.__tablename__, record=record.source_id, field=field,  # type: ignore[attr-defined]
        version=record.version_hash, as_of=record.as_of,
    )  # fmt: skip


def is_quotable(text: str) -> bool:
    """Whether a text is one short printable line."""
    return 0 < len(text) <= QUOTABLE and text.isprintable()
