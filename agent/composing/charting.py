"""Says in words what a chart of an answer shows: row by row, from the cells of its table."""

from __future__ import annotations

from decimal import Decimal

from agent.answer import Chart, Language, Table
from agent.composing.formatting import format_bound, format_cell
from tools.trace.cells import Cell, CellType


def described(chart: Chart, table: Table, language: Language) -> str:
    """What the chart shows, in words, for whoever can't see it."""
    rows = [f"{label_of(row[chart.label], table, chart, language)} {told_of(index, chart, table, language)}" for index, row in enumerate(table.rows)]
    stop, between = ("。", "；") if language == "zh" else (". ", "; ")
    return chart.title.rstrip(".。") + stop + between.join(rows)


def label_of(value: object, table: Table, chart: Chart, language: Language) -> str:
    """What a row is called."""
    return format_cell(Cell(address="chart.label.1", value=str(value), type=type_of(table, chart.label)), language) if value is not None else "–"


def told_of(index: int, chart: Chart, table: Table, language: Language, *, brief: bool = False) -> str:
    """The figures of a row: its value, with where it came from or with its interval, unless it is to be brief."""
    row = table.rows[index]
    words = _words(row[chart.value], table, chart.value, language)
    if brief:
        return words
    if chart.before is not None:
        return f"{_words(row[chart.before], table, chart.before, language)} → {words}"
    if chart.low is None or chart.high is None:
        return words
    if type_of(table, chart.low) is CellType.RATE:
        low, high = (format_bound(Decimal(str(row[column]))) for column in (chart.low, chart.high))
    else:
        low, high = (_words(row[column], table, column, language) for column in (chart.low, chart.high))
    return f"{words}（{low} 至 {high}）" if language == "zh" else f"{words} ({low} to {high})"


def _words(value: object, table: Table, column: int, language: Language) -> str:
    if value is None:
        return "–"
    unit = table.units[column] if column < len(table.units) else None
    return format_cell(Cell(address="chart.value.1", value=str(value), type=type_of(table, column), unit=unit), language)


def type_of(table: Table, column: int) -> CellType:
    """The type of a column; text where none is stated."""
    return table.types[column] if column < len(table.types) else CellType.TEXT
