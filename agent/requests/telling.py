"""Words, tables and numbers that the engines' answers are put together from."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal

from agent.answer import Language, Table
from agent.composing.draft import Draft, Sentence, scalar
from agent.composing.typesetting import tidy
from agent.turn import Turn
from prompts.words import say
from tools.journey.proving import StageProof
from tools.trace.cells import Cell, CellType, Derivation


def end_of_day(turn: Turn) -> datetime:
    """The end of the turn's day: what happened today counts."""
    return datetime.combine(turn.today, time.max, UTC).replace(microsecond=0)


def say_into(draft: Draft, key: str, **words: object) -> None:
    """Add a sentence of the texts, its blanks filled with slots or words."""
    text = say(key, draft.language, **words)
    draft.sentences.append(Sentence(tidy(text) if draft.language == "zh" else text))


def stage_label(stage: StageProof, language: Language) -> str:
    """The stage in running text."""
    return stage.name.zh if language == "zh" else stage.name.en.lower()


def uncapital(text: str) -> str:
    """As it stands within a sentence; abbreviations stay as they are."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def add_table(draft: Draft, name: str, titles: list[str], rows: list[list[Cell]]) -> None:
    """Add a table of cells under its titles."""
    draft.tables.append(
        Table(
            name=name,
            columns=tuple(titles),
            rows=tuple(tuple(scalar(cell) for cell in row) for row in rows),
            types=tuple(cell.type for cell in rows[0]),
            units=tuple(cell.unit for cell in rows[0]),
            cells=tuple(tuple(cell.address for cell in row) for row in rows),
            total_rows=len(rows),
        )
    )


def number_of(found: dict[str, Cell], address: str) -> Decimal:
    """The value of a cell that holds a number."""
    return Decimal(str(found[address].value))


def difference_of(before: str, after: str, address: str, found: dict[str, Cell]) -> Cell:
    """The cell at ``address`` of the value after less the value before, each named by its address."""
    value = f"{number_of(found, after) - number_of(found, before):f}"
    return Cell(address=address, value=value, type=CellType.RATE, derivation=Derivation(formula="delta", operands=(after, before)))
