"""Writes sentences and tables of an engine's answer into a draft: words from the catalogue, values as cells."""

from __future__ import annotations

from collections.abc import Sequence

from agent.answer import Table
from agent.composing.draft import Draft, Sentence, scalar
from agent.composing.typesetting import tidy
from prompts.words import say
from tools.trace.cells import Cell, CellType, Derivation


def sentence(draft: Draft, key: str, **words: object) -> None:
    """One more sentence."""
    text = say(key, draft.language, **words)
    draft.sentences.append(Sentence(tidy(text) if draft.language == "zh" else text))


def note(draft: Draft, key: str, **words: object) -> None:
    """One more note below the answer."""
    text = say(key, draft.language, **words)
    draft.notes.append(tidy(text) if draft.language == "zh" else text)


def table(draft: Draft, name: str, titles: Sequence[str], rows: Sequence[Sequence[str | None]]) -> None:
    """A table of cells by their addresses, all titles by their keys; a place without an address stays empty. Without rows there is none."""
    if not rows:
        return
    made = [[_cell(draft, each) for each in row] for row in rows]
    columns = list(zip(*made, strict=True))
    typed = [next((cell for cell in column if cell.value is not None), column[0]) for column in columns]
    draft.tables.append(
        Table(
            name=say(name, draft.language),
            columns=tuple(say(title, draft.language) for title in titles),
            rows=tuple(tuple(scalar(cell) for cell in row) for row in made),
            types=tuple(cell.type for cell in typed),
            units=tuple(cell.unit for cell in typed),
            cells=tuple(tuple(cell.address for cell in row) for row in made),
            total_rows=len(made),
        )
    )


def words(draft: Draft, address: str, text: str) -> str:
    """A cell that says a thing in the words of the answer's language; gives its address."""
    draft.cells[address] = Cell(address=address, value=text, type=CellType.TEXT, derivation=Derivation(formula="constant"))
    return address


def _cell(draft: Draft, address: str | None) -> Cell:
    if address is None:
        address = "f1.where.nothing"
        draft.cells[address] = Cell(address=address, value=None, type=CellType.TEXT, derivation=Derivation(formula="constant"))
    return draft.cells[address]
