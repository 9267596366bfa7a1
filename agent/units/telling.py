"""What the answers about units share: the unit that is meant, its money as cells, and lines of plain words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from agent.composing.draft import Draft, Sentence
from agent.composing.typesetting import tidy
from agent.turn import Turn
from agent.units.errors import WhichUnit
from agent.units.request import UnitRequest
from tools.crm.current import OWN_SYSTEM
from tools.sandbox.budgets.ledger import Balances, balances
from tools.sandbox.units.reading import unit_of
from tools.sandbox.units.schemas import Unit
from tools.store.classification import Classification
from tools.store.classification import Classification as C
from tools.trace.book import Book
from tools.trace.cells import CellType, SourceRef

AMOUNTS = ("granted", "available", "reserved", "spent", "income")


def unit_meant(request: UnitRequest, turn: Turn) -> Unit:
    """Raises WhichUnit where none is named and the speaker is in none, or in several."""
    if request.unit is None:
        raise WhichUnit
    return unit_of(turn.session, turn.principal, request.unit)


def money_of(book: Book, unit: Unit, turn: Turn) -> tuple[Balances, dict[str, str]]:
    """The unit's balances, and the address of each."""
    held = balances(turn.session, unit.id)
    found = {
        name: own_cell(book, turn, name, getattr(held, name), CellType.MONEY, ("unit_budgets", unit.id, name), held.version, C.CONFIDENTIAL, held.currency)
        for name in AMOUNTS
    }
    found["profit"] = book.derive("profit", CellType.MONEY, "delta", found["income"], found["spent"], unit=held.currency)
    return held, found


def own_cell(
    book: Book, turn: Turn, name: str, value: Decimal | int | str | None, kind: CellType, at: tuple[str, str, str], version: int = 1,
    classification: Classification = Classification.INTERNAL, unit: str | None = None,
) -> str:  # fmt: skip
    """A value of a record of our own, as it stands now, at (table, record, field); gives its address."""
    table, record, field = at
    source = SourceRef(table=table, system=OWN_SYSTEM, record=record, field=field, version=str(version), as_of=turn.asked_at)
    return book.read(name, value, kind, source, classification, unit)


def counted(book: Book, name: str, table: str, records: Iterable[int]) -> str:
    """How many records there are, from the list of them; gives the address of the number."""
    rows = [[each, 1] for each in records]
    return book.derive(name, CellType.COUNT, "count", book.block(name, table, (), rows, len(rows)))


def name_of(book: Book, unit: Unit, turn: Turn) -> str:
    """The address of the unit's name."""
    return own_cell(book, turn, "unit", unit.name, CellType.NAME, ("sales_units", unit.id, "name"), unit.version)


def say_lines(draft: Draft, lines: Iterable[str]) -> None:
    """Sentences that assert nothing but what the engine said."""
    for line in lines:
        ended = line if line.endswith((".", "。", "}}")) else line + ("。" if draft.language == "zh" else ".")
        draft.sentences.append(Sentence(tidy(ended) if draft.language == "zh" else ended))
