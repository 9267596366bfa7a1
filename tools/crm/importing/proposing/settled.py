"""Tells columns of deals apart by when they hold something: amounts and days that only won deals have, that only lost ones have, that all have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log
from statistics import median

from tools.crm.importing.loading.outcomes import Status, status_word
from tools.crm.importing.proposing.headers import MONEYED
from tools.crm.importing.proposing.naming import LEAST
from tools.crm.importing.proposing.places import Column, Placed
from tools.crm.importing.values import is_blank, parse_date, parse_decimal
from tools.crm.semantic import Entity
from tools.crm.semantic.abbreviations import spelt_out
from tools.crm.semantic.outlook import PLANNED

MOST, HARDLY = 0.8, 0.1
FEWEST = 5
SEEN = 2_000
ALIKE = log(2)
"""An estimate is told from another amount by lying within half and twice of what came of it, by the median."""
Rows = Mapping[Status, Sequence[int]]


def by_outcome(placed: Mapping[int, Placed], fills: Mapping[int, str], columns: Sequence[Column], entity: Entity) -> tuple[dict[int, Placed], dict[int, str]]:
    """The places and fills of deals with those that can be told from what won, lost and open deals hold. Other kinds of record stay as they are."""
    found, filled = dict(placed), dict(fills)
    rows = _rows(found, columns) if {"amount", "close_on", "status"} <= entity.fields.keys() else {}
    rows = _with_won(rows, found, columns) if rows and len(rows["won"]) < FEWEST else rows
    if any(len(rows.get(status, ())) < FEWEST for status in ("won", "lost", "open")):
        return found, filled
    _amounts(found, filled, columns, rows)
    _days(found, filled, columns, rows)
    return found, filled


def _rows(placed: Mapping[int, Placed], columns: Sequence[Column]) -> Rows:
    """The rows of each outcome, by the words of the stage or the status."""
    found: dict[Status, list[int]] = {"won": [], "lost": [], "open": []}
    unsaid: list[int] = []
    told = [at for place in ("status", "stage") for at, each in placed.items() if each.place == place]
    cells = [columns[at].profile.column() for at in told]
    many = len(cells[0]) if cells else 0
    for row in range(0, many, max(1, many // SEEN)):
        said = next((word for column in cells if row < len(column) and (word := status_word(column[row])) is not None), None)
        (unsaid if said is None else found[said]).append(row)
    if len(found["open"]) < FEWEST:
        found["open"] += unsaid  # words of one's own for steps on the way say nothing by themselves
    return found


def _with_won(rows: Rows, placed: Mapping[int, Placed], columns: Sequence[Column]) -> Rows:
    """With the rows of a stage that has another word for won: all have a day that those lost have too, and no open one has."""
    if len(rows["lost"]) < FEWEST or len(rows["open"]) < FEWEST:
        return rows
    stage = next((columns[at].profile.column() for place in ("status", "stage") for at, each in placed.items() if each.place == place), [])
    days = [each for each in columns if each.profile.dates >= MOST and _held(each, rows["lost"]) >= MOST and _held(each, rows["open"]) <= HARDLY]
    unsaid: dict[str, list[int]] = {}
    for row in range(0, len(stage), max(1, len(stage) // SEEN)):
        if status_word(stage[row]) is None:
            unsaid.setdefault(stage[row], []).append(row)
    won = [row for held in unsaid.values() if len(held) >= FEWEST and any(_held(day, held) >= MOST for day in days) for row in held]
    return {**rows, "won": [*rows["won"], *won]} if len(days) == 1 else rows


def _held(column: Column, rows: Sequence[int]) -> float:
    cells = column.profile.column()
    return sum(row < len(cells) and not is_blank(cells[row].strip()) for row in rows) / len(rows)


def _amounts(found: dict[int, Placed], fills: dict[int, str], columns: Sequence[Column], rows: Rows) -> None:
    """What was won is the amount; of the amounts that open deals have too, the one nearest to it is what they count by."""
    now = next((at for at, each in found.items() if each.place == "amount"), None)
    money = [at for at, column in enumerate(columns) if at not in found and _is_money(column)]
    if now is None or _is_everywhere(columns[now], rows):
        came = [at for at in money if _is_only(columns[at], rows, "won") and (now is None or _apart(columns[now], columns[at], rows) <= ALIKE)]
        if len(came) == 1:
            if now is not None:
                del found[now]
                fills[now] = "amount"
            now = came[0]
            found[now] = Placed("amount", LEAST, "it is the amount that only won deals have")
            money = [at for at in money if at != now]
    if now is None or "amount" in fills.values() or not _is_only(columns[now], rows, "won"):
        return
    plans = [at for at in money if _is_everywhere(columns[at], rows) and _apart(columns[at], columns[now], rows) <= ALIKE]
    if plans:
        fills[min(plans, key=lambda at: _apart(columns[at], columns[now], rows))] = "amount"


def _is_money(column: Column) -> bool:
    header = column.header
    if column.profile.numbers < MOST or header.percent or header.measure is not None or column.profile.dates >= MOST:
        return False
    return header.unit is not None or header.factor != 1 or bool(column.profile.units) or MONEYED.search(header.spoken) is not None


def _is_only(column: Column, rows: Rows, status: Status) -> bool:
    others = [row for each, held in rows.items() if each != status for row in held]
    return _held(column, rows[status]) >= MOST and _held(column, others) <= HARDLY


def _is_everywhere(column: Column, rows: Rows) -> bool:
    return _held(column, rows["open"]) >= MOST and _held(column, rows["won"]) >= MOST


def _apart(one: Column, other: Column, rows: Rows) -> float:
    """The median distance of two amounts of won deals, as the logarithm of their ratio; endless where none has both."""
    pairs = zip(map(parse_decimal, _cells(one, rows)), map(parse_decimal, _cells(other, rows)), strict=True)
    scale = log(one.header.factor / other.header.factor)
    ratios = [abs(scale + log(float(a.value) / float(b.value))) for a, b in pairs if a is not None and b is not None and a.value > 0 and b.value > 0]
    return median(ratios) if ratios else exp(9)


def _days(found: dict[int, Placed], fills: dict[int, str], columns: Sequence[Column], rows: Rows) -> None:
    """The day of closing may stand in two columns, one for won and one for lost deals; and open deals count by the day on which it is expected."""
    now = next((at for at, each in found.items() if each.place == "close_on"), None)
    days = [at for at, column in enumerate(columns) if at not in found and column.profile.dates >= MOST]
    if now is None or (_is_everywhere(columns[now], rows) and _is_planned(columns[now])):
        closing = [at for at in days if _held(columns[at], rows["open"]) <= HARDLY and _held(columns[at], [*rows["won"], *rows["lost"]]) >= MOST]
        closing = closing or [at for at in days if _is_only(columns[at], rows, "won")]
        if len(closing) != 1:
            return
        if now is not None:
            del found[now]
            fills[now] = "close_on"
        now = closing[0]
        found[now] = Placed("close_on", LEAST, "it is the day that only closed deals have")
    if _held(columns[now], rows["open"]) > HARDLY:
        return
    fills |= {at: "close_on" for at in days if at != now and _is_only(columns[now], rows, "won") and _is_only(columns[at], rows, "lost")}
    if any(fills.get(at) == "close_on" and _held(columns[at], rows["open"]) >= MOST for at in fills):
        return
    expected = [at for at in days if at not in fills and at != now and _held(columns[at], rows["open"]) >= MOST and _is_planned(columns[at])]
    if expected:
        fills[min(expected, key=lambda at: _days_apart(columns[at], columns[now], rows))] = "close_on"


def _is_planned(column: Column) -> bool:
    return PLANNED.search(spelt_out(column.header.spoken)) is not None


def _days_apart(one: Column, other: Column, rows: Rows) -> float:
    cells = ([parse_date(value, "mdy") or parse_date(value, "dmy") for value in _cells(each, rows)] for each in (one, other))
    apart = [abs((a - b).days) for a, b in zip(*cells, strict=True) if a is not None and b is not None]
    return median(apart) if apart else exp(9)


def _cells(column: Column, rows: Rows) -> list[str]:
    cells = column.profile.column()
    return [cells[row] if row < len(cells) else "" for row in rows["won"]]
