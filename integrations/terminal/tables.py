"""A table of an answer as wide as the terminal allows: figures to the right and never broken, Han counted as two columns."""

from __future__ import annotations

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.table import Table as Grid

from agent.answer import Language, Table
from integrations.terminal.figures import NUMERIC, figure, places_for
from integrations.terminal.screen import inert, plain
from prompts.words import say
from tools.trace.cells import CellType

SHOWN = 20
NARROWEST_WORDS = 12
ROOMY_WORDS = 24
WIDE = 2
GAP = 3


def render_table(table: Table, language: Language, console: Console) -> None:
    """Print the table; where even its figures don't fit side by side, one record below the other."""
    texts = _texts(table, language)
    columns = [_Column(table, index, [row[index] for row in texts]) for index in range(len(table.columns))]
    console.print(inert(table.name, "bold"))
    fits = sum(column.least for column in columns) + GAP * (len(columns) - 1) <= console.width
    console.print(_grid(columns, texts, console.width) if fits else _stacked(table, texts))
    whole = max(table.total_rows, len(table.rows))
    if len(texts) < whole:
        console.print(inert(say("terminal_more_rows", language, n=f"{len(texts):,}", m=f"{whole:,}"), "dim"))


class _Column:
    """How wide a column wants to be and how narrow it may get. Figures and dates are never broken, words and headings are."""

    def __init__(self, table: Table, index: int, texts: list[str]) -> None:
        kind = _kind(table, index)
        self.name, self.is_figure = plain(table.columns[index]), kind in NUMERIC
        self.keeps_whole = self.is_figure or kind in {CellType.DATE, CellType.DATETIME}
        body = max((cell_len(plain(text)) for text in texts), default=0)
        self.most = max(body, cell_len(self.name))
        longest_word = max((cell_len(word) for word in self.name.split()), default=0) if self.name.isascii() else WIDE
        self.least = max(body, longest_word) if self.keeps_whole else min(self.most, NARROWEST_WORDS)


def _grid(columns: list[_Column], texts: list[list[str]], room: int) -> Grid:
    roomy = sum(column.most if column.keeps_whole else min(column.most, ROOMY_WORDS) for column in columns) + GAP * (len(columns) - 1) <= room
    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for column in columns:
        width = (column.most if roomy else column.least) if column.keeps_whole else None
        grid.add_column(inert(column.name), justify="right" if column.is_figure else "left", overflow="fold", width=width)
    for row in texts:
        grid.add_row(*(inert(text) for text in row))
    return grid


def _stacked(table: Table, texts: list[list[str]]) -> RenderableType:
    blocks: list[RenderableType] = []
    for row in texts:
        block = Grid.grid(padding=(0, 2))
        block.add_column(style="dim", overflow="fold")
        block.add_column(overflow="fold")
        for name, text in zip(table.columns, row, strict=True):
            block.add_row(inert(name), inert(text))
        blocks += [block, ""]
    return Group(*blocks)


def _texts(table: Table, language: Language) -> list[list[str]]:
    columns = []
    for index in range(len(table.columns)):
        kind, unit = _kind(table, index), table.units[index] if index < len(table.units) else None
        values = [row[index] for row in table.rows]
        places = places_for(values, kind)
        columns.append([figure(value, kind, unit, language, places) for value in values[:SHOWN]])
    return [list(row) for row in zip(*columns, strict=True)]


def _kind(table: Table, index: int) -> CellType:
    return table.types[index] if index < len(table.types) else CellType.TEXT
