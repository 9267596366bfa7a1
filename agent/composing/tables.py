"""The table under an answer: columns called what people call them, every value with its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agent.answer import Scalar, Table
from agent.composing.draft import scalar
from agent.composing.phrases import Phrases
from agent.composing.telling import Telling
from agent.composing.typesetting import tidy
from tools.trace.cells import Cell

SHOWN = 50


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: its title, and a cell for each row. ``empty`` stands for what has no value."""

    title: str
    cells: tuple[Cell, ...]
    empty: str | None = None

    @property
    def unit(self) -> str | None:
        units = {cell.unit for cell in self.cells if cell.value is not None}
        return next(iter(units)) if len(units) == 1 else None


def add_table(told: Telling) -> None:
    """The rows of a result; beside names that several records bear stands the number of each record."""
    result, language = told.result, told.language
    rows = result.rows[:SHOWN]
    # a rate without records has no interval: then the table shows none
    keys = [key for key in result.rows[0].cells if all(key in row.cells for row in result.rows)] if result.rows else []
    empty = {c.key: told.text("none_group", field=c.words.label(language)) for c in result.columns if c.role == "dimension"}
    columns: list[_Column] = []
    for key in keys:
        columns.append(_Column(column_title(key, told), tuple(row.cells[key] for row in rows), empty.get(key)))
        numbers = tuple(told.number_cell(cell) or cell for cell in columns[-1].cells) if any(map(told.is_shared, columns[-1].cells)) else ()
        if any(number is not cell for number, cell in zip(numbers, columns[-1].cells, strict=False)):
            columns.append(_Column(told.number_title(numbers), numbers))
    told.draft.tables.append(
        Table(
            name=_name(told),
            columns=tuple(column.title for column in columns),
            rows=tuple(tuple(_shown(column, at, told.draft.own) for column in columns) for at in range(len(rows))),
            types=tuple(column.cells[0].type for column in columns),
            units=tuple(column.unit for column in columns),
            cells=tuple(tuple(column.cells[at].address for column in columns) for at in range(len(rows))),
            total_rows=result.groups,
        )
    )


def _shown(column: _Column, at: int, own: Mapping[str, str]) -> Scalar:
    cell = column.cells[at]
    return column.empty if cell.value is None and column.empty is not None else own.get(cell.address, scalar(cell))


def _name(told: Telling) -> str:
    phrases = told.phrases
    return phrases.measure(told.query.measures[0]) if told.query.measures else phrases.noun()


def column_title(key: str, told: Telling) -> str:
    """``win rate``, ``win rate, interval low``, ``region``, ``month``."""
    phrases: Phrases = told.phrases
    base, _, suffix = key.partition("_")
    if base[:1] == "m" and base[1:].isdigit() and told.query.measures:
        name = phrases.measure(told.query.measures[int(base[1:])])
        if not suffix:
            return name
        column = told.text(f"column_{suffix}")
        alone = len(told.query.measures) == 1
        return column if alone else tidy(f"{name}{column}") if told.language == "zh" else f"{name} {column}"
    dimensions = [column.key for column in told.result.columns if column.role == "dimension"][: len(told.query.dimensions)]
    if key in dimensions:
        return phrases.group(told.query.dimensions[dimensions.index(key)])
    return next((column.words.label(told.language) for column in told.result.columns if column.key == key), key)
