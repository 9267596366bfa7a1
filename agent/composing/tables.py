"""The table under an answer: columns called what people call them, every value with its cell."""

from __future__ import annotations

from agent.answer import Table
from agent.composing.draft import scalar
from agent.composing.phrases import Phrases
from agent.composing.telling import Telling
from agent.composing.typesetting import tidy

SHOWN = 50


def add_table(told: Telling) -> None:
    """The rows of a result."""
    result, language = told.result, told.language
    rows = result.rows[:SHOWN]
    # a rate without records has no interval: then the table shows none
    keys = [key for key in result.rows[0].cells if all(key in row.cells for row in result.rows)] if result.rows else []
    empty = {c.key: told.text("none_group", field=c.words.label(language)) for c in result.columns if c.role == "dimension"}
    own = told.draft.own
    units = {key: {row.cells[key].unit for row in result.rows if row.cells[key].value is not None} for key in keys}
    told.draft.tables.append(
        Table(
            name=_name(told),
            columns=tuple(column_title(key, told) for key in keys),
            rows=tuple(
                tuple(empty.get(k) if row.cells[k].value is None and k in empty else own.get(row.cells[k].address, scalar(row.cells[k])) for k in keys)
                for row in rows
            ),
            types=tuple(result.rows[0].cells[key].type for key in keys),
            units=tuple(next(iter(units[key])) if len(units[key]) == 1 else None for key in keys),
            cells=tuple(tuple(row.cells[k].address for k in keys) for row in rows),
            total_rows=result.groups,
        )
    )


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
