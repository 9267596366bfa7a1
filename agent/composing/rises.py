"""Answers about how far groups rose or fell against an earlier period: which did most, from what to what, and who comes next."""

from __future__ import annotations

from decimal import Decimal

from agent.composing.draft import slot
from agent.composing.ranks import bind_rank
from agent.composing.telling import Direction, Telling
from agent.composing.typesetting import listed
from tools.crm.results import ResultRow
from tools.trace.cells import CellType

NEXT = 2


def tell_rises(told: Telling, rows: list[ResultRow]) -> None:
    """The group that rose or fell most, by the order of the query; amounts in several currencies each apart."""
    order = told.query.order[0]
    measure = f"m{order.measure or 0}"
    key = f"{measure}_growth" if order.by == "growth" and any(f"{measure}_growth" in row.cells for row in rows) else f"{measure}_delta"
    known = [row for row in rows if key in row.cells and row.cells[key].number is not None]
    if not known:
        told.tell("rise_unknown", subject=told.the(order.measure or 0), earlier=told.phrases.period(told.query.compare))
        return
    apart = bool(told.result.mixed_currencies) and known[0].cells[measure].type is CellType.MONEY
    for unit in dict.fromkeys(row.cells[measure].unit for row in known) if apart else (None,):
        _tell(told, [row for row in known if not apart or row.cells[measure].unit == unit], measure, key)


def _tell(told: Telling, rows: list[ResultRow], measure: str, key: str) -> None:
    descending = told.query.order[0].descending
    direction: Direction = "up" if descending else "down"
    moved = rows[0].cells[key].number or 0
    level = [row for row in rows if row.cells[key].number == moved]
    others = [row for row in rows[len(level) : len(level) + NEXT] if _is_same_way(row, key, moved > 0)]
    rest = [told.text("rest_one", name=told.name(row), value=_size(told, row, measure, key)) for row in others]
    told.tell(
        _sentence(told, moved),
        direction,
        name=told.name(rows[0]),
        subject=told.phrases.subject(told.query.order[0].measure or 0),
        size=_size(told, rows[0], measure, key),
        value=slot(rows[0].cells[measure].address),
        before=slot(rows[0].cells[f"{measure}_before"].address),
        earlier=told.phrases.period(told.query.compare),
        place=told.text(f"place_{told.query.skip + 1}") if told.query.skip else "",
        rest=told.text("rest_down", names=listed(rest, told.language)) if rest else "",
    )
    bind_rank(told, rows[0], key, direction)
    if len(level) > 1 or (told.result.tied and len(rows) == 1):
        told.tell("tied_first")
    if key.endswith("_growth"):
        told.tell("rise_from_something")


def _sentence(told: Telling, moved: Decimal | int) -> str:
    """Which way the group moved that the order puts first, or at a later place."""
    if moved == 0:
        return "rise_level"
    if told.query.skip:
        return "rose_place" if moved > 0 else "fell_place"
    if told.query.order[0].descending:
        return "rose_most" if moved > 0 else "fell_least"
    return "fell_most" if moved < 0 else "rose_least"


def _size(told: Telling, row: ResultRow, measure: str, key: str) -> str:
    """How far, without its sign; the sentence says which way."""
    cell = row.cells[key]
    if key.endswith("_growth"):
        return slot(cell.address, "size")
    return slot(cell.address, "points" if cell.type is CellType.RATE else told.exactness(row.cells[measure], row.cells[f"{measure}_before"]))


def _is_same_way(row: ResultRow, key: str, up: bool) -> bool:
    number = row.cells[key].number or 0
    return number > 0 if up else number < 0
